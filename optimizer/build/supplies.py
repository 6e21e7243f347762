"""Collects spare parts row by row: what jobs take along, what vans carry, what branches have."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from optimizer.problem import pointers

Pieces = Mapping[int, int]
"""Part row → pieces."""


class Supplies:
    """Parts on vans and shelves; nothing is looked at unless some job takes parts.

    Parameters
    ----------
    jobs, shifts : how many there are
    """

    def __init__(self, jobs: int, shifts: int) -> None:
        self._needs: list[Pieces] = [{} for _ in range(jobs)]
        self._van = np.arange(shifts, dtype=np.int32)
        self._vans: dict[int, Pieces] = {}
        self._branch = np.full(shifts, -1, np.int32)
        self._stocks: dict[int, Pieces] = {}
        self._fetches: list[list[int]] = [[] for _ in range(jobs)]
        self._shelf = np.full(jobs, -1, np.int32)

    def consume(self, job: int, pieces: Pieces) -> None:
        """Set what serving a job takes along."""
        self._needs[job] = pieces

    def carry(self, shifts: Iterable[int], pieces: Pieces) -> None:
        """Set what the van of one technician's shifts carries."""
        rows = sorted(shifts)
        if rows:
            self._van[rows] = rows[0]
            self._vans[rows[0]] = pieces

    def stock(self, branch: int, pieces: Pieces) -> None:
        """Set what a branch has."""
        self._stocks[branch] = pieces

    def restock(self, shifts: Iterable[int], branch: int) -> None:
        """Let these shifts load parts at a branch before their first job."""
        self._branch[list(shifts)] = branch

    def fetch(self, job: int, halt: int, branch: int, pieces: Pieces) -> None:
        """Let a job's parts be fetched at a branch in mid-route: a halt there, a visit of its own, loads these."""
        self._fetches[job].append(halt)
        self._shelf[halt] = branch
        self._needs[halt] = {part: -count for part, count in pieces.items()}

    @property
    def halts(self) -> list[tuple[int, int, int]]:
        """Every job with a halt that may come before it, and the halt's branch."""
        return [
            (job, halt, int(self._shelf[halt])) for job, halts in enumerate(self._fetches) for halt in halts
        ]

    def passes(self, branch: int) -> list[int]:
        """Return the shifts that load at a branch before their first job."""
        found: list[int] = np.flatnonzero(self._branch == branch).tolist()
        return found

    def arrays(self) -> dict[str, Any]:
        """Return the problem's arrays; vans and stocks are empty where no job takes parts."""
        needs = [sorted((part, count) for part, count in one.items() if count) for one in self._needs]
        used = any(needs)
        parts = 1 + max((part for one in needs for part, _ in one), default=-1)
        rows, van = np.unique(self._van, return_inverse=True)
        vans = np.zeros((len(rows) if used else 0, parts), np.int32)
        for row, first in enumerate(rows if used else ()):
            _put(vans[row], self._vans.get(int(first), {}))
        branches = np.zeros((1 + max(self._stocks, default=-1) if used else 0, parts), np.int32)
        for branch, pieces in self._stocks.items() if used else ():
            _put(branches[branch], pieces)
        of = np.asarray(van, np.int32).reshape(-1)
        return {
            "need_ptr": pointers(needs),
            "need_part": np.array([part for one in needs for part, _ in one], np.int32),
            "need_count": np.array([count for one in needs for _, count in one], np.int32),
            "van": of,
            "van_ptr": np.searchsorted(np.sort(of), np.arange(len(rows) + 1)).astype(np.int32),
            "van_shift": np.argsort(of, kind="stable").astype(np.int32),
            "van_stock": vans,
            "branch": self._branch,
            "branch_stock": branches,
            **self.fetched_for(range(len(self._fetches))),
            "shelf": self._shelf,
        }

    def fetched_for(self, jobs: Iterable[int]) -> dict[str, Any]:
        """Return the arrays of halts where parts can be fetched for these jobs alone."""
        kept = set(jobs)
        fetches = [halts if job in kept else [] for job, halts in enumerate(self._fetches)]
        return {
            "fetch_ptr": pointers(fetches),
            "fetch": np.array([halt for halts in fetches for halt in halts], np.int32),
        }


def _put(row: Any, pieces: Pieces) -> None:
    for part, count in pieces.items():
        if part < len(row):
            row[part] = count
