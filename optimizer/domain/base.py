"""The parent of every business record: frozen, nothing extra, documented attributes."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Record(BaseModel):
    """A business record: immutable, refuses unknown fields, its attribute docstrings are its documentation."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False, str_max_length=20_000
    )


def is_unset(value: object) -> bool:
    """Tell whether a field says nothing (0, no, none, empty), so that it stays out of a file."""
    return not value


_EDGE: Final = r"[^\s\x85\uFEFF\x00]"
"""No space: what one standard of regular expressions takes for a space and another does not is named."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=rf"^{_EDGE}([^\x00\n]*{_EDGE})?$")]
"""The user's own name for a thing: 1 to 80 characters, no space at either end, no NUL."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
"""A word of the business such as a skill, a tool or a product line; no NUL, which databases do not keep."""

Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""A whole number of things, 0 to a million."""

Minutes = Annotated[int, Field(ge=0, le=14 * 24 * 60)]
"""Whole minutes, at most a fortnight."""

Cents = Annotated[int, Field(ge=0, le=1_000_000_000)]
"""Whole cents of the one currency, at most ten million yuan."""
