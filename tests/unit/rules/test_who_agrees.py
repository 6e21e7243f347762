"""What the search may not do is exactly what the check finds: compile and check are written apart."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from optimizer.domain.job import Customer, Job, Rework, SiteFacts
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Attendance, Certificate, Onboarding, Technician, Territory
from optimizer.domain.time import DateRange
from optimizer.rules import RULES
from optimizer.rules.base import Rule
from tests.unit.rules.build import (
    DAY,
    at,
    branch,
    job,
    north,
    plan,
    scenario,
    shift_plan,
    stop,
    technician,
)
from tests.unit.rules.recording import Recording

APART = {"PINNED", "APPROVED", "UNDER_WAY", "PART", "CREW", "SHARED_TOOL"}
"""Rules that do not forbid pairs alone; their own tests compare search and check."""

WHO = [rule for rule in RULES if rule.section == "who" and rule.code not in APART]


def some(dice: Random, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return some of the words."""
    return tuple(word for word in words if dice.random() < 0.5)


def days(dice: Random) -> DateRange:
    """Return one or two days around the horizon."""
    first = DAY + timedelta(days=dice.randint(-2, 3))
    return DateRange(first_day=first, last_day=first + timedelta(days=dice.randint(0, 1)))


def random_technician(dice: Random, name: str) -> Technician:
    """Return a technician with something of everything."""
    skills = {"repair": dice.randint(1, 5), "repair/aircon": dice.randint(1, 5)}
    return technician(
        technician_id=name,
        home=north(dice.randint(0, 30)),
        starts_from=dice.choice(("home", "branch")),
        skills={skill: skills[skill] for skill in some(dice, tuple(skills))},
        certificates=tuple(
            Certificate(name=one, valid_from=days(dice).first_day, valid_until=days(dice).last_day)
            for one in some(dice, ("electrician", "welding"))
        ),
        tools=some(dice, ("rope", "drill")),
        missing_tools=some(dice, ("rope", "multimeter")),
        last_inspection=dice.choice((None, DAY - timedelta(days=dice.randint(28, 34)))),
        territory=Territory(
            areas=some(dice, ("east", "west")),
            branches=some(dice, ("B1", "B2")),
            radius_km=dice.choice((None, 7.0, 15.0)),
        ),
        leave=(days(dice),),
        suspended=(days(dice),),
        attendance=(
            Attendance(day=DAY, clocked_in_at=dice.choice((None, None, at("09:50")))),
            Attendance(day=DAY + timedelta(days=1)),
        ),
        onboarding=Onboarding(
            examined=dice.random() < 0.8,
            insured=dice.random() < 0.8,
            trained_products=dice.choice((None, some(dice, ("aircon", "fridge")))),
        ),
    )


def random_job(dice: Random, name: str) -> Job:
    """Return a job that asks for something of everything."""
    return job(
        job_id=name,
        type=dice.choice(("repair", "repair", "installation")),
        customer=Customer(customer_id=name, refused_technicians=some(dice, ("T0", "T1"))),
        rework=Rework(
            installed_by=dice.choice(("T0", "T1")),
            installed_on=DAY - timedelta(days=dice.choice((300, 400))),
            fault="refrigerant_leak",
        ),
        place=north(dice.randint(0, 30)),
        product=dice.choice((None, "aircon", "fridge")),
        area=dice.choice((None, "east", "west")),
        branch_id=dice.choice((None, "B1", "B2")),
        skills={"repair": dice.randint(1, 5)} if dice.random() < 0.5 else {},
        certificates=some(dice, ("electrician", "welding")),
        tools=some(dice, ("drill",)),
        site=SiteFacts(
            power_supply_fit=dice.random() < 0.5,
            confirmations_signed=dice.random() < 0.5,
            working_height_m=dice.choice((0, 2.5, 2.6)),
            outdoor_unit_floor=dice.choice((0, 1, 2)),
        ),
    )


def random_scenario(seed: int) -> Scenario:
    """Return four technicians, five jobs and two days."""
    dice = Random(seed)
    return scenario(
        [random_technician(dice, f"T{i}") for i in range(4)],
        [random_job(dice, f"J{i}") for i in range(5)],
        branches=[branch(), branch(branch_id="B2", place=north(20))],
        days=2,
        now=at("10:30"),
    )


@pytest.mark.parametrize("rule", WHO, ids=lambda rule: rule.code)
def test_forbidden_is_what_the_check_finds(rule: Rule[Any]) -> None:
    params = rule.params()
    forbidden = allowed = 0
    for seed in range(12):
        of = random_scenario(seed)
        draft = Recording(of)
        rule.compile(of, params, draft)
        for one in of.jobs:
            for shift in draft.shifts:
                done = stop(one.job_id, at("10:00", shift.key.day), at("11:00", shift.key.day))
                who, day = shift.key
                made = plan(of, [shift_plan([done], technician_id=who, day=day)])
                found = list(rule.check(of, params, made))
                pair = (one.job_id, shift.key)
                assert (pair in draft.forbidden) == bool(found), (seed, pair, found)
                assert {finding.code for finding in found} <= {rule.code}
                forbidden, allowed = forbidden + bool(found), allowed + (not found)
    assert min(forbidden, allowed) > 20, "the scenarios are too one-sided to show anything"
