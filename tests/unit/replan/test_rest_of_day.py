"""What is left of a day that has begun."""

from datetime import timedelta
from typing import Any

import pytest

from optimizer.control import Iterations
from optimizer.domain.approval import Approval, ApprovedVisit
from optimizer.domain.event import NoAccess
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Pin
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Attendance, BreakRule, Shift, Technician
from optimizer.domain.ties import After, JobGroup
from optimizer.domain.time import DaySpan, Window
from optimizer.domain.travel import Matrix, Travel
from optimizer.domain.validation import validate_scenario
from optimizer.planning import plan_scenario
from optimizer.replan import drive_of, progress, reports_of, rest_of_day
from optimizer.travel import travel_table
from tests.property.running_days import at_moment
from tests.unit import restock_day
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, job, north, scenario, technician

FIRST = (Window(start=at("09:00"), end=at("09:30")),)
SECOND = (Window(start=at("10:00"), end=at("10:30")),)
ROUND = [
    job(windows=FIRST),
    job(job_id="J2", place=north(7), windows=SECOND),
    job(job_id="J3", place=north(8), type="survey"),
]
"""Left at 09:00 by the one technician there is: J1 from 09:10 for an hour, then J2, then J3."""

HAND = technician(skills={"repair": 3, "survey": 3})


def span(start: str, end: str) -> DaySpan:
    return DaySpan(start=at(start).time(), end=at(end).time())


def rest(clock: str, jobs: list[Job] | None = None, who: Technician = HAND, **more: Any) -> Scenario:
    """Return what is left at that time of a day that goes as planned."""
    of = scenario([who], jobs or ROUND, **more)
    document = plan_scenario(of, stop=Iterations(100))
    left = at_moment(of, document, at(clock)).rest
    assert validate_scenario(left) == ()
    return left


def shift(of: Scenario) -> Shift:
    """Return the technician's shift of the day."""
    (one,) = (one for one in of.technicians[0].shifts or () if one.day == DAY)
    return one


def test_what_is_done_is_gone_and_what_runs_stays() -> None:
    left = rest("10:30")
    assert [(one.job_id, one.has_started) for one in left.jobs] == [("J2", True), ("J3", False)]
    fact = left.jobs[0].under_way
    assert fact is not None
    assert (fact.at, fact.technicians, fact.minutes) == (at("10:11:40"), ("T1",), 60)
    so_far = shift(left).so_far
    assert so_far is not None
    assert (so_far.free_at, so_far.orders) == (fact.at, {"repair": 1})
    assert so_far.hours == pytest.approx((3600 + 600 + 100) / 3600)
    assert shift(left).start_at == north(7)
    assert left.now == at("10:30")


def test_who_has_not_set_out_stays_as_rostered() -> None:
    left = rest("08:30")
    assert left.technicians[0].shifts is None
    assert len(left.jobs) == 3


def test_pins_promises_and_approvals_of_what_is_done_are_gone() -> None:
    visits = tuple(ApprovedVisit(job_id=one, technician_id="T1", start=at("09:10")) for one in ("J1", "J9"))
    of = scenario([HAND], ROUND, pins=[Pin(job_id="J1", technician_id="T1"), Pin(job_id="J3", day=DAY)])
    document = plan_scenario(of, stop=Iterations(100))
    approved = of.model_copy(
        update={"approvals": (Approval(day=NEXT_DAY, by="Chen", at=at("08:00"), visits=visits),)}
    )
    left = at_moment(approved, document, at("10:30")).rest
    assert [pin.job_id for pin in left.pins] == ["J3"]
    assert [visit.job_id for visit in left.approvals[0].visits] == ["J9"]


def test_parts_go_from_the_shelf_to_the_van_and_from_the_van_into_the_work() -> None:
    jobs = [
        job(parts={"fan": 2}, windows=FIRST),
        job(job_id="J2", place=north(7), parts={"fan": 1}, windows=SECOND),
    ]
    shelf = branch(stock={"fan": 3, "belt": 1})
    left = rest("09:30", jobs, branches=[shelf])
    assert left.branches[0].stock == {"fan": 0, "belt": 1}
    assert left.technicians[0].parts == {"fan": 1}  # two are being built in
    assert plan_scenario(left, stop=Iterations(50)).plan.unserved == ()


