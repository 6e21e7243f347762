from datetime import date, datetime, timedelta

from optimizer.domain.plan import Leg, Restock, ShiftPlan, Stop, ToolPlan, ToolStop

AT = datetime.fromisoformat("2026-07-15T09:00:00+08:00")


def leg(here: str, there: str) -> Leg:
    return Leg(
        from_place=here, to_place=there, departure=AT, arrival=AT, travel_s=0, distance_m=0
    )  # times do not matter here


def stop(job: str, here: str) -> Stop:
    return Stop(job_id=job, leg=leg(here, f"job:{job}"), start=AT, end=AT, service_s=0)


def restock(branch: str, before: int, here: str) -> Restock:
    return Restock(
        branch_id=branch,
        before=before,
        leg=leg(here, f"branch:{branch}"),
        start=AT,
        end=AT + timedelta(minutes=10),
        picked_up={"board": 1},
    )


def day(stops: tuple[Stop, ...], restocks: tuple[Restock, ...]) -> ShiftPlan:
    return ShiftPlan(
        technician_id="T1",
        day=date(2026, 7, 15),
        means="car",
        departure=AT,
        stops=stops,
        restocks=restocks,
        last_leg=leg("job:J2", "home:T1"),
    )


def test_halts_at_branches_stand_between_the_stops_they_come_before() -> None:
    one, two = stop("J1", "branch:B1"), stop("J2", "branch:B2")
    first, second, third = (
        restock("B1", 0, "home:T1"),
        restock("B3", 1, "job:J1"),
        restock("B2", 1, "branch:B3"),
    )
    plan = day((one, two), (first, second, third))
    assert plan.halts == (first, one, second, third, two)
    assert plan.first_leg == first.leg
    assert [way.to_place for way in plan.legs] == [
        "branch:B1",
        "job:J1",
        "branch:B3",
        "branch:B2",
        "job:J2",
        "home:T1",
    ]


def test_a_halt_behind_more_stops_than_there_are_comes_last() -> None:
    one, late = stop("J1", "home:T1"), restock("B1", 5, "job:J1")
    assert day((one,), (late,)).halts == (one, late)


def test_a_day_without_halts_at_branches_is_written_as_ever() -> None:
    plan = day((stop("J1", "home:T1"),), ())
    assert plan.halts == plan.stops
    assert "restocks" not in plan.model_dump()
    loaded = day((stop("J1", "home:T1"),), (restock("B1", 0, "home:T1"),))
    assert ShiftPlan.model_validate(loaded.model_dump()) == loaded


def test_the_ways_of_a_tool_end_with_the_one_back() -> None:
    there = leg("branch:B1", "job:J1")
    tool = ToolPlan(
        branch_id="B1",
        tool="hoist",
        piece=1,
        day=AT.date(),
        means="car",
        stops=(ToolStop(job_id="J1", leg=there, start=AT, end=AT),),
        last_leg=leg("job:J1", "branch:B1"),
    )
    assert tool.legs == (there, tool.last_leg)
