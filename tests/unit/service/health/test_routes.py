import time
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import text

from service.backend import Backend
from tests.unit.service.served import key_for, served


def checks(client: TestClient) -> dict[str, bool]:
    return {one["name"]: one["ok"] for one in client.get("/health/ready").json()["checks"]}


def test_a_service_that_has_just_started_lives_but_is_not_ready(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        key_for(client, "admin")  # from here on other operations need a key
        assert client.get("/health/live").json() == {"status": "live"}
        assert client.get("/health/ready").status_code == 503
        assert checks(client) == {"store": True, "tables": True, "studio": False}


def test_it_is_ready_when_somebody_can_compute(tmp_path: Path) -> None:
    with served(tmp_path, studio=1) as client:
        backend: Backend = client.app.state.backend  # type: ignore[attr-defined] # the application behind the client
        backend.studio.open()
        for _ in range(12_000):
            if client.get("/health/ready").status_code == 200:
                break
            time.sleep(0.01)
        assert client.get("/health/ready").json()["ready"]


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
        assert checks(client) == {"store": False, "tables": False, "studio": False}
