"""What a schema says, in words: kinds of values, their limits, fields one by one."""

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from markupsafe import Markup, escape

from service.manual.prose import line

Schema = dict[str, Any]
"""A JSON Schema."""

_FORMATS: Final = {
    "date-time": "moment (ISO 8601 with offset)",
    "date": "day (YYYY-MM-DD)",
    "time-local": "time of day (HH:MM)",
    "binary": "bytes",
    "uri": "address",
}
_TYPES: Final = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
    "object": "mapping",
    "array": "list",
}


class FieldView(NamedTuple):
    """One field of a record, for people."""

    name: str
    """Its name; for a record inside a record the whole way, e.g. `vehicles[].breaks[].service`."""
    kind: Markup
    """What it holds."""
    required: bool
    """It must be there."""
    default: str
    """What it is when it is not there; empty: nothing worth saying."""
    meaning: Markup
    """What it says."""


def name_of(schema: Schema) -> str:
    """Return the name of the schema that is referred to; empty: it stands here itself."""
    return str(schema.get("$ref", "")).rpartition("/")[2]


def kind(schema: Schema) -> Markup:
    """Return in words what a value is, with links to the records it is made of.

    Parameters
    ----------
    schema : its schema
    """
    if name := name_of(schema):
        return Markup('<a href="#schema-{0}">{0}</a>').format(name)
    if "const" in schema:
        return Markup("<code>{}</code>").format(_written(schema["const"]))
    if "enum" in schema:
        return Markup(" | ").join(Markup("<code>{}</code>").format(_written(one)) for one in schema["enum"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return Markup(" or ").join(dict.fromkeys(kind(one) for one in schema[several]))
    if schema.get("type") == "array":
        return Markup("{} of {}{}").format("list", _items(schema), _size(schema, "Items", "entries"))
    inside = schema.get("additionalProperties")
    if schema.get("type") == "object" and isinstance(inside, dict) and inside:
        return Markup("mapping to {}").format(kind(inside))
    return escape(_plain(schema))


def fields(
    schema: Schema, before: str = "", *, every: dict[str, Schema] | None = None
) -> Iterator[FieldView]:
    """Yield the fields of a record; those of records that stand inside it follow.

    Parameters
    ----------
    schema : the record's schema
    before : the way to the record
    every : all schemas by name, for the meaning of fields that have none of their own
    """
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        meaning = field.get("description") or (every or {}).get(name_of(field), {}).get("description", "")
        default = "" if field.get("default") in (None, "", [], {}) else _written(field["default"])
        yield FieldView(
            before + name,
            kind(field),
            name in required,
            default if len(default) <= 60 else "…",
            line(" ".join(meaning.split("\n\n")[0].split())),
        )
        inside, way = field, f"{before}{name}."
        if field.get("type") == "array":
            inside, way = field.get("items", {}), f"{before}{name}[]."
        yield from fields(inside, way, every=every)


def _items(schema: Schema) -> Markup:
    if places := schema.get("prefixItems"):
        return Markup("(") + Markup(", ").join(kind(one) for one in places) + Markup(")")
    return kind(schema["items"]) if schema.get("items") else Markup("anything")


def _plain(schema: Schema) -> str:
    of_type = schema.get("type")
    word = _FORMATS.get(schema.get("format", "")) or _TYPES.get(str(of_type), "anything")
    if of_type in ("integer", "number"):
        return word + _range(schema)
    if of_type == "string" and "format" not in schema:
        return word + _size(schema, "Length", "characters")
    return word


def _range(schema: Schema) -> str:
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    above = "above " if "exclusiveMinimum" in schema else ""
    if low is not None and high is not None:
        return f", {above}{low:g} to {high:g}" if high < 10**6 else f", {above}{low:g} to {high:,}"
    if low is not None:
        return f", above {low:g}" if above else f" from {low:g}"
    return f" up to {high:g}" if high is not None else ""


def _size(schema: Schema, what: str, of: str) -> str:
    least, most = schema.get(f"min{what}"), schema.get(f"max{what}")
    if least is not None and least == most:
        return f", {least:,} {of}"
    if least and most is not None:
        return f", {least:,} to {most:,} {of}"
    if most is not None:
        return f", at most {most:,} {of}"
    return f", at least {least:,} {of}" if least else ""


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
