"""Making a plan of tied routes: seats, parts and shared tools in business words."""

from optimizer.compile import ScenarioDraft, ScenarioLayout
from optimizer.compile.compiled import Compiled
from optimizer.domain.plan import Provenance
from optimizer.domain.technician import Shift
from optimizer.problem import Routes
from optimizer.schedule.agree import Agreed, agree
from optimizer.schedule.plan import make_plan
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, north, scenario, technician

HAND = Provenance(engine="hand", seed=0, iterations=0, ended_by="finished")
HOUR = 3600
PEOPLE = tuple(
    technician(technician_id=name, shifts=(Shift(day=DAY), Shift(day=NEXT_DAY))) for name in ("T1", "T2")
)
OF = scenario(PEOPLE, (job(), job(job_id="J2", place=north(3))), days=2)
LEADS, COMES, THING, LEADS_AGAIN, COMES_AGAIN, THING_AGAIN = 0, 2, 3, 4, 5, 6
"""Rows of J1's visits on both days; J2 has row 1."""


def compiled() -> Compiled:
    """Return J1 for two people with one hoist on two days, 2 h each; J2 is plain and takes an hour."""
    layout = ScenarioLayout(OF)
    layout.crew(["J1"], 2)
    layout.split(["J1"], 2)
    layout.lend("B1", "hoist", 1, ["J1"])
    draft = ScenarioDraft(OF, layout)
    shifts = [one.key for one in draft.shifts]
    draft.serve(["J1"], shifts, service_s=4 * HOUR)
    draft.serve(["J2"], shifts, service_s=HOUR)
    for one in draft.shifts:
        draft.bound(one.key, start=one.start, end=one.end, latest_end=one.end)
    draft.issue(
        "B1", "hoist", {day: (at("08:00", day), at("20:00", day)) for day in (DAY, NEXT_DAY)}, handover_s=900
    )
    return draft.compiled(service_first=True)


def test_everybody_stands_in_the_plan_with_seat_and_part() -> None:
    question = compiled()
    # T1 and T2 on the first day, on the second, then the hoist on both; T2 does J2 first.
    stops = ((LEADS,), (LEADS_AGAIN,), (1, COMES), (COMES_AGAIN,), (THING,), (THING_AGAIN,))
    found = agree(question.problem, stops)
    assert isinstance(found, Agreed)
    plan = make_plan(question, Routes(stops, (), found.starts), HAND)
    assert [(one.technician_id, one.day) for one in plan.shifts] == [
        ("T1", DAY),
        ("T1", NEXT_DAY),
        ("T2", DAY),
        ("T2", NEXT_DAY),
    ]
    visits = [
        (stop.job_id, stop.seat, stop.part, f"{stop.start:%H:%M}", f"{stop.end:%H:%M}")
        for shift in plan.shifts
        for stop in shift.stops
    ]
    # T2 is at J2 (300 s away) from 09:05 to 10:05 and at J1 (300 s on) by 10:10.
    assert visits == [
        ("J1", 0, 0, "10:10", "12:10"),
        ("J1", 0, 1, "09:10", "11:10"),
        ("J2", 0, 0, "09:05", "10:05"),
        ("J1", 1, 0, "10:10", "12:10"),
        ("J1", 1, 1, "09:10", "11:10"),
    ]
    assert plan.unserved == ()


def test_a_tool_has_a_day_of_its_own_and_its_ways_are_in_the_travel_data() -> None:
    question = compiled()
    stops = ((LEADS,), (LEADS_AGAIN,), (COMES,), (COMES_AGAIN,), (THING,), (THING_AGAIN,))
    found = agree(question.problem, stops)
    assert isinstance(found, Agreed)
    plan = make_plan(question, Routes(stops, (1,), found.starts), HAND)
    first, second = plan.tools
    assert [(one.branch_id, one.tool, one.piece, one.day, one.means) for one in (first, second)] == [
        ("B1", "hoist", 1, DAY, "car"),
        ("B1", "hoist", 1, NEXT_DAY, "car"),
    ]
    (stop,) = second.stops
    # Two hours and 15 minutes of handing over; it leaves in time for the start.
    assert (stop.job_id, stop.part, stop.start, stop.end) == (
        "J1",
        1,
        at("09:10", NEXT_DAY),
        at("11:25", NEXT_DAY),
    )
    assert (stop.leg.departure, stop.leg.arrival) == (at("09:00", NEXT_DAY), at("09:10", NEXT_DAY))
    assert (second.last_leg.to_place, second.last_leg.arrival) == ("branch:B1", at("11:35", NEXT_DAY))
    ways = {(one.means, one.from_place, one.to_place) for one in plan.travel.legs}
    assert ways == {("car", "branch:B1", "job:J1"), ("car", "job:J1", "branch:B1")}


def test_a_plain_plan_says_nothing_of_seats_and_tools() -> None:
    written = make_plan(compiled(), Routes(((1,), *[()] * 5), (0,)), HAND).model_dump_json()
    assert '"seat"' not in written
    assert '"part"' not in written
    assert '"tools"' not in written
