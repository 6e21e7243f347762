"""Mutations against what is under way: the plan stays, and work turns out to have begun otherwise."""

from datetime import timedelta
from random import Random
from typing import Any

from optimizer.domain.job import UnderWay
from optimizer.domain.roster import roster
from tests.property.mutations.base import Mutant, Sound, any_stop, mutant, with_job


def begun_at_another_time(sound: Sound, rng: Random) -> Mutant | None:
    """Let work have begun some minutes before or after it is planned."""
    over = rng.randint(1, 50)
    return _begun(
        sound, rng, over, lambda fact: {"at": fact.at + rng.choice((-1, 1)) * timedelta(minutes=over)}
    )


def takes_longer_than_planned(sound: Sound, rng: Random) -> Mutant | None:
    """Let begun work be expected to take longer than the plan has time for."""
    over = rng.randint(1, 50)
    return _begun(sound, rng, over, lambda fact: {"minutes": (fact.minutes or 0) + over})


def begun_by_another(sound: Sound, rng: Random) -> Mutant | None:
    """Let somebody else have begun it."""
    others = sorted({one.key.technician_id for one in roster(sound.scenario)})
    return (
        _begun(
            sound,
            rng,
            1,
            lambda fact: {
                "technicians": (rng.choice([one for one in others if one not in fact.technicians]),)
            },
        )
        if len(others) > 1
        else None
    )


def _begun(sound: Sound, rng: Random, over: float, change: Any) -> Mutant | None:
    """Return the plan of a job for one person that is under way otherwise than planned.

    Parameters
    ----------
    sound : scenario and plan
    rng : random numbers
    over : the amount that has to be found
    change : fact as planned → what is different
    """
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    minutes, odd_s = divmod(stop.setup_s + stop.service_s, 60)
    made = sum(one.job_id == stop.job_id for day in sound.plan.shifts for one in day.stops)
    if made > 1 or odd_s:
        return None
    fact = UnderWay(
        state="started",
        at=stop.start,
        day=shift_plan.day,
        technicians=(shift_plan.technician_id,),
        minutes=minutes,
    )
    scenario = with_job(sound.scenario, stop.job_id, under_way=fact.model_copy(update=change(fact)))
    return mutant(scenario, sound.plan, "UNDER_WAY", over, alone=False)
