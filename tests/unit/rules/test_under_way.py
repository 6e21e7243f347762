"""UNDER_WAY, and what is done of a shift."""

from datetime import timedelta
from typing import Any

import pytest

from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Customer, Job, UnderWay
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Pin, Promise
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift, SoFar, Technician
from optimizer.domain.ties import After, JobGroup
from optimizer.domain.time import DateRange, Window
from optimizer.planning import plan_scenario
from optimizer.rules.piece_bonus import RULE as PIECE_BONUS
from optimizer.rules.piece_bonus import PieceBonusParams
from optimizer.rules.under_way import RULE, UnderWayParams
from optimizer.rules.workload_cap import RULE as WORKLOAD_CAP
from optimizer.rules.workload_cap import WorkloadCapParams
from tests.unit.rules.build import (
    DAY,
    at,
    job,
    leg,
    north,
    plan,
    scenario,
    shift_plan,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

NOW = at("10:30")
BEGUN = UnderWay(state="started", at=at("10:00"), day=DAY, technicians=("T1",), minutes=90)


def at_work(name: str = "T1", since: str = "10:00", **so_far: Any) -> Technician:
    """Return a technician who is free, or at work, since then where J1 is."""
    done = SoFar(free_at=at(since), **so_far)
    return technician(technician_id=name, shifts=(Shift(day=DAY, start_at=north(6), so_far=done),))


def begun(**facts: Any) -> Job:
    """Return J1, on which T1 is at work from 10:00, for 90 min."""
    return job(under_way=BEGUN, **facts)


def running(*others: Job, who: Technician | None = None, **more: Any) -> Scenario:
    """Return the question at half past ten: T1 is at work, T2 is at the branch."""
    people = [who or at_work(), technician(technician_id="T2")]
    return scenario(people, [begun(), *others], now=NOW, **more)


def issues(of: Scenario) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in RULE.validate(of, UnderWayParams())]


def findings(of: Scenario, made: Plan) -> list[tuple[str | None, float, str]]:
    return [(one.job_id, one.over, one.unit) for one in RULE.check(of, UnderWayParams(), made)]


def planned(of: Scenario) -> PlanDocument:
    return plan_scenario(of, stop=Iterations(200))


def test_what_has_begun_stays_and_the_day_goes_on_from_there() -> None:
    of = running(job(job_id="J2", place=north(7)))
    made = planned(of).plan
    (mine,) = (day for day in made.shifts if day.technician_id == "T1")
    assert [(one.job_id, one.start) for one in mine.stops] == [("J1", at("10:00")), ("J2", at("11:31:40"))]
    assert mine.departure == at("10:00")
    assert mine.stops[0].end == at("11:30")


@pytest.mark.parametrize(
    "facts",
    [
        {"windows": (Window(start=at("12:00"), end=at("13:00")),)},
        {"windows": (Window(start=at("08:00"), end=at("08:30")),)},
        {"skills": {"repair": 5}},
        {"certificates": ("electrician",)},
        {"tools": ("crane",)},
        {"parts": {"fan motor": 1}},
        {"branch_id": "B1", "area": "elsewhere"},
    ],
)
def test_no_other_rule_stands_against_what_has_begun(facts: dict[str, Any]) -> None:
    of = scenario([at_work()], [begun(**facts)], now=NOW)
    document = planned(of)
    assert who_does(document.plan) == {"J1": "T1"}
    assert document.assessment.findings == ()


def test_neither_pin_nor_promise_stands_against_it() -> None:
    told = Promise(
        job_id="J1", technician_id="T2", window=Window(start=at("14:00"), end=at("16:00")), start=at("14:00")
    )
    of = running(promises=[told], pins=[Pin(job_id="J1", technician_id="T2")])
    assert who_does(planned(of).plan) == {"J1": "T1"}


def test_who_is_on_the_way_goes_on_under_all_rules() -> None:
    way = UnderWay(state="on_the_way", at=at("10:20"), day=DAY, technicians=("T1",))
    of = scenario([at_work(since="10:40"), technician(technician_id="T2")], [job(under_way=way)], now=NOW)
    (mine,) = planned(of).plan.shifts
    assert (mine.technician_id, mine.stops[0].start) == ("T1", at("10:40"))
    late = job(under_way=way, windows=(Window(start=at("09:00"), end=at("10:35")),))
    assert planned(of.model_copy(update={"jobs": (late,)})).plan.unserved == ("J1",)


def test_a_crew_stays_together() -> None:
    fact = BEGUN.model_copy(update={"technicians": ("T2", "T1")})
    people = [at_work("T1"), at_work("T2"), technician(technician_id="T3")]
    of = scenario(people, [job(seats=2, under_way=fact)], now=NOW)
    made = planned(of).plan
    assert {(day.technician_id, stop.seat) for day in made.shifts for stop in day.stops} == {
        ("T2", 0),
        ("T1", 1),
    }


