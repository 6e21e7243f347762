"""Follows the links of the service's description, as a program does that knows nothing else of the service."""

import re
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient

from tests.contract.operations import Operation, operations


@dataclass(frozen=True)
class Step:
    """An operation that was called, with its answer."""

    operation_id: str
    """Which."""
    path: dict[str, str]
    """What stood in its address."""
    body: Any
    """What was sent."""
    answer: Any
    """What was answered."""


class Walker:
    """Calls operations by their ids and goes on from each answer by its links.

    Parameters
    ----------
    client : the service
    """

    def __init__(self, client: TestClient) -> None:
        self._client = client
        self._described: dict[str, Any] = client.app.openapi()  # type: ignore[attr-defined] # the application behind
        self._every = {one.operation_id: one for one in operations(client)}

    def call(
        self, operation_id: str, *, path: dict[str, str] | None = None, body: Any = None, **given: Any
    ) -> Step:
        """Call an operation.

        Parameters
        ----------
        operation_id : which
        path : what stands in its address
        body : what is sent; none: nothing
        given : `headers`, `params`
        """
        one = self._every[operation_id]
        sent = {} if body is None else {"json": body}
        answer = self._client.request(one.method, one.address(path or {}), **sent, **given)
        return Step(operation_id, path or {}, body, answer)

    def links(self, step: Step) -> dict[str, dict[str, Any]]:
        """Return the links of an answer by the operations that they lead to."""
        one = self._every[step.operation_id]
        said = self._described["paths"][one.path][one.method.lower()]["responses"]
        found: dict[str, dict[str, Any]] = said[str(step.answer.status_code)].get("links", {})
        return {link["operationId"]: link for link in found.values()}

    def follow(
        self, step: Step, operation_id: str, *, path: dict[str, str] | None = None, **body: Any
    ) -> Step:
        """Call the operation that a link leads to with what the link takes from the answer.

        Parameters
        ----------
        step : whose answer
        operation_id : where to
        path : what the answer does not say of the address
        body : what the answer does not say of the body
        """
        link = self.links(step)[operation_id]
        places: dict[str, dict[str, str]] = {"path": {}, "query": {}, "header": {}}
        for name, expression in link.get("parameters", {}).items():
            value = value_of(expression, step)
            if value is not None:
                place, _, own = name.partition(".")
                places[place][own] = str(value)
        sent = {name: value_of(expression, step) for name, expression in link.get("requestBody", {}).items()}
        return self.call(
            operation_id,
            path={**places["path"], **(path or {})},
            body={**sent, **body} or None,
            params=places["query"],
            headers=places["header"],
        )

    def looked_at(self, step: Step) -> dict[str, int]:
        """Follow every link that only looks and finds all it needs; returns the statuses of the answers."""
        found: dict[str, int] = {}
        for operation_id, link in self.links(step).items():
            one = self._every[operation_id]
            if one.method == "GET" and self._has_all(one, link, step) and not one.path.endswith("/events"):
                found[operation_id] = self.follow(step, operation_id).answer.status_code
        return found

    def _has_all(self, one: Operation, link: dict[str, Any], step: Step) -> bool:
        said = self._described["paths"][one.path][one.method.lower()].get("parameters", ())
        given = link.get("parameters", {})
        needed = [f"{each['in']}.{each['name']}" for each in said if each.get("required")]
        return all(name in given and value_of(given[name], step) is not None for name in needed)


def value_of(expression: str, step: Step) -> Any:
    """Return what an expression of OpenAPI stands for; none: there is no such thing.

    Parameters
    ----------
    expression : e.g. ``$response.body#/plans/0/plan_id``
    step : the request and its answer
    """
    if found := re.fullmatch(r"\$request\.path\.(\w+)", expression):
        return step.path[found[1]]
    if found := re.fullmatch(r"\$response\.header\.([\w-]+)", expression):
        return step.answer.headers.get(found[1])
    found = re.fullmatch(r"\$(response|request)\.body#(/.+)", expression)
    assert found, expression
    at: Any = step.body if found[1] == "request" else step.answer.json()
    for name in found[2].split("/")[1:]:
        try:
            at = at[int(name)] if isinstance(at, list) else at[name]
        except (LookupError, TypeError):
            return None
    return at
