"""Collects what assignments and loads cost, row by row: prices that do not depend on time or order."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from optimizer.errors import InvalidInput, Issue
from optimizer.problem import SLOT_S, pointers

MOST_CENTS = int(np.iinfo(np.int32).max)
"""The highest price of serving one job in one shift."""

Steps = Sequence[tuple[int, int, int]]
"""(after, cents, cents for a unit beyond), see `Problem.meter_after` and its fellows."""


class Meters:
    """Prices of pairs and of loads; a meter adds up what some shifts take on.

    Parameters
    ----------
    jobs, shifts : how many there are
    """

    def __init__(self, jobs: int, shifts: int) -> None:
        self._jobs = jobs
        self._assignment = np.zeros((0, 0), np.int32)
        self._shape = (jobs, shifts)
        self._charged = 0
        self._counted: dict[frozenset[int], int] = {}
        self._column: list[int] = []
        self._before: list[int] = []
        self._steps: list[Steps] = []
        self._of: list[list[int]] = [[] for _ in range(shifts)]

    def price_assignment(self, jobs: Iterable[int], shifts: Iterable[int], cents: int) -> None:
        """Add to the price of serving these jobs in these shifts.

        Raises
        ------
        InvalidInput
            When a pair costs more than the problem's arrays hold.
        """
        if not self._assignment.size:
            self._assignment = np.zeros(self._shape, np.int32)
        pairs = np.ix_(np.fromiter(jobs, np.int64), np.fromiter(shifts, np.int64))
        now = self._assignment[pairs]
        if not now.size:
            return
        if int(now.max()) + cents > MOST_CENTS:
            cause = f"Serving one job would cost more than {MOST_CENTS // 100} yuan by who serves it."
            raise InvalidInput((Issue("price-too-high", "policy.rules", cause, "Lower these prices."),))
        self._assignment[pairs] = now + np.int32(cents)

    def price_load(
        self, shifts: Iterable[int], jobs: Iterable[int] | None, before: int, steps: Steps
    ) -> None:
        """Price the number of these jobs, or for None the seconds of service, in these shifts together."""
        column = -1
        if jobs is not None:
            # A frozen set knows its hash: said again for the next shift, it is found without looking at its jobs.
            column = self._counted.setdefault(frozenset(jobs), len(self._counted))
        for shift in shifts:
            self._of[shift].append(len(self._column))
        self._column.append(column)
        self._before.append(before)
        self._steps.append(steps)

    def charge(self, cents: int) -> None:
        """Add to what is owed whatever the plan."""
        self._charged += cents

    def arrays(self) -> dict[str, Any]:
        """Return the problem's arrays."""
        counted = np.zeros((self._jobs, len(self._counted)), np.uint8)
        for rows, column in self._counted.items():
            counted[list(rows), column] = 1
        steps = [step for said in self._steps for step in sorted(said)]
        return {
            "assignment_cents": self._assignment,
            "charged_cents": np.array([self._charged], np.int64),
            "counted": counted,
            "meter_ptr": pointers(self._of),
            "meter": np.array([row for said in self._of for row in said], np.int32),
            "meter_column": np.array(self._column, np.int32),
            "meter_unit": np.array([SLOT_S if one < 0 else 1 for one in self._column], np.int64),
            "meter_before": np.array(self._before, np.int64),
            "meter_step_ptr": pointers(self._steps),
            "meter_after": np.array([step[0] for step in steps], np.int64),
            "meter_cents": np.array([step[1] for step in steps], np.int64),
            "meter_unit_cents": np.array([step[2] for step in steps], np.int64),
        }
