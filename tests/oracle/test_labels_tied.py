"""Labels of tied routes and of trips after random moves equal a full recomputation."""

from collections import Counter
from itertools import count, islice

import pytest

from optimizer.problem import features
from tests.oracle.random_problems import Mix
from tests.oracle.random_ties import random_ties
from tests.oracle.test_labels import MOVES, drive, problems, searched
from tests.oracle.ties_mix import TiesMix

ON_BOARD = TiesMix(
    jobs=9, people=3, days=3, crews=0, lent=0, parts=0, links=0, trips=0.9, sleepers=1.0,
    plain=Mix(load=0.5, congestion=0.2, rests=(0, 1)),
)  # fmt: skip
"""Trips without ties, some of whose ways are ridden through the night."""


@pytest.mark.parametrize(
    ("first", "searches"),
    [
        pytest.param(0, 25, id="2500-moves"),
        pytest.param(1000, 100, marks=pytest.mark.slow, id="10000-moves"),
        pytest.param(2000, 1000, marks=pytest.mark.full, id="100000-moves"),
    ],
)
def test_labels_equal_a_full_recomputation(first: int, searches: int) -> None:
    searchable = ((seed, problem) for seed in count(first) if searched(problem := problems("ties", seed)))
    used, done = Counter[str](), Counter[str]()
    for seed, problem in islice(searchable, searches):
        used.update(features(problem) & {"crews", "links", "trips"})
        done.update(drive(problem, seed, MOVES)._asdict())
    print(f"{done} with {used}")
    assert done["moves"] == MOVES * searches
    assert done["exact"] > done["moves"]  # else the cache was hardly looked at
    assert done["estimates"] > done["moves"]
    assert min(used["crews"], used["links"]) > searches / 2
    assert used["trips"] > searches / 10
    assert done["away"] > done["moves"] / 100  # two days of a job on one trip


@pytest.mark.parametrize(
    ("first", "searches"),
    [
        pytest.param(0, 10, id="1000-moves"),
        pytest.param(1000, 40, marks=pytest.mark.slow, id="4000-moves"),
        pytest.param(2000, 100, marks=pytest.mark.full, id="10000-moves"),
    ],
)
def test_labels_of_trips_with_nights_on_board(first: int, searches: int) -> None:
    drawn = ((seed, random_ties(seed, ON_BOARD)) for seed in count(first))
    searchable = ((seed, problem) for seed, problem in drawn if problem.sleeper.size and searched(problem))
    done = Counter[str]()
    for seed, problem in islice(searchable, searches):
        done.update(drive(problem, seed, MOVES)._asdict())
    print(done)
    assert done["moves"] == MOVES * searches
    assert done["exact"] > done["moves"]
    assert done["ridden"] > done["moves"] / 20  # else nobody would sleep on board
