from collections import Counter

import pytest

from optimizer.generate import generate_scenario
from optimizer.generate.demand import TYPES
from optimizer.generate.season import FACTORS, level, seasonal


def test_the_four_seasons_make_a_year() -> None:
    for name in TYPES:
        assert sum(factors[name] for factors in FACTORS.values()) == pytest.approx(4.0)


def test_no_season_changes_nothing() -> None:
    assert seasonal(TYPES, "none") == TYPES
    assert level(TYPES, "none") == 1.0


def test_a_level_by_hand() -> None:
    # Three repairs to one cleaning; in summer 3 × 1.8 + 1 × 0.6 = 6.0 of 4.
    assert level({"repair": 3, "maintenance": 1}, "summer") == pytest.approx(1.5)


def test_cleaning_comes_in_spring_and_repairs_in_summer() -> None:
    made = {
        season: Counter(
            job.type for job in generate_scenario(technicians=20, jobs=500, seed=2, season=season).jobs
        )
        for season in FACTORS
    }
    assert max(made, key=lambda season: made[season]["maintenance"]) == "spring"
    # Of 100 jobs of the year 46 are repairs: 82.8 ÷ 153 in summer, 27.6 ÷ 75.2 in autumn.
    assert made["summer"]["repair"] > made["autumn"]["repair"]
    assert all(sum(counts.values()) == 500 for counts in made.values())
