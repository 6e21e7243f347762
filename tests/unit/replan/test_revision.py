"""What events change in the question."""

from datetime import timedelta
from typing import Any

import pytest

from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.event import (
    Back,
    CallOff,
    Cancelled,
    Contacted,
    Event,
    Finished,
    LateStart,
    NewJob,
    NoAccess,
    NoShow,
    OrderRefused,
    Overrun,
    PartArrived,
    PartMissing,
    Postponed,
    SiteNotReady,
    SiteReady,
    SlowTraffic,
    SolvedRemotely,
    Started,
    ToolMissing,
    ToolReplaced,
)
from optimizer.domain.job import Job
from optimizer.domain.promise import Pin, Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_area import SlowArea
from optimizer.domain.technician import Attendance, Shift, Technician
from optimizer.domain.ties import After
from optimizer.domain.time import DateRange, DaySpan, Window
from optimizer.planning import plan_scenario
from optimizer.replan import Revision, next_revision
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, job, north, scenario, technician, who_does

PEOPLE = (technician(), technician(technician_id="T2", shifts=(Shift(day=DAY, end=at("12:00").time()),)))
JOBS = [
    job(windows=(Window(start=at("09:00"), end=at("09:30")),)),
    job(job_id="J2", place=north(7), windows=(Window(start=at("14:00"), end=at("15:00")),)),
]
"""T1 does J1 at 09:10 and J2 at 14:00; T2 only works in the morning."""


def question(**facts: Any) -> Scenario:
    return scenario(PEOPLE, JOBS, **facts)


def planned(of: Scenario) -> PlanDocument:
    return plan_scenario(of, stop=Iterations(60))


def after(now: str, *events: Event, of: Scenario | None = None) -> Revision:
    """Return the question after these events; it can be planned."""
    asked = question() if of is None else of
    revision = next_revision(asked, planned(asked).plan, events, at(now))
    planned(revision.scenario)
    return revision


def person(revision: Revision, technician_id: str = "T1") -> Technician:
    return next(one for one in revision.scenario.technicians if one.technician_id == technician_id)


def the_job(revision: Revision, job_id: str = "J2") -> Job:
    return next(one for one in revision.scenario.jobs if one.job_id == job_id)


def shift(one: Technician) -> Shift:
    return next(own for own in one.shifts or () if own.day == DAY)


def test_nothing_reported() -> None:
    revision = after("10:30")
    assert list(revision.done) == ["J1"]
    assert revision.assumed == ("J1", "J2")  # waits at the door of J2
    assert (revision.done["J1"].technician_id, revision.done["J1"].ended) == ("T1", at("10:10"))
    assert after("10:30", Finished(kind="finished", job_id="J1", at=at("10:00"))).assumed == ("J2",)


def test_a_call_off_gives_the_orders_back() -> None:
    revision = after("08:00", CallOff(kind="call_off", technician_id="T1", at=at("07:40"), reason="ill"))
    assert person(revision).leave == (DateRange(first_day=DAY, last_day=DAY, reason="ill"),)
    assert who_does(planned(revision.scenario).plan) == {"J1": "T2"}


def test_a_call_off_in_the_middle_of_work_stops_it() -> None:
    revision = after("09:40", CallOff(kind="call_off", technician_id="T1", at=at("09:30")))
    assert (list(revision.done), the_job(revision, "J1").under_way) == ([], None)
    assert "T1" not in who_does(planned(revision.scenario).plan).values()


def test_a_call_off_for_the_afternoon_ends_the_day_early() -> None:
    off = CallOff(kind="call_off", technician_id="T1", at=at("08:00"), away_from=at("13:00").time())
    revision = after("08:00", off)
    assert (shift(person(revision)).end, shift(person(revision)).overtime_limit_min) == (
        at("13:00").time(),
        0,
    )
    assert planned(revision.scenario).plan.unserved == ("J2",)


def test_hours_away_are_hours_away() -> None:
    off = CallOff(
        kind="call_off",
        technician_id="T1",
        at=at("08:00"),
        away_from=at("11:00").time(),
        back_at=at("12:00").time(),
    )
    (away,) = shift(person(after("08:00", off))).absences
    assert (away.start, away.end) == (at("11:00").time(), at("12:00").time())


def test_days_away_are_leave() -> None:
    off = CallOff(kind="call_off", technician_id="T1", at=at("07:00"), last_day=NEXT_DAY)
    assert person(after("08:00", off)).leave == (DateRange(first_day=DAY, last_day=NEXT_DAY),)


def test_who_is_back_works_again() -> None:
    off = CallOff(kind="call_off", technician_id="T1", at=at("07:00"))
    gone = after("08:00", off).scenario
    back = after("08:30", Back(kind="back", technician_id="T1", at=at("08:20")), of=gone)
    assert person(back).leave == ()
    assert planned(back.scenario).plan.unserved == ()


