"""A trip by a sleeper: J1 is nine hours by train from the branch, and is done on Thursday, 60 min from 09:00 on.

The train leaves the branch's door and stops at J1's; it costs 200 yuan and nine hours at 30 yuan, so 470 yuan each way.
Going out: by day on Wednesday (09:00 to 18:00) and a bed for 80 + 25, or through the night for 25. Coming back:
on Thursday from 10:00 to 19:00 with an hour of overtime, or through the night for 25, back on Friday at 09:00.
"""

from datetime import timedelta
from typing import Any

from optimizer.domain.document import PlanDocument
from optimizer.domain.lines import Line, Station
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.domain.travel import SpeedBand, SpeedProfile, Travel
from optimizer.retime import retime
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, north, scenario, technician

LAST_DAY = NEXT_DAY + timedelta(days=1)


def question(*, sleeper: bool = True, hours: int = 9, rules: dict[str, Any] | None = None) -> Scenario:
    """Return one technician who may stay out for two nights, and one repair at the other end of the line.

    Parameters
    ----------
    sleeper : the train has beds
    hours : hours of the ride
    rules : what else the policy says
    """
    ends = north(0), north(900)
    line = Line(
        name="Z1",
        by="train",
        both_ways=True,
        early_min=0,
        sleeper=sleeper,
        stations=(
            Station(name="Here", place=ends[0]),
            Station(name="There", place=ends[1], minutes=60 * hours, fare_cents=20_000),
        ),
    )
    local = SpeedProfile(detour=1, bands=(SpeedBand(up_to_km=10, kmh=20),))
    mine = Window(start=at("09:00", NEXT_DAY), end=at("12:00", NEXT_DAY))
    of = scenario(
        [technician(name="王强", nights_away=2, means="long_distance")],
        [job(place=ends[1], windows=(mine,))],
        days=3,
        rules={"BREAK": {"active": False}, **(rules or {})},
    )
    return of.model_copy(update={"travel": Travel(profiles={"public_transport": local}, lines=(line,))})


def orders(*away: bool) -> Orders:
    """Return the days of the trip: whether the nights after Wednesday and Thursday are away."""
    days = ((DAY, ()), (NEXT_DAY, ("J1",)))
    return Orders(
        routes=tuple(
            OrderedDay(technician_id="T1", day=day, jobs=jobs, away=night)
            for (day, jobs), night in zip(days, away, strict=True)
        )
    )


def trip(*, sleeper: bool = True, hours: int = 9, **rules: Any) -> PlanDocument:
    """Return the plan of the trip with both nights away."""
    return retime(question(sleeper=sleeper, hours=hours, rules=rules), orders(True, True))
