"""Searches share the time that is left when they begin."""

import pytest

from optimizer.control import Iterations, Seconds
from optimizer.domain.proposal import ProposalName
from optimizer.replan.shares import SEARCHES, Shares


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a clock that stands still; its one number is the present time."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    return now


def seconds(of: Shares, name: ProposalName) -> float:
    stop = of.of(name)
    assert isinstance(stop, Seconds)
    return stop.seconds


def test_shares_are_of_the_time_that_is_left(clock: list[float]) -> None:
    of = Shares(Seconds(10))
    first, share = SEARCHES[0]
    assert seconds(of, first) == pytest.approx(10 * share)
    clock[0] += 5
    last, before = SEARCHES[-1], SEARCHES[-2]
    assert seconds(of, before[0]) == pytest.approx(5 * min(0.5, before[1] / (before[1] + last[1])))
    assert seconds(of, last[0]) == pytest.approx(2.5)  # both halves of it end with the time


def test_what_has_not_begun_in_time_is_not_looked_for(clock: list[float]) -> None:
    of = Shares(Seconds(10))
    clock[0] += 10
    assert of.of("between") is None


def test_iterations_are_each_search_s_own(clock: list[float]) -> None:
    of = Shares(Iterations(40))
    clock[0] += 1_000
    assert {of.of(name) for name, _ in SEARCHES} == {Iterations(40)}


def test_the_shares_are_all_of_it() -> None:
    assert sum(share for _, share in SEARCHES) == pytest.approx(1)
