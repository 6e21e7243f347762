"""Reads orders of stops: a small file of its own, or a plan file whose times are ignored."""

import re
from dataclasses import replace
from pathlib import Path as FilePath
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import OrderedDay, OrderedTool, Orders
from optimizer.domain.policy import Preset
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.interchange.json_text import json_lines, read_json
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.source_text import SourceText, Value, parse_path
from optimizer.interchange.text_file import read_text
from optimizer.interchange.yaml_text import read_yaml
from optimizer.retime.orders import order_issues, orders_of

_ROUTE = re.compile(r"\b(routes|tools)\[(\d+)\](?:\.jobs\[(\d+)\]|\.(away))?")
_IN_PLAN = {"routes": "shifts", "tools": "tools"}


T = TypeVar("T", OrderedDay, OrderedTool)


class OrdersFile(NamedTuple):
    """What a file with orders of stops says."""

    orders: Orders
    """Who does what in which order."""
    preset: Preset | None
    """The preset of the plan the orders come from; none: the scenario's own."""


def load_orders(path: str | FilePath, scenario: Scenario) -> OrdersFile:
    """Read orders of stops and hold them against a scenario.

    Parameters
    ----------
    path : a file in the format ``paigong-orders-1`` or a plan file, YAML or JSON; ``-`` for standard input
    scenario : the question they are meant for

    Raises
    ------
    InvalidInput
        The file cannot be read, breaks its format, or names what the scenario does not know; carries every
        mistake found.
    """
    text = read_text(str(path))
    json = FilePath(path).suffix.lower() not in (".yaml", ".yml") and text.lstrip().startswith("{")
    source = read_json(text) if json else read_yaml(text)
    if source.issues:
        raise InvalidInput(tuple(source.issues))
    try:
        if isinstance(source.value, dict) and "plan" in source.value:
            return _from_plan(source, scenario)
        return OrdersFile(_orders(source, scenario), None)
    except InvalidInput as error:  # lines of JSON are looked for only when there is something to report
        lined = json_lines(text) if json else source
        found = (replace(issue, line=lined.line(parse_path(issue.path))) for issue in error.issues)
        raise InvalidInput(tuple(found)) from None


def _orders(source: SourceText, scenario: Scenario) -> Orders:
    try:
        orders = Orders.model_validate(source.value)
    except ValidationError as error:
        routes, rows = _sound(OrderedDay, "routes", source.value)
        tools, tool_rows = _sound(OrderedTool, "tools", source.value)
        sound = Orders(routes=tuple(routes), tools=tuple(tools))
        found = (*record_issues(error, source, Orders), *order_issues(scenario, sound, rows, tool_rows))
        raise InvalidInput(found) from None
    if issues := order_issues(scenario, orders):
        raise InvalidInput(issues)
    return orders


def _from_plan(source: SourceText, scenario: Scenario) -> OrdersFile:
    try:
        plan = PlanDocument.model_validate(source.value).plan
    except ValidationError as error:
        raise InvalidInput(tuple(record_issues(error, source, PlanDocument))) from None
    orders = orders_of(plan, scenario)
    if issues := order_issues(scenario, orders):
        in_plan = (replace(one, path=_in_plan(one.path), cause=_in_plan(one.cause)) for one in issues)
        raise InvalidInput(tuple(in_plan))
    return OrdersFile(orders, plan.preset)


def _sound(kind: type[T], name: str, content: Value) -> tuple[list[T], list[int]]:
    """Return the days that are well-formed, with their positions in the file; wrong lists of
    jobs and halts count as empty."""
    listed = content.get(name) if isinstance(content, dict) else None
    sound: list[T] = []
    rows: list[int] = []
    for row, day in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(day, dict):
            continue
        without = {name: value for name, value in day.items() if name != "restocks"}
        for attempt in (day, without, {**without, "jobs": []}):
            try:
                sound.append(kind.model_validate(attempt))
            except ValidationError:
                continue  # said by the reader of the whole file
            rows.append(row)
            break
    return sound, rows


def _in_plan(text: str) -> str:
    """Say where in a plan file stands what orders have at a path."""

    def there(path: re.Match[str]) -> str:
        day = f"plan.{_IN_PLAN[path[1]]}[{path[2]}]"
        if path[4] is not None:
            return f"{day}.night"
        return day if path[3] is None else f"{day}.stops[{path[3]}].job_id"

    return _ROUTE.sub(there, text)
