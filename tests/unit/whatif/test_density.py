"""How much driving a job brings along."""

import math

import numpy as np
import pytest

from optimizer.domain.travel import DEFAULT_PROFILES, SpeedBand, SpeedProfile
from optimizer.whatif.density import FROM_CENTRE, TOUR, Ways, minutes_each, stops_a_shift, ways
from optimizer.whatif.queueing import offered_load

PLAIN = SpeedProfile(detour=1.2, bands=(SpeedBand(up_to_km=1000, kmh=30),))
"""1.2 km of road for a kilometre, two minutes each."""


def test_ways_followed_by_hand() -> None:
    # 100 km², 25 jobs: neighbours 0.7124 · √4 = 1.4248 km apart, 1.70976 km of road, 3.41952 min = 205.17 s.
    # From the middle 0.376126 · 10 = 3.76126 km, 4.513516 km of road, 9.02703 min = 541.62 s. Whole seconds.
    way = ways(100, 25, PLAIN)
    assert way.between_min * 60 == pytest.approx(205)
    assert way.start_min * 60 == pytest.approx(542)


def test_ways_take_the_planners_speeds() -> None:
    # Car: detour 1.3, 3 min of access, 22 km/h up to 5 km. 1.4248 km: 1.85224 km of road, 303.1 s and 180 s.
    assert ways(100, 25, DEFAULT_PROFILES["car"]).between_min * 60 == pytest.approx(483)


def test_who_starts_among_the_jobs_has_no_way_there() -> None:
    assert ways(100, 25, PLAIN, start_km=0).start_min == 0
    assert ways(100, 25, PLAIN, start_km=1).start_min == pytest.approx(2.4)


def test_a_shift_is_full() -> None:
    # 480 min: 30 there, 30 back; 6 jobs of 60 and 5 ways of 12 make 420.
    way = Ways(start_min=30, between_min=12)
    assert stops_a_shift(60, way, 480) == pytest.approx(6)
    assert minutes_each(60, way, 480) == pytest.approx(80)
    # 60 such jobs a day keep ten people busy.
    assert offered_load(60, minutes_each(60, way, 480), 480) == pytest.approx(10)


def test_without_travel_a_job_is_its_own_time() -> None:
    assert minutes_each(60, Ways(0, 0), 480) == pytest.approx(60)


def test_four_times_the_jobs_have_half_the_way() -> None:
    few, many = ways(100, 25, PLAIN), ways(100, 100, PLAIN)
    assert many.between_min == pytest.approx(few.between_min / 2, rel=0.01)
    assert many.start_min == few.start_min


def test_the_mean_way_from_the_middle_of_a_disc() -> None:
    rng = np.random.default_rng(1)
    points = rng.uniform(-1, 1, (200_000, 2))
    lengths = np.hypot(*points.T)
    inside = lengths[lengths <= 1]
    assert inside.mean() / math.sqrt(math.pi) == pytest.approx(FROM_CENTRE, rel=0.005)


def tour_length(points: np.ndarray) -> float:
    """Length of a closed tour on a square whose edges meet, by nearest neighbours and then 2-opt."""
    apart = np.abs(points[:, None] - points[None, :])
    way = np.hypot(*np.minimum(apart, 1 - apart).transpose(2, 0, 1))
    tour, left = [0], set(range(1, len(points)))
    while left:
        tour.append(min(left, key=way[tour[-1]].__getitem__))
        left.remove(tour[-1])
    order = np.array(tour)
    gained = True
    while gained:
        gained = False
        for a in range(len(order) - 2):
            ends = np.arange(a + 2, len(order))
            here, after = order[a], order[a + 1]
            there, behind = order[ends], order[(ends + 1) % len(order)]
            saved = way[here, after] + way[there, behind] - way[here, there] - way[after, behind]
            best = int(np.argmax(saved))
            if saved[best] > 1e-12:
                order[a + 1 : ends[best] + 1] = order[a + 1 : ends[best] + 1][::-1]
                gained = True
    return float(way[order, np.roll(order, -1)].sum())


def test_tours_are_as_long_as_the_constant_says() -> None:
    # Johnson and McGeoch (1997), "The traveling salesman problem: a case study", have 2-opt 5 % above the shortest.
    rng = np.random.default_rng(5)
    lengths = [tour_length(rng.random((200, 2))) for _ in range(5)]
    assert 1.0 < np.mean(lengths) / (TOUR * math.sqrt(200)) < 1.10


@pytest.mark.parametrize(("area", "jobs"), [(0, 10), (10, 0), (-1, 10), (math.nan, 10)])
def test_an_area_and_its_jobs(area: float, jobs: float) -> None:
    with pytest.raises(ValueError, match="both lie above 0"):
        ways(area, jobs, PLAIN)


def test_a_start_is_not_behind_the_jobs() -> None:
    with pytest.raises(ValueError, match="start_km is -1"):
        ways(10, 10, PLAIN, start_km=-1)


def test_a_job_too_far_for_a_shift() -> None:
    with pytest.raises(ValueError, match="does not fit into a shift of 480 min"):
        stops_a_shift(60, Ways(start_min=220, between_min=5), 480)
    with pytest.raises(ValueError, match="job_minutes is 0"):
        stops_a_shift(0, Ways(1, 1), 480)
