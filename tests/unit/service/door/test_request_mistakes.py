"""What an integrator is told about a request that cannot be used, field by field."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.unit.service.served import served


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("store")) as one:
        yield one


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "text/plain"}, {"Content-Type": "nonsense"}])
def test_a_body_that_is_not_said_to_be_json_is_told_so(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/runs", content=b'{"scenario_id": "scn_1"}', headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/unsupported-media-type")
    assert "`Content-Type: application/json`" in answer.json()["detail"]


def test_whoever_refuses_a_kind_of_body_says_so_in_the_description(client: TestClient) -> None:
    refusing = 0
    headers = {"Content-Type": "application/x-www-form-urlencoded", "If-Match": "*"}
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            if "requestBody" in operation and path != "/vroom":
                address = re.sub(r"{\w+}", "x", path)
                answer = client.request(method.upper(), address, content=b"x=1", headers=headers)
                assert str(answer.status_code) in operation["responses"], (method, path, answer.text)
                refusing += answer.status_code == 415
    assert refusing > 10


def test_a_body_of_the_wrong_shape_stays_a_mistake_in_it(client: TestClient) -> None:
    answer = client.post("/runs", json=["scn_1"])
    (issue,) = answer.json()["issues"]
    assert answer.status_code == 422
    assert issue["cause"] == "A record with named fields is expected here."


def test_a_missing_body_is_called_so(client: TestClient) -> None:
    answer = client.post("/runs")
    (issue,) = answer.json()["issues"]
    assert (issue["pointer"], issue["cause"]) == ("", "The body is missing.")


def test_each_mistake_has_its_own_words(client: TestClient) -> None:
    sent: dict[str, Any] = {
        "scenario_id": 7,
        "limits": {"seconds": -1},
        "seed": "a",
        "engine": "magic",
        "x/y": 1,
    }
    found = {one["pointer"]: one for one in client.post("/runs", json=sent).json()["issues"]}
    assert {pointer: (one["cause"], one["action"]) for pointer, one in found.items()} == {
        "/scenario_id": (
            "The value should be a valid string.",
            "Write text; put it into quotes if it looks like a number.",
        ),
        "/limits/seconds": ("The value should be greater than or equal to 0.", "Change the number."),
        "/seed": (
            "The value should be a valid integer, unable to parse string as an integer.",
            "Write a whole number, without quotes.",
        ),
        "/engine": (found["/engine"]["cause"], "Write one of these words exactly."),
        "/x~1y": (
            "The field 'x/y' is not known here.",
            "Remove it, or see the operation's fields at `/docs`.",
        ),
    }
    assert found["/engine"]["cause"].startswith("The value should be 'lns'")


def test_mistakes_in_parameters_too(client: TestClient) -> None:
    issues = client.get("/plans", params={"limit": "many", "after": "a\nb"}).json()["issues"]
    found = {one["pointer"]: (one["cause"], one["action"]) for one in issues}
    assert found["/query/limit"][1] == "Write a whole number, without quotes."
    assert found["/query/after"][0].startswith("The text does not match ")
    (missing,) = client.get("/orders/mine").json()["issues"]
    assert (missing["pointer"], missing["cause"]) == ("/query/day", "The field 'day' is missing.")
