"""PART."""

from itertools import product
from random import Random
from typing import Any, Literal

import pytest

from optimizer.compile import Compiled, compile_scenario
from optimizer.domain.branch import Branch
from optimizer.domain.plan import Plan, Restock, ShiftPlan
from optimizer.domain.policy import DEFAULT_JOB_TYPES, Policy
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.rules.part import RULE, PartParams
from tests.unit import trip_days
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    branch,
    job,
    north,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import LayoutRecording, Recording

PARAMS = PartParams()
FAN = "fan motor"
STOCK = branch(stock={FAN: 2})
FIRST, SECOND = ShiftKey("T1", DAY), ShiftKey("T1", NEXT_DAY)


def done(key: ShiftKey, *jobs: str, fans: int = 0) -> ShiftPlan:
    """Return a day with these jobs that loads so many fan motors."""
    stops = [stop(one, at(f"{i}:30", key.day), at(f"{i}:59", key.day)) for i, one in enumerate(jobs, 10)]
    made = shift_plan(stops, technician_id=key.technician_id, day=key.day)
    return made.model_copy(update={"picked_up": {FAN: fans} if fans else {}})


def of_two(van: int, *branches: Branch, takes: tuple[int, int] = (1, 1), **facts: Any) -> Scenario:
    """Return a technician with so many fan motors, and J1 and J2 that take some, on two days."""
    jobs = [job(job_id=f"J{i}", parts={FAN: count}) for i, count in enumerate(takes, 1)]
    return scenario([technician(parts={FAN: van}, **facts)], jobs, branches=branches or (STOCK,), days=2)


@pytest.mark.parametrize(
    ("van", "days"),
    [
        (2, [done(FIRST, "J1"), done(SECOND, "J2")]),  # all on the van
        (1, [done(FIRST, "J1"), done(SECOND, "J2", fans=1)]),
        (1, [done(FIRST, "J1", fans=1), done(SECOND, "J2")]),  # the other way round
        (0, [done(FIRST, "J1", "J2", fans=2)]),
        (0, [done(FIRST, "J1", fans=2), done(SECOND, "J2")]),  # by hand: kept on the van over night
        (1, [done(SECOND, "J2"), done(FIRST, "J1", fans=1)]),  # whatever the order of the shifts
    ],
)
def test_kept(van: int, days: list[ShiftPlan]) -> None:
    of = of_two(van)
    assert list(RULE.check(of, PARAMS, plan(of, days))) == []


def test_two_pieces_are_lacking() -> None:
    of = of_two(1, takes=(1, 2))
    (finding,) = RULE.check(of, PARAMS, plan(of, [done(FIRST, "J1"), done(SECOND, "J2")]))
    assert (finding.code, finding.technician_id, finding.day) == ("PART", "T1", NEXT_DAY)
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (3, 1, 2, "pieces")
    assert finding.sentence == (
        "The jobs of T1 up to 2026-07-16 take 3 pieces of fan motor; the van has 1 and loads 0: "
        "2 pieces too few."
    )
    assert RULE.advise(finding) == (
        "Load 2 pieces of fan motor for T1 at a branch before, where the day starts or on the way, or give a job that "
        "takes fan motor to somebody who has it."
    )


def test_loaded_too_late() -> None:
    of = of_two(0)
    (finding,) = RULE.check(of, PARAMS, plan(of, [done(FIRST, "J1"), done(SECOND, "J2", fans=2)]))
    assert (finding.day, finding.measured, finding.limit, finding.over) == (DAY, 1, 0, 1)


def test_a_piece_too_many_is_no_breach() -> None:
    # the van has one of the two; who writes a plan by hand may take two along all the same
    of = of_two(1)
    made = plan(of, [done(FIRST, "J1", fans=2), done(SECOND, "J2")])
    assert list(RULE.check(of, PARAMS, made)) == []


def test_loaded_where_no_branch_is() -> None:
    of = of_two(0, home=north(3), starts_from="home")
    (finding,) = RULE.check(of, PARAMS, plan(of, [done(FIRST, "J1", "J2", fans=2)]))
    assert (finding.measured, finding.limit, finding.over) == (2, 0, 2)
    assert finding.sentence == "T1 on 2026-07-15 loads 2 pieces of fan motor, but does not start at a branch."


def test_more_loaded_than_the_branch_has() -> None:
    # T1 and T2 load two each of the two
    jobs = [job(parts={FAN: 2}), job(job_id="J2", parts={FAN: 2})]
    of = scenario([technician(), technician(technician_id="T2")], jobs, branches=[STOCK])
    made = plan(of, [done(FIRST, "J1", fans=2), done(ShiftKey("T2", DAY), "J2", fans=2)])
    (finding,) = RULE.check(of, PARAMS, made)
    assert (finding.technician_id, finding.day) == (None, None)
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (4, 2, 2, "pieces")
    assert finding.sentence == "B1 has 2 of fan motor, and the plan loads 4 pieces there."
    assert "branch" in RULE.advise(finding)


