"""OVERQUALIFIED."""

import pytest

from optimizer.domain.job import Job
from optimizer.domain.technician import Technician
from optimizer.errors import InvalidInput
from optimizer.rules.overqualified import RULE, OverqualifiedParams
from tests.unit.rules.build import (
    DAY,
    at,
    job,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

PARAMS = OverqualifiedParams()


def owed(who: Technician, one: Job, params: OverqualifiedParams = PARAMS) -> list[tuple[float, int]]:
    of = scenario([who], [one])
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))])])
    return [(line.quantity, line.cents) for line in RULE.bill(of, params, made)]


def priced(who: Technician, one: Job, params: OverqualifiedParams = PARAMS) -> int:
    draft = Recording(scenario([who], [one]))
    RULE.compile(scenario([who], [one]), params, draft)
    return sum(draft.assignment.values())


@pytest.mark.parametrize(
    ("level", "levels"),
    [(1, 0), (2, 0), (3, 1), (5, 3)],  # a repair asks for level 1; one level more is tolerated
)
def test_levels_beyond_the_tolerance_are_owed(level: int, levels: int) -> None:
    who = technician(skills={"repair": level})
    assert priced(who, job()) == 300 * levels
    assert owed(who, job()) == ([(levels, 300 * levels)] if levels else [])


def test_the_tolerance_and_the_price_are_parameters() -> None:
    who = technician(skills={"repair": 4})
    exact = OverqualifiedParams(tolerance_levels=0, cents_per_level=50)
    assert (owed(who, job(), exact), priced(who, job(), exact)) == ([(3, 150)], 150)
    free = OverqualifiedParams(cents_per_level=0)
    assert (owed(who, job(), free), priced(who, job(), free)) == ([], 0)


def test_every_skill_asked_for_counts_apart() -> None:
    # repair asks for level 1: 4 - 1 - 1 = 2 levels; wiring for level 2: 5 - 2 - 1 = 2; driving is at level
    who = technician(skills={"repair": 4, "wiring": 5, "driving": 3, "painting": 5})
    one = job(skills={"wiring": 2, "driving": 3})
    assert priced(who, one) == 1_200
    assert sorted(owed(who, one)) == [(2, 600), (2, 600)]


def test_the_higher_of_two_levels_asked_for_counts() -> None:
    who = technician(skills={"repair": 5})
    assert priced(who, job(skills={"repair": 3})) == 300  # 5 - 3 - 1
    assert owed(who, job(skills={"repair": 3})) == [(1, 300)]


def test_who_lacks_the_skill_is_not_over_it() -> None:
    who = technician(skills={"survey": 5})
    assert (priced(who, job()), owed(who, job())) == (0, [])


def test_the_line_says_both_levels() -> None:
    of = scenario([technician(skills={"repair": 5})])
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))])])
    (line,) = RULE.bill(of, PARAMS, made)
    assert line.sentence == "J1 asks for repair at level 1 and gets T1 with level 5: ¥9.00."
    assert (line.kind, line.unit, line.day) == ("service", "levels", DAY)


def test_jobs_and_people_alike_are_said_in_one_call() -> None:
    people = [technician(technician_id=f"T{n}", skills={"repair": 4}) for n in range(3)]
    of = scenario(people, [job(job_id=f"J{n}") for n in range(5)])
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.calls == ["price_assignment"]
    assert len(draft.assignment) == 15


def test_solve_keeps_the_specialist_free() -> None:
    # Two people in the same place: the plain repair goes to the one with level 2, whoever is named first.
    master, plain = technician(skills={"repair": 5}), technician(technician_id="T2", skills={"repair": 2})
    for people in ([master, plain], [plain, master]):
        assert who_does(solved(scenario(people))) == {"J1": "T2"}


def test_six_hundred_skills_are_refused_rather_than_overflow() -> None:
    # 600 skills, 4 levels beyond each, 10,000 yuan a level: 2.4 thousand million cents once turned negative
    skills = {f"skill {i}": 1 for i in range(600)}
    who = technician(skills=dict.fromkeys(skills, 5) | {"repair": 1})
    rules = {"OVERQUALIFIED": {"tolerance_levels": 0, "cents_per_level": 1_000_000}}
    with pytest.raises(InvalidInput, match="cost more than"):
        solved(scenario([who], [job(skills=skills)], rules=rules))
