"""A line for a terminal that calls an operation."""

import json
import re
import shlex
from typing import Any, Final

from service.manual.examples import example_of

_PLACE: Final = re.compile(r"\{(\w+)\}")
_SHOWN: Final = 76


def body_example(operation: dict[str, Any], every: dict[str, Any]) -> tuple[str, Any] | None:
    """Return an example of an operation's body with its Content-Type; none: it has no body.

    Parameters
    ----------
    operation : as OpenAPI says it
    every : all schemas by name
    """
    contents = operation.get("requestBody", {}).get("content", {})
    if not contents:
        return None
    kind = "application/json" if "application/json" in contents else next(iter(contents))
    content = contents[kind]
    if content.get("examples"):
        return kind, next(iter(content["examples"].values()))["value"]
    if "example" in content:
        return kind, content["example"]
    return kind, example_of(content.get("schema", {}), every)


def curl(
    base: str, path: str, method: str, operation: dict[str, Any], every: dict[str, Any], *, open_to_all: bool
) -> str:
    """Return the line; what the address needs is taken from variables, e.g. ``$SCENARIO_ID``.

    Parameters
    ----------
    base : where the service is, without a slash at the end
    path : the operation's address
    method : its method, in small letters
    operation : as OpenAPI says it
    every : all schemas by name
    open_to_all : it needs no key
    """
    address = base + _PLACE.sub(lambda place: "$" + place[1].upper(), path) + _query(operation, every)
    command = "curl" if method == "get" else f"curl -X {method.upper()}"
    pieces = [f'{command} "{address}"' if "$" in address else f"{command} {shlex.quote(address)}"]
    if not open_to_all:
        pieces.append('-H "Authorization: Bearer $PAIGONG_KEY"')
    if any(one["name"] == "If-Match" for one in operation.get("parameters", ())):
        pieces.append("-H 'If-Match: *'")
    body = body_example(operation, every)
    if body is not None:
        pieces.append(f"-H 'Content-Type: {body[0]}'")
        text = json.dumps(body[1], ensure_ascii=False)
        pieces.append(f"-d {shlex.quote(text)}" if body[0].endswith("json") else "--data-binary @file")
    return " \\\n  ".join(pieces) if len(" ".join(pieces)) > _SHOWN else " ".join(pieces)


def _query(operation: dict[str, Any], every: dict[str, Any]) -> str:
    needed = [one for one in operation.get("parameters", ()) if one["in"] == "query" and one.get("required")]
    return "?" * bool(needed) + "&".join(
        f"{one['name']}={example_of(one['schema'], every)}" for one in needed
    )
