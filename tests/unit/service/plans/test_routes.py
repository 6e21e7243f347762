"""Plans over HTTP, with a real studio behind."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from optimizer.assess import assess
from optimizer.control import Iterations
from optimizer.domain.answers import Explanation
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan_diff import PlanDiff
from optimizer.domain.preview import Preview
from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_json
from optimizer.planning import plan_scenario
from optimizer.scenario_library import scenario_path
from tests.unit.service.served import backend_of, key_for, served
from tests.unit.service.statements import statements

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def question() -> Scenario:
    path = scenario_path("rules/skill")
    assert path is not None
    return load_scenario(path)


@pytest.fixture(scope="module")
def answer(question: Scenario) -> PlanDocument:
    return plan_scenario(question, stop=Iterations(50))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("store"), studio=1) as one:
        yield one


@pytest.fixture(scope="module")
def scenario_id(client: TestClient, question: Scenario) -> str:
    sent = client.post("/scenarios", content=scenario_json(question), headers=JSON)
    scenario_id: str = sent.json()["scenario_id"]
    return scenario_id


def orders(answer: PlanDocument) -> dict[str, Any]:
    days = [
        {"technician_id": day.technician_id, "day": str(day.day), "jobs": [stop.job_id for stop in day.stops]}
        for day in answer.plan.shifts
    ]
    return {"routes": days, "made_by": "the night desk"}


@pytest.fixture(scope="module")
def plan_id(client: TestClient, scenario_id: str, answer: PlanDocument) -> str:
    made = client.post("/plans", json={"scenario_id": scenario_id, "orders": orders(answer)})
    assert made.status_code == 201, made.text
    assert made.json()["summary"]["engine"] == "the night desk"
    assert made.json()["summary"]["total_cents"] == answer.assessment.bill.total_cents
    plan_id: str = made.json()["plan_id"]
    return plan_id


def test_a_stored_plan_is_read_back_whole_and_in_parts(
    client: TestClient, plan_id: str, question: Scenario, answer: PlanDocument
) -> None:
    whole = client.get(f"/plans/{plan_id}/content")
    document = PlanDocument.model_validate_json(whole.content)
    assert document.plan.shifts == answer.plan.shifts
    assert not assess(question, document.plan).findings
    raw = whole.json()
    assert client.get(f"/plans/{plan_id}/bill").json() == raw["assessment"]["bill"]
    assert client.get(f"/plans/{plan_id}/unserved").json()["reasons"] == raw["assessment"]["unserved"]
    assert client.get(f"/plans/{plan_id}/desk").json()["tasks"] == raw["assessment"]["desk"]
    clocks = client.get(f"/plans/{plan_id}/clocks", params={"state": "met"}).json()["clocks"]
    assert clocks == [one for one in raw["assessment"]["clocks"] if one["state"] == "met"]
    first = raw["plan"]["shifts"][0]
    asked = {"technician_id": first["technician_id"], "day": first["day"]}
    assert client.get(f"/plans/{plan_id}/timetable", params=asked).json() == {"shifts": [first], "tools": []}
    again = client.get(f"/plans/{plan_id}/content", headers={"If-None-Match": whole.headers["ETag"]})
    assert again.status_code == 304
    assert [one["plan_id"] for one in client.get("/plans").json()["plans"]][-1] == plan_id


def test_orders_that_break_rules_are_stored_with_what_they_break(
    client: TestClient, scenario_id: str, question: Scenario, answer: PlanDocument
) -> None:
    unskilled = answer.plan.unserved[0] if answer.plan.unserved else None
    day = orders(answer)["routes"][0]
    given = {**day, "jobs": [*day["jobs"], unskilled]} if unskilled else day
    made = client.post("/plans", json={"scenario_id": scenario_id, "orders": {"routes": [given]}})
    assert unskilled is not None
    assert made.status_code == 201
    assert made.json()["summary"]["findings"] > 0


def test_orders_for_nobody_are_refused_with_their_place(client: TestClient, scenario_id: str) -> None:
    routes = [{"technician_id": "nobody", "day": "2026-07-15", "jobs": ["nothing"]}]
    refused = client.post("/plans", json={"scenario_id": scenario_id, "orders": {"routes": routes}})
    assert refused.status_code == 422
    assert {one["pointer"] for one in refused.json()["issues"]} >= {"/orders/routes/0/technician_id"}


def test_a_plan_made_elsewhere_is_checked(client: TestClient, scenario_id: str, answer: PlanDocument) -> None:
    document = answer.model_dump(mode="json")
    good = client.post("/plans/check", json={"scenario_id": scenario_id, "document": document}).json()
    assert (good["sound"], good["differences"]) == (True, [])
    document["assessment"]["bill"]["total_cents"] += 1
    document["plan"]["shifts"][0]["stops"][0]["start"] = "2020-01-01T09:00:00+08:00"
    bad = client.post("/plans/check", json={"scenario_id": scenario_id, "document": document}).json()
    assert bad["sound"] is False
    assert bad["differences"]


def test_questions_are_answered_also_from_memory(
    client: TestClient, plan_id: str, answer: PlanDocument
) -> None:
    job = answer.plan.shifts[0].stops[0].job_id
    for _ in range(2):
        said = client.get(f"/plans/{plan_id}/explanation", params={"job_id": job})
        assert Explanation.model_validate_json(said.content).answers[0].about == "served"
    assert client.get(f"/plans/{plan_id}/explanation").json()["answers"][0]["about"] == "unserved"
    unknown = client.get(f"/plans/{plan_id}/explanation", params={"job_id": "J99"})
    assert unknown.json()["issues"][0]["pointer"] == "/query/job_id"
    without = client.get(f"/plans/{plan_id}/explanation", params={"instead": "T1"})
    assert without.status_code == 422


def test_a_plan_that_is_kept_warm_is_not_read_again(
    client: TestClient, plan_id: str, answer: PlanDocument
) -> None:
    move = {"job_id": answer.plan.shifts[0].stops[0].job_id}
    assert client.post(f"/plans/{plan_id}/preview", json=move).status_code == 200
    store = backend_of(client).store
    with statements(store) as asking:
        assert client.post(f"/plans/{plan_id}/preview", json=move).status_code == 200
    with statements(store) as reading:
        assert client.get(f"/plans/{plan_id}/content").status_code == 200
    assert [one for one in asking if "body" in one] == []
    assert [one for one in reading if "plans.body" in one]  # else the word would be looked for in vain


def test_a_move_is_tried_and_nothing_is_changed(
    client: TestClient, plan_id: str, answer: PlanDocument
) -> None:
    job = answer.plan.shifts[0].stops[0].job_id
    left_out = client.post(f"/plans/{plan_id}/preview", json={"job_id": job})
    preview = Preview.model_validate_json(left_out.content)
    assert preview.allowed
    assert preview.bill.difference_cents == sum(line.difference_cents for line in preview.bill.changes)
    assert preview.unserved_weight > 0
    unskilled, beyond = answer.plan.shifts[0].technician_id, answer.plan.unserved[0]
    given = client.post(
        f"/plans/{plan_id}/preview", json={"job_id": beyond, "technician_id": unskilled}
    ).json()
    assert (given["allowed"], given["findings"][0]["code"]) == (False, "SKILL")
    nobody = client.post(f"/plans/{plan_id}/preview", json={"job_id": "J99", "technician_id": unskilled})
    assert (nobody.status_code, nobody.json()["issues"][0]["pointer"]) == (422, "/job_id")


def test_two_plans_are_compared(client: TestClient, scenario_id: str, plan_id: str) -> None:
    empty = client.post("/plans", json={"scenario_id": scenario_id, "orders": {"routes": []}}).json()[
        "plan_id"
    ]
    diff = PlanDiff.model_validate_json(client.get(f"/plans/{plan_id}/diff", params={"newer": empty}).content)
    assert diff.jobs
    same = client.get(f"/plans/{plan_id}/diff", params={"newer": plan_id}).json()
    assert same["jobs"] == []


def test_a_plan_is_exported_in_every_form(client: TestClient, plan_id: str) -> None:
    files = {
        kind: client.get(f"/plans/{plan_id}/exports/{kind}") for kind in ("xlsx", "csv", "geojson", "ics")
    }
    assert all(file.status_code == 200 for file in files.values())
    assert files["xlsx"].content.startswith(b"PK")
    assert "timetable.csv" in zipfile.ZipFile(io.BytesIO(files["csv"].content)).namelist()
    assert json.loads(files["geojson"].content)["type"] == "FeatureCollection"
    assert client.get(f"/plans/{plan_id}/exports/html").text.startswith("<!DOCTYPE html>")
    assert client.get(f"/plans/{plan_id}/exports/docx").status_code == 422


def test_a_viewer_gets_no_names_in_exports(client: TestClient, plan_id: str, question: Scenario) -> None:
    viewer, planner = key_for(client, "viewer"), key_for(client, "dispatcher")
    names = {one.name for one in question.technicians if one.name}
    assert names
    full = client.get(f"/plans/{plan_id}/exports/html", headers=planner).text
    seen = client.get(f"/plans/{plan_id}/exports/html", headers=viewer).text
    assert any(name in full for name in names)
    assert not [name for name in names if name in seen]
    assert client.get(f"/plans/{plan_id}/exports/ics", headers=viewer).status_code == 403
    assert client.get(f"/plans/{plan_id}/exports/csv?phones=true", headers=viewer).status_code == 403
    tried = client.post(f"/plans/{plan_id}/preview", json={"job_id": "J1"}, headers=viewer)
    assert tried.status_code == 403  # its sentences name customers
