"""What changes cost in the search for each proposal; every plan is judged under the policy's own prices."""

from collections.abc import Mapping
from typing import Final

from optimizer.domain.proposal import ProposalName
from optimizer.domain.scenario import Scenario
from optimizer.rules.change import RULE as CHANGE
from optimizer.rules.settings import params_of

TELLING_CENTS: Final = 1_000_000
"""What it costs to tell one customer that another person comes, where as few as possible are to be told anything."""
BETWEEN: Final = 5
"""How many times their price changes cost between fewest changes and least cost."""
MOST_CENTS: Final = 1_000_000_000
"""The dearest a price can be."""

_TELLING: Final[Mapping[str, int]] = {
    "technician_cents": TELLING_CENTS,
    "internal_percent": 1,
    "near_percent": 100,
    "far_percent": 100,
}
"""Prices by which one customer more or less decides; who was told nothing counts a hundredth."""
_PRICES: Final = ("technician_cents", "day_cents", "moved_cents", "far_cents", "ask_cents")


def priced_for(scenario: Scenario, name: ProposalName) -> Scenario:
    """Return the question under the prices by which a proposal is looked for.

    Parameters
    ----------
    scenario : what is left to be planned
    name : which proposal
    """
    if name in ("repair", "cheapest", "nobody else", "turn round"):
        return scenario
    if name == "between":
        prices = params_of(CHANGE, scenario.policy)
        return _with_prices(
            scenario, {one: min(BETWEEN * getattr(prices, one), MOST_CENTS) for one in _PRICES}
        )
    return _with_prices(scenario, _TELLING)


def priced_by_window(scenario: Scenario, asked: frozenset[str]) -> Scenario:
    """Return the question in which a later start than these customers were told costs as much as another person.

    Parameters
    ----------
    scenario : what is left to be planned
    asked : jobs whose customers may be asked for another time
    """
    promises = (
        one.model_copy(update={"start": one.window.end}) if one.told and one.job_id in asked else one
        for one in scenario.promises
    )
    late = {"tolerance_min": 0, "moved_cents": TELLING_CENTS, "far_cents": 0, "day_cents": 0}
    return _with_prices(scenario.model_copy(update={"promises": tuple(promises)}), {**_TELLING, **late})


def _with_prices(scenario: Scenario, prices: Mapping[str, int]) -> Scenario:
    rules = {**scenario.policy.rules}
    rules["CHANGE"] = {**rules.get("CHANGE", {}), **prices, "active": True}
    return scenario.model_copy(update={"policy": scenario.policy.model_copy(update={"rules": rules})})
