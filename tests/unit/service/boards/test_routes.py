"""A board's way from the empty day to the published plan."""

from typing import Any

import pytest

from tests.unit.service.boards.day import BROKEN, DAY, NEWEST, Office, X, Y, at
from tests.unit.service.served import key_for


def test_a_day_goes_from_empty_over_draft_and_approved_to_published(office: Office) -> None:
    asked = {"scenario_id": office.scenario_id, "branch_id": "B1", "day": DAY}
    answer = office.client.post("/boards", json=asked)
    board = answer.headers["Location"]
    steps = [(answer.status_code, answer.headers["ETag"], answer.json()["state"])]
    plan_id = office.plan(X)
    sent: list[tuple[str, str, Any]] = [
        ("PUT", "draft", {"plan_id": plan_id}),
        ("POST", "approve", None),
        ("POST", "publish", None),
    ]
    for method, verb, body in sent:
        headers = {"If-Match": steps[-1][1]}
        answer = office.client.request(method, f"{board}/{verb}", json=body, headers=headers)
        steps.append((answer.status_code, answer.headers["ETag"], answer.json()["state"]))
    assert steps == [
        (201, '"1"', "empty"),
        (200, '"2"', "draft"),
        (200, '"3"', "approved"),
        (200, '"4"', "published"),
    ]
    said = answer.json()
    assert (said["draft_plan_id"], said["published_plan_id"], said["approval"]) == (None, plan_id, None)
    assert (said["publication"]["plan_id"], said["publication"]["revision"]) == (plan_id, 1)
    page = office.client.get(f"{board}/entries", params={"limit": 3}).json()
    assert [(one["version"], one["kind"]) for one in page["entries"]] == [
        (4, "published"),
        (3, "approved"),
        (2, "drafted"),
    ]
    rest = office.client.get(f"{board}/entries", params={"before": page["before"]}).json()
    assert [(one["version"], one["kind"]) for one in rest["entries"]] == [(1, "created")]
    assert rest["before"] is None


