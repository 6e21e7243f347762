from datetime import datetime, timedelta
from math import exp
from random import Random
from zoneinfo import ZoneInfo

import pytest

from optimizer.domain.demand_chances import TravelChances
from optimizer.whatif.demand.fit_travel import fit_travel
from optimizer.whatif.demand.history import Visit

FIRST = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def legs(days: int, a_day: int, *, day_spread: float, leg_spread: float) -> list[Visit]:
    rng = Random(6)
    found = []
    for ahead in range(days):
        traffic = rng.gauss(0, day_spread)
        for _ in range(a_day):
            real = 20 * exp(traffic + rng.gauss(0, leg_spread))
            at = FIRST + timedelta(days=ahead)
            found.append(Visit(at, None, None, "repair", "no_access", 1, at, None, None, None, 20, real))
    return found


@pytest.mark.parametrize(("day_spread", "leg_spread"), [(0.0, 0.3), (0.2, 0.3), (0.2, 0.05)])
def test_days_and_legs_are_told_apart_even_with_two_legs_a_day(day_spread: float, leg_spread: float) -> None:
    fitted, said = fit_travel(
        legs(400, 2, day_spread=day_spread, leg_spread=leg_spread), TravelChances(day_spread=0.5)
    )
    # Each spread strays by about itself ÷ √800, that of the days also by what two legs leave of theirs.
    assert fitted.leg_spread == pytest.approx(leg_spread, rel=4.5 / 800**0.5)
    assert fitted.day_spread == pytest.approx(day_spread, abs=0.09 if day_spread == 0 else 0.04)
    of_days = next(one for one in said if one.parameter == "travel.day_spread")
    assert of_days.low is not None
    assert (of_days.low > 0) == (day_spread > 0)


def test_few_days_tell_nothing() -> None:
    before = TravelChances(day_spread=0.5)
    fitted, said = fit_travel(legs(14, 50, day_spread=0.2, leg_spread=0.3), before)
    assert fitted == before
    assert {one.kept for one in said} == {True}
    assert said[0].sentence == (
        "Kept at 1: the history has 14 days with legs, of 700 legs in all, and it takes 15."
    )
