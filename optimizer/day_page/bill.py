"""The bill: one line for each rule, kind and unit; the lines sum to the total to the cent."""

from typing import Final, NamedTuple

from optimizer.day_page.book import Book
from optimizer.domain.assessment import BillKind
from optimizer.words.names import BILL_KIND_NAMES, amount
from optimizer.words.numbers import money
from optimizer.words.rule_names import rule_name

_KINDS: Final[tuple[BillKind, ...]] = ("outlay", "transfer", "service")


class BillRow(NamedTuple):
    """What one rule costs."""

    code: str
    name: str
    amount: str
    cents: int
    money: str
    share: float
    """Of the dearest line, 0 to 1: the length of its bar."""


class BillPart(NamedTuple):
    """All lines of one kind of money."""

    kind: BillKind
    name: str
    rows: tuple[BillRow, ...]
    cents: int
    money: str


class BillView(NamedTuple):
    """The whole bill."""

    parts: tuple[BillPart, ...]
    total: str


def bill_view(book: Book) -> BillView:
    """Return the bill by kind of money, then by rule.

    Parameters
    ----------
    book : the assessment and the reader's language
    """
    bill = book.document.assessment.bill
    sums: dict[tuple[BillKind, str, str], tuple[float, int]] = {}
    for line in bill.lines:
        key = (line.kind, line.code, line.unit)
        quantity, cents = sums.get(key, (0.0, 0))
        sums[key] = (quantity + line.quantity, cents + line.cents)
    dearest = max((abs(cents) for _, cents in sums.values()), default=0) or 1
    parts = []
    for kind in _KINDS:
        rows = tuple(
            BillRow(
                code=code,
                name=rule_name(code, book.language),
                amount=amount(quantity, unit, book.language),
                cents=cents,
                money=money(cents),
                share=abs(cents) / dearest,
            )
            for (of_kind, code, unit), (quantity, cents) in sums.items()
            if of_kind == kind
        )
        if rows:
            in_all = sum(row.cents for row in rows)
            parts.append(BillPart(kind, BILL_KIND_NAMES[kind][book.language], rows, in_all, money(in_all)))
    return BillView(tuple(parts), money(bill.total_cents))
