"""Thousands of small runs: neither memory nor open handles may grow with their number."""

from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.soak.asked import asked, folder
from tests.soak.databases import Kind, database
from tests.soak.in_store import check_runs, inside
from tests.soak.processes import handles, resident_mb
from tests.soak.serving import Serving, serving
from tests.soak.small import content
from tests.soak.talking import Talking

UNDER_WAY: Final = 8
"""So many runs are under way at a time."""
PARTS: Final = 10


@dataclass(frozen=True)
class Size:
    """How large the service is.

    Parameters
    ----------
    server_mb, workers_mb : resident memory of the server, and of the largest worker
    server_handles, workers_handles : open files, pipes and sockets: of the server, and most of a worker
    """

    server_mb: float
    workers_mb: float
    server_handles: int
    workers_handles: int


def soak(place: Path, *, runs: int, kind: Kind) -> list[Size]:
    """Have so many runs computed and return the sizes after each tenth.

    Parameters
    ----------
    place : an empty folder
    runs : how many
    kind : which database
    """
    sizes: list[Size] = []
    with database(kind, place) as (url, settings):
        with (
            serving(place, {"PAIGONG_WORKERS": "2", "PAIGONG_STUDIO": "1", **settings}) as service,
            Talking(service) as talking,
        ):
            workers = service.workers()
            scenario_id = talking.upload(content("many"))
            run_ids: list[str] = []
            under_way: deque[str] = deque()
            for number in range(runs):
                run_ids.append(talking.run(scenario_id, seed=number, iterations=200))
                under_way.append(run_ids[-1])
                while len(under_way) >= UNDER_WAY:
                    _ended(talking, under_way.popleft())
                if (number + 1) % (runs // PARTS) == 0:
                    sizes.append(_size(service, workers))
                    print(f"after {number + 1} runs: {sizes[-1]}", flush=True)
            for run_id in under_way:
                _ended(talking, run_id)
            assert service.workers() == workers  # none died on the way
        with inside(url) as tx:
            assert set(check_runs(tx, set(run_ids))) == {1}
    return sizes


def _ended(talking: Talking, run_id: str) -> None:
    run = talking.ended(run_id)
    talking.told(200, "GET", f"/plans/{run['plan_id']}")


def _size(service: Serving, workers: list[int]) -> Size:
    return Size(
        round(resident_mb(service.pid), 1),
        round(max(resident_mb(pid) for pid in workers), 1),
        handles(service.pid),
        max(handles(pid) for pid in workers),
    )


def main() -> None:
    """Run the soak as the command line asks for it."""
    what = asked(__doc__ or "", 2000)
    with folder() as place:
        sizes = soak(place, runs=what.cycles, kind=what.database)
        print(f"{what.cycles} runs on {what.database}: from {sizes[1]} to {sizes[-1]}")


if __name__ == "__main__":
    main()
