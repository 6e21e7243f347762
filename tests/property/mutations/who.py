"""Mutations of the rules about who may do a job: the plan stays, a fact turns against it."""

from datetime import date, timedelta
from random import Random

from optimizer.domain.promise import Pin
from optimizer.domain.requirements import great_circle_m, owed_by_installer
from optimizer.domain.technician import Certificate, Onboarding, Territory
from optimizer.domain.time import DateRange
from optimizer.rules.book import RuleBook
from optimizer.rules.tool_inspection import RULE as TOOL_INSPECTION
from tests.property.mutations.base import (
    Mutant,
    Sound,
    any_stop,
    mutant,
    the_job,
    the_technician,
    with_job,
    with_technician,
)


def skill_level_raised(sound: Sound, rng: Random) -> Mutant | None:
    """Ask for more of a skill than the technician has, or for a skill nobody has."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    skills = {**the_technician(sound.scenario, shift_plan.technician_id).skills, "unheard of": 0}
    skill = rng.choice([name for name, level in skills.items() if level < 5])
    level = rng.randint(skills[skill] + 1, 5)
    job = the_job(sound.scenario, stop.job_id)
    scenario = with_job(sound.scenario, stop.job_id, skills={**job.skills, skill: level}, rework=None)
    return mutant(scenario, sound.plan, "SKILL", level - skills[skill])


def certificate_asked_for(sound: Sound, rng: Random) -> Mutant | None:
    """Ask for certificates: some nobody has, some that ran out the day before."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    who = the_technician(sound.scenario, shift_plan.technician_id)
    new = tuple(f"certificate {i}" for i in range(rng.randint(1, 4)))
    lapsed = tuple(
        Certificate(name=name, valid_until=shift_plan.day - timedelta(days=1))
        for name in new
        if rng.random() < 0.5
    )
    scenario = with_technician(sound.scenario, who.technician_id, certificates=(*who.certificates, *lapsed))
    job = the_job(scenario, stop.job_id)
    scenario = with_job(scenario, stop.job_id, certificates=(*job.certificates, *new))
    return mutant(scenario, sound.plan, "CERTIFICATE", len(new))


def tool_asked_for(sound: Sound, rng: Random) -> Mutant | None:
    """Ask for tools nobody carries."""
    if (found := any_stop(sound, rng)) is None:
        return None
    job = the_job(sound.scenario, found[1].job_id)
    new = tuple(f"tool {i}" for i in range(rng.randint(1, 4)))
    scenario = with_job(sound.scenario, job.job_id, tools=(*job.tools, *new))
    return mutant(scenario, sound.plan, "TOOL", len(new))


def inspection_overdue(sound: Sound, rng: Random) -> Mutant | None:
    """Let the last inspection be too long ago, or let it have found something missing."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, _ = found
    over = rng.randint(1, 60)
    if rng.random() < 0.3:
        missing = tuple(f"missing {i}" for i in range(over))
        facts = with_technician(sound.scenario, shift_plan.technician_id, missing_tools=missing)
        return mutant(facts, sound.plan, "TOOL_INSPECTION", over)
    interval = RuleBook.of(sound.scenario.policy).params(TOOL_INSPECTION).interval_days
    inspected = shift_plan.day - timedelta(days=interval + over)
    facts = with_technician(sound.scenario, shift_plan.technician_id, last_inspection=inspected)
    return mutant(facts, sound.plan, "TOOL_INSPECTION", over)


def on_leave(sound: Sound, rng: Random) -> Mutant | None:
    """Give the technician leave on a day that has work."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, _ = found
    away = (_around(shift_plan.day, rng),)
    scenario = with_technician(sound.scenario, shift_plan.technician_id, leave=away)
    return mutant(scenario, sound.plan, "ABSENT", len(shift_plan.stops))


def suspended(sound: Sound, rng: Random) -> Mutant | None:
    """Suspend the technician on a day that has work."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, _ = found
    barred = (_around(shift_plan.day, rng),)
    scenario = with_technician(sound.scenario, shift_plan.technician_id, suspended=barred)
    return mutant(scenario, sound.plan, "SUSPENDED", len(shift_plan.stops))


def not_onboarded(sound: Sound, rng: Random) -> Mutant | None:
    """Take papers from the technician, or training on the job's product line."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    who = shift_plan.technician_id
    job = the_job(sound.scenario, stop.job_id)
    own = job.rework is not None and job.rework.installed_by == who
    spared = own and owed_by_installer(job, sound.scenario.horizon.first_day)
    if job.product is not None and not spared and rng.random() < 0.7:
        untrained = Onboarding(trained_products=("something else",))
        return mutant(with_technician(sound.scenario, who, onboarding=untrained), sound.plan, "ONBOARDED", 1)
    there = [rng.random() < 0.4 for _ in range(3)]
    if all(there):
        there[rng.randrange(3)] = False
    papers = Onboarding(examined=there[0], insured=there[1], safety_agreement=there[2])
    scenario = with_technician(sound.scenario, who, onboarding=papers)
    return mutant(scenario, sound.plan, "ONBOARDED", there.count(False))


def outside_territory(sound: Sound, rng: Random) -> Mutant | None:
    """Shrink the technician's radius below the way to a job, or send the technician elsewhere."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    who = the_technician(sound.scenario, shift_plan.technician_id)
    if rng.random() < 0.4:
        elsewhere = rng.choice((Territory(areas=("elsewhere",)), Territory(branches=("elsewhere",))))
        scenario = with_technician(sound.scenario, who.technician_id, territory=elsewhere)
        return mutant(scenario, sound.plan, "TERRITORY", 1)
    centre = next(one.place for one in sound.scenario.branches if one.branch_id == who.branch_id)
    if who.starts_from == "home" and who.home is not None:
        centre = who.home
    metres = round(great_circle_m(centre, the_job(sound.scenario, stop.job_id).place))  # as the rule measures
    if metres < 20:
        return None
    over_m = rng.randint(5, metres - 10)
    small = Territory(radius_km=(metres - over_m) / 1000)
    scenario = with_technician(sound.scenario, who.technician_id, territory=small)
    return mutant(scenario, sound.plan, "TERRITORY", over_m / 1000)


def pinned_elsewhere(sound: Sound, rng: Random) -> Mutant | None:
    """Pin a planned job to another person, day or time."""
    if (found := any_stop(sound, rng)) is None:
        return None
    shift_plan, stop = found
    technicians = [one.technician_id for one in sound.scenario.technicians]
    others = [one for one in technicians if one != shift_plan.technician_id]
    what = rng.choice(("technician", "day", "start") if others else ("day", "start"))
    over = rng.randint(1, 50)
    if what == "technician":
        over, pin = 1, Pin(job_id=stop.job_id, technician_id=rng.choice(others))
    elif what == "day":
        pin = Pin(job_id=stop.job_id, day=shift_plan.day + timedelta(days=over))
    else:
        pin = Pin(job_id=stop.job_id, start=stop.start + rng.choice((-1, 1)) * timedelta(minutes=over))
    pins = (*(one for one in sound.scenario.pins if one.job_id != stop.job_id), pin)
    return mutant(sound.scenario.model_copy(update={"pins": pins}), sound.plan, "PINNED", over)


def _around(day: date, rng: Random) -> DateRange:
    before, after = rng.randint(0, 3), rng.randint(0, 3)
    return DateRange(first_day=day - timedelta(days=before), last_day=day + timedelta(days=after))
