"""Makes the day page of a plan: what it shows beyond the plan itself is looked for here."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from optimizer.cli.report import print_notes
from optimizer.cli.targets import write_target
from optimizer.domain.document import PlanDocument
from optimizer.domain.explanation import LeftOut
from optimizer.domain.job import PRIORITIES
from optimizer.domain.route_shape import RouteShapes
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.words.language import Language

if TYPE_CHECKING:
    from optimizer.explain import Explainer
    from optimizer.planning import Planned
    from optimizer.travel import Roads

PageOption = Annotated[
    Path | None,
    typer.Option("--html", help="Write the plan as one page for a browser or a printer to this file."),
]
"""How a command takes where its page goes."""

LanguageOption = Annotated[Language, typer.Option("--language", help="Language of the page.")]
"""How a command takes the page's language."""

MOST_CHANGES = 30
"""For so many jobs left out the smallest change is looked for, the most important first."""


def write_page(
    path: Path, scenario: Scenario, planned: "Planned", *, roads: "Roads | None", language: Language
) -> None:
    """Write the day page of a plan.

    Parameters
    ----------
    path : the file
    scenario : the question
    planned : the plan and how it was made
    roads : the operator's road data, for the lines on the map
    language : English or Chinese
    """
    from optimizer.day_page import day_page
    from optimizer.explain import Explainer
    from optimizer.travel.roads.route_shapes import route_shapes

    document = planned.document
    shapes = route_shapes(scenario, document.plan, roads)
    fixes = _smallest_changes(
        scenario, document, lambda: Explainer(planned.compiled, planned.solution.routes)
    )
    page = day_page(scenario, document, language=language, shapes=shapes, fixes=fixes)
    write_target(path, page.encode())


def page_of_file(
    scenario: Scenario,
    document: PlanDocument,
    *,
    roads: "Roads | None",
    shapes: RouteShapes,
    language: Language,
) -> str:
    """Return the day page of a plan that was read from a file; the same page as when the plan was made.

    A plan that cannot be explained, such as one that breaks hard rules, has a page without smallest changes.

    Parameters
    ----------
    scenario : the question
    document : the answer
    roads : the operator's road data
    shapes : lines of drives
    language : English or Chinese
    """
    from optimizer.cli.explain import explainer_of
    from optimizer.day_page import day_page

    fixes: dict[str, LeftOut] = {}
    try:
        fixes = _smallest_changes(scenario, document, lambda: explainer_of(scenario, document.plan, roads))
    except InvalidInput as error:
        print_notes(
            [f"the page has no smallest changes for jobs left out: {one.cause}" for one in error.issues]
        )
    return day_page(scenario, document, language=language, shapes=shapes, fixes=fixes)


def _smallest_changes(
    scenario: Scenario, document: PlanDocument, explainer: "Callable[[], Explainer]"
) -> dict[str, LeftOut]:
    """Return the smallest change for each of the most important jobs left out; nothing is made where none is."""
    priorities = {job.job_id: PRIORITIES.index(job.priority) for job in scenario.jobs}
    left_out = sorted(document.plan.unserved, key=lambda job_id: priorities[job_id])[:MOST_CHANGES]
    if not left_out:
        return {}
    explains = explainer()
    return {job_id: explains.left_out(job_id).answer for job_id in left_out}
