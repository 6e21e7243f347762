"""Whether the targets for field-service days are met; each compares medians over the days both sides ran."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from benchmarks.cells import Cell, Line, best_peer, cells, ours, seeds
from benchmarks.days import SIZES

PEER_S: Final = 60.0
"""The time the best peer gets, seconds."""

LONG_S: Final = 600.0
"""Our own long run that the 60 s run must come close to, seconds."""

LEAD_S: Final = {"20-100": 1.0, "50-300": 1.0, "100-700": 1.0, "200-1500": 3.0, "300-3000": 10.0}
"""The time in which we must reach what the best peer reaches in 60 s, seconds."""

SMALL: Final = "20-100"
WEIGHT_RATIO: Final = 0.7
STRETCH_RATIO: Final = 0.6
SMALL_TRAVEL_RATIO: Final = 0.9
LONG_RATIO: Final = 1.05
LARGEST: Final = "300-3000"
PEAK_MB: Final = 1536.0

PROTOTYPE: Final = {
    ("20-100", 1.0): 9 / 10,
    ("20-100", 10.0): 8 / 9,
    ("20-100", 60.0): 8 / 9,
    ("50-300", 1.0): 16 / 22,
    ("50-300", 10.0): 14 / 20,
    ("50-300", 60.0): 13 / 19,
    ("100-700", 1.0): 56 / 80,
    ("100-700", 10.0): 47 / 63,
    ("100-700", 60.0): 43 / 59,
    ("200-1500", 10.0): 79 / 114,
    ("200-1500", 60.0): 65 / 95,
    ("300-3000", 60.0): 97 / 128,
}
"""Unserved weight of a first prototype over that of the best peer, on other days of this kind."""

NOISE: Final = 1.1


class Verdict(NamedTuple):
    """One target on one size."""

    target: str
    size: str
    ours: str
    other: str
    met: bool | None
    """None if the runs for it are missing."""


def verdicts(lines: Sequence[Line]) -> list[str]:
    """Return the table of targets as Markdown lines."""
    rows = ["| target | technicians–jobs | ours | compared with | verdict |", "|---|---|--:|--:|---|"]
    for verdict in [*_lead(lines), *_at_60(lines), *_long(lines), *_prototype(lines), *_memory(lines)]:
        said = {True: "met", False: "**missed**", None: "not run"}[verdict.met]
        rows.append(f"| {verdict.target} | {verdict.size} | {verdict.ours} | {verdict.other} | {said} |")
    return rows


def _pair(lines: Sequence[Line], size: str, ours_s: float, peer_s: float) -> tuple[Cell, Cell] | None:
    """Return our cell and the best peer's, over the seeds that both were run on."""
    common = seeds(lines, size, ours_s, "ours") & seeds(lines, size, peer_s, None)
    mine, peer = ours(cells(lines, size, ours_s, common)), best_peer(cells(lines, size, peer_s, common))
    return (mine, peer) if mine and peer else None


def _lead(lines: Sequence[Line]) -> Iterator[Verdict]:
    for size in SIZES:
        target = f"{LEAD_S[size]:g} s for the best peer's {PEER_S:g} s"
        pair = _pair(lines, size, LEAD_S[size], PEER_S)
        yield _judged(target, size, pair, pair is not None and pair[0].worth <= pair[1].worth)


def _at_60(lines: Sequence[Line]) -> Iterator[Verdict]:
    for size in SIZES:
        pair = _pair(lines, size, PEER_S, PEER_S)
        weight, travel = (1.0, SMALL_TRAVEL_RATIO) if size == SMALL else (WEIGHT_RATIO, 1.0)
        yield _judged(
            f"60 s: weight ≤ {weight:g}, travel ≤ {travel:g} of the best peer's",
            size,
            pair,
            _within(pair, weight, travel),
        )
        if size != SMALL:
            yield _judged(
                f"stretch: weight ≤ {STRETCH_RATIO:g}", size, pair, _within(pair, STRETCH_RATIO, 1.0)
            )


def _long(lines: Sequence[Line]) -> Iterator[Verdict]:
    for size in list(SIZES)[:-1]:
        common = seeds(lines, size, PEER_S, "ours") & seeds(lines, size, LONG_S, "ours")
        short, long = ours(cells(lines, size, PEER_S, common)), ours(cells(lines, size, LONG_S, common))
        pair = (short, long) if short and long else None
        yield _judged("60 s within 5 % of our own 600 s", size, pair, _within(pair, LONG_RATIO, LONG_RATIO))


def _prototype(lines: Sequence[Line]) -> Iterator[Verdict]:
    """Compare ratios to the best peer, since the prototype ran on other days."""
    for (size, seconds), ratio in PROTOTYPE.items():
        pair = _pair(lines, size, seconds, seconds)
        target = f"{seconds:g} s: weight ≤ {NOISE:g} × prototype's {ratio:.2f} of the best peer's"
        yield _judged(
            target, size, pair, pair is not None and pair[0].weight <= NOISE * ratio * pair[1].weight
        )


def _memory(lines: Sequence[Line]) -> Iterator[Verdict]:
    peaks = [
        ln["peak_mb"] for ln in lines if (ln["size"], ln["solver"]) == (LARGEST, "ours") and "peak_mb" in ln
    ]
    met = max(peaks) <= PEAK_MB if peaks else None
    yield Verdict("peak memory", LARGEST, f"{max(peaks, default=0):g} MB", f"{PEAK_MB:g} MB", met)


def _within(pair: tuple[Cell, Cell] | None, weight: float, travel: float) -> bool:
    """Whether ours has at most these shares of the other's unserved weight and travel."""
    if pair is None:
        return False
    mine, other = pair
    return mine.weight <= weight * other.weight and mine.travel_h <= travel * other.travel_h


def _judged(target: str, size: str, pair: tuple[Cell, Cell] | None, met: bool) -> Verdict:
    if pair is None:
        return Verdict(target, size, "–", "–", None)
    mine, other = pair
    name = other.solver if other.solver != "ours" else f"ours {other.seconds:g} s"
    return Verdict(target, size, mine.shown, f"{other.shown} ({name})", met)
