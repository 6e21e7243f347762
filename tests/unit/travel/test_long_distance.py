from random import Random
from typing import Any

import numpy as np

from optimizer.checker.line_legs import LineLegs
from optimizer.domain.lines import Line, Ride
from optimizer.domain.place import Place
from optimizer.domain.plan import TravelLeg
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import Matrix, SpeedBand, SpeedProfile, Travel
from optimizer.travel import LegMatrix, travel_table
from optimizer.travel.great_circle import LONGEST_LEG_S, GreatCircle
from tests.unit.far_day import FAR_LEG_M, FAR_LEG_S, FARE_CENTS, LOCAL, far_day, line, station
from tests.unit.rules.build import job, north

RUSH = (100,) * 7 + (50,) * 2 + (100,) * 15


def legs(of: Scenario) -> LegMatrix:
    return travel_table(of).legs["long_distance"]


def travelled(of: LegMatrix, a: int, b: int) -> tuple[int, int, int]:
    return int(of.base_s[a, b]), int(of.metres[a, b]), int(of.fare_cents[a, b])


def test_a_leg_is_local_way_line_and_local_way() -> None:
    of = legs(far_day())
    # 400 s to the station, 600 s early, 900 s half the headway, 6,000 s on the train, 400 s from it; 4 km twice
    assert travelled(of, 0, 1) == (FAR_LEG_S, FAR_LEG_M, FARE_CENTS) == (8_300, 8_000, 12_000)
    assert of.rides(0, 1) == (Ride(line="G1", from_station="South", to_station="North"),)
    assert of.rides(1, 0) == (Ride(line="G1", from_station="North", to_station="South"),)
    assert travelled(of, 0, 0) == (0, 0, 0)


def test_the_difference_of_fares_and_minutes_is_paid_between_stations() -> None:
    # Middle lies 40 of the 100 minutes and 50 of the 120 yuan from South; the job 2 km behind it
    stations = (
        station("South", 4),
        station("Middle", 150, 40, 5_000),
        station("North", 296, 100, FARE_CENTS),
    )
    day = far_day([line(stations=stations)], [job(place=north(152)), job(job_id="J2", place=north(300))])
    of = legs(day)
    # 200 s to Middle, 1,500 s early and waiting, 60 min on the train, 400 s from North
    assert travelled(of, 1, 2) == (200 + 1_500 + 3_600 + 400, 6_000, 7_000)


def test_a_line_that_goes_one_way_does_not_come_back() -> None:
    of = legs(far_day([line(both_ways=False)]))
    assert int(of.base_s[0, 1]) == FAR_LEG_S
    assert (int(of.base_s[1, 0]), of.rides(1, 0)) == (LONGEST_LEG_S, ())


def test_the_quickest_way_is_taken_and_of_equals_the_cheapest() -> None:
    slow = line("K9", stations=(station("South", 4), station("North", 296, minutes=101)))
    dear = line("G2", stations=(station("South", 4), station("North", 296, 100, FARE_CENTS + 1)))
    (ride,) = legs(far_day([slow, dear, line()])).rides(0, 1)
    assert ride.line == "G1"


def test_who_is_near_goes_locally() -> None:
    # 40 km at 10 m a second are 4,000 s; by a train of 1 min from beside the branch it would be 1,500 + 60 s
    day = far_day(jobs=[job(place=north(40))])
    assert (int(legs(day).base_s[0, 1]), legs(day).rides(0, 1)) == (4_000, ())
    beside = line(stations=(station("South", 0), station("North", 40, minutes=1)))
    assert int(legs(far_day([beside], [job(place=north(40))])).base_s[0, 1]) == 1_560


def test_a_local_way_is_not_offered_beyond_the_last_band() -> None:
    day = far_day([], [job(place=north(50)), job(job_id="J2", place=north(50.1))])
    of = legs(day)
    assert of.base_s[0].tolist() == [0, 5_000, LONGEST_LEG_S]
    assert (of.fare_cents.size, of.way.size, of.sleeper.size) == (0, 0, 0)


def test_people_change_at_a_station_and_between_two() -> None:
    one = line("G1", stations=(station("South", 4), station("Middle", 100, minutes=30, fare_cents=3_000)))
    two = line("G2", stations=(station("Middle", 100), station("North", 296, minutes=60, fare_cents=7_000)))
    # 400 + (1,500 + 1,800) + (1,500 + 3,600) + 400; 30 + 70 yuan
    of = legs(far_day([one, two]))
    assert travelled(of, 0, 1) == (9_200, 8_000, 10_000)
    assert [ride.line for ride in of.rides(0, 1)] == ["G1", "G2"]
    assert [ride.line for ride in of.rides(1, 0)] == ["G2", "G1"]
    # the second train leaves from a station 1 km on: 100 s and 1 km more
    other = line("G2", stations=(station("Quay", 101), station("North", 296, minutes=60, fare_cents=7_000)))
    assert travelled(legs(far_day([one, other])), 0, 1) == (9_300, 9_000, 10_000)


def test_a_night_is_spent_on_a_sleeper_that_is_long_enough() -> None:
    def night(minutes: int, **facts: Any) -> bool:
        stations = (station("South", 4), station("North", 296, minutes=minutes))
        return bool(legs(far_day([line(stations=stations, **facts)])).sleeper[0, 1])

    # six hours are enough
    assert night(360, sleeper=True)
    assert not night(359, sleeper=True)
    assert not night(360)


