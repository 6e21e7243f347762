"""The results of the home health care benchmark as Markdown: gaps to the best published values, and the verdicts."""

from collections.abc import Sequence
from statistics import mean, median
from typing import Any, Final

Line = dict[str, Any]
"""One run as it stands in the results file."""

HEAD: Final = (
    "| instance | patients | s | best published | median cost | median gap % | least to most | runs counted |",
    "|---|--:|--:|--:|--:|--:|--:|---|",
)

TARGETS: Final = ((10, 0.0), (25, 0.0), (50, 0.0), (75, 0.5))
"""Patients, and the largest gap in percent that each instance's median may have."""

ON_AVERAGE: Final = 100
"""Patients of the instances whose median gaps are to be 0 % or less on average."""

EXACT: Final = 0.0005
"""Gaps in percent up to this are none: costs are written to the thousandth."""


def table(lines: Sequence[Line]) -> str:
    """Return the table and the verdicts, with what a claim needs: runs, machine, dates, versions."""
    rows, gaps = [], {}
    for key in sorted(
        {(line["seconds"], line["instance"]) for line in lines},
        key=lambda key: (key[0], _patients(lines, key[1]), key[1]),
    ):
        here = [line for line in lines if (line["seconds"], line["instance"]) == key]
        rows.append(_row(here))
        found = _gaps(here)
        if found:
            gaps[key] = (_patients(lines, key[1]), median(found))
    about = sorted({f"{line['machine']}, {line['date']}" for line in lines})
    versions = sorted({" ".join(item) for line in lines for item in line.get("versions", {}).items()})
    shares = [line["cpu_share"] for line in lines if "cpu_share" in line]
    return "\n".join(
        [
            *HEAD,
            *rows,
            "",
            "Medians over the seeds of the runs that count (valid; all answers passed the checker). One core.",
            f"Lowest share of its core that one of these runs got: {min(shares, default=1):g}.",
            f"Machine and date: {'; '.join(about)}. Versions: {', '.join(versions)}.",
            "",
            *(
                line
                for seconds in sorted({key[0] for key in gaps})
                for line in _verdicts(seconds, [gap for key, gap in gaps.items() if key[0] == seconds])
            ),
        ]
    )


def _patients(lines: Sequence[Line], instance: str) -> int:
    return max(int(line.get("patients", 0)) for line in lines if line["instance"] == instance)


def _gaps(lines: Sequence[Line]) -> list[float]:
    """Return the gaps in percent of the runs that count, ascending."""
    return sorted(
        100 * (line["cost"] / line["best_known"] - 1)
        for line in lines
        if line["status"] == "ok" and line["best_known"]
    )


def _row(lines: Sequence[Line]) -> str:
    one = lines[0]
    good = [line for line in lines if line["status"] == "ok"]
    gaps = _gaps(lines)
    bad = sorted({line["status"] for line in lines} - {"ok"})
    values = (
        one["instance"],
        str(_patients(lines, one["instance"])),
        f"{one['seconds']:g}",
        f"{one['best_known']:.3f}" if one["best_known"] else "–",
        f"{median(line['cost'] for line in good):.3f}" if good else "–",
        f"{median(gaps):+.2f}" if gaps else "–",
        f"{gaps[0]:+.2f} to {gaps[-1]:+.2f}" if gaps else "–",
        f"{len(good)} of {len(lines)}" + (f" ({', '.join(bad)})" if bad else ""),
    )
    return f"| {' | '.join(values)} |"


def _verdicts(seconds: float, medians: Sequence[tuple[int, float]]) -> list[str]:
    """Return one line for each target that there are runs for."""
    found = []
    for patients, most in TARGETS:
        here = [gap for size, gap in medians if size == patients]
        if here:
            kept = max(here) <= most + EXACT
            found.append(
                f"- {seconds:g} s, {patients} patients: worst median gap {max(here):+.2f} %,"
                f" at most {most:g} %: {'reached' if kept else 'missed'}"
            )
    here = [gap for size, gap in medians if size == ON_AVERAGE]
    if here:
        kept = mean(here) <= EXACT
        found.append(
            f"- {seconds:g} s, {ON_AVERAGE} patients: mean of the median gaps {mean(here):+.2f} %,"
            f" at most 0 %: {'reached' if kept else 'missed'}"
        )
    return found
