"""A trip written by hand: J1 on Wednesday, nothing on Thursday, J2 on Friday, both nights away near J2.

Wednesday: leaves at 09:50, J1 from 10:00 to 11:00, drives 300 s and 3 km to J2 in the evening (there at 11:05).
Thursday: stays. Friday: J2 from 09:00 to 10:00, 900 s and 9 km home (back at 10:15). Saturday is no working day.
"""

from datetime import date, timedelta
from typing import Any

from optimizer.assess import assess
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256, travel_sha256
from optimizer.domain.plan import Plan, Rest, ShiftPlan, TravelLeg, TravelSnapshot
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    branch,
    job,
    leg,
    north,
    plan,
    scenario,
    stop,
    technician,
)

LAST_DAY = NEXT_DAY + timedelta(days=1)
PLACE = "job:J2"


def question(*, housing: bool = False, **facts: Any) -> Scenario:
    """Return one technician who may stay out for two nights, and two repairs on Wednesday and Friday.

    Parameters
    ----------
    housing : the branch has beds; J2 is 9 km away, so its nights are then spent in them
    facts : what else is otherwise
    """
    ends = (at("09:00", LAST_DAY), at("09:30", LAST_DAY))
    jobs = [job(), job(job_id="J2", place=north(9), windows=(Window(start=ends[0], end=ends[1]),))]
    person = technician(name="王强", nights_away=2)
    branches = [branch(housing=housing, name="Furong")]
    return scenario(**{"technicians": [person], "jobs": jobs, "days": 3, "branches": branches, **facts})


def shifts(of: Scenario) -> tuple[ShiftPlan, ...]:
    """Return the three days of the trip."""
    night = "housing" if of.branches[0].housing else "lodging"
    evening = leg("job:J1", PLACE, at("11:05"), travel_s=300)
    first = _day(DAY, (stop("J1", at("10:00"), at("11:00")),), evening, night=night)
    second = _day(NEXT_DAY, (), _still(NEXT_DAY), night=night)
    morning = stop("J2", at("09:00", LAST_DAY), at("10:00", LAST_DAY), travel_s=0, from_place=PLACE)
    third = _day(LAST_DAY, (morning,), leg(PLACE, "branch:B1", at("10:15", LAST_DAY), travel_s=900))
    return first, second, third


def on_the_way(of: Scenario) -> ShiftPlan:
    """Return another Wednesday: the drive to J2 alone, 900 s and 9 km until 09:15."""
    return _day(DAY, (), leg("branch:B1", PLACE, at("09:15"), travel_s=900), night="lodging")


def document(of: Scenario | None = None, *days: ShiftPlan) -> PlanDocument:
    """Return the trip, or other days, with the assessment."""
    asked = of or question()
    made = answer(asked, *(days or shifts(asked)))
    return PlanDocument(plan=made, assessment=assess(asked, made))


def answer(of: Scenario, *days: ShiftPlan) -> Plan:
    """Return a plan of these days with its travel data."""
    driven = {(one.from_place, one.to_place): one for day in days for one in day.legs}
    legs = tuple(
        TravelLeg(
            from_place=here, to_place=there, means="car", base_s=one.travel_s, distance_m=one.distance_m
        )
        for (here, there), one in sorted(driven.items())
    )
    travel = TravelSnapshot(source="great circle", legs=legs, sha256=travel_sha256("great circle", legs))
    signed = {"scenario_sha256": scenario_sha256(of), "travel": travel}
    return plan(of, days).model_copy(update=signed)


def _still(day: date) -> Any:
    return leg(PLACE, PLACE, at("09:00", day), travel_s=0)


def _day(day: date, stops: Any, last_leg: Any, **night: Any) -> ShiftPlan:
    rest = Rest(kind="break", start=at("12:00", day), end=at("12:40", day))
    first = stops[0].leg if stops else last_leg
    return ShiftPlan(
        technician_id="T1",
        day=day,
        means="car",
        departure=first.departure,
        stops=stops,
        rests=(rest,),
        last_leg=last_leg,
        **night,
    )