def test_who_does_not_appear_is_absent_from_ten() -> None:
    revision = after("10:05", NoShow(kind="no_show", technician_id="T1", at=at("10:00")))
    assert person(revision).attendance == (Attendance(day=DAY),)
    assert list(revision.done) == []
    assert "T1" not in who_does(planned(revision.scenario).plan).values()


def test_a_late_start() -> None:
    late = LateStart(kind="late_start", technician_id="T1", at=at("08:00"), start=at("11:00").time())
    revision = after("08:00", late)
    assert shift(person(revision)).start == at("11:00").time()
    assert who_does(planned(revision.scenario).plan) == {"J1": "T2", "J2": "T1"}


def test_who_refuses_an_order_is_suspended() -> None:
    refused = OrderRefused(kind="order_refused", technician_id="T1", job_id="J2", at=at("08:00"))
    (span,) = person(after("08:00", refused)).suspended
    assert (span.first_day, (span.last_day - span.first_day).days) == (DAY, 2)


def test_a_new_job_has_its_report() -> None:
    new = NewJob(kind="new_job", at=at("10:15"), job=job(job_id="J9", priority="emergency"))
    revision = after("10:20", new)
    assert the_job(revision, "J9").intake_at == at("10:15")
    assert who_does(planned(revision.scenario).plan)["J9"] in ("T1", "T2")


@pytest.mark.parametrize(
    "event",
    [
        SolvedRemotely(kind="solved_remotely", job_id="J2", at=at("10:00")),
        Cancelled(kind="cancelled", job_id="J2", at=at("10:00")),
    ],
)
def test_what_is_not_wanted_any_more_is_gone(event: Event) -> None:
    told = Promise(job_id="J2", technician_id="T1", window=JOBS[1].windows[0], start=at("14:00"))
    follows = job(job_id="J3", after=(After(job_id="J2"),))
    of = scenario(PEOPLE, [*JOBS, follows], promises=[told], pins=[Pin(job_id="J2", day=DAY)])
    revision = after("10:30", event, of=of)
    assert [one.job_id for one in revision.scenario.jobs] == ["J3"]
    assert (revision.scenario.promises, revision.scenario.pins) == ((), ())
    assert revision.scenario.jobs[0].after == ()


def test_a_postponed_job_has_the_customer_s_new_wish() -> None:
    wish = Window(start=at("16:00"), end=at("17:00"))
    told = Promise(job_id="J2", technician_id="T1", window=JOBS[1].windows[0], start=at("14:00"))
    asks = Postponed(kind="postponed", job_id="J2", at=at("10:00"), windows=(wish,))
    revision = after("10:30", asks, of=question(promises=[told]))
    assert (the_job(revision).windows, the_job(revision).delay_agreed) == ((wish,), True)
    assert revision.scenario.promises == ()


def test_what_is_postponed_beyond_the_planned_days_waits() -> None:
    wish = Window(start=at("09:00", NEXT_DAY), end=at("10:00", NEXT_DAY))
    asks = Postponed(kind="postponed", job_id="J2", at=at("10:00"), windows=(wish,))
    revision = after("10:30", asks)
    assert [one.job_id for one in revision.later] == ["J2"]
    assert revision.scenario.jobs == ()


def test_a_call_to_the_customer() -> None:
    reached = Contacted(kind="contacted", job_id="J2", at=at("10:00"))
    assert the_job(after("10:30", reached)).desk.contacted_at == at("10:00")
    missed = reached.model_copy(update={"reached": False})
    assert the_job(after("10:30", missed)).desk.unreachable


def test_what_is_heard_of_a_job_that_is_no_more_changes_nothing() -> None:
    gone = Cancelled(kind="cancelled", job_id="J2", at=at("10:00"))
    called = Contacted(kind="contacted", job_id="J2", at=at("10:10"))
    ready = SiteReady(kind="site_ready", job_id="J2", at=at("10:20"))
    assert after("10:30", gone, called, ready).scenario == after("10:30", gone).scenario


def test_a_visit_in_vain_is_made_again() -> None:
    again = (Window(start=at("15:00"), end=at("16:00")),)
    revision = after("09:30", NoAccess(kind="no_access", job_id="J1", at=at("09:20"), windows=again))
    assert the_job(revision, "J1").windows == again
    assert who_does(planned(revision.scenario).plan)["J1"] == "T1"


def test_a_missing_part_is_taken_along_the_next_time() -> None:
    of = question(branches=[branch(stock={"fan": 1})])
    lacks = PartMissing(kind="part_missing", job_id="J1", at=at("09:40"), parts={"fan": 1})
    revision = after("09:45", lacks, of=of)
    again = the_job(revision, "J1")
    assert (again.parts, again.second_visit, again.windows) == ({"fan": 1}, "parts", ())
    more = PartArrived(kind="part_arrived", branch_id="B1", at=at("09:50"), parts={"fan": 2, "belt": 1})
    assert after("10:00", lacks, more, of=of).scenario.branches[0].stock == {"fan": 3, "belt": 1}


