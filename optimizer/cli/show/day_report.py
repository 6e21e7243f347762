"""The report of a day that is over: jobs, people, clocks and promises, and the bill beside the planned one."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from optimizer.cli.words import plain
from optimizer.domain.day_report import DayReport, PromiseChange
from optimizer.domain.scenario import Scenario
from optimizer.words.moments import clock, day_and_clock, span
from optimizer.words.moments import day as day_words
from optimizer.words.names import BILL_KIND_NAMES
from optimizer.words.numbers import count, hours, kilometres, money

SHOWN: Final = 20
"""Longer lists of jobs are cut off here; the report's file has them whole."""


def day_view(report: DayReport, following: Scenario) -> Iterator[RenderableType]:
    """Yield what is shown of a closed day.

    Parameters
    ----------
    report : the report
    following : the question of the next days
    """
    zone = ZoneInfo(following.time_zone)
    yield Text(
        f"{day_words(report.day)}, closed {day_and_clock(report.closed_at, zone)}: "
        f"{count(len(report.done), 'job')} done, {len(report.left_over)} left over",
        "bold",
    )
    for title, jobs in (
        ("Left over", report.left_over),
        ("Second visits", report.second_visits),
        ("Waiting for a later day", [job.job_id for job in report.waiting]),
        ("Solved without a visit, or cancelled", report.given_up),
        ("Taken to have gone as planned, nothing reported", report.assumed),
    ):
        if jobs:
            more = f" and {len(jobs) - SHOWN} more" if len(jobs) > SHOWN else ""
            yield Text(f"{title} ({len(jobs)}): {plain(', '.join(jobs[:SHOWN]))}{more}")
    yield from _people(report, zone)
    yield from _clocks(report)
    if report.promises:
        yield from _heading(f"Otherwise than the customer was told ({len(report.promises)})")
        for change in report.promises:
            yield _line(_promise(change, zone))
    yield from _bill(report)
    yield from _heading("Next")
    horizon = following.horizon
    yield _line(
        f"{count(horizon.days, 'day')} from {day_words(horizon.first_day)}, "
        f"{count(len(following.jobs), 'job')}"
    )
    if report.without_shift:
        yield _line(f"No shift on these days: {', '.join(report.without_shift)}")
    yield from _heading("Not in these figures")
    for note in report.notes:
        yield _line(note)


def _people(report: DayReport, zone: tzinfo) -> Iterator[RenderableType]:
    if not report.technicians:
        return
    yield from _heading("Technicians")
    table = _table(
        ("", "left"), ("done", "right"), ("in vain", "right"), *((name, "right") for name in _FIGURES)
    )
    for one in report.technicians:
        table.add_row(
            plain(one.technician_id),
            str(one.orders),
            str(one.in_vain or ""),
            hours(one.hours),
            hours(one.planned_hours),
            kilometres(1000 * one.distance_km),
            kilometres(1000 * one.planned_km),
            "" if one.back_at is None else clock(one.back_at, zone),
        )
    yield Padding(table, (0, 0, 0, 2))


_FIGURES = ("worked", "planned", "driven", "planned", "back")


def _clocks(report: DayReport) -> Iterator[RenderableType]:
    if not report.clocks:
        return
    yield from _heading("Clocks")
    table = _table(("", "left"), ("kept", "right"), ("missed", "right"))
    for one in report.clocks:
        table.add_row(f"{one.code} {one.label}".strip(), str(one.kept), str(one.missed or ""))
    yield Padding(table, (0, 0, 0, 2))


def _promise(change: PromiseChange, zone: tzinfo) -> str:
    who = change.job_id if change.customer_id is None else f"{change.job_id} ({change.customer_id})"
    told = f"{who} was told {span(change.window.start, change.window.end, zone)} with {change.technician_id}"
    if change.start is None:
        return f"{told}; nobody served it."
    return f"{told}; {change.came} began {day_and_clock(change.start, zone)} ({change.change})."


def _bill(report: DayReport) -> Iterator[RenderableType]:
    yield from _heading("Bill of all planned days")
    table = _table(
        ("", "left"), ("", "left"), ("planned", "right"), ("real", "right"), ("difference", "right")
    )
    for one in report.rules:
        difference = one.real_cents - one.planned_cents
        table.add_row(
            one.code,
            BILL_KIND_NAMES[one.kind]["en"],
            money(one.planned_cents),
            money(one.real_cents),
            money(difference) if difference else "",
        )
    planned, real = report.planned_bill.total_cents, report.real_bill.total_cents
    table.add_row("total", "", money(planned), money(real), money(real - planned), style="bold")
    yield Padding(table, (0, 0, 0, 2))


def _heading(title: str) -> Sequence[RenderableType]:
    return Text(), Text(title, "bold cyan")


def _line(sentence: str) -> Padding:
    return Padding(Text(plain(sentence)), (0, 0, 0, 2), expand=False)


def _table(*columns: tuple[str, str]) -> Table:
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim")
    for title, justify in columns:
        table.add_column(title, justify="right" if justify == "right" else "left")
    return table
