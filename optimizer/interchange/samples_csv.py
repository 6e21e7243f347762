"""Samples as a table: one row for each day of each chain and variant."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, get_args

from optimizer.domain.assessment import BillKind
from optimizer.domain.study_sample import ClocksEnded, DayFigures, Sample
from optimizer.interchange.plan_export.csv_files import spreadsheet_text
from optimizer.words.free_text import harmless

_COUNTS: Final = tuple(
    name
    for name in DayFigures.model_fields
    if name not in ("day", "service_clocks", "desk_clocks", "bill_cents")
)
_BILL: Final[tuple[BillKind, ...]] = get_args(BillKind)
_ENDED: Final = ("kept", "missed")


def clock_rules(samples: Iterable[Sample]) -> tuple[str, ...]:
    """Return the clocks that ended on any day, in alphabetical order: those with columns in a table.

    Parameters
    ----------
    samples : all samples of the table
    """
    days = (day for sample in samples for day in sample.days)
    return tuple(sorted({_rule(one) for day in days for one in (*day.service_clocks, *day.desk_clocks)}))


def samples_csv(samples: Iterable[Sample], rules: Sequence[str]) -> Iterator[bytes]:
    """Yield a table of samples in parts, one for each sample: UTF-8 with a mark, as spreadsheets want it.

    Its columns are the fields of a day, in seconds, metres and cents; clocks of service and of the desk, of all rules
    together but for targets that cost nothing, and then by rule (``CONTACT_kept``, ``COMPLETE_limit_missed``); the bill
    by kind of money. A variant whose name would be a formula to a spreadsheet gets an apostrophe before it.

    Parameters
    ----------
    samples : in the order of the rows
    rules : rules whose clocks have columns, see `clock_rules`
    """
    yield "\ufeff".encode() + _written([_columns(rules)])
    for sample in samples:
        variant = spreadsheet_text(harmless(sample.variant))
        yield _written((variant, sample.chain, len(sample.people), *_row(day, rules)) for day in sample.days)


def _columns(rules: Sequence[str]) -> tuple[str, ...]:
    clocks = ("service_clocks", "desk_clocks", *map(spreadsheet_text, rules))
    return (
        *("variant", "chain", "people", "day"),
        *_COUNTS,
        *(f"{name}_{how}" for name in clocks for how in _ENDED),
        *(f"bill_{kind}_cents" for kind in _BILL),
    )


def _row(day: DayFigures, rules: Sequence[str]) -> tuple[object, ...]:
    ended = (*day.service_clocks, *day.desk_clocks)
    by_rule = ([one for one in ended if _rule(one) == rule] for rule in rules)
    return (
        day.day,
        *(getattr(day, name) for name in _COUNTS),
        *(
            total
            for clocks in (_counted(day.service_clocks), day.desk_clocks, *by_rule)
            for total in _sums(clocks)
        ),
        *(day.bill_cents.get(kind, 0) for kind in _BILL),
    )


def _rule(clocks: ClocksEnded) -> str:
    """Return a rule's name, with the label of its clocks where it has several."""
    return f"{clocks.code}_{clocks.label}" if clocks.label else clocks.code


def _sums(clocks: Sequence[ClocksEnded]) -> tuple[int, int]:
    return sum(one.kept for one in clocks), sum(one.missed for one in clocks)


def _counted(clocks: Sequence[ClocksEnded]) -> list[ClocksEnded]:
    return [one for one in clocks if not one.free]


def _written(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
