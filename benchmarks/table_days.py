"""The day benchmark's results as Markdown: every cell, the best peer marked, and the verdicts."""

from collections.abc import Sequence

from benchmarks.cells import Cell, Line, best_peer, cells, latest
from benchmarks.days import SIZES
from benchmarks.verdict_days import verdicts

HEAD = (
    "| technicians–jobs | s | solver | unserved weight / travel h | least to most | runs counted | peak MB |",
    "|---|--:|---|--:|--:|---|--:|",
)


def table(lines: Sequence[Line]) -> str:
    """Return the tables of cells and of verdicts, with what a claim needs: runs, machine, dates, versions."""
    lines = latest(lines)
    rows = []
    for size in SIZES:
        for seconds in sorted({line["seconds"] for line in lines if line["size"] == size}):
            here = cells(lines, size, seconds)
            best = best_peer(here)
            rows += [_row(cell, cell is best) for cell in here]
    about = sorted({f"{line['machine']}, {line['date']}" for line in lines})
    versions = sorted({" ".join(item) for line in lines for item in line.get("versions", {}).items()})
    lowest = min((line["cpu_share"] for line in lines if "cpu_share" in line), default=1)
    return "\n".join(
        [
            *HEAD,
            *rows,
            "",
            "Medians of the runs that count (valid, in time); bold: the best peer. One core, run in turn.",
            f"Lowest share of its core that one of these runs got: {lowest:g}.",
            f"Machine and date: {'; '.join(about)}. Versions: {', '.join(versions)}.",
            "",
            *verdicts(lines),
        ]
    )


def _row(cell: Cell, best: bool) -> str:
    shown = f"**{cell.shown}**" if best else cell.shown
    count = f"{cell.good} of {cell.runs}" + (f" ({cell.failures})" if cell.failures else "")
    values = (cell.size, f"{cell.seconds:g}", cell.solver, shown, cell.spread, count, f"{cell.peak_mb:g}")
    return f"| {' | '.join(values)} |"
