"""LODGING: what a night costs in a hotel and in a branch's beds, told to the search and put on the bill."""

from typing import Any

from optimizer.domain.scenario import Scenario
from optimizer.rules.lodging import RULE, LodgingParams
from tests.unit.rules.build import DAY, NEXT_DAY, branch, job, north, scenario, technician
from tests.unit.rules.recording import Recording
from tests.unit.sleeper_days import trip
from tests.unit.trip_days import answer, question, shifts

PARAMS = LodgingParams()


def priced(of: Scenario, **params: Any) -> dict[str, int]:
    """Return the price of a night at each place, as the search learns it."""
    draft = Recording(of)
    RULE.compile(of, LodgingParams(**params), draft)
    return draft.nights


def test_a_hotel_costs_bed_and_board_and_the_beds_of_a_branch_the_board() -> None:
    assert (PARAMS.cents("lodging"), PARAMS.cents("housing")) == (8_000 + 2_500, 2_500)


def test_a_night_in_transit_costs_the_board_and_the_search_learns_it() -> None:
    draft = Recording(of := scenario([technician(nights_away=1)]))
    RULE.compile(of, LodgingParams(bed_cents=9_000, board_cents=1_500), draft)
    assert draft.transit_cents == 1_500
    lines = [line for line in trip().assessment.bill.lines if line.code == "LODGING"]
    assert [(line.day, line.cents) for line in lines] == [(DAY, 2_500), (NEXT_DAY, 2_500)]
    assert lines[0].sentence == "T1 spends the night after 2026-07-15 in transit: ¥25.00."


def test_the_search_learns_the_price_at_every_place() -> None:
    jobs = [job(), job(job_id="J2", place=north(19.9)), job(job_id="J3", place=north(20.1))]
    of = scenario([technician(nights_away=1)], jobs, branches=[branch(housing=True)])
    # A branch's beds are used up to 20 km away.
    assert priced(of) == {"branch:B1": 2_500, "job:J1": 2_500, "job:J2": 2_500, "job:J3": 10_500}
    assert priced(of, housing_km=5)["job:J1"] == 10_500


def test_without_beds_every_night_is_in_a_hotel() -> None:
    assert set(priced(scenario([technician(nights_away=1)])).values()) == {10_500}


def test_where_nobody_may_stay_out_there_is_nothing_to_price() -> None:
    assert priced(scenario()) == {}


def test_every_night_away_is_on_the_bill() -> None:
    of = question()
    lines = list(RULE.bill(of, PARAMS, answer(of, *shifts(of))))
    assert [(line.kind, line.quantity, line.unit, line.cents) for line in lines] == [
        ("outlay", 1, "night", 10_500)
    ] * 2
    assert [line.day for line in lines] == [one.day for one in shifts(of)[:2]]
    assert lines[0].sentence == "T1 spends the night after 2026-07-15 away in a hotel: ¥105.00."


def test_a_night_in_the_beds_of_a_branch() -> None:
    of = question(housing=True)
    first = next(iter(RULE.bill(of, PARAMS, answer(of, *shifts(of)))))
    assert first.cents == 2_500
    assert first.sentence == "T1 spends the night after 2026-07-15 away in a branch's own housing: ¥25.00."


def test_the_price_is_the_policys() -> None:
    of = question()
    params = LodgingParams(bed_cents=9_000, board_cents=0)
    assert sum(line.cents for line in RULE.bill(of, params, answer(of, *shifts(of)))) == 18_000


def test_a_day_that_ends_at_home_costs_nothing() -> None:
    of = question()
    assert list(RULE.bill(of, PARAMS, answer(of, shifts(of)[2]))) == []
