"""Cells of the day benchmark: one solver, one size, one time limit; medians and spread over the days."""

import statistics
from collections.abc import Collection, Sequence
from math import inf
from typing import Any, NamedTuple

Line = dict[str, Any]
"""One run as it stands in the results file."""


class Cell(NamedTuple):
    """One solver on the days of one size for one time limit."""

    size: str
    seconds: float
    solver: str
    runs: int
    good: int
    """Runs that count: valid and in time."""

    weight: float
    """Median unserved weight of the runs that count; infinite if fewer than half do."""

    travel_h: float
    """Median travel of the same, hours."""

    spread: str
    """Least to most unserved weight and travel hours of the runs that count."""

    peak_mb: float
    failures: str

    @property
    def worth(self) -> tuple[float, float]:
        """What cells are compared by: unserved weight, then travel."""
        return self.weight, self.travel_h

    @property
    def shown(self) -> str:
        """The worth as text."""
        return "none" if self.weight == inf else f"{self.weight:g} / {self.travel_h:.1f}"


def latest(lines: Sequence[Line]) -> list[Line]:
    """Keep the last run of each kind, and only runs on the day that its seed makes today."""
    day = {(line["size"], line["seed"]): line["day"] for line in lines}
    same_day = [line for line in lines if line["day"] == day[line["size"], line["seed"]]]
    return list({(ln["size"], ln["seconds"], ln["solver"], ln["seed"]): ln for ln in same_day}.values())


def seeds(lines: Sequence[Line], size: str, seconds: float, solver: str | None) -> set[int]:
    """Return the seeds run in a cell; solver None stands for all peers together."""
    return {
        line["seed"]
        for line in lines
        if (line["size"], line["seconds"]) == (size, seconds)
        and (line["solver"] == solver if solver else line["solver"] != "ours")
    }


def cells(
    lines: Sequence[Line], size: str, seconds: float, common: Collection[int] | None = None
) -> list[Cell]:
    """Return all solvers' cells of a size and limit, best first; `common` limits them to these seeds."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if (line["size"], line["seconds"]) == (size, seconds) and (common is None or line["seed"] in common):
            groups.setdefault(line["solver"], []).append(line)
    found = [_cell(size, seconds, solver, group) for solver, group in groups.items()]
    return sorted(found, key=lambda cell: (cell.worth, cell.solver))


def ours(here: Sequence[Cell]) -> Cell | None:
    """Return our own cell, if it was run."""
    return next((cell for cell in here if cell.solver == "ours"), None)


def best_peer(here: Sequence[Cell]) -> Cell | None:
    """Return the best cell that is not ours, if any peer has an answer."""
    peers = [cell for cell in here if cell.solver != "ours" and cell.weight < inf]
    return min(peers, key=lambda cell: cell.worth, default=None)


def _cell(size: str, seconds: float, solver: str, group: list[Line]) -> Cell:
    good = [line for line in group if line["status"] == "ok"]
    peak = max((line["peak_mb"] for line in group if "peak_mb" in line), default=0.0)
    failures = "; ".join(
        _failure(group, status) for status in sorted({ln["status"] for ln in group} - {"ok"})
    )
    if not good or 2 * len(good) < len(group):
        return Cell(size, seconds, solver, len(group), len(good), inf, inf, "", peak, failures)
    weights = [line["unserved_weight"] for line in good]
    hours = [line["travel_s"] / 3600 for line in good]
    spread = f"{min(weights)}–{max(weights)} / {min(hours):.1f}–{max(hours):.1f}"
    weight, travel_h = statistics.median(weights), statistics.median(hours)
    return Cell(size, seconds, solver, len(group), len(good), weight, travel_h, spread, peak, failures)


def _failure(group: list[Line], status: str) -> str:
    """Say how many runs ended this way; of late ones also what they had, and when."""
    lines = [line for line in group if line["status"] == status]
    if status != "late":
        return f"{len(lines)} {status}"
    weight = statistics.median(line["unserved_weight"] for line in lines)
    travel_h = statistics.median(line["travel_s"] / 3600 for line in lines)
    clock_s = statistics.median(line["clock_s"] for line in lines)
    return f"{len(lines)} late: {weight:g} / {travel_h:.1f} after {clock_s:.1f} s"
