"""``/rules``, ``/engines``, ``/schemas``, ``/settings``: what the service knows by itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import JSONResponse, Response

from optimizer.cli.documents import DOCUMENTS, RuleEntry, RulePages, SettingsList
from optimizer.cli.rules import rule_entry
from optimizer.cli.settings import setting_rows
from optimizer.domain.policy import Policy, Preset
from optimizer.interchange.scenario_schema import scenario_schema
from optimizer.rules import RULES
from optimizer.rules.book import RuleBook
from service.door.answer import json_response
from service.door.call import Reads, ReadsRecords
from service.door.docs import problems
from service.door.problem import Problem
from service.door.problem_kinds import NOT_FOUND, TOO_LONG
from service.reference.engines import engine_list
from service.reference.records import EngineList, FormatList

router = APIRouter(tags=["reference"])

PresetAsked = Annotated[Preset, Query(description="Parameters as this preset has them.")]
"""The preset whose parameters are shown."""

_SCENARIO = "scenario"


@router.get("/rules", operation_id="list_rules", response_model=RulePages, responses=problems())
def list_rules(call: Reads, preset: PresetAsked = "service-first") -> Response:
    """List the rule book: every rule with its code, its source and its parameters."""
    book = RuleBook.of(Policy(preset=preset))
    return json_response(RulePages(preset=preset, rules=tuple(rule_entry(rule, book) for rule in RULES)))


@router.get("/rules/{code}", operation_id="get_rule", response_model=RuleEntry, responses=problems(NOT_FOUND))
def get_rule(
    call: Reads,
    code: Annotated[
        str,
        Path(max_length=40, description="The rule's code; small letters will do.", examples=["SKILL"]),
    ],
    preset: PresetAsked = "service-first",
) -> Response:
    """Say what one rule of the book demands, where it is written and what its parameters are."""
    rule = next((one for one in RULES if one.code == code.upper()), None)
    if rule is None:
        raise Problem(NOT_FOUND, "There is no such rule; `GET /rules` lists all.")
    return json_response(rule_entry(rule, RuleBook.of(Policy(preset=preset))))


@router.get("/engines", operation_id="list_engines", response_model=EngineList, responses=problems(TOO_LONG))
def list_engines(call: Reads) -> Response:
    """List the engines: the ways from a question to a plan."""
    seconds = float(call.backend.settings.answer_s)
    return json_response(call.backend.studio.ask(engine_list, seconds=seconds))


@router.get("/schemas", operation_id="list_schemas", response_model=FormatList, responses=problems())
def list_schemas(call: Reads) -> Response:
    """List the documents whose formats are published: files, and what the command line prints."""
    return json_response(FormatList(formats=(_SCENARIO, *DOCUMENTS)))


@router.get(
    "/schemas/{name}",
    operation_id="get_schema",
    response_model=dict[str, Any],
    response_description="The JSON Schema, draft 2020-12",
    responses=problems(NOT_FOUND),
)
def get_schema(
    call: Reads,
    name: Annotated[str, Path(max_length=40, description="The document's name.", examples=["scenario"])],
) -> Response:
    """Return a document's format as JSON Schema; `scenario` includes every rule's parameters."""
    if name == _SCENARIO:
        return JSONResponse(scenario_schema())
    if name not in DOCUMENTS:
        raise Problem(NOT_FOUND, "There is no such format; `GET /schemas` lists all.")
    found = DOCUMENTS[name].model_json_schema(mode="serialization")
    return JSONResponse({"$schema": "https://json-schema.org/draft/2020-12/schema", **found})


@router.get("/settings", operation_id="list_settings", response_model=SettingsList, responses=problems())
def list_settings(call: ReadsRecords) -> Response:
    """List the installation's settings with meaning, default and present value; secrets are hidden."""
    return json_response(SettingsList(settings=tuple(setting_rows(call.backend.settings))))
