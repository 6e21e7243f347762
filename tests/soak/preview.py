"""A dispatcher drags one job after the other over a stored plan: how soon each answer is there, over HTTP."""

import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.preview import moves
from optimizer.domain.document import PlanDocument
from optimizer.domain.preview import Preview
from optimizer.generate import generate_scenario
from optimizer.interchange.scenario_text import scenario_json
from optimizer.preview import Previewer
from tests.soak.asked import asked, folder, load
from tests.soak.databases import Kind, database
from tests.soak.loading import Figures
from tests.soak.serving import serving
from tests.soak.talking import Talking

_COMPARED: Final = 10
"""Every so-manieth answer is compared with the library's own."""


def soak(
    place: Path, *, technicians: int, jobs: int, seconds: float, asks: int, kind: Kind
) -> tuple[str, Figures]:
    """Preview moves of a generated day, and return a line and the figures.

    Parameters
    ----------
    place : an empty folder
    technicians, jobs : size of the day
    seconds : length of the search for its plan
    asks : how many moves
    kind : which database
    """
    scenario = generate_scenario(technicians=technicians, jobs=jobs, seed=1)
    with (
        database(kind, place) as (_, settings),
        serving(place, {"PAIGONG_STUDIO": "1", **settings}) as service,
        Talking(service) as talking,
    ):
        run = talking.ended(talking.run(talking.upload(scenario_json(scenario)), seed=1, seconds=seconds))
        plan = f"/plans/{run['plan_id']}"
        document = PlanDocument.model_validate_json(talking.ask("GET", f"{plan}/content").content)
        own, spent = Previewer(scenario, document), []
        loading_s = _preview(talking, plan, '{"job_id": "' + scenario.jobs[0].job_id + '"}')[0]
        for number, move in enumerate(moves(scenario, document, Random(1), asks)):
            took_s, said = _preview(talking, plan, move.model_dump_json(exclude_defaults=True))
            spent.append(took_s)
            if number % _COMPARED == 0:
                assert said == own.move(move)
    figures = Figures(sorted(spent), Counter({200: len(spent)}), [])
    size = f"{technicians} technicians, {jobs} jobs on {kind} (load {load()})"
    return f"{size}: loading {loading_s:.1f} s, then {figures}", figures


def _preview(talking: Talking, plan: str, move: str) -> tuple[float, Preview]:
    began_s = time.perf_counter()
    answer = talking.ask("POST", f"{plan}/preview", content=move)
    took_s = time.perf_counter() - began_s
    assert answer.status_code == 200, answer.text
    return took_s, Preview.model_validate_json(answer.content)


def main() -> None:
    """Run the soak as the command line asks for it."""
    what = asked(__doc__ or "", 300)
    with folder() as place:
        print(soak(place, technicians=300, jobs=3000, seconds=10, asks=what.cycles, kind=what.database)[0])


if __name__ == "__main__":
    main()
