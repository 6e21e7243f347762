"""Mutations of the plan's own structure: names, order, times."""

from datetime import timedelta
from random import Random

from optimizer.domain.plan import Rest
from tests.property.mutations.base import (
    Mutant,
    Sound,
    any_stop,
    minutes_between,
    mutant,
    the_job,
    the_technician,
    with_job,
    with_shift_plan,
    with_stop,
)


def job_lost(sound: Sound, rng: Random) -> Mutant | None:
    """Forget a left-out job."""
    if not sound.plan.unserved:
        return None
    lost = rng.choice(sound.plan.unserved)
    rest = tuple(job_id for job_id in sound.plan.unserved if job_id != lost)
    return _plan(sound, over=1, unserved=rest)


def job_doubled(sound: Sound, rng: Random) -> Mutant | None:
    """Name a planned job as left out as well, once or several times."""
    if (found := any_stop(sound, rng)) is None:
        return None
    times = rng.randint(1, 3)
    return _plan(sound, over=times, unserved=(*sound.plan.unserved, *(times * [found[1].job_id])))


def job_unknown(sound: Sound, rng: Random) -> Mutant | None:
    """Leave out a job nobody asked for."""
    times = rng.randint(1, 3)
    return _plan(sound, over=times, unserved=(*sound.plan.unserved, *(times * ["J-nobody-asked"])))


def stop_unknown(sound: Sound, rng: Random) -> Mutant | None:
    """Visit a job nobody asked for instead of one that was."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    plan = with_stop(sound.plan, shift_plan, stop, job_id="J-nobody-asked")
    return mutant(sound.scenario, plan, "PLAN", 1, alone=False)


def shift_doubled(sound: Sound, rng: Random) -> Mutant | None:
    """Give a technician the same day twice."""
    if not sound.plan.shifts:
        return None
    shifts = (*sound.plan.shifts, rng.choice(sound.plan.shifts))
    return mutant(sound.scenario, sound.plan.model_copy(update={"shifts": shifts}), "PLAN", 1, alone=False)


def shift_unknown(sound: Sound, rng: Random) -> Mutant | None:
    """Give the work to nobody known, or to a day without a shift."""
    if not sound.plan.shifts:
        return None
    shift_plan = rng.choice(sound.plan.shifts)
    facts = rng.choice(({"technician_id": "nobody"}, {"day": shift_plan.day + timedelta(days=400)}))
    return mutant(sound.scenario, with_shift_plan(sound.plan, shift_plan, **facts), "PLAN", 1, alone=False)


def other_means(sound: Sound, rng: Random) -> Mutant | None:
    """Let the technician go by what is not the technician's."""
    if not sound.plan.shifts:
        return None
    shift_plan = rng.choice(sound.plan.shifts)
    means = [one for one in ("car", "motorcycle", "public_transport") if one != shift_plan.means]
    plan = with_shift_plan(sound.plan, shift_plan, means=rng.choice(means))
    return mutant(sound.scenario, plan, "PLAN", 1, alone=False)


def other_scenario(sound: Sound, rng: Random) -> Mutant | None:
    """Change a word of the scenario, the fingerprint, or what the plan says of its scenario."""
    if rng.random() < 0.3:
        told = sound.scenario.model_copy(update={"story": sound.scenario.story + " And then it rained."})
        return Mutant(told, sound.plan, "PLAN", 1)
    horizon = sound.plan.horizon.model_copy(update={"days": sound.plan.horizon.days + 1})
    facts = rng.choice(
        (
            {"scenario_sha256": "0" * 64},
            {"scenario": "another"},
            {"horizon": horizon},
            {"time_zone": "Pacific/Kiritimati"},
            {"preset": "balanced" if sound.plan.preset == "economy" else "economy"},
        )
    )
    return Mutant(sound.scenario, sound.plan.model_copy(update=facts), "PLAN", 1)


def way_broken(sound: Sound, rng: Random) -> Mutant | None:
    """Let a drive start or end somewhere else than the technician is or goes."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    facts = rng.choice(({"from_place": "job:elsewhere"}, {"to_place": "job:elsewhere"}))
    if rng.random() < 0.3:
        last = shift_plan.last_leg.model_copy(update=facts)
        plan = with_shift_plan(sound.plan, shift_plan, last_leg=last)
    else:
        plan = with_stop(sound.plan, shift_plan, stop, leg=stop.leg.model_copy(update=facts))
    return mutant(sound.scenario, plan, "PLAN", 1, alone=False)


def starts_before_arrival(sound: Sound, rng: Random) -> Mutant | None:
    """Start (and end) a service before the technician is there."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    over = rng.randint(1, 100)
    earlier = minutes_between(stop.leg.arrival, stop.start) + over
    moved = timedelta(minutes=earlier)
    plan = with_stop(sound.plan, shift_plan, stop, start=stop.start - moved, end=stop.end - moved)
    return mutant(sound.scenario, plan, "PLAN", over, alone=False)


