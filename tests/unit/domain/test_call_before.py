"""The call before a visit: so long before arriving, but nobody calls before coming on duty."""

import pytest

from optimizer.domain.call_before import CallBefore, call_before, on_duty
from optimizer.domain.roster import roster
from tests.unit.rules.build import at, scenario


@pytest.mark.parametrize(
    ("duty", "call"),
    [
        ("09:00", CallBefore(at("09:30"), first_thing=False)),
        ("09:30", CallBefore(at("09:30"), first_thing=False)),
        ("09:31", CallBefore(at("09:31"), first_thing=True)),
        ("10:00", CallBefore(at("10:00"), first_thing=True)),
        # On duty only after arriving, so the visit lies before the present moment: the call is long made.
        ("10:01", CallBefore(at("09:30"), first_thing=False)),
    ],
)
def test_the_call_comes_half_an_hour_before_arriving(duty: str, call: CallBefore) -> None:
    assert call_before(at("10:00"), at(duty), 30) == call


@pytest.mark.parametrize(("now", "duty"), [(None, "09:00"), ("08:00", "09:00"), ("09:20", "09:20")])
def test_duty_begins_with_the_shift_but_not_in_the_past(now: str | None, duty: str) -> None:
    (rostered,) = roster(scenario())  # from 09:00
    assert on_duty(rostered, None if now is None else at(now)) == at(duty)
