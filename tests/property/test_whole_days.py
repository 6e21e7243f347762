"""Whole days with re-plan after re-plan: pins hold, no job is lost or done twice, and every difference is exact."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time
from itertools import count, islice
from random import Random
from typing import NamedTuple, get_args
from zoneinfo import ZoneInfo

import pytest

from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.diff import apply, diff_plans
from optimizer.domain.document import PlanDocument
from optimizer.domain.event import Cancelled, Event, NewJob, SolvedRemotely
from optimizer.domain.keep import Grade, Keep
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.planning import plan_scenario
from optimizer.replan import Revision, answered, next_revision, replan, with_expected
from tests.property.random_events import random_events
from tests.property.random_scenarios import random_scenario
from tests.property.running_days import known_by_then
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import trip_scenario

DAYS = [
    (0, 4),
    *(pytest.param(first, 10, marks=pytest.mark.slow) for first in (100, 200)),
    pytest.param(1000, 170, marks=pytest.mark.full),
]
"""First seed, and sequences of each family."""

FEWEST_VISITS = 2
"""Visits to come in a plan that is worth following."""
CLOCKS = (time(8, 20), time(10, 40), time(13, 10), time(16, 30), time(19, 0))


@pytest.mark.parametrize("drawn", [random_scenario, tied_scenario, trip_scenario])
@pytest.mark.parametrize(("first", "number"), DAYS)
def test_a_day_goes_on_from_plan_to_plan(drawn: Callable[[int], Scenario], first: int, number: int) -> None:
    steps = Counter[str]()
    days = (day for seed in count(first) if (day := planned_day(drawn(seed), seed)) is not None)
    for day in islice(days, number):
        steps.update(followed(day))
    print(dict(steps))
    assert steps["re-plans"] == len(CLOCKS) * number
    assert steps["kept"] > number
    assert steps["done"] > number / 2
    assert steps["not kept"] < steps["re-plans"] / 5


class PlannedDay(NamedTuple):
    """A day on which something is to be done, before it begins."""

    seed: int
    moments: list[datetime]
    """When it is planned anew."""
    question: Scenario
    """With what everybody was told."""
    document: PlanDocument
    """Its plan."""


def planned_day(of: Scenario, seed: int) -> PlannedDay | None:
    """Return a day of a scenario with its plan; none where it begins too late or hardly anything is planned."""
    day = Random(f"whole day {seed}").choice(of.horizon.dates())
    moments = [datetime.combine(day, clock, tzinfo=ZoneInfo(of.time_zone)) for clock in CLOCKS]
    of = of.model_copy(update={"pins": tuple(pin for pin in of.pins if pin.start is None)})
    if of.now is not None and of.now > moments[0]:
        return None
    question = known_by_then(of, moments[0])
    document = plan_scenario(question, stop=Iterations(40), seed=seed)
    if sum(len(shift.stops) for shift in document.plan.shifts if shift.day >= day) < FEWEST_VISITS:
        return None
    return PlannedDay(seed, moments, with_expected(question, document.plan, told=True), document)


def followed(planned: PlannedDay) -> Counter[str]:
    """Follow a day through its re-plans, and return what was met."""
    seed, moments, question, document = planned
    rng, steps = Random(f"events {seed}"), Counter[str]()
    known = {job.job_id for job in question.jobs}
    done: set[str] = set()
    gone: set[str] = set()
    for now in moments:
        drawn = random_events(question, document.plan, now, rng)
        events = tuple(one for one in drawn if not isinstance(one, NewJob) or one.job.job_id not in known)
        revision = next_revision(question, document.plan, events, now)
        known |= {event.job.job_id for event in events if isinstance(event, NewJob)}
        gone |= given_up(events, revision)
        assert not done & set(revision.done), seed
        done |= set(revision.done)
        waiting = [job.job_id for job in (*revision.scenario.jobs, *revision.later)]
        assert Counter([*waiting, *done, *gone]) == Counter(known), (seed, now)
        known -= {job.job_id for job in revision.later}
        keep = kept(revision, document.plan, rng)
        try:
            found = replan(revision, document.plan, stop=Iterations(20), keep=keep, seed=seed)
        except InvalidInput:  # what is to be kept does not fit the customer's new wish, and is named
            found = replan(revision, document.plan, stop=Iterations(20), seed=seed)
            steps["not kept"] += 1
        chosen = rng.choice(found.proposals)
        question = answered(found, chosen)
        assert check_plan(question, chosen.document.plan) == (), seed
        steps["kept"] += pins_hold(question, chosen.document.plan, {one.job_id for one in chosen.broken_pins})
        assert apply(diff_plans(document, chosen.document), document) == chosen.document, seed
        document = chosen.document
        question = question.model_copy(update={"pins": revision.scenario.pins})  # kept this time only
        steps["re-plans"] += 1
    steps["done"] += len(done)
    return steps


def given_up(events: tuple[Event, ...], revision: Revision) -> set[str]:
    """Return the jobs that nobody has to do any more."""
    ended = {event.job_id for event in events if isinstance(event, Cancelled | SolvedRemotely)}
    return ended - revision.done.keys()


def kept(revision: Revision, plan: Plan, rng: Random) -> tuple[Keep, ...]:
    """Return what a dispatcher wants to keep of a plan: some visits, somebody's visits, or none."""
    waiting = {job.job_id for job in revision.scenario.jobs if not job.under_way}
    visits = {
        stop.job_id: shift.technician_id
        for shift in plan.shifts
        for stop in shift.stops
        if stop.job_id in waiting and not stop.part and not stop.seat
    }
    if not visits or rng.random() < 0.2:
        return ()
    grade: Grade = rng.choice(get_args(Grade))
    if rng.random() < 0.5:
        return (Keep(grade=grade, technician_ids=(rng.choice(sorted(set(visits.values()))),)),)
    return (Keep(grade=grade, job_ids=tuple(rng.sample(sorted(visits), rng.randint(1, len(visits))))),)


def pins_hold(question: Scenario, plan: Plan, broken: set[str]) -> int:
    """Assert that every pin holds, or is said to be impossible; return how many hold."""
    leads = {
        stop.job_id: (shift.technician_id, shift.day, stop.start)
        for shift in plan.shifts
        for stop in shift.stops
        if not stop.part and not stop.seat
    }
    held = 0
    for pin in question.pins:
        if pin.job_id not in leads:
            assert pin.job_id in broken
            continue
        assert pin.job_id not in broken
        who, day, start = leads[pin.job_id]
        assert pin.technician_id in (None, who)
        assert pin.day in (None, day)
        assert pin.start in (None, start)
        held += 1
    return held
