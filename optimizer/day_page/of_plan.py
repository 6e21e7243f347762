"""Makes the day page of a plan with what it shows beyond the plan itself: the smallest changes for jobs left out."""

from collections.abc import Callable
from typing import Final, NamedTuple

from optimizer.day_page.page import day_page
from optimizer.domain.document import PlanDocument
from optimizer.domain.explanation import LeftOut
from optimizer.domain.job import PRIORITIES
from optimizer.domain.route_shape import RouteShapes
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.explain import Explainer
from optimizer.explain.of_plan import explainer_of
from optimizer.travel import Roads
from optimizer.words.language import Language

MOST_CHANGES: Final = 30
"""For so many jobs left out the smallest change is looked for, the most important first."""


class MadePage(NamedTuple):
    """A day page."""

    page: str
    """The page as HTML."""
    notes: tuple[str, ...]
    """What is worth knowing about how it was made."""


def page_of(
    scenario: Scenario,
    document: PlanDocument,
    *,
    roads: Roads | None,
    shapes: RouteShapes,
    language: Language,
) -> MadePage:
    """Return the day page of a plan that was kept somewhere; the same page as when the plan was made.

    A plan that cannot be explained, such as one that breaks hard rules, has a page without smallest changes.

    Parameters
    ----------
    scenario : the question
    document : the answer
    roads : the operator's road data
    shapes : lines of drives
    language : English or Chinese
    """
    fixes: dict[str, LeftOut] = {}
    notes: list[str] = []

    def explainer() -> Explainer:
        found = explainer_of(scenario, document.plan, roads)
        notes.extend(found.notes)
        return found.explainer

    try:
        fixes = smallest_changes(scenario, document, explainer)
    except InvalidInput as error:
        notes += [f"the page has no smallest changes for jobs left out: {one.cause}" for one in error.issues]
    page = day_page(scenario, document, language=language, shapes=shapes, fixes=fixes)
    return MadePage(page, tuple(notes))


def smallest_changes(
    scenario: Scenario, document: PlanDocument, explainer: Callable[[], Explainer]
) -> dict[str, LeftOut]:
    """Return the smallest change for each of the most important jobs left out; nothing is made where none is.

    Parameters
    ----------
    scenario : the question
    document : the answer
    explainer : makes what explains the plan
    """
    priorities = {job.job_id: PRIORITIES.index(job.priority) for job in scenario.jobs}
    left_out = sorted(document.plan.unserved, key=lambda job_id: priorities[job_id])[:MOST_CHANGES]
    if not left_out:
        return {}
    explains = explainer()
    return {job_id: explains.left_out(job_id).answer for job_id in left_out}
