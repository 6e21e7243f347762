from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from fastapi.testclient import TestClient
from jsonschema_rs import Draft202012Validator

from optimizer.cli.documents import DOCUMENTS
from optimizer.rules import RULES
from optimizer.settings import Settings, variable
from service.runs.records import EngineName
from tests.unit.service.served import key_for, served


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(
        tmp_path_factory.mktemp("store"), database_url="sqlite:///x", roads="http://a:b@roads"
    ) as one:
        yield one


def test_the_rule_book_is_listed_whole(client: TestClient) -> None:
    said = client.get("/rules").json()
    assert [one["code"] for one in said["rules"]] == [rule.code for rule in RULES]


def test_a_rule_shows_its_parameters_under_a_preset(client: TestClient) -> None:
    shown = {
        preset: client.get("/rules/unserved", params={"preset": preset}).json()["parameters"]
        for preset in ("service-first", "economy")
    }
    assert shown["service-first"] != shown["economy"]
    assert client.get("/rules/NOWHERE").json()["type"] == "/problems/not-found"
    assert client.get("/rules/SKILL", params={"preset": "dear"}).status_code == 422


def test_engines_are_listed_the_usual_one_first(client: TestClient) -> None:
    said = client.get("/engines").json()["engines"]
    assert [one["name"] for one in said] == ["lns", "greedy", "exact", "order"]
    assert get_args(EngineName) == tuple(one["name"] for one in said)  # each can be asked for
    assert all(one["meaning"].endswith(".") for one in said)


def test_every_format_is_a_schema(client: TestClient) -> None:
    names = client.get("/schemas").json()["formats"]
    assert names == ["scenario", *DOCUMENTS]
    for name in names:
        Draft202012Validator(client.get(f"/schemas/{name}").json())
    assert client.get("/schemas/x").status_code == 404


def test_settings_are_those_in_force_and_hide_secrets(client: TestClient) -> None:
    answer = client.get("/settings")
    said = {one["variable"]: one for one in answer.json()["settings"]}
    assert list(said) == [variable(name) for name in Settings.model_fields]
    assert said["PAIGONG_DATABASE_URL"]["is_set"]
    assert "sqlite" not in said["PAIGONG_DATABASE_URL"]["value"]
    assert said["PAIGONG_ROADS"]["value"] == "http://…@roads"


def test_settings_are_for_those_who_run_the_service(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        for role, status in (("manager", 403), ("admin", 200)):
            assert client.get("/settings", headers=key_for(client, role)).status_code == status  # type: ignore[arg-type]
