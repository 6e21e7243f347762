"""What is asked for with a re-plan, and what the service says of its proposals."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Id, Record
from optimizer.domain.keep import Keeping
from optimizer.domain.plan_diff import JobChange, PlanDiff
from optimizer.domain.proposal import BrokenPin, ProposalName

ReplanState = Literal["queued", "running", "finished", "cancelled", "failed"]
"""Where a re-plan is, as of its run; the last three are final."""


class ReplanRequest(Record):
    """How the rest of a day is to be planned again."""

    seconds: Annotated[float, Field(gt=0, le=3_600)] | None = None
    """Seconds from the first proposal until all are there, about; none, and no iterations either: 5."""
    iterations: Annotated[int, Field(ge=0, le=10**9)] | None = None
    """Iterations of each search instead: the same proposals each time."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Start of the random numbers."""
    keep: Keeping = ()
    """Visits of the published plan that stay as they are."""
    deadline_s: Annotated[int, Field(ge=1, le=86_400)] | None = None
    """It must have ended so many seconds from now, waiting included; what was found by then is kept."""

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if self.seconds is not None and self.iterations is not None:
            raise ValueError("give seconds or iterations, not both")
        return self


class ProposalFound(Record):
    """A plan for what is left of the days, and what it changes."""

    name: ProposalName
    """How it was looked for."""
    plan_id: str
    """The plan; every operation on plans takes it."""
    revision: Annotated[int, Field(ge=1)]
    """The revision of the scenario that it answers: what is left to be planned."""
    total_cents: int
    """Its bill, in cents."""
    unserved_weight: int
    """Priority weight of what it leaves out."""
    served: int
    """Jobs it serves."""
    ask: tuple[Id, ...] = ()
    """Jobs whose customers are asked for another time than they were told."""
    to_tell: tuple[Id, ...] = ()
    """Jobs whose customers were told what does not hold any more."""
    changes: tuple[JobChange, ...] = ()
    """What has become of each job, compared with the published plan; customers only with the right `personal`."""
    broken_pins: tuple[BrokenPin, ...] = ()
    """What is to be kept and cannot be."""
    difference: PlanDiff
    """What it changes compared with doing nothing: bill, clocks, key figures, days of technicians."""


class ProposalsHead(Record):
    """A re-plan without what it has found."""

    proposals_id: str
    """Its id."""
    board_id: str
    """The board whose day is planned again."""
    run_id: str
    """The run that computes it; it can be listened to and cancelled as any run."""
    state: ReplanState
    """Where it is."""
    plan_id: str
    """The published plan that is followed."""
    knows: int
    """Number of the last event of the board that it knows; 0: none."""
    at: datetime
    """The moment from which on it plans."""
    superseded_by: int | None
    """Number of the event that came while it was computed and ended it; none: none."""
    stale: bool
    """Something has happened since, or another plan was published: none of it can be published any more."""
    made_by: str
    """Id of the key that asked for it."""
    made_at: datetime
    """When it was asked for."""


class ProposalsPage(Record):
    """The re-plans of a board, the newest first."""

    proposals: tuple[ProposalsHead, ...]
    """The re-plans, 50 at most."""


class ProposalsInfo(ProposalsHead):
    """A re-plan with what it has found so far."""

    proposals: tuple[ProposalFound, ...]
    """From who has fewest customers to tell to what costs least; none is worse than another in everything."""
    assumed: tuple[Id, ...]
    """Jobs of which nobody reported anything: taken to have gone as planned so far."""
    later: tuple[Id, ...]
    """Jobs that wait for a day after the planned ones."""
    problem: dict[str, Any] | None
    """Why it failed: `title`, `detail` and `issues` as in every error."""
