"""Labels of tied routes and of trips after random moves equal a full recomputation."""

from collections import Counter
from itertools import count, islice

import pytest

from optimizer.problem import features
from tests.oracle.test_labels import MOVES, drive, problems, searched


@pytest.mark.parametrize(
    ("first", "searches"),
    [
        pytest.param(0, 25, id="2500-moves"),
        pytest.param(1000, 500, marks=pytest.mark.slow, id="50000-moves"),
        pytest.param(2000, 500, marks=pytest.mark.slow, id="50000-other-moves"),
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
