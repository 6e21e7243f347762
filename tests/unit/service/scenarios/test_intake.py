"""Single jobs are taken in: remote help first."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_text import scenario_json
from service.scenarios.candidate import present
from tests.unit.service.served import key_for, served

DAY = "2026-07-15"
WAITS = {"remote_help": "not_tried"}
FAILED = {"remote_help": "failed"}


def at(clock: str) -> str:
    return f"{DAY}T{clock}:00+08:00"


def scenario(**more: Any) -> Scenario:
    """Return a scenario with one technician and the job J1."""
    return Scenario.model_validate(
        {
            "name": "intake",
            "horizon": {"first_day": DAY},
            "branches": [{"branch_id": "B1", "place": {"lat": 28.2, "lon": 113.0}}],
            "technicians": [{"technician_id": "T1", "branch_id": "B1", "skills": {"survey": 3}}],
            "jobs": [job("J1")],
            **more,
        }
    )


def job(job_id: str, **more: Any) -> dict[str, Any]:
    return {"job_id": job_id, "type": "survey", "place": {"lat": 28.21, "lon": 113.0}, **more}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[TestClient]:
    with served(tmp_path) as client:
        yield client


def uploaded(client: TestClient, **more: Any) -> str:
    """Upload the scenario and return its address."""
    body = scenario_json(scenario(**more))
    answer = client.post("/scenarios", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


def content(client: TestClient, address: str) -> Any:
    return client.get(f"{address}/content").json()


def test_a_job_waits_until_remote_help_was_tried(service: TestClient) -> None:
    address = uploaded(service)
    new = job("J2", intake_at=at("09:10"))
    answer = service.post(f"{address}/jobs", json={"job": new, **WAITS})
    assert answer.status_code == 201
    said = answer.json()
    assert (said["state"], said["respond_by"]) == ("waiting", at("11:10"))  # two hours after the report
    assert said["revision"] is None
    assert service.get(address).json()["revision"] == 1
    waiting = service.get(f"{address}/intakes", params={"state": "waiting"}).json()["intakes"]
    assert [(one["job_id"], one["respond_by"]) for one in waiting] == [("J2", at("11:10"))]


def test_a_job_that_was_solved_never_comes_into_the_scenario(service: TestClient) -> None:
    address = uploaded(service)
    service.post(f"{address}/jobs", json={"job": job("J2"), **WAITS})
    outcome = f"{address}/intakes/J2/outcome"
    answer = service.post(outcome, json={"solved": True})
    assert (answer.status_code, answer.json()["state"]) == (200, "solved")
    assert service.post(outcome, json={"visit": True}, headers={"If-Match": "*"}).status_code == 409
    assert service.get(address).json()["revision"] == 1
    assert service.get(f"{address}/intakes", params={"state": "waiting"}).json()["intakes"] == []


def test_a_confirmed_visit_comes_into_the_scenario(service: TestClient) -> None:
    address = uploaded(service)
    service.post(f"{address}/jobs", json={"job": job("J2", intake_at=at("09:10"), fault="hot"), **WAITS})
    outcome, body = f"{address}/intakes/J2/outcome", {"visit": True, "confirmed_at": at("10:00")}
    assert service.post(outcome, json=body).status_code == 428
    answer = service.post(outcome, json=body, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert (answer.json()["state"], answer.json()["revision"]) == ("visit", 2)
    added = content(service, address)["jobs"][1]
    assert (added["job_id"], added["fault"], added["intake_at"]) == ("J2", "hot", at("09:10"))
    assert added["desk"] == {"answered_at": at("10:00"), "confirmed_at": at("10:00")}


@pytest.mark.parametrize("remote_help", ["failed", "not_possible"])
def test_where_remote_help_is_out_the_job_comes_in_at_once(service: TestClient, remote_help: str) -> None:
    address = uploaded(service)
    body = {"job": job("J2", intake_at=at("09:10")), "remote_help": remote_help}
    assert service.post(f"{address}/jobs", json=body).status_code == 428
    assert service.post(f"{address}/jobs", json=body, headers={"If-Match": '"7"'}).status_code == 412
    answer = service.post(f"{address}/jobs", json=body, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.headers["ETag"], answer.json()["state"]) == (201, '"2"', "visit")
    assert [one["job_id"] for one in content(service, address)["jobs"]] == ["J1", "J2"]
    assert service.get(f"{address}/revisions").json()["revisions"][0]["note"] == "J2 was taken in."


def test_every_mistake_is_named_where_it_stands_in_what_was_sent(service: TestClient) -> None:
    address = uploaded(service)
    wrong = {
        **job("J2", branch_id="B9", priority="soon", colour="red"),
        "windows": [{"start": at("10:00")}],
        "place": {"lat": 128.2, "lon": 113.0},
    }
    body = {"job": wrong, "remote_help": "perhaps", "more": 1}
    answer = service.post(f"{address}/jobs", json=body, headers={"If-Match": "*"})
    assert answer.status_code == 422
    assert {one["pointer"]: one["code"] for one in answer.json()["issues"]} == {
        "/more": "extra-forbidden",
        "/remote_help": "literal-error",
        "/job/colour": "extra-forbidden",
        "/job/place/lat": "less-than-equal",
        "/job/priority": "literal-error",
        "/job/windows/0/end": "missing",
    }
    unknown = service.post(f"{address}/jobs", json={"job": job("J2", branch_id="B9"), **WAITS})
    issue = unknown.json()["issues"][0]
    assert (issue["pointer"], issue["code"]) == ("/job/branch_id", "unknown-branch")
    assert service.get(f"{address}/intakes").json()["intakes"] == []


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        (b'{"remote_help": "failed"}', {"/job"}),
        (b'{"job": 3, "remote_help": "failed"}', {"/job"}),
        (b"[]", {""}),
        (b"{", {""}),
        (
            b'{"job": {"job_id": "a\\u0000b"}, "remote_help": "failed"}',
            {"/job/job_id", "/job/type", "/job/place"},
        ),
    ],
)
def test_what_is_no_job_is_refused(service: TestClient, body: bytes, pointers: set[str]) -> None:
    address = uploaded(service)
    answer = service.post(f"{address}/jobs", content=body, headers={"If-Match": "*"})
    assert answer.status_code == 422
    assert {one["pointer"] for one in answer.json()["issues"]} == pointers


def test_an_id_is_used_once(service: TestClient) -> None:
    address = uploaded(service)
    for body in ({"job": job("J1"), **WAITS}, {"job": job("J1"), **FAILED}):
        assert service.post(f"{address}/jobs", json=body, headers={"If-Match": "*"}).status_code == 409
    assert service.post(f"{address}/jobs", json={"job": job("J2"), **WAITS}).status_code == 201
    assert service.post(f"{address}/jobs", json={"job": job("J2"), **WAITS}).status_code == 409
    again = service.post(f"{address}/jobs", json={"job": job("J2"), **FAILED}, headers={"If-Match": "*"})
    assert again.status_code == 409
    assert service.get(address).json()["revision"] == 1  # nothing of it was stored


@pytest.mark.parametrize(
    "outcome", [{}, {"solved": True, "visit": True}, {"solved": True, "confirmed_at": at("09:00")}]
)
def test_an_outcome_is_one_thing(service: TestClient, outcome: dict[str, Any]) -> None:
    address = uploaded(service)
    service.post(f"{address}/jobs", json={"job": job("J2"), **WAITS})
    answer = service.post(f"{address}/intakes/J2/outcome", json=outcome, headers={"If-Match": "*"})
    assert answer.status_code == 422


def test_a_confirmation_before_the_report_is_a_mistake_of_the_outcome(service: TestClient) -> None:
    address = uploaded(service)
    service.post(f"{address}/jobs", json={"job": job("J2", intake_at=at("09:10")), **WAITS})
    body = {"visit": True, "confirmed_at": at("09:09")}
    answer = service.post(f"{address}/intakes/J2/outcome", json=body, headers={"If-Match": "*"})
    assert answer.status_code == 422
    assert "/confirmed_at" in {one["pointer"] for one in answer.json()["issues"]}


def test_the_present_time_moves_up_to_a_report_but_not_out_of_the_planned_days() -> None:
    tried = scenario(now=at("07:30"))
    moments = {
        now: present(tried, datetime.fromisoformat(now)).isoformat()
        for now in (at("07:00"), at("10:15"), "2026-07-16T00:00:00+08:00")
    }
    assert list(moments.values()) == [at("07:30"), at("10:15"), at("07:30")]


def test_a_scenario_with_a_present_time_takes_a_job_without_a_moment(service: TestClient) -> None:
    address = uploaded(service, now=at("07:30"))  # long ago: the scenario is only tried
    answer = service.post(f"{address}/jobs", json={"job": job("J2"), **FAILED}, headers={"If-Match": "*"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["job"]["intake_at"] == at("07:30")
    assert answer.json()["respond_by"] == at("09:30")
    late = {"job": job("J3", intake_at=at("07:31")), **FAILED}
    refused = service.post(f"{address}/jobs", json=late, headers={"If-Match": "*"})
    assert [one["pointer"] for one in refused.json()["issues"]] == ["/job/intake_at"]


def test_a_viewer_sees_what_waits_without_names(service: TestClient) -> None:
    address = uploaded(service)
    customer = {"customer_id": "C1", "name": "Mr Li", "phone": "555-1"}
    service.post(f"{address}/jobs", json={"job": job("J2", customer=customer, fault="by Mr Li"), **WAITS})
    planner, viewer = key_for(service, "dispatcher"), key_for(service, "viewer")
    shown = [service.get(f"{address}/intakes", headers=key).text for key in (planner, viewer)]
    assert ["Mr Li" in one and "555-1" in one for one in shown] == [True, False]
    assert "Mr Li" not in shown[1]
    refused = service.post(f"{address}/jobs", json={"job": job("J3"), **WAITS}, headers=viewer)
    assert refused.status_code == 403


def test_a_repeated_intake_is_answered_the_same(service: TestClient) -> None:
    address = uploaded(service)
    headers = {"If-Match": '"1"', "Idempotency-Key": "one"}
    first, second = (
        service.post(f"{address}/jobs", json={"job": job("J2"), **FAILED}, headers=headers) for _ in range(2)
    )
    assert (first.status_code, first.content) == (201, second.content)
    assert second.headers["Idempotency-Replayed"] == "true"
    other = service.post(f"{address}/jobs", json={"job": job("J3"), **FAILED}, headers=headers)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")


def test_jobs_taken_in_at_the_same_time_are_all_there(service: TestClient) -> None:
    address = uploaded(service)

    def take_in(number: int) -> int:
        body = {"job": job(f"N{number}"), **FAILED}
        while True:  # who was overtaken too often is asked to look again
            status = service.post(f"{address}/jobs", json=body, headers={"If-Match": "*"}).status_code
            if status != 412:
                return status

    with ThreadPoolExecutor(4) as many:
        assert list(many.map(take_in, range(12))) == [201] * 12
    found = [one["job_id"] for one in content(service, address)["jobs"]]
    assert sorted(found) == sorted(["J1", *(f"N{number}" for number in range(12))])
    assert service.get(address).json()["revision"] == 13


def test_intakes_are_listed_page_by_page(service: TestClient) -> None:
    address = uploaded(service)
    for number in range(3):
        service.post(f"{address}/jobs", json={"job": job(f"N{number}"), **WAITS})
    page = service.get(f"{address}/intakes", params={"limit": 2}).json()
    assert [one["job_id"] for one in page["intakes"]] == ["N0", "N1"]
    rest = service.get(f"{address}/intakes", params={"limit": 2, "after": page["after"]}).json()
    assert ([one["job_id"] for one in rest["intakes"]], rest["after"]) == (["N2"], None)


def test_without_a_moment_the_report_came_now(service: TestClient) -> None:
    address = uploaded(service)
    said = service.post(f"{address}/jobs", json={"job": job("J2"), **WAITS}).json()
    intake = datetime.fromisoformat(said["job"]["intake_at"])
    assert datetime.fromisoformat(said["respond_by"]) - intake == timedelta(hours=2)
    uploaded_at = datetime.fromisoformat(service.get(address).json()["made_at"])
    assert uploaded_at.replace(microsecond=0) <= intake <= datetime.fromisoformat(said["made_at"])
