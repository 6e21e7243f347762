"""Nights away in the checker: where they are, what they are, and that every day begins where the one before ended."""

from typing import Any

from optimizer.checker import check_plan
from optimizer.checker.nights import ends_at, nights, woken_at
from optimizer.domain.plan import Restock, ShiftPlan
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.trips import evening_at
from tests.unit.rules.build import NEXT_DAY, at, leg
from tests.unit.trip_days import LAST_DAY, answer, question, shifts

OF = question()
FIRST, STAY, LAST = shifts(OF)


def sentences(of: Scenario, *days: ShiftPlan) -> list[str]:
    """Return what is wrong with the nights of a plan of these days."""
    return [finding.sentence for finding in nights(of, answer(of, *days))]


def found(*days: ShiftPlan) -> set[str]:
    """Return the sentences of the whole checker."""
    return {finding.sentence for finding in check_plan(OF, answer(OF, *days))}


def with_leg(day: ShiftPlan, **places: Any) -> ShiftPlan:
    """Return a day whose last drive has other places."""
    return day.model_copy(update={"last_leg": day.last_leg.model_copy(update=places)})


def test_a_sound_trip_has_no_finding() -> None:
    assert check_plan(OF, answer(OF, FIRST, STAY, LAST)) == ()


def test_a_day_begins_where_the_night_was_and_ends_where_it_will_be() -> None:
    made = answer(OF, FIRST, STAY, LAST)
    assert {key.day: place for key, place in woken_at(made).items()} == {
        NEXT_DAY: "job:J2",
        LAST_DAY: "job:J2",
    }
    rostered = roster(OF)
    ends = [ends_at(day, shift) for day, shift in zip(made.shifts, rostered, strict=True)]
    assert ends == ["job:J2", "job:J2", "branch:B1"]


def test_a_night_is_spent_at_a_jobs_place() -> None:
    for place in ("branch:B1", "job:J9"):
        (sentence,) = sentences(OF, with_leg(FIRST, to_place=place), LAST)
        assert sentence == f"T1 spends the night after 2026-07-15 at {place}, no job's place."


def test_a_night_may_be_spent_where_parts_are_loaded() -> None:
    # The branch B1 on the evening before or on the morning after; where nothing is loaded it is no place for a night.
    loads = Restock(
        branch_id="B1",
        before=0,
        leg=leg("branch:B1", "branch:B1", at("09:00", NEXT_DAY), travel_s=0),
        start=at("09:00", NEXT_DAY),
        end=at("09:10", NEXT_DAY),
        picked_up={},
    )
    there = with_leg(FIRST, to_place="branch:B1")
    morning = STAY.model_copy(update={"restocks": (loads,)})
    evening = there.model_copy(update={"restocks": (loads.model_copy(update={"before": 1}),)})
    assert sentences(OF, there, morning, LAST) == []
    assert sentences(OF, evening, STAY, LAST) == []
    before_the_job = there.model_copy(update={"restocks": (loads,)})
    for days in ((there, STAY, LAST), (before_the_job, STAY, LAST), (there, LAST)):
        (sentence,) = sentences(OF, *days)
        assert sentence == "T1 spends the night after 2026-07-15 at branch:B1, no job's place."
    assert evening_at(there) == "B1"


def test_a_hotel_that_is_none() -> None:
    housed = question(housing=True)
    said = sentences(housed, FIRST, STAY, LAST)  # the plan says hotel; the branch's beds are 9 km away
    assert said == [
        "The night of T1 after 2026-07-15 is said to be lodging; it is housing.",
        "The night of T1 after 2026-07-16 is said to be lodging; it is housing.",
    ]


def test_beds_that_nobody_has() -> None:
    free = FIRST.model_copy(update={"night": "housing"})
    assert sentences(OF, free, STAY, LAST) == [
        "The night of T1 after 2026-07-15 is said to be housing; it is lodging."
    ]


def test_a_day_without_stops_is_part_of_a_trip_only() -> None:
    home = leg("branch:B1", "branch:B1", at("09:00", NEXT_DAY), travel_s=0)
    alone = STAY.model_copy(update={"night": None, "last_leg": home})
    assert sentences(OF, alone) == ["T1 on 2026-07-16 has no stops and is not part of a trip."]


def test_the_way_home_from_a_night_alone_is_part_of_a_trip() -> None:
    home = leg("job:J2", "branch:B1", at("09:15", NEXT_DAY), travel_s=900)
    back = STAY.model_copy(update={"night": None, "last_leg": home, "departure": home.departure})
    assert sentences(OF, FIRST, back) == []


def test_a_night_that_is_taken_away_leaves_somebody_far_from_home() -> None:
    at_home = FIRST.model_copy(update={"night": None})
    assert (
        "T1 on 2026-07-15 drives from job:J1 to job:J2 where the way is from job:J1 to branch:B1."
        in found(at_home, STAY, LAST)
    )


def test_the_next_day_cannot_begin_at_home() -> None:
    morning = LAST.stops[0].model_copy(update={"leg": leg("branch:B1", "job:J2", at("09:00", LAST_DAY))})
    from_home = LAST.model_copy(update={"stops": (morning,), "departure": morning.leg.departure})
    assert (
        "T1 on 2026-07-17 drives from branch:B1 to job:J2 where the way is from job:J2 to job:J2."
        in found(FIRST, STAY, from_home)
    )
