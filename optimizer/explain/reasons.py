"""Why jobs are left out: every slot counted, by code alone and jointly, and what those lack who may do the job."""

from collections.abc import Sequence
from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.domain.reasons import Block, Obstacle, RuledOut, UnservedReason
from optimizer.engines.lns.obstacle import BARS, CENTS, LACK_S, TIME
from optimizer.engines.lns.state import NEVER
from optimizer.explain.bench import Bench
from optimizer.explain.codes import TIE_CODES, WORTH, Codes, all_codes
from optimizer.explain.lacking import Lacking
from optimizer.explain.laid_out import laid_out
from optimizer.explain.outings import first_shift, last_shift
from optimizer.explain.seats import seat_reasons
from optimizer.explain.shortfalls import shortfalls
from optimizer.explain.slots import JobSlots, job_slots, own_window_codes
from optimizer.explain.staying_out import staying_out
from optimizer.explain.windows import window_of
from optimizer.problem import FAR, Routes
from optimizer.rules.long_jobs import long_jobs
from optimizer.rules.precedence import RULE as PRECEDENCE
from optimizer.rules.settings import params_of
from optimizer.words.obstacles import obstacle_words
from optimizer.words.reasons import reason_words

CLOSEST = 5
"""Obstacles that a plan's reasons name; all slots are counted."""
NoSlot = Literal["nobody_works", "no_common_moment", "pin", "approval", "promise", "windows"]
"""Why a job has no slot at all, see `UnservedReason.no_slot`."""
OWN_TIMES: Final[dict[str, NoSlot]] = {"PINNED": "pin", "APPROVED": "approval", "PROMISE": "promise"}
"""What fixes the time of a job, where it is not an agreed window, by code."""


def unserved_reasons(compiled: Compiled, routes: Routes) -> tuple[UnservedReason, ...]:
    """Return why each left-out job is left out, in scenario order, with the obstacles of the closest slots.

    Parameters
    ----------
    compiled : the question
    routes : the plan's routes
    """
    if not routes.unserved:
        return ()
    return reasons_on(*laid_out(compiled, routes), routes.unserved, obstacles=CLOSEST)


def reasons_on(
    compiled: Compiled, bench: Bench, jobs: Sequence[int], *, obstacles: int | None = None
) -> tuple[UnservedReason, ...]:
    """Return why these jobs are left out of the routes on a bench.

    Parameters
    ----------
    compiled : the question, laid out
    bench : its routes
    jobs : rows of left-out jobs
    obstacles : how many obstacles are named for each, the closest first; none: all
    """
    writer = ReasonWriter(compiled, bench, obstacles)
    return tuple(writer.reason(slots) for slots in job_slots(compiled, bench, writer.codes, jobs))


def blocks_of(codes: Codes, slots: JobSlots, lacking: Lacking) -> tuple[Block, ...]:
    """Return how often each code stops a job, alone and with others, the most frequent first."""
    several = slots.several()
    stopped = int(np.bitwise_or.reduce(slots.mask)) if len(slots.mask) else 0
    blocks = []
    for code in codes.of(stopped):
        hit = (slots.mask & codes.bit(code)) != 0
        alone, jointly = int((hit & ~several).sum()), int((hit & several).sum())
        names = lacking.names(slots.job, code, slots.shift[hit])
        blocks.append(Block(code=code, alone=alone, jointly=jointly, names=names))
    return tuple(sorted(blocks, key=lambda block: -block.alone - block.jointly))


