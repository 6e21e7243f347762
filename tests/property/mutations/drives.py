"""Mutations of the plan's drives and travel data."""

from datetime import timedelta
from random import Random
from typing import Any

from optimizer.domain.plan import Plan, TravelLeg
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.roster import place_book
from tests.property.mutations.base import (
    Mutant,
    Sound,
    any_stop,
    mutant,
    snapshot,
    the_job,
    with_stop,
)


def drive_too_fast(sound: Sound, rng: Random) -> Mutant | None:
    """Let a drive take less than the travel data says."""
    if (found := any_stop(sound, rng)) is None or found[1].leg.travel_s == 0:
        return None
    shift_plan, stop = found
    over = rng.randint(1, stop.leg.travel_s)
    arrival = stop.leg.arrival - timedelta(seconds=over)
    leg = stop.leg.model_copy(update={"travel_s": stop.leg.travel_s - over, "arrival": arrival})
    return mutant(sound.scenario, with_stop(sound.plan, shift_plan, stop, leg=leg), "TRAVEL", over)


def arrival_does_not_add_up(sound: Sound, rng: Random) -> Mutant | None:
    """Arrive before the drive can be over, the seconds of the drive untouched."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    over = rng.randint(1, 600)
    leg = stop.leg.model_copy(update={"arrival": stop.leg.arrival - timedelta(seconds=over)})
    return mutant(sound.scenario, with_stop(sound.plan, shift_plan, stop, leg=leg), "TRAVEL", over)


def other_length(sound: Sound, rng: Random) -> Mutant | None:
    """Drive another distance than the travel data says."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    over = rng.randint(1, 5000)
    leg = stop.leg.model_copy(update={"distance_m": stop.leg.distance_m + over})
    return mutant(sound.scenario, with_stop(sound.plan, shift_plan, stop, leg=leg), "TRAVEL", over)


def data_missing(sound: Sound, rng: Random) -> Mutant | None:
    """Drop a leg that is driven from the travel data."""
    legs = list(sound.plan.travel.legs)
    if not legs:
        return None
    legs.remove(rng.choice(legs))
    return mutant(sound.scenario, _travelled(sound.plan, legs), "TRAVEL", 1)


def data_doubled(sound: Sound, rng: Random) -> Mutant | None:
    """Say a leg twice."""
    legs = sound.plan.travel.legs
    if not legs:
        return None
    return mutant(sound.scenario, _travelled(sound.plan, [*legs, rng.choice(legs)]), "TRAVEL", 1)


def data_unsigned(sound: Sound, rng: Random) -> Mutant | None:
    """Change the travel data's hash, or its source but not the hash."""
    facts = rng.choice(({"sha256": "0" * 64}, {"source": "hearsay"}))
    travel = sound.plan.travel.model_copy(update=facts)
    return mutant(sound.scenario, sound.plan.model_copy(update={"travel": travel}), "TRAVEL", 1)


def data_too_fast(sound: Sound, rng: Random) -> Mutant | None:
    """Shorten a leg's time in the travel data alone, and sign it."""
    legs = [leg for leg in sound.plan.travel.legs if leg.base_s and not leg.hour_percent]
    if not legs:
        return None
    leg = rng.choice(legs)
    over = rng.randint(1, leg.base_s)
    plan = _changed(sound.plan, leg, base_s=leg.base_s - over)
    return mutant(sound.scenario, plan, "TRAVEL", over)


def straighter_than_straight(sound: Sound, rng: Random) -> Mutant | None:
    """Make a leg of a kilometre and more no longer than a metre, in the data and in the drive."""
    long = [
        (shift_plan, stop)
        for shift_plan in sound.plan.shifts
        for stop in shift_plan.stops
        if stop.leg.distance_m > 1000 and shift_plan.means not in sound.scenario.travel.matrices
    ]
    if not long:
        return None
    shift_plan, stop = rng.choice(long)
    data = _data(sound.plan, shift_plan.means, stop.leg.from_place, stop.leg.to_place)
    places = place_book(sound.scenario)
    straight = great_circle_m(places[stop.leg.from_place], the_job(sound.scenario, stop.job_id).place)
    metres = rng.randint(0, 1)
    over = 0.98 * straight - 1 - metres
    if over <= 0:
        return None
    leg = stop.leg.model_copy(update={"distance_m": metres})
    plan = _changed(with_stop(sound.plan, shift_plan, stop, leg=leg), data, distance_m=metres)
    return mutant(sound.scenario, plan, "TRAVEL", over)


def _data(plan: Plan, means: str, start: str, end: str) -> TravelLeg:
    wanted = (means, start, end)
    return next(leg for leg in plan.travel.legs if (leg.means, leg.from_place, leg.to_place) == wanted)


def _changed(plan: Plan, old: TravelLeg, **facts: Any) -> Plan:
    return _travelled(plan, [leg.model_copy(update=facts) if leg is old else leg for leg in plan.travel.legs])


def _travelled(plan: Plan, legs: list[TravelLeg]) -> Plan:
    return plan.model_copy(update={"travel": snapshot(plan.travel.source, legs)})
