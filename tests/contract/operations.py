"""Every operation of the service, as its own description has them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, product
from typing import Any, NamedTuple

from fastapi import APIRouter
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Route

ORIGIN = {"Origin": "http://127.0.0.1:8470"}
"""What a browser sends along from the service's own pages."""


class Operation(NamedTuple):
    """One operation."""

    method: str
    """HTTP method in capital letters."""
    path: str
    """Address with names in braces."""
    operation_id: str
    """Its id."""
    rights: frozenset[str] | None
    """Rights it asks for; none: it is open to anybody."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names in the address."""
        return tuple(re.findall(r"{(\w+)}", self.path))

    def address(self, values: Mapping[str, str]) -> str:
        """Return the address with values for its names."""
        return re.sub(r"{(\w+)}", lambda place: values[place[1]], self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def operations(client: TestClient) -> list[Operation]:
    """Return every operation that the service describes."""
    described: dict[str, Any] = client.app.openapi()  # type: ignore[attr-defined] # the application behind the client
    return [
        Operation(method.upper(), path, one["operationId"], _rights(one.get("security")))
        for path, methods in described["paths"].items()
        for method, one in methods.items()
    ]


def routes_not_described(client: TestClient, routers: Iterable[APIRouter]) -> set[str]:
    """Return the operations that are served and not described, e.g. ``GET /openapi.json``."""
    own: list[BaseRoute] = client.app.routes  # type: ignore[attr-defined]
    routes = [
        route for route in chain(own, *(router.routes for router in routers)) if isinstance(route, Route)
    ]
    served = {f"{method} {route.path_format}" for route in routes for method in route.methods or ()}
    return served - {str(one) for one in operations(client)}


def filled(one: Operation, values: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the addresses of an operation with every value of its names."""
    choices = product(*(values[name] for name in one.names))
    return [one.address(dict(zip(one.names, chosen, strict=True))) for chosen in choices]


def _rights(security: list[dict[str, list[str]]] | None) -> frozenset[str] | None:
    if security is None:
        return None
    by_key, by_session = security  # either of them opens it
    assert by_key["ApiKey"] == by_session["Session"]
    return frozenset(by_key["ApiKey"])
