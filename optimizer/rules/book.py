"""The rule book in force: every rule with the parameters a policy gives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, cast

from optimizer.domain.policy import Policy, Preset
from optimizer.errors import InvalidInput, Issue
from optimizer.rules import RULES
from optimizer.rules.base import P, Params, Rule
from optimizer.rules.presets import PRESETS, Level
from optimizer.rules.settings import params_of


@dataclass(frozen=True)
class RuleBook:
    """The rules as one company has set them.

    Parameters
    ----------
    preset : the preset in force
    levels : what plans are compared by, the first first
    settings : parameters by rule code
    """

    preset: Preset
    levels: tuple[Level, ...]
    settings: Mapping[str, Params]

    @classmethod
    def of(cls, policy: Policy) -> "RuleBook":
        """Return the rule book of a policy.

        Parameters
        ----------
        policy : preset and values of its own

        Returns
        -------
        the book with the parameters of every rule

        Raises
        ------
        InvalidInput
            When the policy names an unknown rule or parameter, or a value it cannot take; lists all.
        """
        issues = [_unknown(code) for code in policy.rules if code not in {rule.code for rule in RULES}]
        settings: dict[str, Params] = {}
        for rule in RULES:
            try:
                settings[rule.code] = params_of(rule, policy)
            except InvalidInput as error:
                issues.extend(error.issues)
        if issues:
            raise InvalidInput(tuple(issues))
        return cls(policy.preset, PRESETS[policy.preset].levels, settings)

    def params(self, rule: Rule[P]) -> P:
        """Return the parameters of a rule."""
        return cast(P, self.settings[rule.code])

    def active(self) -> tuple[Rule[Any], ...]:
        """Return the rules that apply, in the order of the book."""
        return tuple(rule for rule in RULES if self.settings[rule.code].active)


def _unknown(code: str) -> Issue:
    near = get_close_matches(code.upper(), [rule.code for rule in RULES], n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return Issue(
        "unknown-rule",
        f"policy.rules.{code}",
        f"There is no rule {code!r}.",
        f"{hint}`paigong rules` lists all rules.",
    )
