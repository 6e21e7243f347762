from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from optimizer.scenario_library import scenario_names
from service.backend import Backend
from service.demo import Demo
from service.runs.keeper import Keeper
from tests.unit.service.greedy_executor import GreedyExecutor
from tests.unit.service.served import served


def fill(client: TestClient) -> list[str]:
    """Fill a service and return what was said."""
    backend: Backend = client.app.state.backend  # type: ignore[attr-defined] # the application behind the client
    said: list[str] = []
    keeper = Keeper(backend, GreedyExecutor())
    keeper.start()
    try:
        Demo(backend, "http://127.0.0.1:8470", said.append).fill()
    finally:
        keeper.stop()
    return said


@pytest.mark.slow
def test_it_publishes_a_day_and_changes_nothing_the_second_time(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        said = fill(client)
        names = [one["name"] for one in client.get("/scenarios", params={"limit": 200}).json()["scenarios"]]
        assert sorted(names) == sorted(scenario_names())
        boards = client.get("/boards").json()["boards"]
        assert {one["branch_id"] for one in boards} == {"furong", "yuelu", "xingsha"}
        assert {one["state"] for one in boards} == {"published"}
        assert (
            said[0]
            == f"Demo: {len(names)} scenarios loaded, {len(names)} of them now: http://127.0.0.1:8470/scenarios"
        )
        for line in said:  # every address that is named can be opened
            assert client.get(line.split()[-1].removeprefix("http://127.0.0.1:8470")).status_code == 200, line
        entries = client.get("/audit").json()["entries"]
        assert {one["key_id"] for one in entries} == {"demo"}

        again = fill(client)
        assert again[0].startswith(f"Demo: {len(names)} scenarios loaded, 0 of them now")
        assert again[1:] == said[1:]
        assert client.get("/audit").json()["entries"] == entries


def test_a_board_that_people_have_changed_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.demo.scenario_names", lambda: ("changsha-aircon", "rules/part"))
    with served(tmp_path) as client:
        fill(client)
        board = client.get("/boards").json()["boards"][0]
        client.put(
            f"/boards/{board['board_id']}/draft",
            json={"plan_id": board["published_plan_id"]},
            headers={"If-Match": "*"},
        )
        changed = client.get(f"/boards/{board['board_id']}").json()
        assert changed["board"]["state"] == "draft"
        fill(client)
        assert client.get(f"/boards/{board['board_id']}").json() == changed
