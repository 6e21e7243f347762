"""Links of the description: which operations take what an answer names, and where in the answer it stands.

Nothing is listed by hand. A name that ends in ``_id`` means the same object everywhere: in an answer, an address, a
query and a body; what it begins with says in which part it plays (``draft_plan_id`` names a plan).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_JSON: Final = "application/json"
_DEEPEST: Final = 4
"""Names further down in an answer are not linked from, e.g. those of a stop's legs."""
_OBJECT: Final = re.compile(r"/(\w+)/\{(\w+)\}")
"""The address of an object, e.g. ``/plans/{plan_id}``."""

_Schema = dict[str, Any]
_Schemas = Mapping[str, _Schema]


@dataclass(frozen=True)
class _Operation:
    """One operation with the names that it takes."""

    method: str
    path: str
    said: dict[str, Any]
    needed: frozenset[str]
    """In its address."""
    query: frozenset[str]
    """In its query."""
    fields: frozenset[str]
    """In its body."""
    versioned: bool
    """It takes If-Match."""

    @property
    def room(self) -> str:
        """First part of its address, e.g. ``plans``."""
        return self.path.split("/")[1]

    @property
    def taken(self) -> frozenset[str]:
        """All names it takes."""
        return self.needed | self.query | self.fields

    @property
    def shows_an_object(self) -> bool:
        """It says what one object is, e.g. ``GET /plans/{plan_id}``."""
        return self.method == "get" and _OBJECT.fullmatch(self.path) is not None


@dataclass(frozen=True)
class _Place:
    """Where a name stands in an answer or a body."""

    pointer: str
    sure: bool
    """It is never null, nor is anything above it."""

    @property
    def in_list(self) -> bool:
        """It is the first of several."""
        return "/0/" in self.pointer


def add_links(description: dict[str, Any]) -> None:
    """Say in every answer that names an object which operations take it.

    An answer links to the operations of its own room, to those that show another object it names, and to those that
    take what it names in a query or a body. Changes get the object's ETag as If-Match.

    Parameters
    ----------
    description : OpenAPI, all operations in place; the links are added to it
    """
    schemas = description["components"]["schemas"]
    every = [
        _operation(method, path, said, schemas)
        for path, methods in description["paths"].items()
        for method, said in methods.items()
    ]
    objects = {found[1]: found[2] for one in every if (found := _OBJECT.fullmatch(one.path))}
    ids = frozenset(name for one in every for name in one.taken if name.endswith("_id"))
    for source in every:
        children = frozenset(
            name for one in every for name in one.needed if one.path == f"{source.path}/{{{name}}}"
        )
        for status, answer in source.said["responses"].items():
            schema = _json(answer)
            if status.startswith("2") and schema is not None:
                named = _places(schema, schemas, ids, children)
                sent = _places(_json(source.said.get("requestBody", {})) or {}, schemas, ids, frozenset())
                own = objects.get(source.room, "")
                links = {
                    target.said["operationId"]: _link(source, named, sent, own, target)
                    for target in every
                    if target is not source and _leads_to(source, named, own, target)
                }
                if links:
                    answer["links"] = links


def _operation(method: str, path: str, said: dict[str, Any], schemas: _Schemas) -> _Operation:
    taken: dict[str, set[str]] = {"path": set(), "query": set(), "header": set(), "cookie": set()}
    for one in said.get("parameters", ()):
        taken[one["in"]].add(one["name"])
    body = _resolved(_json(said.get("requestBody", {})) or {}, schemas)[0]
    return _Operation(
        method=method,
        path=path,
        said=said,
        needed=frozenset(taken["path"]),
        query=frozenset(taken["query"]),
        fields=frozenset(body.get("properties", ())),
        versioned="If-Match" in taken["header"],
    )


def _json(content_of: dict[str, Any]) -> _Schema | None:
    """Return what an answer or a body is as JSON; none: it is none."""
    schema: _Schema | None = content_of.get("content", {}).get(_JSON, {}).get("schema")
    return schema


def _places(
    schema: _Schema, schemas: _Schemas, ids: frozenset[str], others: frozenset[str]
) -> dict[str, _Place]:
    """Return where names stand; of several places that for the whole thing counts, which stands further up.

    Parameters
    ----------
    ids : names of objects, also with something before them
    others : further names
    """
    found: dict[str, _Place] = {}
    layer = [("", schema, True)]
    for _ in range(_DEEPEST + 1):
        below: list[tuple[str, _Schema, bool]] = []
        for pointer, one, sure in layer:
            known, never_null = _resolved(one, schemas)
            name = _object_named(pointer.rpartition("/")[2], ids, others)
            if name is not None and known.get("type") == "string":
                found.setdefault(name, _Place(pointer, sure and never_null))
            if known.get("type") == "array":
                below.append((f"{pointer}/0", known.get("items", {}), sure and never_null))
            for field, said in known.get("properties", {}).items():
                below.append((f"{pointer}/{field}", said, sure and never_null))
        layer = below
    return found


def _object_named(field: str, ids: frozenset[str], others: frozenset[str]) -> str | None:
    if field in ids | others:
        return field
    return next((one for one in sorted(ids, key=len, reverse=True) if field.endswith(f"_{one}")), None)


def _resolved(schema: _Schema, schemas: _Schemas) -> tuple[_Schema, bool]:
    """Return what a schema refers to, of a choice the first way that is not null; and whether null is none."""
    never_null = True
    while "$ref" in schema or "anyOf" in schema:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rpartition("/")[2]]
        else:
            ways = [one for one in schema["anyOf"] if one.get("type") != "null"]
            never_null = never_null and len(ways) == len(schema["anyOf"])
            schema = ways[0]
    return schema, never_null


def _leads_to(source: _Operation, named: Mapping[str, _Place], own: str, target: _Operation) -> bool:
    """Tell whether an answer has what a next operation takes.

    Parameters
    ----------
    named : what the answer names
    own : name of the objects that its room is about
    """
    if not target.taken & named.keys():
        return False
    elsewhere = target.query | target.fields
    objects = {
        name for name in target.needed if name.endswith("_id")
    }  # what is none of these, the caller knows
    if objects <= named.keys() | source.needed:
        return target.room == source.room or target.shows_an_object or not target.needed
    return own in named and own in elsewhere  # e.g. a plan becomes the draft of a board that the caller knows


def _link(
    source: _Operation,
    named: Mapping[str, _Place],
    sent: Mapping[str, _Place],
    own: str,
    target: _Operation,
) -> dict[str, Any]:
    values = {name: f"$request.body#{place.pointer}" for name, place in sent.items()}
    values |= {name: f"$request.path.{name}" for name in source.needed}
    values |= {name: f"$response.body#{place.pointer}" for name, place in named.items()}
    unsure = {name for name, place in {**sent, **named}.items() if not place.sure} - source.needed
    parameters = {f"path.{name}": values[name] for name in sorted(target.needed & values.keys())}
    parameters |= {f"query.{name}": values[name] for name in sorted(target.query & values.keys())}
    one_of_many = own in named and named[own].in_list
    if target.versioned and target.room == source.room and not one_of_many:
        parameters["header.If-Match"] = "$response.header.ETag"
    body = {name: values[name] for name in sorted(target.fields & values.keys() - unsure)}
    link = {"operationId": target.said["operationId"], "parameters": parameters, "requestBody": body}
    return {name: one for name, one in link.items() if one}
