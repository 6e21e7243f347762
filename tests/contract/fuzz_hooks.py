"""What schemathesis runs along with every request: it counts the answers and keeps chains of operations alive.

Schemathesis loads this file in a process of its own (``SCHEMATHESIS_HOOKS``). A link takes values from one answer; what
needs two that belong together (a board and a plan of the same scenario) is put together here. A scenario is uploaded
for a branch of its own, because a branch has one board a day; what follows the close of a board goes to an open one.
"""

import atexit
import itertools
import json
import os
import uuid
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import schemathesis
from hypothesis import strategies as st

# Climbing towards answers of 2xx takes two thirds of the time: each step makes a request up anew, most in vain.
hypothesis.target = lambda observation, **_: observation

_branch = os.environ.get("FUZZ_BRANCH", "")  # of the scenario that is known to be good
_answers: dict[str, Counter[int]] = {}
_own_key = os.environ.get("FUZZ_KEY_ID", "")
_FOR_CLOSED = ("close_day", "get_day_report")
_numbers = itertools.count(1)
_scenario_of: dict[str, str] = {}  # by the id of a board, a plan, a run
_deleted: set[str] = set()
_plan_of: dict[str, str] = {}
_branch_of: dict[str, str] = {}
_has_board: set[str] = set()  # scenarios
_closed: set[str] = set()  # boards
_of_open_board: dict[str, str] = json.loads(
    os.environ.get("FUZZ_OPEN_BOARD", "{}")
)  # ids by their names in addresses


@st.composite
def _moments(draw: st.DrawFn) -> str:
    """Draw a moment that the service takes; the schema's format has years before 1900 and after 2299 too."""
    moment = draw(st.datetimes(datetime(1900, 1, 2), datetime(2299, 12, 30), timezones=st.just(UTC)))
    return moment.isoformat()


schemathesis.openapi.format("date-time", _moments())


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """Give a good scenario that is uploaded a branch of its own."""
    if _operation_id(context.operation) != "upload_scenario" or not isinstance(body, dict):
        return body
    if body.get("name") != "one-repair":
        return body
    return json.loads(json.dumps(body).replace(f'"{_branch}"', f'"{_branch}-{next(_numbers)}"'))


@schemathesis.hook
def filter_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> bool:
    """Leave the key alone that every request is sent with."""
    return not path_parameters or path_parameters.get("key_id") != _own_key


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Send no other request's Idempotency-Key; let a chain go on with boards that are open and scenarios that fit."""
    if case.meta is not None and case.meta.generation.mode.is_positive:
        key = (case.headers or {}).get("Idempotency-Key")
        if key is not None:
            case.headers["Idempotency-Key"] = f"{key[:100]}{uuid.uuid4().hex}"
    if _phase(case) != "stateful":
        return
    if case.path_parameters.get("board_id") in _closed and _operation_id(case.operation) not in _FOR_CLOSED:
        open_board = _of_open_board.items()
        case.path_parameters |= {name: own for name, own in open_board if name in case.path_parameters}
    if not isinstance(case.body, dict):
        return
    if _operation_id(case.operation) == "put_draft":
        plan = _plan_of.get(_scenario_of.get(case.path_parameters["board_id"], ""))
        case.body = {"plan_id": plan} if plan else case.body
    if _operation_id(case.operation) == "create_board":
        scenario = next((one for one in _plan_of if one in _branch_of and one not in _has_board), None)
        if scenario is not None:
            _has_board.add(scenario)
            case.body = {**case.body, "scenario_id": scenario, "branch_id": _branch_of[scenario]}


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Count an answer, and remember which plan and which board belong to which scenario."""
    key = f"{_phase(case)} {_operation_id(case.operation)}"
    _answers.setdefault(key, Counter())[response.status_code] += 1
    if response.status_code < 300 and response.headers.get("content-type") == ["application/json"]:
        said = response.json()
        if isinstance(said, dict) and isinstance(said.get("scenario_id"), str):
            if _operation_id(case.operation) == "upload_scenario" and isinstance(case.body, dict):
                _branch_of[said["scenario_id"]] = case.body["branches"][0]["branch_id"]
            own = [
                said[name] for name in ("board_id", "plan_id", "run_id") if isinstance(said.get(name), str)
            ]
            _scenario_of.update(dict.fromkeys(own, said["scenario_id"]))
            if isinstance(said.get("plan_id"), str):
                _plan_of[said["scenario_id"]] = said["plan_id"]
    if response.status_code < 300 and _operation_id(case.operation) in _FOR_CLOSED:
        _closed.add(case.path_parameters["board_id"])
    if response.status_code < 300 and _operation_id(case.operation) == "delete_scenario":
        _deleted.add(case.path_parameters["scenario_id"])


@schemathesis.hook
def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
    """Pass over that a run or a plan is gone whose scenario was deleted: it went along, as the operation says."""
    gone = {_scenario_of.get(str(value)) for value in (case.path_parameters or {}).values()} & _deleted
    return not (gone and failure.title == "Created resource not found")


def _operation_id(operation: Any) -> str:
    return str(operation.definition.raw["operationId"])


def _phase(case: Any) -> str:
    return str(case.meta.phase.name.value) if case.meta is not None else "again"


def _write() -> None:
    Path(os.environ["FUZZ_ANSWERS"]).write_text(json.dumps(_answers), encoding="utf-8")


atexit.register(_write)
