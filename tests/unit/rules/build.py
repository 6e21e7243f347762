"""Tiny builders for rule tests: one branch, one repairer, one repair, and plans written by hand.

Travel is plain: great circle at 36 km/h, so 10 m take 1 s and `north(6)` is 600 s from the branch.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from math import radians
from typing import Any
from zoneinfo import ZoneInfo

from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.place import Place
from optimizer.domain.plan import Leg, Plan, Provenance, Rest, ShiftPlan, Stop, ToolPlan, TravelSnapshot
from optimizer.domain.policy import Policy
from optimizer.domain.promise import Pin, Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from optimizer.domain.ties import Crew, JobGroup
from optimizer.domain.time import Horizon
from optimizer.domain.travel import SpeedBand, SpeedProfile, Travel

ZONE = "Asia/Shanghai"
DAY = date(2026, 7, 15)  # a Wednesday
NEXT_DAY = DAY + timedelta(days=1)
KM_PER_DEGREE = radians(1) * 6371.0088  # a degree of latitude on a sphere of the earth's mean radius


def north(km: float) -> Place:
    """Return the place so many kilometres north of the branch."""
    return Place(lat=28.2 + km / KM_PER_DEGREE, lon=112.98)


def at(clock: str, day: date = DAY) -> datetime:
    """Return a local moment, e.g. ``at("09:30")``."""
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=ZoneInfo(ZONE))


branch = partial(Branch, branch_id="B1", place=north(0))
technician = partial(Technician, technician_id="T1", branch_id="B1", skills={"repair": 3}, kits=("repairer",))
job = partial(Job, job_id="J1", type="repair", place=north(6), duration_min=60, setup_min=0)

PLAIN_TRAVEL = Travel(profiles={"car": SpeedProfile(detour=1, bands=(SpeedBand(up_to_km=1000, kmh=36),))})


def scenario(
    technicians: Sequence[Technician] | None = None,
    jobs: Sequence[Job] | None = None,
    *,
    branches: Sequence[Branch] | None = None,
    days: int = 1,
    pins: Sequence[Pin] = (),
    promises: Sequence[Promise] = (),
    crews: Sequence[Crew] = (),
    groups: Sequence[JobGroup] = (),
    rules: dict[str, dict[str, Any]] | None = None,
    now: datetime | None = None,
) -> Scenario:
    """Return a scenario that begins on `DAY`; what is not given is one plain branch, repairer or repair."""
    return Scenario(
        name="test",
        time_zone=ZONE,
        horizon=Horizon(first_day=DAY, days=days),
        now=now,
        branches=tuple(branches) if branches is not None else (branch(),),
        technicians=tuple(technicians) if technicians is not None else (technician(),),
        jobs=tuple(jobs) if jobs is not None else (job(),),
        pins=tuple(pins),
        promises=tuple(promises),
        crews=tuple(crews),
        groups=tuple(groups),
        policy=Policy(rules=rules or {}),
        travel=PLAIN_TRAVEL,
    )


def stop(
    job_id: str,
    start: datetime,
    end: datetime,
    *,
    travel_s: int = 600,
    distance_m: int | None = None,
    setup_s: int = 0,
    arrival: datetime | None = None,
    from_place: str = "branch:B1",
    seat: int = 0,
    part: int = 0,
) -> Stop:
    """Return a stop; the technician arrives when service starts, and 1 s of travel is 10 m, unless said."""
    return Stop(
        job_id=job_id,
        leg=leg(from_place, f"job:{job_id}", arrival or start, travel_s=travel_s, distance_m=distance_m),
        start=start,
        end=end,
        setup_s=setup_s,
        service_s=round((end - start).total_seconds()) - setup_s,
        seat=seat,
        part=part,
    )


def leg(
    from_place: str, to_place: str, arrival: datetime, *, travel_s: int = 600, distance_m: int | None = None
) -> Leg:
    """Return a drive that arrives then."""
    return Leg(
        from_place=from_place,
        to_place=to_place,
        departure=arrival - timedelta(seconds=travel_s),
        arrival=arrival,
        travel_s=travel_s,
        distance_m=10 * travel_s if distance_m is None else distance_m,
    )


def shift_plan(
    stops: Sequence[Stop],
    *,
    technician_id: str = "T1",
    day: date = DAY,
    rests: Sequence[Rest] = (),
    last_leg: Leg | None = None,
) -> ShiftPlan:
    """Return a technician's day; the drive home takes 600 s unless said."""
    home = last_leg or leg(f"job:{stops[-1].job_id}", "branch:B1", stops[-1].end + timedelta(seconds=600))
    return ShiftPlan(
        technician_id=technician_id,
        day=day,
        means="car",
        departure=stops[0].leg.departure,
        stops=tuple(stops),
        rests=tuple(rests),
        last_leg=home,
    )


def plan(of: Scenario, shifts: Sequence[ShiftPlan], tools: Sequence[ToolPlan] = ()) -> Plan:
    """Return a plan with these shifts and shared tools; every other job of the scenario is unserved."""
    served = {stop.job_id for shift in shifts for stop in shift.stops}
    return Plan(
        scenario=of.name,
        scenario_sha256="0" * 64,
        horizon=of.horizon,
        time_zone=of.time_zone,
        preset=of.policy.preset,
        shifts=tuple(shifts),
        tools=tuple(tools),
        unserved=tuple(job.job_id for job in of.jobs if job.job_id not in served),
        travel=TravelSnapshot(source="by hand", legs=(), sha256="0" * 64),
        provenance=Provenance(engine="hand", seed=0, iterations=0, ended_by="finished"),
    )


def near_and_far(
    near: Technician,
    far: Technician,
    jobs: Sequence[Job],
    *,
    days: int = 1,
    pins: Sequence[Pin] = (),
    rules: dict[str, dict[str, Any]] | None = None,
) -> Scenario:
    """Return a scenario in which a technician of B1 and one of B2, 20 km north, compete by travel."""
    branches = (branch(), branch(branch_id="B2", place=north(20)))
    return scenario((near, far), jobs, branches=branches, days=days, pins=pins, rules=rules)


def solved(of: Scenario) -> Plan:
    """Return the plan of a short search."""
    from optimizer.control import Iterations
    from optimizer.planning import plan_scenario

    return plan_scenario(of, stop=Iterations(200)).plan


def who_does(made: Plan) -> dict[str, str]:
    """Return job id → technician id of the jobs served."""
    return {stop.job_id: shift.technician_id for shift in made.shifts for stop in shift.stops}
