"""A random day, stopped at random moments, goes on: what is left of it is a sound question with a sound plan."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from optimizer.control import Iterations
from optimizer.domain.event import Cancelled, NewJob, SolvedRemotely
from optimizer.domain.scenario import Scenario
from optimizer.domain.validation import validate_scenario
from optimizer.planning import plan_scenario
from optimizer.replan import next_revision
from optimizer.rules.book import RuleBook
from tests.property.random_events import random_events
from tests.property.random_scenarios import random_scenario
from tests.property.running_days import RunningDay, at_moment, running_day
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import trip_scenario

EVERY_KIND = pytest.mark.parametrize("drawn", [random_scenario, tied_scenario, trip_scenario])
SEEDS = [*range(40), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(40, 200))]


@EVERY_KIND
@pytest.mark.parametrize("seed", SEEDS)
def test_the_rest_of_a_day_is_a_sound_question_with_a_sound_plan(
    drawn: Callable[[int], Scenario], seed: int
) -> None:
    day = running_day(drawn(seed), seed)
    for hours in (1, 3):
        if day is None:
            return
        is_sound(day)
        document = plan_scenario(day.rest, stop=Iterations(60))  # it has passed the checker
        served = {stop.job_id for shift in document.plan.shifts for stop in shift.stops}
        assert {job.job_id for job in day.rest.jobs if job.has_started} <= served
        later = day.now + timedelta(hours=hours)
        day = at_moment(day.rest, document, later) if later.date() == day.now.date() else None


@EVERY_KIND
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_the_rest_of_the_day_can_be_planned(
    drawn: Callable[[int], Scenario], seed: int
) -> None:
    of = drawn(seed)
    # who goes home early may have been pinned to the night, which is refused
    of = of.model_copy(update={"pins": tuple(pin for pin in of.pins if pin.start is None)})
    day = running_day(of, seed)
    if day is None:
        return
    events = random_events(day.before, day.document.plan, day.now, Random(f"events {seed}"))
    revision = next_revision(day.before, day.document.plan, events, day.now)
    assert rule_issues(revision.scenario) == []
    document = plan_scenario(revision.scenario, stop=Iterations(60))  # it has passed the checker
    served = {stop.job_id for shift in document.plan.shifts for stop in shift.stops}
    assert {job.job_id for job in revision.scenario.jobs if job.has_started} <= served
    gone = {event.job_id for event in events if isinstance(event, Cancelled | SolvedRemotely)}
    new = {event.job.job_id for event in events if isinstance(event, NewJob)}
    left = [job.job_id for job in (*revision.scenario.jobs, *revision.later)]
    assert Counter([*left, *revision.done, *(gone - new)]) == Counter(
        [*(job.job_id for job in day.before.jobs), *new]
    )


def rule_issues(scenario: Scenario) -> list[str]:
    """Return what the rules find wrong in a scenario."""
    book = RuleBook.of(scenario.policy)
    return [str(issue) for rule in book.active() for issue in rule.validate(scenario, book.params(rule))]


def is_sound(day: RunningDay) -> None:
    """Assert that the rest of a day contradicts nothing, and that no job is lost or done twice."""
    assert [str(issue) for issue in validate_scenario(day.rest)] == []
    assert rule_issues(day.rest) == []
    last = {stop.job_id: 0 for shift in day.document.plan.shifts for stop in shift.stops}
    for shift in day.document.plan.shifts:
        for stop in shift.stops:
            last[stop.job_id] = max(last[stop.job_id], stop.part)
    made = [visit for one in day.days.values() for visit in one.visits]
    done = {
        visit.stop.job_id
        for visit in made
        if visit.state == "finished" and visit.stop.part == last[visit.stop.job_id]
    }
    left = [job.job_id for job in day.rest.jobs]
    assert Counter([*left, *done]) == Counter(job.job_id for job in day.before.jobs)
    assert orders_done(day.rest) - orders_done(day.before) == sum(visit.state == "finished" for visit in made)


def orders_done(scenario: Scenario) -> int:
    """Return how many orders are done in all shifts, one for everybody of a crew."""
    shifts = (shift for one in scenario.technicians for shift in one.shifts or ())
    return sum(sum(shift.so_far.orders.values()) for shift in shifts if shift.so_far is not None)


def test_days_are_stopped_in_every_state() -> None:
    found: Counter[str] = Counter()
    for seed in range(40):
        for drawn in (random_scenario, tied_scenario, trip_scenario):
            day = running_day(drawn(seed), seed)
            if day is not None:
                found.update(visit.state for one in day.days.values() for visit in one.visits)
    assert {"finished", "started", "arrived", "on_the_way"} <= found.keys()