@pytest.mark.parametrize(
    ("tie", "window"),
    [
        (After(job_id="J1", min_gap_min=90), ("11:40", None)),
        (After(job_id="J1", gap_from="start", min_gap_min=90, max_gap_min=300), ("10:40", "14:10")),
    ],
)
def test_what_waited_for_it_has_a_time(tie: After, window: tuple[str, str | None]) -> None:
    jobs = [job(), job(job_id="J2", place=north(7), after=(tie,))]
    left = rest("10:30", jobs)
    (after,) = left.jobs
    (found,) = after.windows
    assert (after.after, found.start) == ((), at(window[0]))
    assert found.end == (at(window[1]) if window[1] else at("00:00", NEXT_DAY))


def test_agreed_windows_are_kept_inside_the_gap() -> None:
    told = (Window(start=at("11:00"), end=at("12:00")), Window(start=at("15:00"), end=at("16:00")))
    late = job(job_id="J2", place=north(7), after=(After(job_id="J1", min_gap_min=90),), windows=told)
    left = rest("10:30", [job(), late])
    assert [(one.start, one.end) for one in left.jobs[0].windows] == [
        (at("11:40"), at("12:00")),
        (at("15:00"), at("16:00")),
    ]


def test_the_same_person_goes_on() -> None:
    follows = job(job_id="J2", place=north(7), after=(After(job_id="J1", who="same"),))
    assert [pin.technician_id for pin in rest("10:10", [job(), follows]).pins] == ["T1"]
    group = JobGroup(jobs=("J1", "J2", "J3"), who="same")
    left = rest("10:10", ROUND, groups=[group])
    assert {pin.job_id: pin.technician_id for pin in left.pins} == {"J2": "T1", "J3": "T1"}
    assert [one.jobs for one in left.groups] == [("J2", "J3")]


def test_given_travel_times_know_where_people_are() -> None:
    places = ("branch:B1", "job:J1", "job:J2", "job:J3")
    table = tuple(tuple(0 if a == b else 600 + 60 * a + b for b in range(4)) for a in range(4))
    of = scenario([HAND], ROUND).model_copy(
        update={"travel": Travel(matrices={"car": Matrix(places=places, seconds=table, metres=table)})}
    )
    document = plan_scenario(of, stop=Iterations(100))
    left = at_moment(of, document, at("10:30")).rest
    assert validate_scenario(left) == ()
    matrix = left.travel.matrices["car"]
    here = matrix.places.index(f"start:T1:{DAY}")
    there = matrix.places.index(next(f"job:{one.job_id}" for one in left.jobs if one.has_started))
    assert matrix.seconds[here] == matrix.seconds[there]
    assert matrix.seconds[here][there] == 0
    later = plan_scenario(left, stop=Iterations(50))
    again = at_moment(left, later, at("11:50")).rest
    assert validate_scenario(again) == ()


def test_a_rest_that_has_begun_is_not_due_again() -> None:
    early = HAND.model_copy(
        update={"shifts": (Shift(day=DAY, rest=BreakRule(minutes=30, inside=span("10:00", "11:00"))),)}
    )
    left = rest("10:25", who=early)
    assert shift(left).rest == "none"


def test_a_rest_whose_time_passes_during_work_follows_it() -> None:
    long = job(duration_min=60, windows=FIRST)
    of = scenario([HAND], [long, job(job_id="J2", place=north(7))])
    document = plan_scenario(of, stop=Iterations(50))
    (day,) = document.plan.shifts
    slow = day.model_copy(
        update={
            "stops": (
                day.stops[0].model_copy(update={"end": at("13:20"), "service_s": 15_000}),
                *day.stops[1:],
            )
        }
    )
    plan: Plan = document.plan.model_copy(update={"shifts": (slow,)})
    left = at_moment(of, document.model_copy(update={"plan": plan}), at("13:00")).rest
    found = shift(left).rest
    assert isinstance(found, BreakRule)
    assert found.inside == span("12:00", "14:30")
    assert plan_scenario(left, stop=Iterations(50)).plan.unserved == ()


