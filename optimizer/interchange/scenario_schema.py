"""The format of a scenario as a JSON Schema, with the parameters of every rule."""

from typing import Any

from optimizer.domain.scenario import Scenario
from optimizer.rules import RULES

_MATRIX_FILE = {
    "type": "object",
    "properties": {"file": {"type": "string", "minLength": 1}},
    "required": ["file"],
    "additionalProperties": False,
    "description": "A matrix in a file in the scenario's folder or below it: CSV with the heading "
    "from,to,seconds,metres, or JSON.",
}
"""What stands in a scenario file instead of a matrix, see `optimizer.interchange.matrix_file`."""


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario; under ``policy.rules`` stands what each rule can be told."""
    schema = Scenario.model_json_schema(mode="validation")
    definitions: dict[str, Any] = schema["$defs"]
    parameters: dict[str, Any] = {}
    for rule in RULES:
        own = rule.params.model_json_schema(mode="validation")
        definitions.update(own.pop("$defs", {}))
        definitions[rule.params.__name__] = own
        parameters[rule.code] = {"$ref": f"#/$defs/{rule.params.__name__}", "description": rule.title}
    place = definitions["Policy"]["properties"]["rules"]
    place.pop("additionalProperties", None)
    place.pop("propertyNames", None)
    place["properties"] = parameters
    place["additionalProperties"] = False
    matrices = definitions["Travel"]["properties"]["matrices"]
    matrices["additionalProperties"] = {"anyOf": [{"$ref": "#/$defs/Matrix"}, _MATRIX_FILE]}
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
