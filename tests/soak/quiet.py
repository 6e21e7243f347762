"""While two runs compute, people look at lists, plans and boards: their answers must come quickly."""

from pathlib import Path
from typing import Final

from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_json
from optimizer.scenario_library import scenario_path
from tests.soak.asked import asked, folder, load
from tests.soak.databases import Kind, database
from tests.soak.loading import Figures
from tests.soak.loading import load as asked_of
from tests.soak.serving import serving
from tests.soak.talking import Talking

EACH_S: Final = 100
"""Requests a second."""
SCENARIO: Final = "changsha-aircon"
BRANCH: Final = "furong"


def soak(place: Path, *, seconds: float, kind: Kind) -> tuple[str, Figures]:
    """Ask for so many seconds while two runs compute, and return a line and the figures.

    Parameters
    ----------
    place : an empty folder
    seconds : how long
    kind : which database
    """
    with (
        database(kind, place) as (_, settings),
        serving(place, {"PAIGONG_WORKERS": "2", **settings}) as service,
        Talking(service) as talking,
    ):
        paths = _looked_at(talking)
        asked_of(service.url, paths, each_s=20, seconds=2)  # whoever comes first pays for what is loaded then
        runs = [talking.run(_scenario(talking), seed=seed, seconds=seconds + 60) for seed in (1, 2)]
        _wait_until_they_compute(talking, runs)
        figures = asked_of(service.url, paths, each_s=EACH_S, seconds=seconds)
        under_way = [talking.told(200, "GET", f"/runs/{run_id}")["state"] for run_id in runs]
        assert under_way == ["running", "running"]
        for run_id in runs:
            talking.told(202, "POST", f"/runs/{run_id}/cancel")
        for run_id in runs:
            assert talking.ended(run_id)["plan_id"]
        return f"{EACH_S} a second on {kind} while two runs compute (load {load()}): {figures}", figures


def _looked_at(talking: Talking) -> list[str]:
    """Store a scenario, a plan and a board, and return the addresses that are looked at."""
    scenario_id = _scenario(talking)
    run = talking.ended(talking.run(scenario_id, iterations=200))
    asked_for = {"scenario_id": scenario_id, "branch_id": BRANCH, "day": "2026-07-15"}
    board = talking.told(201, "POST", "/boards", json=asked_for)["board_id"]
    talking.told(200, "PUT", f"/boards/{board}/draft", json={"plan_id": run["plan_id"]}, match="*")
    plan = f"/plans/{run['plan_id']}"
    lists = ["/scenarios", "/runs", "/plans", "/boards"]
    return [*lists, plan, f"/boards/{board}", f"/runs/{run['run_id']}", "/health/live", "/health/ready"]


def _scenario(talking: Talking) -> str:
    path = scenario_path(SCENARIO)
    assert path is not None
    return talking.upload(scenario_json(load_scenario(path)))


def _wait_until_they_compute(talking: Talking, runs: list[str]) -> None:
    for run_id in runs:
        while talking.told(200, "GET", f"/runs/{run_id}")["progress"] is None:
            pass


def main() -> None:
    """Run the soak as the command line asks for it."""
    what = asked(__doc__ or "", 60)
    with folder() as place:
        said, figures = soak(place, seconds=what.cycles, kind=what.database)
        print(said)
        print("slowest:", ", ".join(f"{path} {1000 * s:.0f} ms" for s, path in figures.slowest))


if __name__ == "__main__":
    main()
