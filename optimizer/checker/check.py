"""Everything that is wrong with a plan, in one list."""

from collections.abc import Collection, Iterator

from optimizer.checker.drives import drives, signed
from optimizer.checker.structure import belongs, readable_part, structure
from optimizer.checker.times import times
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import P, Rule
from optimizer.rules.book import RuleBook
from optimizer.rules.under_way import RULE as UNDER_WAY


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
        *belongs(scenario, plan),
        *signed(plan),
        *contradictions(scenario, plan),
        *_rules(scenario, readable_part(scenario, plan)),
    )


def contradictions(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield every breach of a plan's own structure and of its travel data.

    Whose plan it is, and whether its travel data is the one it was made with, is not looked at.

    Parameters
    ----------
    scenario : the question the plan answers; valid
    plan : any plan
    """
    yield from structure(scenario, plan)
    yield from times(scenario, plan)
    yield from drives(scenario, plan)


def breaches_of(rule: Rule[P], scenario: Scenario, params: P, plan: Plan) -> Iterator[Finding]:
    """Yield every breach of one hard rule, with advice.

    What has begun breaks no rule but `UNDER_WAY`, nor does the day of somebody who only finishes it.

    Parameters
    ----------
    rule : the rule
    scenario : the question
    params : the rule's parameters
    plan : a plan that names nothing the scenario does not know
    """
    begun = frozenset(job.job_id for job in scenario.jobs if job.has_started)
    passes_over = bool(begun) and rule.code != UNDER_WAY.code
    for finding in rule.check(scenario, params, plan):
        if passes_over and (finding.job_id in begun or _only_finishes(finding, plan, begun)):
            continue
        yield finding.model_copy(update={"advice": rule.advise(finding)})


def _only_finishes(finding: Finding, plan: Plan, begun: Collection[str]) -> bool:
    """Tell whether a finding is about the day of somebody who only finishes what has begun."""
    days = (
        day for day in plan.shifts if (day.technician_id, day.day) == (finding.technician_id, finding.day)
    )
    return finding.job_id is None and any(all(stop.job_id in begun for stop in day.stops) for day in days)


def _rules(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    book = RuleBook.of(scenario.policy)
    for rule in book.active():
        if rule.hard:
            yield from breaches_of(rule, scenario, book.params(rule), plan)
