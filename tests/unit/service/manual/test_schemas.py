from typing import Any

import pytest

from service.manual.examples import example_of
from service.manual.schemas import fields, kind

ID = {"type": "string", "minLength": 1, "maxLength": 80}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "text"),
        (ID, "text, 1 to 80 characters"),
        ({"type": "string", "format": "date-time"}, "moment (ISO 8601 with offset)"),
        ({"type": "integer", "minimum": 0}, "whole number from 0"),
        ({"type": "integer", "minimum": 1, "maximum": 2147483647}, "whole number, 1 to 2,147,483,647"),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 5}, "number, above 0 to 5"),
        ({"type": "number", "maximum": 5}, "number up to 5"),
        ({"enum": ["a", "<"]}, "<code>&#34;a&#34;</code> | <code>&#34;&lt;&#34;</code>"),
        ({"const": 0}, "<code>0</code>"),
        ({"anyOf": [{"type": "boolean"}, {"type": "null"}]}, "true or false or null"),
        (
            {"type": "array", "items": ID, "maxItems": 2000},
            "list of text, 1 to 80 characters, at most 2,000 entries",
        ),
        (
            {
                "type": "array",
                "prefixItems": [{"type": "integer"}, {"type": "number"}],
                "minItems": 2,
                "maxItems": 2,
            },
            "list of (whole number, number), 2 entries",
        ),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "mapping to whole number"),
        ({"$ref": "#/components/schemas/Job"}, '<a href="#schema-Job">Job</a>'),
        ({}, "anything"),
    ],
)
def test_kinds_of_values_in_words(schema: dict[str, Any], words: str) -> None:
    assert kind(schema) == words


def test_fields_of_records_inside_follow_with_their_way() -> None:
    inner = {"type": "object", "properties": {"id": {"type": "integer", "description": "Its id."}}}
    schema = {
        "required": ["name"],
        "properties": {
            "name": {**ID, "description": "A name."},
            "parts": {"type": "array", "items": inner, "description": "Parts."},
            "place": {"$ref": "#/components/schemas/Place", "default": None},
        },
    }
    every = {"Place": {"description": "Where it is."}}
    found = [(one.name, one.required, str(one.meaning)) for one in fields(schema, every=every)]
    assert found == [
        ("name", True, "A name."),
        ("parts", False, "Parts."),
        ("parts[].id", False, "Its id."),
        ("place", False, "Where it is."),  # a field without words of its own has its record's
    ]


def test_an_example_is_the_least_there_must_be() -> None:
    every = {
        "Key": {"type": "object", "required": ["role"], "properties": {"role": {"enum": ["viewer", "admin"]}}}
    }
    schema = {
        "type": "object",
        "required": ["key", "count", "when", "name", "pair"],
        "properties": {
            "key": {"$ref": "#/components/schemas/Key"},
            "count": {"type": "integer", "exclusiveMinimum": 3},
            "when": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
            "name": {"type": "string", "minLength": 2},
            "pair": {"type": "array", "items": {"type": "boolean"}, "minItems": 2},
            "more": {"type": "string"},
        },
    }
    assert example_of(schema, every) == {
        "key": {"role": "viewer"},
        "count": 4,
        "when": "2026-07-15",
        "name": "xx",
        "pair": [True, True],
    }
