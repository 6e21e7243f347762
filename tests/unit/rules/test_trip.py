"""TRIP: which days can be one trip, what a plan's trips break, and what helps."""

from datetime import timedelta
from typing import Any

import pytest

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Restock, ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.rules.trip import RULE, TripParams, days_of_rest
from tests.unit.rules.build import DAY, NEXT_DAY, PLAIN_TRAVEL, at, leg, scenario, technician
from tests.unit.rules.recording import LayoutRecording
from tests.unit.trip_days import LAST_DAY, answer, question, shifts

FOURTH_DAY = LAST_DAY + timedelta(days=1)
PARAMS = TripParams()


def key(day: Any, technician_id: str = "T1") -> ShiftKey:
    """Return a shift's key."""
    return ShiftKey(technician_id, day)


def laid_out(of: Scenario, **params: Any) -> list[tuple[tuple[int, ...], str, tuple[int, ...]]]:
    """Return what is offered: days from 0, means, free days."""
    recording = LayoutRecording()
    RULE.lay_out(of, TripParams(**params), recording)
    return [
        (tuple((one.day - DAY).days for one in days), means, tuple((one.day - DAY).days for one in free))
        for days, means, free in recording.stays
    ]


def broken(of: Scenario, *days: ShiftPlan, **params: Any) -> list[Finding]:
    """Return what a plan of these days breaks."""
    return list(RULE.check(of, TripParams(**params), answer(of, *days)))


def test_every_row_of_days_with_the_approved_nights_can_be_a_trip() -> None:
    of = scenario([technician(nights_away=2)], days=4)
    # Two or three days in a row, from each day on which that many follow.
    assert sorted(days for days, _, _ in laid_out(of)) == [(0, 1), (0, 1, 2), (1, 2), (1, 2, 3), (2, 3)]


def test_the_policy_may_allow_fewer_nights_than_were_approved() -> None:
    of = scenario([technician(nights_away=2)], days=3)
    assert [days for days, _, _ in laid_out(of, max_nights=1)] == [(0, 1), (1, 2)]
    assert laid_out(of, max_nights=0) == []


def test_who_has_no_nights_approved_makes_no_trip() -> None:
    assert laid_out(scenario([technician()], days=3)) == []


def test_a_trip_ends_where_a_day_is_missing() -> None:
    person = technician(nights_away=3, shifts=(Shift(day=DAY), Shift(day=LAST_DAY), Shift(day=FOURTH_DAY)))
    assert [days for days, _, _ in laid_out(scenario([person], days=4))] == [(2, 3)]


def test_a_trip_is_of_one_person() -> None:
    people = [technician(nights_away=1, shifts=(Shift(day=DAY),)), technician(technician_id="T2")]
    assert laid_out(scenario(people, days=2)) == []


def test_days_after_a_long_trip_are_free() -> None:
    of = scenario([technician(nights_away=2)], days=5)
    free = {days: free for days, _, free in laid_out(of, rest_from_nights=2, rest_days=2)}
    assert free[0, 1] == ()  # one night is no long trip
    assert free[0, 1, 2] == (3, 4)
    assert free[1, 2, 3] == (4,)  # the horizon has no more
    assert free[2, 3, 4] == ()


def test_other_means_are_for_a_whole_day_or_trip() -> None:
    profiles = {**PLAIN_TRAVEL.profiles, "motorcycle": PLAIN_TRAVEL.profiles["car"]}
    travel = PLAIN_TRAVEL.model_copy(update={"profiles": profiles})
    person = technician(nights_away=1, other_means=("motorcycle",))
    of = scenario([person], days=2).model_copy(update={"travel": travel})
    offered = [(days, means) for days, means, _ in laid_out(of)]
    assert sorted(offered) == [
        ((0,), "motorcycle"),  # a day by the usual means is a shift already
        ((0, 1), "car"),
        ((0, 1), "motorcycle"),
        ((1,), "motorcycle"),
    ]


def test_a_trip_as_approved_breaks_nothing() -> None:
    of = question()
    assert broken(of, *shifts(of)) == []


def test_a_night_more_than_approved() -> None:
    of = question(technicians=[technician(nights_away=1)])
    (finding,) = broken(of, *shifts(of))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (2, 1, 1, "nights")
    assert finding.sentence == "T1 is away 2 nights in a row; approved: 1."
    assert RULE.advise(finding) == "Shorten the trip, or have more nights approved: nights_away of T1."


