"""Mutations of plans with trips: nights nobody approved, days that do not follow each other, no rest afterwards."""

from datetime import datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from optimizer.domain.plan import Night, Plan, ShiftPlan
from optimizer.domain.roster import roster
from optimizer.domain.trips import TripPlan, trips
from tests.property.mutations.base import (
    Mutant,
    Sound,
    minutes_between,
    mutant,
    with_rule,
    with_shift,
    with_shift_plan,
    with_technician,
)


def any_trip(sound: Sound, rng: Random) -> TripPlan | None:
    """Return a random trip of the plan."""
    found = trips(sound.plan)
    return rng.choice(found) if found else None


def any_night(sound: Sound, rng: Random) -> ShiftPlan | None:
    """Return a random day whose night is away."""
    found = [day for day in sound.plan.shifts if day.night is not None]
    return rng.choice(found) if found else None


def any_night_in_bed(sound: Sound, rng: Random) -> ShiftPlan | None:
    """Return a random day whose night is away and not on board."""
    found = [day for day in sound.plan.shifts if day.night not in (None, "transit")]
    return rng.choice(found) if found else None


def any_night_on_board(sound: Sound, rng: Random) -> ShiftPlan | None:
    """Return a random day whose night is on board."""
    found = [day for day in sound.plan.shifts if day.night == "transit"]
    return rng.choice(found) if found else None


def night_removed(sound: Sound, rng: Random) -> Mutant | None:
    """Say that somebody is at home who spends the night away."""
    if (day := any_night(sound, rng)) is None:
        return None
    return mutant(sound.scenario, with_shift_plan(sound.plan, day, night=None), "PLAN", 1, alone=False)


def other_kind_of_night(sound: Sound, rng: Random) -> Mutant | None:
    """Say that a night in a hotel is spent in a branch's own beds, or the other way round."""
    if (day := any_night_in_bed(sound, rng)) is None:
        return None
    other: Night = "housing" if day.night == "lodging" else "lodging"
    return mutant(sound.scenario, with_shift_plan(sound.plan, day, night=other), "PLAN", 1)


def night_at_another_place(sound: Sound, rng: Random) -> Mutant | None:
    """Let the night be spent at a branch."""
    if (day := any_night_in_bed(sound, rng)) is None:
        return None
    there = day.last_leg.model_copy(update={"to_place": f"branch:{sound.scenario.branches[0].branch_id}"})
    return mutant(sound.scenario, with_shift_plan(sound.plan, day, last_leg=there), "PLAN", 1, alone=False)


def day_of_a_trip_moved(sound: Sound, rng: Random) -> Mutant | None:
    """Let the last day of a trip be another one than the day after the night away."""
    if (trip := any_trip(sound, rng)) is None:
        return None
    last = trip.days[-1]
    taken = {one.key.day for one in sound.plan.shifts if one.technician_id == trip.technician_id}
    free = [
        one.key.day
        for one in roster(sound.scenario)
        if one.key.technician_id == trip.technician_id and one.key.day > last.day and one.key.day not in taken
    ]
    if not free:
        return None
    plan = with_shift_plan(sound.plan, last, day=rng.choice(free))
    return mutant(sound.scenario, plan, "TRIP", 1, alone=False)


def never_back(sound: Sound, rng: Random) -> Mutant | None:
    """Leave out the way home."""
    if (trip := any_trip(sound, rng)) is None:
        return None
    shifts = tuple(one for one in sound.plan.shifts if one is not trip.days[-1])
    plan: Plan = sound.plan.model_copy(update={"shifts": shifts})
    return mutant(sound.scenario, plan, "TRIP", 1, alone=False)


def other_means_on_the_way(sound: Sound, rng: Random) -> Mutant | None:
    """Let somebody go on by another means of transport after a night away."""
    if (trip := any_trip(sound, rng)) is None:
        return None
    last = trip.days[-1]
    means = "motorcycle" if last.means != "motorcycle" else "car"
    return mutant(sound.scenario, with_shift_plan(sound.plan, last, means=means), "TRIP", 1, alone=False)


def nights_not_approved(sound: Sound, rng: Random) -> Mutant | None:
    """Approve one night less than somebody is away."""
    if (trip := any_trip(sound, rng)) is None:
        return None
    scenario = with_technician(sound.scenario, trip.technician_id, nights_away=trip.nights - 1)
    return mutant(scenario, sound.plan, "TRIP", 1)


def too_many_nights_for_anybody(sound: Sound, rng: Random) -> Mutant | None:
    """Allow nobody as many nights as somebody is away."""
    if (trip := any_trip(sound, rng)) is None:
        return None
    return mutant(with_rule(sound.scenario, "TRIP", max_nights=trip.nights - 1), sound.plan, "TRIP", 1)


def works_after_the_return(sound: Sound, rng: Random) -> Mutant | None:
    """Ask for so many days of rest that somebody works on one of them."""
    if (trip := any_trip(sound, rng)) is None:
        return None
    back = trip.days[-1].day
    later = [one for one in sound.plan.shifts if one.technician_id == trip.technician_id and one.day > back]
    if not later:
        return None
    asked = {"rest_from_nights": trip.nights, "rest_days": min(7, (later[0].day - back).days)}
    scenario = with_rule(sound.scenario, "TRIP", **asked)
    return mutant(scenario, sound.plan, "TRIP", max(1, len(later[0].stops)), alone=False)


