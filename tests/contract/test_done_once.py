"""Every POST takes an Idempotency-Key, and whatever takes one is done once; generated from the description."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.contract.branch_objects import OBJECTS, Office
from tests.contract.operations import operations
from tests.unit.service.served import served

HEADER = "Idempotency-Key"

WITHOUT = {
    "POST /session": "the answer is a secret, which is kept nowhere; who signs in twice has two sessions",
}
"""Operations with POST that take no such key, each with the reason."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("store"), studio=1, rate_each=1_000_000) as one:
        yield one


def takes_one(client: TestClient) -> dict[str, bool]:
    """Return for each operation whether it is described to take the header."""
    paths: dict[str, Any] = client.app.openapi()["paths"]  # type: ignore[attr-defined] # behind the client
    return {
        f"{method.upper()} {path}": HEADER in [parameter["name"] for parameter in one.get("parameters", ())]
        for path, methods in paths.items()
        for method, one in methods.items()
    }


def test_every_post_takes_a_key_but_those_named(client: TestClient) -> None:
    posts = {name: takes for name, takes in takes_one(client).items() if name.startswith("POST ")}
    assert len(posts) > 15
    assert {name for name, takes in posts.items() if not takes} == WITHOUT.keys()


def test_what_takes_a_key_is_done_once(client: TestClient) -> None:
    described = takes_one(client)
    wrong, done = {}, 0
    for number, one in enumerate(operations(client)):
        if not described[str(one)] or OBJECTS.keys().isdisjoint(one.names):
            continue
        office = Office(client, f"B{number}")  # fresh objects for each: it may delete them
        address, request = office.addresses(one)[0], office.needed(one)
        request["headers"] = {**request.get("headers", {}), **office.who, HEADER: "once"}
        first, second = (client.request(one.method, address, **request) for _ in range(2))
        replayed = [answer.headers.get("Idempotency-Replayed") for answer in (first, second)]
        same = (first.status_code, first.content) == (second.status_code, second.content)
        if (first.status_code, second.status_code) == (409, 409):
            continue  # a published board is not deleted: what is refused is not kept, as nothing was done
        done += 1
        if not (first.is_success and same and replayed == [None, "true"]):
            wrong[str(one)] = (first.status_code, second.status_code, replayed, second.text[:200])
    assert wrong == {}
    assert done > 10
