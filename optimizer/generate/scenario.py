"""Puts a generated scenario together."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from optimizer.domain.policy import DEFAULT_JOB_TYPES, Policy
from optimizer.domain.scenario import MAX_JOBS, MAX_TECHNICIANS, Scenario
from optimizer.domain.season import Season
from optimizer.domain.time import Horizon
from optimizer.domain.travel import DEFAULT_PROFILES, SpeedProfile, Travel
from optimizer.errors import InvalidInput, Issue
from optimizer.generate.area_demand import AreaDemand, draw_areas, spelt_areas
from optimizer.generate.cities import City, are_cities, find_cities
from optimizer.generate.demand import TYPES, Demand
from optimizer.generate.region import region, region_of
from optimizer.generate.season import level
from optimizer.generate.staff import technicians as draw_technicians
from optimizer.generate.ties import NO_TIES, Ties, with_ties
from optimizer.generate.workload import job_types

TIME_ZONE: Final = "Asia/Shanghai"
CITY_HOURS: Final = (100,) * 7 + (75, 65, 80, 90, 90, 90, 95, 90, 90, 85, 65, 65, 80) + (100,) * 4
"""Speed in percent by hour on legs within a town: slow at eight in the morning and around six."""
JOBS_A_DAY_AT_MOST: Final = 10
"""The rule book's cap on jobs a day; a denser demand than four fifths of it lifts the cap."""


def generate_scenario(
    *,
    technicians: int,
    jobs: int | None = None,
    seed: int,
    days: int = 1,
    first_day: date = date(2026, 7, 15),
    load: float = 1.0,
    cities: Sequence[str] = (),
    demand: Sequence[AreaDemand] | None = None,
    season: Season = "none",
    ties: Ties = NO_TIES,
) -> Scenario:
    """Make up a scenario of any size; the same arguments always give the same one.

    With a number of jobs, job times are chosen so that the work fills the staff's hours: at a load of 1 some 5 to
    10 % of the jobs cannot be served. With fewer than ten technicians chance decides more than the load; with more
    than 12 or less than 3 jobs a technician and day, believable times leave more unserved, or nothing.

    With a demand table the number of jobs is drawn from it and the season, and job times are the usual ones:
    whether the staff suffices is then the question.

    Parameters
    ----------
    technicians : number of technicians, 1 to 2,000
    jobs : number of jobs, 0 to 20,000; none only with `demand`
    seed : any whole number; the staff does not depend on the number of jobs
    days : planned days, 1 to 14
    first_day : first planned day, local date
    load : hours of work asked for ÷ hours that the staff has, 0.1 to 5; 1 with `demand`
    cities : names of real cities from `cities.CITIES`; empty: those of `demand` if all its areas are cities, else
        made-up towns around one centre
    demand : installed units and failure rate by area, instead of `jobs`; an area is a city or a made-up town
    season : part of the year, which decides what is asked for, and with `demand` also how much
    ties : jobs for several people, shared tools, jobs that follow each other

    Returns
    -------
    A scenario in WGS-84 coordinates and Chinese local time.

    Raises
    ------
    InvalidInput
        A number is out of its range, a city or an area is unknown, or both or neither of `jobs` and `demand` are
        given; all mistakes of the same kind are named.
    """
    _refuse_bad_numbers(technicians=technicians, jobs=jobs, days=days, load=load, demand=demand, ties=ties)
    horizon = Horizon(first_day=first_day, days=days)
    chosen = _chosen(cities, demand)
    where = (
        region_of(chosen, technicians)
        if chosen
        else region(Random(f"region {seed} {technicians}"), technicians)
    )
    spellings = {town.name.lower(): town.name for town in where.towns}
    spellings |= {city.chinese: city.name for city in chosen}
    areas = _areas(jobs, demand, spellings, Random(f"count {seed}"), days, season)
    staff = draw_technicians(Random(f"staff {seed}"), technicians, horizon.dates(), where)
    drawn = Demand(Random(f"demand {seed}"), horizon.dates(), ZoneInfo(TIME_ZONE), where, staff, season).jobs(
        areas
    )
    drawn, branches = with_ties(Random(f"ties {seed}"), drawn, where.branches, ties, days=days)
    rules: dict[str, dict[str, Any]] = {}
    if len(drawn) > 0.8 * JOBS_A_DAY_AT_MOST * technicians * days:
        rules["WORKLOAD_CAP"] = {"jobs_per_day": 2 * JOBS_A_DAY_AT_MOST}
    table = DEFAULT_JOB_TYPES if demand is not None else job_types(staff, drawn, days=days, load=load)
    return Scenario(
        name=f"generated-{technicians}-{len(drawn)}-{seed}",
        story=f"{technicians} technicians and {len(drawn)} jobs on {days} day(s), made up from seed {seed}."
        + _told(chosen, demand, season)
        + _told_ties(ties),
        time_zone=TIME_ZONE,
        horizon=horizon,
        branches=branches,
        technicians=staff,
        jobs=drawn,
        policy=Policy(job_types=table, rules=rules),
        travel=Travel(profiles=_profiles()),
    )