def test_compile_says_who_takes_carries_and_keeps_what() -> None:
    types = DEFAULT_JOB_TYPES | {
        "refill": DEFAULT_JOB_TYPES["repair"].model_copy(update={"parts": {"gas": 2}})
    }
    of = scenario(
        [
            technician(parts={FAN: 1, "hose": 4}),
            technician(technician_id="T2", home=north(2), starts_from="home"),
        ],
        [job(parts={FAN: 1}), job(job_id="J2", type="refill", parts={"gas": 1}), job(job_id="J3")],
        branches=[branch(stock={FAN: 2, "hose": 9}), branch(branch_id="B2", place=north(9))],
        days=2,
    ).model_copy(update={"policy": Policy(job_types=types)})
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.consumed == {"J1": {FAN: 1}, "J2": {"gas": 3}}
    second = (ShiftKey("T2", DAY), ShiftKey("T2", NEXT_DAY))
    assert draft.vans == [((FIRST, SECOND), {FAN: 1}), (second, {})]
    assert draft.stocks == {"B1": {FAN: 2}}  # nobody starts at B2; nobody needs a hose
    assert draft.restocked == {FIRST: "B1", SECOND: "B1"}
    assert not draft.forbidden


def test_halts_are_offered_where_all_parts_are_then_where_some_are() -> None:
    of = scenario(
        [technician(), technician(technician_id="T2", home=north(2), starts_from="home")],
        [job(parts={FAN: 2, "hose": 1}), job(job_id="J2"), job(job_id="J3", parts={FAN: 3})],
        branches=[
            branch(stock={FAN: 2}),
            branch(branch_id="B2", place=north(30), stock={FAN: 1, "hose": 1}),
            branch(branch_id="B3", place=north(90), stock={FAN: 2, "hose": 7}),
        ],
    )
    layout, draft = LayoutRecording(), Recording(of)
    RULE.lay_out(of, PARAMS, layout)
    RULE.compile(of, PARAMS, draft)
    # B3 alone has all that J1 takes; nobody has three fans for J3. T2 starts at home: for T2 B1 is on the way
    assert layout.fetches == {"J1": ("B3", "B1", "B2"), "J3": ("B1", "B2", "B3")}
    assert draft.fetched == {  # ten minutes each
        ("J1", "B3"): ({FAN: 2, "hose": 1}, 600),
        ("J1", "B1"): ({FAN: 2}, 600),
        ("J1", "B2"): ({FAN: 1, "hose": 1}, 600),
        ("J3", "B1"): ({FAN: 2}, 600),
        ("J3", "B2"): ({FAN: 1}, 600),
        ("J3", "B3"): ({FAN: 2}, 600),
    }
    one_only = PartParams(branches=1, load_min=0)
    layout, draft = LayoutRecording(), Recording(of)
    RULE.lay_out(of, one_only, layout)
    RULE.compile(of, one_only, draft)
    assert layout.fetches == {"J1": ("B3",), "J3": ("B1",)}
    assert draft.fetched == {("J1", "B3"): ({FAN: 2, "hose": 1}, 0), ("J3", "B1"): ({FAN: 2}, 0)}
    everybody_starts_there = of.model_copy(update={"technicians": of.technicians[:1]})
    layout = LayoutRecording()
    RULE.lay_out(everybody_starts_there, PARAMS, layout)
    assert layout.fetches == {"J1": ("B3", "B2"), "J3": ("B2", "B3")}


def test_without_parts_nothing_is_said() -> None:
    of = scenario([technician(parts={FAN: 1})], [job(parts={FAN: 0})], branches=[STOCK])
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.calls == []


def test_solve_gives_the_job_to_who_has_the_part() -> None:
    near, far = technician(), technician(technician_id="T2", branch_id="B2", parts={FAN: 1})
    both = (branch(), branch(branch_id="B2", place=north(20)))
    of = scenario([near, far], [job(place=north(1), parts={FAN: 1})], branches=both)
    assert who_does(solved(of)) == {"J1": "T2"}
    stocked = of.model_copy(update={"branches": (STOCK, both[1])})
    made = solved(stocked)
    assert who_does(made) == {"J1": "T1"}
    assert made.shifts[0].picked_up == {FAN: 1}


def test_solve_leaves_out_what_nobody_has() -> None:
    jobs = [job(job_id=f"J{i}", parts={FAN: 1}) for i in (1, 2, 3)]
    of = scenario([technician(), technician(technician_id="T2")], jobs, branches=[STOCK])
    made = solved(of)
    # two in stock for three jobs
    assert len(made.unserved) == 1
    assert sum(shift.picked_up[FAN] for shift in made.shifts) == 2
    off = of.model_copy(update={"policy": Policy(rules={"PART": {"active": False}})})
    free = solved(off)
    assert free.unserved == ()
    assert all(shift.picked_up == {} for shift in free.shifts)


