"""What is left of the followed plan: halts that were made, shared tools that are out, ways that were broken off."""

from datetime import timedelta

import pytest

from optimizer.domain.event import Finished, Overrun, Started
from optimizer.domain.job import Job, UnderWay
from optimizer.domain.orders import OrderedTool
from optimizer.domain.plan import Plan, ToolPlan, ToolStop
from optimizer.domain.roster import ShiftKey
from optimizer.replan import DaySoFar, Visit, progress, reports_of
from optimizer.replan.following import orders_left
from optimizer.replan.pieces import renumbered
from optimizer.replan.progress import State
from optimizer.replan.whole_day import joined
from tests.unit import restock_day
from tests.unit.rules.build import DAY, at, branch, job, leg, plan, scenario, shift_plan, stop, technician

BOTTLE = "nitrogen bottle"


def begun(job_id: str, who: str, clock: str) -> Job:
    fact = UnderWay(state="started", at=at(clock), day=DAY, technicians=(who,), minutes=60)
    return job(job_id=job_id, under_way=fact, shared_tools=(BOTTLE,))


@pytest.mark.parametrize(("at_work_on", "halts"), [("J1", ["B2"]), ("J2", [])])
def test_a_halt_before_a_job_that_somebody_is_at_has_been_made(at_work_on: str, halts: list[str]) -> None:
    of = restock_day.question()
    made = restock_day.answer(of, "J1", "B2", "J2")
    fact = UnderWay(state="started", at=at("09:30"), day=DAY, technicians=("T1",), minutes=60)
    jobs = (
        one.model_copy(update={"under_way": fact}) if one.job_id == at_work_on else one
        for one in of.jobs
        if at_work_on == "J1" or one.job_id != "J1"  # done by then
    )
    left = of.model_copy(update={"jobs": tuple(jobs), "now": at("09:40")})
    (route, *_) = orders_left(made, left).routes
    assert [halt.branch_id for halt in route.restocks] == halts


def test_pieces_that_are_out_are_numbered_as_in_the_question() -> None:
    # the followed plan has J2, which has begun, with piece 2; the question gives the only piece that is out number 1
    of = scenario(
        [technician(), technician(technician_id="T2")],
        [job(job_id="J1", shared_tools=(BOTTLE,)), begun("J2", "T2", "09:00")],
        branches=[branch(shared_tools={BOTTLE: 2})],
    )
    tools = [
        OrderedTool(branch_id="B1", tool=BOTTLE, piece=number, day=DAY, jobs=(f"J{number}",))
        for number in (1, 2)
    ]
    assert [(one.piece, one.jobs) for one in renumbered(tools, of)] == [(2, ("J1",)), (1, ("J2",))]


def test_a_tool_that_nobody_needs_any_more_leaves_the_others_where_they_are() -> None:
    # the hoist's only job is done: no hoist is in the question any more, and T2 goes on with the bottle
    made = with_one_bottle()
    (bottle,) = made.tools
    hoist = bottle.model_copy(update={"tool": "hoist", "stops": bottle.stops[:1]})
    left = scenario(
        [technician(), technician(technician_id="T2")],
        [begun("J2", "T2", "10:30")],
        branches=[branch(shared_tools={BOTTLE: 1, "hoist": 1})],
        now=at("10:40"),
    )
    found = orders_left(made.model_copy(update={"tools": (bottle, hoist)}), left).tools
    assert [(one.tool, one.jobs) for one in found] == [(BOTTLE, ("J2",))]


