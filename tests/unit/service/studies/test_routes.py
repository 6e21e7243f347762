"""Studies over HTTP: asked for, looked at, cancelled, read; the samples are drawn."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from optimizer.domain.study_result import StudyResult
from optimizer.interchange.scenario_text import scenario_json
from optimizer.interchange.yaml_text import read_yaml
from tests.unit.interchange.documents import question
from tests.unit.service.runs.test_routes import heard
from tests.unit.service.served import backend_of, key_for, served
from tests.unit.service.studies.made_up import ELSEWHERE, SMALL, conducted

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service without keys, on a store that the module's tests share."""
    with served(tmp_path_factory.mktemp("store"), studio=1) as one:
        yield one


@pytest.fixture
def scenario_id(client: TestClient) -> str:
    return str(
        client.post("/scenarios", content=scenario_json(question()), headers=JSON).json()["scenario_id"]
    )


def asked(client: TestClient, study: dict[str, Any], **given: Any) -> Any:
    answer = client.post("/studies", json=study, **given)
    assert answer.status_code == 202, answer.text
    return answer.json()


def test_a_study_is_stored_with_its_base_before_it_is_acknowledged(client: TestClient) -> None:
    answer = client.post("/studies", json=SMALL)
    assert answer.status_code == 202, answer.text
    study = answer.json()
    assert (study["state"], study["name"], study["progress"]) == ("queued", "one more", None)
    assert client.get(answer.headers["Location"]).json() == study
    base = client.get(f"/scenarios/{study['scenario_id']}/content").json()
    assert [len(base["technicians"]), len(base["jobs"])] == [2, 4]
    said = client.get(f"/studies/{study['study_id']}/content").json()
    assert said["generate"]["technicians"] == 2
    assert said["chains"] == SMALL["chains"]
    newest = client.get("/studies", params={"limit": 1}).json()
    assert [one["study_id"] for one in newest["studies"]] == [study["study_id"]]
    of_it = client.get("/studies", params={"scenario_id": study["scenario_id"]}).json()
    assert (len(of_it["studies"]), of_it["after"]) == (1, None)


def test_a_stored_scenario_stands_in_for_the_base_that_is_named(client: TestClient, scenario_id: str) -> None:
    client.patch(
        f"/scenarios/{scenario_id}/content", json={"name": "second"}, headers={"If-Match": "*", **JSON}
    )
    for named in ({}, {"base": "no/such/file.yaml"}, {"generate": {"technicians": "many"}}):
        found = asked(client, {**ELSEWHERE, **named}, params={"scenario_id": scenario_id, "revision": 1})
        assert (found["scenario_id"], found["revision"]) == (scenario_id, 1)
        assert client.get(f"/studies/{found['study_id']}/content").json()["base"] == question().name
    newest = asked(client, ELSEWHERE, params={"scenario_id": scenario_id})
    assert newest["revision"] == 2


def test_a_study_is_read_as_yaml_too(client: TestClient) -> None:
    text = "name: s\nbase: rules/part\nvariants: [{name: as it is}]\n"
    assert read_yaml(text).issues == []
    answer = client.post("/studies", content=text, headers={"Content-Type": "application/yaml"})
    assert answer.status_code == 202, answer.text


def test_all_mistakes_are_told_at_once_with_their_places(client: TestClient, scenario_id: str) -> None:
    study = {
        **ELSEWHERE,
        "days": "ten",
        "chains": {"least": 5, "most": 3},
        "demand": {"months": {"no such work": [1] * 12}},
        "variants": [{"name": "v", "changes": [{"kind": "add_staff", "like": "T99"}]}, {"name": "v"}],
    }
    answer = client.post("/studies", json=study, params={"scenario_id": scenario_id})
    assert answer.status_code == 422
    pointers = [one["pointer"] for one in answer.json()["issues"]]
    assert {"/days", "/chains/most", "/variants/1/name", "/variants/0/changes/0/like"} <= {*pointers}
    assert any(one.startswith("/demand/months") for one in pointers)


def test_no_file_of_the_server_is_opened(client: TestClient, tmp_path: Path) -> None:
    file = tmp_path / "base.yaml"
    file.write_text(scenario_json(question()))
    for name in (str(file), "base.yaml", "/etc/passwd", "../../etc/passwd"):
        answer = client.post("/studies", json={**ELSEWHERE, "base": name})
        (issue,) = answer.json()["issues"]
        assert (answer.status_code, issue["code"], issue["pointer"]) == (422, "unknown-base", "/base")
        assert "files are not opened here" in issue["cause"]