def works_into_the_night(sound: Sound, rng: Random) -> Mutant | None:
    """Let a shift before a night away end before its work does."""
    if (day := any_night(sound, rng)) is None:
        return None
    zone, over = ZoneInfo(sound.scenario.time_zone), rng.randint(1, 60)
    last = max(day.work_ends, *(stop.end for stop in day.stops), day.departure)
    ends = (last - timedelta(minutes=over)).astimezone(zone)
    rostered = next(one for one in roster(sound.scenario) if one.key == day.key)
    if ends <= rostered.start or ends.date() != day.day or rostered.end.astimezone(zone).date() != day.day:
        return None
    scenario = with_shift(sound.scenario, day, end=ends.time(), absences=())
    return mutant(scenario, sound.plan, "TRIP", over, alone=False)


def two_days_in_one(sound: Sound, rng: Random) -> Mutant | None:
    """Let a job's next day begin on a trip as soon as the day before it is done, without a night between."""
    if sound.scenario.calendar.free_weekdays or sound.scenario.calendar.country:
        return None
    found = [
        (day, one, following, other)
        for trip in trips(sound.plan)
        for day, following in pairwise(trip.days)
        for one in day.stops
        for other in following.stops
        if (other.job_id, other.part, other.seat) == (one.job_id, one.part + 1, 0) and one.seat == 0
    ]
    if not found:
        return None
    day, one, following, other = rng.choice(found)
    early = other.model_copy(update={"start": one.end, "end": one.end + (other.end - other.start)})
    plan = with_shift_plan(sound.plan, day, stops=(*day.stops, early))
    plan = with_shift_plan(plan, following, stops=tuple(stop for stop in following.stops if stop != other))
    zone = ZoneInfo(sound.scenario.time_zone)
    due = datetime.combine(day.day + timedelta(days=1), time(), tzinfo=zone)
    return mutant(sound.scenario, plan, "PRECEDENCE", minutes_between(one.end, due), alone=False)


def beds_taken_from_the_train(sound: Sound, rng: Random) -> Mutant | None:
    """Let no train or ship have beds any more."""
    if any_night_on_board(sound, rng) is None:
        return None
    lines = tuple(one.model_copy(update={"sleeper": False}) for one in sound.scenario.travel.lines)
    travel = sound.scenario.travel.model_copy(update={"lines": lines})
    return mutant(sound.scenario.model_copy(update={"travel": travel}), sound.plan, "PLAN", 1)


def asleep_in_working_hours(sound: Sound, rng: Random) -> Mutant | None:
    """Let a ride through the night begin before the day ends."""
    if (day := any_night_on_board(sound, rng)) is None or "WORKLOAD_CAP" in sound.scenario.policy.rules:
        return None
    early = rng.randint(1, 60)
    ride = day.last_leg.model_copy(update={"departure": day.last_leg.departure - timedelta(minutes=early)})
    facts = {"last_leg": ride} if day.stops else {"last_leg": ride, "departure": ride.departure}
    return mutant(sound.scenario, with_shift_plan(sound.plan, day, **facts), "PLAN", early, alone=False)


def off_the_train_too_soon(sound: Sound, rng: Random) -> Mutant | None:
    """Let a ride through the night end before the next day begins."""
    if (day := any_night_on_board(sound, rng)) is None:
        return None
    soon = rng.randint(1, 60)
    ride = day.last_leg.model_copy(update={"arrival": day.last_leg.arrival - timedelta(minutes=soon)})
    return mutant(sound.scenario, with_shift_plan(sound.plan, day, last_leg=ride), "PLAN", soon, alone=False)


def said_to_sleep_in_a_hotel(sound: Sound, rng: Random) -> Mutant | None:
    """Say that who rides through the night is in a hotel: then it is work until the morning."""
    if (day := any_night_on_board(sound, rng)) is None:
        return None
    end = next(one.end for one in roster(sound.scenario) if one.key == day.key)
    over = (day.last_leg.arrival.timestamp() - end.timestamp()) / 60  # clocks may change in that night
    return mutant(
        sound.scenario, with_shift_plan(sound.plan, day, night="lodging"), "TRIP", over, alone=False
    )


def boards_after_the_day(sound: Sound, rng: Random) -> Mutant | None:
    """Let a ride through the night begin after the regular end of the day."""
    if (day := any_night_on_board(sound, rng)) is None:
        return None
    late = rng.randint(1, 60)
    end = next(one.end for one in roster(sound.scenario) if one.key == day.key)
    ride = day.last_leg.model_copy(update={"departure": end + timedelta(minutes=late)})
    facts = {"last_leg": ride} if day.stops else {"last_leg": ride, "departure": ride.departure}
    return mutant(sound.scenario, with_shift_plan(sound.plan, day, **facts), "TRIP", late, alone=False)
