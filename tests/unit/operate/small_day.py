"""A day small enough to be followed by hand: two repairers, each with a visit in the morning, and one emergency."""

from functools import cache

from optimizer.domain.day_script import DayScript, Moment
from optimizer.domain.event import CallOff, NewJob, NoAccess
from optimizer.domain.job import Customer
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.operate import PlayedDay, ScriptedDay
from tests.unit.rules.build import at, job, north, scenario, technician

MORNING = Window(start=at("09:00"), end=at("09:30"))
LATER = Window(start=at("13:00"), end=at("14:00"))
BEFORE_NOON = Window(start=at("10:20"), end=at("12:00"))

ILL = CallOff(kind="call_off", technician_id="T1", at=at("08:00"), approved=True, reason="fever")
NOBODY = NoAccess(kind="no_access", job_id="J2", at=at("09:15"), windows=(LATER,))
EMERGENCY = NewJob(
    kind="new_job",
    at=at("10:10"),
    job=job(job_id="E1", place=north(3), priority="emergency", windows=(BEFORE_NOON,), duration_min=30),
)


def question() -> Scenario:
    """T1 is ten minutes from J1, T2 from J2; both begin at ten past nine."""
    jobs = [
        job(
            job_id=name,
            place=north(km),
            windows=(MORNING,),
            customer=Customer(customer_id=name, name=f"{name} & Co"),
        )
        for name, km in (("J1", 6), ("J2", -6))
    ]
    people = [technician(technician_id=name, name=f"{name} <b>") for name in ("T1", "T2")]
    return scenario(people, jobs, now=at("07:30"))


def script() -> DayScript:
    """T1 falls ill before the day begins, nobody opens at J2, an emergency comes in."""
    return DayScript(
        scenario="test",
        moments=(
            Moment(at=at("08:00"), what="T1 is ill.", what_zh="T1 病了。", events=(ILL,)),
            Moment(at=at("09:20"), what="Nobody opens.", events=(NOBODY,), replan=False),
            Moment(at=at("10:10"), what="An emergency.", events=(EMERGENCY,)),
        ),
        close_at=at("21:00"),
    )


@cache
def played() -> PlayedDay:
    """Play it."""
    day = ScriptedDay(question(), script(), iterations=200)
    return PlayedDay(day.published, day.morning, tuple(day.played()), day.closed())
