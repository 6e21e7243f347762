"""A plan as it will really go: how long visits take, when each can begin at the earliest, how long a tool stays."""

from datetime import datetime, timedelta

import pytest

from optimizer.domain.branch import Branch
from optimizer.domain.plan import Plan, Rest, Stop, ToolPlan, ToolStop
from optimizer.domain.scenario import Scenario
from optimizer.domain.ties import After
from optimizer.operate.telling import published
from optimizer.whatif.demand.truth import Truth
from optimizer.whatif.simulate.as_really import as_really
from optimizer.whatif.simulate.world import Work
from tests.unit.rules.build import DAY, at, job, leg, north, plan, shift_plan, stop
from tests.unit.whatif.simulate.fate import (
    PLAIN,
    Fate,
    behind_each_other,
    home,
    one_behind_the_other,
    takes,
    two_repairs,
    worker,
)


def stops_of(found: Plan) -> dict[str, Stop]:
    return {one.job_id: one for shift in found.shifts for one in shift.stops}


def told(of: Scenario) -> Scenario:
    """Return the question in which customers know the plan: J2 the window from 09:45 to 11:45, around 10:20."""
    return published(of, one_behind_the_other(of), at("06:30"))


def begins(of: Scenario, made: Plan | None = None) -> datetime:
    """Return when J2 begins at the earliest."""
    return stops_of(as_really(of, made or one_behind_the_other(of), Fate()).plan)["J2"].start


def test_visits_take_what_they_take() -> None:
    of = told(two_repairs())
    truths = {"J1": takes(1.5), "J2": PLAIN._replace(part_u=0.1)}
    found = as_really(of, one_behind_the_other(of), Fate(truths))
    # An hour and a half; that a part is missing shows after half of an hour.
    assert found.ends == {("J1", 0): Work(5_400, "done"), ("J2", 0): Work(1_800, "part_missing")}
    stops = stops_of(found.plan)
    assert stops["J1"].end - stops["J1"].start == timedelta(minutes=90)
    assert stops["J2"].end - stops["J2"].start == timedelta(minutes=30)


@pytest.mark.parametrize(
    "fate", [PLAIN._replace(no_access=True), PLAIN._replace(site_not_ready=True)], ids=["closed", "not ready"]
)
def test_at_a_closed_door_a_quarter_of_an_hour_is_lost(fate: Truth) -> None:
    of = told(two_repairs())
    found = as_really(of, one_behind_the_other(of), Fate({"J1": fate}))
    assert found.ends["J1", 0] == Work(900, "no_access" if fate.no_access else "site_not_ready")
    assert found.ends["J2", 0] == Work(3_600, "done")


def test_a_visit_begins_no_sooner_than_the_customer_was_told() -> None:
    assert begins(told(two_repairs())) == at("09:45")


def test_without_a_word_to_the_customer_it_begins_as_planned() -> None:
    assert begins(two_repairs()) == at("10:20")


def test_where_the_plan_waits_nobody_begins_sooner() -> None:
    of = told(two_repairs())
    first, second = behind_each_other().stops
    waits = second.model_copy(update={"leg": leg("job:J1", "job:J2", at("10:15"))})
    assert begins(of, plan(of, [shift_plan((first, waits), last_leg=home("J2", at("11:40"), 1_200))])) == at(
        "10:20"
    )


def test_a_rest_before_a_visit_is_no_wait_and_comes_before_it() -> None:
    of = told(two_repairs())
    first, second = behind_each_other().stops
    there = second.model_copy(update={"leg": leg("job:J1", "job:J2", at("10:05"))})
    rest = Rest(kind="break", start=at("10:05"), end=at("10:20"))
    made = plan(of, [shift_plan((first, there), rests=[rest], last_leg=home("J2", at("11:40"), 1_200))])
    assert begins(of, made) == at("10:05") + timedelta(seconds=1)


def test_who_follows_another_job_or_is_followed_begins_as_planned() -> None:
    tied = [
        job(job_id="J1", place=north(6)),
        job(job_id="J2", place=north(12), after=(After(job_id="J1"),)),
    ]
    of = told(two_repairs(jobs=tied))
    found = stops_of(as_really(of, one_behind_the_other(of), Fate()).plan)
    assert (found["J1"].start, found["J2"].start) == (at("09:10"), at("10:20"))


def test_who_comes_late_leaves_late() -> None:
    of = told(two_repairs())
    found = stops_of(as_really(of, one_behind_the_other(of), Fate(late_min={"T1": 25})).plan)
    assert found["J1"].leg.departure == at("09:25")


def with_a_hoist() -> tuple[Scenario, Plan]:
    """T1 hoists at J1, T2 at J2 once the hoist has come from there; handing it over takes five minutes."""
    jobs = [
        job(job_id="J1", place=north(6), shared_tools=("hoist",)),
        job(job_id="J2", place=north(12), shared_tools=("hoist",)),
    ]
    branch = Branch(branch_id="B1", place=north(0), shared_tools={"hoist": 1})
    of = two_repairs(jobs=jobs, technicians=[worker(), worker("T2")], branches=[branch])
    hoist = ToolPlan(
        branch_id="B1",
        tool="hoist",
        piece=1,
        day=DAY,
        means="car",
        stops=(
            ToolStop(
                job_id="J1", leg=leg("branch:B1", "job:J1", at("09:10")), start=at("09:10"), end=at("10:15")
            ),
            ToolStop(
                job_id="J2", leg=leg("job:J1", "job:J2", at("10:25")), start=at("10:25"), end=at("11:30")
            ),
        ),
        last_leg=home("J2", at("11:50"), 1_200),
    )
    shifts = [
        shift_plan([stop("J1", at("09:10"), at("10:10"))]),
        shift_plan(
            [stop("J2", at("10:25"), at("11:25"), travel_s=1_200)],
            technician_id="T2",
            last_leg=home("J2", at("11:45"), 1_200),
        ),
    ]
    return of, plan(of, shifts, [hoist])


def test_a_tool_stays_until_the_work_is_done_and_it_is_handed_over() -> None:
    of, made = with_a_hoist()
    (hoist,) = as_really(published(of, made, at("06:30")), made, Fate({"J1": takes(1.5)})).plan.tools
    assert [one.start for one in hoist.stops] == [at("09:10"), at("10:25")]
    assert hoist.stops[0].end == at("10:45")  # 09:10 + 90 min + 5 min
    assert hoist.stops[1].end == at("11:30")


def test_who_needs_a_tool_does_not_begin_before_the_plan_has_it() -> None:
    of, made = with_a_hoist()
    found = stops_of(as_really(published(of, made, at("06:30")), made, Fate({"J1": takes(0.5)})).plan)
    assert found["J2"].start == at("10:25")