def _chosen(cities: Sequence[str], demand: Sequence[AreaDemand] | None) -> tuple[City, ...]:
    """Return the cities asked for; without any, those of the demand table if it names nothing else."""
    areas = [one.area for one in demand or ()]
    return find_cities(areas if not cities and are_cities(areas) else cities)


def _areas(
    jobs: int | None,
    demand: Sequence[AreaDemand] | None,
    spellings: Mapping[str, str],
    rng: Random,
    days: int,
    season: Season,
) -> Sequence[str | None]:
    """Return the area of each job, or none where chance decides."""
    if demand is None:
        return (None,) * (jobs or 0)
    return draw_areas(rng, spelt_areas(demand, spellings), days=days, level=level(TYPES, season))


def _told(cities: Sequence[City], demand: Sequence[AreaDemand] | None, season: Season) -> str:
    """Return what the story says beyond the numbers; nothing in the usual case."""
    told = f" Cities: {', '.join(city.name for city in cities)}." if cities else ""
    told += f" Season: {season}." if season != "none" else ""
    return told + (
        " The jobs are drawn from installed units and failure rates." if demand is not None else ""
    )


def _told_ties(ties: Ties) -> str:
    """Return what the story says of ties; nothing where there are none."""
    told = f" {ties.crew_percent} % of the jobs take a crew." if ties.crew_percent else ""
    told += f" There are {ties.hoists} hoists." if ties.hoists else ""
    return told + (f" {ties.chain_percent} % of the jobs follow another one." if ties.chain_percent else "")


def _profiles() -> dict[Any, SpeedProfile]:
    """Return the usual speeds with slow hours on the short legs by car."""
    car = DEFAULT_PROFILES["car"]
    slow = tuple(band.model_copy(update={"hour_percent": CITY_HOURS}) for band in car.bands[:2])
    return DEFAULT_PROFILES | {"car": car.model_copy(update={"bands": slow + car.bands[2:]})}


def _refuse_bad_numbers(
    *,
    technicians: int,
    jobs: int | None,
    days: int,
    load: float,
    demand: Sequence[AreaDemand] | None,
    ties: Ties,
) -> None:
    limits = {
        "technicians": (technicians, 1, MAX_TECHNICIANS),
        "jobs": (0 if jobs is None else jobs, 0, MAX_JOBS),
        "days": (days, 1, 14),
        "load": (load, 0.1, 5),
        "ties.crew_percent": (ties.crew_percent, 0, 100),
        "ties.hoists": (ties.hoists, 0, 100),
        "ties.chain_percent": (ties.chain_percent, 0, 100),
    }
    issues = [
        Issue("out-of-range", name, f"{name} is {value}.", f"Give a value from {least} to {most}.")
        for name, (value, least, most) in limits.items()
        if not least <= value <= most
    ]
    if (jobs is None) == (demand is None):
        cause = "Neither jobs nor demand is given." if jobs is None else "Both jobs and demand are given."
        issues.append(Issue("jobs-or-demand", "jobs", cause, "Give one of the two."))
    if demand is not None and load != 1:
        cause = "With demand the job times are the usual ones, so a load means nothing."
        issues.append(Issue("load-with-demand", "load", cause, "Leave load out, or change the demand."))
    if issues:
        raise InvalidInput(tuple(issues))
