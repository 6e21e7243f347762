"""Who has no stop and why: each fact that keeps somebody off duty, and what fits whom."""

from datetime import timedelta
from typing import Any

import pytest

from optimizer.compile import compile_scenario
from optimizer.domain.idle import IdleDay
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Attendance, Onboarding
from optimizer.domain.time import DateRange
from optimizer.explain.idle import fitting_words, idle_reasons
from optimizer.travel import travel_table
from optimizer.words.idle import idle_words
from tests.unit import trip_days
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, plan, scenario, shift_plan, stop, technician

AWAY = DateRange(first_day=DAY, last_day=DAY, reason="wedding")


def idle(of: Scenario) -> tuple[IdleDay, ...]:
    """Return who is idle in a plan that serves nobody."""
    return idle_reasons(of, plan(of, []))


@pytest.mark.parametrize(
    ("facts", "code", "english", "chinese"),
    [
        (
            {"leave": (AWAY,)},
            "ABSENT",
            "leave or sickness (ABSENT), wedding",
            "请假或生病（ABSENT）：wedding",
        ),
        ({"suspended": (AWAY,)}, "SUSPENDED", "a suspension (SUSPENDED)", "停工处分（SUSPENDED）"),
        (
            {"attendance": (Attendance(day=DAY),)},
            "NO_SHOW",
            "not having clocked in (NO_SHOW)",
            "未打卡（NO_SHOW）",
        ),
        (
            {"missing_tools": ("rope",)},
            "TOOL_INSPECTION",
            "tools not inspected or not replaced (TOOL_INSPECTION), rope",
            "工具未检查或未补齐（TOOL_INSPECTION）：rope",
        ),
        (
            {"last_inspection": DAY - timedelta(days=32)},  # 31 days are allowed
            "TOOL_INSPECTION",
            "tools not inspected or not replaced (TOOL_INSPECTION), last inspected 2026-06-13",
            "工具未检查或未补齐（TOOL_INSPECTION）：上次检查 2026-06-13",
        ),
        (
            {"onboarding": Onboarding(insured=False)},
            "ONBOARDED",
            "missing examination, insurance or training (ONBOARDED), insurance",
            "未考核、未投保或未培训（ONBOARDED）：保险",
        ),
    ],
)
def test_what_keeps_somebody_off_duty(facts: dict[str, Any], code: str, english: str, chinese: str) -> None:
    of = scenario([technician(**facts)], now=at("10:00"))
    (one,) = idle(of)
    assert (one.technician_id, one.day, one.codes) == ("T1", DAY, (code,))
    assert idle_words(one) == f"T1 on 2026-07-15 is off duty: {english}."
    assert idle_words(one, "zh") == f"T1 7月15日 不当班：{chinese}。"
    off = of.policy.model_copy(update={"rules": {code: {"active": False}}})
    (still,) = idle(of.model_copy(update={"policy": off}))
    assert (still.codes, still.details, still.inspected) == ((), (), None)


def test_no_shift_and_nothing_given() -> None:
    who = (technician(shifts=()), technician(technician_id="T2"))
    none, free = idle(scenario(who))
    assert idle_words(none) == "T1 has no shift on the planned days."
    assert idle_words(none, "zh") == "T1 在计划日期内没有班次。"
    assert idle_words(free, name="Wang") == "Wang on 2026-07-15 is on duty and has no stop."
    assert idle_words(free, "zh") == "T2 7月15日 当班，但没有派单。"


def test_only_days_without_a_stop_count() -> None:
    of = scenario(days=2)
    made = plan(of, [shift_plan([stop("J1", at("10:00"), at("11:00"))])])
    assert [(one.technician_id, one.day) for one in idle_reasons(of, made)] == [("T1", NEXT_DAY)]


@pytest.mark.parametrize(
    ("jobs", "said"),
    [
        (
            [job(), job(job_id="J2", tools=("rope",))],
            "T1 may do 1 of 2 jobs; in this plan others do them, or they are left out. So many are ruled out by ",
        ),
        ([job(tools=("rope",))], "No job fits T1; so many are ruled out by "),
    ],
)
def test_what_fits_whom(jobs: list[Any], said: str) -> None:
    of = scenario(jobs=jobs)
    words = fitting_words(compile_scenario(of, travel_table(of)), ShiftKey("T1", DAY))
    assert words.startswith(said)
    assert words.endswith("(TOOL) 1.")


def test_everything_fits() -> None:
    of = scenario()
    words = fitting_words(compile_scenario(of, travel_table(of)), ShiftKey("T1", DAY))
    assert words == "T1 may do 1 of 1 job; in this plan others do them, or they are left out."


def test_nobody_on_a_trip_is_idle_and_who_was_out_long_rests() -> None:
    asked = trip_days.question(days=4, rules={"TRIP": {"rest_from_nights": 2}})
    made = trip_days.answer(asked, *trip_days.shifts(asked))
    (saturday,) = idle_reasons(asked, made)  # Thursday, without stops between two nights, is not among them
    assert (saturday.day, saturday.codes) == (DAY + timedelta(days=3), ("TRIP",))
    assert idle_words(saturday) == "T1 on 2026-07-18 is off duty: the rest after a trip (TRIP)."
    assert idle_words(saturday, "zh") == "T1 7月18日 不当班：出差后休息（TRIP）。"


def test_after_a_short_trip_nobody_has_to_rest() -> None:
    asked = trip_days.question(days=4)  # rest follows three nights or more
    (saturday,) = idle_reasons(asked, trip_days.answer(asked, *trip_days.shifts(asked)))
    assert saturday.codes == ()
