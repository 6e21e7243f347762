"""Another price, or another parameter of a rule."""

from collections.abc import Iterator
from dataclasses import replace

from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import Price
from optimizer.errors import InvalidInput, Issue
from optimizer.rules.book import RuleBook
from optimizer.whatif.variants import names
from optimizer.whatif.variants.base import ChangeKind


class PriceKind(ChangeKind[Price]):
    """Another price, or another parameter of a rule; its other parameters stay."""

    patch = Price

    def applied(self, scenario: Scenario, patch: Price) -> Scenario:
        """Return the scenario whose policy says so."""
        said = scenario.policy.rules.get(patch.rule, {}) | patch.values
        rules = scenario.policy.rules | {patch.rule: said}
        policy = scenario.policy.model_copy(update={"rules": rules})
        names.refuse(_issues(policy, patch))
        return scenario.model_copy(update={"policy": policy})


def _issues(policy: Policy, patch: Price) -> Iterator[Issue]:
    try:
        RuleBook.of(policy)
    except InvalidInput as error:
        rule = f"policy.rules.{patch.rule}"
        for issue in error.issues:
            parameter = issue.path.removeprefix(f"{rule}.")
            unknown = issue.path == rule and issue.code == "unknown-rule"
            path = "rule" if unknown else "values" if issue.path == rule else f"values.{parameter}"
            yield replace(issue, path=path)


KIND = PriceKind()
