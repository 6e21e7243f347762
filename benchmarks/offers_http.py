"""How soon the service says when a new job could be done: beside a day that it knows, and beside a new one."""

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from fastapi.testclient import TestClient

from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.interchange.scenario_text import scenario_json
from optimizer.retime import orders_of
from optimizer.settings import Settings
from service.app import create_app
from service.backend import Backend
from service.store import Store
from service.store.database import sqlite_url
from service.store.migrations import upgrade
from service.studio import Studio

_NEWEST: Final = {"If-Match": "*"}
_ASKED: Final = {"limit": 10, "further": 0}
_BEGINS_S: Final = 8 * 3600
"""When somebody asks for the first time, in seconds of the first day: all orders are written, nobody has left."""


def asked_over_http(
    scenario: Scenario, document: PlanDocument, new: Sequence[Job]
) -> tuple[dict[str, Any], list[float], list[float]]:
    """Publish the plan on the board of the branch with most people, and ask for offers on its first day.

    The service answers in this process, with processes of a studio behind it; what a network adds is not measured.

    Parameters
    ----------
    scenario, document : a question and its plan
    new : new jobs; each is asked about twice within a minute

    Returns
    -------
    what was asked, milliseconds of first questions in a minute, milliseconds of the second ones
    """
    day = scenario.horizon.first_day
    clock = [Timeline(day, scenario.time_zone).moment(_BEGINS_S).astimezone(ZoneInfo(scenario.time_zone))]
    branch, people = Counter(one.branch_id for one in scenario.technicians).most_common(1)[0]
    with tempfile.TemporaryDirectory() as folder:
        store, studio = Store(sqlite_url(Path(folder))), Studio(2)
        upgrade(store)
        backend = Backend(Settings(), store, studio, now=lambda: clock[0])
        with TestClient(create_app(backend), "http://127.0.0.1:8470", client=("127.0.0.1", 50000)) as client:
            studio.open()
            board = _published(client, scenario, document, branch)
            firsts: list[float] = []
            seconds: list[float] = []
            windows = 0
            for job in new:
                clock[0] += timedelta(minutes=1)
                asked = {"job": _at_branch(job, branch).model_dump(mode="json", exclude_defaults=True)}
                windows += _ask(client, board, asked, firsts)
                _ask(client, board, asked, seconds)
        studio.close()
        store.close()
    return {"people": people, "jobs": len(new), "offers": windows}, firsts[1:], seconds[1:]


def _published(client: TestClient, scenario: Scenario, document: PlanDocument, branch: str) -> str:
    """Publish the plan of a branch and return its board's address."""
    headers = {"Content-Type": "application/json"}
    scenario_id = _done(client.post("/scenarios", content=scenario_json(scenario), headers=headers))[
        "scenario_id"
    ]
    orders = orders_of(document.plan, scenario).model_dump(mode="json")
    plan = _done(client.post("/plans", json={"scenario_id": scenario_id, "orders": orders}))
    day = scenario.horizon.first_day.isoformat()
    asked = {"scenario_id": scenario_id, "branch_id": branch, "day": day}
    board = f"/boards/{_done(client.post('/boards', json=asked))['board_id']}"
    _done(client.put(f"{board}/draft", json={"plan_id": plan["plan_id"]}, headers=_NEWEST))
    for verb in ("approve", "publish"):
        _done(client.post(f"{board}/{verb}", headers=_NEWEST))
    return board


def _at_branch(job: Job, branch: str) -> Job:
    """Return a job that the branch is asked to do; it does not know the technicians of others."""
    customer = job.customer and job.customer.model_copy(update={"known_technicians": ()})
    return job.model_copy(update={"branch_id": branch, "customer": customer})


def _ask(client: TestClient, board: str, asked: dict[str, Any], spent: list[float]) -> int:
    began = time.perf_counter()
    found = _done(client.post(f"{board}/offers", json={**asked, **_ASKED}))
    spent.append(1000 * (time.perf_counter() - began))
    return len(found["offers"])


def _done(answer: Any) -> Any:
    assert answer.is_success, answer.text
    return answer.json()
