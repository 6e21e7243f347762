"""CREW."""

from typing import Any

import pytest

from optimizer.build.ties import MOST_NEEDS
from optimizer.compile import compile_scenario
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.policy import JobType, Policy
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Certificate, Shift
from optimizer.domain.ties import Crew, Seat
from optimizer.rules.crew import MOST_TOGETHER, RULE, CrewParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    north,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
)
from tests.unit.rules.recording import LayoutRecording, Recording

PARAMS = CrewParams()
PEOPLE = tuple(technician(technician_id=f"T{i}") for i in (1, 2, 3))
TWO = job(seats=2)
STANDING = (Crew(crew_id="K1", members=("T1", "T2")),)


def comes(who: str, seat: int, start: str = "09:30", end: str = "10:30", part: int = 0) -> ShiftPlan:
    """Return the day of somebody who goes to J1 only."""
    return shift_plan([stop("J1", at(start), at(end), seat=seat, part=part)], technician_id=who)


def found(of: Scenario, *days: ShiftPlan, params: CrewParams = PARAMS) -> list[Finding]:
    """Return what the rule finds; every finding has advice."""
    findings = list(RULE.check(of, params, plan(of, days)))
    assert all(one.over > 0 and RULE.advise(one).endswith(".") for one in findings)
    return findings


def amounts(of: Scenario, *days: ShiftPlan, params: CrewParams = PARAMS) -> list[tuple[float, float, str]]:
    """Return what was measured, the limit and the unit of each finding."""
    return [(one.measured, one.limit, one.unit) for one in found(of, *days, params=params)]


def test_kept() -> None:
    of = scenario(PEOPLE, [TWO])
    assert found(of, comes("T1", 0), comes("T3", 1)) == []


def test_left_out_is_no_breach() -> None:
    assert found(scenario(PEOPLE, [TWO])) == []


def test_too_few_people() -> None:
    of = scenario(PEOPLE, [job(seats=3)])
    (finding,) = found(of, comes("T2", 0))
    assert (finding.code, finding.job_id, finding.technician_id, finding.day) == ("CREW", "J1", "T2", DAY)
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (1, 3, 2, "people")
    assert finding.sentence == "J1 takes 3 people at once; T2 comes."


def test_too_many_people() -> None:
    of = scenario(PEOPLE, [TWO])
    days = [comes("T1", 0), comes("T2", 1), comes("T3", 2)]
    assert amounts(of, *days) == [(3, 2, "people")]


def test_one_person_does_not_count_twice() -> None:
    of = scenario(PEOPLE, [TWO], days=2)
    again = shift_plan([stop("J1", at("09:30"), at("10:30"), seat=1)], day=NEXT_DAY)
    assert amounts(of, comes("T1", 0), again) == [(1, 2, "people")]


@pytest.mark.parametrize(
    ("start", "end", "apart", "said"),
    [
        ("09:40", "10:40", 10, "T2 starts J1 10 min after T1."),
        ("09:25", "10:25", 5, "T2 starts J1 5 min before T1."),
        ("09:30", "10:00", 30, "T2 ends J1 30 min before T1."),
        ("09:40", "11:00", 30, "T2 ends J1 30 min after T1."),  # the larger of 10 and 30
    ],
)
def test_apart_in_time(start: str, end: str, apart: int, said: str) -> None:
    (finding,) = found(scenario(PEOPLE, [TWO]), comes("T1", 0), comes("T2", 1, start, end))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (apart, 0, apart, "min")
    assert (finding.technician_id, finding.sentence) == ("T2", said)


def test_each_day_of_a_long_job_has_its_crew() -> None:
    of = scenario(PEOPLE, [TWO], days=2)
    later = [
        one.model_copy(
            update={
                "day": NEXT_DAY,
                "stops": (
                    stop(
                        "J1",
                        at("09:30", NEXT_DAY),
                        at("10:30", NEXT_DAY),
                        seat=one.stops[0].seat,
                        part=1,
                    ),
                ),
            }
        )
        for one in (comes("T1", 0), comes("T2", 1))
    ]
    assert found(of, comes("T1", 0), comes("T2", 1), *later) == []
    assert amounts(of, comes("T1", 0), comes("T2", 1), later[0]) == [(1, 2, "people")]


