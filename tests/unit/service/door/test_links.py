"""Links are read off the names in a description."""

from typing import Any

from service.door.links import add_links

_TEXT: dict[str, Any] = {"type": "string"}
_PERHAPS: dict[str, Any] = {"anyOf": [_TEXT, {"type": "null"}]}


def operation(
    operation_id: str, path: str = "", query: str = "", header: str = "", body: Any = None, answer: Any = None
) -> dict[str, Any]:
    """Return an operation that takes names (with spaces between them) and answers a record with fields."""
    places = {"path": path, "query": query, "header": header}
    found: dict[str, Any] = {
        "operationId": operation_id,
        "parameters": [
            {"in": place, "name": name} for place, names in places.items() for name in names.split()
        ],
        "responses": {"200": {"content": {}}, "404": {"content": _json({"plan_id": _TEXT})}},
    }
    if answer is not None:
        found["responses"]["200"]["content"] = _json(answer)
    if body is not None:
        found["requestBody"] = {"content": _json(body)}
    return found


def _json(fields: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": {"type": "object", "properties": fields}}}


def list_of(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


PLAN = {"plan_id": _TEXT, "scenario_id": _TEXT}
DESCRIPTION: dict[str, Any] = {
    "paths": {
        "/plans": {
            "get": operation("list_plans", query="scenario_id", answer={"plans": list_of("Plan")}),
            "post": operation("make_plan", body={"scenario_id": _TEXT}, answer=PLAN),
        },
        "/plans/{plan_id}": {
            "get": operation("get_plan", path="plan_id", answer=PLAN),
            "delete": operation("delete_plan", path="plan_id", header="If-Match"),
        },
        "/plans/{plan_id}/clocks": {
            "get": operation("get_clocks", path="plan_id", answer={"clocks": list_of("Clock")})
        },
        "/plans/{plan_id}/preview": {"post": operation("preview", path="plan_id", body={"job_id": _TEXT})},
        "/scenarios/{scenario_id}": {
            "get": operation("get_scenario", path="scenario_id", answer={"name": _TEXT}),
            "delete": operation("delete_scenario", path="scenario_id", header="If-Match"),
        },
        "/boards/{board_id}": {
            "get": operation(
                "get_board", path="board_id", answer={"board_id": _TEXT, "draft_plan_id": _PERHAPS}
            )
        },
        "/boards/{board_id}/draft": {
            "put": operation("put_draft", path="board_id", header="If-Match", body={"plan_id": _TEXT})
        },
        "/rules": {"get": operation("list_rules", answer={"rules": list_of("Rule")})},
        "/rules/{code}": {"get": operation("get_rule", path="code", answer={"code": _TEXT})},
    },
    "components": {
        "schemas": {
            "Plan": {"type": "object", "properties": PLAN},
            "Clock": {"type": "object", "properties": {"code": _TEXT, "job_id": _TEXT}},
            "Rule": {"type": "object", "properties": {"code": _TEXT}},
        }
    },
}

add_links(DESCRIPTION)
LINKS: dict[str, dict[str, Any]] = {
    one["operationId"]: one["responses"]["200"].get("links", {})
    for methods in DESCRIPTION["paths"].values()
    for one in methods.values()
}


def test_an_object_leads_to_everything_that_takes_its_id() -> None:
    assert set(LINKS["get_plan"]) == {
        *("list_plans", "make_plan", "delete_plan", "get_clocks", "preview", "get_scenario", "put_draft")
    }
    assert LINKS["make_plan"]["get_plan"] == {
        "operationId": "get_plan",
        "parameters": {"path.plan_id": "$response.body#/plan_id"},
    }


def test_of_a_list_the_first_is_meant_and_its_version_is_not_known() -> None:
    assert LINKS["list_plans"]["delete_plan"] == {
        "operationId": "delete_plan",
        "parameters": {"path.plan_id": "$response.body#/plans/0/plan_id"},
    }


def test_a_change_names_the_version_that_was_answered() -> None:
    assert LINKS["get_plan"]["delete_plan"]["parameters"]["header.If-Match"] == "$response.header.ETag"


def test_an_object_of_another_room_is_only_looked_at() -> None:
    assert "get_scenario" in LINKS["get_plan"]
    assert "delete_scenario" not in LINKS["get_plan"]
    assert LINKS["get_board"]["get_plan"]["parameters"] == {"path.plan_id": "$response.body#/draft_plan_id"}


def test_a_body_takes_ids_too_but_none_that_may_be_null() -> None:
    assert LINKS["get_plan"]["make_plan"]["requestBody"] == {"scenario_id": "$response.body#/scenario_id"}
    assert LINKS["get_plan"]["put_draft"] == {
        "operationId": "put_draft",
        "requestBody": {"plan_id": "$response.body#/plan_id"},
    }
    assert "requestBody" not in LINKS["get_board"]["put_draft"]


def test_what_the_address_said_already_goes_along() -> None:
    assert LINKS["get_clocks"]["preview"] == {
        "operationId": "preview",
        "parameters": {"path.plan_id": "$request.path.plan_id"},
        "requestBody": {"job_id": "$response.body#/clocks/0/job_id"},
    }
    assert "get_plan" not in LINKS["get_clocks"]  # the answer says nothing that it needs


def test_other_names_mean_something_only_below_their_own_list() -> None:
    assert LINKS["list_rules"]["get_rule"]["parameters"] == {"path.code": "$response.body#/rules/0/code"}
    assert "get_rule" not in LINKS["get_clocks"]


def test_errors_lead_nowhere() -> None:
    assert not any(
        "links" in one["responses"]["404"]
        for methods in DESCRIPTION["paths"].values()
        for one in methods.values()
    )
