"""What the service says of jobs taken in, and what is sent to it."""

from datetime import datetime
from typing import Literal, Self

from pydantic import ConfigDict, model_validator

from optimizer.domain.base import Id, Record
from optimizer.domain.job import Job
from optimizer.domain.time import Instant

RemoteHelp = Literal["not_tried", "failed", "not_possible"]
"""Whether the customer was helped from afar: not yet, tried in vain, or the fault does not allow it."""

IntakeState = Literal["waiting", "solved", "visit"]
"""Remote help is still to be tried; it solved the matter; somebody has to go, so the job is in the scenario."""


class NewJob(Record):
    """A job that is taken in."""

    job: Job
    """The job as a scenario has it. `intake_at` that is left out: now."""
    remote_help: RemoteHelp
    """With `not_tried` the job waits until remote help was tried; otherwise it goes into the scenario at once."""


class NewOutcome(Record):
    """How remote help went: exactly one of `solved` and `visit` is true."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {
                    "required": ["solved"],
                    "properties": {
                        "solved": {"const": True},
                        "visit": {"const": False},
                        "confirmed_at": {"type": "null"},
                    },
                },
                {
                    "required": ["visit"],
                    "properties": {"visit": {"const": True}, "solved": {"const": False}},
                },
            ]
        }
    )

    solved: bool = False
    """The customer was helped; nobody has to go."""
    visit: bool = False
    """Remote help failed and the customer confirmed a visit: the job goes into the scenario."""
    confirmed_at: Instant | None = None
    """When the customer confirmed the visit, from which the clock of service contracts runs; none: now."""

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.solved == self.visit:
            raise ValueError("exactly one of solved and visit is true")
        if self.solved and self.confirmed_at is not None:
            raise ValueError("confirmed_at belongs to a visit")
        return self


class Kept(Record):
    """What is kept of a job that was taken in."""

    job: Job
    """The job."""
    remote_help: RemoteHelp
    """What was said of remote help when it was taken in."""
    respond_by: Instant | None = None
    """When its report must be answered; none: no clock runs."""
    revision: int | None = None
    """The revision with which it came into the scenario; none: it did not."""


class IntakeInfo(Record):
    """A job that was taken in."""

    scenario_id: str
    """The scenario it is for."""
    job_id: Id
    """The job's id."""
    state: IntakeState
    """How far it is."""
    remote_help: RemoteHelp
    """What was said of remote help when it was taken in."""
    respond_by: Instant | None
    """When its report must be answered at the latest (`RESPOND`); none: no clock runs."""
    revision: int | None
    """The revision with which it came into the scenario; none: it did not."""
    job: Job
    """The job; without the right `personal` without name, telephone number, address and free text."""
    made_by: str
    """Id of the key that took it in."""
    made_at: datetime
    """When that was noted."""
    ended_at: datetime | None
    """When it was solved or came into the scenario; none: it waits."""


class IntakePage(Record):
    """Some of the jobs taken in, by their ids."""

    intakes: tuple[IntakeInfo, ...]
    """The jobs."""
    after: str | None
    """Send it as `after` for the next page; none: this is the last."""
