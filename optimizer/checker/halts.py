"""Where a day's halts are, stops and branches alike, and whether the branches among them can be where the plan says."""

from collections.abc import Collection, Iterator

from optimizer.checker.breach import PLAN, breach
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan, Restock, ShiftPlan, Stop
from optimizer.domain.scenario import Scenario
from optimizer.words.numbers import count

_AGAIN = "Plan the scenario again; plans are not edited by hand."


def place_of(halt: Stop | Restock) -> str:
    """Return the name of the place at which a halt is made.

    Parameters
    ----------
    halt : a stop or a halt at a branch
    """
    return f"branch:{halt.branch_id}" if isinstance(halt, Restock) else f"job:{halt.job_id}"


def job_of(halt: Stop | Restock) -> str | None:
    """Return the job of a stop; a halt at a branch has none.

    Parameters
    ----------
    halt : a stop or a halt at a branch
    """
    return None if isinstance(halt, Restock) else halt.job_id


def called(halt: Stop | Restock) -> str:
    """Return a halt as sentences name it, e.g. ``branch B2``.

    Parameters
    ----------
    halt : a stop or a halt at a branch
    """
    return f"branch {halt.branch_id}" if isinstance(halt, Restock) else f"job {halt.job_id}"


def halts_at_branches(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield halts at branches that the scenario does not know, and those that stand at no place in their day.

    Parameters
    ----------
    scenario : the question
    plan : the plan
    """
    branches = {branch.branch_id for branch in scenario.branches}
    for day in plan.shifts:
        earlier, stops = 0, len(day.stops)
        for halt in day.restocks:
            if halt.branch_id not in branches:
                sentence = f"The scenario has no branch {halt.branch_id}, at which {day.key} loads parts."
                yield _wrong(day, sentence, measured=1, limit=0, unit="times")
            if halt.before > stops:
                of_all = count(stops, "stop")
                sentence = f"{day.key} loads at {halt.branch_id} after {halt.before} stops and has {of_all}."
                yield _wrong(day, sentence, measured=halt.before, limit=stops, unit="stops")
            elif halt.before < earlier:
                sentence = (
                    f"{day.key} loads at {halt.branch_id} after {count(halt.before, 'stop')}, but this halt stands "
                    f"behind one after {earlier}."
                )
                yield _wrong(day, sentence, measured=halt.before, limit=earlier, unit="stops")
            earlier = max(earlier, halt.before)


def with_known_halts(day: ShiftPlan, jobs: Collection[str], branches: Collection[str]) -> ShiftPlan:
    """Return a day with the halts alone that lead to known jobs and branches, in the order in which they are made.

    Parameters
    ----------
    day : as planned
    jobs : ids of the known jobs
    branches : ids of the known branches
    """
    stops: list[Stop] = []
    restocks: list[Restock] = []
    for halt in day.halts:
        if isinstance(halt, Stop):
            if halt.job_id in jobs:
                stops.append(halt)
        elif halt.branch_id in branches:
            restocks.append(halt.model_copy(update={"before": len(stops)}))
    return day.model_copy(update={"stops": tuple(stops), "restocks": tuple(restocks)})


def _wrong(day: ShiftPlan, sentence: str, *, measured: int, limit: int, unit: str) -> Finding:
    return breach(
        PLAN,
        sentence,
        measured=measured,
        limit=limit,
        unit=unit,
        advice=_AGAIN,
        technician_id=day.technician_id,
        day=day.day,
    )
