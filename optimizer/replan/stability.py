"""What changes cost in the search for each proposal; every plan is judged under the policy's own prices."""

from typing import Any, Final

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

_PRICES: Final = ("technician_cents", "day_cents", "moved_cents", "far_cents", "ask_cents")


def priced_for(scenario: Scenario, name: ProposalName) -> Scenario:
    """Return the question under the prices by which a proposal is looked for.

    Parameters
    ----------
    scenario : what is left to be planned
    name : which proposal
    """
    if name in ("cheapest", "nobody else"):
        return scenario
    prices = params_of(CHANGE, scenario.policy)
    if name == "between":
        changed: dict[str, Any] = {one: min(BETWEEN * getattr(prices, one), MOST_CENTS) for one in _PRICES}
    else:  # one customer more or less decides; who was told nothing counts a hundredth
        changed = {
            "technician_cents": TELLING_CENTS,
            "internal_percent": 1,
            "near_percent": 100,
            "far_percent": 100,
        }
    rules = {**scenario.policy.rules}
    rules["CHANGE"] = {**rules.get("CHANGE", {}), **changed, "active": True}
    return scenario.model_copy(update={"policy": scenario.policy.model_copy(update={"rules": rules})})
