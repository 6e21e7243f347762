"""The benchmark of a week: both ways through one assessor, medians in the table."""

import json

from benchmarks.week import table, worth
from tests.unit.rules.build import at, job, plan, scenario, shift_plan, stop


def line(way: str, seed: int, weight: int, **changes: object) -> dict[str, object]:
    return {
        "instance": "week",
        "seed": seed,
        "seconds": 10.0,
        "way": way,
        "status": "ok",
        "left_weight": weight,
        "left_jobs": 3,
        "cents": 100_000 * seed,
        "clocks_missed": 1,
        "travel_h": 2.5,
        "jobs_a_day": [4, 5],
        "iterations": 1000,
        **changes,
    }


def test_the_table_has_medians_and_spread_and_drops_what_is_not_sound() -> None:
    lines = [line("week", seed, weight) for seed, weight in ((1, 20), (2, 24), (3, 21))]
    lines += [line("days", 1, 40), line("days", 2, 1, status="invalid"), line("days", 3, 42)]
    assert table(json.loads(json.dumps(lines))).splitlines()[2:] == [
        "| week | 10 s | day by day | 41 (40–42) | 3 | ¥2,000 (1,000–3,000) | 1 | 2.5 h | 4 5 | 1,000 | 1 |",
        "| week | 10 s | at once | 21 (20–24) | 3 | ¥2,000 (1,000–3,000) | 1 | 2.5 h | 4 5 | 1,000 | 0 |",
    ]


def test_a_plan_is_worth_what_the_assessor_says_of_the_whole_week() -> None:
    of = scenario(jobs=[job(), job(job_id="J2"), job(job_id="J3", priority="flexible")], days=2)
    made = plan(of, [shift_plan([stop("J1", at("09:30"), at("10:30"))])])
    found = worth(of, made)
    assert found["left_weight"] == 2 + 1  # a normal job and one that can wait
    assert found["left_by_class"] == {"normal": 1, "flexible": 1}
    assert found["jobs_a_day"] == [1, 0]
    assert found["findings"]  # a plan by hand has no travel data
