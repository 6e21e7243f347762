"""The bill: what the plan costs, rule by rule."""

from collections.abc import Iterator

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from optimizer.cli.words import money
from optimizer.domain.assessment import BillLine
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario

_KINDS = {"outlay": "money spent", "transfer": "moved between people", "service": "price of poor service"}


def bill_table(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Padding]:
    """Yield the bill, one row for each rule and kind."""
    bill = document.assessment.bill
    groups: dict[tuple[str, str, str], list[BillLine]] = {}
    for line in bill.lines:
        groups.setdefault((line.code, line.kind, line.unit), []).append(line)
    yield Text()
    yield Text("Bill", "bold")
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column()
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right")
    for (code, kind, unit), lines in groups.items():
        quantity = sum(line.quantity for line in lines)
        table.add_row(code, _KINDS[kind], _amount(quantity, unit), money(sum(line.cents for line in lines)))
    for kind, cents in (
        ("outlay", bill.outlay_cents),
        ("transfer", bill.transfer_cents),
        ("service", bill.service_cents),
    ):
        if cents:
            table.add_row("", Text(_KINDS[kind], "dim"), Text("in all", "dim"), Text(money(cents), "dim"))
    table.add_row(Text("total", "bold"), "", "", Text(money(bill.total_cents), "bold"))
    yield Padding(table, (0, 0, 0, 2))


def _amount(quantity: float, unit: str) -> str:
    if unit == "job":
        return "1 job" if quantity == 1 else f"{quantity:,.0f} jobs"
    return f"{quantity:,.1f} {unit}"
