"""How far a day is, as reported and as planned."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from optimizer.domain.event import (
    Arrived,
    CallOff,
    Cancelled,
    Event,
    Finished,
    NoAccess,
    NoShow,
    OnTheWay,
    Overrun,
    Started,
)
from optimizer.domain.plan import Plan, Rest
from optimizer.domain.roster import ShiftKey
from optimizer.replan import DaySoFar, progress, reports_of
from tests.unit import restock_day
from tests.unit.rules.build import DAY, at, job, leg, plan, scenario, shift_plan, stop

KEY = ShiftKey("T1", DAY)

ROUND = shift_plan(
    [
        stop("J1", at("09:10"), at("10:10")),
        stop("J2", at("10:20"), at("11:00"), from_place="job:J1"),
        stop("J3", at("12:00"), at("13:00"), from_place="job:J2", arrival=at("11:10")),
    ],
    rests=[Rest(kind="break", start=at("11:20"), end=at("11:50"))],
    last_leg=leg("job:J3", "branch:B1", at("13:10")),
)
"""Leaves at 09:00; every drive takes ten minutes; J3 may begin at noon, after a rest at its door."""

JOBS = scenario(jobs=[job(job_id=one) for one in ("J1", "J2", "J3")])


def then(clock: str, *events: Event, of: Plan | None = None) -> dict[ShiftKey, DaySoFar]:
    """Return how far the day is at that time."""
    made = plan(JOBS, [ROUND]) if of is None else of
    return progress(made, reports_of(made, events), at(clock), lambda *_: 600)


def states(day: DaySoFar) -> list[tuple[str, str]]:
    return [(visit.stop.job_id, visit.state) for visit in day.visits]


def clock(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, tz=at("09:00").tzinfo).strftime("%H:%M")


@pytest.mark.parametrize(
    ("now", "expected", "place", "free"),
    [
        ("09:05", [("J1", "on_the_way")], "job:J1", "09:10"),
        ("09:10", [("J1", "started")], "job:J1", "09:10"),
        ("10:10", [("J1", "finished"), ("J2", "on_the_way")], "job:J2", "10:20"),
        ("11:05", [("J1", "finished"), ("J2", "finished"), ("J3", "on_the_way")], "job:J3", "11:10"),
        ("11:55", [("J1", "finished"), ("J2", "finished"), ("J3", "arrived")], "job:J3", "11:55"),
        ("13:05", [("J1", "finished"), ("J2", "finished"), ("J3", "finished")], "branch:B1", "13:10"),
        ("15:00", [("J1", "finished"), ("J2", "finished"), ("J3", "finished")], "branch:B1", "15:00"),
    ],
)
def test_without_reports_it_goes_as_planned(
    now: str, expected: list[tuple[str, str]], place: str, free: str
) -> None:
    day = then(now)[KEY]
    assert states(day) == expected
    assert (day.place, clock(day.free_s)) == (place, free)
    assert all(visit.assumed for visit in day.visits)


def test_a_day_that_has_not_begun_is_not_in_it() -> None:
    assert then("08:59") == {}


def test_who_is_late_for_one_is_late_for_the_next() -> None:
    day = then("10:30", Started(kind="started", job_id="J1", at=at("09:25")))[KEY]
    assert states(day) == [("J1", "started")]  # begun at 09:25, not reported done, due at 10:25
    assert clock(day.visits[0].ended_s) == "10:40"
    done = Finished(kind="finished", job_id="J1", at=at("10:28"))
    day = then("10:30", done)[KEY]
    assert states(day) == [("J1", "finished"), ("J2", "on_the_way")]
    assert (clock(day.visits[1].left_s), clock(day.free_s)) == ("10:28", "10:38")
    assert [visit.assumed for visit in day.visits] == [False, True]


def test_who_is_done_early_leaves_as_planned() -> None:
    day = then("10:05", Finished(kind="finished", job_id="J1", at=at("09:40")))[KEY]
    assert states(day) == [("J1", "finished")]
    assert (day.place, clock(day.free_s)) == ("job:J1", "10:05")


def test_an_overrun_says_when_work_ends() -> None:
    day = then("10:30", Overrun(kind="overrun", job_id="J1", at=at("10:00"), ends_at=at("11:30")))[KEY]
    assert states(day) == [("J1", "started")]
    assert clock(day.visits[0].ended_s) == "11:30"


def test_setting_out_and_arriving_are_taken_as_reported() -> None:
    left = OnTheWay(kind="on_the_way", job_id="J1", technician_id="T1", at=at("09:20"))
    assert clock(then("09:25", left)[KEY].free_s) == "09:30"
    there = Arrived(kind="arrived", job_id="J1", at=at("09:24"))
    day = then("09:24", left, there)[KEY]
    assert states(day) == [("J1", "started")]  # nothing stands against beginning
    assert clock(day.visits[0].started_s) == "09:24"


def test_a_visit_in_vain_ends_when_it_is_reported() -> None:
    day = then("09:40", NoAccess(kind="no_access", job_id="J1", at=at("09:30")))[KEY]
    assert states(day) == [("J1", "failed")]
    assert (day.place, clock(day.free_s)) == ("job:J1", "09:40")


@pytest.mark.parametrize(("given_up", "expected"), [("08:50", []), ("09:04", [("J1", "failed")])])
def test_what_is_given_up_is_not_gone_to(given_up: str, expected: list[tuple[str, str]]) -> None:
    gone = Cancelled(kind="cancelled", job_id="J1", at=at(given_up))
    found = then("09:12", gone)
    assert (states(found[KEY]) if found else []) == expected
    day = then("10:15", gone)[KEY]
    assert states(day)[-1] == ("J2", "on_the_way")


def test_who_calls_off_goes_nowhere_after_that() -> None:
    off = CallOff(kind="call_off", technician_id="T1", at=at("09:40"), away_from=at("10:15").time())
    assert states(then("11:00", off)[KEY]) == [("J1", "finished"), ("J2", "failed")]
    early = off.model_copy(update={"away_from": at("10:00").time()})
    assert states(then("11:00", early)[KEY]) == [("J1", "failed")]
    assert then("11:00", NoShow(kind="no_show", technician_id="T1", at=at("10:00"))) == {}


def test_a_crew_begins_when_the_last_is_there() -> None:
    of = scenario(jobs=[job(), job(job_id="J2")])
    first = [
        stop("J2", at("08:30"), at("09:00")),
        stop("J1", at("09:10"), at("10:10"), from_place="job:J2", seat=0),
    ]
    other = [stop("J1", at("09:10"), at("10:10"), seat=1)]
    made = plan(of, [shift_plan(first), shift_plan(other, technician_id="T2")])
    late = Finished(kind="finished", job_id="J2", at=at("09:20"))
    found = then("09:25", late, of=made)
    assert states(found[KEY]) == [("J2", "finished"), ("J1", "on_the_way")]
    assert states(found[ShiftKey("T2", DAY)]) == [("J1", "arrived")]
    assert clock(found[ShiftKey("T2", DAY)].visits[0].started_s) == "09:30"
    away = CallOff(kind="call_off", technician_id="T2", at=at("08:40"))
    found = then("09:25", away, of=made)
    assert found.keys() == {KEY}
    assert states(found[KEY]) == [("J2", "finished")]


@pytest.mark.parametrize(
    ("now", "events", "rested", "free"),
    [
        ("11:15", (), False, "11:15"),
        ("11:30", (), True, "11:50"),
        ("11:58", (Finished(kind="finished", job_id="J2", at=at("11:40")),), True, "12:20"),
    ],
)
def test_a_rest_is_taken_where_the_plan_has_it(
    now: str, events: Sequence[Event], rested: bool, free: str
) -> None:
    day = then(now, *events)[KEY]
    assert (day.rested, clock(day.free_s)) == (rested, free)


def test_hours_away_are_not_the_midday_rest() -> None:
    away = ROUND.model_copy(update={"rests": (Rest(kind="absence", start=at("11:20"), end=at("11:50")),)})
    day = then("11:30", of=plan(JOBS, [away]))[KEY]
    assert (day.rested, clock(day.free_s)) == (False, "11:50")


def test_a_rest_before_setting_out_delays_nobody() -> None:
    late = ROUND.model_copy(
        update={"rests": (Rest(kind="absence", start=at("08:15"), end=at("09:00")), *ROUND.rests)}
    )
    assert [clock(visit.started_s) for visit in then("13:30", of=plan(JOBS, [late]))[KEY].visits] == [
        "09:10",
        "10:20",
        "12:00",
    ]


def test_a_way_takes_as_long_as_the_plan_has_it_at_that_hour() -> None:
    made = plan(JOBS, [ROUND])
    days = progress(made, reports_of(made, ()), at("13:30"), lambda *_: 3_000)  # where the plan has no way
    assert [clock(visit.arrived_s) for visit in days[KEY].visits] == ["09:10", "10:20", "11:10"]
    off = NoAccess(kind="no_access", job_id="J1", at=at("09:30"))
    over = progress(made, reports_of(made, (off,)), at("13:30"), lambda *_: 3_000)
    assert [visit.state for visit in over[KEY].visits] == ["failed", "finished", "finished"]


def test_parts_are_loaded_on_the_way() -> None:
    of = restock_day.question()
    made = restock_day.answer(of, "J1", "B2", "J2")
    before = next(one for one in made.shifts if one.technician_id == "T1")
    late = Finished(kind="finished", job_id="J1", at=before.stops[0].end + timedelta(minutes=30))
    now = before.last_leg.arrival + timedelta(hours=2)
    followed = progress(made, reports_of(made, (late,)), now, lambda *_: 9_999)[before.key].visits
    # half an hour late from there on: by the branch, with the time to load
    assert followed[1].arrived_s - before.stops[1].leg.arrival.timestamp() == 1_800
