"""Every rule's scenario, whatever its story: the plan is sound, and the rule makes a difference in it.

A rule that shows in what really happened only makes none."""

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from optimizer.rules import RULES
from optimizer.rules.base import Rule
from optimizer.scenario_library import rule_scenario, scenario_names
from tests.golden.rules.story import planned, scenario_of, without_rule

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument

SHOWN = [rule for rule in RULES if rule_scenario(rule.code) in scenario_names()]
"""Rules with a scenario; `tests/architecture/test_registries.py` names those without."""


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.code)
def test_the_plan_is_sound_and_the_rule_counts(rule: Rule[Any]) -> None:
    from optimizer.control import Iterations
    from optimizer.planning import plan_with_steps

    scenario = scenario_of(rule_scenario(rule.code).rpartition("/")[2])
    made = plan_with_steps(scenario, stop=Iterations(200))
    bill = made.document.assessment.bill
    assert made.document.assessment.findings == ()
    assert bill.total_cents == sum(line.cents for line in bill.lines)
    assert bill.total_cents == bill.outlay_cents + bill.transfer_cents + bill.service_cents
    assert bill.total_cents == made.solution.cents  # what the search counted
    if can_be_switched_off(rule):
        without = planned(without_rule(scenario, rule.code))
        same = what_is_said(without) == what_is_said(made.document)
        assert same == (not rule.in_plans), f"{rule.code} makes no difference in its own scenario"


def can_be_switched_off(rule: Rule[Any]) -> bool:
    """Tell whether plans can be made without the rule."""
    try:
        rule.params.model_validate({"active": False})
    except ValidationError:
        return False
    return True


def what_is_said(document: "PlanDocument") -> tuple[object, ...]:
    """Return who goes where when, the bill, the clocks and the desk's tasks."""
    plan, assessment = document.plan, document.assessment
    return plan.shifts, plan.unserved, assessment.bill, assessment.clocks, assessment.desk
