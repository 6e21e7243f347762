"""A study's answers as a JSON file, and its samples as a CSV file: one line for each variant, chain and day."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, get_args

from optimizer.domain.assessment import BillKind
from optimizer.domain.study_result import StudyResult
from optimizer.domain.study_sample import ClocksEnded, DayFigures, Sample
from optimizer.interchange.plan_export.csv_files import spreadsheet_text
from optimizer.interchange.record_file import load_record
from optimizer.interchange.whole_file import write_whole

_FIGURES: Final = tuple(
    name
    for name in DayFigures.model_fields
    if name not in ("day", "service_clocks", "desk_clocks", "bill_cents")
)
_KINDS: Final[tuple[BillKind, ...]] = get_args(BillKind)


def study_result_json(result: StudyResult) -> str:
    """Return a study's answers as text; equal answers give equal bytes.

    Parameters
    ----------
    result : the answers
    """
    return result.model_dump_json(indent=1) + "\n"


def save_study_result(result: StudyResult, path: str | Path) -> None:
    """Write a study's answers to a file; the file is either complete or not touched.

    Parameters
    ----------
    result : what to write
    path : the file; an existing one is replaced

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_whole(path, study_result_json(result))


def load_study_result(path: str | Path) -> StudyResult:
    """Read a study's answers.

    Parameters
    ----------
    path : the file, or ``-`` for standard input

    Raises
    ------
    InvalidInput
        The file cannot be read or breaks its format; carries every mistake found.
    """
    return load_record(path, StudyResult)


def samples_csv(samples: Iterable[Sample], codes: Iterable[str]) -> Iterator[bytes]:
    """Yield a study's samples as a CSV file, header first, then a piece for each chain: no more is held at a time.

    Counts and sums are those of `DayFigures`, in seconds, metres and cents; of each rule's clocks there are two
    columns, ``CODE_kept`` and ``CODE_missed``, and of each kind of money one. UTF-8 with a mark at the beginning, lines
    end with CR LF. A text that a spreadsheet could take for a formula has one more apostrophe in front.

    Parameters
    ----------
    samples : chains in any order
    codes : rules whose clocks have columns; clocks of others are left out
    """
    rules = tuple(dict.fromkeys(codes))
    clocks = [f"{code}_{how}" for code in rules for how in ("kept", "missed")]
    money = [f"bill_{kind}_cents" for kind in _KINDS]
    head = ["variant", "chain", "technicians", "day", *_FIGURES, *clocks, *money]
    # Without the mark Excel reads UTF-8 in the code page of the country.
    yield _lines([list(map(spreadsheet_text, head))]).encode("utf-8-sig")
    for one in samples:
        variant = spreadsheet_text(one.variant)
        yield _lines(
            [[variant, one.chain, len(one.people), *_cells(day, rules)] for day in one.days]
        ).encode()


def _cells(day: DayFigures, rules: tuple[str, ...]) -> Iterator[object]:
    yield day.day.isoformat()
    yield from (getattr(day, name) for name in _FIGURES)
    for code in rules:
        ended: list[ClocksEnded] = [
            one for one in (*day.service_clocks, *day.desk_clocks) if one.code == code
        ]
        yield sum(one.kept for one in ended)
        yield sum(one.missed for one in ended)
    yield from (day.bill_cents.get(kind, 0) for kind in _KINDS)


def _lines(rows: list[list[object]] | list[list[str]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue()
