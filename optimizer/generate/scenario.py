"""Puts a generated scenario together."""

from datetime import date
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from optimizer.domain.policy import Policy
from optimizer.domain.scenario import MAX_JOBS, MAX_TECHNICIANS, Scenario
from optimizer.domain.time import Horizon
from optimizer.domain.travel import DEFAULT_PROFILES, SpeedProfile, Travel
from optimizer.errors import InvalidInput, Issue
from optimizer.generate.demand import Demand
from optimizer.generate.region import region
from optimizer.generate.staff import technicians as draw_technicians
from optimizer.generate.workload import job_types

TIME_ZONE: Final = "Asia/Shanghai"
CITY_HOURS: Final = (100,) * 7 + (75, 65, 80, 90, 90, 90, 95, 90, 90, 85, 65, 65, 80) + (100,) * 4
"""Speed in percent by hour on legs within a town: slow at eight in the morning and around six."""
JOBS_A_DAY_AT_MOST: Final = 10
"""The rule book's cap on jobs a day; a denser demand than four fifths of it lifts the cap."""


def generate_scenario(
    *,
    technicians: int,
    jobs: int,
    seed: int,
    days: int = 1,
    first_day: date = date(2026, 7, 15),
    load: float = 1.0,
) -> Scenario:
    """Make up a scenario of any size; the same arguments always give the same one.

    Job times are chosen so that the work fills the staff's hours: at a load of 1 some 5 to 10 % of the jobs
    cannot be served. With fewer than ten technicians chance decides more than the load; with more than 12 or
    less than 3 jobs a technician and day, believable times leave more unserved, or nothing.

    Parameters
    ----------
    technicians : number of technicians, 1 to 2,000
    jobs : number of jobs, 0 to 20,000
    seed : any whole number; the staff does not depend on the number of jobs
    days : planned days, 1 to 14
    first_day : first planned day, local date
    load : hours of work asked for ÷ hours that the staff has, 0.1 to 5

    Returns
    -------
    A scenario in WGS-84 coordinates and Chinese local time.

    Raises
    ------
    InvalidInput : a number is out of its range; all such are named
    """
    _refuse_bad_numbers(technicians=technicians, jobs=jobs, days=days, load=load)
    horizon = Horizon(first_day=first_day, days=days)
    where = region(Random(f"region {seed} {technicians}"), technicians)
    staff = draw_technicians(Random(f"staff {seed}"), technicians, horizon.dates(), where)
    demand = Demand(Random(f"demand {seed}"), horizon.dates(), ZoneInfo(TIME_ZONE), where, staff)
    drawn = demand.jobs(jobs)
    rules: dict[str, dict[str, Any]] = {}
    if jobs > 0.8 * JOBS_A_DAY_AT_MOST * technicians * days:
        rules["WORKLOAD_CAP"] = {"jobs_per_day": 2 * JOBS_A_DAY_AT_MOST}
    return Scenario(
        name=f"generated-{technicians}-{jobs}-{seed}",
        story=f"{technicians} technicians and {jobs} jobs on {days} day(s), made up from seed {seed}.",
        time_zone=TIME_ZONE,
        horizon=horizon,
        branches=where.branches,
        technicians=staff,
        jobs=drawn,
        policy=Policy(job_types=job_types(staff, drawn, days=days, load=load), rules=rules),
        travel=Travel(profiles=_profiles()),
    )


def _profiles() -> dict[Any, SpeedProfile]:
    """Return the usual speeds with slow hours on the short legs by car."""
    car = DEFAULT_PROFILES["car"]
    slow = tuple(band.model_copy(update={"hour_percent": CITY_HOURS}) for band in car.bands[:2])
    return DEFAULT_PROFILES | {"car": car.model_copy(update={"bands": slow + car.bands[2:]})}


def _refuse_bad_numbers(*, technicians: int, jobs: int, days: int, load: float) -> None:
    limits = {
        "technicians": (technicians, 1, MAX_TECHNICIANS),
        "jobs": (jobs, 0, MAX_JOBS),
        "days": (days, 1, 14),
        "load": (load, 0.1, 5),
    }
    issues = tuple(
        Issue("out-of-range", name, f"{name} is {value}.", f"Give a value from {least} to {most}.")
        for name, (value, least, most) in limits.items()
        if not least <= value <= most
    )
    if issues:
        raise InvalidInput(issues)
