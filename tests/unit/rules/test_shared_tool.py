"""SHARED_TOOL."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from optimizer.compile import compile_scenario
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import ShiftPlan, ToolPlan, ToolStop
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.rules.shared_tool import RULE, SharedToolParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    branch,
    job,
    leg,
    north,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
)
from tests.unit.rules.recording import Issued, LayoutRecording, Recording

PARAMS = SharedToolParams()
ONE_HOIST = branch(shared_tools={"hoist": 1})
PEOPLE = (technician(), technician(technician_id="T2"))
LIFT = job(shared_tools=("hoist",))
AGAIN = job(job_id="J2", shared_tools=("hoist",))
# Two lifts at one spot 600 s from the branch; the hoist stays 15 min after each.
OF = scenario(PEOPLE, (LIFT, AGAIN), branches=[ONE_HOIST])
FIRST = shift_plan([stop("J1", at("09:30"), at("10:30"))])
SECOND = shift_plan([stop("J2", at("11:00"), at("12:00"))], technician_id="T2")


def used(
    job_id: str, start: str, end: str, *, here: str = "branch:B1", travel_s: int = 600, part: int = 0
) -> ToolStop:
    """Return a tool's stop that it reaches just in time."""
    way = leg(here, f"job:{job_id}", at(start), travel_s=travel_s)
    return ToolStop(job_id=job_id, part=part, leg=way, start=at(start), end=at(end))


def out(
    stops: Sequence[ToolStop], *, piece: int = 1, day: date = DAY, branch_id: str = "B1", back_s: int = 600
) -> ToolPlan:
    """Return the day of a hoist that goes home after its last stop."""
    home = leg(
        f"job:{stops[-1].job_id}", "branch:B1", stops[-1].end + timedelta(seconds=back_s), travel_s=back_s
    )
    return ToolPlan(
        branch_id=branch_id,
        tool="hoist",
        piece=piece,
        day=day,
        means="car",
        stops=tuple(stops),
        last_leg=home,
    )


AT_J1 = used("J1", "09:30", "10:45")
THEN_J2 = used("J2", "11:00", "12:15", here="job:J1", travel_s=0)


def found(
    shifts: Sequence[ShiftPlan],
    tools: Sequence[ToolPlan],
    *,
    of: Scenario = OF,
    params: SharedToolParams = PARAMS,
) -> list[Finding]:
    """Return what the rule finds; every finding has advice."""
    findings = list(RULE.check(of, params, plan(of, shifts, tools)))
    assert all(one.over > 0 and RULE.advise(one).endswith(".") for one in findings)
    return findings


def test_kept_by_one_piece_for_two_jobs() -> None:
    assert found([FIRST, SECOND], [out([AT_J1, THEN_J2])]) == []


def test_a_job_without_its_tool() -> None:
    (finding,) = found([FIRST, SECOND], [out([AT_J1])])
    assert (finding.code, finding.job_id, finding.day) == ("SHARED_TOOL", "J2", DAY)
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (0, 1, 1, "pieces")
    assert finding.sentence == "J2 needs a hoist of B1; 0 pieces would be there."


def test_a_job_with_two_pieces() -> None:
    of = scenario(PEOPLE, (LIFT,), branches=[branch(shared_tools={"hoist": 2})])
    (finding,) = found([FIRST], [out([AT_J1]), out([AT_J1], piece=2)], of=of)
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (2, 1, 1, "pieces")


@pytest.mark.parametrize(
    ("start", "end", "over", "said"),
    [
        ("09:50", "10:45", 20, "The hoist 1 of B1 is taken into use 20 min after J1 starts."),
        ("09:25", "10:45", 5, "The hoist 1 of B1 is taken into use 5 min before J1 starts."),
        ("09:30", "10:35", 10, "The hoist 1 of B1 leaves J1 10 min before it is handed over."),
    ],
)
def test_not_as_long_as_the_job(start: str, end: str, over: int, said: str) -> None:
    (finding,) = found([FIRST], [out([used("J1", start, end)])])
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (over, 0, over, "min")
    assert finding.sentence == said


def test_longer_is_no_breach_and_the_hand_over_is_a_parameter() -> None:
    assert found([FIRST], [out([used("J1", "09:30", "10:50")])]) == []
    assert found([FIRST], [out([AT_J1])], params=SharedToolParams(handover_min=15)) == []
    (finding,) = found([FIRST], [out([AT_J1])], params=SharedToolParams(handover_min=20))
    assert finding.over == 5