def test_what_cannot_be_simulated_is_refused(client: TestClient, scenario_id: str) -> None:
    def status(study: object, **given: Any) -> int:
        return client.post("/studies", json=study, **given).status_code

    assert status(ELSEWHERE, params={"scenario_id": "scn_none"}) == 404
    assert status(ELSEWHERE, params={"scenario_id": scenario_id, "revision": 9}) == 404
    assert status(SMALL, params={"revision": 1}) == 422
    nothing: tuple[object, ...] = ([], {}, "x")
    assert [status(one) for one in nothing] == [422] * 3
    assert client.post("/studies", content="{", headers=JSON).status_code == 422
    assert client.post("/studies", content="x", headers={"Content-Type": "text/csv"}).status_code == 415
    assert client.get("/studies/sty_none").status_code == 404


def test_too_many_days_and_too_many_studies_are_refused(tmp_path: Path) -> None:
    # 5 chains of the base and one variant, 3 days each
    with served(tmp_path, studio=1, study_days=29, study_queue=1) as client:
        answer = client.post("/studies", json=SMALL)
        (issue,) = answer.json()["issues"]
        assert (answer.status_code, issue["code"], issue["pointer"]) == (422, "too-many-days", "/chains/most")
        assert issue["cause"].startswith("The study may simulate 30 days")
        short = {**SMALL, "chains": {"least": 2, "most": 4}}
        assert asked(client, short)["state"] == "queued"
        full = client.post("/studies", json=short)
        assert (full.status_code, full.headers["Retry-After"]) == (429, "60")
        assert (
            client.get("/scenarios").json()["scenarios"][1:] == []
        )  # nothing was stored for what was refused


def test_a_request_is_done_once(client: TestClient) -> None:
    answers = [client.post("/studies", json=SMALL, headers={"Idempotency-Key": "once"}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["Idempotency-Replayed"] == "true"


def test_a_queued_study_is_cancelled_at_once_and_an_ended_one_is_not(client: TestClient) -> None:
    study_id = asked(client, SMALL)["study_id"]
    result = client.get(f"/studies/{study_id}/result")
    assert (result.status_code, result.json()["detail"]) == (409, "The study has no result: it is queued.")
    assert client.post(f"/studies/{study_id}/cancel").json()["state"] == "cancelled"
    assert client.post(f"/studies/{study_id}/cancel").status_code == 409
    assert [kind for _, kind, _ in heard(client.get(f"/studies/{study_id}/events").text)] == [
        "queued",
        "cancelled",
    ]


def test_a_finished_study_is_read_as_result_page_and_table(client: TestClient) -> None:
    study_id = asked(client, SMALL)["study_id"]
    for each in client.get("/studies", params={"state": "queued"}).json()["studies"]:
        if each["study_id"] != study_id:
            client.post(f"/studies/{each['study_id']}/cancel")
    found = conducted(backend_of(client), study_id)
    assert found.state == "finished"
    assert found.progress is not None
    assert (found.progress.done, found.progress.at_most) == (10, 10)
    answer = client.get(f"/studies/{study_id}/result")
    result = StudyResult.model_validate_json(answer.content)
    assert (result.chains, [one.name for one in result.variants]) == (5, ["base", "one more"])
    for language, word in (("en", "on time"), ("zh", "现状")):
        page = client.get(f"/studies/{study_id}/report", params={"language": language})
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert word in page.text
    table = client.get(f"/studies/{study_id}/samples.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    # chain by chain, in each the base first, two days each
    assert [(row["chain"], row["variant"]) for row in rows[::2]] == [
        (str(chain), name) for chain in range(5) for name in ("base", "one more")
    ]
    told = heard(client.get(f"/studies/{study_id}/events").text)
    assert [told[0][1], told[1][1], told[-1][1]] == ["queued", "running", "finished"]


def test_a_study_is_not_there_for_who_may_not_see_its_base(client: TestClient) -> None:
    found = asked(client, SMALL)  # the last test of the module: a key ends the time without keys
    base = client.get(f"/scenarios/{found['scenario_id']}/content").json()
    branches = [one["branch_id"] for one in base["branches"]]
    stranger = key_for(client, "dispatcher", branches=["elsewhere"])
    own = key_for(client, "dispatcher", branches=branches)
    viewer = key_for(client, "viewer", branches=branches)
    address = f"/studies/{found['study_id']}"
    for path in ("", "/content", "/result", "/report", "/samples.csv", "/events"):
        assert client.get(address + path, headers=stranger).status_code == 404
    assert client.post(f"{address}/cancel", headers=stranger).status_code == 404
    assert client.get("/studies", headers=stranger).json()["studies"] == []
    assert client.get(address, headers=viewer).status_code == 200
    assert client.post(f"{address}/cancel", headers=viewer).status_code == 403
    refused = client.post("/studies", json=SMALL, headers=stranger)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
    hidden = client.post(
        "/studies", json=SMALL, headers=stranger, params={"scenario_id": found["scenario_id"]}
    )
    assert hidden.status_code == 404
    assert client.post("/studies", json=SMALL, headers=own).status_code == 202
    assert client.post(f"{address}/cancel", headers=own).status_code == 202
