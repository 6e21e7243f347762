"""What the dispatcher wants to keep of a plan while it is planned again."""

from collections.abc import Container, Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Id, Record
from optimizer.domain.time import Instant
from optimizer.errors import Issue

Grade = Literal["technician", "day", "time", "order", "everything"]
"""What is kept of a visit: who comes, the day, the start, its place in its technician's order, or all of it."""


class Keep(Record):
    """Visits of the followed plan that stay as they are, to some degree."""

    grade: Grade
    """What is kept of them."""
    job_ids: tuple[Id, ...] = ()
    """These visits; none: all that the other fields name."""
    technician_ids: tuple[Id, ...] = ()
    """Visits of these technicians; none: of everybody."""
    until: Instant | None = None
    """Visits that start before this moment; none: at any time. A start that has passed is not kept."""

    @model_validator(mode="after")
    def _names_some(self) -> Self:
        if not self.job_ids and not self.technician_ids and self.until is None:
            raise ValueError("it names no visits; give job_ids, technician_ids or until")
        return self


Keeping = Annotated[tuple[Keep, ...], Field(max_length=1_000)]
"""Everything that is to be kept; where several name a visit, all of them count."""


def unknown_names(keeping: Sequence[Keep], jobs: Container[str], people: Container[str]) -> Iterator[Issue]:
    """Yield the jobs and technicians of what is to be kept that nobody knows.

    Parameters
    ----------
    keeping : what is to be kept
    jobs, people : those that are known
    """
    for row, keep in enumerate(keeping):
        for i, job_id in enumerate(keep.job_ids):
            if job_id not in jobs:
                path = f"keep[{row}].job_ids[{i}]"
                yield Issue("unknown-job", path, f"There is no job {job_id!r}.", "Correct the id.")
        for i, who in enumerate(keep.technician_ids):
            if who not in people:
                path = f"keep[{row}].technician_ids[{i}]"
                yield Issue("unknown-technician", path, f"There is no technician {who!r}.", "Correct the id.")


def without_visit(keeping: Sequence[Keep], jobs: Container[str]) -> Iterator[Issue]:
    """Yield the jobs that are to be kept and have no visit to come.

    Parameters
    ----------
    keeping : what is to be kept
    jobs : those without a visit to come
    """
    for row, keep in enumerate(keeping):
        for i, job_id in enumerate(keep.job_ids):
            if job_id in jobs:
                cause = f"{job_id} has no visit to come in the plan that is followed: it is over, or was left out."
                yield Issue("nothing-to-keep", f"keep[{row}].job_ids[{i}]", cause, "Leave it out.")
