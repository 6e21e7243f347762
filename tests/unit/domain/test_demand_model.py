from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from optimizer.domain.demand_chances import WindowShape
from optimizer.domain.demand_model import DemandFactor, DemandModel, DemandSource, ProductMix

EAST = DemandSource(area="East", product="aircon", units=1_000, failures_per_day=0.01)
MIX = ProductMix(product="aircon", types={"repair": 3, "survey": 1})


def test_what_is_to_be_expected_is_a_product() -> None:
    model = DemandModel(
        sources=(EAST,),
        mixes=(MIX,),
        months={"repair": (1.0,) * 6 + (2.0,) + (1.0,) * 5},
        weekdays=(1.5, *(1.0,) * 6),
        demand=(
            DemandFactor(factor=0.5, type="repair"),
            DemandFactor(factor=3, area="East"),
            DemandFactor(factor=7, product="heat pump"),
        ),
    )
    monday = date(2026, 7, 13)
    # 1,000 units × 0.01 × ¾ × July 2 × Monday 1.5 × 0.5 × 3
    assert model.expected(EAST, "repair", monday) == pytest.approx(33.75)
    # 10 × ¼ × 1 × 1.5 × 3
    assert model.expected(EAST, "survey", monday) == pytest.approx(11.25)
    assert model.jobs_a_day(monday) == pytest.approx(45)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"sources": (EAST, EAST), "mixes": (MIX,)}, "aircon in East comes twice in sources"),
        ({"sources": (EAST,), "mixes": (MIX, MIX)}, "a product comes twice in mixes"),
        ({"sources": (EAST,)}, "mixes do not say what is asked for with aircon"),
        ({"hours": (0.0,) * 24}, "in no hour of the day"),
        ({"priorities": {"normal": 0}}, "no priority ever comes"),
        ({"weekdays": (1.0,) * 6}, "at least 7 items"),
        ({"appointments": {"share": 0.5}}, "none is on offer"),
        ({"appointments": {"days_ahead": (0, 0)}}, "no day is ever taken"),
        ({"mixes": ({"types": {"repair": 0}},)}, "no type is ever asked for"),
        ({"failures": {"no_access": 1.1}}, "less than or equal to 1"),
    ],
)
def test_what_cannot_be_is_refused(content: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        DemandModel.model_validate(content)


def test_a_window_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValidationError, match="swap start and end"):
        WindowShape(start=time(11), end=time(9))
    assert WindowShape(start=time(9), end=time(11, 30)).minutes == 150


def test_nothing_is_left_to_chance_when_all_is_certain() -> None:
    certain = DemandModel(sources=(EAST,), mixes=(MIX,)).certain()
    assert certain.durations.of("repair").spread == 0
    assert (certain.travel.day_spread, certain.travel.leg_spread, certain.travel.median) == (0, 0, 1)
    assert set(certain.failures.model_dump().values()) == {0.0, (0.0,) * 5}
    assert (certain.absences.sick, certain.absences.late) == (0, 0)
    assert certain.sources == (EAST,)
