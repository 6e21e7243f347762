"""The state of a search: one order of units, the routes that follow from it, and their times."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.order.tables import Tables
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

CENTS, LATE, WORST, OUT_PRICE, OUT_WEIGHT, OUT_CENTS, SERVED = range(7)
"""Places in `State.total`: cents of routes, lateness in it, seconds of the longest lateness, working price of what is
left out, its weight, its cents, units in the order."""

JOURNAL, LOGGED, DIRTY, ENDING, RESCAN, BETTER = range(6)
"""Places in `State.tally`: entries of the journal, of the log, marked units, routes whose end is to be timed, whether
the longest lateness must be looked for, how often the best was beaten."""


class State(NamedTuple):
    """Arrays the search changes."""

    order: NDArray[np.int32]
    """(place,) units in the order in which they are timed; `SERVED` of them."""
    at: NDArray[np.int32]
    """(unit,) place in `order`, -1 when left out."""
    shift: NDArray[np.int32]
    """(job row,) who makes it, -1 for nobody."""
    prev: NDArray[np.int32]
    """(job row,) the visit before it in its route, -1 for the start place."""
    next: NDArray[np.int32]
    """(job row,) the visit after it, -1 for the end place."""
    head: NDArray[np.int32]
    """(shift,) first visit, -1 for none."""
    tail: NDArray[np.int32]
    """(shift,) last visit, -1 for none."""
    visits: NDArray[np.int64]
    """(shift,) visits; kept where there is a limit."""
    driven: NDArray[np.int64]
    """(shift,) seconds driven; kept where there is a limit."""
    work: NDArray[np.int64]
    """(shift,) seconds of driving, set-up and service; kept where there is a limit."""
    start: NDArray[np.int64]
    """(job row,) start of service."""
    end: NDArray[np.int64]
    """(job row,) end of service."""
    rested: NDArray[np.int64]
    """(job row,) rests of its shift that are taken by then."""
    forced: NDArray[np.int64]
    """(job row,) rests that must be taken on the way to it."""
    floor: NDArray[np.int64]
    """(job row,) earliest start by ties, for leads while they are timed."""
    late: NDArray[np.int64]
    """(job row,) cents of lateness."""
    over: NDArray[np.int64]
    """(job row,) seconds beyond the first step."""
    back: NDArray[np.int64]
    """(shift,) cents of overtime."""
    want: NDArray[np.int32]
    """(job row,) the shift a move has in mind, -1 for none yet."""
    dirty: NDArray[np.bool_]
    """(unit,) whether it must be timed anew."""
    ending: NDArray[np.int32]
    """(entry,) shifts whose end must be timed anew."""
    is_ending: NDArray[np.bool_]
    """(shift,) whether it stands in `ending`."""
    journal: NDArray[np.int32]
    """(entry, 4) what a move changed: kind, row or unit, shift or place, visit before."""
    log: NDArray[np.int64]
    """(entry, 6) times before a move: row (or -1 - shift), start, end, rested, late, over."""
    total: NDArray[np.int64]
    """Sums, see `CENTS` and its fellows."""
    kept: NDArray[np.int64]
    """(depth, sum) the sums before a move, and before a trial within it."""
    price: NDArray[np.int64]
    """(unit,) working price of leaving it out."""
    tally: NDArray[np.int64]
    """Counts, see `JOURNAL` and its fellows."""
    best: NDArray[np.int64]
    """(2,) weight and cents of the best plan."""
    best_order: NDArray[np.int32]
    """(place,) its order, -1 behind the last."""
    best_shift: NDArray[np.int32]
    """(job row,) who makes each visit in it."""
    random: NDArray[np.uint64]
    """(1,) state of the random numbers."""
    tried: NDArray[np.int64]
    """(move, 2) how often each move was tried and accepted."""
    bank: NDArray[np.int32]
    """(entry,) visits or units that a move has taken out."""


def make_state(problem: Problem, tables: Tables, seed: int) -> State:
    """Return a state in which everything is left out.

    Parameters
    ----------
    problem : the compiled question
    tables : its lookups
    seed : any whole number from 0
    """
    rows, shifts, units = len(problem.place), len(problem.profile), len(tables.row_ptr) - 1
    mixed = (seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) & 0xFFFFFFFFFFFFFFFF

    def full(size: int, value: int) -> NDArray[np.int32]:
        return np.full(size, value, np.int32)

    return State(
        order=full(units, -1),
        at=full(units, -1),
        shift=full(rows, -1),
        prev=full(rows, -1),
        next=full(rows, -1),
        head=full(shifts, -1),
        tail=full(shifts, -1),
        visits=np.zeros(shifts, np.int64),
        driven=np.zeros(shifts, np.int64),
        work=np.zeros(shifts, np.int64),
        start=np.zeros(rows, np.int64),
        end=np.zeros(rows, np.int64),
        rested=np.zeros(rows, np.int64),
        forced=np.zeros(rows, np.int64),
        floor=np.zeros(rows, np.int64),
        late=np.zeros(rows, np.int64),
        over=np.zeros(rows, np.int64),
        back=np.zeros(shifts, np.int64),
        want=full(rows, -1),
        dirty=np.zeros(units, np.bool_),
        ending=full(shifts, -1),
        is_ending=np.zeros(shifts, np.bool_),
        journal=np.zeros((8 * rows + 64, 4), np.int32),
        log=np.zeros((12 * (rows + shifts) + 64, 6), np.int64),
        total=np.zeros(7, np.int64),
        kept=np.zeros((2, 7), np.int64),
        price=np.zeros(units, np.int64),
        tally=np.zeros(6, np.int64),
        best=np.full(2, 1 << 62, np.int64),
        best_order=full(units, -1),
        best_shift=full(rows, -1),
        random=np.array([mixed | 1], np.uint64),
        tried=np.zeros((8, 2), np.int64),
        bank=full(rows, -1),
    )


@kernel
def uniform(s: State) -> float:
    """Return a random number in [0, 1) (xorshift64*: Vigna 2016, doi 10.1145/2845077)."""
    x = s.random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    s.random[0] = x
    return float((x * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(11)) / 9007199254740992.0


@kernel
def below(s: State, n: int) -> int:
    """Return a random whole number from 0 to n - 1."""
    return int(uniform(s) * n)
