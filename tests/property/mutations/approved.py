"""Mutations against approved days: the plan stays, and a day turns out to be approved otherwise."""

from datetime import datetime, timedelta
from random import Random

from optimizer.approval import approve
from optimizer.domain.approval import Approval, ApprovedVisit
from optimizer.domain.scenario import Scenario
from optimizer.rules.on_duty import shifts_on_duty
from optimizer.rules.unserved import priority_classes
from tests.property.mutations.base import Mutant, Sound, any_stop, mutant


def approved_otherwise(sound: Sound, rng: Random) -> Mutant | None:
    """Approve a planned day with one visit by somebody else, on another day, or at another time."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    others = [  # who is away that day would be released
        key.technician_id
        for key in shifts_on_duty(sound.scenario)
        if key.day == shift_plan.day and key != shift_plan.key
    ]
    over = rng.randint(1, 50)
    change: dict[str, str | datetime] = {"start": stop.start + rng.choice((-1, 1)) * timedelta(minutes=over)}
    if others and rng.random() < 0.5:
        over, change = 1, {"technician_id": rng.choice(others)}
    (approval,) = approve(sound.scenario, sound.plan, [shift_plan.day], by="Chen Lei").approvals
    visits = tuple(
        one.model_copy(update=change) if _is(one, stop.job_id, stop.seat, stop.part) else one
        for one in approval.visits
    )
    return mutant(
        _with(sound.scenario, approval.model_copy(update={"visits": visits})), sound.plan, "APPROVED", over
    )


def approved_without_it(sound: Sound, rng: Random) -> Mutant | None:
    """Approve a planned day without one of its jobs that is no emergency."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    if priority_classes(sound.scenario)[stop.job_id] == "emergency":
        return None
    (approval,) = approve(sound.scenario, sound.plan, [shift_plan.day], by="Chen Lei").approvals
    visits = tuple(one for one in approval.visits if one.job_id != stop.job_id)
    return mutant(
        _with(sound.scenario, approval.model_copy(update={"visits": visits})), sound.plan, "APPROVED", 1
    )


def _is(visit: ApprovedVisit, job_id: str, seat: int, part: int) -> bool:
    return (visit.job_id, visit.seat, visit.part) == (job_id, seat, part)


def _with(scenario: Scenario, approval: Approval) -> Scenario:
    return scenario.model_copy(update={"approvals": (approval,)})
