"""A plan kept ready in the studio, to be asked again and again; only the studio's processes load this module."""

from functools import cached_property

from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.explain import Explainer
from optimizer.explain.of_plan import explainer_of
from optimizer.preview import Previewer
from optimizer.travel import Roads


class Warm:
    """A plan and its question, ready for questions.

    Parameters
    ----------
    scenario : the question, under the plan's preset
    document : the plan
    roads : the operator's road data; none: straight lines
    """

    def __init__(self, scenario: Scenario, document: PlanDocument, roads: Roads | None) -> None:
        self.scenario = scenario
        self._document = document
        self._roads = roads

    @cached_property
    def previewer(self) -> Previewer:
        """Says what moves would mean."""
        return Previewer(self.scenario, self._document, roads=self._roads)

    @cached_property
    def explainer(self) -> Explainer:
        """Says why the plan is as it is."""
        compiled = self.previewer.compiled
        return explainer_of(self.scenario, self._document.plan, self._roads, compiled=compiled).explainer
