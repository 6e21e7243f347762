"""Two servers on one database: one is stopped in mid-run for too long, and stores nothing when it goes on."""

import os
import signal
import time
from pathlib import Path
from typing import Any, Final

from tests.soak.asked import asked, folder
from tests.soak.databases import database
from tests.soak.in_store import check_runs, inside
from tests.soak.serving import PATIENCE_S, Serving, serving
from tests.soak.small import content
from tests.soak.talking import Talking

_ITERATIONS: Final = 200_000
"""Several times as long as the lease."""
_ENVIRON: Final = {"PAIGONG_WORKERS": "1", "PAIGONG_STUDIO": "1", "PAIGONG_LEASE_S": "2"}


def soak(place: Path, *, cycles: int) -> str:
    """Stop a server in mid-run so many times, and return the figures.

    Parameters
    ----------
    place : an empty folder
    cycles : how often
    """
    run_ids: set[str] = set()
    after: list[float] = []
    with database("postgresql", place) as (url, settings):
        environ = {**_ENVIRON, **settings}
        for name in ("first", "second"):
            (place / name).mkdir(exist_ok=True)
        for _ in range(cycles):
            with serving(place / "first", environ) as first, Talking(first) as talking:
                scenario_id = talking.upload(content("lease"))
                with serving(place / "second", environ) as second, Talking(second) as other:
                    os.kill(second.pid, signal.SIGSTOP)  # the run is to be begun by the first
                    run_id = talking.run(scenario_id, iterations=_ITERATIONS)
                    _wait(talking, run_id, attempt=1)
                    os.kill(second.pid, signal.SIGCONT)
                    after.append(_taken_over(first, other, run_id))
                    ended = other.ended(run_id)
                # Its one worker takes this only when it is through with the lost one.
                small = talking.run(scenario_id, iterations=200)
                talking.ended(small)
                assert talking.told(200, "GET", f"/runs/{run_id}") == ended
                run_ids |= {run_id, small}
                assert not [line for line in first.log() if "mistake" in line]
        with inside(url) as tx:
            attempts = check_runs(tx, run_ids)
    assert sorted(attempts) == [1] * cycles + [2] * cycles
    return f"{cycles} lost leases: taken over {max(after):.1f} s after the stop at most, one plan each"


def _taken_over(first: Serving, other: Talking, run_id: str) -> float:
    """Stop the first server until another computes its run; return how long that took."""
    stopped_s = time.monotonic()
    os.kill(first.pid, signal.SIGSTOP)
    try:
        _wait(other, run_id, attempt=2)
        return time.monotonic() - stopped_s
    finally:
        os.kill(first.pid, signal.SIGCONT)


def _wait(talking: Talking, run_id: str, *, attempt: int) -> dict[str, Any]:
    """Wait until a run is computed in an attempt."""
    until_s = time.monotonic() + PATIENCE_S
    while True:
        run: dict[str, Any] = talking.told(200, "GET", f"/runs/{run_id}")
        if run["attempt"] == attempt and run["progress"] is not None:
            return run
        assert time.monotonic() < until_s, run
        assert run["state"] in ("queued", "running"), run
        time.sleep(0.05)


def main() -> None:
    """Run the soak as the command line asks for it; it needs PostgreSQL."""
    what = asked(__doc__ or "", 10)
    with folder() as place:
        print(soak(place, cycles=what.cycles))


if __name__ == "__main__":
    main()