def test_what_follows_waits_for_its_end() -> None:
    of = running(job(job_id="J2", after=(After(job_id="J1", min_gap_min=30),)))
    stops = {one.job_id: one for day in planned(of).plan.shifts for one in day.stops}
    assert stops["J2"].start == at("12:40") or stops["J2"].start >= at("12:00")
    assert stops["J2"].start - stops["J1"].end >= timedelta(minutes=30)


def test_ties_between_what_has_begun_are_facts_too() -> None:
    mine = Customer(customer_id="C1")
    second = BEGUN.model_copy(update={"at": at("10:20"), "technicians": ("T2",)})
    people = [at_work(), at_work("T2", "10:20")]
    ties: list[dict[str, Any]] = [
        {"customer": mine},  # two jobs of one customer at one place are kept apart
        {"after": (After(job_id="J1", min_gap_min=30),)},
        {"after": (After(job_id="J1", who="same"),)},
    ]
    for tie in ties:
        jobs = [begun(customer=tie.get("customer")), job(job_id="J2", under_way=second, **tie)]
        assert who_does(planned(scenario(people, jobs, now=NOW)).plan) == {"J1": "T1", "J2": "T2"}
    group = JobGroup(jobs=("J1", "J2"), who="same")
    of = scenario(people, [begun(), job(job_id="J2", under_way=second)], now=NOW, groups=(group,))
    assert who_does(planned(of).plan) == {"J1": "T1", "J2": "T2"}


def test_somebody_worn_out_only_finishes() -> None:
    fact = BEGUN.model_copy(update={"at": at("15:00"), "minutes": 480})
    people = [at_work(since="15:00", only_finish=True, hours=9.5), technician(technician_id="T2")]
    of = scenario(people, [job(under_way=fact), job(job_id="J2")], now=at("15:30"))
    document = planned(of)
    assert who_does(document.plan) == {"J1": "T1", "J2": "T2"}
    (mine,) = (day for day in document.plan.shifts if day.technician_id == "T1")
    assert (mine.stops[0].end, mine.rests) == (at("23:00"), ())
    with_two = plan(
        of,
        [
            shift_plan(
                [
                    stop("J1", at("15:00"), at("23:00"), travel_s=0, from_place=f"start:T1:{DAY}"),
                    stop("J2", at("23:00"), at("23:30"), travel_s=0, from_place="job:J1"),
                ],
                last_leg=leg("job:J2", "branch:B1", at("23:45")),
            )
        ],
    )
    assert findings(of, with_two) == [("J2", 1, "jobs")]


def test_what_the_check_finds() -> None:
    of = running()
    right = stop("J1", at("10:00"), at("11:30"), travel_s=0, from_place=f"start:T1:{DAY}")
    assert findings(of, plan(of, [shift_plan([right])])) == []
    assert findings(of, plan(of, [])) == [("J1", 1, "visit")]
    late = right.model_copy(update={"start": at("10:07"), "end": at("11:37")})
    assert findings(of, plan(of, [shift_plan([late])])) == [("J1", 7, "min")]
    short = right.model_copy(update={"end": at("11:20"), "service_s": 4800})
    assert findings(of, plan(of, [shift_plan([short])])) == [("J1", 10, "min")]
    other = shift_plan([right], technician_id="T2")
    assert findings(of, plan(of, [other])) == [("J1", 1, "technician")]


def test_findings_of_other_rules_about_it_are_passed_over() -> None:
    of = running()
    made = planned(of).plan
    harder = of.model_copy(update={"jobs": (begun(skills={"repair": 5}),)})
    codes = {one.code for one in check_plan(harder, made)}
    assert "SKILL" not in codes
    not_begun = of.model_copy(update={"jobs": (job(skills={"repair": 5}),)})
    assert "SKILL" in {one.code for one in check_plan(not_begun, made)}


