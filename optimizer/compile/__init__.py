"""Compiles a scenario: every active rule says its verbs, the builder turns them into arrays."""

from collections.abc import Container

from optimizer.compile.compiled import Compiled, RestKind
from optimizer.compile.draft import ScenarioDraft
from optimizer.compile.layout import ScenarioLayout
from optimizer.domain.scenario import Scenario
from optimizer.rules.book import RuleBook
from optimizer.travel.base import TravelTable

__all__ = ["Compiled", "RestKind", "ScenarioDraft", "ScenarioLayout", "compile_scenario", "lay_out"]


def compile_scenario(
    scenario: Scenario,
    travel: TravelTable | None = None,
    *,
    layout: ScenarioLayout | None = None,
    without: Container[str] = (),
) -> Compiled:
    """Compile a valid scenario.

    Parameters
    ----------
    scenario : the question, already validated
    travel : its travel data, made by `travel_table`; none: made here, without roads
    layout : the visits and tools of another state of the question, so that both have the same rows; none: its own
    without : codes of rules that are not asked, because what they say is not read

    Raises
    ------
    InvalidInput
        When the policy's parameters are wrong.
    """
    book = RuleBook.of(scenario.policy)
    draft = ScenarioDraft(scenario, layout or lay_out(scenario), travel)
    for rule in book.active():
        if rule.code not in without:
            draft.code = rule.code
            rule.compile(scenario, book.params(rule), draft)
    return draft.compiled(service_first=book.levels == ("weight", "cents"))


def lay_out(scenario: Scenario) -> ScenarioLayout:
    """Return which visits the jobs of a valid scenario take and which tools are shared.

    Parameters
    ----------
    scenario : the question, already validated

    Raises
    ------
    InvalidInput
        When the policy's parameters are wrong.
    """
    book = RuleBook.of(scenario.policy)
    layout = ScenarioLayout(scenario)
    for rule in book.active():
        rule.lay_out(scenario, book.params(rule), layout)
    return layout
