from collections import Counter
from datetime import timedelta
from itertools import pairwise
from math import sqrt
from zoneinfo import ZoneInfo

import pytest

from optimizer.domain.demand_model import DemandFactor, DemandModel
from optimizer.errors import InvalidInput
from optimizer.whatif.demand.arrivals import Arrival, arrivals
from optimizer.whatif.demand.chain import Chain
from tests.unit.whatif.demand.town import MODEL, MONDAY

ZONE = ZoneInfo("Asia/Shanghai")


def days(model: DemandModel, count: int, seed: int = 1) -> list[tuple[Arrival, ...]]:
    return [arrivals(model, Chain(seed, number), MONDAY, ZONE) for number in range(count)]


def test_reports_come_as_often_as_units_and_rates_say() -> None:
    found = [one for day in days(MODEL, 400) for one in day]
    # 400 days × 20 and × 5 reports, give or take their roots 89 and 45.
    areas = Counter(one.source.area for one in found)
    assert areas["East"] == pytest.approx(8_000, abs=4.5 * 89)
    assert areas["West"] == pytest.approx(2_000, abs=4.5 * 45)
    types = Counter(one.type for one in found)
    for name, share in (("repair", 0.6), ("installation", 0.3), ("complaint", 0.1)):
        assert types[name] == pytest.approx(10_000 * share, abs=4.5 * sqrt(10_000 * share))


def test_totals_are_poisson_and_with_varying_days_negative_binomial() -> None:
    varied = MODEL.model_copy(update={"day_variation": 0.4})
    for model, dispersion in ((MODEL, 1.0), (varied, 1 + 25 * 0.4**2)):  # 5
        counts = [len(day) for day in days(model, 600)]
        mean = sum(counts) / 600
        variance = sum((count - mean) ** 2 for count in counts) / 599
        assert mean == pytest.approx(25, abs=4.5 * sqrt(25 * dispersion / 600))
        # The variance of a sample variance of 600 strays by √(2 ÷ 600) = 6 %, of a skewed one by some more.
        assert variance / mean == pytest.approx(dispersion, rel=0.3)


def test_more_demand_is_the_same_demand_and_more() -> None:
    half = MODEL.model_copy(update={"demand": (DemandFactor(factor=0.5, type="repair"),)})
    more = MODEL.model_copy(
        update={"demand": (DemandFactor(factor=1.3), DemandFactor(factor=2, area="West"))}
    )
    for model in (MODEL, MODEL.model_copy(update={"day_variation": 0.3})):
        for less, usual, most in zip(
            days(model.model_copy(update={"demand": half.demand}), 20),
            days(model, 20),
            days(model.model_copy(update={"demand": more.demand}), 20),
            strict=True,
        ):
            assert set(less) < set(usual) < set(most)
    changed = Counter((one.source.area, one.type) for day in days(more, 200) for one in day)
    usual_by_kind = Counter((one.source.area, one.type) for day in days(MODEL, 200) for one in day)
    assert changed["East", "repair"] / usual_by_kind["East", "repair"] == pytest.approx(1.3, rel=0.1)
    assert changed["West", "repair"] / usual_by_kind["West", "repair"] == pytest.approx(2.6, rel=0.2)


def test_no_demand_no_reports() -> None:
    nothing = MODEL.model_copy(update={"demand": (DemandFactor(factor=0),)})
    assert arrivals(nothing, Chain(1, 0), MONDAY, ZONE) == ()
    assert arrivals(DemandModel(), Chain(1, 0), MONDAY, ZONE) == ()


def test_seasons_weekdays_and_hours_are_kept() -> None:
    model = MODEL.model_copy(
        update={
            "months": {"repair": (0.0,) * 6 + (2.0,) + (0.0,) * 5},
            "weekdays": (1.5, *(1.0,) * 5, 0.0),
            "hours": (*(0.0,) * 9, 1.0, 0.0, 3.0, *(0.0,) * 12),
        }
    )
    assert model.jobs_a_day(MONDAY) == pytest.approx(1.5 * 25 * (0.6 * 2 + 0.4))
    assert model.jobs_a_day(MONDAY + timedelta(days=25)) == pytest.approx(25 * 0.4)  # Friday, 7 August
    sunday = MONDAY + timedelta(days=6)
    assert arrivals(model, Chain(1, 0), sunday, ZONE) == ()
    hours = Counter(one.at.hour for day in days(model, 100) for one in day)
    assert set(hours) == {9, 11}
    assert hours[11] / hours[9] == pytest.approx(3, rel=0.15)
    assert all(earlier.at <= later.at for day in days(model, 5) for earlier, later in pairwise(day))


def test_days_and_chains_are_independent() -> None:
    one = arrivals(MODEL, Chain(1, 0), MONDAY, ZONE)
    assert one == arrivals(MODEL, Chain(1, 0), MONDAY, ZONE)
    for other in (
        arrivals(MODEL, Chain(1, 1), MONDAY, ZONE),
        arrivals(MODEL, Chain(2, 0), MONDAY, ZONE),
        arrivals(MODEL, Chain(1, 0), MONDAY + timedelta(days=1), ZONE),
    ):
        assert {each.at.time() for each in one}.isdisjoint({each.at.time() for each in other})


def test_more_than_a_scenario_holds_is_refused() -> None:
    flood = MODEL.model_copy(update={"demand": (DemandFactor(factor=100), DemandFactor(factor=10))})
    with pytest.raises(InvalidInput, match=r"About 25,000 reports are to be expected on 2026-07-13"):
        arrivals(flood, Chain(1, 0), MONDAY, ZONE)