@pytest.mark.parametrize(
    ("away", "inside"),
    [
        (("13:30", "14:10"), span("13:20", "15:20")),  # 40 minutes do not fit before it
        (("14:05", "14:30"), span("13:20", "14:30")),  # they do
    ],
)
def test_a_rest_that_follows_work_is_beside_the_hours_away(away: tuple[str, str], inside: DaySpan) -> None:
    who = HAND.model_copy(update={"shifts": (Shift(day=DAY, absences=(span(*away),)),)})
    of = scenario([who], [job(duration_min=60)])
    document = plan_scenario(of, stop=Iterations(50))
    (day,) = document.plan.shifts
    slow = day.model_copy(
        update={"stops": (day.stops[0].model_copy(update={"end": at("13:20"), "service_s": 15_000}),)}
    )
    late = document.model_copy(update={"plan": document.plan.model_copy(update={"shifts": (slow,)})})
    left = at_moment(of, late, at("13:00")).rest
    found = shift(left).rest
    assert isinstance(found, BreakRule)
    assert found.inside == inside
    assert plan_scenario(left, stop=Iterations(50)).plan.unserved == ()


def test_hours_away_begin_when_the_work_is_over() -> None:
    away = HAND.model_copy(update={"shifts": (Shift(day=DAY, absences=(span("11:30", "12:30"),)),)})
    of = scenario([away], [job()])
    document = plan_scenario(of, stop=Iterations(50))
    (day,) = document.plan.shifts
    slow = day.model_copy(
        update={"stops": (day.stops[0].model_copy(update={"end": at("11:50"), "service_s": 9_600}),)}
    )
    late = document.model_copy(update={"plan": document.plan.model_copy(update={"shifts": (slow,)})})
    left = at_moment(of, late, at("10:00")).rest
    assert shift(left).absences == (span("11:50", "12:30"),)


def test_who_runs_beyond_the_day_only_finishes() -> None:
    of = scenario([HAND], ROUND)
    document = plan_scenario(of, stop=Iterations(50))
    (day,) = document.plan.shifts
    slow = day.stops[0].model_copy(update={"end": at("20:30"), "service_s": 40_800})
    late = day.model_copy(update={"stops": (slow, *day.stops[1:])})
    left = at_moment(
        of,
        document.model_copy(update={"plan": document.plan.model_copy(update={"shifts": (late,)})}),
        at("11:00"),
    ).rest
    so_far = shift(left).so_far
    assert so_far is not None
    assert so_far.only_finish
    assert set(plan_scenario(left, stop=Iterations(50)).plan.unserved) == {"J2", "J3"}


@pytest.mark.parametrize(("away", "finishes"), [(("17:10", "17:20"), False), (("17:10", "20:00"), True)])
def test_who_cannot_be_home_before_the_hours_away_only_finishes(
    away: tuple[str, str], finishes: bool
) -> None:
    rested = Shift(day=DAY, rest="none", absences=(span(*away),))
    who = HAND.model_copy(update={"shifts": (rested,)})
    of = scenario([who], [job(place=north(20))])  # more than 20 minutes away
    document = plan_scenario(of, stop=Iterations(50))
    (day,) = document.plan.shifts
    slow = day.stops[0].model_copy(update={"end": at("17:00"), "service_s": 26_000})
    late = document.plan.model_copy(update={"shifts": (day.model_copy(update={"stops": (slow,)}),)})
    left = at_moment(of, document.model_copy(update={"plan": late}), at("15:00")).rest
    so_far = shift(left).so_far
    assert so_far is not None
    assert so_far.only_finish == finishes
    assert plan_scenario(left, stop=Iterations(50)).plan.unserved == ()


def test_who_has_set_out_has_clocked_in() -> None:
    known = HAND.model_copy(update={"attendance": (Attendance(day=DAY),)})
    left = rest("09:30", who=known)
    assert left.technicians[0].attendance[0].clocked_in_at is not None


