"""Collects row by row what ties visits together: crews, parts of long jobs, links, and who is the same person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from optimizer.problem import ANY_ORDER, ANYONE, FAR, UNLIMITED, pointers

MOST_NEEDS = 32
"""What one crew can need together: one bit each."""


class Link(NamedTuple):
    """Two visits and how they are tied; the fields are those of `Problem.link_from` and its fellows."""

    first: int
    second: int
    order: int = ANY_ORDER
    least_s: int = 0
    most_s: int = UNLIMITED
    on_end: bool = True
    next_day: bool = False
    who: int = ANYONE


class Ties:
    """What makes one visit depend on another; nothing is looked at unless something is said.

    Parameters
    ----------
    jobs, shifts : how many there are
    """

    def __init__(self, jobs: int, shifts: int) -> None:
        self._jobs = jobs
        self._shifts = shifts
        self._job_of = np.arange(jobs, dtype=np.int32)
        self._lead = np.arange(jobs, dtype=np.int32)
        self._crews: dict[int, list[int]] = {}
        self._parts: dict[int, list[int]] = {}
        self._covers: dict[int, list[list[int]]] = defaultdict(list)
        self._links: list[Link] = []
        self._person = np.arange(shifts, dtype=np.int32)
        self._standing = np.full(shifts, -1, np.int32)
        self._next_day_s = np.full(shifts, FAR, np.int32)
        self._worst_hour_cents = 0

    def crew(self, lead: int, mates: Sequence[int]) -> None:
        """Let these visits start together with the lead's."""
        if mates:
            self._crews[lead] = [lead, *mates]
            self._lead[list(mates)] = lead
            self._job_of[list(mates)] = self._job_of[lead]

    def parts(self, leads: Sequence[int]) -> None:
        """Serve all of these leads or none, the job's first visit first; said before their crews."""
        if len(leads) > 1:
            self._parts[leads[0]] = list(leads)
            self._job_of[list(leads)] = leads[0]

    def belong(self, visit: int, job: int) -> None:
        """Let a visit be made for a job, and start by itself."""
        self._job_of[visit] = job

    def cover(self, lead: int, shifts: Iterable[int]) -> None:
        """Somebody of the crew must be among these shifts.

        Raises
        ------
        ValueError
            When the crew needs more things together than there are bits.
        """
        self._covers[lead].append(list(shifts))
        if len(self._covers[lead]) > MOST_NEEDS:
            raise ValueError(f"a crew cannot need more than {MOST_NEEDS} things together")

    def link(self, link: Link) -> None:
        """Tie two visits together."""
        self._links.append(link)

    def same_person(self, shifts: Iterable[int]) -> None:
        """Let these shifts be one person's."""
        rows = sorted(shifts)
        if rows:
            self._person[rows] = rows[0]

    def stand_together(self, shifts: Iterable[int], crew: int) -> None:
        """Let these shifts belong to one standing crew."""
        self._standing[list(shifts)] = crew

    def next_day(self, shift: int, begins_s: int) -> None:
        """Set when the working day after a shift begins."""
        self._next_day_s[shift] = begins_s

    def price_worst_lateness(self, hour_cents: int) -> None:
        """Add to the price of an hour of the longest lateness of all jobs."""
        self._worst_hour_cents += hour_cents

    def arrays(self) -> dict[str, Any]:
        """Return the problem's arrays."""
        rows = sorted(self._covers)
        cover_row = np.full(self._jobs, -1, np.int32)
        cover_row[rows] = np.arange(len(rows))
        cover = np.zeros((len(rows), self._shifts), np.uint32)
        for row, lead in enumerate(rows):
            for bit, shifts in enumerate(self._covers[lead]):
                cover[row, shifts] |= np.uint32(1 << bit)
        crews: list[list[int]] = [self._crews.get(job, []) for job in range(self._jobs)]
        parts: list[list[int]] = [self._parts.get(job, []) for job in range(self._jobs)]
        at: list[list[int]] = [[] for _ in range(self._jobs)]
        for number, link in enumerate(self._links):
            at[link.first].append(number)
            at[link.second].append(number)
        columns = list(zip(*self._links, strict=True)) or [()] * len(Link._fields)
        first, second, order, least, most, on_end, next_day, who = columns
        return {
            "job_of": self._job_of,
            "lead": self._lead,
            "crew_ptr": pointers(crews),
            "crew": np.array([row for crew in crews for row in crew], np.int32),
            "part_ptr": pointers(parts),
            "part": np.array([row for part in parts for row in part], np.int32),
            "cover_row": cover_row,
            "cover": cover,
            "cover_all": np.array([(1 << len(self._covers[lead])) - 1 for lead in rows], np.uint32),
            "link_from": np.array(first, np.int32),
            "link_to": np.array(second, np.int32),
            "link_order": np.array(order, np.uint8),
            "link_on_end": np.array(on_end, np.bool_),
            "link_least": np.array(least, np.int64),
            "link_most": np.array(most, np.int64),
            "link_next_day": np.array(next_day, np.bool_),
            "link_who": np.array(who, np.uint8),
            "link_ptr": pointers(at),
            "link": np.array([number for some in at for number in some], np.int32),
            "person": self._person,
            "standing": self._standing,
            "next_day_s": self._next_day_s,
            "worst_hour_cents": np.array([self._worst_hour_cents], np.int64),
        }
