"""Halts at branches in mid-route to load parts, in words."""

from typing import Final

from optimizer.domain.plan import Plan, Restock
from optimizer.words.language import Language, Words
from optimizer.words.trade_words import pieces_words

RESTOCK_FIGURE: Final[Words] = {"en": "halts to load parts", "zh": "途中补料（次）"}
"""How many halts there are, as a figure of the plan."""

_LOADS: Final[Words] = {"en": "loads", "zh": "补料"}


def loads_words(restock: Restock, language: Language = "en") -> str:
    """Return what is loaded at a halt, e.g. ``loads 1 × control board`` or ``补料 1 × 控制板``.

    Parameters
    ----------
    restock : the halt
    language : English or Chinese

    Returns
    -------
    Names of parts are the scenario's text, not yet made harmless.
    """
    return f"{_LOADS[language]} {pieces_words(restock.picked_up, language)}"


def restocks_made(plan: Plan) -> int:
    """Return how many halts to load parts a plan has."""
    return sum(len(shift.restocks) for shift in plan.shifts)
