"""Sentences 20 to 25 of scenarios/changsha-aircon/README.md: jobs that are tied to each other."""

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from optimizer.domain.plan import ShiftPlan
from optimizer.domain.scenario import Scenario
from tests.golden.changsha_aircon.story import only, served_by, visits

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument

CREWS = {"AZ-06": 2, "AZ-16": 2, "AZ-17": 3, "AZ-18": 2}
XINGSHA = {"li-xiaolong", "huang-wei"}


def test_20_heavy_work_takes_several(
    scenario: Scenario, document: "PlanDocument", days: dict[str, ShiftPlan]
) -> None:
    assert {job.job_id: job.seats for job in scenario.jobs if job.seats} == CREWS
    staff = {one.technician_id: one for one in scenario.technicians}
    assert not set(CREWS) & set(document.plan.unserved)
    for job_id in CREWS:
        team = visits(days, job_id)
        assert len(team) == CREWS[job_id]
        assert len({(stop.start, stop.end) for stop in team.values()}) == 1
        (leads,) = (one for one, stop in team.items() if stop.seat == 0)
        assert staff[leads].level >= 2
        assert set(team) == XINGSHA or not set(team) & XINGSHA
        assert "wang-jianjun" not in team  # the other one of his standing crew is at his wedding


def test_21_tools_are_handed_over(document: "PlanDocument", days: dict[str, ShiftPlan]) -> None:
    (hoist,) = (day for day in document.plan.tools if day.tool == "hoist")
    assert {stop.job_id for stop in hoist.stops} == {"AZ-18", "AZ-23"}
    bottles = {
        stop.job_id: (day.branch_id, day.piece)
        for day in document.plan.tools
        for stop in day.stops
        if day.tool == "nitrogen bottle"
    }
    assert bottles["AZ-16"] == bottles["WX-06"] == ("yuelu", 1)
    assert bottles["AZ-01"][0] == bottles["AZ-17"][0] == "furong"
    for day in document.plan.tools:
        for before, after in pairwise(day.stops):
            assert before.end + timedelta(seconds=after.leg.travel_s) <= after.start
    for day in document.plan.tools:
        for stop in day.stops:
            there = next(iter(visits(days, stop.job_id).values()))
            assert (stop.start, stop.end) == (there.start, there.end + timedelta(minutes=15))


def test_22_pipes_before_the_unit(days: dict[str, ShiftPlan]) -> None:
    for unit, pipes in (("AZ-08", "AZ-36"), ("AZ-24", "AZ-38")):
        assert only(days, unit).start - only(days, pipes).end >= timedelta(hours=1)
    assert served_by(days, "AZ-08") == served_by(days, "AZ-36")


def test_23_one_visit_at_a_time(days: dict[str, ShiftPlan]) -> None:
    diagnosis, repair = only(days, "WX-30"), only(days, "WX-36")
    assert timedelta(minutes=90) <= repair.start - diagnosis.end <= timedelta(minutes=360)
    at_the_hotel = [only(days, job_id) for job_id in ("AZ-19", "WX-30", "WX-36")]
    for before, after in pairwise(sorted(at_the_hotel, key=lambda stop: stop.start)):
        assert before.end <= after.start


def test_24_two_shops_see_the_same_person(days: dict[str, ShiftPlan]) -> None:
    assert served_by(days, "BY-12") == served_by(days, "BY-15") is not None


def breaches_without(scenario: Scenario, code: str) -> set[str | None]:
    """Return which jobs of a plan made without a rule break that rule."""
    from optimizer.checker import check_plan
    from optimizer.control import Iterations
    from optimizer.planning import plan_scenario

    rules = {**scenario.policy.rules, code: {"active": False}}
    loose = scenario.model_copy(update={"policy": scenario.policy.model_copy(update={"rules": rules})})
    plan = plan_scenario(loose, stop=Iterations(1_000), seed=1).plan
    return {finding.job_id for finding in check_plan(scenario, plan) if finding.code == code}


def test_25_without_the_rules_the_sentences_are_broken(scenario: Scenario) -> None:
    # Without the rule one person goes wherever several are asked for, and no tool leaves the branch.
    assert breaches_without(scenario, "CREW") == set(CREWS)
    assert breaches_without(scenario, "SHARED_TOOL") == {"AZ-01", "AZ-16", "AZ-17", "AZ-18", "AZ-23", "WX-06"}
    # Who has laid the pipes would hang the unit at once, with no second drive and set-up; so would who diagnosed.
    # Three pairs that all keep their hour, without anything that holds them to it, would be a wonder.
    assert breaches_without(scenario, "PRECEDENCE") & {"AZ-08", "AZ-24", "WX-36"}
