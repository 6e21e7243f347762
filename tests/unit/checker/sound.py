"""One sound day: 6 km to J1, an hour's work, 2 km on to J2, half an hour there, 8 km back."""

from datetime import datetime
from typing import Any

from optimizer.domain.fingerprint import scenario_sha256, travel_sha256
from optimizer.domain.plan import Leg, Plan, ShiftPlan, Stop, TravelLeg, TravelSnapshot
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from tests.unit.rules import build

TECHNICIAN = build.technician(shifts=(Shift(day=build.DAY, rest="none"),))
J1 = build.job(place=build.north(6), duration_min=60)
J2 = build.job(job_id="J2", place=build.north(8), duration_min=30, setup_min=5)
J3 = build.job(job_id="J3")
SCENARIO = build.scenario((TECHNICIAN,), (J1, J2, J3))


def leg(start: str, end: str, departure: str, arrival: str) -> Leg:
    """Return a drive by its times; 10 m take a second."""
    leaving, reaching = build.at(departure), build.at(arrival)
    seconds = round((reaching - leaving).total_seconds())
    return Leg(
        from_place=start,
        to_place=end,
        departure=leaving,
        arrival=reaching,
        travel_s=seconds,
        distance_m=10 * seconds,
    )


def day(**facts: Any) -> ShiftPlan:
    """Return the day, with facts changed."""
    one = Stop(
        job_id="J1",
        leg=leg("branch:B1", "job:J1", "09:00", "09:10"),
        start=build.at("09:10"),
        end=build.at("10:10"),
        service_s=3600,
    )
    two = Stop(
        job_id="J2",
        leg=leg("job:J1", "job:J2", "10:10", "10:13:20"),
        start=build.at("10:15"),
        end=build.at("10:50"),
        setup_s=300,
        service_s=1800,
    )
    home = leg("job:J2", "branch:B1", "10:50", "11:03:20")
    sound = ShiftPlan(
        technician_id="T1",
        day=build.DAY,
        means="car",
        departure=build.at("09:00"),
        stops=(one, two),
        last_leg=home,
    )
    return sound.model_copy(update=facts)


def plan(*shifts: ShiftPlan, scenario: Scenario = SCENARIO, unserved: tuple[str, ...] = ("J3",)) -> Plan:
    """Return a plan of this scenario with these days and the travel data of the sound one."""
    legs = (
        data("branch:B1", "job:J1", 600),
        data("job:J1", "job:J2", 200),
        data("job:J2", "branch:B1", 800),
    )
    bare = build.plan(scenario, shifts)
    return bare.model_copy(
        update={"scenario_sha256": scenario_sha256(scenario), "unserved": unserved, "travel": snapshot(*legs)}
    )


def data(start: str, end: str, base_s: int, **facts: Any) -> TravelLeg:
    """Return travel data at 10 m a second."""
    bare = TravelLeg(from_place=start, to_place=end, means="car", base_s=base_s, distance_m=10 * base_s)
    return bare.model_copy(update=facts)


def snapshot(*legs: TravelLeg, source: str = "great circle") -> TravelSnapshot:
    """Return a signed snapshot."""
    return TravelSnapshot(source=source, legs=legs, sha256=travel_sha256(source, legs))


def moved(stop: Stop, **facts: Any) -> Stop:
    """Return a stop with facts changed."""
    return stop.model_copy(update=facts)


def clock(text: str) -> datetime:
    """Return a moment of the day."""
    return build.at(text)
