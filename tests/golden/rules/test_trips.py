"""The stories of scenarios/rules about nights away: whom they pay for, who may stay out, and the rest afterwards."""

from typing import TYPE_CHECKING

from tests.golden.rules.story import (
    at,
    owed,
    planned,
    scenario_of,
    stops,
    who,
    with_settings,
    with_technician,
    without_rule,
)

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument


def nights(document: "PlanDocument") -> dict[str, list[tuple[int, str]]]:
    """Return the nights away of each technician: day of July, hotel or housing."""
    found: dict[str, list[tuple[int, str]]] = {}
    for day in document.plan.shifts:
        if day.night is not None:
            found.setdefault(day.technician_id, []).append((day.day.day, day.night))
    return found


def driven_m(document: "PlanDocument", technician_id: str) -> int:
    """Return how many metres a technician drives on all days."""
    days = (day for day in document.plan.shifts if day.technician_id == technician_id)
    return sum(leg.distance_m for day in days for leg in day.legs)


def test_lodging() -> None:
    document = planned(scenario_of("lodging"))
    assert nights(document) == {"zhou-wei": [(15, "lodging")], "li-na": [(15, "lodging")]}
    # 80 yuan for the bed and 25 for the day
    assert owed(document, "LODGING") == [("zhou-wei", 10_500), ("li-na", 10_500)]
    # Out once: 2 × 250 km and 2 × 80 km. Sun Hao drives home between his days: 4 × 40 km.
    metres = {who: driven_m(document, who) for who in ("zhou-wei", "li-na", "sun-hao")}
    assert metres == {"zhou-wei": 500_000, "li-na": 160_000, "sun-hao": 160_000}
    # 3 h out; the midday rest, done at 12:40, comes before the 3 h 05 min of work; then the night.
    assert {one.start for job, one in stops(document).items() if job.startswith("HH")} == {
        at("12:40"),
        at("09:00", 16),
    }


def test_the_price_of_a_night_decides_between_a_hotel_and_the_way_home() -> None:
    scenario = scenario_of("lodging")
    # Home and back costs Sun Hao 2 × 40 km × 0.80 + 2 × 0.5 h × 30 = 94 yuan, Li Na 2 × 80 × 0.80 + 2 × 30 = 188.
    dearer = planned(with_settings(scenario, "LODGING", {"board_cents": 10_900}))  # a night for 189
    assert nights(dearer) == {"zhou-wei": [(15, "lodging")]}
    cheaper = planned(with_settings(scenario, "LODGING", {"board_cents": 1_300}))  # a night for 93
    assert set(nights(cheaper)) == {"zhou-wei", "li-na", "sun-hao"}


def test_trip() -> None:
    document = planned(scenario_of("trip"))
    assert document.plan.unserved == ()
    away = nights(document)
    assert away["tan-jun"] == [(14, "housing"), (15, "housing")]
    assert [day.day.day for day in document.plan.shifts if not day.stops] == [15]  # he waits for Thursday
    assert stops(document)["HH-2"].start == at("10:00", 16)
    assert who(document)["CS-1"] == "he-bo"  # after two nights Tan Jun rests on Friday
    # One night in a row is approved for Peng Yan: which of the two, costs the same.
    assert len(away["peng-yan"]) == 1
    assert driven_m(document, "peng-yan") == 320_000  # out once and once more: 4 × 80 km
    assert owed(document, "LODGING") == [("tan-jun", 2_500), ("tan-jun", 2_500), ("peng-yan", 10_500)]


def test_without_the_rest_the_job_in_town_goes_to_who_comes_back() -> None:
    restless = planned(with_settings(scenario_of("trip"), "TRIP", {"rest_days": 0}))
    assert who(restless)["CS-1"] == "tan-jun"


def test_more_approved_nights_are_used_where_they_pay() -> None:
    scenario = scenario_of("trip")
    both = planned(with_technician(scenario, "peng-yan", {"nights_away": 2}))
    assert nights(both)["peng-yan"] == [(14, "lodging"), (15, "lodging")]
    assert driven_m(both, "peng-yan") == 160_000


def test_who_has_no_nights_approved_is_home_every_night() -> None:
    home = planned(with_technician(scenario_of("trip"), "peng-yan", {"nights_away": 0}))
    assert set(nights(home)) == {"tan-jun"}
    assert driven_m(home, "peng-yan") == 480_000


def test_nobody_stays_out_longer_than_the_policy_says() -> None:
    short = planned(with_settings(scenario_of("trip"), "TRIP", {"max_nights": 1}))
    # In one night Tan Jun is on time for HH-2, out from Wednesday on; HH-1 he does on Tuesday, home at night.
    assert nights(short)["tan-jun"] == [(15, "housing")]
    nobody = planned(with_settings(scenario_of("trip"), "TRIP", {"max_nights": 0}))
    assert nights(nobody) == {}
    assert nobody.plan.unserved == ("HH-2",)  # 3 h away at 10:00, and the day starts at 09:00


def test_without_trips_everybody_is_home_at_night() -> None:
    home = planned(without_rule(scenario_of("trip"), "TRIP"))
    assert nights(home) == {}
    assert home.plan.unserved == ("HH-2",)
