"""A week planned day by day: what a day knows of the days before it, and the days put together."""

from datetime import timedelta

import pytest

from benchmarks.day_by_day import day_by_day, joined, one_day
from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Ledger
from optimizer.domain.ties import After
from optimizer.domain.time import Window
from optimizer.planning import plan_scenario
from tests.unit import restock_days
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    branch,
    job,
    north,
    plan,
    scenario,
    shift_plan,
    stop,
    technician,
)


def planned(of: Scenario) -> Plan:
    return plan_scenario(of, stop=Iterations(100)).plan


def week(**changes: object) -> Scenario:
    """Return three days with a filter for each of three jobs: one on the van, two at the branch."""
    jobs = [
        job(parts={"filter": 1}),
        job(job_id="J2", windows=(Window(start=at("09:00", NEXT_DAY), end=at("17:00", NEXT_DAY)),)),
        job(job_id="J3", after=(After(job_id="J1", min_gap_min=30 * 60, max_gap_min=40 * 60),)),
        job(job_id="J4", after=(After(job_id="J2"),)),
    ]
    of = scenario(
        [technician(parts={"filter": 1}, week_to_date=Ledger(jobs=2, repairs=1, hours=4))],
        jobs,
        branches=[branch(stock={"filter": 2})],
        days=3,
    )
    return of.model_copy(update=changes)


def first_day(of: Scenario) -> Plan:
    # J1 on the first day: an hour of service, ten minutes there and ten back; the filter comes from the branch.
    made = shift_plan([stop("J1", at("09:30"), at("10:30"))]).model_copy(update={"picked_up": {"filter": 1}})
    return plan(of, [made])


def test_a_day_knows_what_can_be_done_on_it() -> None:
    first = one_day(week(), DAY, [])
    assert [one.job_id for one in first.jobs] == ["J1", "J3"]  # J2 is for the next day, and J4 waits for it
    assert first.jobs[1].after == week().jobs[2].after
    assert (first.horizon.first_day, first.horizon.days) == (DAY, 1)


def test_what_was_done_is_carried_on() -> None:
    of = week()
    second = one_day(of, NEXT_DAY, [first_day(of)])
    assert [one.job_id for one in second.jobs] == ["J2", "J3", "J4"]
    so_far = second.technicians[0].week_to_date
    assert (so_far.jobs, so_far.repairs) == (3, 2)
    assert so_far.hours == pytest.approx(4 + 80 / 60)
    assert second.technicians[0].month_to_date == Ledger(jobs=1, repairs=1, hours=1)  # service alone
    assert second.branches[0].stock == {"filter": 1}
    assert second.technicians[0].parts == {"filter": 1}


def test_what_was_loaded_on_the_way_is_gone_from_the_shelf() -> None:
    of = restock_days.question(days=2)
    second = one_day(of, NEXT_DAY, [plan(of, [restock_days.shift()])])
    assert second.branches[0].stock == {"control board": 2}  # there were 3
    assert second.technicians[0].parts == {}
    # Two hours of service, 40 minutes of driving, 10 of loading.
    assert second.technicians[0].week_to_date.hours == pytest.approx(170 / 60)


def test_gaps_to_jobs_of_days_before_become_windows() -> None:
    of = week()
    second = one_day(of, NEXT_DAY, [first_day(of)])
    (j3,) = (one for one in second.jobs if one.job_id == "J3")
    assert j3.after == ()
    # J1 ends at half past ten: 30 hours later it is 16:30 of the next day, 40 hours later the day after
    assert [(one.start, one.end) for one in j3.windows] == [(at("16:30", NEXT_DAY), at("23:59:59", NEXT_DAY))]
    third = one_day(of, NEXT_DAY + timedelta(days=1), [first_day(of)])
    (j3,) = (one for one in third.jobs if one.job_id == "J3")
    assert j3.windows[0].end == at("02:30", NEXT_DAY + timedelta(days=1))


def test_the_days_together_are_a_sound_plan_of_the_week() -> None:
    of = week(
        jobs=(
            *week().jobs,
            job(job_id="J5", place=north(9), windows=(Window(start=at("09:00"), end=at("10:00")),)),
        )
    )
    made = day_by_day(of, planned)
    assert check_plan(of, made) == ()
    served = {one.job_id: shift.day for shift in made.shifts for one in shift.stops}
    assert served["J1"] == served["J5"] == DAY
    assert served["J2"] == NEXT_DAY
    assert set(made.unserved) == {one.job_id for one in of.jobs} - served.keys()


def test_weekly_caps_hold_over_the_days() -> None:
    # 2 jobs stand on the week already and 3 are allowed: one more in all three days.
    of = scenario(
        [technician(week_to_date=Ledger(jobs=2))],
        [job(), job(job_id="J2"), job(job_id="J3")],
        days=3,
        rules={"WORKLOAD_CAP": {"jobs_per_week": 3}},
    )
    made = day_by_day(of, planned)
    assert check_plan(of, made) == ()
    assert len(made.unserved) == 2


def test_iterations_add_up() -> None:
    of = scenario(days=2)
    made = plan(of, [])
    days = [
        made.model_copy(update={"provenance": made.provenance.model_copy(update={"iterations": done})})
        for done in (3, 4)
    ]
    assert joined(of, days).provenance.iterations == 3 + 4
