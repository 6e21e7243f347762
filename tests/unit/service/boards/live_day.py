"""A published day that goes on: a service with a clock that a test sets, and somebody who computes re-plans."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from optimizer.interchange.scenario_text import scenario_json
from optimizer.settings import Settings
from service.app import create_app
from service.backend import Backend
from service.runs.keeper import Keeper
from service.store import Store
from tests.unit.service.boards.day import NEWEST, Office, X, at, open_office, two_branches
from tests.unit.service.greedy_executor import GreedyExecutor


@dataclass
class LiveDay:
    """A service whose board of B1 has published the plan `X`."""

    office: Office
    board: str
    keeper: Keeper
    clock: list[datetime]

    def it_is(self, clock: str) -> None:
        """Set the service's clock."""
        self.clock[0] = datetime.fromisoformat(at(clock))

    def happens(self, **event: Any) -> None:
        """Report an event at the present moment."""
        told = {"at": self.clock[0].isoformat(), **event}
        answer = self.office.client.post(f"{self.board}/events", json={"events": [told]}, headers=NEWEST)
        assert answer.status_code == 200, answer.text

    def asked(self, **request: Any) -> str:
        """Ask for proposals and return their address."""
        answer = self.office.client.post(f"{self.board}/proposals", json={"iterations": 20, **request})
        assert answer.status_code == 202, answer.text
        return answer.headers["Location"]

    def proposals(self, **request: Any) -> tuple[str, Any]:
        """Have the day planned again; return the address of the proposals and what they say."""
        address = self.asked(**request)
        self.compute()
        return address, self.office.client.get(address).json()

    def compute(self) -> None:
        """Let the runs that wait be computed."""
        for _ in range(3):
            self.keeper.turn()

    def publish(self, address: str, plan_id: str) -> Any:
        """Publish a proposal and return the answer."""
        return self.office.client.post(f"{address}/publish", json={"plan_id": plan_id}, headers=NEWEST)


@contextmanager
def live_day(folder: Path) -> Iterator[LiveDay]:
    """Serve a published day from a SQLite file in a folder; it is 08:30."""
    clock = [datetime.fromisoformat(at("08:30"))]
    with open_office(folder, lambda: clock[0]) as office:
        yield _published(office, clock)


@contextmanager
def live_day_in(store: Store) -> Iterator[LiveDay]:
    """Serve a published day from a store; it is 08:30."""
    clock, scenario = [datetime.fromisoformat(at("08:30"))], two_branches()
    app = create_app(Backend(Settings(), store, now=lambda: clock[0]))
    with TestClient(app, "http://127.0.0.1:8470", client=("127.0.0.1", 50000)) as client:
        headers = {"Content-Type": "application/json"}
        sent = client.post("/scenarios", content=scenario_json(scenario), headers=headers)
        yield _published(Office(client, scenario, sent.json()["scenario_id"]), clock)


def _published(office: Office, clock: list[datetime]) -> LiveDay:
    keeper = Keeper(office.backend, GreedyExecutor())
    board = office.board()
    office.publish(board, office.plan(X))
    return LiveDay(office, board, keeper, clock)
