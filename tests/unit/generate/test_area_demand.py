from collections import Counter
from random import Random
from typing import Any

import pytest

from optimizer.domain.policy import DEFAULT_JOB_TYPES
from optimizer.errors import InvalidInput
from optimizer.generate import AreaDemand, generate_scenario, read_demand
from optimizer.generate.area_demand import draw_areas

TABLE = "area,units,failures_per_day\nChangsha,60000,0.001\nXiangtan,12000,0.001\n"
HUNAN = ["Changsha", "Xiangtan"]


def test_a_table_is_read() -> None:
    assert read_demand(TABLE) == (
        AreaDemand("Changsha", 60_000, 0.001),
        AreaDemand("Xiangtan", 12_000, 0.001),
    )


def test_columns_may_stand_in_any_order_and_empty_lines_anywhere() -> None:
    assert read_demand('units, area ,failures_per_day\n\n5,"Changsha, west",1\n,,\n') == (
        AreaDemand("Changsha, west", 5, 1.0),
    )


def test_every_mistake_is_named_with_its_line() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_demand(
            "area,units,failures_per_day\n,5,0.1\nWuhan,many,2\nWuhan,1.5,nan\nWuhan,1,0\nLuoyang,1\n"
        )
    assert [(issue.code, issue.path, issue.line) for issue in caught.value.issues] == [
        ("no-area", "area", 2),
        ("out-of-range", "units", 3),
        ("out-of-range", "failures_per_day", 3),
        ("out-of-range", "failures_per_day", 4),
        ("not-whole", "units", 4),
        ("named-twice", "area", 4),
        ("named-twice", "area", 5),
        ("wrong-cells", "", 6),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "wrong-columns"),
        ("area,units\nWuhan,1\n", "wrong-columns"),
        ("area,units,failures_per_day\n", "no-area"),
        ('area,units,failures_per_day\n"Wuhan,1,0.1\n', "not-csv"),
    ],
)
def test_what_is_no_table_is_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_demand(text)
    assert [issue.code for issue in caught.value.issues] == [code]


def test_jobs_are_units_times_rate_in_the_mean() -> None:
    # 60 + 12 = 72 jobs a day; over 200 seeds the mean strays by about √72 ÷ √200 = 0.6.
    demand = read_demand(TABLE)
    counts = [len(draw_areas(Random(seed), demand, days=1, level=1.0)) for seed in range(200)]
    assert sum(counts) / 200 == pytest.approx(72, abs=3)
    assert len(set(counts)) > 10


def test_no_units_no_jobs() -> None:
    scenario = generate_scenario(
        technicians=2, seed=1, cities=["Wuhan"], demand=[AreaDemand("Wuhan", 0, 0.5)]
    )
    assert scenario.jobs == ()


def test_a_demand_table_says_how_many_jobs_and_where() -> None:
    scenario = generate_scenario(technicians=10, seed=1, days=5, cities=HUNAN, demand=read_demand(TABLE))
    areas = Counter(job.area for job in scenario.jobs)
    # 300 and 60 jobs in five days, give or take four times √300 = 17 and √60 = 8.
    assert areas["Changsha"] == pytest.approx(300, abs=70)
    assert areas["Xiangtan"] == pytest.approx(60, abs=32)
    assert scenario.policy.job_types == DEFAULT_JOB_TYPES  # usual times: the staff may not suffice
    assert [job.area for job in scenario.jobs] == sorted(str(job.area) for job in scenario.jobs)
    again = generate_scenario(technicians=10, seed=1, days=5, cities=HUNAN, demand=read_demand(TABLE))
    assert again == scenario


def test_summer_brings_half_as_many_again() -> None:
    demand = [AreaDemand("Wuhan", 100_000, 0.005)]
    counts = {
        season: len(
            generate_scenario(technicians=5, seed=1, cities=["Wuhan"], demand=demand, season=season).jobs
        )
        for season in ("none", "summer")
    }
    # 500 in the mean; in summer 28 × 1.6 + 46 × 1.8 + 8 × 1.6 + 12 × 0.6 + 6 × 0.9 = 153 of 100.
    assert counts["none"] == pytest.approx(500, abs=90)
    assert counts["summer"] == pytest.approx(765, abs=110)


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ({}, ["jobs-or-demand"]),
        ({"jobs": 5, "demand": [AreaDemand("Centre", 1, 0.1)]}, ["jobs-or-demand"]),
        ({"demand": [AreaDemand("Centre", 1, 0.1)], "load": 2.0}, ["load-with-demand"]),
        ({"demand": [AreaDemand("Wuhan", 1, 0.1), AreaDemand("Centre", 1, 0.1)]}, ["unknown-area"]),
        ({"demand": [AreaDemand("Centre", 1_000_000, 0.1)]}, ["too-many-jobs"]),
    ],
)
def test_what_cannot_be_is_refused(arguments: dict[str, Any], codes: list[str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        generate_scenario(technicians=5, seed=1, **arguments)
    assert [issue.code for issue in caught.value.issues] == codes


def test_chinese_names_mean_the_same_cities() -> None:
    latin = [AreaDemand("Changsha", 60_000, 0.001), AreaDemand("Xiangtan", 12_000, 0.001)]
    mixed = [AreaDemand("长沙", 60_000, 0.001), AreaDemand("xiangtan", 12_000, 0.001)]
    made = [
        generate_scenario(technicians=5, seed=1, cities=HUNAN, demand=demand) for demand in (latin, mixed)
    ]
    assert made[0] == made[1]
    assert {job.area for job in made[1].jobs} == {"Changsha", "Xiangtan"}


def test_two_spellings_of_a_city_are_one_area_too_many() -> None:
    demand = [AreaDemand("武汉", 10, 0.1), AreaDemand("Wuhan", 10, 0.1), AreaDemand("长沙", 10, 0.1)]
    with pytest.raises(InvalidInput) as caught:
        generate_scenario(technicians=5, seed=1, cities=["Wuhan"], demand=demand)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [
        ("named-twice", "demand[1].area"),
        ("unknown-area", "demand[2].area"),
    ]
    assert caught.value.issues[1].action == "Use one of Wuhan, or add it to the cities."


def test_a_table_of_cities_needs_no_list_of_cities() -> None:
    demand = [AreaDemand("武汉", 10_000, 0.001), AreaDemand("Changsha", 10_000, 0.001)]
    named = generate_scenario(technicians=5, seed=1, cities=["Wuhan", "Changsha"], demand=demand)
    assert generate_scenario(technicians=5, seed=1, demand=demand) == named
    town = generate_scenario(technicians=5, seed=1, demand=[AreaDemand("centre", 10_000, 0.001)])
    assert {job.area for job in town.jobs} == {"Centre"}  # no city: the made-up towns
