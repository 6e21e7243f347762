"""DURATION."""

from datetime import timedelta
from typing import Any

import pytest

from optimizer.domain.policy import JobType, Policy
from optimizer.domain.roster import ShiftKey
from optimizer.rules.book import RuleBook
from optimizer.rules.duration import RULE, DurationParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    leg,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
)
from tests.unit.rules.recording import Recording

PARAMS = DurationParams()


def said(units: int, duration_min: int | None, level: int, setup_min: int | None = None) -> tuple[int, int]:
    of = scenario(
        [technician(level=level)], [job(units=units, duration_min=duration_min, setup_min=setup_min)]
    )
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    return draft.served["J1", ShiftKey("T1", DAY)]


@pytest.mark.parametrize(
    ("units", "duration_min", "level", "minutes"),
    [
        (1, None, 3, 60),  # a repair
        (3, None, 3, 140),  # 60 + 2 × 40
        (3, None, 1, 175),  # 140 × 1.25
        (1, None, 2, 66),  # 60 × 1.10
        (1, 50, 4, 48),  # 50 × 0.95 = 47.5, rounded up
        (5, 50, 5, 45),  # 50 × 0.90, units do not matter
        (1, 1, 5, 1),  # 0.9, rounded up
    ],
)
def test_compile_scales_and_rounds_up(units: int, duration_min: int | None, level: int, minutes: int) -> None:
    assert said(units, duration_min, level) == (60 * minutes, 300)  # a repair's set-up takes 5 min


def test_compile_takes_the_jobs_own_setup_and_does_not_scale_it() -> None:
    assert said(1, 60, 1, setup_min=8) == (75 * 60, 480)
    assert said(1, 60, 1, setup_min=0) == (75 * 60, 0)


def test_compile_says_equal_jobs_and_levels_in_one_call() -> None:
    people = [technician(technician_id=f"T{i}", level=1 + i % 2) for i in range(6)]
    of = scenario(people, [job(job_id=f"J{i}", duration_min=30 + i % 3) for i in range(9)])
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.calls == ["serve"] * 6  # 3 lengths × 2 levels
    assert len(draft.served) == 54


def test_kept_and_longer_is_no_breach() -> None:
    of = scenario(jobs=[job(setup_min=5)])
    for end in ("10:15", "10:30"):
        made = plan(of, [shift_plan([stop("J1", at("09:10"), at(end), setup_s=300)])])
        assert list(RULE.check(of, PARAMS, made)) == []


def test_ten_minutes_short() -> None:
    of = scenario([technician(level=2)])
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:06"))])])
    (finding,) = RULE.check(of, PARAMS, made)
    # 60 × 1.1 = 66 min are due, 56 are planned
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (56, 66, 10, "min")
    assert finding.sentence == "J1 gets 56 min of service; it takes 1 h 06 min."
    assert RULE.advise(finding).endswith(".")


def test_setup_is_due_at_another_place_only() -> None:
    of = scenario(jobs=[job(setup_min=5), job(job_id="J2", setup_min=5)])
    first = stop("J1", at("09:10"), at("10:15"), setup_s=300)
    second = stop("J2", at("10:15"), at("11:15"), travel_s=0, from_place="job:J1")
    home = leg("job:J2", "branch:B1", at("11:25"))
    assert list(RULE.check(of, PARAMS, plan(of, [shift_plan([first, second], last_leg=home)]))) == []
    hasty = first.model_copy(update={"setup_s": 60})
    (finding,) = RULE.check(of, PARAMS, plan(of, [shift_plan([hasty, second], last_leg=home)]))
    assert (finding.job_id, finding.measured, finding.limit, finding.over) == ("J1", 1, 5, 4)


def test_cannot_be_switched_off() -> None:
    assert RULE in RuleBook.of(Policy(rules={"DURATION": {"active": True}})).active()
    with pytest.raises(ValueError, match="True"):
        DurationParams.model_validate({"active": False})


def test_solve_honours_it() -> None:
    # level 1: 60 × 1.25 = 75 min each; set-up 6 min at the first of two jobs at one place
    jobs = [job(setup_min=6), job(job_id="J2", setup_min=6)]
    made = solved(scenario([technician(level=1)], jobs))
    ((first, second),) = (day.stops for day in made.shifts)
    assert (first.setup_s, first.service_s, first.end - first.start) == (360, 4500, timedelta(minutes=81))
    assert (second.setup_s, second.service_s, second.end - second.start) == (0, 4500, timedelta(minutes=75))


