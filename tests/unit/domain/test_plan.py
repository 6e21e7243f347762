from optimizer.domain.fingerprint import scenario_sha256, travel_sha256
from optimizer.domain.lines import Ride
from optimizer.domain.plan import TravelLeg
from optimizer.domain.travel import Travel
from tests.unit.far_day import far_day, line
from tests.unit.rules.build import scenario
from tests.unit.slow_day import jam, slow_day

LEG = TravelLeg(from_place="branch:B1", to_place="job:J1", means="car", base_s=600, distance_m=6_000)
RIDE = Ride(line="G1", from_station="South", to_station="North")


def test_a_leg_without_lines_is_written_as_ever() -> None:
    assert set(LEG.model_dump()) == {
        "from_place",
        "to_place",
        "means",
        "base_s",
        "distance_m",
        "hour_percent",
    }
    # of the canonical JSON with exactly these fields
    assert travel_sha256("great circle", [LEG]) == (
        "a12dfe7d8f9f824e669d51ea1f6ddf25e1f912aa249e343fb6230118b443a6ec"
    )


def test_fares_and_rides_are_in_the_hash_and_lines_are_named() -> None:
    by_train = LEG.model_copy(update={"fare_cents": 100, "rides": (RIDE, RIDE)})
    assert by_train.lines == ("G1", "G1")
    hashes = {
        travel_sha256("lines", [leg])
        for leg in (LEG, by_train, by_train.model_copy(update={"fare_cents": 101}))
    }
    assert len(hashes) == 3
    assert TravelLeg.model_validate(by_train.model_dump()) == by_train


def test_a_scenario_without_lines_is_written_as_ever() -> None:
    assert set(Travel().model_dump()) == {"profiles", "matrices"}
    assert "lines" not in scenario().model_dump_json()
    assert scenario_sha256(far_day()) != scenario_sha256(far_day([line(early_min=11)]))


def test_slow_hours_are_in_the_hash_and_left_out_where_there_are_none() -> None:
    slow = LEG.model_copy(update={"slow_hours": (jam().hours,)})
    assert travel_sha256("roads", [slow]) != travel_sha256("roads", [LEG])
    assert TravelLeg.model_validate_json(slow.model_dump_json()) == slow
    assert "slow_areas" not in scenario().model_dump_json()
    assert scenario_sha256(slow_day()) != scenario_sha256(slow_day(jam(percent=201)))
