"""Puts the evening page together: one HTML file that needs nothing but a browser."""

from importlib.resources import files
from zoneinfo import ZoneInfo

from markupsafe import Markup

from optimizer.day_page.environment import environment, margins
from optimizer.evening_page.bill import both_bills
from optimizer.evening_page.course import course_of
from optimizer.evening_page.labels import LABELS
from optimizer.evening_page.outcome import clock_rows, head_figures, lists, missed_rows, people, promise_rows
from optimizer.evening_page.turns import turn_rows
from optimizer.operate import PlayedDay
from optimizer.words.language import Language
from optimizer.words.moments import whole_day


def evening_page(day: PlayedDay, *, language: Language = "en") -> str:
    """Return a day as it was as one self-contained HTML page: re-plans, changed promises, clocks, both bills, people.

    Parameters
    ----------
    day : the day from its published plan to its close
    language : English or Chinese

    Returns
    -------
    the page; the same for the same day
    """
    label, report, zone = LABELS[language], day.closed.report, ZoneInfo(day.question.time_zone)
    when, provenance = whole_day(report.day, language), day.morning.plan.provenance
    style = "".join(
        files(package).joinpath("templates", name).read_text(encoding="utf-8")
        for package, name in (("optimizer.day_page", "page.css"), ("optimizer.evening_page", "evening.css"))
    )
    return (
        environment("optimizer.evening_page")
        .get_template("evening.html.j2")
        .render(
            label=label,
            style=Markup(style),  # the program's own files are not escaped; everything else is
            page_style=Markup(margins(f"{report.scenario} · {when}")),
            name=report.scenario,
            when=when,
            figures=head_figures(day, label),
            course=course_of(day, zone),
            turns=turn_rows(day, label, language, zone),
            promises=promise_rows(day, label, zone),
            clocks=clock_rows(report, language),
            missed=missed_rows(day, label, language, zone),
            bill=both_bills(report, language),
            people=people(day, zone, language),
            lists=lists(report, label),
            made=label["made"].format(iterations=f"{provenance.iterations:,}", seed=provenance.seed),
        )
    )
