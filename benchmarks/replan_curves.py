"""Draws what each choice of a short list costs: customers to be told against what is left out and the bill."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

MISSING: Final = "plots need the extra 'benchmarks': pip install 'paigong[benchmarks]'"


def cases_of(text: str) -> list[dict[str, Any]]:
    """Return the cases among the lines that the benchmark has printed.

    Parameters
    ----------
    text : JSON lines; what is no case is passed over
    """
    found = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return [one for one in found if "proposals" in one]


def curve(case: dict[str, Any]) -> list[tuple[int, float, float]]:
    """Return customers told, priority weight left out beyond the least, and yuan beyond the least, by customers.

    Parameters
    ----------
    case : a line of the benchmark
    """
    proposals = sorted(case["proposals"], key=lambda one: one["tell"])
    weight = min(one["weight"] for one in proposals)
    cents = min(one["cents"] for one in proposals)
    return [(one["tell"], one["weight"] - weight, (one["cents"] - cents) / 100) for one in proposals]


def draw(cases: Sequence[dict[str, Any]], file: Path) -> None:
    """Write the curves as a picture, one line for each case.

    Parameters
    ----------
    cases : lines of the benchmark
    file : where to, a PNG or an SVG

    Raises
    ------
    SystemExit
        matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise SystemExit(MISSING) from None
    figure = Figure(figsize=(11, 4.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    for case in cases:
        told, weight, yuan = zip(*curve(case), strict=True)
        left.plot(told, weight, marker="o", markersize=4, linewidth=1, alpha=0.6)
        right.plot(told, yuan, marker="o", markersize=4, linewidth=1, alpha=0.6)
    left.set(xlabel="customers to be told", ylabel="priority weight left out, above the least of the list")
    right.set(xlabel="customers to be told", ylabel="bill in yuan, above the least of the list")
    for axes in (left, right):
        axes.grid(alpha=0.3)
        axes.set_xlim(left=0)
        axes.set_ylim(bottom=0)
    figure.suptitle(f"What each choice after call-offs costs, {len(cases)} cases")
    figure.savefig(file, dpi=110)
