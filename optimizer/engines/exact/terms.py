"""What the solver's objects are called here: it takes two seconds to load, and its own types are not checked."""

from collections.abc import Iterable
from typing import Any

CpModel = Any
"""A CP-SAT model: is given variables and constraints."""

Variable = Any
"""A variable of the model: a whole number, or 0 and 1."""

Interval = Any
"""A span of time in the model that may or may not be there."""

Amount = Any
"""A sum of variables, or a plain number."""


def total(amounts: Iterable[Amount]) -> Amount:
    """Return the sum of some amounts as one new amount.

    Amounts are added up here and never by ``+=``, which in this solver also changes what the name stood for before.

    Parameters
    ----------
    amounts : none, one or many
    """
    from ortools.sat.python.cp_model import LinearExpr

    return LinearExpr.sum(list(amounts))
