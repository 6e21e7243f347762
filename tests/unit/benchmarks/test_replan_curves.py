"""Pictures of what each choice after call-offs costs."""

import json
from pathlib import Path

import pytest

from benchmarks.replan_curves import cases_of, curve, draw

CASE = {
    "day": 1,
    "proposals": [
        {"name": "cheapest", "weight": 20, "tell": 9, "cents": 100_000},
        {"name": "nobody else", "weight": 35, "tell": 3, "cents": 120_050},
    ],
}
PRINTED = f"{json.dumps(CASE)}\n{json.dumps({'cases': 1})}\n"


def test_only_cases_are_taken_from_what_was_printed() -> None:
    assert cases_of(PRINTED) == [CASE]


def test_a_curve_goes_from_few_customers_to_many() -> None:
    assert curve(CASE) == [(3, 15, 200.5), (9, 0, 0.0)]


def test_the_picture_is_written(tmp_path: Path) -> None:
    pytest.importorskip(
        "matplotlib", reason="needs the extra 'benchmarks': pip install 'paigong[benchmarks]'"
    )
    draw(cases_of(PRINTED), tmp_path / "curves.png")
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")
