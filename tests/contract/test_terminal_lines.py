"""The manual's lines for a terminal do what they say: each is sent as it stands, with objects for its names."""

import json
import re
import shlex
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient

from tests.contract.branch_objects import OBJECTS, Office
from tests.contract.operations import Operation, operations
from tests.unit.service.served import key_for, served

BASE = "http://127.0.0.1:8470"
PUBLISHED = "the plan of the board that it is sent for is published already"
NO_TECHNICIAN = "it is sent with an administrator's key, which has no orders of its own"

OTHERWISE: dict[str, tuple[int, str]] = {
    "cancel_run": (409, "the run that it is sent for has ended, so that who listens to it hears the end"),
    "cancel_study": (409, "the study that it is sent for has finished, so that its result can be read"),
    "check_plan": (422, "the example of a plan is the least that has its form, and is nobody's plan"),
    "compare_plans": (404, "it names another plan in the query, which is not there"),
    "create_board": (422, "it names a branch that the scenario does not have"),
    "delete_board": (409, PUBLISHED),
    "approve_draft": (409, PUBLISHED),
    "withdraw_approval": (409, PUBLISHED),
    "publish_draft": (409, PUBLISHED),
    "report_events": (422, "it names a technician that the scenario does not have"),
    "publish_proposal": (422, "it names a plan that is none of the proposals"),
    "hold_slot": (422, "it names a window that was not offered"),
    "confirm_offer": (409, "it names no window, and none is held"),
    "undo_publication": (409, "the board that it is sent for has been published once only"),
    "get_my_order": (404, NO_TECHNICIAN),
    "get_my_order_page": (404, NO_TECHNICIAN),
    "sign_in": (401, "it names no valid key"),
    "get_readiness": (503, "nothing has been started yet that computes"),
}
"""Lines that are not answered as their operation is described when all goes well: with what they are, and why."""


class Line(NamedTuple):
    """What a line sends."""

    method: str
    address: str
    """With the names of objects in it, e.g. ``$RUN_ID``."""
    query: str
    headers: dict[str, str]
    body: str | None

    def is_of(self, one: Operation) -> bool:
        """Tell whether it calls an operation."""
        return (self.method, self.address) == (one.method, re.sub(r"{(\w+)}", _variable, one.path))


def _variable(name: re.Match[str]) -> str:
    return "$" + name[1].upper()


def read(text: str) -> Line:
    """Read a line as a shell does."""
    words = shlex.split(text.replace("\\\n", " "))
    method, headers, body = "GET", {}, None
    for option, value in pairwise(words):
        if option == "-X":
            method = value
        elif option == "-H":
            name, _, headers[name] = value.partition(": ")
        elif option == "-d":
            body = value
        assert option != "--data-binary", f"say here which file this sends: {text}"
    address, _, query = next(word for word in words if word.startswith(BASE)).partition("?")
    return Line(method, address.removeprefix(BASE), query, headers, body)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("store"), studio=1, rate_each=1_000_000) as one:
        yield one


def test_every_line_is_answered_as_it_should_be(client: TestClient) -> None:
    key = key_for(client, "admin")["Authorization"].removeprefix("Bearer ")
    shown = re.findall(r"<pre>(curl .*?)</pre>", client.get("/docs").text, re.DOTALL)
    lines = [read(unescape(one)) for one in shown]
    every = operations(client)
    assert len(lines) == len(every)
    wrong = {}
    # Readiness comes first: as soon as something was computed, a process is warm.
    for number, one in enumerate(sorted(every, key=lambda one: one.operation_id != "get_readiness")):
        [line] = [line for line in lines if line.is_of(one)]
        expected = [OTHERWISE[one.operation_id][0]] if one.operation_id in OTHERWISE else success(client, one)
        office = Office(client, f"B{number}")  # fresh objects for each: it may delete them
        headers = {name: value.replace("$PAIGONG_KEY", key) for name, value in line.headers.items()}
        there = "/problems/not-found" if one.names == ("slug",) else office.addresses(one)[0]
        answer = client.request(
            line.method, f"{there}?{line.query}", headers=headers, content=with_objects(line.body, office)
        )
        if answer.status_code not in expected:
            wrong[str(one)] = f"{answer.status_code}, not {expected}: {answer.text[:300]}"
    assert not wrong, "\n".join(f"{line}: {got}" for line, got in wrong.items())
    assert OTHERWISE.keys() <= {one.operation_id for one in every}


def with_objects(body: str | None, office: Office) -> str | None:
    """Return a body with objects that are there in the place of those that an example cannot know."""
    if body is None:
        return None
    said = json.loads(body)
    made = {name: office[name] for name, value in said.items() if name in OBJECTS and value == "x"}
    return json.dumps({**said, **made})


def success(client: TestClient, one: Operation) -> list[int]:
    """Return with which statuses an operation answers when all goes well."""
    described: dict[str, Any] = client.app.openapi()["paths"]  # type: ignore[attr-defined] # behind the client
    return [int(status) for status in described[one.path][one.method.lower()]["responses"] if status < "3"]
