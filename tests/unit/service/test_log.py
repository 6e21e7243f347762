import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from service.backend import Backend
from service.log import set_up_log
from tests.unit.service.served import served

SECRET = "13800138000"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    kept = root.handlers, root.level
    stream = io.StringIO()
    set_up_log("json", stream)
    yield stream
    root.handlers, root.level = kept
    logging.getLogger("uvicorn.access").disabled = False
    structlog.reset_defaults()


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_our_lines_and_the_servers_look_the_same(log: io.StringIO) -> None:
    structlog.get_logger("paigong").info("started", port=8470)
    logging.getLogger("uvicorn.error").info("Application startup complete.")
    logging.getLogger("sqlalchemy.engine").info("SELECT name FROM customers")
    logging.getLogger("uvicorn.access").info("GET /scenarios?name=Li")
    ours, theirs = lines(log)
    assert (ours["event"], ours["level"], ours["port"]) == ("started", "info", 8470)
    assert (theirs["event"], theirs["level"]) == ("Application startup complete.", "info")
    assert ours["timestamp"].endswith("Z")
    assert theirs["timestamp"].endswith("Z")


def test_errors_are_named_without_what_they_say(log: io.StringIO) -> None:
    try:
        raise ValueError(f"the telephone {SECRET} is wrong")
    except ValueError:
        logging.getLogger("asyncio").exception("a task failed")
        structlog.get_logger("paigong").exception("a mistake")
    assert [one["error"] for one in lines(log)] == ["ValueError", "ValueError"]
    assert all(one["places"][-1].endswith("without_what_they_say") for one in lines(log))
    assert SECRET not in log.getvalue()


def test_nothing_that_was_sent_is_in_the_log(
    log: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(tmp_path) as client:
        client.get("/scenarios", params={"after": SECRET})
        client.get(f"/scenarios/{SECRET}")
        client.post("/scenarios", json={"name": SECRET}, headers={"X-Customer": SECRET})
        client.post(f"/{SECRET}", content=SECRET)
        backend: Backend = client.app.state.backend  # type: ignore[attr-defined] # the application behind the client

        def fail(*args: Any, **given: Any) -> None:
            raise RuntimeError(SECRET)

        monkeypatch.setattr(backend.store, "read", fail)
        assert client.get("/scenarios").status_code == 500
    said = lines(log)
    requests = [one for one in said if one["event"] == "request"]
    assert [one["status"] for one in requests] == [200, 404, 422, 404, 500]
    assert "RuntimeError" in [one.get("error") for one in said]
    assert SECRET not in log.getvalue()


def test_text_is_for_people() -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    kept = root.handlers, root.level
    set_up_log("text", stream)
    structlog.get_logger("paigong").info("started", port=8470)
    root.handlers, root.level = kept
    structlog.reset_defaults()
    assert "started" in stream.getvalue()
    assert "\x1b" not in stream.getvalue()
