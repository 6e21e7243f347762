"""What plans are compared by under a preset, in words."""

from optimizer.domain.policy import Policy
from optimizer.rules.book import RuleBook
from optimizer.rules.unserved import RULE as UNSERVED
from optimizer.words.numbers import money


def levels_in_words(policy: Policy) -> str:
    """Say what decides between two plans under a policy's preset.

    Parameters
    ----------
    policy : preset and values of its own
    """
    book = RuleBook.of(policy)
    if book.levels == ("cents",):
        left_out = book.params(UNSERVED)
        prices = f"{money(left_out.normal_cents)} for a normal job, {money(left_out.emergency_cents)} for an emergency"
        return (
            f"{book.preset}: money alone decides; a job is left out where serving it would cost more than "
            f"leaving it out, and that costs {prices}."
        )
    weights = book.params(UNSERVED)
    normal = weights.weight("normal")
    ratio = ""
    if normal:
        times = weights.weight("emergency") / normal
        ratio = f" One emergency weighs as much as {times:g} normal jobs."
    return (
        f"{book.preset}: the plan that leaves out less wins, counted by priority weight, whatever it costs; "
        f"money decides between equals.{ratio}"
    )