def test_congestion_slows_local_ways_only() -> None:
    rush = SpeedProfile(detour=1, bands=(SpeedBand(up_to_km=50, kmh=36, hour_percent=RUSH),))
    of = legs(far_day(jobs=[job(place=north(300)), job(job_id="J2", place=north(6))], profile=rush))
    assert tuple(of.hour_percent[of.band[0, 2]].tolist()) == RUSH
    assert set(of.hour_percent[of.band[0, 1]].tolist()) == {100}
    assert int(of.base_s[0, 1]) == FAR_LEG_S


def test_a_given_matrix_replaces_the_lines() -> None:
    given = Matrix(places=("branch:B1", "job:J1"), seconds=((0, 7), (7, 0)), metres=((0, 70), (70, 0)))
    travel = Travel(profiles={}, matrices={"long_distance": given})
    assert int(legs(far_day([]).model_copy(update={"travel": travel})).base_s[0, 1]) == 7


def test_the_table_says_where_times_are_from() -> None:
    table = travel_table(far_day())
    assert table.source == "lines and great circle"
    assert any("half the time between two departures" in warning for warning in table.warnings)
    assert travel_table(far_day([])).source == "great circle"


def test_ways_are_the_best_of_all_and_the_checker_agrees() -> None:
    for seed in range(12):
        day = _random_day(Random(seed))
        places = place_book(day)
        table = travel_table(day)
        of = table.legs["long_distance"]
        best = _tried_out(day, tuple(places.values()))
        assert np.array_equal(of.base_s, best[0]), seed
        assert np.array_equal(of.fare_cents, best[1]), seed
        checker = LineLegs(day, places)
        for a, start in enumerate(table.places):
            for b, end in enumerate(table.places):
                if of.base_s[a, b] < LONGEST_LEG_S:
                    leg = TravelLeg(
                        from_place=start,
                        to_place=end,
                        means="long_distance",
                        base_s=int(of.base_s[a, b]),
                        distance_m=int(of.metres[a, b]),
                        fare_cents=int(of.fare_cents[a, b]),
                        rides=of.rides(a, b),
                    )
                    assert list(checker.check(leg)) == [], (seed, start, end)


def _random_day(rng: Random) -> Scenario:
    """Return a day with stations thrown into 300 km, so that some ways need two or three lines."""
    at = {name: rng.uniform(0, 300) for name in "ABCDEF"}
    lines = []
    for number in range(4):
        minutes, fare = 0, 0
        stations = []
        for name in rng.sample(sorted(at), rng.randint(2, 4)):
            stations.append(station(name, at[name], minutes, fare))
            minutes, fare = minutes + rng.randint(5, 60), fare + rng.randrange(0, 5_000, 500)
        facts = {
            "both_ways": rng.random() < 0.7,
            "headway_min": rng.randint(0, 61),
            "stations": tuple(stations),
        }
        lines.append(line(f"L{number}", **facts))
    return far_day(lines, [job(job_id=f"J{x}", place=north(rng.uniform(0, 300))) for x in range(5)])


def _tried_out(day: Scenario, places: tuple[Place, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return seconds and fares of the best ways, tried out ride by ride; no way goes on from where a better one was."""
    stations = {one.name: one.place for each in day.travel.lines for one in each.stations}
    local = GreatCircle(day.travel).legs("public_transport", (), (*places, *stations.values()))
    row_of = {name: len(places) + x for x, name in enumerate(stations)}

    def local_s(a: int, b: int) -> int:
        far = local.metres[a, b] > 1000 * LOCAL.bands[-1].up_to_km
        return LONGEST_LEG_S if far else int(local.base_s[a, b])

    def reached_from(start: int) -> dict[int, tuple[int, int]]:
        """Return the best seconds and cents with which a train or ship is left at each station."""
        left: dict[int, tuple[int, int]] = {}

        def board(here: int, seconds: int, cents: int) -> None:
            for each in day.travel.lines:
                for rode_s, fare, alight in _rides(each, row_of, here):
                    now = seconds + rode_s, cents + fare
                    if now[0] < LONGEST_LEG_S and (alight not in left or now < left[alight]):
                        left[alight] = now
                        change(alight, *now)

        def change(here: int, seconds: int, cents: int) -> None:
            for there in row_of.values():
                board(there, seconds + local_s(here, there), cents)

        change(start, 0, 0)
        return left

    best = []
    for start in range(len(places)):
        left = reached_from(start)
        best.append(
            [
                min([(local_s(start, end), 0), *((s + local_s(at, end), c) for at, (s, c) in left.items())])
                for end in range(len(places))
            ]
        )
    found = np.array(best)
    unreached = found[..., 0] >= LONGEST_LEG_S
    return np.where(unreached, LONGEST_LEG_S, found[..., 0]), np.where(unreached, 0, found[..., 1])


def _rides(each: Line, row_of: dict[str, int], board: int) -> list[tuple[int, int, int]]:
    found = []
    for i, one in enumerate(each.stations):
        for k, other in enumerate(each.stations):
            if row_of[one.name] == board and i != k and (each.both_ways or i < k):
                rode_s = 60 * abs(other.minutes - one.minutes)
                waited_s = 60 * each.early_min + 30 * each.headway_min
                found.append((rode_s + waited_s, abs(other.fare_cents - one.fare_cents), row_of[other.name]))
    return found
