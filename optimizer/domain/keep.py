"""What the dispatcher wants to keep of a plan while it is planned again."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Id, Record
from optimizer.domain.time import Instant

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
    """Visits that start before this moment; none: at any time."""

    @model_validator(mode="after")
    def _names_some(self) -> Self:
        if not self.job_ids and not self.technician_ids and self.until is None:
            raise ValueError("it names no visits; give job_ids, technician_ids or until")
        return self


Keeping = Annotated[tuple[Keep, ...], Field(max_length=1_000)]
"""Everything that is to be kept; where several name a visit, all of them count."""
