"""The figures: the few in the head of the page, and the key figures the plan is judged by."""

from typing import NamedTuple

from optimizer.day_page.book import Book
from optimizer.day_page.labels import LABELS
from optimizer.words.numbers import hours, kilometres, money, percent
from optimizer.words.restocks import RESTOCK_FIGURE, restocks_made


class Figure(NamedTuple):
    """A figure with its name."""

    name: str
    value: str
    more: str = ""
    tone: str = ""
    """``good``, ``warn`` or none."""


def head_figures(book: Book) -> tuple[Figure, ...]:
    """Return what a glance at the plan should tell.

    Parameters
    ----------
    book : the assessment and the reader's language
    """
    labels, assessment = LABELS[book.language], book.document.assessment
    kpis = assessment.kpis
    missed = kpis.clocks - kpis.clocks_met
    of = labels["of"]
    return (
        Figure(
            labels["served"],
            of.format(part=kpis.served, whole=kpis.jobs),
            labels["left_out_count"].format(number=kpis.jobs - kpis.served),
            "good" if kpis.served == kpis.jobs else "warn",
        ),
        Figure(
            labels["on_time"],
            percent(kpis.on_time_share) if kpis.clocks else "–",
            labels["missed_clocks"].format(number=missed) if kpis.clocks else labels["no_clocks"],
            _tone(kpis.clocks, missed),
        ),
        Figure(
            labels["bill"],
            money(assessment.bill.total_cents),
            labels["of_it_outlay"].format(money=money(assessment.bill.outlay_cents)),
        ),
        Figure(
            labels["technicians"],
            of.format(part=kpis.technicians_used, whole=len(book.scenario.technicians)),
            labels["jobs_a_day"].format(number=f"{kpis.jobs_per_shift:.1f}"),
        ),
        Figure(
            labels["driven"],
            kilometres(kpis.distance_km * 1000, book.language),
            hours(kpis.travel_h, book.language),
        ),
        Figure(
            labels["overtime"],
            hours(kpis.overtime_h, book.language),
            labels["longest_day"].format(hours=hours(kpis.largest_load_h, book.language)),
            "warn" if kpis.overtime_h > 0 else "",
        ),
    )


def _tone(clocks: int, missed: int) -> str:
    if not clocks:
        return ""
    return "warn" if missed else "good"


def key_figures(book: Book) -> tuple[Figure, ...]:
    """Return the numbers a plan is judged by.

    Parameters
    ----------
    book : the assessment and the reader's language
    """
    labels, kpis, language = LABELS[book.language], book.document.assessment.kpis, book.language
    of = labels["of"]
    nights = (Figure(labels["kpi_nights"], f"{kpis.nights_away}"),) if kpis.nights_away else ()
    restocks = restocks_made(book.document.plan)
    halts = (Figure(RESTOCK_FIGURE[language], f"{restocks}"),) if restocks else ()
    return (
        Figure(labels["kpi_served"], percent(kpis.served_share)),
        Figure(labels["kpi_weight"], f"{kpis.unserved_weight}"),
        Figure(labels["kpi_on_time"], of.format(part=kpis.clocks_met, whole=kpis.clocks)),
        Figure(labels["kpi_desk"], of.format(part=kpis.desk_clocks_met, whole=kpis.desk_clocks)),
        Figure(labels["kpi_jobs_a_day"], f"{kpis.jobs_per_shift:.1f}"),
        Figure(labels["kpi_on_site"], hours(kpis.service_h, language)),
        Figure(labels["kpi_driven"], hours(kpis.travel_h, language)),
        Figure(labels["kpi_waited"], hours(kpis.waiting_h, language)),
        Figure(labels["kpi_overtime"], hours(kpis.overtime_h, language)),
        Figure(labels["kpi_longest"], hours(kpis.largest_load_h, language)),
        Figure(labels["kpi_shortest"], hours(kpis.smallest_load_h, language)),
        *nights,
        *halts,
    )