def with_one_bottle() -> Plan:
    """T1 is at J1 from 09:10 to 10:10, T2 at J2 from 10:30 to 11:30; the bottle goes from one to the other."""
    of = scenario(
        [technician(), technician(technician_id="T2")],
        [job(job_id=one, shared_tools=(BOTTLE,)) for one in ("J1", "J2")],
    )
    tool = ToolPlan(
        branch_id="B1",
        tool=BOTTLE,
        piece=1,
        day=DAY,
        means="car",
        stops=(
            ToolStop(
                job_id="J1", leg=leg("branch:B1", "job:J1", at("09:10")), start=at("09:10"), end=at("10:20")
            ),
            ToolStop(
                job_id="J2", leg=leg("job:J1", "job:J2", at("10:30")), start=at("10:30"), end=at("11:40")
            ),
        ),
        last_leg=leg("job:J2", "branch:B1", at("11:50")),
    )
    days = [
        shift_plan([stop("J1", at("09:10"), at("10:10"))]),
        shift_plan([stop("J2", at("10:30"), at("11:30"))], technician_id="T2"),
    ]
    return plan(of, days, [tool])


def test_work_does_not_begin_before_its_shared_tool_is_there() -> None:
    made = with_one_bottle()
    told = (
        Started(kind="started", job_id="J1", at=at("09:10")),
        Overrun(kind="overrun", job_id="J1", at=at("09:50"), ends_at=at("11:00")),
    )
    days = progress(made, reports_of(made, told), at("10:45"), lambda *_: 600)
    (visit,) = days[ShiftKey("T2", DAY)].visits
    # J1 is done at 11:00, then the bottle drives ten minutes
    assert visit.state == "arrived"
    assert visit.started_s == at("11:10").timestamp()


def test_a_tool_that_is_free_in_time_holds_nobody_up() -> None:
    made = with_one_bottle()
    told = (Finished(kind="finished", job_id="J1", at=at("10:05")),)
    days = progress(made, reports_of(made, told), at("10:45"), lambda *_: 600)
    assert set(days) == {ShiftKey("T1", DAY), ShiftKey("T2", DAY)}
    assert days[ShiftKey("T2", DAY)].visits[0].started_s == at("10:30").timestamp()


def so_far(stops: list[str], visits: list[tuple[int, State]]) -> DaySoFar:
    """Return a day of these stops, an hour each from 09:10 on, of which those at these places were visited."""
    made = [
        stop(name, at("09:10") + row * timedelta(hours=1), at("10:00") + row * timedelta(hours=1))
        for row, name in enumerate(stops)
    ]
    seen = [
        Visit(
            made[row],
            state,
            made[row].leg.departure.timestamp(),
            made[row].leg.arrival.timestamp(),
            made[row].start.timestamp(),
            made[row].end.timestamp(),
            False,
        )
        for row, state in visits
    ]
    return DaySoFar(shift_plan(made), tuple(seen), f"job:{stops[-1]}", 0.0, 0, False)


def jobs_of(day: DaySoFar) -> list[str]:
    assert all(visit.stop in day.shift.stops for visit in day.visits)
    return [one.job_id for one in day.shift.stops]


def test_who_was_sent_elsewhere_first_comes_again() -> None:
    # on the way to J2, sent to J3 first, then at J2 after all, and planned again there
    earlier = joined(
        so_far(["J1", "J2"], [(0, "finished"), (1, "on_the_way")]), so_far(["J3", "J2"], [(0, "finished")])
    )
    again = earlier.shift.stops[1].model_copy()
    twice = earlier._replace(
        shift=earlier.shift.model_copy(update={"stops": (*earlier.shift.stops[:-1], again)}),
        visits=(*earlier.visits, earlier.visits[1]._replace(stop=again, state="started")),
    )
    whole = joined(twice, so_far(["J2"], [(0, "finished")]))
    assert jobs_of(whole) == ["J1", "J2", "J3", "J2"]
    assert [visit.state for visit in whole.visits] == ["finished", "failed", "finished", "finished"]


def test_what_is_carried_on_need_not_come_first() -> None:
    # the new plan has J3 before J2, to which somebody is on the way; J3 is cancelled before anybody sets out
    whole = joined(
        so_far(["J1", "J2"], [(0, "finished"), (1, "on_the_way")]), so_far(["J3", "J2"], [(1, "finished")])
    )
    assert jobs_of(whole) == ["J1", "J3", "J2"]
