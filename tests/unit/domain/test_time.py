"""Moments within reach of the calendar."""

import pytest
from pydantic import TypeAdapter, ValidationError

from optimizer.domain.time import Instant

MOMENT: TypeAdapter[Instant] = TypeAdapter(Instant)


@pytest.mark.parametrize("text", ["1900-01-01T00:00:00+14:00", "2299-12-31T23:59:59-12:00"])
def test_far_moments_are_read(text: str) -> None:
    assert MOMENT.validate_python(text).isoformat() == text


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+14:00", "1899-12-31T23:59:59Z", "9999-12-31T23:00:00Z"]
)
def test_moments_out_of_reach_are_refused(text: str) -> None:
    # Its deadline, a day later or in another time zone, would lie outside every calendar.
    with pytest.raises(ValidationError, match="out of reach"):
        MOMENT.validate_python(text)
