"""Days closed in a row keep the ledgers exact: no job, no part and no hour is lost or counted twice."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from optimizer.control import Iterations
from optimizer.domain.event import Cancelled, Finished, NewJob, PartArrived, SolvedRemotely, Started
from optimizer.domain.parts import required_parts
from optimizer.domain.plan import Stop
from optimizer.domain.requirements import kind
from optimizer.domain.scenario import Scenario
from optimizer.planning import plan_scenario
from optimizer.replan import close_day
from tests.property.chains import ClosedDay, chain
from tests.property.random_scenarios import random_scenario
from tests.property.restock_scenarios import restock_scenario
from tests.property.sleeper_scenarios import sleeper_scenario
from tests.property.slow_scenarios import slow_scenario
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import trip_scenario

CHAINS = [
    *((seed, 5) for seed in range(8)),
    *(pytest.param(seed, 20, marks=pytest.mark.slow) for seed in range(8, 20)),
]

KINDS = (
    random_scenario,
    tied_scenario,
    trip_scenario,
    restock_scenario,
    sleeper_scenario,
    slow_scenario,
)
SEEDS = [*range(8), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(8, 60))]


@pytest.mark.parametrize(("seed", "length"), CHAINS)
def test_days_closed_in_a_row_keep_the_ledgers_exact(seed: int, length: int) -> None:
    done: Counter[str] = Counter()
    for day in chain(seed, length):
        done.update(day.closed.report.done)
        assert not done or max(done.values()) == 1
        no_job_is_lost(day)
        promises_to_come_are_kept(day)
        every_part_is_somewhere(day)
        work_is_counted_by_month_and_week(day)
        what_was_reported_is_what_was(day)
        the_bill_adds_up(day)


@pytest.mark.parametrize("drawn", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_days_of_which_nothing_is_reported_cost_what_was_planned(
    drawn: Callable[[int], Scenario], seed: int
) -> None:
    scenario = drawn(seed)
    plan = plan_scenario(scenario, stop=Iterations(60)).plan
    day = scenario.horizon.dates()[-1]
    now = datetime.combine(day + timedelta(days=1), time(14), tzinfo=ZoneInfo(scenario.time_zone))
    report = close_day(scenario, plan, (), day, now).report
    assert report.real_bill == report.planned_bill
    assert set(report.done) == {stop.job_id for shift in plan.shifts for stop in shift.stops}
    for one in report.technicians:
        assert one.hours == pytest.approx(one.planned_hours)
        assert one.distance_km == one.planned_km


def no_job_is_lost(day: ClosedDay) -> None:
    """Assert that every job is done, given up or still there, and that what is done was reported or assumed."""
    report = day.closed.report
    new = [event.job.job_id for event in day.events if isinstance(event, NewJob)]
    gone = {event.job_id for event in day.events if isinstance(event, Cancelled | SolvedRemotely)}
    left = [job.job_id for job in (*day.closed.scenario.jobs, *report.waiting)]
    assert set(report.given_up) == gone
    assert Counter([*left, *report.done, *gone]) == Counter([*(job.job_id for job in day.before.jobs), *new])
    finished = {event.job_id for event in day.events if isinstance(event, Finished)}
    assert finished <= {*report.done, *left}  # the first of a job's days leaves the rest of it
    assert set(report.done) <= finished | set(report.assumed) | {
        event.job_id for event in day.events if isinstance(event, Started)
    }


def promises_to_come_are_kept(day: ClosedDay) -> None:
    """Assert that what was told for later days still stands, unless something happened to the job."""
    opens = day.closed.scenario.horizon.first_day
    touched = {
        event.job_id for event in day.events if not isinstance(event, NewJob) and hasattr(event, "job_id")
    }
    left = {job.job_id for job in day.closed.scenario.jobs}
    stands = [
        one for one in day.before.promises if one.window.end.date() >= opens and one.job_id in left - touched
    ]
    kept = [one for one in day.closed.scenario.promises if one.job_id not in touched]
    assert kept == stands


def every_part_is_somewhere(day: ClosedDay) -> None:
    """Assert that shelves and vans hold what they held, and what was delivered, without what was built in."""
    expected = pieces(day.before)
    for event in day.events:
        if isinstance(event, PartArrived):
            expected.update(event.parts)
    jobs = {job.job_id: job for job in day.before.jobs}
    for stop in made(day):
        if not (stop.seat or stop.part):
            expected.subtract(required_parts(jobs[stop.job_id], day.before.policy))
    assert +pieces(day.closed.scenario) == +expected


def made(day: ClosedDay, technician_id: str | None = None) -> list[Stop]:
    """Return the planned visits that were made: those of jobs done, and the first days of jobs that go on."""
    report = day.closed.report
    shifts = [one for one in day.plan.shifts if technician_id in (None, one.technician_id)]
    later = {stop.job_id for one in day.plan.shifts if one.day > report.day for stop in one.stops}
    real = {stop.job_id for one in report.as_it_was.shifts if one.day == report.day for stop in one.stops}
    return [
        stop
        for one in shifts
        for stop in one.stops
        if one.day == report.day
        and (stop.job_id in report.done or (stop.job_id in later and stop.job_id in real))
    ]


def pieces(scenario: Scenario) -> Counter[str]:
    """Return how many pieces of every part there are."""
    found: Counter[str] = Counter()
    for branch in scenario.branches:
        found.update(branch.stock)
    for one in scenario.technicians:
        found.update(one.parts)
    return found


def work_is_counted_by_month_and_week(day: ClosedDay) -> None:
    """Assert that the ledgers have grown by the stops of the plan whose jobs are done, and by the hours."""
    report, first = day.closed.report, day.closed.scenario.horizon.first_day
    jobs = {job.job_id: job for job in day.before.jobs}
    hours = {one.technician_id: one.hours for one in report.technicians}
    before = {one.technician_id: one for one in day.before.technicians}
    for one in day.closed.scenario.technicians:
        who = one.technician_id
        stops = made(day, who)
        repairs = [
            stop
            for stop in stops
            if stop.job_id in report.done and kind(jobs[stop.job_id], day.before.policy) == "repair"
        ]
        for ledger, was, same in (
            (one.month_to_date, before[who].month_to_date, month(report.day) == month(first)),
            (one.week_to_date, before[who].week_to_date, week(report.day) == week(first)),
        ):
            if same:
                assert (ledger.jobs - was.jobs, ledger.repairs - was.repairs) == (len(stops), len(repairs))
                assert ledger.hours - was.hours == pytest.approx(hours.get(who, 0.0))
            else:
                assert (ledger.jobs, ledger.repairs, ledger.hours) == (0, 0, 0)


def month(day: date) -> tuple[int, int]:
    return day.year, day.month


def week(day: date) -> tuple[int, int]:
    year, number, _ = day.isocalendar()
    return year, number


def what_was_reported_is_what_was(day: ClosedDay) -> None:
    """Assert that the real plan has the reported times, one thing after another, and sums to the hours."""
    real = [shift for shift in day.closed.report.as_it_was.shifts if shift.day == day.closed.report.day]
    stops = {(stop.job_id, shift.technician_id): stop for shift in real for stop in shift.stops}
    ended = {event.job_id: event.at for event in day.events if isinstance(event, Finished)}
    began = {event.job_id: event.at for event in day.events if isinstance(event, Started)}
    assert {job_id for job_id, _ in stops} == {stop.job_id for stop in made(day)}
    for (job_id, _), stop in stops.items():
        assert ended.get(job_id, stop.end) == stop.end
        if job_id in began:
            assert stop.start == min(began[job_id], stop.end)
    worked = {one.technician_id: one for one in day.closed.report.technicians}
    for shift in real:
        assert [leg.from_place for leg in shift.legs[1:]] == [leg.to_place for leg in shift.legs[:-1]]
        assert all(stop.leg.arrival <= stop.start <= stop.end for stop in shift.stops)
        assert sum(leg.distance_m for leg in shift.legs) / 1000 == worked[shift.technician_id].distance_km
        on_site_s = sum((stop.end - stop.start).total_seconds() for stop in shift.stops)
        loading_s = sum((halt.end - halt.start).total_seconds() for halt in shift.restocks)
        least_h = (on_site_s + loading_s + sum(leg.travel_s for leg in shift.legs)) / 3600
        if worked[shift.technician_id].in_vain:
            assert worked[shift.technician_id].hours >= least_h - 1e-9
        else:
            assert worked[shift.technician_id].hours == pytest.approx(least_h)


def the_bill_adds_up(day: ClosedDay) -> None:
    """Assert that the parts of both bills sum to their totals."""
    report = day.closed.report
    for bill, cents in (
        (report.planned_bill, [rule.planned_cents for rule in report.rules]),
        (report.real_bill, [rule.real_cents for rule in report.rules]),
    ):
        assert sum(cents) == bill.total_cents == sum(line.cents for line in bill.lines)
