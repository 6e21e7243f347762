"""A day of two branches, two plans of it, and a service that has them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import Orders
from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_text import scenario_json
from optimizer.retime import retime
from service.backend import Backend
from service.plans.keep import keep_plan, packed
from tests.unit.service.served import served

DAY = "2026-07-15"
X = {"T1": ("J1", "J2"), "T2": ("J3",), "T3": ("K1",)}
"""A plan: T1 and T2 work for the branch B1, T3 for B2; J4 and K2 are left out."""
Y = {"T1": ("J3",), "T2": ("J2", "J1"), "T3": ("K2",)}
"""Another plan: at B1 everybody has what the other one has in `X`."""
BROKEN = {"T1": ("R1",)}
"""A plan that breaks a hard rule: nobody has the skill for R1."""


def at(clock: str) -> str:
    """Return a moment of the day."""
    return f"{DAY}T{clock}:00+08:00"


def two_branches() -> Scenario:
    """Return the question: jobs J1 to J4 and R1 belong to B1, K1 and K2 to B2; J1 has an appointment."""
    near = {"J1": 0.01, "J2": 0.02, "J3": 0.03, "J4": 0.04, "K1": 0.21, "K2": 0.22, "R1": 0.05}
    jobs = [
        {
            "job_id": job_id,
            "type": "repair" if job_id == "R1" else "survey",
            "place": {"lat": 28.2 + north, "lon": 113.0, "address": f"{job_id} street"},
            "branch_id": "B2" if job_id[0] == "K" else "B1",
            "customer": {"customer_id": f"C-{job_id}", "name": f"Mr {job_id}", "phone": f"555-{job_id}"},
            "windows": [{"start": at("09:30"), "end": at("11:00")}] if job_id == "J1" else [],
        }
        for job_id, north in near.items()
    ]
    staff = [
        {"technician_id": who, "name": f"Ms {who}", "branch_id": branch, "skills": {"survey": 3}}
        for who, branch in (("T1", "B1"), ("T2", "B1"), ("T3", "B2"))
    ]
    return Scenario.model_validate(
        {
            "name": "two-branches",
            "horizon": {"first_day": DAY},
            "branches": [
                {"branch_id": "B1", "place": {"lat": 28.2, "lon": 113.0}},
                {"branch_id": "B2", "place": {"lat": 28.4, "lon": 113.0}},
            ],
            "technicians": staff,
            "jobs": jobs,
        }
    )


def plan_orders(routes: Mapping[str, tuple[str, ...]]) -> Orders:
    """Return the orders in which technicians do jobs."""
    days = [{"technician_id": who, "day": DAY, "jobs": jobs} for who, jobs in routes.items()]
    return Orders.model_validate({"routes": days})


def plan_of(scenario: Scenario, routes: Mapping[str, tuple[str, ...]]) -> PlanDocument:
    """Return the plan in which technicians do jobs in a given order."""
    return retime(scenario, plan_orders(routes))


@dataclass
class Office:
    """A service with the scenario in it."""

    client: TestClient
    scenario: Scenario
    scenario_id: str

    @property
    def backend(self) -> Backend:
        """What stands behind the service."""
        backend: Backend = self.client.app.state.backend  # type: ignore[attr-defined] # behind the client
        return backend

    def plan(self, routes: Mapping[str, tuple[str, ...]], revision: int = 1) -> str:
        """Store a plan and return its id."""
        plan = packed(plan_of(self.scenario, routes))
        row = self.backend.store.write(
            lambda tx: keep_plan(
                tx,
                plan,
                scenario_id=self.scenario_id,
                revision=revision,
                run_id=None,
                made_by="test",
                now=self.backend.now(),
            )
        )
        return row.plan_id

    def board(self, branch: str = "B1", **more: Any) -> str:
        """Open a board and return its address."""
        asked = {"scenario_id": self.scenario_id, "branch_id": branch, "day": DAY, **more}
        answer = self.client.post("/boards", json=asked)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"]

    def put(self, board: str, plan_id: str) -> None:
        """Make a plan a board's draft."""
        answer = self.client.put(f"{board}/draft", json={"plan_id": plan_id}, headers=NEWEST)
        assert answer.status_code == 200, answer.text

    def report(self, board: str, kind: str, clock: str, job_id: str, **more: Any) -> None:
        """Report an event of a job."""
        event = {"kind": kind, "at": at(clock), "job_id": job_id, **more}
        answer = self.client.post(f"{board}/events", json={"events": [event]}, headers=NEWEST)
        assert answer.status_code == 200, answer.text

    def publish(self, board: str, plan_id: str) -> None:
        """Put a plan on a board, approve it and publish it."""
        self.put(board, plan_id)
        for verb in ("approve", "publish"):
            answer = self.client.post(f"{board}/{verb}", headers=NEWEST)
            assert answer.status_code == 200, answer.text


NEWEST = {"If-Match": "*"}
"""Changes whichever version is newest."""


@contextmanager
def open_office(folder: Path, now: Callable[[], datetime] | None = None) -> Iterator[Office]:
    """Serve from a SQLite file in a folder, the scenario uploaded."""
    scenario = two_branches()
    with served(folder, now=now) as client:
        answer = client.post(
            "/scenarios", content=scenario_json(scenario), headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 201, answer.text
        yield Office(client, scenario, answer.json()["scenario_id"])
