"""Everything that is wrong with a plan, in one list."""

from collections.abc import Iterator

from optimizer.checker.drives import drives
from optimizer.checker.structure import readable_part, structure
from optimizer.checker.times import times
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.rules import RULES
from optimizer.rules.book import RuleBook


def check_plan(scenario: Scenario, plan: Plan) -> tuple[Finding, ...]:
    """Return every breach in a plan: of its own structure, of its travel data, and of the hard rules.

    Parameters
    ----------
    scenario : the question the plan answers; valid
    plan : any plan, from this program or made by hand

    Returns
    -------
    findings, first structure and travel, then the rules in the order of the book; empty for a sound plan
    """
    return (
        *structure(scenario, plan),
        *times(scenario, plan),
        *drives(scenario, plan),
        *_rules(scenario, readable_part(scenario, plan)),
    )


def _rules(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    book = RuleBook.of(scenario.policy)
    for rule in RULES:
        params = book.params(rule)
        if not (rule.hard and params.active):
            continue
        for finding in rule.check(scenario, params, plan):
            yield finding.model_copy(update={"advice": rule.advise(finding)})