def test_a_job_over_several_days_goes_on_with_what_is_left() -> None:
    long = job(duration_min=600)
    of = scenario([HAND], [long], days=3)
    document = plan_scenario(of, stop=Iterations(50))
    parts = [one.service_s for day in document.plan.shifts for one in day.stops]
    assert len(parts) == 2
    began = document.plan.shifts[0].stops[0].start
    running = at_moment(of, document, began + timedelta(minutes=30)).rest.jobs[0].under_way
    assert running is not None
    assert (running.days, running.minutes) == (2, sum(parts) // 60)
    evening = at_moment(of, document, at("22:00")).rest
    (left,) = evening.jobs
    assert (left.under_way, left.duration_min) == (None, parts[1] // 60)
    again = plan_scenario(evening, stop=Iterations(50)).plan
    assert [day.day for day in again.shifts] == [DAY + timedelta(days=1)]


def test_the_other_days_keep_their_usual_shifts() -> None:
    left = rest("10:30", days=2)
    assert [one.day for one in left.technicians[0].shifts or ()] == [DAY]
    assert [one.key.day for one in roster(left)] == [DAY, NEXT_DAY]
    written = HAND.model_copy(update={"shifts": (Shift(day=DAY),)})
    assert [one.key.day for one in roster(rest("10:30", who=written, days=2))] == [DAY]


def test_loading_on_the_way_is_work() -> None:
    of = restock_day.question()
    (left, _) = of_day(of, restock_day.answer(of, "J1", "B2", "J2"), "12:30").technicians
    so_far = next(one.so_far for one in left.shifts or () if one.day == DAY)
    assert so_far is not None
    # at the jobs from 09:06:40 to 10:06:40 and from 10:23:20; 8 km by the branch, and ten minutes of loading there
    assert so_far.hours == pytest.approx(2 + (800 + 600) / 3600 + 800 / 3600)
    assert left.parts == {}
    assert so_far.orders == {"repair": 2}


def of_day(of: Scenario, followed: Plan, clock: str) -> Scenario:
    """Return what is left at that time of a plan that is followed."""
    drive = drive_of(followed, travel_table(of))
    days = progress(followed, reports_of(followed, ()), at(clock), drive)
    return rest_of_day(of, followed, days, at(clock))


def test_a_job_over_two_days_takes_its_parts_on_the_first() -> None:
    long = job(duration_min=600, parts={"fan": 1})
    shelf = branch(stock={"fan": 1})
    of = scenario([HAND], [long], days=2, branches=[shelf])
    followed = plan_scenario(of, stop=Iterations(100)).plan
    first, second = followed.shifts
    left = of_day(of, followed, "20:00")
    (rests,) = left.jobs
    assert (rests.parts, left.branches[0].stock, left.technicians[0].parts) == ({}, {"fan": 0}, {})
    assert rests.duration_min == second.stops[0].service_s // 60
    in_vain = NoAccess(kind="no_access", job_id="J1", at=first.stops[0].start)
    drive = drive_of(followed, travel_table(of))
    days = progress(followed, reports_of(followed, (in_vain,)), at("20:00"), drive)
    (again,) = rest_of_day(of, followed, days, at("20:00")).jobs
    assert (again.parts, again.duration_min) == ({"fan": 1}, 600)


@pytest.mark.parametrize(
    ("clock", "state", "to_set_up", "setup_s"),
    [("09:05", "on_the_way", True, 300), ("09:12", "started", False, 0), ("10:16", "on_the_way", True, 300)],
)
def test_who_has_worked_nowhere_yet_sets_up_where_the_way_leads(
    clock: str, state: str, to_set_up: bool, setup_s: int
) -> None:
    jobs = [one.model_copy(update={"setup_min": 5}) for one in ROUND]
    left = rest(clock, jobs)
    so_far, fact = shift(left).so_far, left.jobs[0].under_way
    assert so_far is not None
    assert fact is not None
    assert (fact.state, so_far.to_set_up) == (state, to_set_up)
    plan = plan_scenario(left, stop=Iterations(50)).plan
    assert plan.shifts[0].stops[0].job_id == left.jobs[0].job_id
    assert plan.shifts[0].stops[0].setup_s == setup_s


def test_who_waits_for_the_next_job_of_the_same_house_has_set_up_already() -> None:
    later = job(job_id="J2", setup_min=5, windows=(Window(start=at("11:00"), end=at("11:30")),))
    left = rest("10:45", [job(setup_min=5, windows=FIRST), later])
    so_far, fact = shift(left).so_far, left.jobs[0].under_way
    assert so_far is not None
    assert fact is not None
    assert (fact.state, so_far.to_set_up) == ("arrived", False)
    assert plan_scenario(left, stop=Iterations(50)).plan.shifts[0].stops[0].setup_s == 0
