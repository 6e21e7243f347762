"""A day on which somebody loads parts in mid-route, written by hand: home, J1, the branch B2, J2, home.

On a line north of B1, 10 m take 1 s: T1's home at 2 km, J1 at 6, B2 at 8, J3 at 9, J2 at 10. J1 takes one fan motor and
J2 two; T1 has one on the van and loads two at B2. T2 starts at B2, loads one in the morning and fits it at J3.
B2 has three.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from optimizer.domain.fingerprint import scenario_sha256, travel_sha256
from optimizer.domain.plan import Leg, Plan, Restock, ShiftPlan, Stop, TravelLeg, TravelSnapshot
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from tests.unit.rules import build

FAN = "fan motor"
KM = {"branch:B1": 0, "home:T1": 2, "job:J1": 6, "branch:B2": 8, "job:J3": 9, "job:J2": 10}
LOADING = timedelta(minutes=10)


def question(**facts: Any) -> Scenario:
    """Return the scenario, with other rules, technicians or the like."""
    shifts = (Shift(day=build.DAY, rest="none"),)
    home: dict[str, Any] = {"home": build.north(2), "starts_from": "home", "ends_at": "home"}
    asked: dict[str, Any] = {
        "technicians": (
            build.technician(shifts=shifts, parts={FAN: 1}, **home),
            build.technician(technician_id="T2", branch_id="B2", shifts=shifts),
        ),
        "jobs": tuple(
            build.job(job_id=job_id, place=build.north(km), parts={FAN: pieces})
            for job_id, km, pieces in (("J1", 6, 1), ("J2", 10, 2), ("J3", 9, 1))
        ),
        "branches": (
            build.branch(),
            build.branch(branch_id="B2", place=build.north(8), stock={FAN: 3}),
        ),
    }
    return build.scenario(**{**asked, **facts})


def answer(of: Scenario, *halts: str, fans: int = 2) -> Plan:
    """Return the plan, T1's halts in this order: jobs and branches; so many fan motors are loaded at each branch."""
    made = build.plan(of, [day("T1", "home:T1", halts or ("J1", "B2", "J2"), fans=fans), colleague()])
    return signed(of, made)


def colleague() -> ShiftPlan:
    """Return the day of T2, who loads in the morning."""
    return day("T2", "branch:B2", ("J3",)).model_copy(update={"picked_up": {FAN: 1}})


def day(who: str, start: str, halts: Sequence[str], *, fans: int = 2) -> ShiftPlan:
    """Return somebody's day from and to a place: an hour at each job, ten minutes at each branch, no waiting."""
    here, free = start, build.at("09:00")
    stops: list[Stop] = []
    restocks: list[Restock] = []
    for one in halts:
        if one.startswith("B"):
            way = drive(here, f"branch:{one}", free)
            here, free = way.to_place, way.arrival + LOADING
            loaded = {FAN: fans}
            restocks.append(
                Restock(
                    branch_id=one,
                    before=len(stops),
                    leg=way,
                    start=way.arrival,
                    end=free,
                    picked_up=loaded,
                )
            )
        else:
            way = drive(here, f"job:{one}", free)
            here, free = way.to_place, way.arrival + timedelta(hours=1)
            stops.append(Stop(job_id=one, leg=way, start=way.arrival, end=free, service_s=3600))
    return ShiftPlan(
        technician_id=who,
        day=build.DAY,
        means="car",
        departure=build.at("09:00"),
        stops=tuple(stops),
        restocks=tuple(restocks),
        last_leg=drive(here, start, free),
    )


def drive(here: str, there: str, departure: datetime) -> Leg:
    """Return a drive that leaves then."""
    seconds = 100 * abs(KM[here] - KM[there])
    arrival = departure + timedelta(seconds=seconds)
    return build.leg(here, there, arrival, travel_s=seconds)


def signed(of: Scenario, plan: Plan) -> Plan:
    """Return a plan with the travel data of its drives and the fingerprint of its scenario."""
    ways = {
        (way.from_place, way.to_place): TravelLeg(
            from_place=way.from_place,
            to_place=way.to_place,
            means="car",
            base_s=way.travel_s,
            distance_m=way.distance_m,
        )
        for shift in plan.shifts
        for way in shift.legs
    }
    legs = tuple(ways[key] for key in sorted(ways))
    travel = TravelSnapshot(source="great circle", legs=legs, sha256=travel_sha256("great circle", legs))
    return plan.model_copy(update={"travel": travel, "scenario_sha256": scenario_sha256(of)})


def with_halt(plan: Plan, **facts: Any) -> Plan:
    """Return the plan with other facts about T1's halt at the branch."""
    first, *others = plan.shifts
    (halt,) = first.restocks
    changed = first.model_copy(update={"restocks": (halt.model_copy(update=facts),)})
    return plan.model_copy(update={"shifts": (changed, *others)})