def test_a_board_shows_its_own_branch_only(office: Office) -> None:
    board = office.board("B1")
    office.publish(board, office.plan(X))
    answer = office.client.get(board)
    shown = answer.json()["published"]
    routes = {one["technician_id"]: tuple(stop["job_id"] for stop in one["stops"]) for one in shown["shifts"]}
    assert routes == {"T1": ("J1", "J2"), "T2": ("J3",)}
    assert [one["technician_id"] for one in shown["technicians"]] == ["T1", "T2"]
    assert shown["unserved"] == ["J4", "R1"]  # K2 is left out too, but is B2's
    assert [one["job_id"] for one in shown["jobs"]] == ["J1", "J2", "J3", "J4", "R1"]
    again = office.client.get(board, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_another_draft_needs_another_yes(office: Office) -> None:
    board, x, y = office.board(), office.plan(X), office.plan(Y)
    office.put(board, x)
    assert office.client.post(f"{board}/approve", headers=NEWEST).json()["state"] == "approved"
    same = office.client.put(f"{board}/draft", json={"plan_id": x}, headers={"If-Match": '"3"'})
    assert (same.json()["version"], same.json()["state"]) == (3, "approved")  # nothing was changed
    office.put(board, y)
    refused = office.client.post(f"{board}/publish", headers=NEWEST)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")
    assert "yes" in refused.json()["detail"]
    assert office.client.post(f"{board}/approve", headers=NEWEST).status_code == 200
    assert office.client.post(f"{board}/publish", headers=NEWEST).json()["published_plan_id"] == y


def test_a_withdrawn_yes_does_not_count(office: Office) -> None:
    board = office.board()
    office.put(board, office.plan(X))
    assert office.client.post(f"{board}/withdraw", headers=NEWEST).status_code == 409
    office.client.post(f"{board}/approve", headers=NEWEST)
    assert office.client.post(f"{board}/approve", headers=NEWEST).status_code == 409
    assert office.client.post(f"{board}/withdraw", headers=NEWEST).json()["state"] == "draft"
    assert office.client.post(f"{board}/publish", headers=NEWEST).status_code == 409


def test_a_plan_that_breaks_hard_rules_is_not_published(office: Office) -> None:
    board = office.board()
    office.put(board, office.plan(BROKEN))
    office.client.post(f"{board}/approve", headers=NEWEST)
    refused = office.client.post(f"{board}/publish", headers=NEWEST)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")
    assert office.client.get(board).json()["published"] is None


def test_a_plan_of_an_older_revision_is_refused_with_what_is_different(office: Office) -> None:
    board = office.board()
    office.put(board, office.plan(X))
    office.client.post(f"{board}/approve", headers=NEWEST)
    patch = {"jobs": {"J2": {"priority": "emergency"}, "J4": None}}
    changed = office.client.patch(
        f"/scenarios/{office.scenario_id}/content", json=patch, headers={"If-Match": '"1"'}
    )
    assert changed.json()["revision"] == 2
    refused = office.client.post(f"{board}/publish", headers={"If-Match": '"3"'})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/stale-plan")
    differences = {one["pointer"]: (one["before"], one["after"]) for one in refused.json()["changes"]}
    assert differences.keys() == {"/jobs/J2/priority", "/jobs/J4"}
    assert differences["/jobs/J2/priority"] == (None, "emergency")
    assert differences["/jobs/J4"][0]["job_id"] == "J4"
    assert differences["/jobs/J4"][1] is None
    assert office.client.get(board).json()["board"]["version"] == 3


def test_a_draft_is_a_plan_of_the_boards_scenario(office: Office) -> None:
    board = office.board()
    other = office.client.post("/scenarios", json=office.scenario.model_dump(mode="json")).json()
    here, office.scenario_id = office.scenario_id, other["scenario_id"]
    foreign = office.plan(X)
    office.scenario_id = here
    for plan_id in (foreign, "pln_nothing"):
        refused = office.client.put(f"{board}/draft", json={"plan_id": plan_id}, headers=NEWEST)
        assert refused.status_code == 422
        assert [(one["code"], one["pointer"]) for one in refused.json()["issues"]] == [
            ("unknown-plan", "/plan_id")
        ]


def test_everything_wrong_with_a_new_board_is_named(office: Office) -> None:
    asked = {"scenario_id": office.scenario_id, "branch_id": "B9", "day": "2026-07-16"}
    answer = office.client.post("/boards", json=asked)
    assert answer.status_code == 422
    assert {one["pointer"]: one["code"] for one in answer.json()["issues"]} == {
        "/branch_id": "unknown-branch",
        "/day": "outside-horizon",
    }
    assert office.client.post("/boards", json={**asked, "scenario_id": "scn_no"}).status_code == 404


def test_a_branch_has_one_board_a_day(office: Office) -> None:
    office.board("B1")
    office.board("B2")
    asked = {"scenario_id": office.scenario_id, "branch_id": "B1", "day": DAY}
    assert office.client.post("/boards", json=asked).status_code == 409


def test_a_board_is_deleted_only_before_anything_was_published(office: Office) -> None:
    board = office.board()
    assert office.client.delete(board, headers={"If-Match": '"1"'}).status_code == 204
    assert office.client.get(board).status_code == 404
    board = office.board()
    office.publish(board, office.plan(X))
    assert office.client.delete(board, headers=NEWEST).status_code == 409


CHANGES = [
    ("DELETE", "", None),
    ("PUT", "/draft", {"plan_id": "pln_nothing"}),
    ("POST", "/approve", None),
    ("POST", "/withdraw", None),
    ("POST", "/publish", None),
    ("POST", "/events", {"events": [{"kind": "contacted", "at": at("08:00"), "job_id": "J1"}]}),
    ("POST", "/jobs/J1/promise", {"at": at("08:00")}),
]


@pytest.mark.parametrize(("method", "verb", "body"), CHANGES)
def test_every_change_names_the_version_it_was_decided_on(
    office: Office, method: str, verb: str, body: Any
) -> None:
    board = office.board()
    without = office.client.request(method, f"{board}{verb}", json=body)
    assert (without.status_code, without.json()["type"]) == (428, "/problems/precondition-required")
    old = office.client.request(method, f"{board}{verb}", json=body, headers={"If-Match": '"7"'})
    assert (old.status_code, old.headers["ETag"]) == (412, '"1"')


def test_a_repeated_request_is_answered_the_same_and_done_once(office: Office) -> None:
    board, plan_id = office.board(), office.plan(X)
    for method, verb, body in (("PUT", "draft", {"plan_id": plan_id}), ("POST", "approve", None)):
        version = office.client.get(board).headers["ETag"]
        headers = {"If-Match": version, "Idempotency-Key": verb}
        first, second = (
            office.client.request(method, f"{board}/{verb}", json=body, headers=headers) for _ in range(2)
        )
        assert (first.status_code, first.content) == (second.status_code, second.content)
        assert (first.status_code, second.headers.get("Idempotency-Replayed")) == (200, "true")
    assert office.client.get(board).json()["board"]["version"] == 3


def test_only_a_manager_says_yes_and_only_the_own_branch_is_seen(office: Office) -> None:
    board = office.board()
    office.put(board, office.plan(X))
    keys = {
        role: key_for(office.client, role, branches=["B1"])
        for role in ("viewer", "technician", "dispatcher", "manager")
    }
    foreign = key_for(office.client, "manager", branches=["B2"])

    def approve(role: str) -> int:
        headers = {**keys[role], **NEWEST}
        return office.client.post(f"{board}/approve", headers=headers).status_code

    assert {role: approve(role) for role in keys} == {
        "viewer": 403,
        "technician": 403,
        "dispatcher": 403,
        "manager": 200,
    }
    # Who may see one branch only publishes there although the plan covers another one too.
    published = office.client.post(f"{board}/publish", headers={**keys["dispatcher"], **NEWEST})
    assert published.status_code == 200
    assert office.client.get(board, headers=foreign).status_code == 404
    assert office.client.post(f"{board}/approve", headers={**foreign, **NEWEST}).status_code == 404
    assert office.client.get("/boards", headers=foreign).json()["boards"] == []
    assert len(office.client.get("/boards", headers=keys["viewer"]).json()["boards"]) == 1


def test_a_branchs_own_key_is_not_told_how_other_branches_changed(office: Office) -> None:
    board = office.board()
    office.put(board, office.plan(X))
    office.client.post(f"{board}/approve", headers=NEWEST)
    key = key_for(office.client, "dispatcher", branches=["B1"])
    everybody = key_for(office.client, "dispatcher")
    patch = {"jobs": {"K1": {"priority": "emergency"}}}
    address = f"/scenarios/{office.scenario_id}/content"
    assert office.client.patch(address, json=patch, headers={**NEWEST, **everybody}).status_code == 200
    refused = office.client.post(f"{board}/publish", headers={**key, **NEWEST})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/stale-plan")
    assert "changes" not in refused.json()


def test_a_viewer_sees_no_names_and_addresses_on_a_board(office: Office) -> None:
    board = office.board()
    office.publish(board, office.plan(X))
    seen = {
        role: office.client.get(board, headers=key_for(office.client, role)).text
        for role in ("dispatcher", "viewer")
    }
    secrets = ("Mr J1", "555-J1", "J1 street", "Ms T1")
    assert [one in seen["dispatcher"] for one in secrets] == [True] * 4
    assert [one in seen["viewer"] for one in secrets] == [False] * 4


def test_boards_are_found_by_branch_day_and_state_page_by_page(office: Office) -> None:
    one, other = office.board("B1"), office.board("B2")
    office.put(other, office.plan(X))

    def found(**query: Any) -> list[str]:
        boards = office.client.get("/boards", params=query).json()["boards"]
        return [f"/boards/{board['board_id']}" for board in boards]

    assert found(branch="B1") == [one]
    assert found(state="draft") == [other]
    assert found(day="2026-07-16") == []
    first = office.client.get("/boards", params={"limit": 1}).json()
    pages = [first["boards"][0]["board_id"], *(b.rpartition("/")[2] for b in found(after=first["after"]))]
    assert sorted(pages) == sorted(b.rpartition("/")[2] for b in (one, other))


def test_a_scenario_with_a_board_is_not_deleted(office: Office) -> None:
    office.board()
    answer = office.client.delete(f"/scenarios/{office.scenario_id}", headers=NEWEST)
    assert answer.status_code == 409
