"""Facts of a scenario that no rule reads yet, so that nobody takes them as looked at.

`NOT_YET` is the table of contents. A row goes when its rule comes; a test holds that.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from optimizer.domain.base import Record
from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario


class NotYet(NamedTuple):
    """A fact that waits for its rule."""

    code: str
    """The rule to come."""
    carried: str
    """How records carry the fact, said behind what they are: 12 jobs ``with spare parts``."""
    ignored: str
    """What that means for a plan."""
    states: Callable[[Scenario, Record], bool]
    """Whether a branch, technician, job or promise states the fact."""


def notes(scenario: Scenario) -> tuple[str, ...]:
    """Return one sentence for each kind of fact in the scenario that no rule reads yet.

    Parameters
    ----------
    scenario : the question, valid
    """
    return tuple(_notes(scenario))


def _notes(scenario: Scenario) -> Iterator[str]:
    lists: tuple[tuple[str, str, Sequence[Record]], ...] = (
        ("job", "jobs", scenario.jobs),
        ("technician", "technicians", scenario.technicians),
        ("branch", "branches", scenario.branches),
        ("promise", "promises", scenario.promises),
    )
    for fact in NOT_YET:
        found = []
        for one, many, records in lists:
            number = sum(fact.states(scenario, record) for record in records)
            if number:
                found.append(f"{number} {one if number == 1 else many}")
        if found:
            who = " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
            yield f"{who} {fact.carried}; the rule {fact.code} is not there yet, so {fact.ignored}"


def _shared_tools(scenario: Scenario, record: Record) -> bool:
    return isinstance(record, Job | Branch) and bool(record.shared_tools)


NOT_YET: Final[tuple[NotYet, ...]] = (
    NotYet("SHARED_TOOL", "with shared tools", "nobody counts how many are out at once", _shared_tools),
)
"""Every fact that waits for its rule, in the order of the rule book."""
