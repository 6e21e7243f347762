"""Kinds of texts that parameters and bodies hold, with what no store can keep left out."""

import re
from datetime import date
from typing import Annotated, Final

from pydantic import BeforeValidator, StringConstraints

from optimizer.domain.base import Id, Name
from optimizer.domain.time import Instant

PRINTABLE: Final = r"^[^\x00-\x1f\x7f]*$"
"""No control characters: PostgreSQL stores no NUL, and nobody means the others."""

Label = Annotated[Name, StringConstraints(pattern=PRINTABLE)]
"""What people call a thing."""

OwnId = Annotated[Id, StringConstraints(pattern=PRINTABLE)]
"""The user's own name for a thing such as a branch."""


_WRITTEN: Final = re.compile(r"\d{4}-\d\d-\d\d")


def _not_a_number(value: object) -> object:
    """Refuse a bare number, which would otherwise be taken for seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError("a number is no date")
    if isinstance(value, str) and not _WRITTEN.match(value):
        raise ValueError("it is written like 2026-07-15 or 2026-07-15T08:00:00+08:00")
    return value


Day = Annotated[date, BeforeValidator(_not_a_number)]
"""A local date."""

Moment = Annotated[Instant, BeforeValidator(_not_a_number)]
"""A moment with its offset."""
