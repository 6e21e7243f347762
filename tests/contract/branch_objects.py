"""Objects of every kind in one branch, made through the service itself; the table that new rooms add to."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from fastapi.testclient import TestClient

from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_text import scenario_json
from service.runs.keeper import Keeper
from tests.contract.operations import Operation, filled
from tests.unit.service.greedy_executor import GreedyExecutor
from tests.unit.service.served import backend_of, key_for
from tests.unit.service.studies.made_up import conducted

DAY = "2026-07-15"
NEWEST = {"If-Match": "*"}
JSON = {"Content-Type": "application/json"}

PERSONAL = (
    "Xiao Hong",
    "555-0199",
    "7 Osmanthus Lane",
    "smells of gas",
    "ring twice",
    "Wang the Tall",
    "28.20123",
)
"""Everything personal that the scenario holds, the last a place to the metre."""


def question(branch: str, day: str = DAY) -> Scenario:
    """Return a small day of one branch: J1 can be done, J2 by nobody; with a name, a number, an address in it."""
    name, phone, address, fault, wishes, technician, lat = PERSONAL
    return Scenario.model_validate(
        {
            "name": "one-repair",
            "story": f"{name} called.",
            "horizon": {"first_day": day},
            "branches": [{"branch_id": branch, "place": {"lat": 28.2, "lon": 113.0}, "stock": {"fan": 5}}],
            "technicians": [
                {"technician_id": "T1", "name": technician, "branch_id": branch, "skills": {"survey": 3}}
            ],
            "jobs": [
                {
                    "job_id": job_id,
                    "type": kind,
                    "place": {"lat": float(lat), "lon": 113.0, "address": address},
                    "customer": {"customer_id": "C1", "name": name, "phone": phone},
                    "fault": fault,
                    "wishes": wishes,
                    "parts": {"fan": 1},
                }
                for job_id, kind in (("J1", "survey"), ("J2", "repair"))
            ],
        }
    )


@dataclass
class Office:
    """A branch with its objects, each made when it is first asked for."""

    client: TestClient
    branch: str
    made: dict[str, str] = field(default_factory=dict)
    """Ids by the names they have in addresses."""
    _document: Any = None

    def __post_init__(self) -> None:
        self.who = key_for(self.client, "admin", branches=[self.branch])

    def __getitem__(self, name: str) -> str:
        """Return the id of the object that a name in addresses stands for."""
        if name not in self.made:
            self.made[name] = OBJECTS[name](self)
        return self.made[name]

    def plan_document(self) -> Any:
        """Return what the plan says."""
        if self._document is None:
            self._document = self.send("GET", f"/plans/{self['plan_id']}/content")
        return self._document

    def make_all(self) -> None:
        """Make every object, for when the client is no longer there."""
        for name in OBJECTS:
            self[name]
        self.plan_document()

    def addresses(self, one: Operation) -> list[str]:
        """Return the addresses of an operation for this branch's objects."""
        values = {
            name: OTHERS.get(name)
            or [self[own if (own := f"{one.operation_id} {name}") in OBJECTS else name]]
            for name in one.names
        }
        return filled(one, values)

    def needed(self, one: Operation) -> dict[str, Any]:
        """Return what a request needs to be good, beside its address."""
        return REQUESTS[one.operation_id](self) if one.operation_id in REQUESTS else {}

    def send(self, method: str, address: str, **given: Any) -> Any:
        """Send a request that must succeed, return its document."""
        headers = {**self.who, **given.pop("headers", {})}
        answer = self.client.request(method, address, headers=headers, **given)
        assert answer.is_success, answer.text
        return answer.json()


def _scenario(office: Office) -> str:
    sent = office.send("POST", "/scenarios", content=scenario_json(question(office.branch)), headers=JSON)
    return str(sent["scenario_id"])


def _run(office: Office) -> str:
    """Return a run that has ended: who listens to it hears the end."""
    run = office.send("POST", "/runs", json={"scenario_id": office["scenario_id"]})["run_id"]
    office.send("POST", f"/runs/{run}/cancel")
    return str(run)


