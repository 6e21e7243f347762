"""The simulator of days against the formulas of queueing, where a day is a queue of theirs (M/M/c)."""

from datetime import datetime

import pytest

from optimizer.whatif.queueing import mean_wait, probability_of_waiting
from optimizer.whatif.statistics import Ratios, mean_interval, paired_difference
from tests.unit.rules.build import at
from tests.unit.whatif.simulate.one_queue import MEAN_MIN, QueueDay, Served

FROM = at("03:00")
"""Calls before that do not count: the queue is empty at first. From then on the mean wait until nine in the evening is
less than 1 % below that of a queue without beginning (its equations solved step by step), who waits less than 0.2 %."""
CHAINS = 40
TOGETHER = 1 - 0.05 / 6
"""So surely each of the six intervals of a kind holds, so that all of them do with 95 % (Bonferroni)."""


def idle_while_one_waits(served: list[Served], people: int) -> list[tuple[Served, datetime]]:
    """Return the calls that waited though somebody had nothing to do, and when.

    Who is idle is so from the moment a call comes in or work ends, so only these are looked at.
    """
    moments = {moment for one in served for moment in (one.came, one.ended)}
    return [
        (call, moment)
        for call in served
        for moment in moments
        if call.came <= moment < call.began and at_work(served, moment) != people
    ]


def at_work(served: list[Served], moment: datetime) -> int:
    return sum(one.began <= moment < one.ended for one in served)


@pytest.mark.parametrize(("load", "people"), [(0.4, 1), (1.2, 3)])
def test_nobody_is_idle_while_a_call_waits(load: float, people: int) -> None:
    """What makes a queue of a department; with calls at random and exponential work it is M/M/c."""
    day = QueueDay(load, people, 0)
    served, by_hand = day.by_simulation(), day.by_hand()
    assert len(served) == len(by_hand) > 20
    assert not idle_while_one_waits(served, people)
    assert max(at_work(served, one.began) for one in served) == people
    # Each call takes what chance says, however often it was planned again.
    assert [one.ended - one.began for one in served] == [one.ended - one.began for one in by_hand]
    waits = [one.waited_s > 0 for one in served]
    assert 0 < sum(waits) < len(waits)
    if people == 1:  # in whichever order they are taken, the one person is busy at the same times
        assert waits == [one.waited_s > 0 for one in by_hand]


@pytest.mark.full
@pytest.mark.parametrize(("load", "people"), [(0.4, 1), (1.2, 2), (1.8, 3)])
def test_as_many_wait_as_erlang_says_and_as_long(load: float, people: int) -> None:
    """And as in a queue of the very same calls, which is much the sharper test: what chance does to both drops out."""
    days = [QueueDay(load, people, number) for number in range(CHAINS)]
    simulated = figures([counted(day.by_simulation()) for day in days])
    by_hand = figures([counted(day.by_hand()) for day in days])
    expected = (probability_of_waiting(load, people), mean_wait(load, people, MEAN_MIN))
    for formula, found, same in zip(expected, simulated, by_hand, strict=True):
        interval, difference = (
            mean_interval(found, TOGETHER),
            paired_difference(same, found, TOGETHER).difference,
        )
        told, off = interval.at(0.95), difference.at(0.95)
        print(
            f"load {load}, {people} people: {formula:.3f}, simulated {told.mean:.3f} ± {told.half_width:.3f},"
            f" from the same calls by hand {off.mean:+.4f} ± {off.half_width:.4f}"
        )
        assert interval.low <= formula <= interval.high
        assert difference.low <= 0 <= difference.high
        assert off.half_width < 0.1 * formula


def counted(served: list[Served]) -> list[Served]:
    return [one for one in served if one.came >= FROM]


def figures(chains: list[list[Served]]) -> tuple[Ratios, Ratios]:
    """Return who waits, and for how many minutes, by chain."""
    calls = [len(chain) for chain in chains]
    waiting = [sum(one.waited_s > 0 for one in chain) for chain in chains]
    minutes = [sum(one.waited_s / 60 for one in chain) for chain in chains]
    return Ratios(waiting, calls), Ratios(minutes, calls)