def test_a_tool_where_nobody_needs_it() -> None:
    of = scenario(PEOPLE, (job(), AGAIN), branches=[ONE_HOIST])
    (finding,) = found([FIRST], [out([AT_J1])], of=of)
    assert (finding.job_id, finding.over, finding.unit) == ("J1", 1, "mismatch")
    assert finding.sentence == "The hoist 1 of B1 goes to J1, which does not need it there."


def test_another_branch_does_not_lend_its_own() -> None:
    # J1 is 6 km from B1 and 14 km from B2: B1 is in charge of it
    two = [ONE_HOIST, branch(branch_id="B2", place=north(20), shared_tools={"hoist": 1})]
    of = scenario(PEOPLE, (LIFT,), branches=two)
    far = used("J1", "09:30", "10:45", here="branch:B2", travel_s=1400)
    home = leg("job:J1", "branch:B2", at("12:00"), travel_s=1400)
    foreign = out([far], branch_id="B2").model_copy(update={"last_leg": home})
    assert [(one.over, one.unit) for one in found([FIRST], [foreign], of=of)] == [
        (1, "pieces"),  # none of B1
        (1, "mismatch"),  # and one of B2 too many
    ]


def test_more_pieces_out_than_there_are() -> None:
    at_once = shift_plan([stop("J2", at("09:30"), at("10:30"))], technician_id="T2")
    second = out([used("J2", "09:30", "10:45")], piece=2)
    (finding,) = found([FIRST, at_once], [out([AT_J1]), second])
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (2, 1, 1, "pieces")
    assert finding.sentence == "2 pieces of hoist would be out on 2026-07-15; B1 has 1."


def test_one_piece_is_not_out_twice_at_once() -> None:
    # back from J1 at 10:55, gone to J2 at 10:50
    (finding,) = found([FIRST, SECOND], [out([AT_J1]), out([used("J2", "11:00", "12:15")])])
    assert (finding.measured, finding.over, finding.unit) == (5, 5, "min")
    assert finding.sentence == "The hoist 1 of B1 leaves 5 min before it is back."


def test_no_time_for_the_way_between() -> None:
    # J2 is 2 km on: 200 s by car; the hoist is free at 10:45 and due at 10:47
    of = scenario(
        PEOPLE,
        (LIFT, AGAIN.model_copy(update={"place": north(8)})),
        branches=[ONE_HOIST],
    )
    second = shift_plan([stop("J2", at("10:47"), at("11:47"))], technician_id="T2")
    late = used("J2", "10:47", "12:02", here="job:J1", travel_s=200)
    (finding,) = found([FIRST, second], [out([AT_J1, late])], of=of)
    assert (finding.job_id, finding.measured, finding.unit) == ("J2", 2, "min")
    assert finding.over == pytest.approx(80 / 60)
    assert finding.sentence == "The hoist 1 of B1 needs 3 min 20 s from job:J1 to job:J2; it has 2 min."


def test_two_jobs_at_once() -> None:
    # the hoist is at J1 until 10:45; J2 at the same spot has it from 10:30 on
    second = shift_plan([stop("J2", at("10:30"), at("11:30"))], technician_id="T2")
    overlapping = used("J2", "10:30", "11:45", here="job:J1", travel_s=0)
    (finding,) = found([FIRST, second], [out([AT_J1, overlapping])])
    assert (finding.measured, finding.limit, finding.over, finding.unit) == (-15, 0, 15, "min")


def test_a_way_that_begins_elsewhere() -> None:
    astray = used("J2", "11:00", "12:15", here="branch:B1")
    (finding,) = found([FIRST, SECOND], [out([AT_J1, astray])])
    assert (finding.job_id, finding.over, finding.unit) == ("J2", 1, "mismatch")


def test_hours_of_issue() -> None:
    # shifts start at 09:00, so tools leave from 08:00: 09:30 takes no more than 90 min of way
    assert found([FIRST], [out([used("J1", "09:30", "10:45", travel_s=5400)])]) == []
    (finding,) = found([FIRST], [out([used("J1", "09:30", "10:45", travel_s=5460)])])
    assert (finding.measured, finding.limit, finding.over) == (90, 91, 1)
    # they end at 18:00 with 2 h of overtime: tools are back by 21:00
    evening = shift_plan([stop("J1", at("18:00"), at("19:00"))])
    late = used("J1", "18:00", "19:15")
    assert found([evening], [out([late], back_s=6300)]) == []
    (finding,) = found([evening], [out([late], back_s=6360)])
    assert (finding.job_id, finding.over) == (None, 1)


