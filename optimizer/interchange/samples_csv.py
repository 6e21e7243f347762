"""Samples as a table: one row for each day of each chain and variant."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final, get_args

from optimizer.domain.assessment import BillKind
from optimizer.domain.study_sample import ClocksEnded, DayFigures, Sample
from optimizer.interchange.plan_export.csv_files import spreadsheet_text
from optimizer.words.free_text import harmless

_COUNTS: Final = tuple(
    name
    for name, field in DayFigures.model_fields.items()
    if name not in ("day", "service_clocks", "desk_clocks", "bill_cents")
)
_BILL: Final[tuple[BillKind, ...]] = get_args(BillKind)
_CLOCKS: Final = ("service_clocks", "desk_clocks")

COLUMNS: Final = (
    *("variant", "chain", "people", "day"),
    *_COUNTS,
    *(f"{name}_{what}" for name in _CLOCKS for what in ("kept", "missed")),
    *(f"bill_{kind}_cents" for kind in _BILL),
)
"""Names of the columns: the fields of a day, its clocks of all rules together, its bill by kind of money."""


def samples_csv(samples: Iterable[Sample]) -> Iterator[bytes]:
    """Yield a table of samples in parts: UTF-8 with a mark, as spreadsheets want it.

    A variant whose name would be a formula to a spreadsheet gets an apostrophe before it.

    Parameters
    ----------
    samples : in the order of the rows
    """
    yield "\ufeff".encode() + _written([COLUMNS])
    for sample in samples:
        yield _written(
            [
                (spreadsheet_text(harmless(sample.variant)), sample.chain, len(sample.people), *_row(day))
                for day in sample.days
            ]
        )


def _row(day: DayFigures) -> tuple[object, ...]:
    return (
        day.day,
        *(getattr(day, name) for name in _COUNTS),
        *_sums(day.service_clocks),
        *_sums(day.desk_clocks),
        *(day.bill_cents.get(kind, 0) for kind in _BILL),
    )


def _sums(clocks: Iterable[ClocksEnded]) -> tuple[int, int]:
    rows = tuple(clocks)
    return sum(one.kept for one in rows), sum(one.missed for one in rows)


def _written(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
