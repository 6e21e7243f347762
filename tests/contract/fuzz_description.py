"""The service's description for schemathesis, wide for single requests and narrow for chains of them."""

import copy
import json
from collections.abc import Callable
from typing import Any, Final

from optimizer.interchange.scenario_text import scenario_json
from tests.contract.branch_objects import DAY, OTHERS, REQUESTS, Office, question

BRANCH: Final = "B1"
"""The branch of the objects that are there."""

STUDY: Final[dict[str, Any]] = {
    "name": "as it is",
    "days": 1,
    "warm_up_days": 0,
    "chains": {"least": 2, "most": 2},
    "generate": {"technicians": 1, "jobs": 1},
    "variants": [{"name": "as it is"}],
}
"""A study that goes with every scenario; its samples are drawn."""

_Bodies = Callable[[Office], list[Any]]

_GOOD: Final[dict[str, _Bodies]] = {
    "upload_scenario": lambda _: [json.loads(scenario_json(question(BRANCH)))],
    "validate_scenario": lambda _: [json.loads(scenario_json(question(BRANCH)))],
    "replace_scenario_content": lambda office: [json.loads(scenario_json(question(office.branch)))],
    "take_job_in": lambda _: [
        {
            "job": {"job_id": name, "type": "survey", "place": {"lat": 28.2, "lon": 113.0}},
            "remote_help": tried,
        }
        for name, tried in (("J5", "not_tried"), ("J6", "not_tried"), ("J7", "failed"))
    ],
    "ask_for_study": lambda _: [STUDY],
    "ask_for_run": lambda office: [{"scenario_id": office["scenario_id"]}],
    "time_plan": lambda office: [
        {
            "scenario_id": office["scenario_id"],
            "orders": {
                "routes": [{"technician_id": "T1", "day": DAY, "jobs": ["J1"]}],
                "made_by": "the desk",
            },
        }
    ],
    "check_plan": lambda office: [
        {"scenario_id": office["scenario_id"], "revision": 1, "document": office.plan_document()}
    ],
    "create_board": lambda office: [{"scenario_id": office["scenario_id"], "branch_id": BRANCH, "day": DAY}],
    "add_key": lambda _: [{"name": "n", "role": "viewer"}],
    "add_webhook": lambda _: [{"url": "https://example.com/", "events": ["run.finished"]}],
}
"""Bodies that are good, beside those of `REQUESTS`; links put the objects in that they are about."""


def with_objects(description: dict[str, Any], ids: dict[str, list[str]], office: Office) -> dict[str, Any]:
    """Return a description that names, beside everything it allows, the objects that are there.

    Parameters
    ----------
    description : OpenAPI
    ids : some values for a name of a parameter or field
    office : whose objects they are
    """
    found = copy.deepcopy(description)
    known = _values(ids)
    for methods in found["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                name = "*" if parameter["name"] == "If-Match" else parameter["name"]
                _widen(parameter, "schema", {**known, "*": ["*"]}.get(name))
                parameter.pop("examples", None)
                parameter.pop("example", None)
            contents = operation.get("requestBody", {}).get("content", {})
            # One way of sending a scenario is enough: YAML holds the same.
            contents.pop("application/yaml", None)
            if contents:
                _add_bodies(contents.get("application/json"), _bodies(operation["operationId"], office))
            if "security" in operation:  # a cookie would be a browser's, which sends Origin too
                operation["security"] = [one for one in operation["security"] if "Session" not in one]
    del found["components"]["securitySchemes"]["Session"]
    for schema in found["components"]["schemas"].values():
        for name in schema.get("properties", {}):
            _widen(schema["properties"], name, known.get(name))
    return found


_MAKERS: Final = frozenset({"upload_scenario", "ask_for_run", "get_run", "time_plan"})


def for_chains(
    description: dict[str, Any], ids: dict[str, str], office: Office, rooms: frozenset[str]
) -> dict[str, Any]:
    """Return a description that allows little beside what is good, so that chains go on.

    What a whole scenario may hold is tried out in single requests; here its bulk would end a chain after a few steps.

    Parameters
    ----------
    description : OpenAPI
    ids : ids of objects by the names they have in addresses
    office : whose objects they are
    rooms : only the operations of these, and those that make a plan
    """
    several = {name: [one] for name, one in ids.items()}
    found, known = with_objects(description, several, office), _values(several)
    for path, methods in found["paths"].items():
        found["paths"][path] = {
            method: one
            for method, one in methods.items()
            if rooms & {*one["tags"]} or one["operationId"] in _MAKERS
        }
    kept = {one["operationId"] for methods in found["paths"].values() for one in methods.values()}
    for methods in found["paths"].values():
        for operation in methods.values():
            for answer in operation["responses"].values():
                if "links" in answer:
                    answer["links"] = {name: one for name, one in answer["links"].items() if name in kept}
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "If-Match":
                    parameter |= {"required": True, "schema": {"enum": ["*"]}}
                elif parameter["name"] in known and (parameter["in"] == "path" or parameter.get("required")):
                    own = office.made.get(f"{operation['operationId']} {parameter['name']}")
                    parameter["schema"] = {"enum": [own] if own else known[parameter["name"]]}
            contents = operation.get("requestBody", {}).get("content", {})
            if contents and (good := _bodies(operation["operationId"], office)):
                operation["requestBody"]["content"] = {"application/json": {"schema": {"enum": good}}}
            elif len(contents) > 1:
                operation["requestBody"]["content"] = {"application/json": contents["application/json"]}
    return found


def _values(ids: dict[str, list[str]]) -> dict[str, list[Any]]:
    """Return values that exist for names of parameters and fields."""
    known: dict[str, list[Any]] = {
        **ids,
        "newer": ids["plan_id"],
        "branch_id": [BRANCH],
        "branch": [BRANCH],
        "day": [DAY],
        "older": [1],
    }
    return known | {name: list(values) for name, values in OTHERS.items() if name != "kind"}


def _bodies(operation_id: str, office: Office) -> list[Any]:
    """Return bodies that are good, where they are known."""
    known = _GOOD[operation_id](office) if operation_id in _GOOD else []
    request = REQUESTS[operation_id](office) if operation_id in REQUESTS else {}
    return [*known, request["json"]] if "json" in request else known


def _add_bodies(content: dict[str, Any] | None, bodies: list[Any]) -> None:
    if content is not None and bodies:
        content["schema"] = {"anyOf": [{"enum": bodies}, content["schema"]]}
        content.pop("examples", None)


def _widen(parent: dict[str, Any], name: str, values: list[Any] | None) -> None:
    kinds = {one.get("type", "string") for one in parent[name].get("anyOf", [parent[name]])}
    if values is not None and ("integer" if isinstance(values[0], int) else "string") in kinds:
        parent[name] = {"anyOf": [{"enum": values}, parent[name]]}
