"""The bill: what the plan costs, kind by kind and rule by rule."""

from collections.abc import Iterator
from typing import get_args

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from optimizer.domain.assessment import BillKind, BillLine
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.words.names import BILL_KIND_NAMES, amount
from optimizer.words.numbers import money
from optimizer.words.rule_names import rule_name


def bill_table(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Padding]:
    """Yield the bill, one row for each rule and unit under its kind; the rows sum to the kinds, these to the total."""
    bill = document.assessment.bill
    yield Text()
    yield Text("Bill", "bold")
    table = Table.grid(padding=(0, 3, 0, 0))
    for _ in range(2):
        table.add_column(no_wrap=True)
    for _ in range(2):
        table.add_column(justify="right", no_wrap=True)
    for kind in get_args(BillKind):
        lines = [line for line in bill.lines if line.kind == kind]
        if lines:
            name = BILL_KIND_NAMES[kind]["en"]
            table.add_row(Text(name, "cyan"), "", "", Text(money(sum(one.cents for one in lines)), "cyan"))
            _add_rules(table, lines)
    table.add_row(Text("total", "bold"), "", "", Text(money(bill.total_cents), "bold"))
    yield Padding(table, (0, 0, 0, 2))


def _add_rules(table: Table, lines: list[BillLine]) -> None:
    groups: dict[tuple[str, str], list[BillLine]] = {}
    for line in lines:
        groups.setdefault((line.code, line.unit), []).append(line)
    for (code, unit), alike in groups.items():
        much = amount(sum(line.quantity for line in alike), unit)
        table.add_row(f"  {code}", rule_name(code), much, money(sum(line.cents for line in alike)))
