"""Sound plans written by hand: a few technicians, two days, a line of customers north of the branch."""

from datetime import date, datetime, timedelta
from random import Random

from optimizer.domain.job import Job
from optimizer.domain.plan import Leg, Plan, Provenance, Rest, ShiftPlan, Stop, TravelLeg
from optimizer.domain.technician import Certificate, Technician
from optimizer.domain.time import Window
from tests.property.mutations.base import Sound, signed, snapshot
from tests.unit.rules import build


def sound_by_hand(seed: int) -> Sound:
    """Return a plan that keeps every rule: work from 09:00, a rest after 12:00, done before 18:00.

    Places lie on a line, 1 km is 100 s, so that 10 m take a second.
    """
    rng = Random(seed)
    technicians = tuple(_technician(i, rng) for i in range(rng.randint(2, 3)))
    km = {"branch:B1": 0.0}
    jobs: list[Job] = []
    shifts: list[ShiftPlan] = []
    for i, technician in enumerate(technicians):
        start = "branch:B1"
        if technician.home is not None:
            start = f"home:{technician.technician_id}"
            km[start] = -1.0 - i
        for day in (build.DAY, build.NEXT_DAY):
            shifts.append(_day(rng, technician, day, start, km, jobs))
    left_out = build.job(job_id="J-left-out", place=build.north(9))
    scenario = build.scenario(technicians, (*jobs, left_out), days=2)
    drives = [leg for shift in shifts for leg in (*(stop.leg for stop in shift.stops), shift.last_leg)]
    legs = {
        (leg.from_place, leg.to_place): TravelLeg(
            from_place=leg.from_place,
            to_place=leg.to_place,
            means="car",
            base_s=leg.travel_s,
            distance_m=leg.distance_m,
        )
        for leg in drives
    }
    plan = Plan(
        scenario=scenario.name,
        scenario_sha256="",
        horizon=scenario.horizon,
        time_zone=scenario.time_zone,
        preset=scenario.policy.preset,
        shifts=tuple(shifts),
        unserved=(left_out.job_id,),
        travel=snapshot("great circle", legs.values()),
        provenance=Provenance(engine="hand", seed=0, iterations=0, ended_by="finished"),
    )
    return Sound(scenario, signed(scenario, plan))


def _technician(i: int, rng: Random) -> Technician:
    at_home = i == 1
    return build.technician(
        technician_id=f"T{i + 1}",
        home=build.north(-1.0 - i) if at_home else None,
        starts_from="home" if at_home else "branch",
        ends_at="home" if at_home else "branch",
        skills={"repair": rng.randint(1, 5), "installation": rng.randint(1, 4)},
        kits=("installer", "repairer"),
        certificates=(Certificate(name="welding"),),
    )


def _day(
    rng: Random, technician: Technician, day: date, start: str, km: dict[str, float], jobs: list[Job]
) -> ShiftPlan:
    here, free = start, build.at("09:00", day) + timedelta(minutes=rng.randint(0, 30))
    departure = free
    stops: list[Stop] = []
    rests: list[Rest] = []
    # The morning is over at most 30 + 2 × (17 + 60 + 15) min after 09:00: at 12:34.
    morning, afternoon = rng.randint(1, 2), rng.randint(0, 2)
    for i in range(morning + afternoon):
        if i == morning:
            rests.append(_rest(free, day))
            free = rests[0].end
        job_id = f"J{len(jobs) + 1}"
        km[f"job:{job_id}"] = round(rng.uniform(0.5, 8.0), 2)
        leg = _drive(here, f"job:{job_id}", free, km)
        begin = leg.arrival + timedelta(minutes=rng.randint(0, 15))
        minutes = rng.randint(35, 60)
        end = begin + timedelta(minutes=minutes)
        jobs.append(
            build.job(
                job_id=job_id,
                type=rng.choice(("repair", "installation")),
                place=build.north(km[f"job:{job_id}"]),
                duration_min=minutes,
                windows=_windows(rng, begin),
            )
        )
        stops.append(Stop(job_id=job_id, leg=leg, start=begin, end=end, service_s=60 * minutes))
        here, free = f"job:{job_id}", end
    if not rests:
        rests.append(_rest(free, day))
        free = rests[0].end
    return ShiftPlan(
        technician_id=technician.technician_id,
        day=day,
        means="car",
        departure=departure,
        stops=tuple(stops),
        rests=tuple(rests),
        last_leg=_drive(here, start, free, km),
    )


def _rest(free: datetime, day: date) -> Rest:
    begin = max(free, build.at("12:00", day))
    return Rest(kind="break", start=begin, end=begin + timedelta(minutes=40))


def _drive(start: str, end: str, departure: datetime, km: dict[str, float]) -> Leg:
    seconds = round(100 * abs(km[start] - km[end]))
    return Leg(
        from_place=start,
        to_place=end,
        departure=departure,
        arrival=departure + timedelta(seconds=seconds),
        travel_s=seconds,
        distance_m=10 * seconds,
    )


def _windows(rng: Random, begin: datetime) -> tuple[Window, ...]:
    if rng.random() < 0.4:
        return ()
    early, late = timedelta(minutes=rng.randint(0, 60)), timedelta(minutes=rng.randint(0, 60))
    return (Window(start=begin - early, end=begin + late),)
