"""A day written by hand: J1 from 10:00 to 11:00, a rest, J2 from 13:00 to 14:00 past a window, J3 left out."""

from typing import Any

from optimizer.assess import assess
from optimizer.day_page.book import Book
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Rest, ShiftPlan
from optimizer.domain.route_shape import RouteShapes
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.time import Window
from optimizer.words.language import Language
from tests.unit.rules.build import DAY, at, job, leg, north, plan, scenario, shift_plan, stop, technician

WINDOW = Window(start=at("09:30"), end=at("11:30"))


def question(**facts: Any) -> Scenario:
    """Return one technician from 09:00 to 13:30 and three repairs, 6, 9 and 12 km north of the branch."""
    person = technician(name="王强", shifts=(Shift(day=DAY, end=at("13:30").time()),))
    jobs = [
        job(windows=(WINDOW,)),
        job(job_id="J2", place=north(9)),
        job(job_id="J3", place=north(12), priority="vip"),
    ]
    return scenario(**{"technicians": [person], "jobs": jobs, **facts})


def shift() -> ShiftPlan:
    """Return the day: leaves 09:50, on site 10:00–11:00 and 13:00–14:00, back 14:15, rest 12:00–12:40."""
    stops = [
        stop("J1", at("10:00"), at("11:00")),
        # 300 s from J1 to J2: leaves 11:00, there 11:05.
        stop("J2", at("13:00"), at("14:00"), travel_s=300, arrival=at("11:05"), from_place="job:J1"),
    ]
    rest = Rest(kind="break", start=at("12:00"), end=at("12:40"))
    home = leg("job:J2", "branch:B1", at("14:15"), travel_s=900)
    return shift_plan(stops, rests=[rest], last_leg=home)


def answer(of: Scenario, *shifts: ShiftPlan) -> PlanDocument:
    """Return these days with their assessment."""
    made = plan(of, shifts)
    return PlanDocument(plan=made, assessment=assess(of, made))


def book(
    of: Scenario | None = None,
    *shifts: ShiftPlan,
    language: Language = "en",
    shapes: RouteShapes | None = None,
) -> Book:
    """Return the book of the day, or of others."""
    asked = of or question()
    return Book(asked, answer(asked, *(shifts or (shift(),))), language, shapes or {}, {})
