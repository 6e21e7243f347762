"""Every address that answers GET answers HEAD the same way without a body; others say what they take."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.contract.branch_objects import Office
from tests.contract.operations import operations
from tests.unit.service.served import served

SAME = (
    "Content-Type",
    "Content-Disposition",
    "ETag",
    "Location",
    "Cache-Control",
    "Vary",
    "WWW-Authenticate",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("store"), studio=1, rate_each=1_000_000) as one:
        yield one


def test_head_answers_as_get_without_a_body(client: TestClient) -> None:
    office, wrong, good = Office(client, "B-head"), {}, 0
    for one in operations(client):
        if one.method != "GET":
            continue
        values = {"slug": "not-found"} if one.names == ("slug",) else {}
        for address in [one.address(values)] if values else office.addresses(one):
            for who in (office.who, {}):
                request = office.needed(one)
                headers = {**request.pop("headers", {}), **who}
                get = client.get(address, headers=headers, **request)
                head = client.head(address, headers=headers, **request)
                good += get.is_success
                differ = [name for name in SAME if get.headers.get(name) != head.headers.get(name)]
                lengths = ["Content-Length" in answer.headers for answer in (get, head)]
                if head.status_code != get.status_code or head.content or differ or lengths[0] != lengths[1]:
                    wrong[f"{address} {bool(who)}"] = (
                        get.status_code,
                        head.status_code,
                        head.content,
                        differ,
                    )
    assert wrong == {}
    assert good > 50  # most of them show something


def test_where_there_is_no_get_the_answer_says_what_there_is(client: TestClient) -> None:
    office = Office(client, "B-no-get")
    every = operations(client)
    readable = {one.path for one in every if one.method == "GET"}
    refused = 0
    for one in every:
        if one.path not in readable:
            address = office.addresses(one)[0]
            get, head = (client.request(method, address, headers=office.who) for method in ("GET", "HEAD"))
            assert (head.status_code, head.content) == (get.status_code, b""), one
            if head.status_code == 405:  # else another address with a name in it has GET
                refused += 1
                assert head.headers["Content-Type"] == "application/problem+json"
                assert one.method in head.headers["Allow"].split(", "), one
                assert "HEAD" not in head.headers["Allow"], one
    assert refused > 10


def test_who_calls_an_address_wrongly_is_told_of_head_too(client: TestClient) -> None:
    answer = client.request("BREW", "/scenarios")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
