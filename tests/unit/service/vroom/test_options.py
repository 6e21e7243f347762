import os
from typing import Any

import pytest

from optimizer.control import AnyOf, Seconds, Stagnation
from service.vroom.options import search_of


@pytest.mark.parametrize(
    ("options", "seconds", "stale", "threads"),
    [
        (None, 5.0, 50_500, 1),  # VROOM's usual level is 5; 50,000 and 500 for the one job
        ({}, 5.0, 50_500, 1),
        ({"x": 0, "t": 0}, 0.1, 1_010, 1),
        ({"x": -3, "l": None}, 0.1, 1_010, 1),
        ({"x": 9, "l": 0.5}, 0.5, 50_500, 1),
        ({"x": 2.0, "l": -1}, 0.5, 5_050, 1),
        ({"l": 1000, "t": 10_000}, 20.0, 50_500, os.cpu_count()),  # more than there is
    ],
)
def test_options_say_how_a_request_is_searched(
    options: dict[str, Any] | None, seconds: float, stale: int, threads: int
) -> None:
    raw = {"jobs": [{}]} if options is None else {"jobs": [{}], "options": options}
    assert search_of(raw, 20.0) == (AnyOf((Seconds(seconds), Stagnation(stale))), threads)