@pytest.mark.parametrize(
    ("units", "percent", "issues"),
    # 60 + (units - 1) × 40 minutes; a fortnight has 20,160
    [(503, 100, 0), (504, 100, 1), (251, 200, 0), (252, 200, 1), (1000, 10, 0)],
)
def test_longer_than_a_fortnight_on_site_is_refused(units: int, percent: int, issues: int) -> None:
    of = scenario(jobs=[job(job_id="J0"), job(units=units, duration_min=None)])
    found = list(RULE.validate(of, DurationParams(level_percent=(percent,) * 5)))
    assert [(one.code, one.path) for one in found] == [("too-long", "jobs[1].units")] * issues


def test_a_thousand_units_of_a_fortnight_each_are_refused() -> None:
    # 999 × 20,160 minutes at 200 %: more seconds than the problem's arrays hold
    endless = JobType(kind="repair", per_unit_min=20_160)
    of = scenario(jobs=[job(type="endless", units=1000, duration_min=None)])
    of = of.model_copy(update={"policy": Policy(job_types={"endless": endless})})
    (issue,) = RULE.validate(of, DurationParams(level_percent=(200,) * 5))
    # 60 + 20,139,840 minutes, twice
    assert issue.cause == "J1 would take up to 671330 h on site; nobody can plan that."


@pytest.mark.parametrize("facts", [{"seats": 2}, {"shared_tools": ("hoist",)}])
def test_who_come_together_all_stay_as_long_as_the_table_says(facts: dict[str, Any]) -> None:
    # 60 min and 10 of set-up for everybody, whatever the level
    people = [technician(level=1), technician(technician_id="T2", level=5)]
    of = scenario(people, [job(setup_min=10, **facts)])
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.served == {("J1", ShiftKey(who, DAY)): (4200, 0) for who in ("T1", "T2")}
    enough = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:20"))])])
    assert list(RULE.check(of, PARAMS, enough)) == []
    (finding,) = RULE.check(of, PARAMS, plan(of, [shift_plan([stop("J1", at("09:10"), at("10:15"))])]))
    assert (finding.measured, finding.limit, finding.over) == (65, 70, 5)


def test_without_the_rules_one_person_comes_and_the_level_counts() -> None:
    off = {"CREW": {"active": False}, "SHARED_TOOL": {"active": False}}
    of = scenario([technician(level=1)], [job(setup_min=10, seats=2, shared_tools=("hoist",))], rules=off)
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.served == {("J1", ShiftKey("T1", DAY)): (75 * 60, 600)}


def test_each_of_a_crew_is_looked_at() -> None:
    of = scenario([technician(), technician(technician_id="T2")], [job(seats=2)])
    days = [
        shift_plan([stop("J1", at("09:10"), at(end), seat=seat)], technician_id=who)
        for seat, (who, end) in enumerate((("T1", "10:10"), ("T2", "09:50")))
    ]
    (finding,) = RULE.check(of, PARAMS, plan(of, days))
    assert (finding.technician_id, finding.over) == ("T2", 20)


def test_the_parts_of_a_long_job_add_up() -> None:
    of = scenario([technician(level=2)], [job(duration_min=600)], days=2)

    def split(second: str) -> list[tuple[float, float]]:
        days = [
            shift_plan([stop("J1", at("09:10"), at("15:10"))]),
            shift_plan([stop("J1", at("09:10", NEXT_DAY), at(second, NEXT_DAY), part=1)], day=NEXT_DAY),
        ]
        return [(one.measured, one.limit) for one in RULE.check(of, PARAMS, plan(of, days))]

    # 600 × 1.1 = 660 min: 360 on the first day, 300 on the next one
    assert split("14:10") == []
    assert split("13:40") == [(630, 660)]


def test_set_up_is_due_on_each_day_of_a_long_job() -> None:
    of = scenario(jobs=[job(duration_min=60, setup_min=5)], days=2)
    days = [
        shift_plan([stop("J1", at("09:05"), at("09:40"), setup_s=300)]),
        shift_plan(
            [stop("J1", at("09:05", NEXT_DAY), at("09:37", NEXT_DAY), setup_s=120, part=1)], day=NEXT_DAY
        ),
    ]
    findings = list(RULE.check(of, PARAMS, plan(of, days)))
    assert [(one.day, one.measured, one.limit) for one in findings] == [(NEXT_DAY, 2, 5)]


def test_a_crews_job_is_too_long_by_the_table() -> None:
    # 20,160 minutes are a fortnight: for one person at 125 % too long, for a crew at 100 % not
    of = scenario(jobs=[job(duration_min=14 * 24 * 60), job(job_id="J2", duration_min=14 * 24 * 60, seats=2)])
    assert [one.path for one in RULE.validate(of, PARAMS)] == ["jobs[0].units"]
