"""Moments within reach of the calendar, and times by the clock on the wall."""

import re
from datetime import time

import pytest
from pydantic import TypeAdapter, ValidationError

from optimizer.domain.time import Instant, WallClock

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


def test_the_schema_of_a_local_time_allows_what_is_written_and_read() -> None:
    kind: TypeAdapter[time] = TypeAdapter(WallClock)
    schema = kind.json_schema()
    assert schema["format"] == "time-local"  # that of ``time`` is one with an offset
    fits = re.compile(schema["pattern"]).search
    for text in ("08:00", "23:59:59", "08:00:00.5", kind.dump_python(time(9), mode="json")):
        assert fits(text)
        assert kind.validate_python(text).tzinfo is None
    assert not any(map(fits, ("08:00Z", "24:00", "8 o'clock")))
