"""Puts the day page together: one HTML file that needs nothing but a browser."""

import base64
import hashlib
from collections.abc import Mapping
from importlib.resources import files

from markupsafe import Markup

from optimizer.day_page.bill import bill_view
from optimizer.day_page.book import Book
from optimizer.day_page.clocks import clock_view
from optimizer.day_page.days import day_views
from optimizer.day_page.desk import task_view
from optimizer.day_page.environment import environment, margins
from optimizer.day_page.figures import head_figures, key_figures
from optimizer.day_page.labels import LABELS
from optimizer.day_page.left_out import SIGNS, left_out_rows
from optimizer.day_page.provenance import made_by, warnings
from optimizer.domain.document import PlanDocument
from optimizer.domain.explanation import LeftOut
from optimizer.domain.route_shape import ROADS_ATTRIBUTION, RouteShapes
from optimizer.domain.scenario import Scenario
from optimizer.words.language import Language
from optimizer.words.moments import whole_day
from optimizer.words.names import PRESET_NAMES, PRIORITY_NAMES


def day_page(
    scenario: Scenario,
    document: PlanDocument,
    *,
    language: Language = "en",
    shapes: RouteShapes | None = None,
    fixes: Mapping[str, LeftOut] | None = None,
) -> str:
    """Return a plan as one self-contained HTML page: map, Gantt, timetables, what is left out, clocks, desk, bill.

    Parameters
    ----------
    scenario : the question
    document : the answer, made for this very scenario
    language : English or Chinese
    shapes : lines of drives; a drive without one is drawn straight
    fixes : explanations of jobs that are left out, by job id; the page shows the smallest change of each

    Returns
    -------
    the page; the same for the same question and answer
    """
    book = Book(scenario, document, language, shapes or {}, fixes or {})
    script = _file("page.js")
    page = environment("optimizer.day_page").get_template("page.html.j2")
    return page.render(
        label=LABELS[language],
        style=Markup(_file("page.css")),  # the program's own files are not escaped; everything else is
        page_style=Markup(margins(f"{document.plan.scenario} · {_when(book)}")),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        name=document.plan.scenario,
        when=_when(book),
        preset=PRESET_NAMES[document.plan.preset][language],
        figures=head_figures(book),
        findings=document.assessment.findings,
        branches=[(one.branch_id, book.branch(one.branch_id)) for one in scenario.branches],
        days=day_views(book),
        signs=[(name, SIGNS[name], PRIORITY_NAMES[name][language]) for name in SIGNS],
        straight=not book.shapes,
        attribution=ROADS_ATTRIBUTION[language],
        left_out=left_out_rows(book),
        clocks=clock_view(book),
        tasks=task_view(book),
        bill=bill_view(book),
        key_figures=key_figures(book),
        made_by=made_by(book),
        warnings=warnings(book),
    )


def _file(name: str) -> str:
    return files("optimizer.day_page").joinpath("templates", name).read_text(encoding="utf-8")


def _when(book: Book) -> str:
    days = book.scenario.horizon.dates()
    first = whole_day(days[0], book.language)
    return first if len(days) == 1 else f"{first} – {whole_day(days[-1], book.language)}"
