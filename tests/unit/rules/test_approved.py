"""APPROVED."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from optimizer.domain.approval import Approval, ApprovedTool, ApprovedVisit
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan, ToolPlan, ToolStop
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import DateRange, Window
from optimizer.domain.travel import SpeedBand, SpeedProfile, Travel
from optimizer.rules.approved import RULE, ApprovedParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    leg,
    north,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

THIRD_DAY = NEXT_DAY + timedelta(days=1)
FAST = Travel(profiles={"car": SpeedProfile(detour=1, bands=(SpeedBand(up_to_km=1000, kmh=100),))})
"""300 km take three hours."""
PAIR = (technician(), technician(technician_id="T2"))
J1 = ApprovedVisit(job_id="J1", technician_id="T1", start=at("09:30"))


def approved(of: Scenario, visits: Sequence[ApprovedVisit] = (J1,), day: date = DAY) -> Scenario:
    """Return the scenario with one approved day."""
    return of.model_copy(
        update={
            "approvals": (*of.approvals, Approval(day=day, by="Chen", at=at("08:00"), visits=tuple(visits)))
        }
    )


def findings(of: Scenario, made: Plan, params: ApprovedParams | None = None) -> list[Finding]:
    return list(RULE.check(of, params or ApprovedParams(), made))


def amounts(found: Sequence[Finding]) -> list[tuple[str | None, float, str]]:
    return [(one.job_id, one.over, one.unit) for one in found]


def test_kept() -> None:
    of = approved(scenario(PAIR))
    assert findings(of, plan(of, [shift_plan([stop("J1", at("09:30"), at("10:30"))])])) == []
    assert findings(of, plan(of, [])) == []  # left out is no breach; UNSERVED makes it dear


def test_broken_by_another_technician() -> None:
    of = approved(scenario(PAIR))
    made = plan(of, [shift_plan([stop("J1", at("09:30"), at("10:30"))], technician_id="T2")])
    (found,) = findings(of, made)
    assert (found.over, found.unit) == (1, "technician")
    assert found.sentence == f"J1 was approved for T1 on {DAY} but goes to T2."
    assert f"withdraw the approval of {DAY}" in RULE.advise(found)


def test_broken_by_two_days_and_by_twelve_minutes() -> None:
    of = approved(scenario(PAIR, days=3))
    later = DAY + timedelta(days=2)
    made = plan(of, [shift_plan([stop("J1", at("09:30", later), at("10:30", later))], day=later)])
    (found,) = findings(of, made)
    assert (found.over, found.unit, found.day) == (2, "days", DAY)
    made = plan(of, [shift_plan([stop("J1", at("09:42"), at("10:42"))])])
    (found,) = findings(of, made)
    assert (found.over, found.unit) == (12, "min")
    assert found.sentence == "J1 was approved to start at 2026-07-15 09:30 but starts 12 min off."


def test_broken_by_a_mate_who_stays_away_and_a_piece_that_is_elsewhere() -> None:
    mate = ApprovedVisit(job_id="J1", technician_id="T2", start=at("09:30"), seat=1)
    hoists = (ApprovedTool(job_id="J1", branch_id="B1", tool="hoist", piece=2),)
    of = approved(scenario(PAIR), [J1, mate])
    of = of.model_copy(update={"approvals": (of.approvals[0].model_copy(update={"tools": hoists}),)})
    way = leg("branch:B1", "job:J1", at("09:30"))
    first = ToolPlan(
        branch_id="B1",
        tool="hoist",
        piece=1,
        day=DAY,
        means="car",
        stops=(ToolStop(job_id="J1", leg=way, start=at("09:30"), end=at("10:45")),),
        last_leg=leg("job:J1", "branch:B1", at("10:55")),
    )
    made = plan(of, [shift_plan([stop("J1", at("09:30"), at("10:30"))])], tools=[first])
    assert amounts(findings(of, made)) == [("J1", 1, "visit"), ("J1", 1, "pieces")]
    second = made.model_copy(update={"tools": (first.model_copy(update={"piece": 2}),)})
    assert amounts(findings(of, second)) == [("J1", 1, "visit")]


def test_broken_by_jobs_that_came_to_the_day() -> None:
    jobs = [
        job(),
        job(job_id="J2"),
        job(job_id="J3", priority="emergency"),
        job(job_id="J4", complaint="strong"),
    ]
    of = approved(scenario(PAIR, jobs))
    clocks = ("09:30", "11:00", "13:30", "15:00")
    stops = [
        stop(one.job_id, at(clock), at(clock) + timedelta(hours=1))
        for one, clock in zip(jobs, clocks, strict=True)
    ]
    made = plan(of, [shift_plan(stops)])
    (found,) = findings(of, made)
    assert (found.job_id, found.over, found.unit) == ("J2", 1, "jobs")
    assert found.sentence == f"J2 is planned on {DAY}, which Chen has approved without it."
    strict = ApprovedParams(open_to=())
    assert [one.job_id for one in findings(of, made, strict)] == ["J2", "J3", "J4"]
    easy = ApprovedParams(open_to=("emergency", "normal"))
    assert findings(of, made, easy) == []


def test_compile_fixes_visits_and_closes_the_day() -> None:
    # J1 takes three days, of which the second is approved; J2 was not approved; J3 is an emergency.
    jobs = [job(), job(job_id="J2"), job(job_id="J3", priority="emergency")]
    second = ApprovedVisit(job_id="J1", technician_id="T1", start=at("09:30", NEXT_DAY), part=1)
    of = approved(scenario(PAIR, jobs, days=2), [second], NEXT_DAY)
    draft = Recording(of)
    RULE.compile(of, ApprovedParams(), draft)
    mine, closed = ShiftKey("T1", NEXT_DAY), {ShiftKey("T1", NEXT_DAY), ShiftKey("T2", NEXT_DAY)}
    every = {shift.key for shift in draft.shifts}
    assert draft.forbidden == {("J2", key) for key in closed}
    fixed = {("J1", key, 0, 1) for key in every - {mine}}
    others = {("J1", key, None, part) for key in closed for part in range(14) if part != 1}
    assert draft.parts_forbidden == fixed | others
    assert draft.parts_narrowed == {("J1", 1): [((second.start, second.start),)]}
    assert draft.narrowed == {}


def test_compile_takes_the_very_piece() -> None:
    of = approved(scenario(PAIR))
    hoists = (ApprovedTool(job_id="J1", branch_id="B1", tool="hoist", piece=2),)
    of = of.model_copy(update={"approvals": (of.approvals[0].model_copy(update={"tools": hoists}),)})
    draft = Recording(of)
    RULE.compile(of, ApprovedParams(), draft)
    assert draft.taken == {("J1", 0, "B1", "hoist", 2, DAY)}
    assert draft.narrowed == {"J1": [((at("09:30"), at("09:30")),)]}


@pytest.mark.parametrize("seed", range(6))
def test_the_search_may_do_what_the_check_lets_pass(seed: int) -> None:
    dice = Random(seed)
    jobs = [job(job_id=f"J{row}", priority=dice.choice(("normal", "emergency"))) for row in range(4)]
    of = scenario(PAIR, jobs, days=2)
    for day in (DAY, NEXT_DAY)[dice.randint(0, 1) :]:  # one approved day or two, each with half of the jobs
        mine = [row for row in range(4) if row % 2 == (day == DAY)]
        visits = [
            ApprovedVisit(
                job_id=f"J{row}",
                technician_id=dice.choice(("T1", "T2")),
                start=at(dice.choice(("10:00", "11:00")), day),
            )
            for row in mine
            if dice.random() < 0.7
        ]
        of = approved(of, visits, day)
    draft = Recording(of)
    RULE.compile(of, ApprovedParams(), draft)
    barred = draft.forbidden | {
        (one, key) for one, key, seat, part in draft.parts_forbidden if (seat or 0, part) == (0, 0)
    }
    for one in jobs:
        for shift in draft.shifts:
            start = at("10:00", shift.key.day)
            windows = draft.narrowed.get(one.job_id, [])
            done = [stop(one.job_id, start, start + timedelta(hours=1))]
            who, day = shift.key
            made = plan(of, [shift_plan(done, technician_id=who, day=day)])
            may = (one.job_id, shift.key) not in barred and all((start, start) in spans for spans in windows)
            assert may == (findings(of, made) == []), (one.job_id, shift.key)


def test_without_approvals_nothing_is_said() -> None:
    draft = Recording(scenario(PAIR))
    RULE.compile(scenario(PAIR), ApprovedParams(), draft)
    assert draft.calls == []


@pytest.mark.parametrize("active", [True, False])
def test_solve_honours_it(active: bool) -> None:
    # T2 was approved for half past ten; T1 would be as good, any time. J2 waits for the next day.
    visit = ApprovedVisit(job_id="J1", technician_id="T2", start=at("10:30"))
    of = approved(
        scenario(
            PAIR,
            [job(), job(job_id="J2", place=north(6.1))],
            days=2,
            rules={"APPROVED": {"active": active}, "TRAVEL": {"car_cents_per_km": 100}},
        ),
        [visit],
    )
    made = solved(of)
    days = {one.job_id: shift.day for shift in made.shifts for one in shift.stops}
    if active:
        assert who_does(made)["J1"] == "T2"
        assert days == {"J1": DAY, "J2": NEXT_DAY}
    else:  # one way for both is the cheapest
        assert len(made.shifts) == 1


def test_an_approved_visit_goes_before_an_emergency() -> None:
    # One technician, both customers at home from ten to half past ten: only one of an hour's jobs can be done.
    ten = (Window(start=at("10:00"), end=at("10:30")),)
    jobs = [job(windows=ten), job(job_id="J2", priority="emergency", windows=ten)]
    of = approved(scenario(jobs=jobs), [ApprovedVisit(job_id="J1", technician_id="T1", start=at("10:00"))])
    assert who_does(solved(of)) == {"J1": "T1"}
    assert who_does(solved(scenario(jobs=jobs))) == {"J2": "T1"}


def test_who_calls_off_gives_the_jobs_back() -> None:
    # T1 is ill: J1 goes to T2 on the approved day; J2, which was not approved, still does not.
    ill = DateRange(first_day=DAY, last_day=DAY, reason="ill")
    today = (Window(start=at("09:00"), end=at("18:00")),)
    jobs = [job(windows=today), job(job_id="J2", windows=today)]
    of = approved(scenario((technician(leave=(ill,)), PAIR[1]), jobs, days=2), [J1])
    made = solved(of)
    assert who_does(made) == {"J1": "T2"}
    assert findings(of, made) == []


def test_a_crew_of_which_one_calls_off_is_free() -> None:
    ill = DateRange(first_day=DAY, last_day=DAY, reason="ill")
    mate = ApprovedVisit(job_id="J1", technician_id="T2", start=at("09:30"), seat=1)
    of = approved(scenario((PAIR[0], technician(technician_id="T2", leave=(ill,)))), [J1, mate])
    draft = Recording(of)
    RULE.compile(of, ApprovedParams(), draft)
    assert (draft.forbidden, draft.narrowed) == (set(), {})
    assert {part for _, _, _, part in draft.parts_forbidden} == set(range(1, 14))  # it has no such parts


@pytest.mark.parametrize(("day", "done"), [(DAY, {"J1": "T2"}), (NEXT_DAY, {}), (THIRD_DAY, {"J1": "T2"})])
def test_a_trip_takes_a_released_job_on_no_other_approved_day(day: date, done: dict[str, str]) -> None:
    # T1 is ill on the first day, so that T2 may do J1 then, or on the third day, which nobody has approved. The second
    # is approved without it. A trip of T2 may lie on all three days; its customer is at home on one.
    ill = DateRange(first_day=DAY, last_day=THIRD_DAY, reason="ill")
    people = (technician(leave=(ill,)), technician(technician_id="T2", nights_away=2))
    jobs = [job(place=north(300), windows=(Window(start=at("09:00", day), end=at("18:00", day)),))]
    of = approved(approved(scenario(people, jobs, days=3), [J1]), [], NEXT_DAY)
    of = of.model_copy(update={"travel": FAST})
    made = solved(of)
    assert findings(of, made) == []
    assert who_does(made) == done


def test_an_approved_visit_keeps_its_day_on_a_trip() -> None:
    # Both jobs are a day's ride away, so that they are done on one trip. J2 was approved on the second day.
    jobs = [job(place=north(300)), job(job_id="J2", place=north(300))]
    person = technician(nights_away=1)
    visit = ApprovedVisit(job_id="J2", technician_id="T1", start=at("11:00", NEXT_DAY))
    rules = {"TRAVEL": {"car_cents_per_km": 80}}
    of = approved(scenario([person], jobs, days=2, rules=rules), [visit], NEXT_DAY)
    of = of.model_copy(update={"travel": FAST})
    made = solved(of)
    assert findings(of, made) == []
    # J1 does not come to the approved day: it is done on the evening before.
    assert {one.job_id: shift.day for shift in made.shifts for one in shift.stops} == {
        "J1": DAY,
        "J2": NEXT_DAY,
    }
    assert [shift.night for shift in made.shifts] == ["lodging", None]
