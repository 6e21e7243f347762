"""How long is searched."""

import pytest

from optimizer.cli.limits import stop_of
from optimizer.control import AnyOf, Iterations, Seconds, Stagnation, Stop


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


def test_few_jobs_end_early_unless_a_limit_is_given() -> None:
    # 200,000 iterations and 20,000 for each of 2 jobs
    assert stop_of(None, None, usual_s=10.0, jobs=2) == AnyOf((Seconds(10.0), Stagnation(240_000)))
    assert stop_of(3.0, None, usual_s=10.0, jobs=2) == Seconds(3.0)
    assert stop_of(None, 100, usual_s=10.0, jobs=2) == Iterations(100)
