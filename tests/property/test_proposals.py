"""Whatever happens on a random day: every proposal is sound, and says truly what it changes."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.diff import apply, diff_plans
from optimizer.domain.plan import Plan
from optimizer.domain.promise import counting_promises
from optimizer.domain.proposal import Proposals
from optimizer.domain.scenario import Scenario
from optimizer.promise_windows import promises_to_tell
from optimizer.replan import answered, next_revision, replan
from tests.property.random_events import random_events
from tests.property.random_scenarios import random_scenario
from tests.property.running_days import RunningDay, running_day
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import trip_scenario

EVERY_KIND = pytest.mark.parametrize("drawn", [random_scenario, tied_scenario, trip_scenario])
SEEDS = [*range(12), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(12, 60))]


class Changed(NamedTuple):
    """A day on which something happened, and how it can go on."""

    day: RunningDay
    told: Scenario
    """What was planned, with what customers were told of it."""
    proposals: Proposals


def changed(drawn: Callable[[int], Scenario], seed: int) -> Changed | None:
    """Return a random day after random events; most customers were told their times."""
    of = drawn(seed)
    of = of.model_copy(update={"pins": tuple(pin for pin in of.pins if pin.start is None)})
    day = running_day(of, seed)
    if day is None:
        return None
    plan, rng = day.document.plan, Random(f"told {seed}")
    everybody = frozenset(shift.technician_id for shift in plan.shifts)
    promised = {one.job_id for one in day.before.promises}
    new = (
        one.model_copy(update={"told": rng.random() < 0.8})
        for one in promises_to_tell(day.before, plan, everybody, 120)
        if one.job_id not in promised
    )
    told = day.before.model_copy(update={"promises": (*day.before.promises, *new)})
    events = random_events(told, plan, day.now, Random(f"events {seed}"))
    revision = next_revision(told, plan, events, day.now)
    return Changed(day, told, replan(revision, plan, stop=Iterations(40), seed=seed))


@EVERY_KIND
@pytest.mark.parametrize("seed", SEEDS)
def test_every_proposal_is_sound_and_true(drawn: Callable[[int], Scenario], seed: int) -> None:
    found = changed(drawn, seed)
    if found is None:
        return
    figures = set()
    for one in found.proposals.proposals:
        question = answered(found.proposals, one)
        plan = one.document.plan
        assert check_plan(question, plan) == ()
        approached = {
            job.job_id for job in found.proposals.scenario.jobs if job.under_way and not job.has_started
        }
        assert set(one.turned) <= approached
        assert list(one.to_tell) == told_in_vain(question, plan)
        assert set(one.ask) <= set(one.to_tell)
        bill = one.document.assessment.bill
        assert sum(line.cents for line in bill.lines) == bill.total_cents
        figures.add((one.unserved_weight, len(one.to_tell), bill.total_cents))
        begun = {job.job_id for job in question.jobs if job.has_started}
        assert begun <= {stop.job_id for shift in plan.shifts for stop in shift.stops}
        assert moved(found.day.document.plan, plan, question) == {change.job_id for change in one.changes}
        old = found.day.document
        assert apply(diff_plans(old, one.document), old) == one.document
    assert len(figures) == len(found.proposals.proposals)
    assert not [(a, b) for a in figures for b in figures if a != b and dominates(a, b)]


def dominates(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True))


def told_in_vain(question: Scenario, plan: Plan) -> list[str]:
    """Return the jobs whose customers wait for somebody else, for another time, or in vain."""
    assert question.now is not None
    last = question.horizon.dates()[-1]
    leads = {
        stop.job_id: (shift.technician_id, stop.start)
        for shift in plan.shifts
        for stop in shift.stops
        if (stop.seat, stop.part) == (0, 0)
    }
    jobs = {job.job_id: job for job in question.jobs}
    vain = []
    for job_id, one in counting_promises(question.promises).items():
        if not one.told or job_id not in jobs or jobs[job_id].has_started or one.window.end < question.now:
            continue
        if job_id not in leads:
            if one.window.end.astimezone(ZoneInfo(plan.time_zone)).date() <= last:
                vain.append(job_id)
            continue
        who, start = leads[job_id]
        if one.asked or who != one.technician_id or not one.window.start <= start <= one.window.end:
            vain.append(job_id)
    return vain


def moved(old: Plan, new: Plan, question: Scenario) -> set[str]:
    """Return the jobs of the question whose visits, or their order among those left, are not the same in two plans."""

    jobs = {job.job_id for job in question.jobs}

    def visits(plan: Plan) -> dict[str, list[tuple[object, ...]]]:
        found: dict[str, list[tuple[object, ...]]] = {}
        for shift in plan.shifts:
            left = [
                stop for stop in shift.stops if stop.job_id in jobs
            ]  # what is done has no place in the order
            for position, stop in enumerate(left):
                facts = (stop.part, stop.seat, shift.technician_id, shift.day, position, stop.start, stop.end)
                found.setdefault(stop.job_id, []).append(facts)
        for job_id in plan.unserved:
            found[job_id] = [("left out",)]
        return {job_id: sorted(facts, key=str) for job_id, facts in found.items()}

    before, after = visits(old), visits(new)
    return {job.job_id for job in question.jobs if before.get(job.job_id) != after.get(job.job_id)}


@EVERY_KIND
def test_the_same_happenings_give_the_same_bytes(drawn: Callable[[int], Scenario]) -> None:
    compared = 0
    for seed in range(4):
        one, other = changed(drawn, seed), changed(drawn, seed)
        if one is not None and other is not None:
            assert one.proposals.model_dump_json() == other.proposals.model_dump_json()
            compared += 1
    assert compared >= 2
