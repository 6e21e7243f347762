"""The policy in words: what its prices are worth, what weighs most in a plan, and the plan under other presets."""

from optimizer.assess import assess
from optimizer.domain.assessment import Assessment
from optimizer.domain.base import Record
from optimizer.domain.plan import Plan
from optimizer.domain.policy import Preset
from optimizer.domain.scenario import Scenario
from optimizer.policy_words.binding import Binding, binding
from optimizer.policy_words.exchange import Exchange, exchanges, price_list
from optimizer.policy_words.levels import levels_in_words
from optimizer.policy_words.repricing import PresetBill, bill_now, under_presets
from optimizer.policy_words.yardstick import Yardsticks, yardsticks

__all__ = [
    "Binding",
    "Exchange",
    "PolicyWords",
    "PresetBill",
    "Yardsticks",
    "bill_now",
    "binding",
    "exchanges",
    "levels_in_words",
    "policy_words",
    "price_list",
    "under_presets",
    "yardsticks",
]


class PolicyWords(Record):
    """What a scenario's policy says, in sentences and as numbers."""

    scenario: str
    """Name of the scenario."""
    preset: Preset
    """The preset in force."""
    levels: str
    """What plans are compared by, in words."""
    yardsticks: Yardsticks
    """What prices are compared with."""
    exchanges: tuple[Exchange, ...]
    """What the main decisions of a plan are worth."""
    prices: tuple[Exchange, ...]
    """What every other price of an active rule is worth."""
    binding: Binding | None = None
    """What weighs most in the plan; none: no plan was given."""
    presets: tuple[PresetBill, ...] = ()
    """The bill of the plan under each preset; empty: no plan was given."""


def policy_words(
    scenario: Scenario, plan: Plan | None = None, assessment: Assessment | None = None
) -> PolicyWords:
    """Put a policy into words, and what it does in a plan.

    Parameters
    ----------
    scenario : the question, valid
    plan : a plan for it, or none
    assessment : the plan's assessment, which also holds why jobs are left out; none: made here, without reasons

    Raises
    ------
    InvalidInput
        When the policy's parameters are wrong.
    """
    if plan is not None and assessment is None:
        assessment = assess(scenario, plan)
    return PolicyWords(
        scenario=scenario.name,
        preset=scenario.policy.preset,
        levels=levels_in_words(scenario.policy),
        yardsticks=yardsticks(scenario),
        exchanges=exchanges(scenario),
        prices=price_list(scenario),
        binding=binding(assessment) if assessment is not None else None,
        presets=under_presets(scenario, plan) if plan is not None else (),
    )
