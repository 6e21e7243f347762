"""Small nasty scenarios from a seed: every rule of the book matters in many of them.

`random_scenario(seed)` gives 1 to 4 technicians, 0 to 12 jobs and 1 to 3 days, with tight windows, breaks,
absences, caps, pins, leave, missing skills, congestion by hour, several means, given asymmetric matrices, a
present time in the middle of the day, shared places and clocks past due. Equal seeds give equal scenarios.
`binding` in the file of that name tells which rules matter in one.
"""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from optimizer.domain.branch import Branch
from optimizer.domain.policy import DEFAULT_JOB_TYPES, JobType, Policy
from optimizer.domain.promise import Pin
from optimizer.domain.roster import place_book, roster
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.technician import Means
from optimizer.domain.time import Horizon
from optimizer.domain.travel import DEFAULT_PROFILES, Matrix, SpeedBand, SpeedProfile, Travel
from optimizer.rules.long_jobs import long_jobs
from optimizer.rules.precedence import RULE as PRECEDENCE
from tests.property.random_facts import with_facts, without_broken_promises
from tests.property.random_jobs import random_job
from tests.property.random_technicians import random_technician
from tests.property.setting import Setting, chance, point

ZONES = (
    # zone, first day, latitude and longitude of the middle
    ("Asia/Shanghai", date(2026, 7, 15), 28.2, 112.98),
    ("Asia/Shanghai", date(2026, 2, 28), 31.2, 121.4),
    ("Asia/Kolkata", date(2026, 12, 30), 19.0, 72.9),
    ("Europe/Berlin", date(2026, 10, 24), 52.5, 13.4),  # the clocks go back on the second day
    ("Europe/Berlin", date(2026, 3, 28), 52.5, 13.4),  # and forward here
)


def random_scenario(
    seed: int, *, max_jobs: int = 12, max_technicians: int = 4, min_technicians: int = 1
) -> Scenario:
    """Return the scenario of a seed.

    Parameters
    ----------
    seed : any whole number
    max_jobs : jobs at most
    max_technicians : technicians at most, at least 1
    min_technicians : technicians at least, from 1
    """
    rng = Random(seed)
    zone, first_day, lat, lon = rng.choice(ZONES) if chance(rng, 0.5) else ZONES[0]
    setting = Setting(
        rng=rng,
        zone=ZoneInfo(zone),
        days=Horizon(first_day=first_day, days=rng.choice((1, 1, 1, 2, 2, 3))).dates(),
        lat=lat,
        lon=lon,
        spread_km=rng.choice((3.0, 8.0, 20.0)),
        branches=("B1", "B2")[: rng.choice((1, 1, 2))],
        technicians=tuple(f"T{i + 1}" for i in range(rng.randint(min_technicians, max_technicians))),
    )
    branches = tuple(_branch(setting, branch_id) for branch_id in setting.branches)
    technicians = tuple(random_technician(setting, name) for name in setting.technicians)
    places = [branch.place for branch in branches]
    jobs = []
    prefix = rng.choice(("J", "J", "job:", "工单 "))  # ids are the user's text and mean nothing
    for i in range(rng.randint(0, max_jobs)):
        jobs.append(random_job(setting, f"{prefix}{i + 1}", places))
        places.append(jobs[-1].place)
    scenario = Scenario(
        name=f"random {seed}",
        time_zone=zone,
        coordinate_system=rng.choice(("WGS-84", "WGS-84", "GCJ-02", "BD-09")),
        horizon=Horizon(first_day=first_day, days=len(setting.days)),
        now=_now(setting),
        calendar=HolidayCalendar(free_weekdays=(7,)) if chance(rng, 0.1) else HolidayCalendar(),
        branches=branches,
        technicians=technicians,
        jobs=tuple(jobs),
        policy=_policy(setting),
        travel=Travel(profiles=_profiles(setting)),
    )
    scenario = with_facts(scenario, seed)
    travel = scenario.travel.model_copy(update={"matrices": _matrices(setting, scenario)})
    return _alone(
        without_broken_promises(
            scenario.model_copy(update={"pins": _pins(setting, scenario), "travel": travel})
        )
    )


def _alone(scenario: Scenario) -> Scenario:
    """Keep jobs in one piece: what is split over days ties routes together, which `tied_scenario` is for."""
    if not long_jobs(scenario, PRECEDENCE.params().longest_part_min).parts:
        return scenario
    rules = {**scenario.policy.rules, "PRECEDENCE": {"active": False}}
    return scenario.model_copy(update={"policy": scenario.policy.model_copy(update={"rules": rules})})


def _branch(setting: Setting, branch_id: str) -> Branch:
    radius = setting.rng.choice((None, None, 2.0, 5.0, 12.0))
    return Branch(branch_id=branch_id, place=point(setting), service_radius_km=radius)