def test_standing_crews_stay_together() -> None:
    of = scenario(PEOPLE, [TWO], crews=STANDING)
    assert found(of, comes("T2", 0), comes("T1", 1)) == []
    (finding,) = found(of, comes("T1", 0), comes("T3", 1))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (1, 0, 1, "people")
    assert finding.sentence == "T1, who leads J1, belongs to the standing crew K1; T3 is not of it."
    (finding,) = found(of, comes("T3", 0), comes("T1", 1))
    assert finding.sentence == "T3, who leads J1, belongs to no standing crew; T1 is of one."


def test_members_work_alone_with_anybody_near() -> None:
    of = scenario(PEOPLE, [job()], crews=STANDING)
    assert found(of, comes("T1", 0)) == []


def test_exactly_one_leads() -> None:
    of = scenario(PEOPLE, [TWO])
    (finding,) = found(of, comes("T1", 1), comes("T2", 2))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (0, 1, 1, "leads")
    assert finding.sentence == "One person leads J1; in the plan nobody would."
    (finding,) = found(of, comes("T1", 0), comes("T2", 0))
    assert (finding.measured, finding.limit, finding.over) == (2, 1, 1)


def test_who_leads_has_the_level() -> None:
    new = technician(technician_id="T1", level=1)
    of = scenario([new, *PEOPLE[1:]], [TWO])
    assert found(of, comes("T2", 0), comes("T1", 1)) == []
    (finding,) = found(of, comes("T1", 0), comes("T2", 1))
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (1, 2, 1, "level")
    assert finding.sentence == "T1 leads J1 at level 1; level 2 is asked for."
    assert found(of, comes("T1", 0), comes("T2", 1), params=CrewParams(lead_level=1)) == []


def test_jobs_for_one_are_not_its_business() -> None:
    # that a job for one person stands in the plan twice is said by the checker of the plan's structure
    of = scenario(PEOPLE, [job()])
    assert found(of, comes("T1", 0), comes("T2", 1)) == []


def test_switched_off_every_job_takes_one_person() -> None:
    of = scenario(PEOPLE, [TWO], rules={"CREW": {"active": False}})
    assert found(of, comes("T1", 0)) == []


def test_lay_out_says_how_many() -> None:
    types = {"repair": JobType(kind="repair", seats=3)}
    jobs = [job(), job(job_id="J2", seats=2), job(job_id="J3", seats=1), job(job_id="J4", seats=2)]
    of = scenario(PEOPLE, jobs).model_copy(update={"policy": Policy(job_types=types)})
    layout = LayoutRecording()
    RULE.lay_out(of, PARAMS, layout)
    assert layout.seats == {"J1": 3, "J2": 2, "J4": 2}


def said(of: Scenario) -> Recording:
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    return draft


def test_compile_keeps_standing_crews_together_where_they_work() -> None:
    people = [PEOPLE[0], technician(technician_id="T2", shifts=(Shift(day=NEXT_DAY),)), PEOPLE[2]]
    draft = said(scenario(people, [TWO], days=2, crews=STANDING))
    assert draft.standing == {
        ShiftKey("T1", DAY): 0,
        ShiftKey("T1", NEXT_DAY): 0,
        ShiftKey("T2", NEXT_DAY): 0,
    }
    assert draft.calls == ["stand_together"]


def test_compile_lets_nobody_lead_below_the_level() -> None:
    draft = said(scenario([technician(technician_id="T1", level=1), *PEOPLE[1:]], [TWO, job(job_id="J2")]))
    assert draft.seats_forbidden == {("J1", ShiftKey("T1", DAY), 0)}
    assert draft.forbidden == set()


def test_compile_is_silent_without_crew_jobs() -> None:
    assert said(scenario([technician(level=1), *PEOPLE[1:]], crews=STANDING)).calls == []


