"""Mistakes people make in a workbook, each with the cell and the code it must be reported with."""

from datetime import date
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook

from optimizer.domain.branch import Branch
from optimizer.domain.job import Customer, Job
from optimizer.domain.place import Place
from optimizer.domain.policy import Policy
from optimizer.domain.promise import Pin
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Certificate, Shift, Technician
from optimizer.domain.time import DateRange, Horizon, Window
from optimizer.interchange.workbook import workbook_bytes
from tests.unit.rules.build import DAY, at

JOBS = 40
TECHNICIANS = 12


def sound() -> Scenario:
    """Return a scenario whose workbook has a row for every mistake below: job i stands in row i + 2."""
    return Scenario(
        name="sound",
        horizon=Horizon(first_day=DAY),
        branches=tuple(
            Branch(branch_id=f"branch-{i}", place=_place(i), stock={"fan motor": 3}) for i in range(3)
        ),
        technicians=tuple(
            Technician(
                technician_id=f"tech-{i:02}",
                branch_id="branch-0",
                skills={"repair": 3},
                kits=("repairer",),
                certificates=(Certificate(name="welding", valid_until=date(2027, 1, 1)),),
                shifts=(Shift(day=DAY),),
                leave=(DateRange(first_day=date(2026, 8, 1), last_day=date(2026, 8, 2)),),
            )
            for i in range(TECHNICIANS)
        ),
        jobs=tuple(
            Job(
                job_id=f"job-{i:02}",
                type="repair",
                place=_place(i),
                customer=Customer(customer_id=f"C{i}"),
                windows=(Window(start=at("09:00"), end=at("11:00")),),
                intake_at=at("08:00"),
            )
            for i in range(JOBS)
        ),
        pins=tuple(Pin(job_id=f"job-{i:02}", day=DAY) for i in range(3)),
        policy=Policy(rules={"BREAK": {"minutes": 30}, "SHIFT": {"overtime_limit_min": 60}}),
    )


def _place(i: int) -> Place:
    return Place(lat=28.2 + i / 64, lon=112.98)  # few digits: the library that spoils workbooks keeps only 16


def opened() -> Workbook:
    """Return the sound scenario's workbook, ready to be spoiled."""
    return load_workbook(BytesIO(workbook_bytes(sound())))


class Mistake(NamedTuple):
    """One mistake: what is changed, and what must be said about it."""

    sheet: str
    column: str
    row: int
    value: Any
    code: str
    said_at: str = ""
    """Where it must be reported; empty: at the cell itself."""


def column_of(book: Workbook, sheet: str, header: str) -> int:
    """Return the number of the column with this header."""
    return [cell.value for cell in book[sheet][1]].index(header) + 1


def spoil(book: Workbook, mistake: Mistake) -> tuple[str, str]:
    """Make the mistake, and return cell and code of the issue it must give."""
    page = book[mistake.sheet]
    cell = page.cell(mistake.row, column_of(book, mistake.sheet, mistake.column))
    cell.value = mistake.value
    return mistake.said_at or f"{mistake.sheet}!{cell.coordinate}", mistake.code


def _job(row: int, column: str, value: Any, code: str, said_at: str = "") -> Mistake:
    return Mistake("jobs", column, row, value, code, said_at)


MISTAKES: tuple[Mistake, ...] = (
    _job(5, "latitude", "north", "number-expected"),
    _job(6, "latitude", 128.2, "less-than-equal"),
    _job(7, "longitude", None, "missing"),
    _job(8, "type", "repare", "unknown-job-type"),
    _job(9, "priority", "urgentt", "unknown-word"),
    _job(10, "window from", "03/04/2026 9:00", "ambiguous-day"),
    _job(11, "window from", "2026-07-15", "time-missing"),
    _job(12, "window from", "2026-07-15 12:00", "contradiction"),  # the window ends at 11:00
    _job(13, "key customer", "maybe", "yes-or-no"),
    _job(14, "units", "1,5", "ambiguous-number"),
    _job(15, "units", 0, "greater-than-equal"),
    _job(16, "duration min", "an hour", "number-expected"),
    _job(17, "duration min", 60.5, "whole-number-expected"),
    _job(18, "parts", "fan motor", "number-missing"),
    _job(19, "parts", "fan motor: 1; fan motor: 2", "duplicate-name"),
    _job(20, "job", "job-30", "duplicate-id", "jobs!A32"),  # job-30 of row 32 is the second one then
    _job(21, "job", None, "missing"),
    _job(22, "latitude", "=28.1+0.1", "formula"),
    _job(23, "intake at", "2026-07-15 25:00", "no-such-time"),
    _job(24, "skills", "electrics: 9", "less-than-equal"),
    _job(25, "certificates", '"electrician": 3', "list"),
    _job(26, "phone", True, "text-expected"),
    _job(27, "complaint", "perhaps", "unknown-word"),
    _job(28, "area", "x" * 201, "string-too-long"),
    Mistake("technicians", "branch", 2, "brnch-0", "unknown-branch"),
    Mistake("technicians", "kits", 3, "repairr", "unknown-kit"),
    Mistake("technicians", "means", 4, "bike", "unknown-word"),
    Mistake("technicians", "starts from", 5, "home", "contradiction", "technicians!A5"),
    Mistake("shifts", "technician", 6, "tech-4", "unknown-technician"),
    Mistake("shifts", "start", 7, "nine", "time-expected"),
    Mistake("shifts", "rest min", 8, 40, "missing", "shifts!H8"),  # 40 minutes, but inside which hours
    Mistake("certificates", "valid until", 9, "31.02.2026", "no-such-day"),
    Mistake("leave", "last day", 10, date(2026, 7, 1), "contradiction", "leave!B10"),
    Mistake("pins", "job", 2, "jb-00", "unknown-job"),
    Mistake("pins", "day", 3, date(2026, 7, 16), "outside-horizon"),
    Mistake("stock", "pieces", 3, -1, "greater-than-equal"),
    Mistake("scenario", "value", 16, 0, "greater-than-equal"),  # nobody at the desk
    Mistake("rules", "rule", 2, "BRAEK", "unknown-rule"),
    Mistake("rules", "value", 3, 9_999, "bad-parameter"),
)
"""All mistakes; no two of them touch the same row of a sheet."""


def spoiled(mistakes: tuple[Mistake, ...]) -> tuple[bytes, list[tuple[str, str]]]:
    """Return a workbook with these mistakes, and cell and code of each in order of name."""
    book = opened()
    expected = [spoil(book, one) for one in mistakes]
    for row in range(2, JOBS + 2):
        book["jobs"].cell(row, column_of(book, "jobs", "customer name")).value = "Li"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue(), sorted(expected)
