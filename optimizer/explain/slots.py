"""Every slot of the jobs left out, and all codes that stop a job in it, each found by itself.

A slot is a shift and one window of the job that lies in it; a trip that somebody makes counts as one shift beside its
days. The codes that forbid the pair and what lacks in the
route are looked at independently: also where a pair is forbidden it is known whether there would be room.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.engines.lns.obstacle import BARS, CENTS, TIME, Lack
from optimizer.engines.lns.state import NEVER
from optimizer.explain.bench import Bench
from optimizer.explain.codes import BAR_CODES, TIME_CODES, WORTH, Codes, first_by_weight
from optimizer.explain.outings import rows_in_use
from optimizer.explain.tied_slots import TiedSlots, add_ties
from optimizer.rules.approved_days import approved_days
from optimizer.rules.promise import RULE as PROMISE
from optimizer.rules.promise import standing_promises
from optimizer.rules.settings import params_of


class JobSlots(NamedTuple):
    """The slots of one job, one entry a slot, by shift and then window."""

    job: int
    shift: NDArray[np.int32]
    window: NDArray[np.int32]
    """Row of the problem's windows."""
    mask: NDArray[np.int64]
    """Codes that stop the job, see `Codes`."""
    found: NDArray[np.int64]
    """What `examine` found."""
    tied: TiedSlots | None = None
    """What ties it to other jobs and people; none: nothing."""

    def several(self) -> NDArray[np.bool_]:
        """Return which slots more than one code stops."""
        return np.asarray((self.mask & (self.mask - 1)) != 0)

    def of_shifts(self, shifts: Sequence[int]) -> "JobSlots":
        """Return the slots of some shifts alone."""
        kept = np.isin(self.shift, shifts)
        return JobSlots(
            self.job, self.shift[kept], self.window[kept], self.mask[kept], self.found[kept], self.tied
        )


def own_window_codes(compiled: Compiled) -> dict[str, str]:
    """Return what fixes the time of a job, where it is not an agreed window: job id → code."""
    scenario = compiled.scenario
    promised = {
        promise.job_id: "PROMISE"
        for promise, _, _ in standing_promises(scenario, compiled.timeline)
        if params_of(PROMISE, scenario.policy).active
    }
    approved = {
        visit.job_id: "APPROVED" for one in approved_days(scenario) for visit in one.visits if not visit.part
    }
    return promised | approved | {pin.job_id: "PINNED" for pin in scenario.pins if pin.start is not None}


def job_slots(
    compiled: Compiled,
    bench: Bench,
    codes: Codes,
    jobs: Sequence[int],
    *,
    people: NDArray[np.int32] | None = None,
    timed: bool = True,
) -> Iterator[JobSlots]:
    """Yield the slots of left-out jobs, in the order of `jobs`.

    Parameters
    ----------
    compiled : the question
    bench : its routes
    codes : see `all_codes`
    jobs : rows of left-out jobs
    people : the rows of people's routes that are looked at; none: all days, and the trips that somebody makes
    timed : whether slots that no tie stops by itself are timed with all ties; else they may be stopped all the same
    """
    if not jobs:
        return
    if people is None:
        people = rows_in_use(compiled, bench.routes.stops)
    rows, found = _examined(bench, jobs, people)
    order = np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))
    rows, found = rows[order], found[order]
    own = own_window_codes(compiled)
    own_bit = np.zeros(len(compiled.names.jobs), np.int64)
    for job in jobs:
        own_bit[job] = codes.bit(own.get(compiled.names.jobs[job], "APPOINTMENT"))
    mask = _masks(compiled, codes, rows, found, own_bit)
    ties = add_ties(compiled, bench, codes, jobs, rows=rows, mask=mask, found=found, timed=timed)
    first = np.searchsorted(rows[:, 0], jobs, "left").tolist()
    last = np.searchsorted(rows[:, 0], jobs, "right").tolist()
    for job, a, b in zip(jobs, first, last, strict=True):
        yield JobSlots(job, rows[a:b, 1], rows[a:b, 2], mask[a:b], found[a:b], ties.get(job))


def _examined(
    bench: Bench, jobs: Sequence[int], people: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return all slots as (job, shift, window) and what was found there, one window of every job at a time."""
    # A served job that is taken out has its own windows again.
    p = bench.with_ties
    parts, results = [np.zeros((0, 3), np.int32)], [bench.examine(np.zeros((0, 2), np.int32))]
    for rank in range(int(np.diff(p.window_ptr)[list(jobs)].max())):
        some = np.array([job for job in jobs if p.window_ptr[job + 1] - p.window_ptr[job] > rank], np.int32)
        windows = p.window_ptr[some] + rank
        opens, closes = p.window_open[windows], p.window_close[windows]
        inside = (opens[:, None] <= p.latest_end_s[people]) & (closes[:, None] >= p.start_s[people])
        which, columns = np.nonzero(inside)
        shifts = people[columns]
        spans = {int(job): [(int(a), int(b))] for job, a, b in zip(some, opens, closes, strict=True)}
        with bench.starting(spans):
            results.append(bench.examine(np.stack([some[which], shifts], axis=1)))
        parts.append(np.stack([some[which], shifts, windows[which]], axis=1).astype(np.int32))
    return np.concatenate(parts), np.concatenate(results)


def _masks(
    compiled: Compiled,
    codes: Codes,
    rows: NDArray[np.int32],
    found: NDArray[np.int64],
    own_bit: NDArray[np.int64],
) -> NDArray[np.int64]:
    p = compiled.problem
    job, shift = rows[:, 0], rows[:, 1]
    mask = p.forbidden[job, shift].astype(np.int64)
    for lack, code in TIME_CODES.items():
        mask[found[:, TIME] == lack] |= codes.bit(code)
    own = (found[:, TIME] == Lack.OWN_WINDOW) | (found[:, TIME] == Lack.NO_WINDOW)
    mask[own] |= own_bit[job[own]]
    for bar, code in BAR_CODES.items():
        mask[(found[:, BARS] & bar) != 0] |= codes.bit(code)
    room = (found[:, TIME] < 0) & (found[:, BARS] == 0) & (found[:, CENTS] < NEVER)
    dear = room & ~(first_by_weight(p)[job]) & (found[:, CENTS] >= p.unserved_cents[job])
    mask[dear] |= codes.bit(WORTH)
    return mask
