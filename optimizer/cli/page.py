"""How commands write the day page of a plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from optimizer.cli.targets import write_target
from optimizer.domain.scenario import Scenario
from optimizer.words.language import Language

if TYPE_CHECKING:
    from optimizer.planning import Planned
    from optimizer.travel import Roads

PageOption = Annotated[
    Path | None,
    typer.Option("--html", help="Write the plan as one page for a browser or a printer to this file."),
]
"""How a command takes where its page goes."""

LanguageOption = Annotated[Language, typer.Option("--language", help="Language of the page.")]
"""How a command takes the page's language."""


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
    from optimizer.day_page.of_plan import smallest_changes
    from optimizer.explain import Explainer
    from optimizer.travel.roads.route_shapes import route_shapes

    document = planned.document
    shapes = route_shapes(scenario, document.plan, roads)
    fixes = smallest_changes(scenario, document, lambda: Explainer(planned.compiled, planned.solution.routes))
    page = day_page(scenario, document, language=language, shapes=shapes, fixes=fixes)
    write_target(path, page.encode())
