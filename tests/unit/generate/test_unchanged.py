"""Without its newer options the generator gives the bytes it has always given: benchmarks are compared over years."""

import hashlib
from typing import Any

import pytest

from optimizer.generate import generate_scenario
from optimizer.interchange.scenario_text import scenario_json


# Taken before cities, demand tables and seasons were added.
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            {"technicians": 20, "jobs": 100, "seed": 1},
            "25e690b27f27d2a56d33dad035cdc3833c5c11dd08eb65f4c847d8377cad43a1",
        ),
        (
            {"technicians": 5, "jobs": 40, "seed": 7, "days": 3, "load": 1.5},
            "99d8084cd87bbad7a36a0c68cd1fdb612718a0243ba5768c420df6292cec8fe3",
        ),
    ],
)
def test_the_bytes_of_existing_calls(arguments: dict[str, Any], expected: str) -> None:
    made = scenario_json(generate_scenario(**arguments))
    assert hashlib.sha256(made.encode()).hexdigest() == expected