def test_who_is_away_finishes_what_has_begun_and_nothing_more() -> None:
    away = at_work().model_copy(update={"leave": (DateRange(first_day=DAY, last_day=DAY),)})
    alone = planned(running()).plan
    assert "ABSENT" not in {one.code for one in check_plan(running(who=away), alone)}
    more = running(job(job_id="J2", place=north(7)))
    made = planned(more).plan
    assert who_does(made)["J2"] == "T1"
    on_leave = more.model_copy(update={"technicians": (away, *more.technicians[1:])})
    assert "ABSENT" in {one.code for one in check_plan(on_leave, made)}


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (
            {"technicians": ("T1", "T2")},
            [("under-way-people", "technicians"), ("under-way-shift", "technicians[1]")],
        ),
        ({"technicians": ("T2",)}, [("under-way-shift", "technicians[0]")]),
        ({"day": DAY + timedelta(days=1)}, [("under-way-shift", "technicians[0]")]),
        ({"at": at("09:59")}, [("under-way-since", "technicians[0]")]),
        ({"at": at("10:31")}, [("under-way-since", "technicians[0]"), ("under-way-later", "at")]),
        ({"minutes": 29}, [("under-way-over", "minutes")]),
        ({"minutes": 30}, []),
    ],
)
def test_facts_that_contradict(fact: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    of = running()
    jobs = (job(under_way=BEGUN.model_copy(update=fact)),)
    found = issues(of.model_copy(update={"jobs": jobs}))
    assert found == [(code, f"jobs[0].under_way.{path}") for code, path in expected]


def test_nobody_is_at_two_jobs() -> None:
    of = running(job(job_id="J2", place=north(6), under_way=BEGUN))
    assert issues(of) == [("under-way-twice", "jobs[1].under_way.technicians[0]")]


def test_minutes_go_with_what_was_started() -> None:
    for state, minutes in (("started", None), ("arrived", 30), ("on_the_way", 30)):
        with pytest.raises(ValueError, match="minutes go with work that was started"):
            UnderWay.model_validate({**BEGUN.model_dump(), "state": state, "minutes": minutes})


def test_what_is_done_counts_towards_the_caps() -> None:
    busy = at_work(since="10:30", orders={"repair": 8, "survey": 1}, hours=1.5)
    of = scenario([busy], [job(), job(job_id="J2")], now=NOW)
    draft = Recording(of)
    WORKLOAD_CAP.compile(of, WorkloadCapParams(), draft)
    assert [(one.jobs, one.work_s) for one in draft.limits] == [(1, round(8.5 * 3600))]
    made = planned(of)
    assert len(made.plan.unserved) == 1
    both = plan(
        of, [shift_plan([stop("J1", at("11:00"), at("12:00")), stop("J2", at("12:10"), at("13:10"))])]
    )
    (finding,) = WORKLOAD_CAP.check(of, WorkloadCapParams(), both)
    assert (finding.measured, finding.limit) == (11, 10)


def test_what_is_done_counts_towards_the_week() -> None:
    params = WorkloadCapParams(jobs_per_day=None, hours_per_day=None, jobs_per_week=10)
    busy = at_work(since="10:30", orders={"repair": 4}).model_copy(
        update={"week_to_date": technician().week_to_date.model_copy(update={"jobs": 5})}
    )
    of = scenario([busy], [job(), job(job_id="J2")], now=NOW)
    draft = Recording(of)
    WORKLOAD_CAP.compile(of, params, draft)
    assert [one.jobs for one in draft.limits if one.jobs is not None] == [1]


@pytest.mark.parametrize(
    ("done", "planned_orders", "cents"), [(0, 2, 0), (5, 2, 2_000), (6, 2, 4_000), (9, 1, 2_000)]
)
def test_the_seventh_order_counts_from_those_done(done: int, planned_orders: int, cents: int) -> None:
    busy = at_work(since="10:30", orders={"repair": done, "survey": 3})
    jobs = [job(job_id=f"J{number}") for number in range(planned_orders)]
    of = scenario([busy], jobs, now=NOW)
    stops = [stop(one.job_id, at(f"{11 + row}:00"), at(f"{11 + row}:30")) for row, one in enumerate(jobs)]
    lines = list(PIECE_BONUS.bill(of, PieceBonusParams(), plan(of, [shift_plan(stops)])))
    assert sum(one.cents for one in lines) == cents
    draft = Recording(of)
    PIECE_BONUS.compile(of, PieceBonusParams(), draft)
    assert {one.before for one in draft.loads} <= {done}
    assert bool(draft.loads) == (done + planned_orders >= 7)


def test_hours_done_count_towards_a_fair_share() -> None:
    busy = at_work(since="10:30", hours=40.0)
    of = scenario(
        [busy, technician(technician_id="T2")], [job()], now=NOW, rules={"TRAVEL": {"active": False}}
    )
    assert who_does(planned(of).plan) == {"J1": "T2"}
    idle = of.model_copy(update={"technicians": (at_work(since="10:30"), of.technicians[1])})
    assert sum(one.cents for one in planned(idle).assessment.bill.lines if one.code == "FAIRNESS") == 0


def test_who_was_sent_on_leaves_no_sooner() -> None:
    of = scenario([at_work(since="11:00")], [job(place=north(12))], now=NOW)
    (mine,) = planned(of).plan.shifts
    assert mine.departure >= at("11:00")
    early = mine.model_copy(update={"departure": at("10:45")})
    found = [one for one in check_plan(of, plan(of, [early])) if one.code == "SHIFT"]
    assert [(one.over, one.unit) for one in found] == [(15, "min")]


def test_a_shift_that_is_over_takes_nothing() -> None:
    of = scenario([at_work(since="20:10")], [job()], now=NOW)
    assert planned(of).plan.unserved == ("J1",)
    assert ShiftKey("T1", DAY) not in {day.key for day in planned(of).plan.shifts}
