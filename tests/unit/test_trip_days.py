"""The trip written by hand keeps every rule, in a hotel and in the branch's beds."""

import pytest

from tests.unit.trip_days import document, question


@pytest.mark.parametrize("housing", [False, True])
def test_the_trip_is_sound(housing: bool) -> None:
    assert document(question(housing=housing)).assessment.findings == ()
