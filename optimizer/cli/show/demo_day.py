"""A scripted day as a log: the clock, what happened, the ways to go on, the one that is taken, who is told what."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from optimizer.cli.words import plain
from optimizer.domain.day_report import DayReport
from optimizer.domain.document import PlanDocument
from optimizer.domain.proposal import Proposal
from optimizer.domain.scenario import Scenario
from optimizer.operate import Played, Turn
from optimizer.operate.choosing import visits_lost
from optimizer.operate.words import ordered_words, reason, told_words
from optimizer.words.moments import clock, span
from optimizer.words.moments import day as day_words
from optimizer.words.names import BILL_KIND_NAMES
from optimizer.words.numbers import count, hours, kilometres, money

SHOWN: Final = 9
"""Longer lists are cut off here; the page and the files have them whole."""
_INDENT: Final = 7


def morning_view(document: PlanDocument, published: Scenario, zone: tzinfo) -> Iterator[RenderableType]:
    """Yield what is shown of the plan of the morning.

    Parameters
    ----------
    document : the plan
    published : the question, with what customers were told
    zone : whose clock counts
    """
    kpis, told = document.assessment.kpis, sum(one.told for one in published.promises)
    day = day_words(document.plan.horizon.first_day)
    yield Text(f"{plain(document.plan.scenario)} · {day}", "bold")
    if published.now is not None:
        said = f"The plan is published: {kpis.served} of {count(kpis.jobs, 'job')}, "
        bill = money(document.assessment.bill.total_cents)
        yield _at(published.now, zone, f"{said}{bill}; {count(told, 'customer')} know their times.")


def moment_view(one: Played, zone: tzinfo) -> Iterator[RenderableType]:
    """Yield what is shown of a moment.

    Parameters
    ----------
    one : the moment as it was played
    zone : whose clock counts
    """
    yield Text()
    yield _at(one.moment.at, zone, one.moment.what)
    if one.turn is not None:
        yield _indented(_ways(one.turn))
        yield _line(f"Taken: {reason(one.turn.choice)}.")
        told = [told_words(customer, zone) for customer in one.turn.taken.told]
        yield from _list("Customers", told)
        yield from _list("Orders", [ordered_words(order) for order in one.turn.taken.ordered])


def evening_view(report: DayReport, following: Scenario, zone: tzinfo) -> Iterator[RenderableType]:
    """Yield what is shown of the close.

    Parameters
    ----------
    report : the day as it was, beside the plan of the morning
    following : the question of the next day
    zone : whose clock counts
    """
    yield Text()
    said = f"The day is closed: {count(len(report.done), 'job')} done, {len(report.left_over)} left over."
    yield _at(report.closed_at, zone, said)
    yield from _list("Second visits", report.second_visits)
    yield from _list("Without a visit", report.given_up)
    kept, missed = sum(one.kept for one in report.clocks), sum(one.missed for one in report.clocks)
    worst = sorted((one for one in report.clocks if one.missed), key=lambda one: -one.missed)
    names = f" ({', '.join(f'{one.code} {one.missed}' for one in worst)})" if worst else ""
    yield _line(f"Clocks: {kept} kept, {missed} missed{names}.")
    worked, planned = (sum(figures) for figures in zip(*_hours(report), strict=True))
    driven = 1000 * sum(one.distance_km for one in report.technicians)
    intended = 1000 * sum(one.planned_km for one in report.technicians)
    yield _line(
        f"Worked {hours(worked)} where {hours(planned)} were planned, driven {kilometres(driven)} "
        f"instead of {kilometres(intended)}."
    )
    yield _indented(_bills(report))
    yield from _list(
        f"Otherwise than told in the morning ({len(report.promises)})",
        [
            f"{one.job_id} {span(one.window.start, one.window.end, zone)} {one.technician_id} → "
            + ("nobody" if one.start is None else f"{clock(one.start, zone)} {one.came}")
            for one in report.promises
        ],
    )
    horizon = following.horizon
    yield _line(f"{day_words(horizon.first_day)} begins with {count(len(following.jobs), 'job')}.")


def _hours(report: DayReport) -> Sequence[tuple[float, float]]:
    return [(one.hours, one.planned_hours) for one in report.technicians] or [(0.0, 0.0)]


def _ways(turn: Turn) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("", "way to go on"):
        table.add_column(title)
    for title in ("left out", "weight", "told", "lose the visit", "bill"):
        table.add_column(title, justify="right")
    for one in turn.found.proposals:
        taken = one is turn.choice.proposal
        table.add_row("→" if taken else "", *_figures(one), style="bold" if taken else "")
    nothing = turn.found.doing_nothing.assessment
    broken = f" breaks {count(len(nothing.findings), 'rule')}" if nothing.findings else ""
    table.add_row("", f"doing nothing{broken}", "", "", "", "", money(nothing.bill.total_cents), style="dim")
    return table


def _figures(one: Proposal) -> tuple[str, ...]:
    return (
        one.name,
        str(len(one.document.plan.unserved)),
        str(one.unserved_weight),
        str(len(one.to_tell)),
        str(len(visits_lost(one))),
        money(one.document.assessment.bill.total_cents),
    )


def _bills(report: DayReport) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("bill")
    for title in ("planned", "real", "difference"):
        table.add_column(title, justify="right")
    planned, real = report.planned_bill, report.real_bill
    for kind, before, after in (
        (BILL_KIND_NAMES["outlay"]["en"], planned.outlay_cents, real.outlay_cents),
        (BILL_KIND_NAMES["transfer"]["en"], planned.transfer_cents, real.transfer_cents),
        (BILL_KIND_NAMES["service"]["en"], planned.service_cents, real.service_cents),
        ("total", planned.total_cents, real.total_cents),
    ):
        table.add_row(kind, money(before), money(after), money(after - before))
    return table


def _at(at: datetime, zone: tzinfo, said: str) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_row(Text(clock(at, zone), "bold cyan"), Text(plain(said), "bold"))
    return table


def _list(title: str, words: Sequence[str]) -> Iterator[RenderableType]:
    if words:
        more = f" · and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
        yield _line(f"{title}: {plain(' · '.join(words[:SHOWN]))}{more}")


def _line(said: str) -> RenderableType:
    return _indented(Text(said))


def _indented(shown: RenderableType) -> RenderableType:
    return Padding(shown, (0, 0, 0, _INDENT), expand=False)
