"""The same request sent by many at once, with one key: it is done once, and all are answered the same."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from optimizer.interchange.scenario_text import scenario_json
from optimizer.settings import Settings
from service.app import create_app
from service.backend import Backend
from service.door import call
from service.store import Store
from service.store.kept_answers import kept_answer
from tests.unit.service.boards.day import Office, two_branches

MANY = 12


@pytest.fixture
def office(with_store: Store) -> Iterator[Office]:
    """A service on a store of either kind that has the scenario of two branches."""
    app, scenario = create_app(Backend(Settings(), with_store)), two_branches()
    with TestClient(app, "http://127.0.0.1:8470", client=("127.0.0.1", 50000)) as client:
        headers = {"Content-Type": "application/json"}
        sent = client.post("/scenarios", content=scenario_json(scenario), headers=headers)
        yield Office(client, scenario, sent.json()["scenario_id"])


def many(office: Office, address: str, version: int, method: str = "POST", **given: Any) -> Response:
    """Send a request many times at once; check that all are answered the same, and return the answer."""
    together = Barrier(MANY)
    headers = {"Idempotency-Key": address, "If-Match": f'"{version}"'}

    def one(_: int) -> Response:
        together.wait()
        return office.client.request(method, address, headers=headers, **given)

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(one, range(MANY)))
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (answers[0].status_code, answers[0].content)
    }, [answer.text for answer in answers]
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    return answers[0]


def test_the_first_answer_is_found_also_where_it_came_after_the_look(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"scenario_id": office.scenario_id, "branch_id": "B1", "day": "2026-07-15"}
    first = office.client.post("/boards", json=asked, headers={"Idempotency-Key": "k"})
    looks = iter((None, None))  # where the work begins, and where it is written: the first is still under way
    monkeypatch.setattr(call, "kept_answer", lambda *which: next(looks, kept_answer(*which)))
    again = office.client.post("/boards", json=asked, headers={"Idempotency-Key": "k"})
    assert (again.status_code, again.content) == (201, first.content)
    looks = iter((None, None))
    other = office.client.post("/boards", json={**asked, "window_min": 60}, headers={"Idempotency-Key": "k"})
    assert other.status_code == 409  # it is no repetition


def test_a_job_is_taken_in_once(office: Office) -> None:
    job = {"job_id": "NEW", "type": "survey", "place": {"lat": 28.2, "lon": 113.0}}
    asked = {"job": job, "remote_help": "failed"}
    assert many(office, f"/scenarios/{office.scenario_id}/jobs", 1, json=asked).status_code == 201
    assert office.client.get(f"/scenarios/{office.scenario_id}").json()["revision"] == 2


def test_a_board_is_opened_once(office: Office) -> None:
    asked = {"scenario_id": office.scenario_id, "branch_id": "B1", "day": "2026-07-15"}
    assert many(office, "/boards", 1, json=asked).status_code == 201


def test_a_days_steps_are_done_once(office: Office) -> None:
    board, plan = office.board(), office.plan({"T1": ("J1", "J2"), "T2": ("J3",), "T3": ("K1",)})
    assert many(office, f"{board}/draft", 1, "PUT", json={"plan_id": plan}).json()["version"] == 2
    for version, verb in enumerate(("approve", "publish"), start=2):
        assert many(office, f"{board}/{verb}", version).json()["version"] == version + 1
