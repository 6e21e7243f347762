"""Why jobs are left out: every slot counted, by code alone and jointly, and what those lack who may do the job."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.domain.reasons import Block, Obstacle, RuledOut, UnservedReason
from optimizer.engines.lns.obstacle import BARS, CENTS, LACK_S, TIME
from optimizer.engines.lns.state import NEVER
from optimizer.explain.bench import Bench
from optimizer.explain.obstacle_words import obstacle_words
from optimizer.explain.slots import WORTH, Codes, JobSlots, all_codes, job_slots, own_window_codes
from optimizer.explain.windows import window_of
from optimizer.explain.words import listed, phrase
from optimizer.problem import FAR, Routes

CLOSEST = 5
"""Obstacles that a plan's reasons name; all slots are counted."""
NAMED = 3
"""Single reasons that a sentence names at most; all of them are counted."""


def unserved_reasons(compiled: Compiled, routes: Routes) -> tuple[UnservedReason, ...]:
    """Return why each left-out job is left out, in scenario order, with the obstacles of the closest slots.

    Parameters
    ----------
    compiled : the question
    routes : the plan's routes
    """
    if not routes.unserved:
        return ()
    return reasons_on(compiled, Bench(compiled.problem, routes), routes.unserved, obstacles=CLOSEST)


def reasons_on(
    compiled: Compiled, bench: Bench, jobs: Sequence[int], *, obstacles: int | None = None
) -> tuple[UnservedReason, ...]:
    """Return why these jobs are left out of the routes on a bench.

    Parameters
    ----------
    compiled : the question
    bench : its routes
    jobs : rows of left-out jobs
    obstacles : how many obstacles are named for each, the closest first; none: all
    """
    writer = _Writer(compiled, bench, obstacles)
    return tuple(writer.reason(slots) for slots in job_slots(compiled, bench, writer.codes, jobs))


def blocks_of(codes: Codes, slots: JobSlots) -> tuple[Block, ...]:
    """Return how often each code stops a job, alone and with others, the most frequent first."""
    several = slots.several()
    stopped = int(np.bitwise_or.reduce(slots.mask)) if len(slots.mask) else 0
    blocks = []
    for code in codes.of(stopped):
        hit = (slots.mask & codes.bit(code)) != 0
        alone, jointly = int((hit & ~several).sum()), int((hit & several).sum())
        blocks.append(Block(code=code, alone=alone, jointly=jointly))
    return tuple(sorted(blocks, key=lambda block: -block.alone - block.jointly))


class _Writer:
    """Writes the reasons of one plan."""

    def __init__(self, compiled: Compiled, bench: Bench, obstacles: int | None) -> None:
        self._compiled = compiled
        self._most = obstacles
        self._routes = bench.routes
        self.codes: Codes = all_codes(compiled)
        self._own = own_window_codes(compiled)
        shifts = compiled.shifts
        self._who = np.array([one.key.technician_id for one in shifts], object)
        days = sorted({one.key.day for one in shifts})
        self._days = days
        self._day = np.array([days.index(one.key.day) for one in shifts], np.int64)
        self._words: dict[int, tuple[str, ...]] = {}
        self._window = cache(lambda row: window_of(compiled, row))

    def reason(self, slots: JobSlots) -> UnservedReason:
        """Return why one job is left out."""
        names = self._compiled.names
        forbidden = self._compiled.problem.forbidden[slots.job]
        several = slots.several()
        blocks = blocks_of(self.codes, slots)
        able = np.flatnonzero(forbidden[slots.shift] == 0)
        nearest = able[self._order(slots, able)][: self._most]
        obstacles = tuple(self._obstacle(slots, i) for i in nearest.tolist())
        return UnservedReason(
            job_id=names.jobs[slots.job],
            sentence=self._summary(slots, blocks, int(several.sum()), obstacles),
            slots=len(slots.shift),
            jointly=int(several.sum()),
            free=int((slots.mask == 0).sum()),
            blocks=blocks,
            obstacles=obstacles,
            ruled_out=self._ruled_out(slots, forbidden.astype(np.int64)),
        )

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
                np.bitwise_count(mask),
                np.where(no_room, 0, found[:, CENTS]),
                no_room,
            )
        )

    def _obstacle(self, slots: JobSlots, i: int) -> Obstacle:
        key = self._compiled.shifts[slots.shift[i]].key
        found = slots.found[i]
        lack_s = int(found[LACK_S])
        timed = found[TIME] >= 0 and 0 < lack_s < FAR // 2
        words = obstacle_words(self._compiled, self._routes, self._own, slots, i)
        cents = int(found[CENTS])
        return Obstacle(
            technician_id=key.technician_id,
            day=key.day,
            window=self._window(int(slots.window[i])),
            codes=self._of(int(slots.mask[i])),
            over_min=round(lack_s / 60, 1) if timed else None,
            cents=cents if cents < NEVER and not found[BARS] else None,
            sentence=f"{key} {words}.",
        )

    def _ruled_out(self, slots: JobSlots, mask: NDArray[np.int64]) -> tuple[RuledOut, ...]:
        own = self.codes.bit(self._own.get(self._compiled.names.jobs[slots.job], "APPOINTMENT"))
        outside = np.ones(len(mask), np.bool_)
        outside[slots.shift] = False
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

    def _summary(
        self, slots: JobSlots, blocks: tuple[Block, ...], jointly: int, obstacles: tuple[Obstacle, ...]
    ) -> str:
        if not len(slots.shift):
            return self._no_slot(slots.job)
        if not slots.mask.all():
            return f"Nothing stops it: {obstacles[0].sentence}"
        near = f" Closest: {obstacles[0].sentence}" if obstacles else ""
        if len(slots.shift) == 1:
            stops = listed([phrase(block.code) for block in blocks])
            return f"The only shift that comes into question is stopped by {stops}.{near}"
        single = sorted((one for one in blocks if one.alone), key=lambda one: -one.alone)
        named = single if len(single) <= NAMED else single[: NAMED - 1]
        said = [f"{block.alone} by {phrase(block.code)} alone" for block in named]
        if len(named) < len(single):
            said.append(f"{sum(block.alone for block in single[len(named) :])} by another single reason each")
        if jointly:
            often = max(blocks, key=lambda block: block.jointly)
            said.append(f"{jointly} by several reasons at once, most often {phrase(often.code)}")
        shifts = len(np.unique(slots.shift)) == len(slots.shift)
        what = "shifts" if shifts else "slots (a shift and an agreed window each)"
        every = "Both" if len(slots.shift) == 2 else f"All {len(slots.shift)}"
        return f"{every} {what} are stopped: {'; '.join(said)}.{near}"

    def _no_slot(self, job: int) -> str:
        p, name = self._compiled.problem, self._compiled.names.jobs[job]
        if not self._compiled.shifts:
            return "Nobody works on the planned days."
        if p.window_ptr[job] == p.window_ptr[job + 1]:
            return "Its pin, its promise and its agreed windows have no moment in common."
        own = {"PINNED": "The pinned start", "PROMISE": "The promised time"}.get(self._own.get(name, ""), "")
        return f"{own or 'No agreed window'} lies in {'nobody' if own else 'anybody'}'s shift."
