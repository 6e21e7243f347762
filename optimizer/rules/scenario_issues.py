"""Everything that contradicts itself in a scenario: its records among each other, and what the rules find in it."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.validation import validate_scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.rules.book import RuleBook


def scenario_issues(scenario: Scenario) -> tuple[Issue, ...]:
    """Return everything that contradicts itself in a well-formed scenario.

    Parameters
    ----------
    scenario : every record in it is valid by itself
    """
    issues = tuple(validate_scenario(scenario))
    try:
        book = RuleBook.of(scenario.policy)
    except InvalidInput as error:
        return issues + error.issues
    if issues:
        return issues  # the rules may rely on what is broken
    return tuple(issue for rule in book.active() for issue in rule.validate(scenario, book.params(rule)))
