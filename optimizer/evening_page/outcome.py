"""How the day ended: promises, clocks and people, beside what was planned."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Literal, NamedTuple

from optimizer.domain.day_report import DayReport
from optimizer.operate import PlayedDay
from optimizer.words.clocks import clock_name
from optimizer.words.language import Language
from optimizer.words.moments import clock, day_and_clock, span
from optimizer.words.numbers import hours, kilometres, money

Tone = Literal["", "good", "warn"]


class Figure(NamedTuple):
    """A figure at the head of the page."""

    name: str
    value: str
    more: str
    tone: Tone


class PromiseRow(NamedTuple):
    """A promise that came otherwise."""

    job_id: str
    customer: str
    told: str
    real: str
    change: str
    tone: Literal["missed", "at_risk", ""]


class ClockRow(NamedTuple):
    """How a rule's clocks ended."""

    name: str
    code: str
    kept: int
    missed: int
    share: float
    """Kept, of all."""
    width: float
    """All, of the most there are of a rule."""


class MissedRow(NamedTuple):
    """A clock that was missed."""

    subject: str
    name: str
    due: str
    at: str


class PersonRow(NamedTuple):
    """A technician's day."""

    name: str
    orders: int
    in_vain: str
    worked: str
    planned: str
    driven: str
    planned_km: str
    back: str


class ListRow(NamedTuple):
    """Some jobs under a heading."""

    title: str
    jobs: tuple[str, ...]


def head_figures(day: PlayedDay, label: Mapping[str, str]) -> tuple[Figure, ...]:
    """Return the figures at the head of the page.

    Parameters
    ----------
    day : the day
    label : labels of the page
    """
    report = day.closed.report
    kept, missed = sum(one.kept for one in report.clocks), sum(one.missed for one in report.clocks)
    told = sum(one.told for one in day.question.promises)
    planned, real = report.planned_bill.total_cents, report.real_bill.total_cents
    replans = sum(one.turn is not None for one in day.moments)
    served = day.morning.assessment.kpis.served
    again = label["second_visits_count"].format(number=len(report.second_visits))
    changed = len(report.promises)
    return (
        Figure(label["done"], str(len(report.done)), label["of_planned"].format(number=served), ""),
        Figure(label["left_over"], str(len(report.left_over)), again, ""),
        Figure(
            label["bill"],
            money(real),
            label["planned_was"].format(money=money(planned)),
            "warn" if real > planned else "good",
        ),
        Figure(
            label["clocks_kept"],
            str(kept),
            label["missed_count"].format(number=missed),
            "warn" if missed else "good",
        ),
        Figure(
            label["changed"],
            str(changed),
            label["of_told"].format(number=told),
            "warn" if changed else "good",
        ),
        Figure(label["replans"], str(replans), "", ""),
    )


def promise_rows(day: PlayedDay, label: Mapping[str, str], zone: tzinfo) -> tuple[PromiseRow, ...]:
    """Return the promises of the morning that came otherwise, those not kept at all first.

    Parameters
    ----------
    day : the day
    label : labels of the page
    zone : whose clock counts
    """
    names, people = _customers(day), _people(day)
    order = ("not served", "late", "early", "other technician")
    rows = []
    for one in sorted(day.closed.report.promises, key=lambda one: order.index(one.change)):
        came = people.get(one.came or "", one.came or "")
        rows.append(
            PromiseRow(
                job_id=one.job_id,
                customer=names.get(one.job_id, ""),
                told=f"{span(one.window.start, one.window.end, zone)} {people.get(one.technician_id, '')}",
                real=label["nobody"] if one.start is None else f"{clock(one.start, zone)} {came}",
                change=label[one.change],
                tone="missed" if one.change == "not served" else "at_risk" if one.change == "late" else "",
            )
        )
    return tuple(rows)


def clock_rows(report: DayReport, language: Language) -> tuple[ClockRow, ...]:
    """Return how the clocks of each rule ended.

    Parameters
    ----------
    report : the day as it was
    language : English or Chinese
    """
    most = max((one.kept + one.missed for one in report.clocks), default=1)
    return tuple(
        ClockRow(
            name=clock_name(one, language),
            code=one.code,
            kept=one.kept,
            missed=one.missed,
            share=one.kept / (one.kept + one.missed),
            width=(one.kept + one.missed) / most,
        )
        for one in report.clocks
    )


def missed_rows(
    day: PlayedDay, label: Mapping[str, str], language: Language, zone: tzinfo
) -> tuple[MissedRow, ...]:
    """Return the clocks that were missed, in order of their due times.

    Parameters
    ----------
    day : the day
    label : labels of the page
    language : English or Chinese
    zone : whose clock counts
    """

    def moment(at: datetime) -> str:
        return day_and_clock(at, zone, language)

    return tuple(
        MissedRow(
            subject=one.subject,
            name=clock_name(one, language),
            due=moment(one.due),
            at=label["not_at_all"] if one.at is None else moment(one.at),
        )
        for one in sorted(day.closed.report.missed, key=lambda one: one.due.timestamp())
    )


def people(day: PlayedDay, zone: tzinfo, language: Language) -> tuple[PersonRow, ...]:
    """Return everybody's day, as it was and as planned.

    Parameters
    ----------
    day : the day
    zone : whose clock counts
    language : English or Chinese
    """
    names = _people(day)
    return tuple(
        PersonRow(
            name=names.get(one.technician_id, one.technician_id),
            orders=one.orders,
            in_vain=str(one.in_vain or ""),
            worked=hours(one.hours, language),
            planned=hours(one.planned_hours, language),
            driven=kilometres(1000 * one.distance_km, language),
            planned_km=kilometres(1000 * one.planned_km, language),
            back="" if one.back_at is None else clock(one.back_at, zone),
        )
        for one in day.closed.report.technicians
    )


def lists(report: DayReport, label: Mapping[str, str]) -> tuple[ListRow, ...]:
    """Return what goes on after the day.

    Parameters
    ----------
    report : the day as it was
    label : labels of the page
    """
    found = (
        (label["left_over_jobs"], report.left_over),
        (label["second_visits"], report.second_visits),
        (label["given_up"], report.given_up),
        (label["waiting"], tuple(job.job_id for job in report.waiting)),
        (label["assumed"], report.assumed),
    )
    return tuple(ListRow(title, jobs) for title, jobs in found if jobs)


def _customers(day: PlayedDay) -> dict[str, str]:
    found = {job.job_id: job.customer.name for job in day.question.jobs if job.customer is not None}
    for one in day.moments:
        scenario = None if one.turn is None else one.turn.scenario
        for job in () if scenario is None else scenario.jobs:
            if job.customer is not None:
                found.setdefault(job.job_id, job.customer.name)
    return found


def _people(day: PlayedDay) -> dict[str, str]:
    return {one.technician_id: one.name or one.technician_id for one in day.question.technicians}
