"""Which crews the search may send is exactly what the checks let pass: compile and check are written apart."""

from collections import Counter
from datetime import date, timedelta
from itertools import permutations
from random import Random

from optimizer.compile import Compiled, compile_scenario
from optimizer.domain.job import Job, Rework
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Certificate, Technician
from optimizer.domain.ties import Crew, Seat
from optimizer.rules import RULES
from optimizer.rules.book import RuleBook
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    branch,
    job,
    plan,
    scenario,
    shift_plan,
    stop,
    technician,
)

CODES = ("SKILL", "CERTIFICATE", "TOOL", "CREW")
CHECKED = [rule for rule in RULES if rule.code in CODES]


def random_technician(dice: Random, name: str) -> Technician:
    """Return somebody who can do much, but not all."""
    return technician(
        technician_id=name,
        level=dice.choice((1, 2, 3, 3)),
        skills={"repair": dice.randint(1, 4), "survey": dice.randint(1, 3)},
        certificates=tuple(
            Certificate(name=one, valid_until=NEXT_DAY - timedelta(days=dice.randint(0, 1)))
            for one in ("electrician", "welding")
            if dice.random() < 0.6
        ),
        kits=dice.choice((("repairer",), ("repairer",), ())),
        tools=tuple(one for one in ("rope", "drill") if dice.random() < 0.6),
    )


def random_job(dice: Random, name: str) -> Job:
    """Return a job for two or three people, now and then a leak that T0 has to mend."""
    many = dice.choice((2, 2, 3))
    leak = Rework(installed_by="T0", installed_on=DAY - timedelta(days=9), fault="refrigerant_leak")
    seats = (Seat(), Seat(skills={"survey": 2}), Seat(skills={"repair": 2}))
    return job(
        job_id=name,
        seats=many,
        mates=dice.choice((None, (), tuple(dice.choices(seats, k=many - 1)))),
        skills={"repair": dice.randint(1, 4)},
        certificates=tuple(one for one in ("electrician", "welding") if dice.random() < 0.5),
        tools=("rope",) if dice.random() < 0.4 else (),
        rework=leak if dice.random() < 0.3 else None,
    )


def random_scenario(seed: int) -> Scenario:
    """Return five people, two of them a standing crew, and three jobs on two days."""
    dice = Random(seed)
    return scenario(
        [random_technician(dice, f"T{i}") for i in range(5)],
        [random_job(dice, f"J{i}") for i in range(3)],
        branches=[branch()],
        crews=[Crew(crew_id="K", members=("T1", "T2"))] if seed % 2 else (),
        days=2,
    )


def may_go(compiled: Compiled, job_id: str, people: tuple[str, ...], day: date) -> bool:
    """Tell whether the problem lets these people take the places of a job's crew."""
    problem = compiled.problem
    row = compiled.names.jobs.index(job_id)
    keys = [one.key for one in compiled.shifts]
    shifts = [keys.index(ShiftKey(who, day)) for who in people]
    rows = compiled.visits.parts[row][0].people
    if any(problem.forbidden[one, shift] for one, shift in zip(rows, shifts, strict=True)):
        return False
    if len(set(problem.standing[shifts].tolist())) > 1:
        return False
    cover = int(problem.cover_row[row])
    if cover < 0:
        return True
    brought = 0
    for shift in shifts:
        brought |= int(problem.cover[cover, shift])
    return brought == int(problem.cover_all[cover])


def test_who_may_go_together() -> None:
    allowed = 0
    only: Counter[str] = Counter()
    for seed in range(30):
        of = random_scenario(seed)
        compiled, book = compile_scenario(of), RuleBook.of(of.policy)
        for one in of.jobs:
            for people in permutations((f"T{i}" for i in range(5)), one.seats):
                for day in (DAY, NEXT_DAY):
                    made = plan(
                        of,
                        [
                            shift_plan(
                                [stop(one.job_id, at("10:00", day), at("11:00", day), seat=seat)],
                                technician_id=who,
                                day=day,
                            )
                            for seat, who in enumerate(people)
                        ],
                    )
                    codes = {
                        finding.code
                        for rule in CHECKED
                        for finding in rule.check(of, book.params(rule), made)
                    }
                    assert may_go(compiled, one.job_id, people, day) == (not codes), (seed, people, codes)
                    allowed += not codes
                    if len(codes) == 1:
                        only[min(codes)] += 1
    # every rule is often the only one that forbids
    assert min(allowed, *(only[code] for code in CODES)) > 50, (allowed, only)