def test_a_broken_tool_is_missing_until_it_is_replaced() -> None:
    broken = ToolMissing(kind="tool_missing", job_id="J1", at=at("09:40"), tools=("multimeter",))
    revision = after("09:45", broken)
    assert person(revision).missing_tools == ("multimeter",)
    assert the_job(revision, "J1").second_visit == "tools"
    new = ToolReplaced(kind="tool_replaced", technician_id="T1", at=at("10:40"))
    assert person(after("11:00", broken, new)).missing_tools == ()


def test_slow_traffic_makes_ways_longer_until_it_is_said_to_be_over() -> None:
    jam = SlowArea(name="jam", centre=north(6), radius_km=1, percent=200, start=at("09:00"), end=at("17:00"))
    heard = SlowTraffic(kind="slow_traffic", at=at("08:10"), area=jam)
    slow = planned(after("08:10", heard).scenario).plan
    [first] = [stop for shift in slow.shifts for stop in shift.stops if stop.job_id == "J1"]
    # from nine on two seconds do what one did
    assert (first.leg.departure, first.leg.travel_s) == (at("09:00"), 1200)
    over = heard.model_copy(update={"at": at("08:20"), "area": jam.model_copy(update={"end": at("10:00")})})
    assert after("08:20", heard, over).scenario.travel.slow_areas == (over.area,)


BEGUN = Started(kind="started", job_id="J1", at=at("09:10"))


def one_shift(**facts: Any) -> Scenario:
    """Return the question with one technician who has a shift like that, and no rest."""
    own = Shift(day=DAY, rest="none", overtime_limit_min=0, **facts)
    return scenario([technician(shifts=(own,))], JOBS)


def test_hours_away_begin_when_the_work_ends_by_whole_minutes() -> None:
    away = DaySpan(start=at("11:00").time(), end=at("12:00").time())
    more = Overrun(kind="overrun", job_id="J1", at=at("09:30"), ends_at=at("11:10") + timedelta(seconds=27))
    revision = after("09:40", BEGUN, more, of=one_shift(absences=(away,)))
    fact = the_job(revision, "J1").under_way
    assert fact is not None
    assert fact.minutes == 121
    assert shift(person(revision)).absences == (away.model_copy(update={"start": at("11:11").time()}),)
    assert planned(revision.scenario).plan.unserved == ()


@pytest.mark.parametrize(
    ("ends", "known_until", "heard_until", "finishes"),
    [
        ("10:22", None, None, False),
        ("10:39", None, "17:00", True),
        ("10:39", "17:00", None, True),
        ("10:39", "17:00", "10:00", False),
    ],
)
def test_who_cannot_be_home_in_time_as_traffic_is_now_only_finishes(
    ends: str, known_until: str | None, heard_until: str | None, finishes: bool
) -> None:
    jam = SlowArea(name="jam", centre=north(6), radius_km=1, percent=300, start=at("09:00"), end=at("17:00"))
    of = one_shift(end=at(ends).time())
    plan = planned(of).plan  # at work until 10:10, ten minutes from home
    if known_until is not None:
        of = of.model_copy(update={"travel": of.travel.model_copy(update={"slow_areas": (jam,)})})
    heard: list[Event] = []
    if heard_until is not None:
        as_heard = jam.model_copy(update={"end": at(heard_until)})
        heard = [SlowTraffic(kind="slow_traffic", at=at("09:40"), area=as_heard)]
    revision = next_revision(of, plan, [BEGUN, *heard], at("09:50"))
    so_far = shift(person(revision)).so_far
    assert so_far is not None
    assert so_far.only_finish == finishes
    assert planned(revision.scenario).plan.unserved == ("J2",)


def test_a_site_that_is_not_ready_waits_until_it_is() -> None:
    lacks = SiteNotReady(kind="site_not_ready", job_id="J1", at=at("09:15"), lacks=("property_consent",))
    assert not the_job(after("09:30", lacks), "J1").site.property_consent
    ready = SiteReady(kind="site_ready", job_id="J1", at=at("10:00"))
    assert the_job(after("10:10", lacks, ready), "J1").site.property_consent


def test_events_in_any_order() -> None:
    told = (
        Started(kind="started", job_id="J1", at=at("09:20")),
        Finished(kind="finished", job_id="J1", at=at("10:40")),
        NewJob(kind="new_job", at=at("10:15"), job=job(job_id="J9")),
    )
    one, other = after("11:00", *told), after("11:00", *told[::-1])
    assert one.scenario == other.scenario
    assert one.done["J1"].started == at("09:20")
