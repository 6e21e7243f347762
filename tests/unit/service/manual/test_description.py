"""The description of the service reads like documentation: nothing unsaid, examples that hold."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from service.door.problem_kinds import PROBLEM_KINDS
from service.manual.curl import body_example
from service.manual.schemas import fields
from tests.unit.service.manual.description import description, operations

SENTENCE = re.compile(r"[A-Z`].*[.!?]$", re.DOTALL)


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    return description()


def rooted(schema: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with everything it may refer to."""
    return {**schema, "components": said["components"]}


def test_every_field_says_what_it_means(said: dict[str, Any]) -> None:
    every = said["components"]["schemas"]
    bodies = [
        content["schema"]
        for _, _, operation in operations(said)
        for content in operation.get("requestBody", {}).get("content", {}).values()
    ]
    silent = [
        f"{name}: {field.name}"
        for name, schema in [*every.items(), *(("body", one) for one in bodies)]
        for field in fields(schema, every=every)
        if not field.meaning
    ]
    assert silent == []


def test_every_record_says_what_it_is(said: dict[str, Any]) -> None:
    # What a generic record was made for stands in its name, e.g. ListEdit_Finding_; pydantic gives it no words.
    silent = [
        name
        for name, one in said["components"]["schemas"].items()
        if not one.get("description") and not name.endswith("_")
    ]
    assert silent == []


def test_every_operation_says_what_it_does(said: dict[str, Any]) -> None:
    wrong = []
    ids = []
    for method, path, operation in operations(said):
        ids.append(operation["operationId"])
        if not SENTENCE.match(operation["summary"]) or " " not in operation["summary"]:
            wrong.append(f"{method} {path}: the summary {operation['summary']!r} is no sentence")
        if not operation.get("description"):
            wrong.append(f"{method} {path}: no description")
        if not [status for status in operation["responses"] if status.startswith("2")]:
            wrong.append(f"{method} {path}: no answer when all goes well")
        if not operation.get("tags"):
            wrong.append(f"{method} {path}: in no room")
        wrong += [
            f"{method} {path}: the parameter {one['name']} says nothing"
            for one in operation.get("parameters", ())
            if not one.get("description")
        ]
    assert wrong == []
    assert len(set(ids)) == len(ids)


def test_every_room_says_what_it_is_about(said: dict[str, Any]) -> None:
    silent = [one["name"] for one in said["tags"] if not SENTENCE.match(one["description"])]
    assert silent == []
    used = {operation["tags"][0] for _, _, operation in operations(said)}
    assert used == {one["name"] for one in said["tags"]}


def test_errors_have_the_one_shape_and_a_page(said: dict[str, Any]) -> None:
    slugs = {kind.slug for kind in PROBLEM_KINDS}
    named = set()
    for method, path, operation in operations(said):
        for status, answer in operation["responses"].items():
            if status.startswith(("4", "5")) and answer.get("content"):
                own = {"/health/ready", "/vroom"}  # documented to have another shape
                assert "application/problem+json" in answer["content"] or path in own, (method, path, status)
                named |= set(answer["content"].get("application/problem+json", {}).get("examples", ()))
    assert named <= slugs
    assert {"unauthenticated", "invalid-input", "internal"} <= named


def examples(said: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    for method, path, operation in operations(said):
        body = operation.get("requestBody", {})
        parts = [("body", body), *operation["responses"].items()]
        for part, one in parts:
            for kind, content in one.get("content", {}).items():
                if not kind.endswith("json"):
                    continue
                for name, example in content.get("examples", {}).items():
                    yield f"{method} {path} {part} {name}", content["schema"], example["value"]
        for one in operation.get("parameters", ()):
            for example in one["schema"].get("examples", ()):
                yield f"{method} {path} {one['name']}", one["schema"], example


def test_every_example_is_one(said: dict[str, Any]) -> None:
    found = list(examples(said))
    assert len(found) > 50
    wrong = [
        where
        for where, schema, value in found
        if not Draft202012Validator(rooted(schema, said)).is_valid(value)
    ]
    assert wrong == []


def test_every_json_body_has_an_example_that_is_one(said: dict[str, Any]) -> None:
    every = said["components"]["schemas"]
    wrong = []
    for method, path, operation in operations(said):
        example = body_example(operation, every)
        if example is not None and example[0] == "application/json":
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            if not Draft202012Validator(rooted(schema, said)).is_valid(example[1]):
                wrong.append(f"{method} {path}: {example[1]}")
    assert wrong == []