def _plan(office: Office) -> str:
    return _planned(office, office["scenario_id"], DAY)


def _planned(office: Office, scenario: str, day: str) -> str:
    routes = [{"technician_id": "T1", "day": day, "jobs": ["J1"]}]
    asked = {"scenario_id": scenario, "orders": {"routes": routes, "made_by": "the desk"}}
    return str(office.send("POST", "/plans", json=asked)["plan_id"])


def _board(office: Office) -> str:
    """Return a board whose plan is published."""
    return _published(office, office["scenario_id"], office["plan_id"], DAY)


def _board_to_close(office: Office) -> str:
    """Return a published board of the day before."""
    return _board_of(office, "2026-07-14")


def _closed_board(office: Office) -> str:
    """Return a board that was closed, so that it has a report."""
    board = _board_of(office, "2026-07-13")
    office.send("POST", f"/boards/{board}/close", json={}, headers=NEWEST)
    return board


def _board_of(office: Office, day: str) -> str:
    sent = office.send(
        "POST", "/scenarios", content=scenario_json(question(office.branch, day)), headers=JSON
    )
    scenario = str(sent["scenario_id"])
    return _published(office, scenario, _planned(office, scenario, day), day)


def _published(office: Office, scenario: str, plan: str, day: str) -> str:
    new = {"scenario_id": scenario, "branch_id": office.branch, "day": day}
    board: str = office.send("POST", "/boards", json=new)["board_id"]
    office.send("PUT", f"/boards/{board}/draft", json={"plan_id": plan}, headers=NEWEST)
    for verb in ("approve", "publish"):
        office.send("POST", f"/boards/{board}/{verb}", headers=NEWEST)
    return board


def _proposals(office: Office) -> str:
    """Return proposals that were computed at once."""
    said = office.send("POST", f"/boards/{office['board_id']}/proposals", json={"iterations": 1})
    keeper = Keeper(backend_of(office.client), GreedyExecutor())
    for _ in range(3):
        keeper.turn()
    return str(said["proposals_id"])


def _offers(office: Office) -> str:
    """Return what a new job was offered in the morning, when there was still time."""
    app: Any = office.client.app
    evening = backend_of(office.client)
    app.state.backend = replace(evening, now=lambda: datetime.fromisoformat(f"{DAY}T08:00:00+08:00"))
    try:
        said = office.send(
            "POST", f"/boards/{office['board_id']}/offers", json={"job": _NEW_JOB, "slots": [SLOT]}
        )
    finally:
        app.state.backend = evening
    return str(said["offers_id"])


def _proposed_plan(office: Office) -> str:
    """Return the plan of a proposal."""
    address = f"/boards/{office['board_id']}/proposals/{office['proposals_id']}"
    return str(office.send("GET", address)["proposals"][0]["plan_id"])


def _intake(office: Office) -> str:
    """Return a job that waits until remote help was tried."""
    office.send(
        "POST",
        f"/scenarios/{office['scenario_id']}/jobs",
        json={"job": {**_NEW_JOB, "job_id": "J3"}, "remote_help": "not_tried"},
        headers=NEWEST,
    )
    return "J3"


def _study(office: Office) -> str:
    """Return a study that has finished; its samples were drawn."""
    asked = {
        "name": "as it is",
        "days": 1,
        "warm_up_days": 0,
        "chains": {"least": 2, "most": 2},
        "variants": [{"name": "as it is"}],
    }
    params = {"scenario_id": office["scenario_id"]}
    study_id = str(office.send("POST", "/studies", json=asked, params=params)["study_id"])
    conducted(backend_of(office.client), study_id)
    return study_id


def _key(office: Office) -> str:
    new = {"name": "n", "role": "viewer", "branches": [office.branch]}
    return str(office.send("POST", "/keys", json=new)["key"]["key_id"])


