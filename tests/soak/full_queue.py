"""Ask for more runs than may wait: they are refused with a time to come again, and the service stays well."""

import threading
from collections import Counter
from pathlib import Path
from typing import Any, Final

import httpx

from tests.soak.asked import asked, folder, load
from tests.soak.databases import Kind, database
from tests.soak.loading import Figures
from tests.soak.loading import load as asked_of
from tests.soak.serving import Serving, serving
from tests.soak.small import content
from tests.soak.talking import Talking

QUEUE: Final = 20
_ASKERS: Final = 4


def soak(place: Path, *, seconds: float, kind: Kind) -> tuple[str, Figures]:
    """Keep the queue full for so many seconds, and return a line and how health answered meanwhile.

    Parameters
    ----------
    place : an empty folder
    seconds : how long
    kind : which database
    """
    environ = {
        "PAIGONG_WORKERS": "1",
        "PAIGONG_STUDIO": "1",
        "PAIGONG_QUEUE": str(QUEUE),
        "PAIGONG_QUEUE_EACH": str(QUEUE),
    }
    with (
        database(kind, place) as (_, settings),
        serving(place, {**environ, **settings}) as service,
        Talking(service) as talking,
    ):
        usual = asked_of(service.url, ["/health/live", "/health/ready"], each_s=20, seconds=seconds)
        asks = {"scenario_id": talking.upload(content("full")), "limits": {"seconds": 600}}
        stop, answers = threading.Event(), list[httpx.Response]()
        askers = [threading.Thread(target=_ask, args=(service, asks, stop, answers)) for _ in range(_ASKERS)]
        for asker in askers:
            asker.start()
        try:
            figures = asked_of(service.url, ["/health/live", "/health/ready"], each_s=20, seconds=seconds)
        finally:
            stop.set()
            for asker in askers:
                asker.join()
        counts = Counter(answer.status_code for answer in answers)
        assert counts.keys() == {202, 429}, counts
        assert counts[202] == QUEUE + 1, counts  # one more computes
        refused = [answer for answer in answers if answer.status_code == 429]
        assert all(int(answer.headers["Retry-After"]) > 0 for answer in refused)
        assert {answer.json()["type"] for answer in refused} == {"/problems/too-many-requests"}
        said = f"{counts[429]} of {len(answers)} runs refused on {kind} (load {load()}); health before: {usual}; "
        return f"{said}while: {figures}", figures


def _ask(
    service: Serving, asks: dict[str, Any], stop: threading.Event, answers: list[httpx.Response]
) -> None:
    with httpx.Client(base_url=service.url, timeout=60) as client:
        while not stop.is_set():
            answers.append(client.post("/runs", json=asks))


def main() -> None:
    """Run the soak as the command line asks for it."""
    what = asked(__doc__ or "", 20)
    with folder() as place:
        print(soak(place, seconds=what.cycles, kind=what.database)[0])


if __name__ == "__main__":
    main()