def _now(setting: Setting) -> datetime | None:
    rng = setting.rng
    if chance(rng, 0.5):
        return None
    day = rng.choice((setting.days[0], setting.days[0], setting.days[0], setting.days[-1]))
    minutes = rng.choice((-600, 0, 8 * 60, 10 * 60, 12 * 60 + 20, 14 * 60, 16 * 60)) + rng.randint(0, 59)
    midnight = datetime.combine(day, time(), tzinfo=setting.zone)
    # A clock's present time has fractions of a second; plans have none.
    fraction = rng.choice((0, 0, 417_000))
    return midnight + timedelta(minutes=minutes, seconds=rng.choice((0, 0, 17)), microseconds=fraction)


def _policy(setting: Setting) -> Policy:
    rng = setting.rng
    rules: dict[str, dict[str, Any]] = {}
    if chance(rng, 0.35):
        rules["WORKLOAD_CAP"] = rng.choice(
            (
                {"jobs_per_day": rng.randint(1, 3)},
                {"hours_per_day": rng.choice((2, 3.5, 5))},
                {"jobs_per_week": rng.randint(2, 5)},
                {"hours_per_week": rng.choice((6, 9.25, 12))},
            )
        )
    if chance(rng, 0.3):
        rules["SHIFT"] = {"overtime_limit_min": rng.choice((0, 30, 240))}
    if chance(rng, 0.2):
        rules["BREAK"] = {"active": False}
    if chance(rng, 0.3):
        rules["ARRIVE_NEAR"] = {"service_radius_km": rng.choice((3, 10))}
    if chance(rng, 0.2):
        rules["MIN_DURATION"] = {"test_run_min": rng.choice((45, 90, 150))}
    short = JobType(kind="installation", base_min=20, setup_min=rng.choice((0, 10)))
    quick = JobType(
        kind="repair", base_min=rng.choice((15, 40)), per_unit_min=15, setup_min=rng.choice((0, 12))
    )
    return Policy(
        preset=rng.choice(("service-first", "service-first", "balanced", "economy")),
        job_types={**DEFAULT_JOB_TYPES, "short installation": short, "quick repair": quick},
        rules=rules,
    )


def _profiles(setting: Setting) -> dict[Means, SpeedProfile]:
    rng = setting.rng
    if chance(rng, 0.3):
        return dict(DEFAULT_PROFILES)
    jam = tuple(rng.choice((100, 90, 70, 45, 30, 10, 130)) for _ in range(24))
    calm = tuple(rng.choice((100, 85)) for _ in range(24))
    tables: tuple[tuple[int, ...], ...] = (
        ((), ()) if chance(rng, 0.35) else rng.choice(((jam, calm), (jam, ()), ((), calm)))
    )
    bands = (
        SpeedBand(up_to_km=rng.choice((2, 6)), kmh=rng.choice((15, 22)), hour_percent=tables[0]),
        SpeedBand(up_to_km=200, kmh=rng.choice((30, 48.5)), hour_percent=tables[1]),
    )
    car = SpeedProfile(detour=rng.choice((1, 1.3)), bands=bands, access_min=rng.choice((0, 3, 2.5)))
    return {**DEFAULT_PROFILES, "car": car}


def _matrices(setting: Setting, scenario: Scenario) -> dict[Means, Matrix]:
    """Give a means made-up times: not symmetric, no triangle inequality, some zero."""
    rng = setting.rng
    if chance(rng, 0.75):
        return {}
    names = list(place_book(scenario))
    rng.shuffle(names)
    seconds = [
        [rng.choice((0, 60, 300, 601, 900, 1799, 3600)) + rng.randint(0, 59) for _ in names] for _ in names
    ]
    metres = [[8 * cell + rng.randint(0, 500) for cell in row] for row in seconds]
    for i in range(len(names)):
        seconds[i][i] = metres[i][i] = 0
    means: Means = rng.choice(("car", "motorcycle"))
    return {
        means: Matrix(
            places=tuple(names),
            seconds=tuple(tuple(row) for row in seconds),
            metres=tuple(tuple(row) for row in metres),
        )
    }


def _pins(setting: Setting, scenario: Scenario) -> tuple[Pin, ...]:
    rng = setting.rng
    shifts = roster(scenario)
    pins = []
    for job in scenario.jobs:
        if not shifts or not chance(rng, 0.06):
            continue
        one = rng.choice(shifts)
        length = round((one.end - one.start).total_seconds()) // 60
        moment = one.start + timedelta(minutes=rng.randint(0, length))
        if job.windows and not any(window.start <= moment <= window.end for window in job.windows):
            moment = job.windows[0].start
        pins.append(
            rng.choice(
                (
                    Pin(job_id=job.job_id, technician_id=one.key.technician_id),
                    Pin(job_id=job.job_id, day=one.key.day),
                    Pin(job_id=job.job_id, technician_id=one.key.technician_id, day=one.key.day),
                    Pin(job_id=job.job_id, start=moment),
                )
            )
        )
    return tuple(pins)