def _webhook(office: Office) -> str:
    new = {"url": "https://example.com/", "events": ["run.finished"], "branches": [office.branch]}
    return str(office.send("POST", "/webhooks", json=new)["webhook"]["webhook_id"])


SLOT = {"start": f"{DAY}T14:00:00+08:00", "end": f"{DAY}T16:00:00+08:00"}
CALL_OFF = {"kind": "call_off", "at": f"{DAY}T08:00:00+08:00", "technician_id": "T1"}

_NEW_JOB = {
    "job_id": "J4",
    "type": "survey",
    "place": {"lat": float(PERSONAL[-1]), "lon": 113.0, "address": PERSONAL[2]},
    "customer": {"customer_id": "C1", "name": PERSONAL[0], "phone": PERSONAL[1]},
}

OBJECTS: dict[str, Callable[[Office], str]] = {
    "scenario_id": _scenario,
    "run_id": _run,
    "study_id": _study,
    "plan_id": _plan,
    "board_id": _board,
    "proposals_id": _proposals,
    "offers_id": _offers,
    "job_id": lambda _: "J1",
    "tell_outcome job_id": _intake,
    "publish_proposal plan_id": _proposed_plan,
    "close_day board_id": _board_to_close,
    "get_day_report board_id": _closed_board,
    "technician_id": lambda _: "T1",
    "key_id": _key,
    "webhook_id": _webhook,
}
"""How the object is made that a name in addresses stands for; where it means another in one operation, its id first."""

OTHERS: dict[str, tuple[str, ...]] = {
    "code": ("SKILL",),  # a rule of the rule book
    "name": ("scenario",),  # a format
    "kind": ("csv", "geojson", "html", "ics", "xlsx"),  # a form of file
}
"""Names in addresses that stand for nothing of a branch, with some values that exist."""

REQUESTS: dict[str, Callable[[Office], dict[str, Any]]] = {
    "replace_scenario_content": lambda office: {
        "content": scenario_json(question(office.branch)),
        "headers": {**JSON, **NEWEST},
    },
    "patch_scenario_content": lambda office: {"json": {"story": "new"}, "headers": NEWEST},
    "delete_scenario": lambda office: {"headers": NEWEST},
    "take_job_in": lambda _: {"json": {"job": _NEW_JOB, "remote_help": "failed"}, "headers": NEWEST},
    "tell_outcome": lambda _: {"json": {"solved": True}, "headers": NEWEST},
    "delete_board": lambda _: {"headers": NEWEST},
    "put_draft": lambda office: {"json": {"plan_id": office["plan_id"]}, "headers": NEWEST},
    "approve_draft": lambda _: {"headers": NEWEST},
    "withdraw_approval": lambda _: {"headers": NEWEST},
    "publish_draft": lambda _: {"headers": NEWEST},
    "report_events": lambda _: {"json": {"events": [CALL_OFF]}, "headers": NEWEST},
    "close_day": lambda _: {"json": {}, "headers": NEWEST},
    "ask_for_proposals": lambda _: {"json": {"iterations": 1}},
    "publish_proposal": lambda office: {
        "json": {"plan_id": office["publish_proposal plan_id"]},
        "headers": NEWEST,
    },
    "ask_for_offers": lambda _: {"json": {"job": _NEW_JOB}},
    "hold_slot": lambda _: {"json": {"window": SLOT}},
    "confirm_offer": lambda _: {"json": {"window": SLOT}, "headers": NEWEST},
    "undo_publication": lambda _: {"headers": NEWEST},
    "tell_customer": lambda _: {"json": {"at": f"{DAY}T08:00:00+08:00"}, "headers": NEWEST},
    "preview_move": lambda _: {"json": {"job_id": "J1"}},
    "compare_revisions": lambda office: {"params": {"older": 1}},
    "compare_plans": lambda office: {"params": {"newer": office["plan_id"]}},
}
"""What else a request needs to be good, by operation."""
