"""What rules with a deadline share, and how they put amounts into words."""

from datetime import time, timedelta
from typing import Any

import pytest

from optimizer.domain.job import Customer, DeskFacts, Job, Rework
from optimizer.domain.policy import Preset
from optimizer.domain.technician import Shift
from optimizer.domain.time import Timeline
from optimizer.rules.book import RuleBook
from optimizer.rules.draft import LateStep
from optimizer.rules.lateness import clock_state, horizon_end_s, lateness_cents
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import exact_time, money
from tests.unit.rules.build import DAY, ZONE, at, job, scenario, technician

TIMELINE = Timeline(DAY, ZONE)
BEFORE = DAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("over_s", "cents"),
    [(0, 0), (1, 100), (17, 100), (18, 101), (3600, 200), (7200, 300), (7201, 340), (10_800, 465)],
)
def test_steps_add_up_and_each_is_rounded_half_up(over_s: int, cents: int) -> None:
    # from 09:00: 100 + 100 an hour (18 s → 0.5 → 1); from 11:00 another 40 + 25 an hour
    steps = (LateStep(at("09:00"), 100, 100), LateStep(at("11:00"), 40, 25))
    assert lateness_cents(steps, TIMELINE.seconds(at("09:00")) + over_s, TIMELINE) == cents


def test_horizon_ends_at_midnight_after_its_last_day() -> None:
    assert horizon_end_s(scenario(days=3), TIMELINE) == 3 * 86_400


def test_horizon_with_a_change_of_clocks() -> None:
    # Berlin, 29 March 2026: the clocks go from 02:00 to 03:00
    day = DAY.replace(month=3, day=29)
    of = scenario().model_copy(
        update={
            "time_zone": "Europe/Berlin",
            "horizon": scenario().horizon.model_copy(update={"first_day": day}),
        }
    )
    assert horizon_end_s(of, Timeline(day, "Europe/Berlin")) == 23 * 3600


def test_words() -> None:
    assert [money(cents) for cents in (0, 5, 123_456, -150)] == [
        "¥0.00",
        "¥0.05",
        "¥1,234.56",
        "-¥1.50",
    ]
    assert [exact_time(seconds) for seconds in (0, 5, 60, 90, 3600, 7265)] == [
        "0 s",
        "5 s",
        "1 min",
        "1 min 30 s",
        "1 h 00 min",
        "2 h 01 min 5 s",
    ]
    assert exact_moment(at("09:05")) == "2026-07-15 09:05"
    assert exact_moment(at("09:05") + timedelta(seconds=7)) == "2026-07-15 09:05:07"


@pytest.mark.parametrize(
    ("due_s", "at_s", "state", "slack_s"),
    [
        (3600, 0, "met", 3600),
        (3600, 1, "at_risk", 3599),  # less than an hour to spare
        (3600, 3600, "at_risk", 0),
        (3600, 3601, "missed", -1),
        (86_399, None, "missed", None),
        (86_400, None, "open", None),  # due when the horizon ends, or later
        (86_401, 86_402, "missed", -1),  # served after the horizon's end, but too late all the same
    ],
)
def test_how_a_clock_stands(due_s: int, at_s: int | None, state: str, slack_s: int | None) -> None:
    found = clock_state(
        "X", job(), "calling", TIMELINE, due_s=due_s, at_s=at_s, end_s=86_400, margin_min=60, label="target"
    )
    assert (found.state, found.slack_s, found.job_id, found.label) == (state, slack_s, "J1", "target")


@pytest.mark.parametrize("preset", ["service-first", "balanced", "economy"])
def test_all_clocks_together_cost_less_than_leaving_out_the_least_urgent_job(preset: Preset) -> None:
    # everything that a job can be late for at once, and after the horizon's end in a night shift with overtime
    old: dict[str, Any] = {"intake_at": at("08:00", BEFORE), "dispatched_at": at("08:00", BEFORE)}
    leak = Rework(installed_by="T9", installed_on=BEFORE, fault="refrigerant_leak")
    key = Customer(customer_id="C1", warranty_until=DAY, last_visit_on=DAY - timedelta(days=500))
    facts: dict[str, Any] = {**old, "rework": leak, "customer": key, "priority": "flexible"}
    jobs: list[Job] = [
        job(
            job_id=f"{kind} {complaint} {contract}",
            type=kind,
            complaint=complaint,
            contract=contract,
            **facts,
        )
        for kind in ("repair", "complaint", "maintenance")
        for complaint in ("none", "complaint", "strong")
        for contract in (False, True)
    ]
    jobs = [one.model_copy(update={"desk": DeskFacts(confirmed_at=old["intake_at"])}) for one in jobs]
    night = technician(shifts=(Shift(day=DAY, start=time(22), end=time(6)),))
    of = scenario([night], jobs)
    of = of.model_copy(update={"policy": of.policy.model_copy(update={"preset": preset})})
    book = RuleBook.of(of.policy)
    issues = [issue for rule in book.active() for issue in rule.validate(of, book.params(rule))]
    assert [issue for issue in issues if issue.code == "cheaper-to-drop"] == []
