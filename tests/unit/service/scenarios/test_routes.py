from typing import Any

import pytest
from fastapi.testclient import TestClient

from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_json
from optimizer.interchange.workbook import workbook_bytes
from optimizer.scenario_library import scenario_path
from service.scenarios.reading import WORKBOOK
from tests.unit.service.served import key_for

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def skill() -> Scenario:
    path = scenario_path("rules/skill")
    assert path is not None
    return load_scenario(path)


@pytest.fixture
def uploaded(client: TestClient, skill: Scenario) -> str:
    answer = client.post("/scenarios", content=scenario_json(skill), headers=JSON)
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == f"/scenarios/{answer.json()['scenario_id']}"
    scenario_id: str = answer.json()["scenario_id"]
    return scenario_id


def content(client: TestClient, scenario_id: str, **query: Any) -> Any:
    return client.get(f"/scenarios/{scenario_id}/content", params=query).json()


def test_what_was_uploaded_is_read_back_equal(client: TestClient, uploaded: str, skill: Scenario) -> None:
    answer = client.get(f"/scenarios/{uploaded}/content")
    assert Scenario.model_validate_json(answer.content) == skill
    assert client.get("/scenarios").json()["scenarios"][0]["scenario_id"] == uploaded
    again = client.get(f"/scenarios/{uploaded}/content", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_yaml_and_workbooks_are_taken_too(client: TestClient, skill: Scenario) -> None:
    path = scenario_path("rules/skill")
    assert path is not None
    sent = [("application/yaml; charset=utf-8", path.read_bytes()), (WORKBOOK, workbook_bytes(skill))]
    for kind, body in sent:
        answer = client.post("/scenarios", content=body, headers={"Content-Type": kind})
        assert answer.status_code == 201, answer.text
        assert content(client, answer.json()["scenario_id"])["jobs"][0]["job_id"] == skill.jobs[0].job_id


def test_all_mistakes_are_named_at_once_and_nothing_is_stored(client: TestClient, skill: Scenario) -> None:
    broken = skill.model_dump(mode="json")
    broken["jobs"][0]["priority"] = "soon"
    broken["technicians"][0]["branch_id"] = "nowhere"
    for kind in ("", "/validate"):
        answer = client.post(f"/scenarios{kind}", json=broken)
        issues = {one["pointer"]: one["code"] for one in answer.json()["issues"]}
        assert issues == {
            "/jobs/0/priority": "literal-error",
            "/technicians/0/branch_id": "unknown-branch",
        }
    assert client.get("/scenarios").json()["scenarios"] == []


def test_other_kinds_of_bodies_are_refused(client: TestClient) -> None:
    answer = client.post("/scenarios", content="name: x", headers={"Content-Type": "text/csv"})
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/unsupported-media-type")
    answer = client.post("/scenarios", content=b"\xff\xfe\xfa", headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/unreadable-body")
    answer = client.post("/scenarios", content=b"PK\x03\x04", headers={"Content-Type": WORKBOOK})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")


def test_a_patch_names_records_by_their_ids(client: TestClient, uploaded: str, skill: Scenario) -> None:
    job = skill.jobs[0].job_id
    patch = {"jobs": {job: {"priority": "emergency"}}}
    answer = client.patch(f"/scenarios/{uploaded}/content", json=patch, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert content(client, uploaded)["jobs"][0]["priority"] == "emergency"
    assert client.get(f"/scenarios/{uploaded}/changes", params={"older": 1}).json() == {
        "older": 1,
        "newer": 2,
        "changes": [{"pointer": f"/jobs/{job}/priority", "before": None, "after": "emergency"}],
    }
    gone = client.patch(
        f"/scenarios/{uploaded}/content", json={"jobs": {job: None}}, headers={"If-Match": '"2"'}
    )
    assert gone.status_code == 200
    assert job not in [one["job_id"] for one in content(client, uploaded)["jobs"]]
    assert content(client, uploaded, revision=2)["jobs"][0]["job_id"] == job
    assert [
        one["revision"] for one in client.get(f"/scenarios/{uploaded}/revisions").json()["revisions"]
    ] == [
        3,
        2,
        1,
    ]


def test_the_same_facts_make_no_revision(client: TestClient, uploaded: str, skill: Scenario) -> None:
    answer = client.put(
        f"/scenarios/{uploaded}/content", content=scenario_json(skill), headers={**JSON, "If-Match": '"1"'}
    )
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)


def test_a_change_names_the_version_it_was_decided_on(client: TestClient, uploaded: str) -> None:
    address = f"/scenarios/{uploaded}/content"
    without = client.patch(address, json={"story": "new"})
    assert (without.status_code, without.json()["type"]) == (428, "/problems/precondition-required")
    old = client.patch(address, json={"story": "new"}, headers={"If-Match": '"7"'})
    assert (old.status_code, old.headers["ETag"]) == (412, '"1"')
    newest = client.patch(address, json={"story": "new"}, headers={"If-Match": "*"})
    assert newest.status_code == 200


def test_a_deleted_scenario_is_gone(client: TestClient, uploaded: str) -> None:
    assert client.delete(f"/scenarios/{uploaded}", headers={"If-Match": '"1"'}).status_code == 204
    assert client.get(f"/scenarios/{uploaded}").status_code == 404


def test_pages_hold_every_scenario_once(client: TestClient, skill: Scenario) -> None:
    made = [
        client.post("/scenarios", content=scenario_json(skill), headers=JSON).json()["scenario_id"]
        for _ in range(5)
    ]
    seen: list[str] = []
    after = None
    while True:
        page = client.get("/scenarios", params={"limit": 2, **({"after": after} if after else {})}).json()
        seen += [one["scenario_id"] for one in page["scenarios"]]
        after = page["after"]
        if after is None:
            break
    assert sorted(seen) == sorted(made)


def test_a_key_for_one_branch_sees_nothing_of_others(client: TestClient, skill: Scenario) -> None:
    own = key_for(client, "dispatcher", branches=[one.branch_id for one in skill.branches])
    other = key_for(client, "dispatcher", branches=["elsewhere"])
    answer = client.post("/scenarios", content=scenario_json(skill), headers={**JSON, **own})
    assert answer.status_code == 201
    address = answer.headers["Location"]
    assert client.get(address, headers=own).status_code == 200
    assert client.get(address, headers=other).status_code == 404
    assert client.get("/scenarios", headers=other).json()["scenarios"] == []
    refused = client.post("/scenarios", content=scenario_json(skill), headers={**JSON, **other})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")


def test_a_viewer_sees_no_names_and_no_addresses(client: TestClient) -> None:
    path = scenario_path("changsha-aircon")
    assert path is not None
    scenario = load_scenario(path)
    planner, viewer = key_for(client, "dispatcher"), key_for(client, "viewer")
    address = client.post("/scenarios", content=scenario_json(scenario), headers={**JSON, **planner}).headers[
        "Location"
    ]
    secret = {
        text
        for job in scenario.jobs
        if job.customer
        for text in (job.customer.name, job.customer.phone, job.place.address, job.fault)
        if text
    } | {one.name for one in scenario.technicians if one.name}
    assert len(secret) > 100
    full = client.get(f"{address}/content", headers=planner).text
    seen = client.get(f"{address}/content", headers=viewer).text
    assert all(text in full for text in secret)
    assert not [text for text in secret if text in seen]
    Scenario.model_validate_json(seen)
