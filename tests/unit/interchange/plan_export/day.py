"""A day with two technicians, one job left out, and texts that try to do harm."""

from typing import Any

from optimizer.assess import assess
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.job import Customer
from optimizer.domain.place import Place
from optimizer.domain.plan import Rest
from optimizer.domain.reasons import UnservedReason
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.interchange.plan_export.facts import PlanFacts, plan_facts
from optimizer.words.language import Language
from tests.unit.rules.build import (
    at,
    branch,
    job,
    leg,
    north,
    plan,
    scenario,
    shift_plan,
    stop,
    technician,
)

FORMULA = '=HYPERLINK("http://bad.example","click")'
NASTY = 'a,b;c\\d "e"\nBEGIN:VALARM\r\nATTACH:x\x07\u202e 🙂 派工'


def question(**changes: Any) -> Scenario:
    """Return three repairs for two repairers of one branch.

    J1 lies 6 km north with a window, J2 9 km north, J3 12 km north and nobody goes there.
    """
    jobs = [
        job(
            product="aircon",
            units=2,
            place=Place(lat=north(6).lat, lon=112.98, address="五一大道 389 号"),
            customer=Customer(customer_id="C1", name="刘女士", phone="+86 138 0000 0001"),
            windows=(Window(start=at("11:00"), end=at("12:00")),),
            fault="不制冷, 滴水; E6",
            wishes="来前打电话",
            parts={"fan motor": 1},
            priority="vip",
        ),
        job(
            job_id="J2",
            place=Place(lat=north(9).lat, lon=112.98, address=FORMULA),
            customer=Customer(customer_id="C2", name="@SUM(1)", phone="-1"),
            fault=NASTY,
            wishes=NASTY,
        ),
        job(job_id="J3", place=north(12), customer=Customer(customer_id="C3", name="＝1+1")),
    ]
    made = scenario(
        [technician(name="王强", parts={}), technician(technician_id="T2", name="+2")],
        jobs,
        branches=[
            branch(name="芙蓉门店", hotline="0731-8888 0000", stock={"fan motor": 3}, service_radius_km=10)
        ],
        now=at("08:00"),
    )
    return made.model_copy(update=changes)


def document(of: Scenario) -> PlanDocument:
    """Return a plan: T1 does J1 11:00–12:00 after a wait of 10 min and rests; T2 does J2 09:30–10:30.

    A minute is 600 m: 6 km are 10 min, 9 km 15 min.
    """
    first = stop("J1", at("11:00"), at("12:00"), arrival=at("10:50"))
    rest = Rest(kind="break", start=at("12:00"), end=at("12:40"))
    back = leg("job:J1", "branch:B1", at("12:50"))
    day = shift_plan([first], rests=[rest], last_leg=back).model_copy(update={"picked_up": {"fan motor": 1}})
    second = stop("J2", at("09:30"), at("10:30"), travel_s=900)
    home = leg("job:J2", "branch:B1", at("10:45"), travel_s=900)
    other = shift_plan([second], technician_id="T2", last_leg=home)
    made = plan(of, [day, other]).model_copy(update={"scenario_sha256": scenario_sha256(of)})
    reason = UnservedReason(job_id="J3", sentence="Nobody has the time.", obstacles=())
    assessment = assess(of, made).model_copy(update={"unserved": (reason,)})
    return PlanDocument(plan=made, assessment=assessment)


def facts(language: Language = "en", *, phones: bool = False, **changes: Any) -> PlanFacts:
    """Return what the exports read; changes are to the scenario."""
    of = question(**changes)
    return plan_facts(of, document(of), language, phones=phones)
