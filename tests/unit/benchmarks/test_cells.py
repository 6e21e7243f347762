from math import inf
from typing import Any

from benchmarks.cells import best_peer, cells, latest, ours
from benchmarks.table_days import table
from benchmarks.verdict_days import verdicts


def line(solver: str, seed: int, weight: int, seconds: float = 60.0, **changed: Any) -> dict[str, Any]:
    given = {"size": "50-300", "seed": seed, "solver": solver, "seconds": seconds, "day": f"d{seed}"}
    about = {"machine": "m", "date": "2026-11-21", "versions": {"numpy": "2"}}
    measured = {"unserved_weight": weight, "travel_s": 36000, "clock_s": seconds, "peak_mb": 100}
    return {**given, **about, **measured, "status": "ok", **changed}


def test_median_best_peer_and_ours() -> None:
    lines = [line("vroom-x5", seed, weight) for seed, weight in ((1, 20), (2, 30), (3, 22))]
    lines += [line("ortools", 1, 21), line("ours", 1, 10)]
    here = cells(lines, "50-300", 60.0)
    peer, mine = best_peer(here), ours(here)
    assert peer is not None
    assert mine is not None
    assert (peer.solver, peer.weight, mine.weight) == ("ortools", 21, 10)


def test_a_late_or_invalid_run_is_shown_and_does_not_count() -> None:
    lines = [line("pyvrp", 1, 5, status="late", clock_s=80.0), line("pyvrp", 2, 4, status="invalid")]
    (cell,) = cells(lines, "50-300", 60.0)
    assert (cell.weight, cell.good, cell.runs) == (inf, 0, 2)
    assert cell.failures == "1 invalid; 1 late: 5 / 10.0 after 80.0 s"
    assert "none" in table(lines)


def test_a_run_on_a_day_that_is_no_longer_made_is_forgotten() -> None:
    lines = [line("ours", 1, 5, day="old"), line("vroom-x5", 1, 6)]
    assert [found["solver"] for found in latest(lines)] == ["vroom-x5"]


def test_the_later_run_of_a_kind_counts() -> None:
    assert [found["unserved_weight"] for found in latest([line("ours", 1, 5), line("ours", 1, 4)])] == [4]


def test_verdicts_compare_only_days_that_both_ran() -> None:
    # seed 2 was run by the peer alone; on seed 1 ours has 13 of 19: below 0.7, above 0.6
    lines = [line("vroom-x5", 1, 19), line("vroom-x5", 2, 100), line("ours", 1, 13)]
    rows = [row for row in verdicts(lines) if "50-300" in row]
    told = [row for row in rows if "of the best peer's |" in row and "travel" in row] + [
        row for row in rows if "stretch" in row
    ]
    assert told[0].endswith("| met |")
    assert told[1].endswith("| **missed** |")
    assert any("50-300" in row and row.endswith("| not run |") for row in verdicts(lines))


def test_the_table_says_when_a_run_did_not_get_its_core() -> None:
    assert "one of these runs got: 0.4." in table([line("ours", 1, 5, cpu_share=0.4), line("ours", 2, 5)])
