"""A hundred identical requests for a run at the same time, with one key: one run, a hundred equal answers."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import httpx

from tests.soak.asked import asked, folder
from tests.soak.databases import Kind, database
from tests.soak.in_store import check_runs, entries, inside
from tests.soak.serving import Serving, serving
from tests.soak.small import content
from tests.soak.talking import Talking

MANY: Final = 100
"""How many ask at once."""


def soak(place: Path, *, cycles: int, kind: Kind) -> str:
    """Ask so many times with a hundred at once, in every second round killing the server in between.

    Parameters
    ----------
    place : an empty folder
    cycles : how many rounds
    kind : which database
    """
    run_ids: set[str] = set()
    with database(kind, place) as (url, settings):
        with serving(place, {"PAIGONG_STUDIO": "1", **settings}, ready=False) as service:
            with Talking(service) as talking:
                scenario_id = talking.upload(content("once"))
            for number in range(cycles):
                asks = {"scenario_id": scenario_id, "seed": number, "limits": {"iterations": 200}}
                answers = _all_at_once(service, asks, f"round {number}", killed=number % 2 == 1)
                run_ids.add(_checked(answers))
                with Talking(service) as talking:
                    other = {**asks, "seed": cycles + number}
                    again = talking.ask("POST", "/runs", json=other, key=f"round {number}")
                said = (again.status_code, again.json()["type"])
                assert said == (422, "/problems/idempotency-key-reused"), again.text
            with Talking(service) as talking:
                for run_id in run_ids:
                    talking.ended(run_id)
        with inside(url) as tx:
            check_runs(tx, run_ids)
            assert entries(tx)["ask_for_run"] == cycles
    return f"{cycles} rounds of {MANY} equal requests on {kind}: {len(run_ids)} runs, all answers equal"


def _all_at_once(service: Serving, asks: dict[str, Any], key: str, *, killed: bool) -> list[httpx.Response]:
    """Ask a hundred times at once; kill the server when the first was answered, where that is wanted."""
    together, first = threading.Barrier(MANY), threading.Event()

    def one(_: int) -> httpx.Response:
        with Talking(service) as talking:
            together.wait()
            answer = talking.ask("POST", "/runs", json=asks, key=key)
            first.set()
            return answer

    with ThreadPoolExecutor(MANY) as many:
        answers = [many.submit(one, number) for number in range(MANY)]
        if killed:
            first.wait()
            service.kill()
            service.begin()
            service.wait_until_it_listens()
    return [answer.result() for answer in answers]


def _checked(answers: list[httpx.Response]) -> str:
    """Check that all were told the same, and return the id of the run."""
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) <= 1  # none, where it died
    run_id: str = json.loads(answers[0].content)["run_id"]
    return run_id


def main() -> None:
    """Run the soak as the command line asks for it."""
    what = asked(__doc__ or "", 20)
    with folder() as place:
        print(soak(place, cycles=what.cycles, kind=what.database))


if __name__ == "__main__":
    main()
