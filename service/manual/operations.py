"""The operations as the manual shows them, room by room."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from service.manual.curl import body_example, curl
from service.manual.prose import line, paragraphs
from service.manual.schemas import FieldView, fields, kind
from service.roles import RIGHTS

_METHODS: Final = ("get", "post", "put", "patch", "delete")
_PLACES: Final = {"path": "address", "query": "query", "header": "header", "cookie": "cookie"}


class ParameterView(NamedTuple):
    """One parameter of an operation."""

    name: str
    """Its name."""
    place: str
    """Where it stands: address, query, header."""
    kind: Markup
    """What it holds."""
    required: bool
    """It must be there."""
    default: str
    """What it is when it is not there."""
    meaning: Markup
    """What it says."""


class BodyView(NamedTuple):
    """What is sent, or what is answered."""

    kinds: tuple[tuple[str, Markup], ...]
    """Content-Types with what they hold."""
    meaning: Markup
    """What it is."""
    fields: tuple[FieldView, ...]
    """Its fields, where it is no record with a name."""
    example: str
    """An example as JSON; empty: none."""


class AnswerView(NamedTuple):
    """One answer of an operation."""

    status: str
    """HTTP status with its name."""
    body: BodyView
    """What is answered."""


class ErrorView(NamedTuple):
    """One error of an operation."""

    status: str
    """HTTP status."""
    slugs: tuple[tuple[str, str], ...]
    """Kinds of error: last part of the page's address, and title."""
    meaning: Markup
    """What is said of it, where there are no kinds."""


class OperationView(NamedTuple):
    """One operation."""

    operation_id: str
    """Its name."""
    method: str
    """HTTP method."""
    path: str
    """Its address."""
    summary: Markup
    """What it does, one sentence."""
    about: tuple[Markup, ...]
    """What else there is to know."""
    roles: tuple[str, ...]
    """Roles that may call it; empty: anybody, without a key."""
    parameters: tuple[ParameterView, ...]
    """What it takes besides a body."""
    body: BodyView | None
    """What it takes as a body."""
    curl: str
    """A line that calls it."""
    answers: tuple[AnswerView, ...]
    """What it answers when all goes well."""
    errors: tuple[ErrorView, ...]
    """What may go wrong."""


class Room(NamedTuple):
    """Operations about one thing."""

    name: str
    """What they are about."""
    about: Markup
    """In a sentence."""
    operations: tuple[OperationView, ...]
    """In the order of the description."""

    @property
    def anchor(self) -> str:
        """Its name without spaces, for addresses."""
        return self.name.replace(" ", "-")


def rooms(description: dict[str, Any], base: str) -> tuple[Room, ...]:
    """Return the operations room by room.

    Parameters
    ----------
    description : the service's description, as `/openapi.json` has it
    base : where the service is, without a slash at the end
    """
    about = {one["name"]: one.get("description", "") for one in description.get("tags", ())}
    by_room: dict[str, list[OperationView]] = {name: [] for name in about}
    for path, methods in description["paths"].items():
        for method in _METHODS:
            if method in methods:
                operation = methods[method]
                name = operation.get("tags", ["other"])[0]
                by_room.setdefault(name, []).append(_view(description, base, path, method, operation))
    return tuple(
        Room(name, line(about.get(name, "")), tuple(found)) for name, found in by_room.items() if found
    )


def _view(
    description: dict[str, Any], base: str, path: str, method: str, operation: dict[str, Any]
) -> OperationView:
    every = description.get("components", {}).get("schemas", {})
    roles = _roles(operation)
    said = paragraphs(operation.get("description", ""))
    summary = operation.get("summary", "")
    first = line(summary)
    rest = said[0][len(first) :].strip() if said and said[0].startswith(first) else None
    about = said if rest is None else (Markup(rest), *said[1:]) if rest else said[1:]
    return OperationView(
        operation_id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=first,
        about=about,
        roles=roles,
        parameters=tuple(_parameter(one) for one in operation.get("parameters", ())),
        body=_sent(operation, every),
        curl=curl(base, path, method, operation, every, open_to_all=not roles),
        answers=tuple(_answers(operation, every)),
        errors=tuple(_errors(operation)),
    )


def _roles(operation: dict[str, Any]) -> tuple[str, ...]:
    needed = {right for way in operation.get("security", ()) for rights in way.values() for right in rights}
    if not operation.get("security"):
        return ()
    return tuple(role for role, rights in RIGHTS.items() if needed <= rights)


def _parameter(parameter: dict[str, Any]) -> ParameterView:
    schema = parameter["schema"]
    several = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    default = schema.get("default")
    return ParameterView(
        name=parameter["name"],
        place=_PLACES[parameter["in"]],
        kind=kind(several[0] if len(several) == 1 else schema),
        required=parameter.get("required", False),
        default="" if default in (None, "") else json.dumps(default, ensure_ascii=False),
        meaning=line(parameter.get("description", "")),
    )


def _sent(operation: dict[str, Any], every: dict[str, Any]) -> BodyView | None:
    body = operation.get("requestBody")
    if not body:
        return None
    example = body_example(operation, every)
    text = json.dumps(example[1], ensure_ascii=False, indent=2) if example and example[1] != {} else ""
    return _body(body.get("content", {}), body.get("description", ""), every, text)


def _answers(operation: dict[str, Any], every: dict[str, Any]) -> Iterator[AnswerView]:
    for status, answer in operation["responses"].items():
        if status.startswith(("2", "3")):
            said = answer.get("description", "")
            said = "" if said == "Successful Response" else said
            name = f"{status} {HTTPStatus(int(status)).phrase}"
            yield AnswerView(name, _body(answer.get("content", {}), said, every, ""))


def _body(contents: dict[str, Any], said: str, every: dict[str, Any], example: str) -> BodyView:
    kinds = tuple((name, kind(content.get("schema", {}))) for name, content in contents.items())
    json_schema = contents.get("application/json", {}).get("schema", {})
    return BodyView(kinds, line(said), tuple(fields(json_schema, every=every)), example)


def _errors(operation: dict[str, Any]) -> Iterator[ErrorView]:
    for status, answer in sorted(operation["responses"].items()):
        if status.startswith(("4", "5")):
            examples = answer.get("content", {}).get("application/problem+json", {}).get("examples", {})
            slugs = tuple((slug, one["summary"]) for slug, one in examples.items())
            plain = "; ".join(title for _, title in slugs)
            said = answer.get("description", "")
            yield ErrorView(status, slugs, line("" if said == plain else said))
