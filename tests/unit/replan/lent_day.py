"""A day of two branches one of which lends somebody to the other for one visit."""

from typing import Any

from optimizer.control import Iterations
from optimizer.domain.event import CallOff, Event
from optimizer.domain.one_branch import of_branch
from optimizer.domain.orders import Orders
from optimizer.domain.plan import Plan
from optimizer.domain.plan_crews import crews_of
from optimizer.domain.proposal import Proposals
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from optimizer.domain.time import Window
from optimizer.replan import next_revision, replan, with_expected
from optimizer.retime import retime
from tests.unit.rules.build import DAY, at, branch, job, north, scenario, technician

ROUTES = {"A1": ("N1", "S"), "A2": ("N2",), "X1": ("S", "F1"), "X2": ("F2",)}
"""A1 leads S, and X1 of the other branch comes along."""

ALL_DAY = Window(start=at("09:00"), end=at("17:00"))


def person(name: str) -> Technician:
    return technician(technician_id=name, branch_id="A" if name[0] == "A" else "X")


def two_branches(**facts: Any) -> Scenario:
    """Return the question: A and X are 20 km apart, S lies between them and takes two people."""
    places = {"N1": 1, "N2": 2, "S": 10, "F1": 19, "F2": 18}
    jobs = [
        job(
            job_id=name,
            place=north(km),
            seats=2 if name == "S" else 1,
            windows=(ALL_DAY,),
            branch_id="X" if name[0] == "F" else "A",
        )
        for name, km in places.items()
    ]
    people = [person(name) for name in ROUTES]
    branches = [branch(branch_id="A"), branch(branch_id="X", place=north(20))]
    return scenario(people, facts.pop("jobs", jobs), branches=branches, **facts)


def plan_of(question: Scenario, routes: dict[str, tuple[str, ...]] | None = None) -> Plan:
    """Return the plan of `ROUTES`, or of others."""
    days = [
        {
            "technician_id": who,
            "day": DAY,
            "jobs": jobs,
            "seats": {"S": 1} if "S" in jobs and who == "X1" else {},
        }
        for who, jobs in (routes or ROUTES).items()
    ]
    document = retime(question, Orders.model_validate({"routes": days}))
    assert document.assessment.findings == ()
    return document.plan


def away(who: str, clock: str = "08:00") -> CallOff:
    return CallOff(kind="call_off", technician_id=who, at=at(clock))


def part_of(branch_id: str, question: Scenario | None = None) -> tuple[Scenario, Plan]:
    """Return a branch's part, with customers told."""
    whole = question or two_branches()
    mine, plan = of_branch(whole, plan_of(whole), branch_id)
    return with_expected(mine, plan, told=True), plan


def replanned(branch_id: str, *events: Event, now: str = "08:00") -> Proposals:
    """Return what is proposed to a branch after what happened."""
    question, plan = part_of(branch_id)
    found = replan(next_revision(question, plan, events, at(now)), plan, stop=Iterations(50))
    assert found.proposals
    for one in found.proposals:
        assert one.document.assessment.findings == ()
    return found


def visit(plan: Plan, job_id: str) -> tuple[tuple[str, ...], Any]:
    """Return who goes to a job and when."""
    starts = {stop.job_id: stop.start for shift in plan.shifts for stop in shift.stops}
    return crews_of(plan).get(job_id, ()), starts.get(job_id)
