"""What a mutation is made from and what it promises, and the small tools all families use."""

from collections.abc import Callable, Iterable
from datetime import datetime
from random import Random
from typing import Any, NamedTuple

from optimizer.domain.fingerprint import scenario_sha256, travel_sha256
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan, ShiftPlan, Stop, TravelLeg, TravelSnapshot
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift, Technician


class Sound(NamedTuple):
    """A scenario and a plan that breaks nothing in it."""

    scenario: Scenario
    plan: Plan


class Mutant(NamedTuple):
    """A plan that breaks one rule, and what the checker must say of it."""

    scenario: Scenario
    plan: Plan
    code: str
    over: float
    """The amount some finding of the code must report."""
    alone: bool = True
    """No other code may be reported."""


Mutation = Callable[[Sound, Random], Mutant | None]
"""Breaks a sound plan, or returns none where this plan offers no occasion."""


def any_stop(sound: Sound, rng: Random) -> tuple[ShiftPlan, Stop] | None:
    """Return a random stop of the plan with its shift."""
    stops = [(shift_plan, stop) for shift_plan in sound.plan.shifts for stop in shift_plan.stops]
    return rng.choice(stops) if stops else None


def the_job(scenario: Scenario, job_id: str) -> Job:
    """Return a job by its id."""
    return next(job for job in scenario.jobs if job.job_id == job_id)


def the_technician(scenario: Scenario, technician_id: str) -> Technician:
    """Return a technician by id."""
    return next(one for one in scenario.technicians if one.technician_id == technician_id)


def with_job(scenario: Scenario, job_id: str, **facts: Any) -> Scenario:
    """Return the scenario with other facts about one job."""
    jobs = tuple(job.model_copy(update=facts) if job.job_id == job_id else job for job in scenario.jobs)
    return scenario.model_copy(update={"jobs": jobs})


def with_technician(scenario: Scenario, technician_id: str, **facts: Any) -> Scenario:
    """Return the scenario with other facts about one technician."""
    technicians = tuple(
        one.model_copy(update=facts) if one.technician_id == technician_id else one
        for one in scenario.technicians
    )
    return scenario.model_copy(update={"technicians": technicians})


def with_shift(scenario: Scenario, shift_plan: ShiftPlan, **facts: Any) -> Scenario:
    """Return the scenario with other facts about one shift; its technician's shifts are then written out."""
    shifts = tuple(
        one.shift.model_copy(update=facts) if one.key == shift_plan.key else one.shift
        for one in roster(scenario)
        if one.key.technician_id == shift_plan.technician_id
    )
    return with_technician(scenario, shift_plan.technician_id, shifts=shifts)


def with_rule(scenario: Scenario, code: str, **values: Any) -> Scenario:
    """Return the scenario with other parameters of one rule."""
    rules = {**scenario.policy.rules, code: {**scenario.policy.rules.get(code, {}), **values}}
    return scenario.model_copy(update={"policy": scenario.policy.model_copy(update={"rules": rules})})


def shift_of(scenario: Scenario, shift_plan: ShiftPlan) -> Shift:
    """Return the rostered shift behind a shift's plan."""
    return next(one.shift for one in roster(scenario) if one.key == shift_plan.key)


def with_shift_plan(plan: Plan, old: ShiftPlan, **facts: Any) -> Plan:
    """Return the plan with one shift's plan changed."""
    shifts = tuple(one.model_copy(update=facts) if one is old else one for one in plan.shifts)
    return plan.model_copy(update={"shifts": shifts})


def with_stop(plan: Plan, shift_plan: ShiftPlan, old: Stop, **facts: Any) -> Plan:
    """Return the plan with one stop changed."""
    stops = tuple(one.model_copy(update=facts) if one is old else one for one in shift_plan.stops)
    return with_shift_plan(plan, shift_plan, stops=stops)


def snapshot(source: str, legs: Iterable[TravelLeg]) -> TravelSnapshot:
    """Return a travel snapshot with its right hash."""
    ordered = tuple(sorted(legs, key=lambda leg: (leg.means, leg.from_place, leg.to_place)))
    return TravelSnapshot(source=source, legs=ordered, sha256=travel_sha256(source, ordered))


def signed(scenario: Scenario, plan: Plan) -> Plan:
    """Return the plan as one of this scenario: with its fingerprint."""
    return plan.model_copy(update={"scenario_sha256": scenario_sha256(scenario)})


def mutant(scenario: Scenario, plan: Plan, code: str, over: float, *, alone: bool = True) -> Mutant:
    """Return a mutant whose plan carries the fingerprint of its scenario."""
    return Mutant(scenario, signed(scenario, plan), code, over, alone)


def minutes_between(earlier: datetime, later: datetime) -> float:
    """Return real minutes from one moment to another."""
    return (later.timestamp() - earlier.timestamp()) / 60
