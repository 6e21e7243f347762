"""A day written by hand with a halt to load: home, J1, the branch, J2, home; J2 takes a board that the van lacks.

Leaves home at 09:50, J1 from 10:00 to 11:00, drives 600 s and 6 km to the branch, loads from 11:10 to 11:20, drives
900 s and 9 km to J2, there from 11:35 to 12:35, drives 300 s and 3 km home (back at 12:40), rests until 13:20.
"""

from typing import Any

from optimizer.assess import assess
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.place import Place
from optimizer.domain.plan import Rest, Restock, ShiftPlan
from optimizer.domain.scenario import Scenario
from tests.unit.rules.build import at, branch, job, leg, north, plan, scenario, shift_plan, stop, technician

HOME = "home:T1"
SHOP = "branch:B1"


def question(**facts: Any) -> Scenario:
    """Return a technician who starts from home, 12 km north of the branch, and two repairs 6 and 9 km north of it.

    Parameters
    ----------
    facts : what is otherwise
    """
    shop = Place(lat=north(0).lat, lon=north(0).lon, address="五一大道 389 号")
    person = technician(name="王强", home=north(12), starts_from="home", ends_at="home")
    jobs = [job(), job(job_id="J2", place=north(9), parts={"control board": 1})]
    branches = [branch(name="Furong", place=shop, hotline="0731-1", stock={"control board": 3})]
    return scenario(**{"technicians": [person], "jobs": jobs, "branches": branches, **facts})


def restock(**facts: Any) -> Restock:
    """Return the halt at the branch, from 11:10 to 11:20."""
    way = leg("job:J1", SHOP, at("11:10"), travel_s=600)
    usual = {"branch_id": "B1", "before": 1, "leg": way, "start": at("11:10"), "end": at("11:20")}
    return Restock.model_validate({**usual, "picked_up": {"control board": 1}, **facts})


def shift(**facts: Any) -> ShiftPlan:
    """Return the day."""
    stops = [
        stop("J1", at("10:00"), at("11:00"), from_place=HOME),
        stop("J2", at("11:35"), at("12:35"), travel_s=900, from_place=SHOP),
    ]
    rest = Rest(kind="break", start=at("12:40"), end=at("13:20"))
    home = leg("job:J2", HOME, at("12:40"), travel_s=300)
    day = shift_plan(stops, rests=[rest], last_leg=home)
    return day.model_copy(update={"restocks": (restock(),), **facts})


def document(of: Scenario | None = None, *days: ShiftPlan) -> PlanDocument:
    """Return the day, or others, with the assessment."""
    asked = of or question()
    made = plan(asked, days or (shift(),)).model_copy(update={"scenario_sha256": scenario_sha256(asked)})
    return PlanDocument(plan=made, assessment=assess(asked, made))
