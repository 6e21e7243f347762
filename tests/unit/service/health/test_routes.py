import time
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import text

from service.backend import Backend
from tests.unit.service.executor.tasks import task
from tests.unit.service.runs.puppet import Puppet
from tests.unit.service.served import key_for, served


def checks(client: TestClient) -> dict[str, bool]:
    return {one["name"]: one["ok"] for one in client.get("/health/ready").json()["checks"]}


def found(client: TestClient, name: str) -> tuple[bool, str]:
    [one] = [one for one in client.get("/health/ready").json()["checks"] if one["name"] == name]
    return one["ok"], one["detail"]


def test_a_service_that_has_just_started_lives_but_is_not_ready(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        key_for(client, "admin")  # from here on other operations need a key
        assert client.get("/health/live").json() == {"status": "live"}
        assert client.get("/health/ready").status_code == 503
        assert checks(client) == {"store": True, "tables": True, "studio": False, "executor": True}


def test_it_is_ready_when_somebody_can_compute(tmp_path: Path) -> None:
    with served(tmp_path, studio=1) as client:
        backend: Backend = client.app.state.backend  # type: ignore[attr-defined] # the application behind the client
        backend.studio.open()
        for _ in range(12_000):
            if client.get("/health/ready").status_code == 200:
                break
            time.sleep(0.01)
        assert client.get("/health/ready").json()["ready"]


def test_a_server_whose_runs_nobody_computes_is_not_ready(tmp_path: Path) -> None:
    cluster = Puppet(slots=2)
    cluster.tasks = [task("a"), task("b")]
    with served(tmp_path, cluster, studio=1) as client:
        assert found(client, "executor") == (True, "There is room for 2 runs at a time. Under way: 2.")
        cluster.slots = 0
        ok, said = found(client, "executor")
        assert not ok
        assert said.startswith("Nobody is there to compute runs")
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["ready"]) == (503, False)


def test_a_process_that_keeps_no_runs_needs_nobody_to_compute_them(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        assert found(client, "executor") == (True, "This process computes no runs.")


def test_tables_of_another_form_are_noticed(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        backend: Backend = client.app.state.backend  # type: ignore[attr-defined] # the application behind the client
        backend.store.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = 'later'")))
        assert checks(client)["tables"] is False


def test_a_store_that_does_not_answer_is_noticed(tmp_path: Path) -> None:
    with served(tmp_path / "store") as client:
        backend: Backend = client.app.state.backend  # type: ignore[attr-defined] # the application behind the client
        backend.store.close()
        (tmp_path / "store").rename(tmp_path / "elsewhere")  # the next connection finds no folder
        assert client.get("/health/live").status_code == 200
        assert checks(client) == {"store": False, "tables": False, "studio": False, "executor": True}