def leaves_before_the_end(sound: Sound, rng: Random) -> Mutant | None:
    """Let a service last longer than the technician stays."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    i = shift_plan.stops.index(stop)
    following = shift_plan.stops[i + 1].leg if i + 1 < len(shift_plan.stops) else shift_plan.last_leg
    over = rng.randint(1, 100)
    longer = round(60 * (minutes_between(stop.end, following.departure) + over))
    plan = with_stop(
        sound.plan,
        shift_plan,
        stop,
        end=stop.end + timedelta(seconds=longer),
        service_s=stop.service_s + longer,
    )
    return mutant(sound.scenario, plan, "PLAN", over, alone=False)


def service_does_not_add_up(sound: Sound, rng: Random) -> Mutant | None:
    """Say other seconds of service than lie between start and end."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    over = rng.randint(1, 1000)
    plan = with_stop(sound.plan, shift_plan, stop, service_s=stop.service_s + over)
    return mutant(sound.scenario, plan, "PLAN", over / 60)


def leaves_at_another_time(sound: Sound, rng: Random) -> Mutant | None:
    """Let the shift leave earlier than its first drive begins."""
    if not sound.plan.shifts:
        return None
    shift_plan = rng.choice(sound.plan.shifts)
    over = rng.randint(1, 100)
    plan = with_shift_plan(sound.plan, shift_plan, departure=shift_plan.departure - timedelta(minutes=over))
    return mutant(sound.scenario, plan, "PLAN", over, alone=False)


def planned_in_the_past(sound: Sound, rng: Random) -> Mutant | None:
    """Let the present time be after a service has started."""
    if (found := any_stop(sound, rng)) is None:
        return None
    over = rng.randint(1, 100)
    scenario = sound.scenario.model_copy(update={"now": found[1].start + timedelta(minutes=over)})
    return mutant(scenario, sound.plan, "PLAN", over, alone=False)


def rest_during_service(sound: Sound, rng: Random) -> Mutant | None:
    """Rest in the middle of a service."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    length = round(minutes_between(stop.start, stop.end))
    if length < 1:
        return None
    over = rng.randint(1, length)
    begin = stop.start + timedelta(minutes=rng.randint(0, length - over))
    rest = Rest(kind="absence", start=begin, end=begin + timedelta(minutes=over))
    rests = tuple(sorted((*shift_plan.rests, rest), key=lambda one: one.start))
    plan = with_shift_plan(sound.plan, shift_plan, rests=rests)
    return mutant(sound.scenario, plan, "PLAN", over, alone=False)


def rests_overlap(sound: Sound, rng: Random) -> Mutant | None:
    """Begin a second rest before the first is over."""
    resting = [one for one in sound.plan.shifts if one.rests]
    if not resting:
        return None
    shift_plan = rng.choice(resting)
    last = shift_plan.rests[-1]
    over = rng.randint(1, max(1, round(minutes_between(last.start, last.end))))
    second = Rest(kind="absence", start=last.end - timedelta(minutes=over), end=last.end)
    plan = with_shift_plan(sound.plan, shift_plan, rests=(*shift_plan.rests, second))
    return mutant(sound.scenario, plan, "PLAN", over, alone=False)


def set_up_twice(sound: Sound, rng: Random) -> Mutant | None:
    """Pay set-up at a place where the technician already is."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    kind, _, name = stop.leg.from_place.partition(":")
    if kind == "job":
        here = the_job(sound.scenario, name).place
    elif kind == "branch":
        here = next(one.place for one in sound.scenario.branches if one.branch_id == name)
    elif kind == "home" and (home := the_technician(sound.scenario, name).home) is not None:
        here = home
    else:
        return None
    over = rng.randint(1, stop.service_s)
    scenario = with_job(sound.scenario, stop.job_id, place=here)
    plan = with_stop(
        sound.plan, shift_plan, stop, setup_s=over, service_s=stop.service_s + stop.setup_s - over
    )
    return mutant(scenario, plan, "PLAN", over, alone=False)


def _plan(sound: Sound, over: float, **facts: object) -> Mutant:
    return mutant(sound.scenario, sound.plan.model_copy(update=facts), "PLAN", over)
