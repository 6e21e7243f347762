"""Examples of values, from what their schemas say."""

from typing import Any, Final

Schema = dict[str, Any]
"""A JSON Schema."""

_OF_FORMAT: Final = {"date-time": "2026-07-15T09:00:00+08:00", "date": "2026-07-15", "time-local": "09:00"}
_OF_TYPE: Final[dict[str, Any]] = {
    "boolean": True,
    "null": None,
    "array": [],
    "object": {},
}


def example_of(schema: Schema, every: dict[str, Schema]) -> Any:
    """Return a value that a schema allows: its own example, else the least there must be.

    Parameters
    ----------
    schema : the schema
    every : all schemas by name, for references
    """
    if "$ref" in schema:
        return example_of(every[schema["$ref"].rpartition("/")[2]], every)
    for known in ("const", "default"):
        if schema.get(known) is not None:
            return schema[known]
    for several in ("examples", "enum"):
        if schema.get(several):
            return schema[several][0]
    for ways in ("anyOf", "oneOf"):
        if ways in schema:
            return example_of(schema[ways][0], every)
    return _least(schema, every)


def _least(schema: Schema, every: dict[str, Schema]) -> Any:
    of_type = schema.get("type", "object")
    if of_type == "object":
        known = schema.get("properties", {})
        return {name: example_of(known.get(name, {}), every) for name in schema.get("required", ())}
    if of_type == "array":
        places = schema.get("prefixItems", [schema.get("items", {})] * schema.get("minItems", 0))
        return [example_of(one, every) for one in places]
    if of_type in ("integer", "number"):
        return schema.get("minimum", schema.get("exclusiveMinimum", 0) + ("exclusiveMinimum" in schema))
    if of_type == "string":
        return _OF_FORMAT.get(schema.get("format", ""), "x" * schema.get("minLength", 1))
    return _OF_TYPE[of_type]