def test_out_on_a_day_on_which_nobody_works() -> None:
    of = OF.model_copy(update={"technicians": (technician(shifts=()),)})
    (finding,) = found([], [out([AT_J1])], of=of)[-1:]
    assert finding.sentence == "The hoist 1 of B1 is out on 2026-07-15, when no tool leaves."


def test_every_part_of_a_long_job_needs_it() -> None:
    of = scenario(PEOPLE, (LIFT,), branches=[ONE_HOIST], days=2)
    second = shift_plan([stop("J1", at("09:30", NEXT_DAY), at("10:30", NEXT_DAY), part=1)], day=NEXT_DAY)
    (finding,) = found([FIRST, second], [out([AT_J1])], of=of)
    assert (finding.day, finding.measured, finding.limit) == (NEXT_DAY, 0, 1)


def test_lay_out_lends_what_the_branch_in_charge_has() -> None:
    branches = [
        branch(shared_tools={"hoist": 5, "ladder truck": 1}),
        branch(branch_id="B2", place=north(20), shared_tools={"hoist": 3}),
    ]
    jobs = [
        job(job_id="J1", shared_tools=("hoist", "hoist")),
        job(job_id="J2", shared_tools=("hoist", "nitrogen")),
        job(job_id="J3", shared_tools=("hoist",), place=north(19)),
        job(job_id="J4"),
    ]
    layout = LayoutRecording()
    RULE.lay_out(scenario(PEOPLE, jobs, branches=branches), PARAMS, layout)
    assert layout.lent == {
        ("B1", "hoist"): (2, frozenset({"J1", "J2"})),  # five, but only two jobs
        ("B1", "nitrogen"): (0, frozenset({"J2"})),
        ("B2", "hoist"): (1, frozenset({"J3"})),
    }


def test_compile_issues_and_forbids() -> None:
    jobs = [job(shared_tools=("hoist", "nitrogen")), AGAIN, job(job_id="J3")]
    of = scenario(PEOPLE, jobs, branches=[ONE_HOIST])
    draft = Recording(of)
    RULE.compile(of, SharedToolParams(handover_min=20), draft)
    assert draft.issued == {("B1", "hoist"): Issued({DAY: (at("08:00"), at("21:00"))}, 1200)}
    assert draft.forbidden == {("J1", ShiftKey("T1", DAY)), ("J1", ShiftKey("T2", DAY))}


def test_compile_is_silent_without_such_jobs() -> None:
    of = scenario(PEOPLE, [job()], branches=[ONE_HOIST])
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.calls == []


def test_compiled_rows() -> None:
    jobs = [LIFT, job(job_id="J2", shared_tools=("hoist", "nitrogen"))]
    of = scenario([technician()], jobs, branches=[ONE_HOIST])
    made = compile_scenario(of)
    problem, bit = made.problem, 1 << made.names.codes.index("SHARED_TOOL")
    assert [str(one) for one in made.tools] == ["hoist 1 of B1 on 2026-07-15"]
    assert [one.tool for one in made.visits.rows] == ["", "", "hoist", "hoist", "nitrogen"]
    # J1 goes; J2 does not, for want of nitrogen, which no other shift brings either
    assert ((problem.forbidden & bit) > 0).tolist() == [
        [False, True],
        [True, True],
        [True, False],
        [True, False],
        [True, True],
    ]
    assert problem.service_s[2, problem.service_class[1]] == (60 + 15) * 60
    assert (problem.start_s[1], problem.latest_end_s[1]) == (8 * 3600, 21 * 3600)


def test_a_tool_that_no_branch_has_is_nobodys_to_bring() -> None:
    made = compile_scenario(scenario([technician()], [LIFT]))
    assert made.tools == ()
    assert made.names.shifts == ("T1 on 2026-07-15",)
    assert made.problem.forbidden.all()


def test_solve_honours_it() -> None:
    # Both windows begin at 09:30, and two people are there; one hoist does one after the other.
    made = solved(OF)
    assert made.unserved == ()
    first, second = sorted(one.start for day in made.shifts for one in day.stops)
    assert second - first >= timedelta(minutes=75)
    (day,) = made.tools
    assert [one.end - one.start for one in day.stops] == [timedelta(minutes=75)] * 2
    free = solved(OF.model_copy(update={"policy": OF.policy.model_copy(update={"rules": OFF})}))
    assert free.tools == ()
    none = solved(scenario(PEOPLE, (LIFT, job(job_id="J3"))))
    assert none.unserved == ("J1",)


OFF = {"SHARED_TOOL": {"active": False}}
