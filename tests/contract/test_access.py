"""Who may do what, for every operation that the service describes: role × operation, and branch × object."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient

from service.app import ROUTERS
from service.roles import RIGHTS, Role
from tests.contract.branch_objects import DAY, OBJECTS, OTHERS, PERSONAL, Office
from tests.contract.operations import ORIGIN, Operation, operations, routes_not_described
from tests.unit.service.served import key_for, served

OPEN = {
    "GET /health/live": "who watches over the service has no key",
    "GET /health/ready": "who watches over the service has no key",
    "POST /session": "who signs in is not signed in yet",
    "GET /docs": "the documentation holds nothing of anybody",
    "GET /problems": "the documentation holds nothing of anybody",
    "GET /problems/{slug}": "the documentation holds nothing of anybody",
}
"""Operations that ask for no key, each with the reason."""

NOT_DESCRIBED = {"GET /openapi.json", "HEAD /openapi.json", "POST /vroom/", "GET /"}
"""Addresses that are served and not described: the description itself, another spelling, the way to the manual."""

EVENING = datetime.fromisoformat(f"{DAY}T20:00:00+08:00")
"""The day of the boards is over, so that it can be closed."""

ROLES: tuple[Role, ...] = get_args(Role)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("store")
    with served(folder, now=lambda: EVENING, studio=1, rate_each=1_000_000) as one:
        yield one


@pytest.fixture(scope="module")
def guarded(client: TestClient) -> list[Operation]:
    """Return the operations that ask for somebody."""
    return [one for one in operations(client) if one.rights is not None]


@pytest.fixture(scope="module")
def callers(client: TestClient) -> dict[Role, dict[str, str]]:
    """Return the headers of a key of each role."""
    given: dict[str, Any] = {"technician": {"technician_id": "T1"}}
    return {role: key_for(client, role, **given.get(role, {})) for role in ROLES}


@pytest.fixture(scope="module")
def cookies(client: TestClient, callers: dict[Role, dict[str, str]]) -> dict[Role, dict[str, str]]:
    """Return the headers of a browser that has signed in, for each role."""
    found = {}
    for role, headers in callers.items():
        key = headers["Authorization"].removeprefix("Bearer ")
        cookie = client.post("/session", json={"key": key}).headers["Set-Cookie"].split(";")[0]
        client.cookies.clear()
        found[role] = {"Cookie": cookie, **ORIGIN}
    return found


def asked(client: TestClient, one: Operation, headers: dict[str, str]) -> tuple[int, str]:
    """Send a request that is good for little but passes the door; return its status and kind of error."""
    address = one.address(dict.fromkeys(one.names, "x"))
    body: object = None if one.method in ("GET", "DELETE") else {}
    answer = client.request(one.method, address, headers=headers, json=body)
    is_problem = answer.headers.get("content-type") == "application/problem+json"
    return answer.status_code, answer.json()["type"].rpartition("/")[2] if is_problem else ""


def test_the_description_is_not_empty(client: TestClient) -> None:
    assert len(operations(client)) > 40
    assert len(ROUTERS) > 8


def test_only_a_few_operations_are_open_and_each_for_a_reason(client: TestClient) -> None:
    strange = [str(one) for one in operations(client) if one.rights is None and str(one) not in OPEN]
    assert not strange, (
        f"These ask for nobody; let them take a call, e.g. `Reads`, or add them to OPEN: {strange}"
    )


def test_nothing_is_served_behind_the_description(client: TestClient) -> None:
    assert routes_not_described(client, ROUTERS) == NOT_DESCRIBED, (
        "Describe them: nobody checks who may call these."
    )


def test_nobody_without_a_key_is_let_in(
    client: TestClient, guarded: list[Operation], callers: object
) -> None:
    for headers in ({}, {"Authorization": "Basic eDp5"}, {"Cookie": "paigong_session=x", **ORIGIN}):
        found = {str(one): asked(client, one, headers) for one in guarded}
        assert {name: got for name, got in found.items() if got != (401, "unauthenticated")} == {}


@pytest.mark.parametrize("by", ["key", "session"])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_exactly_what_its_rights_say(
    client: TestClient,
    guarded: list[Operation],
    callers: dict[Role, dict[str, str]],
    cookies: dict[Role, dict[str, str]],
    role: Role,
    by: str,
) -> None:
    wrong = {}
    # Signing out comes last: it ends the session.
    for one in sorted(guarded, key=lambda one: one.operation_id == "sign_out"):
        assert one.rights is not None
        got = asked(client, one, callers[role] if by == "key" else cookies[role])
        may = one.rights <= RIGHTS[role]
        if (got[0] in (401, 403) or got[0] >= 500) if may else got != (403, "forbidden"):
            wrong[str(one)] = got
    assert wrong == {}


def test_every_object_in_an_address_is_covered(client: TestClient) -> None:
    names = {name: str(one) for one in operations(client) for name in one.names if str(one) not in OPEN}
    missing = {name: path for name, path in names.items() if name not in OBJECTS and name not in OTHERS}
    assert not missing, (
        f"Add to OBJECTS in tests/contract/branch_objects.py how one is made in a branch, or to OTHERS some values "
        f"where it stands for nothing of a branch: {missing}"
    )


def test_another_branchs_objects_are_not_there(client: TestClient, guarded: list[Operation]) -> None:
    stranger = key_for(client, "admin", branches=["elsewhere"])
    wrong: dict[str, str] = {}
    for number, one in enumerate(guarded):
        if OBJECTS.keys().isdisjoint(one.names):
            continue
        office = Office(client, f"B{number}")  # fresh objects for each: it may delete them
        for address in office.addresses(one):
            request = office.needed(one)
            foreign = client.request(one.method, address, **_as(stranger, request))
            own = client.request(one.method, address, **_as(office.who, request))
            if foreign.status_code != 404:
                wrong[f"{one.method} {address}"] = f"somebody of another branch: {foreign.status_code}"
            elif own.status_code in (401, 403, 404, 422):
                wrong[f"{one.method} {address}"] = f"its own branch: {own.status_code} {own.text[:300]}"
    assert not wrong, (
        f"An own branch's request must be good, else the other's 404 shows nothing: "
        f"say what it needs in REQUESTS in tests/contract/branch_objects.py. {wrong}"
    )


def test_lists_hold_nothing_of_other_branches(client: TestClient, guarded: list[Operation]) -> None:
    used = {name for one in guarded for name in one.names if name in OBJECTS}
    office, stranger = Office(client, "B-lists"), key_for(client, "admin", branches=["elsewhere"])
    ids = {office[name] for name in sorted(used) if name.removesuffix("_id") not in ("job", "technician")}
    lists = [one.path for one in guarded if one.method == "GET" and not one.names]
    seen = {path: client.get(path, headers=stranger).text for path in lists}
    assert {path: [one for one in ids if one in text] for path, text in seen.items()} == {
        path: [] for path in lists
    }
    own = "".join(client.get(path, headers=office.who).text for path in lists)
    assert [one for one in ids if one not in own] == []  # each is in a list that its own branch sees


def test_who_may_not_see_personal_data_sees_none(client: TestClient, guarded: list[Operation]) -> None:
    office = Office(client, "B-personal")
    viewer = key_for(client, "viewer", branches=[office.branch])
    planner = key_for(client, "dispatcher", branches=[office.branch])
    shown: dict[str, list[str]] = {}
    to_planners = ""
    for one in guarded:
        if one.method != "GET" or one.rights is None or not one.rights <= RIGHTS["viewer"]:
            continue
        for address in office.addresses(one):
            request = office.needed(one)
            text = _text(client.get(address, **_as(viewer, request)).content)
            shown[address] = [word for word in PERSONAL if word in text]
            to_planners += _text(client.get(address, **_as(planner, request)).content)
    assert {address: words for address, words in shown.items() if words} == {}
    assert [
        word for word in PERSONAL if word not in to_planners
    ] == []  # else the words would be looked for in vain


def _as(who: dict[str, str], request: dict[str, Any]) -> dict[str, Any]:
    return {**request, "headers": {**request.get("headers", {}), **who}}


def _text(content: bytes) -> str:
    """Return what a file says; workbooks and packed tables are unpacked."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
