"""When visits of a day may start by the clock."""

from datetime import time

import pytest

from optimizer.domain.approval import Approval
from optimizer.domain.promise import Pin
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.time import Window
from optimizer.rules.day_spans import day_spans, joined
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, scenario, solved, technician, who_does

NIGHT = Shift(day=DAY, start=time(20), end=time(4), rest="none")


def by_night(nights: int) -> Scenario:
    """Return T1 on a night shift, a job in its second half, and a colleague who may be away for so many nights."""
    one_to_three = Window(start=at("01:00", NEXT_DAY), end=at("03:00", NEXT_DAY))
    people = [technician(shifts=(NIGHT,)), technician(technician_id="T2", nights_away=nights, shifts=())]
    return scenario(people, [job(windows=(one_to_three,))], days=2)


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    of = by_night(0)
    spans = day_spans(of, roster(of))
    assert spans[DAY] == (at("00:00"), at("04:00", NEXT_DAY))
    assert spans[NEXT_DAY][0] == at("00:00", NEXT_DAY)
    assert joined(list(spans.values())) == [(at("00:00"), spans[NEXT_DAY][1])]


@pytest.mark.parametrize("nights", [0, 1])
def test_that_somebody_may_stay_out_keeps_nobody_from_working_at_night(nights: int) -> None:
    of = by_night(nights)
    pinned = of.model_copy(update={"pins": (Pin(job_id="J1", technician_id="T1", day=DAY),)})
    assert who_does(solved(pinned)) == {"J1": "T1"}
    closed = Approval(day=NEXT_DAY, by="Chen", at=at("08:00"), visits=())
    assert who_does(solved(of.model_copy(update={"approvals": (closed,)}))) == {"J1": "T1"}


def test_what_is_done_on_a_trip_after_midnight_belongs_to_the_night_before() -> None:
    one_to_three = Window(start=at("01:00", NEXT_DAY), end=at("03:00", NEXT_DAY))
    nights = (NIGHT, NIGHT.model_copy(update={"day": NEXT_DAY}))
    of = scenario([technician(nights_away=1, shifts=nights)], [job(windows=(one_to_three,))], days=2)
    assert day_spans(of, roster(of))[NEXT_DAY][0] > at("04:00", NEXT_DAY)
    for day, does in ((DAY, {"J1": "T1"}), (NEXT_DAY, {})):
        pinned = of.model_copy(update={"pins": (Pin(job_id="J1", technician_id="T1", day=day),)})
        assert who_does(solved(pinned)) == does