class ReasonWriter:
    """Writes the reasons of one plan.

    Parameters
    ----------
    compiled : the question, laid out
    bench : its routes
    obstacles : how many obstacles are named for each job, the closest first; none: all
    """

    def __init__(self, compiled: Compiled, bench: Bench, obstacles: int | None) -> None:
        self._compiled = compiled
        self._most = obstacles
        self._bench = bench
        self.codes: Codes = all_codes(compiled)
        self._ties = sum(self.codes.bit(code) for code in TIE_CODES)
        self._own = own_window_codes(compiled)
        self._lacking = Lacking(compiled)
        params = params_of(PRECEDENCE, compiled.scenario.policy)
        self._too_long = (
            long_jobs(compiled.scenario, params.longest_part_min).too_long if params.active else {}
        )
        shifts = compiled.shifts
        self._who = np.array([one.key.technician_id for one in shifts], object)
        days = sorted({one.key.day for one in shifts})
        self._days = days
        self._day = np.array([days.index(one.key.day) for one in shifts], np.int64)
        self._words: dict[int, tuple[str, ...]] = {}
        self._window = cache(lambda row: window_of(compiled, row))

    def reason(self, slots: JobSlots) -> UnservedReason:
        """Return why one job is left out.

        Parameters
        ----------
        slots : all slots of the job, or some of them
        """
        names = self._compiled.names
        forbidden = self._compiled.problem.forbidden[slots.job]
        several = slots.several()
        blocks = blocks_of(self.codes, slots, self._lacking)
        able = np.flatnonzero(forbidden[slots.shift] == 0)
        nearest = able[self._order(slots, able)][: self._most]
        obstacles = tuple(self._obstacle(slots, i) for i in nearest.tolist())
        reason = UnservedReason(
            job_id=names.jobs[slots.job],
            sentence="",
            no_slot=None if len(slots.shift) else self._no_slot(slots.job),
            slots=len(slots.shift),
            shifts=len(np.unique(slots.shift)),
            jointly=int(several.sum()),
            free=int((slots.mask == 0).sum()),
            blocks=blocks,
            obstacles=obstacles,
            ruled_out=self._ruled_out(slots, forbidden[: len(self._compiled.shifts)].astype(np.int64)),
            seats=() if slots.tied is None else seat_reasons(self._compiled, slots.tied),
            out=staying_out(self._compiled, self._bench, slots.job, tied=slots.tied is not None),
            days=self._too_long.get(names.jobs[slots.job], 0),
            after=() if slots.tied is None else tuple(names.jobs[one] for one in slots.tied.missing),
        )
        return reason.model_copy(update={"sentence": reason_words(reason)})

    def _order(self, slots: JobSlots, able: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how these slots are put in order: with room the cheapest, else with few lacks, little time first."""
        mask, found = slots.mask[able], slots.found[able]
        no_room = (mask != 0) & (mask != self.codes.bit(WORTH))
        return np.lexsort(
            (
                found[
                    :, CENTS
                ],  # of equally close ones who is cheapest otherwise, as by force and for the change
                found[:, LACK_S],
                found[:, TIME] < 0,
                (mask & self._ties) == 0,
                np.bitwise_count(mask),
                np.where(no_room, 0, found[:, CENTS]),
                no_room,
            )
        )

    def _obstacle(self, slots: JobSlots, i: int) -> Obstacle:
        row = int(slots.shift[i])
        key = first_shift(self._compiled, row).key
        until = last_shift(self._compiled, row).key.day
        found = slots.found[i]
        lack_s = int(found[LACK_S])
        timed = found[TIME] >= 0 and 0 < lack_s < FAR // 2
        codes = self._of(int(slots.mask[i]))
        lacking = shortfalls(self._compiled, self._bench, self._own, slots, i, codes)
        tied = any(code in TIE_CODES for code in codes)
        cents = NEVER if tied else int(found[CENTS])
        dear = not lacking and slots.mask[i] != 0
        obstacle = Obstacle(
            technician_id=key.technician_id,
            day=key.day,
            until=until if until != key.day else None,
            window=self._window(int(slots.window[i])),
            codes=codes,
            over_min=round(lack_s / 60, 1) if timed else None,
            cents=cents if cents < NEVER and not found[BARS] else None,
            unserved_cents=int(self._compiled.problem.unserved_cents[slots.job]) if dear else None,
            shortfalls=lacking,
            sentence="",
        )
        return obstacle.model_copy(update={"sentence": obstacle_words(obstacle)})

    def _ruled_out(self, slots: JobSlots, mask: NDArray[np.int64]) -> tuple[RuledOut, ...]:
        own = self.codes.bit(self._own.get(self._compiled.names.jobs[slots.job], "APPOINTMENT"))
        outside = np.ones(len(mask), np.bool_)
        outside[slots.shift[slots.shift < len(mask)]] = False
        mask[outside] |= own
        out = np.flatnonzero(mask)
        kinds, of = np.unique(self._day[out] << 56 | mask[out], return_inverse=True)
        return tuple(
            RuledOut(
                day=self._days[int(kind) >> 56],
                technician_ids=tuple(self._who[out[of == i]].tolist()),
                codes=self._of(int(kind) & ((1 << 56) - 1)),
            )
            for i, kind in enumerate(kinds)
        )

    def _of(self, mask: int) -> tuple[str, ...]:
        if mask not in self._words:
            self._words[mask] = self.codes.of(mask)
        return self._words[mask]

    def _no_slot(self, job: int) -> NoSlot:
        p, name = self._compiled.problem, self._compiled.names.jobs[job]
        if not self._compiled.shifts:
            return "nobody_works"
        if p.window_ptr[job] == p.window_ptr[job + 1]:
            return "no_common_moment"
        return OWN_TIMES.get(self._own.get(name, ""), "windows")