def test_a_night_more_than_the_policy_allows() -> None:
    (finding,) = broken(question(), *shifts(question()), max_nights=1)
    assert (finding.measured, finding.limit) == (2, 1)


def test_who_is_not_back_is_found() -> None:
    of = question()
    first, stay, _ = shifts(of)
    (finding,) = broken(of, first, stay)
    assert finding.sentence == "T1 is not back from the night after 2026-07-16."


def test_a_trip_that_leaves_out_a_day() -> None:
    of = question()
    first, _, last = shifts(of)
    (finding,) = broken(of, first, last)
    assert finding.sentence == (
        "T1 does not go on from the night after 2026-07-15 on the next day by the same means."
    )
    assert RULE.advise(finding).startswith("Plan the scenario again")


def test_a_trip_that_changes_its_means() -> None:
    of = question()
    first, stay, last = shifts(of)
    (finding,) = broken(of, first, stay, last.model_copy(update={"means": "motorcycle"}))
    assert (finding.unit, finding.over) == ("mismatch", 1)
    assert "after 2026-07-16" in finding.sentence


def test_overtime_before_a_night_away() -> None:
    of = question(technicians=[technician(nights_away=2, shifts=ending("11:00"))])
    # There at 11:05; the day ends at 11:00.
    (finding,) = broken(of, *shifts(of))
    assert (finding.measured, finding.over, finding.unit) == (5, 5, "min")
    assert finding.sentence == "T1 works 5 min beyond the regular end on 2026-07-15, before a night away."
    assert RULE.advise(finding) == "Move the day's last job to the next day of the trip, or to somebody else."


def ending(clock: str) -> tuple[Shift, ...]:
    """Return the three days, the first of which ends at this time."""
    return Shift(day=DAY, end=at(clock).time()), Shift(day=NEXT_DAY), Shift(day=LAST_DAY)


def worked(of: Scenario) -> ShiftPlan:
    """Return a day with work after the return: the first one of the trip, moved, and home in the evening."""
    first = shifts(of)[0]
    home = first.last_leg.model_copy(update={"to_place": "branch:B1"})
    return first.model_copy(update={"day": FOURTH_DAY, "night": None, "last_leg": home})


def test_work_on_the_day_of_rest() -> None:
    of = question(days=4)
    (finding,) = broken(of, *shifts(of), worked(of), rest_from_nights=2)
    assert (finding.measured, finding.limit, finding.unit) == (1, 0, "jobs")
    assert finding.sentence == (
        "T1 has work on 2026-07-18 after 2 nights away; a rest of 1 day follows the return."
    )
    assert RULE.advise(finding) == "Give the jobs of the day after the return to somebody else than T1."


@pytest.mark.parametrize("params", [{"rest_from_nights": 3}, {"rest_from_nights": 2, "rest_days": 0}])
def test_no_rest_follows_a_short_trip_or_a_policy_without_rest(params: dict[str, int]) -> None:
    of = question(days=4)
    assert broken(of, *shifts(of), worked(of), **params) == []


def test_the_days_of_rest_are_named_with_their_trip() -> None:
    of = question(days=5)
    made = answer(of, *shifts(of))
    resting = days_of_rest(TripParams(rest_from_nights=2, rest_days=2), made)
    assert set(resting) == {key(FOURTH_DAY), key(FOURTH_DAY + timedelta(days=1))}
    assert resting[key(FOURTH_DAY)].nights == 2
    assert days_of_rest(PARAMS, made) == {}


def test_loading_before_a_night_away_is_over_by_the_regular_end() -> None:
    of = question(technicians=[technician(nights_away=2, shifts=ending("11:10"))])
    first, stay, last = shifts(of)
    # There at 11:05, as in the plan; loading until 11:20.
    loads = Restock(
        branch_id="B1",
        before=1,
        leg=leg("job:J1", "branch:B1", at("11:05"), travel_s=300),
        start=at("11:05"),
        end=at("11:20"),
        picked_up={},
    )
    (finding,) = broken(of, first.model_copy(update={"restocks": (loads,)}), stay, last)
    assert (finding.over, finding.unit) == (10, "min")
