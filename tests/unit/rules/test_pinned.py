"""PINNED."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from optimizer.domain.promise import Pin, Promise
from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Attendance, Shift
from optimizer.domain.time import Window
from optimizer.rules.pinned import RULE, PinnedParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    near_and_far,
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

DONE = [shift_plan([stop("J1", at("09:30"), at("10:30"))])]
PAIR = (technician(), technician(technician_id="T2"))


@pytest.mark.parametrize(
    "pin",
    [
        Pin(job_id="J1", technician_id="T1"),
        Pin(job_id="J1", day=DAY),
        Pin(job_id="J1", start=at("09:30")),
        Pin(job_id="J1", start=at("09:30").replace(microsecond=400_000)),
        Pin(job_id="J1", technician_id="T1", day=DAY, start=at("09:30")),
    ],
)
def test_kept(pin: Pin) -> None:
    of = scenario(PAIR, pins=[pin], days=2)
    assert list(RULE.check(of, PinnedParams(), plan(of, DONE))) == []


def misplaced(pin: Pin, shift: Shift, **facts: Any) -> list[tuple[str, str]]:
    """Return code and path of what is wrong with a pin of J1, due 09:00–11:00 or 14:00–15:00."""
    windows = (Window(start=at("09:00"), end=at("11:00")), Window(start=at("14:00"), end=at("15:00")))
    of = scenario([technician(shifts=(shift,))], [job(windows=windows)], days=2, pins=[pin], **facts)
    issues = list(RULE.validate(of, PinnedParams()))
    assert all(issue.cause.endswith(".") and issue.action.endswith(".") for issue in issues)
    return [(issue.code, issue.path) for issue in issues]


@pytest.mark.parametrize("clock", ["09:00", "11:00", "11:00:00.4", "14:00", "15:00"])
def test_a_start_in_a_window_and_in_the_shift_is_fine(clock: str) -> None:
    assert misplaced(Pin(job_id="J1", technician_id="T1", start=at(clock)), Shift(day=DAY)) == []


@pytest.mark.parametrize("clock", ["08:59:59", "11:00:01", "13:00", "15:00:01"])
def test_a_start_in_no_window(clock: str) -> None:
    pin = Pin(job_id="J1", start=at(clock))
    assert misplaced(pin, Shift(day=DAY)) == [("pin-outside-window", "pins[0].start")]
    assert misplaced(pin, Shift(day=DAY), rules={"APPOINTMENT": {"active": False}}) == []


def test_a_start_in_no_shift_of_the_technician() -> None:
    outside = [("pin-outside-shift", "pins[0].start")]
    pin = Pin(job_id="J1", technician_id="T1", start=at("15:00"))
    # The shift ends at 14:30; an overtime limit of 30 min reaches 15:00 exactly.
    early = Shift(day=DAY, end=time(14, 30), overtime_limit_min=30)
    assert misplaced(pin, early) == []
    assert misplaced(pin, early.model_copy(update={"overtime_limit_min": 29})) == outside
    usual = early.model_copy(update={"overtime_limit_min": None})  # the policy's 120 min
    assert misplaced(pin, usual) == []
    assert misplaced(pin, usual, rules={"SHIFT": {"overtime_limit_min": 29}}) == outside
    assert misplaced(pin, Shift(day=DAY, start=time(15, 1))) == outside
    assert misplaced(pin, Shift(day=NEXT_DAY)) == outside
    assert misplaced(Pin(job_id="J1", start=at("15:00")), Shift(day=NEXT_DAY)) == []  # somebody else may
    assert misplaced(Pin(job_id="J1", technician_id="T1"), Shift(day=NEXT_DAY)) == []


def test_a_start_that_is_already_past_is_no_mistake() -> None:
    pin = Pin(job_id="J1", technician_id="T1", start=at("09:30"))
    assert misplaced(pin, Shift(day=DAY), now=at("13:00")) == []


def test_a_start_before_a_late_clock_in_is_no_mistake() -> None:
    late = technician(attendance=(Attendance(day=DAY, clocked_in_at=at("09:50")),))
    of = scenario([late], pins=[Pin(job_id="J1", technician_id="T1", start=at("09:30"))])
    assert list(RULE.validate(of, PinnedParams())) == []


def test_both_mistakes_at_once() -> None:
    pin = Pin(job_id="J1", technician_id="T1", start=at("22:00"))
    assert [code for code, _ in misplaced(pin, Shift(day=DAY))] == ["pin-outside-window", "pin-outside-shift"]


def test_left_out_is_no_breach() -> None:
    of = scenario(PAIR, pins=[Pin(job_id="J1", technician_id="T2")])
    assert list(RULE.check(of, PinnedParams(), plan(of, []))) == []


@pytest.mark.parametrize(
    ("pin", "over", "unit"),
    [
        (Pin(job_id="J1", technician_id="T2"), 1, "technician"),
        (Pin(job_id="J1", day=NEXT_DAY), 1, "days"),
        (Pin(job_id="J1", start=at("10:10")), 40, "min"),  # 09:30 instead of 10:10
        (Pin(job_id="J1", start=at("09:20")), 10, "min"),
    ],
)
def test_broken(pin: Pin, over: int, unit: str) -> None:
    of = scenario(PAIR, pins=[pin], days=2)
    (finding,) = RULE.check(of, PinnedParams(), plan(of, DONE))
    assert (finding.code, finding.job_id, finding.over, finding.unit) == ("PINNED", "J1", over, unit)
    assert "J1" in RULE.advise(finding)


def test_a_pinned_start_is_said_in_local_time() -> None:
    utc = at("10:10").astimezone(UTC)
    of = scenario(PAIR, pins=[Pin(job_id="J1", start=utc)])
    (finding,) = RULE.check(of, PinnedParams(), plan(of, DONE))
    assert finding.sentence == "J1 is pinned to start at 2026-07-15 10:10 but starts 40 min off."


def test_compile_fixes_and_narrows() -> None:
    start = at("10:00")
    of = scenario(
        PAIR,
        [job(job_id=f"J{i}") for i in range(1, 5)],
        days=2,
        pins=[
            Pin(job_id="J1", technician_id="T2"),
            Pin(job_id="J2", day=NEXT_DAY),
            Pin(job_id="J3", start=start),
            Pin(job_id="J4", technician_id="T1", day=DAY, start=start),
        ],
    )
    draft = Recording(of)
    RULE.compile(of, PinnedParams(), draft)
    assert draft.fixed == {
        "J1": [frozenset({ShiftKey("T2", DAY), ShiftKey("T2", NEXT_DAY)})],
        "J2": [frozenset({ShiftKey("T1", NEXT_DAY), ShiftKey("T2", NEXT_DAY)})],
        "J4": [frozenset({ShiftKey("T1", DAY)})],
    }
    assert draft.narrowed == {"J3": [((start, start),)], "J4": [((start, start),)]}


def test_no_shift_that_day_leaves_nowhere_to_go() -> None:
    of = scenario([technician(shifts=())], pins=[Pin(job_id="J1", technician_id="T1")])
    draft = Recording(of)
    RULE.compile(of, PinnedParams(), draft)
    assert draft.fixed == {"J1": [frozenset()]}


def test_solve_honours_it() -> None:
    near, far = technician(), technician(technician_id="T2", branch_id="B2")
    jobs = [job(job_id=f"J{i}", place=north(1)) for i in (1, 2, 3)]
    pins = [
        Pin(job_id="J1", technician_id="T2"),
        Pin(job_id="J2", day=NEXT_DAY),
        Pin(job_id="J3", start=at("15:10")),
    ]
    made = solved(near_and_far(near, far, jobs, days=2, pins=pins))
    found: dict[str, tuple[str, datetime]] = {
        one.job_id: (shift.technician_id, one.start) for shift in made.shifts for one in shift.stops
    }
    assert found["J1"][0] == "T2"
    assert found["J2"][1].date() == NEXT_DAY
    assert found["J3"][1] == at("15:10")
    free = near_and_far(near, far, jobs, days=2)
    assert set(who_does(solved(free)).values()) == {"T1"}


@pytest.mark.parametrize(
    ("clock", "codes"),
    [("14:00", ["pin-outside-promise"]), ("14:20", []), ("15:00", []), ("10:00", ["pin-outside-promise"])],
)
def test_a_start_against_what_was_promised(clock: str, codes: list[str]) -> None:
    told = Promise(
        job_id="J1",
        technician_id="T1",
        window=Window(start=at("14:00"), end=at("15:00")),
        start=at("14:20"),  # service does not slide before it
    )
    pins = [Pin(job_id="J1", start=at(clock))]

    def issues(promise: Promise = told, **facts: Any) -> list[str]:
        of = scenario(pins=pins, promises=[promise], **facts)
        return [one.code for one in RULE.validate(of, PinnedParams())]

    assert issues() == codes
    assert issues(rules={"PROMISE": {"active": False}}) == []
    assert issues(told.model_copy(update={"told": False})) == []
    assert issues(now=at("15:01")) == []  # broken already: it binds nobody any more
    asked = told.model_copy(update={"asked": True})
    assert issues(asked) == []
    morning = Window(start=at("07:00"), end=at("08:00"))  # nor does what was agreed
    assert issues(asked, jobs=[job(windows=(morning,))]) == []


def test_a_start_against_a_promise_in_words() -> None:
    window = Window(start=at("14:00"), end=at("15:00"))
    told = Promise(job_id="J1", technician_id="T1", window=window, start=at("14:00"))
    of = scenario(pins=[Pin(job_id="J1", start=at("10:00"))], promises=[told])
    (issue,) = RULE.validate(of, PinnedParams())
    assert issue.path == "pins[0].start"
    assert issue.cause == (
        "2026-07-15 10:00 is pinned, but J1 was promised for 2026-07-15 14:00 to 2026-07-15 15:00."
    )


def test_the_pinned_one_leads_the_crew() -> None:
    of = scenario(PAIR, [job(seats=2)], pins=[Pin(job_id="J1", technician_id="T1")])

    def led_by(*who: str) -> list[str]:
        days = [
            shift_plan([stop("J1", at("09:30"), at("10:30"), seat=seat)], technician_id=one)
            for seat, one in enumerate(who)
        ]
        return [one.sentence for one in RULE.check(of, PinnedParams(), plan(of, days))]

    assert led_by("T1", "T2") == []
    assert led_by("T2", "T1") == ["J1 is pinned to T1 but is led by T2."]


def test_of_a_long_job_the_first_day_is_pinned() -> None:
    of = scenario(PAIR, pins=[Pin(job_id="J1", day=DAY, start=at("09:30"))], days=2)
    later = shift_plan([stop("J1", at("10:00", NEXT_DAY), at("11:00", NEXT_DAY), part=1)], day=NEXT_DAY)
    assert list(RULE.check(of, PinnedParams(), plan(of, [*DONE, later]))) == []


def test_mates_are_pinned_to_their_places() -> None:
    three = (*PAIR, technician(technician_id="T3"))
    of = scenario(three, [job(seats=3)], pins=[Pin(job_id="J1", mates={"T2": 1})])

    def said(*who: str) -> list[str]:
        days = [
            shift_plan([stop("J1", at("09:30"), at("10:30"), seat=seat)], technician_id=one)
            for seat, one in enumerate(who)
        ]
        return [one.sentence for one in RULE.check(of, PinnedParams(), plan(of, days))]

    assert said("T1", "T2", "T3") == []
    assert said("T3", "T2", "T1") == []
    assert said("T1", "T3", "T2") == ["J1 is pinned to T2 in place 1 of its crew but T3 comes."]
    draft = Recording(of)
    RULE.compile(of, PinnedParams(), draft)
    assert {key.technician_id for _, key, seat in draft.seats_forbidden if seat == 1} == {"T1", "T3"}


@pytest.mark.parametrize(
    ("mates", "codes"),
    [
        ({"T2": 1}, []),
        ({"T2": 2}, ["pin-no-place"]),
        ({"T1": 1}, ["pin-place-taken"]),
        ({"T2": 1, "T3": 1}, ["pin-place-taken"]),
    ],
)
def test_a_place_that_there_is_not(mates: dict[str, int], codes: list[str]) -> None:
    three = (*PAIR, technician(technician_id="T3"))
    of = scenario(three, [job(seats=2)], pins=[Pin(job_id="J1", technician_id="T1", mates=mates)])
    assert [issue.code for issue in RULE.validate(of, PinnedParams())] == codes


def test_solve_sends_the_pinned_mate() -> None:
    near, far = technician(technician_id="T1"), technician(technician_id="T2", branch_id="B2")
    third = technician(technician_id="T3")
    of = near_and_far(near, far, [job(seats=2, place=north(1))], pins=[Pin(job_id="J1", mates={"T2": 1})])
    of = of.model_copy(update={"technicians": (*of.technicians, third)})
    came = {one.technician_id for one in solved(of).shifts}
    assert "T2" in came
    assert len(came) == 2
    free = of.model_copy(update={"pins": ()})
    assert {one.technician_id for one in solved(free).shifts} == {"T1", "T3"}  # who is near


def test_who_is_lent_does_that_and_nothing_else() -> None:
    lent = technician(lent_for=("J2",))
    of = scenario([lent], [job(), job(job_id="J2")])
    (finding,) = RULE.check(of, PinnedParams(), plan(of, DONE))
    assert finding.sentence == "J1 goes to T1, who is lent for other jobs."
    assert set(who_does(solved(of))) == {"J2"}
    assert set(who_does(solved(scenario([technician()], of.jobs)))) == {"J1", "J2"}
