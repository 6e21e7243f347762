"""The planned and the real bill side by side, rule by rule."""

from typing import Final, NamedTuple

from optimizer.domain.assessment import BillKind
from optimizer.domain.day_report import DayReport
from optimizer.words.language import Language
from optimizer.words.names import BILL_KIND_NAMES
from optimizer.words.numbers import money
from optimizer.words.rule_names import rule_name

_KINDS: Final[tuple[BillKind, ...]] = ("outlay", "transfer", "service")


class BillRow(NamedTuple):
    """What one rule costs as planned and as it was."""

    code: str
    name: str
    planned: str
    real: str
    difference: str
    planned_share: float
    """Of the dearest line, 0 to 1: the length of its bar."""
    real_share: float
    worse: bool


class BillPart(NamedTuple):
    """All rules of one kind of money, and their sum."""

    name: str
    rows: tuple[BillRow, ...]
    sum: BillRow


class BothBills(NamedTuple):
    """The whole bill, twice."""

    parts: tuple[BillPart, ...]
    total: BillRow


def both_bills(report: DayReport, language: Language) -> BothBills:
    """Return both bills by kind of money, then by rule.

    Parameters
    ----------
    report : the day as it was
    language : English or Chinese
    """
    dearest = max(
        (abs(cents) for one in report.rules for cents in (one.planned_cents, one.real_cents)), default=0
    )
    parts = []
    for kind in _KINDS:
        mine = [one for one in report.rules if one.kind == kind]
        if not mine:
            continue
        rows = tuple(
            _row(one.code, rule_name(one.code, language), one.planned_cents, one.real_cents, dearest)
            for one in mine
        )
        name = BILL_KIND_NAMES[kind][language]
        planned, real = (
            sum(one.planned_cents for one in mine),
            sum(one.real_cents for one in mine),
        )
        parts.append(BillPart(name, rows, _row("", name, planned, real, dearest)))
    planned, real = report.planned_bill.total_cents, report.real_bill.total_cents
    return BothBills(tuple(parts), _row("", "", planned, real, dearest))


def _row(code: str, name: str, planned: int, real: int, dearest: int) -> BillRow:
    difference = real - planned
    sign = "+" if difference > 0 else ""
    return BillRow(
        code,
        name,
        money(planned),
        money(real),
        f"{sign}{money(difference)}" if difference else "",
        abs(planned) / (dearest or 1),
        abs(real) / (dearest or 1),
        difference > 0,
    )
