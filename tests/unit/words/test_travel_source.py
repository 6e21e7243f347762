"""Where travel times come from, in both languages."""

import pytest

from optimizer.domain.travel import SOURCES_JOIN
from optimizer.travel.great_circle import GreatCircle
from optimizer.travel.long_distance import LongDistance
from optimizer.travel.matrices import GivenMatrices
from optimizer.travel.roads.router import RoadRouter
from optimizer.words.travel_source import travel_source_words


@pytest.mark.parametrize(
    ("name", "chinese"),
    [
        (GreatCircle.name, "直线距离"),
        (LongDistance.name, "火车轮船线路"),
        (GivenMatrices.name, "给定的行程表"),
        (RoadRouter.name, "道路"),
        ("none needed", "无需"),
        ("balloon", "balloon"),
    ],
)
def test_every_source_has_its_words(name: str, chinese: str) -> None:
    assert travel_source_words(name) == name
    assert travel_source_words(name, "zh") == chinese


def test_several_sources_are_listed() -> None:
    both = SOURCES_JOIN.join((LongDistance.name, GreatCircle.name))
    assert travel_source_words(both) == "lines and great circle"
    assert travel_source_words(both, "zh") == "火车轮船线路、直线距离"
