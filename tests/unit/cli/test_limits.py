"""How long is searched."""

import pytest

from optimizer.cli.limits import stop_of
from optimizer.control import AnyOf, Iterations, Seconds, Stop


@pytest.mark.parametrize(
    ("seconds", "iterations", "stop"),
    [
        (None, None, Seconds(10.0)),
        (2.5, None, Seconds(2.5)),
        (None, 100, Iterations(100)),  # no clock: the same result each time
        (2.5, 100, AnyOf((Seconds(2.5), Iterations(100)))),
    ],
)
def test_the_limits_given_or_the_usual_time(
    seconds: float | None, iterations: int | None, stop: Stop
) -> None:
    assert stop_of(seconds, iterations, usual_s=10.0) == stop
