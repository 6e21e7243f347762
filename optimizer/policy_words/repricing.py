"""The same plan under the other presets: only prices change, not who does what."""

from optimizer.assess import bill_of
from optimizer.domain.assessment import Bill
from optimizer.domain.base import Record
from optimizer.domain.plan import Plan
from optimizer.domain.policy import Preset
from optimizer.domain.scenario import Scenario
from optimizer.policy_words.levels import levels_in_words
from optimizer.rules.book import RuleBook
from optimizer.rules.presets import PRESETS
from optimizer.words.numbers import money


class PresetBill(Record):
    """What a plan owes under a preset."""

    preset: Preset
    """The preset."""
    outlay_cents: int
    """Money the company spends."""
    transfer_cents: int
    """Money that moves between people."""
    service_cents: int
    """Price of poor service."""
    total_cents: int
    """Sum of all lines."""
    more_cents: int
    """More than under the preset in force; below 0: less."""
    sentence: str
    """In words."""
    levels: str
    """What plans are compared by under the preset, in words."""


def under_presets(scenario: Scenario, plan: Plan) -> tuple[PresetBill, ...]:
    """Return the bill of a plan under every preset, the policy's own values kept.

    The plan stays as it is: under another preset the search might have found another one.

    Parameters
    ----------
    scenario : the question the plan answers, under the preset in force
    plan : the plan

    Raises
    ------
    InvalidInput
        When the policy's own values contradict a preset.
    """
    in_force = bill_now(scenario, plan).total_cents
    return tuple(_under(scenario, plan, preset, in_force) for preset in PRESETS)


def _under(scenario: Scenario, plan: Plan, preset: Preset, in_force: int) -> PresetBill:
    policy = scenario.policy.model_copy(update={"preset": preset})
    bill = bill_now(scenario.model_copy(update={"policy": policy}), plan)
    more = bill.total_cents - in_force
    if preset == scenario.policy.preset:
        compared = ", the preset in force"
    elif more:
        compared = f", {money(abs(more))} {'more' if more > 0 else 'less'} than in force"
    else:
        compared = ", the same as in force"
    return PresetBill(
        preset=preset,
        outlay_cents=bill.outlay_cents,
        transfer_cents=bill.transfer_cents,
        service_cents=bill.service_cents,
        total_cents=bill.total_cents,
        more_cents=more,
        sentence=f"This plan owes {money(bill.total_cents)} under {preset}{compared}.",
        levels=levels_in_words(policy),
    )


def bill_now(scenario: Scenario, plan: Plan) -> Bill:
    """Return what a plan owes by a scenario's policy, whatever it was made under.

    Parameters
    ----------
    scenario : the question, under the policy that counts
    plan : a plan for its technicians and jobs

    Raises
    ------
    InvalidInput
        When the policy's parameters are wrong.
    """
    book = RuleBook.of(scenario.policy)
    soft = [rule for rule in book.active() if not rule.hard]
    return bill_of(line for rule in soft for line in rule.bill(scenario, book.params(rule), plan))
