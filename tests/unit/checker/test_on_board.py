"""Nights in transit in the checker: on a sleeper, for long enough, from the evening to the morning."""

from datetime import datetime, timedelta

import pytest

from optimizer.checker import check_plan
from optimizer.checker.on_board import on_board
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.scenario import Scenario
from tests.unit.rules.build import NEXT_DAY, at
from tests.unit.sleeper_days import question, trip

OF = question()
PLAN = trip().plan
OUT, WORK, HOME = PLAN.shifts


def sentences(of: Scenario, plan: Plan) -> list[str]:
    """Return what is wrong with the nights in transit of a plan."""
    return [finding.sentence for finding in on_board(of, plan)]


def with_days(*days: ShiftPlan) -> Plan:
    """Return the plan with other days."""
    return PLAN.model_copy(update={"shifts": days})


def riding(departure: datetime, arrival: datetime) -> ShiftPlan:
    """Return the first day with other times of the ride."""
    ride = OUT.last_leg.model_copy(update={"departure": departure, "arrival": arrival})
    return OUT.model_copy(update={"last_leg": ride, "departure": departure})


def codes(of: Scenario, plan: Plan) -> set[str]:
    """Return the codes of everything that is wrong with a plan."""
    return {finding.code for finding in check_plan(of, plan)}


def test_a_sound_trip_has_no_finding() -> None:
    assert check_plan(OF, PLAN) == ()


@pytest.mark.parametrize("of", [question(sleeper=False), question(hours=5)])
def test_a_train_without_beds_or_for_too_short_a_ride(of: Scenario) -> None:
    assert sentences(of, PLAN) == [
        "T1 rides no sleeper for 6 h or longer in the night after 2026-07-15.",
        "T1 rides no sleeper for 6 h or longer in the night after 2026-07-16.",
    ]


def test_who_boards_in_working_hours_does_not_sleep_yet() -> None:
    early = with_days(riding(at("16:30"), at("09:00", NEXT_DAY)), WORK, HOME)
    assert sentences(OF, early) == [
        "T1 on 2026-07-15 boards 1 h 30 min before the day's end for the night in transit."
    ]


def test_a_cap_on_hours_ends_the_day_earlier() -> None:
    capped = question(rules={"WORKLOAD_CAP": {"hours_per_day": 5.0}})
    # The day ends at 14:00 at the earliest.
    assert sentences(capped, with_days(riding(at("14:00"), at("09:00", NEXT_DAY)), WORK, HOME)) == []
    assert len(sentences(capped, with_days(riding(at("13:59"), at("09:00", NEXT_DAY)), WORK, HOME))) == 1


def test_who_boards_too_late_works_beyond_the_regular_end() -> None:
    late = with_days(riding(at("18:30"), at("09:00", NEXT_DAY)), WORK, HOME)
    assert sentences(OF, late) == []
    assert codes(OF, late) == {"TRIP"}


def test_a_night_ends_with_the_next_days_start() -> None:
    soon = with_days(riding(at("18:00"), at("08:20", NEXT_DAY)), WORK, HOME)
    assert sentences(OF, soon) == [
        "The night in transit of T1 on 2026-07-15 ends 40 min before the next day's start."
    ]
    late = with_days(riding(at("18:00"), at("09:10", NEXT_DAY)), WORK, HOME)
    assert sentences(OF, late) == [
        "T1 on 2026-07-16 leaves 10 min before the night in transit is over.",
        "The night in transit of T1 on 2026-07-15 ends 10 min after the next day's start.",
    ]


def test_a_ride_needs_its_time() -> None:
    # Said to take as long as the night; it takes nine hours.
    ride = OUT.last_leg.model_copy(update={"travel_s": 15 * 3600})
    assert codes(OF, with_days(OUT.model_copy(update={"last_leg": ride}), WORK, HOME)) == {"TRAVEL"}
    # Nine hours in eight: the train would be there only after the next day's start.
    assert "TRAVEL" in codes(
        OF, with_days(riding(at("09:00", NEXT_DAY) - timedelta(hours=8), at("09:00", NEXT_DAY)))
    )


def test_a_ride_through_the_night_is_no_drive_of_the_day() -> None:
    awake = with_days(OUT.model_copy(update={"night": "lodging"}), WORK, HOME)
    # Then it takes 15 hours instead of nine, and work goes on until the morning.
    assert codes(OF, awake) == {"SHIFT", "TRAVEL", "TRIP"}


def test_back_in_the_morning_is_a_day_of_the_trip() -> None:
    assert codes(OF, with_days(OUT, WORK)) == {"TRIP"}
