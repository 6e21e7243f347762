"""Proposals: how a running plan can go on after what happened, and what each choice means."""

from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.base import Id, Record, is_unset
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan_diff import JobChange, PlanDiff
from optimizer.domain.scenario import Scenario

ProposalName = Literal[
    "repair", "nobody else", "fewest changes", "most served", "turn round", "between", "cheapest"
]
"""How a proposal was looked for.

``repair``: at once, what is left goes in where it fits. ``nobody else``: whoever is not concerned keeps person
and time. ``fewest changes``: as few customers as possible are told anything. ``most served``: anybody may be
asked for another time where more is served then, but as few as possible. ``turn round``: who is on the way to
something that can wait may be sent to something urgent that would be left out or late. ``between``: changes
cost five times their price. ``cheapest``: changes cost their price.
"""


class BrokenPin(Record):
    """A pinned job that cannot be done as it is pinned."""

    job_id: Id
    """The job."""
    sentence: str
    """How it is pinned and what stands against it."""


class Proposal(Record):
    """A plan for what is left of the days, and what it changes."""

    name: ProposalName
    """How it was looked for."""
    document: PlanDocument
    """The plan with its bill."""
    ask: tuple[Id, ...] = ()
    """Jobs whose customers are asked for another time than they were told."""
    turned: Annotated[tuple[Id, ...], Field(exclude_if=is_unset)] = ()
    """Jobs that somebody is on the way to or waits at, and from which they are sent on; absent where there are none."""
    to_tell: tuple[Id, ...] = ()
    """Jobs whose customers were told what does not hold any more: another person comes, at another time, or nobody."""
    unserved_weight: int
    """Priority weight of what is left out."""
    changes: tuple[JobChange, ...] = ()
    """What has become of each job, compared with the plan that is followed."""
    broken_pins: Annotated[tuple[BrokenPin, ...], Field(exclude_if=is_unset)] = ()
    """What is pinned and cannot be kept, so that it is left out; absent where there is nothing."""
    difference: PlanDiff
    """What it changes compared with doing nothing: bill, clocks, key figures, days of technicians."""


class Proposals(Record):
    """A short list of plans, from who changes least to what costs least; none is worse than another in everything."""

    format: Literal["paigong-proposals-1"] = "paigong-proposals-1"
    """Name and version of this format."""
    scenario: Scenario
    """What is left to be planned, with everything that is known now; what was planned but not told stands in it."""
    doing_nothing: PlanDocument
    """The followed plan, carried on as it is, with what it breaks."""
    proposals: Annotated[tuple[Proposal, ...], Field(min_length=1)]
    """The plans."""
    assumed: tuple[Id, ...] = ()
    """Jobs of which nobody reported anything: taken to have gone as planned so far."""
    later: Annotated[tuple[Id, ...], Field(exclude_if=is_unset)] = ()
    """Jobs that wait for a day after the planned ones."""