def test_solve_keeps_the_van_for_the_day_away_from_the_branch() -> None:
    days = (Shift(day=DAY), Shift(day=NEXT_DAY, start_at=north(3)))
    of = scenario(
        [technician(parts={FAN: 1}, shifts=days)],
        [job(job_id=f"J{i}", parts={FAN: 1}) for i in (1, 2)],
        branches=[branch(stock={FAN: 1})],
        days=2,
        rules={"WORKLOAD_CAP": {"jobs_per_day": 1}},
    )
    made = solved(of)
    assert made.unserved == ()
    assert [(shift.day, shift.picked_up) for shift in made.shifts] == [(DAY, {FAN: 1}), (NEXT_DAY, {})]


@pytest.mark.parametrize("seed", range(25))
def test_what_the_search_allows_is_what_the_check_allows(seed: int) -> None:
    """Every way of giving three jobs to two technicians' days: the routes the shelves allow, and only they, pass.

    Each job is served with what is on the van and loaded in the morning, or by way of a branch.
    """
    from optimizer.problem import Routes
    from optimizer.schedule.parts import pick_ups
    from tests.oracle.sharing import parts_suffice

    dice = Random(seed)
    of = _random(dice)
    compiled = compile_scenario(of)
    fetch, ptr = compiled.problem.fetch.tolist(), compiled.problem.fetch_ptr.tolist()
    for assigned in product(range(len(compiled.shifts)), repeat=len(of.jobs)):
        rows = range(len(of.jobs))
        with_halts = [
            (*dice.choice([(), *((halt,) for halt in fetch[ptr[row] : ptr[row + 1]])]), row) for row in rows
        ]
        for visits in ([(row,) for row in rows], with_halts):
            stops = tuple(
                tuple(row for made, shift in zip(visits, assigned, strict=True) if shift == x for row in made)
                for x in range(len(compiled.shifts))
            )
            loads = pick_ups(compiled.problem, Routes(stops, ()))
            made = _by_hand(compiled, stops, loads)
            found = list(RULE.check(of, PartParams(load_min=0), made))
            assert parts_suffice(compiled.problem, stops) == (not found), (stops, found)


def _random(dice: Random) -> Scenario:
    """Return two technicians, two days, two branches and three jobs with two parts."""
    parts = (FAN, "gas")
    people = []
    for i in (1, 2):
        starts: Literal["branch", "home"] = dice.choice(("branch", "home"))
        days = (Shift(day=DAY), Shift(day=NEXT_DAY, start_at=dice.choice((None, north(9), north(4)))))
        people.append(
            technician(
                technician_id=f"T{i}",
                branch_id=dice.choice(("B1", "B2")),
                home=north(2),
                starts_from=starts,
                shifts=days,
                parts={part: dice.randint(0, 2) for part in parts},
            )
        )
    jobs = [job(job_id=f"J{i}", parts={part: dice.randint(0, 2) for part in parts}) for i in (1, 2, 3)]
    branches = [
        branch(branch_id=name, place=north(km), stock={part: dice.randint(0, 2) for part in parts})
        for name, km in (("B1", 0), ("B2", 9))
    ]
    return scenario(people, jobs, branches=branches, days=2)


def _by_hand(
    compiled: Compiled, stops: tuple[tuple[int, ...], ...], loads: dict[int, dict[int, int]]
) -> Plan:
    """Return the plan of some routes; its times are of no account."""
    problem, names = compiled.problem, compiled.names
    days = []
    for row_of_shift, (shift, visits) in enumerate(zip(compiled.shifts, stops, strict=True)):
        if not visits:
            continue
        jobs = [row for row in visits if problem.shelf[row] < 0]
        day = done(shift.key, *(names.jobs[row] for row in jobs))
        loaded = loads.get(row_of_shift, {})
        halts = [
            Restock(
                branch_id=names.branches[problem.shelf[row]],
                before=sum(problem.shelf[one] < 0 for one in visits[:place]),
                leg=day.first_leg,
                start=day.departure,
                end=day.departure,
                picked_up={
                    names.parts[problem.need_part[need]]: -int(problem.need_count[need])
                    for need in range(problem.need_ptr[row], problem.need_ptr[row + 1])
                },
            )
            for place, row in enumerate(visits)
            if problem.shelf[row] >= 0
        ]
        picked_up = {names.parts[part]: pieces for part, pieces in loaded.items()}
        days.append(day.model_copy(update={"picked_up": picked_up, "restocks": tuple(halts)}))
    return plan(compiled.scenario, days)


def test_nothing_is_loaded_where_the_night_was() -> None:
    asked = trip_days.question(branches=[branch(stock={"fan motor": 4}, name="Furong")])
    first, stay, last = trip_days.shifts(asked)
    loaded = last.model_copy(update={"picked_up": {"fan motor": 1}})
    (finding,) = RULE.check(asked, PartParams(), trip_days.answer(asked, first, stay, loaded))
    assert finding.sentence == "T1 on 2026-07-17 loads 1 piece of fan motor, but does not start at a branch."
    early = first.model_copy(update={"picked_up": {"fan motor": 1}})
    assert list(RULE.check(asked, PartParams(), trip_days.answer(asked, early, stay, last))) == []
