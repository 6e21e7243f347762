"""Facts of a scenario that no rule reads yet, so that nobody takes them as looked at.

`NOT_YET` is the table of contents. A row goes when its rule comes; a test holds that.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from optimizer.domain.base import Record
from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician


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


def _parts(scenario: Scenario, record: Record) -> bool:
    match record:
        case Job():
            return bool(record.parts or scenario.policy.job_types[record.type].parts)
        case Technician():
            return bool(record.parts)
        case Branch():
            return bool(record.stock)
    return False


def _shared_tools(scenario: Scenario, record: Record) -> bool:
    return isinstance(record, Job | Branch) and bool(record.shared_tools)


def _refused(scenario: Scenario, record: Record) -> bool:
    return (
        isinstance(record, Job) and record.customer is not None and bool(record.customer.refused_technicians)
    )


def _known(scenario: Scenario, record: Record) -> bool:
    return isinstance(record, Job) and record.customer is not None and bool(record.customer.known_technicians)


def _rework(scenario: Scenario, record: Record) -> bool:
    return isinstance(record, Job) and record.rework is not None


def _site_not_ready(scenario: Scenario, record: Record) -> bool:
    if not isinstance(record, Job):
        return False
    site = record.site
    return not (site.power_supply_fit and site.property_consent and site.confirmations_signed)


def _promised(scenario: Scenario, record: Record) -> bool:
    return isinstance(record, Promise)


NOT_YET: Final[tuple[NotYet, ...]] = (
    NotYet("SHARED_TOOL", "with shared tools", "nobody counts how many are out at once", _shared_tools),
    NotYet("PART", "with spare parts", "parts are not looked at", _parts),
    NotYet("CUSTOMER_EXCLUSION", "with refused technicians", "a refused technician may be sent", _refused),
    NotYet("SITE_READY", "with a site that is not ready", "such jobs are planned all the same", _site_not_ready),
    NotYet("PROMISE", "already made", "what was told may change", _promised),
    NotYet("REWORK", "with rework", "the original installer is not preferred", _rework),
    NotYet("DEDICATED", "with known technicians", "knowing the customer counts for nothing", _known),
)
"""Every fact that waits for its rule, in the order of the rule book."""
