"""What ties jobs and technicians together: seats of a crew, standing crews, one job after another, groups of jobs."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Id, Minutes, Name, Record
from optimizer.domain.technician import Level

Who = Literal["anyone", "same", "another"]
"""Who does the second of two jobs, compared with who does (or leads) the first."""


class Seat(Record):
    """A place in a crew beside the one who leads: what its member must be able to do."""

    skills: dict[Name, Level] = {}
    """Skill → least level; empty: any hands will do."""


class Crew(Record):
    """A standing crew (安装组): people who take crew jobs with each other only, and other jobs each alone."""

    crew_id: Id
    """The crew's id, unique in the scenario."""
    name: str = ""
    """What people call it."""
    members: Annotated[tuple[Id, ...], Field(min_length=2, max_length=8)]
    """Technicians; each in one crew at most."""


class After(Record):
    """The job comes after another one, which is served too."""

    job_id: Id
    """The job that comes first."""
    gap_from: Literal["start", "end"] = "end"
    """Gaps count from the start or the end of the first one's service to the start of this one's."""
    min_gap_min: Minutes = 0
    """Minutes at least."""
    max_gap_min: Minutes | None = None
    """Minutes at most; none: any time later."""
    next_working_day: bool = False
    """Not before the working day after the first one's."""
    who: Who = "anyone"
    """Who does this one."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.max_gap_min is not None and self.max_gap_min < self.min_gap_min:
            raise ValueError(
                "the gap is at most shorter than at least; raise max_gap_min or lower min_gap_min"
            )
        return self


class JobGroup(Record):
    """Jobs that one technician does, or of which nobody does two; those that are left out do not count."""

    jobs: Annotated[tuple[Id, ...], Field(min_length=2, max_length=40)]
    """The jobs."""
    who: Literal["same", "another"]
    """All with the same technician, or each with another one."""