def test_more_needs_than_can_be_told_apart() -> None:
    assert MOST_TOGETHER == MOST_NEEDS
    # a repair needs a multimeter and a refrigerant gauge
    many = tuple(f"tool {i}" for i in range(29))

    def issues(**facts: Any) -> list[tuple[str, str]]:
        given: dict[str, Any] = {"job_id": "J2", "tools": many, "seats": 2} | facts
        of = scenario(PEOPLE, [job(), job(**given)])
        return [(one.code, one.path) for one in RULE.validate(of, PARAMS)]

    assert issues(certificates=("electrician",)) == []  # 2 + 29 + 1
    assert issues(certificates=("electrician", "welding")) == [("too-many-needs", "jobs[1].tools")]
    assert issues(certificates=("electrician", "welding"), seats=1) == []
    of = scenario(PEOPLE, [job(seats=2, tools=many, certificates=("a", "b"))])
    (issue,) = RULE.validate(of, PARAMS)
    assert issue.cause == "The crew of J1 would need 33 certificates and tools together."
    off = scenario(
        PEOPLE, [job(seats=2, tools=many, certificates=("a", "b"))], rules={"TOOL": {"active": False}}
    )
    assert list(RULE.validate(off, PARAMS)) == []


def test_compiled_rows() -> None:
    # J1 takes three: an electrician leads, any hands, and somebody who can repair
    people = [
        technician(certificates=(Certificate(name="electrician"),), skills={"repair": 3}),
        technician(technician_id="T2", level=1),
        technician(technician_id="T3", skills={"survey": 1}),
    ]
    three = job(seats=3, mates=(Seat(),), certificates=("electrician",), setup_min=5)
    made = compile_scenario(scenario(people, [job(job_id="J0"), three], crews=STANDING))
    problem = made.problem
    lead, hands, mate = 1, 2, 3
    assert [(one.job, one.seat) for one in made.visits.rows] == [(0, 0), (1, 0), (1, 1), (1, 2)]
    assert problem.lead.tolist() == [0, lead, lead, lead]
    bit = {code: 1 << row for row, code in enumerate(made.names.codes)}
    assert problem.forbidden[lead].tolist() == [0, bit["CREW"], bit["SKILL"]]
    assert problem.forbidden[hands].tolist() == [0, 0, 0]
    assert problem.forbidden[mate].tolist() == [0, 0, bit["SKILL"]]
    assert problem.standing.tolist() == [0, 0, -1]
    assert problem.person.tolist() == [0, 1, 2]
    # together: the certificate, a multimeter and a refrigerant gauge; the kit of each has the last two
    assert problem.cover_row.tolist() == [-1, 0, -1, -1]
    assert problem.cover.tolist() == [[0b111, 0b110, 0b110]]
    assert problem.cover_all.tolist() == [0b111]
    # 60 min and 5 of set-up for everybody
    assert set(problem.service_s[1:].flatten().tolist()) == {65 * 60}
    assert not problem.setup_s[1:].any()


def people_at(of: Scenario) -> dict[str, list[tuple[str, int]]]:
    """Return who serves each job in a short search's plan: technician and seat."""
    made: dict[str, list[tuple[str, int]]] = {}
    for day in solved(of).shifts:
        for one in day.stops:
            made.setdefault(one.job_id, []).append((day.technician_id, one.seat))
    return made


def test_solve_honours_it() -> None:
    # T1 and T2 stand together; J2 takes both of them, J1 anybody
    jobs = [job(place=north(2)), job(job_id="J2", seats=2, place=north(3))]
    of = scenario(PEOPLE[:2], jobs, crews=STANDING)
    made = people_at(of)
    assert {who for who, _ in made["J2"]} == {"T1", "T2"}
    assert sorted(seat for _, seat in made["J2"]) == [0, 1]
    assert len(made["J1"]) == 1
    alone = people_at(scenario(PEOPLE[:1], jobs))
    assert set(alone) == {"J1"}


def test_solve_lets_no_member_go_with_a_stranger() -> None:
    # T2 of the standing crew is not at work, so T1 cannot go to the job for two, with T3 or without
    people = [PEOPLE[0], technician(technician_id="T2", shifts=()), PEOPLE[2]]
    assert people_at(scenario(people, [TWO], crews=STANDING)) == {}
    assert len(people_at(scenario(people, [TWO]))["J1"]) == 2
