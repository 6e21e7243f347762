"""Settles a rule's parameters: its defaults, changed by the preset, changed by the policy."""

from difflib import get_close_matches
from typing import Any, Final, cast

from pydantic import ValidationError

from optimizer.domain.kept import Kept
from optimizer.domain.policy import Policy
from optimizer.errors import InvalidInput, Issue
from optimizer.rules.base import P, Params, Rule
from optimizer.rules.presets import PRESETS

_SETTLED: Final = Kept[dict[tuple[str, type[Params]], Params]]()


def params_of(rule: Rule[P], policy: Policy) -> P:
    """Return the parameters a rule has under a policy; they are kept as long as the policy.

    Parameters
    ----------
    rule : the rule
    policy : the policy; its preset changes the rule's defaults, its own values change the preset's

    Returns
    -------
    the rule's parameters

    Raises
    ------
    InvalidInput
        When the policy gives the rule a value it cannot take; lists all of them.
    """
    kept = _SETTLED.of(policy, dict)
    key = rule.code, rule.params
    if key not in kept:
        kept[key] = _settled(rule, policy)
    return cast(P, kept[key])


def _settled(rule: Rule[P], policy: Policy) -> P:
    values = {**PRESETS[policy.preset].rules.get(rule.code, {}), **policy.rules.get(rule.code, {})}
    try:
        return rule.params.model_validate(values)
    except ValidationError as error:
        raise InvalidInput(tuple(_issue(rule, dict(problem)) for problem in error.errors())) from None


def _issue(rule: Rule[Any], problem: dict[str, Any]) -> Issue:
    loc: tuple[str | int, ...] = problem["loc"]
    path = f"policy.rules.{rule.code}"
    for part in loc:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    fields = list(rule.params.model_fields)
    if problem["type"] == "extra_forbidden":
        near = get_close_matches(str(loc[-1]), fields, n=1)
        action = f"Did you mean {near[0]}?" if near else f"It knows {', '.join(fields)}."
        return Issue("unknown-parameter", path, f"{rule.code} has no parameter {loc[-1]!r}.", action)
    if loc == ("active",) and problem["type"] == "literal_error":
        return Issue(
            "always-active",
            path,
            f"{rule.code} is always active: no plan can be made without it.",
            "Remove this line.",
        )
    cause = problem["msg"].removeprefix("Value error, ").rstrip(".")
    cause = f"{cause}; found {problem['input']!r}." if loc else f"{cause}."
    return Issue(
        "bad-parameter", path, cause, f"See `paigong rules` for what {rule.code} takes, or remove it."
    )
