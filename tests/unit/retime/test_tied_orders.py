"""Orders with crews, chains, long jobs and shared tools: who sits where, what is a mistake and what is a finding."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import OrderedDay, OrderedTool, Orders
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.ties import After, Seat
from optimizer.domain.time import Window
from optimizer.errors import InvalidInput
from optimizer.retime import order_issues, orders_of, retime
from tests.unit import crew_day
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, job, north, scenario, technician

THREE = tuple(technician(technician_id=name) for name in ("T1", "T2", "T3"))
NO_REST = tuple(
    technician(technician_id=name, shifts=(Shift(day=DAY, rest="none"), Shift(day=NEXT_DAY, rest="none")))
    for name in ("T1", "T2", "T3")
)
CREW = job(seats=2)
SECOND = job(job_id="J2", seats=2)


def orders(
    routes: Mapping[str, Sequence[str]], *, day: date = DAY, tools: Sequence[OrderedTool] = (), **seats: Any
) -> Orders:
    """Return who does what on one day: technician → jobs in order; `seats` by technician."""
    days = (
        OrderedDay(technician_id=who, day=day, jobs=tuple(jobs), seats=seats.get(who, {}))
        for who, jobs in routes.items()
    )
    return Orders(routes=tuple(days), tools=tuple(tools))


def hoist(*jobs: str, piece: int = 1, **facts: Any) -> OrderedTool:
    plain = OrderedTool(branch_id="B1", tool="hoist", piece=piece, day=DAY, jobs=jobs)
    return plain.model_copy(update=facts)


def visits(document: PlanDocument) -> dict[str, list[tuple[str, int, str]]]:
    """Return technician → job, seat and clock of the start."""
    return {
        shift.technician_id: [(stop.job_id, stop.seat, f"{stop.start:%H:%M}") for stop in shift.stops]
        for shift in document.plan.shifts
    }


def codes(document: PlanDocument) -> dict[str, float]:
    """Return how much is broken of each rule."""
    found: dict[str, float] = {}
    for one in document.assessment.findings:
        found[one.code] = found.get(one.code, 0) + one.over
    return found


def problems(of: Scenario, asked: Orders) -> dict[str, str]:
    found = order_issues(of, asked)
    assert all(one.cause and one.action for one in found)
    return {one.path: one.code for one in found}


# who sits where


def test_a_crew_starts_together_and_the_first_technician_leads() -> None:
    document = retime(scenario(THREE, [CREW, job(job_id="J2")]), orders({"T2": ["J1"], "T1": ["J2", "J1"]}))
    # T1 is at J2 from 09:10 to 10:10, at the same house.
    assert visits(document) == {"T1": [("J2", 0, "09:10"), ("J1", 0, "10:10")], "T2": [("J1", 1, "10:10")]}
    assert codes(document) == {}


def test_who_leads_has_the_skill() -> None:
    people = [technician(skills={"installation": 3}), technician(technician_id="T2")]
    asked = scenario(people, [job(seats=2, mates=(Seat(skills={"installation": 1}),))])
    document = retime(asked, orders({"T1": ["J1"], "T2": ["J1"]}))
    assert visits(document) == {"T1": [("J1", 1, "09:10")], "T2": [("J1", 0, "09:10")]}
    assert codes(document) == {}


def test_mates_change_places_so_that_everybody_fits() -> None:
    # T1 leads. T2 could take either seat beside, T3 only the first one.
    people = [
        technician(),
        technician(technician_id="T2", skills={"welding": 1, "wiring": 1}),
        technician(technician_id="T3", skills={"welding": 1}),
    ]
    mates = (Seat(skills={"welding": 1}), Seat(skills={"wiring": 1}))
    document = retime(
        scenario(people, [job(seats=3, mates=mates)]), orders({"T1": ["J1"], "T2": ["J1"], "T3": ["J1"]})
    )
    assert [visits(document)[who][0][1] for who in ("T1", "T2", "T3")] == [0, 2, 1]
    assert codes(document) == {}


def test_a_seat_that_is_named_is_kept() -> None:
    document = retime(scenario(THREE, [CREW]), orders({"T1": ["J1"], "T2": ["J1"]}, T1={"J1": 1}))
    assert {who: stops[0][1] for who, stops in visits(document).items()} == {"T1": 1, "T2": 0}


def test_too_few_people_are_a_finding() -> None:
    document = retime(scenario(THREE, [CREW]), orders({"T2": ["J1"]}))
    assert visits(document) == {"T2": [("J1", 0, "09:10")]}
    assert codes(document)["CREW"] == 1


def test_too_many_people_are_a_finding() -> None:
    document = retime(scenario(THREE, [CREW]), orders({"T1": ["J1"], "T2": ["J1"], "T3": ["J1"]}))
    assert [stops[0][1] for stops in visits(document).values()] == [0, 1, 1]
    assert codes(document)["CREW"] == 1


def test_two_on_one_seat_are_a_finding() -> None:
    both_lead = orders({"T1": ["J1"], "T2": ["J1"]}, T1={"J1": 0}, T2={"J1": 0})
    document = retime(scenario(THREE, [CREW]), both_lead)
    assert [stops[0][1] for stops in visits(document).values()] == [0, 0]
    assert codes(document)["PLAN"] > 0


# long jobs


def test_the_days_of_a_long_job_are_its_parts() -> None:
    # 20 h in three parts, since no day can hold more than 540 minutes with the way there and back.
    long = job(duration_min=20 * 60)
    people = [technician(shifts=tuple(Shift(day=day, rest="none") for day in crew_day.DAYS))]
    asked = scenario(people, [long], days=3)
    days = [
        OrderedDay(technician_id="T1", day=day, jobs=("J1",))
        for day in (crew_day.DAYS[2], crew_day.DAYS[0], crew_day.DAYS[1])
    ]
    document = retime(asked, Orders(routes=tuple(days)))
    assert [(shift.day, shift.stops[0].part) for shift in document.plan.shifts] == [
        (day, part) for part, day in enumerate(crew_day.DAYS)
    ]
    assert codes(document) == {}
    lacking = retime(asked, Orders(routes=tuple(days[1:])))
    assert codes(lacking) == {"PLAN": 1, "DURATION": 400}


# chains


def test_the_second_of_a_chain_waits() -> None:
    jobs = [job(), job(job_id="J2", after=(After(job_id="J1", min_gap_min=30),))]
    document = retime(scenario(THREE, jobs), orders({"T1": ["J1"], "T2": ["J2"]}))
    assert visits(document)["T2"] == [("J2", 0, "10:40")]  # 09:10 + 60 + 30
    assert codes(document) == {}


def test_a_chain_in_the_wrong_order_is_a_finding() -> None:
    jobs = [job(), job(job_id="J2", after=(After(job_id="J1"),))]
    document = retime(scenario(THREE, jobs), orders({"T1": ["J2", "J1"]}))
    assert visits(document) == {"T1": [("J2", 0, "09:10"), ("J1", 0, "10:10")]}
    assert codes(document) == {"PRECEDENCE": 120}  # J1 is over at 11:10


def test_nobody_waits_overnight_for_a_chain() -> None:
    jobs = [job(), job(job_id="J2", after=(After(job_id="J1", next_working_day=True),))]
    asked = scenario(NO_REST, jobs, days=2)
    document = retime(asked, orders({"T1": ["J1"], "T2": ["J2"]}))
    assert visits(document)["T2"] == [("J2", 0, "09:10")]
    assert set(codes(document)) == {"PRECEDENCE"}


def test_the_longest_gap_gives_way_before_anybody_is_late() -> None:
    # J1 must start by 09:30 and ends by 10:30 then; J2 is wanted from 14:00 on, 2 h later at most: 90 min too long.
    jobs = [
        job(windows=(Window(start=at("09:00"), end=at("09:30")),)),
        job(
            job_id="J2",
            after=(After(job_id="J1", max_gap_min=120),),
            windows=(Window(start=at("14:00"), end=at("15:00")),),
        ),
    ]
    document = retime(scenario(THREE, jobs), orders({"T1": ["J1"], "T2": ["J2"]}))
    assert visits(document)["T2"] == [("J2", 0, "14:00")]
    assert set(codes(document)) == {"PRECEDENCE"}


# what gives way


def test_the_window_of_a_crew_gives_way_by_what_is_late() -> None:
    # T1 is at J2 from 09:10 to 10:10; J1 at the same house should have started by 09:30.
    jobs = [job(seats=2, windows=(Window(start=at("09:00"), end=at("09:30")),)), job(job_id="J2")]
    document = retime(scenario(THREE, jobs), orders({"T1": ["J2", "J1"], "T2": ["J1"]}))
    assert {stop for stops in visits(document).values() for stop in stops} == {
        ("J2", 0, "09:10"),
        ("J1", 0, "10:10"),
        ("J1", 1, "10:10"),
    }
    assert codes(document)["APPOINTMENT"] == 40


def test_one_who_waits_for_the_crew_works_late() -> None:
    # T2 comes from 7 h of work at 16:10 and J1 takes 2 h; T1's day ends at 12:00: home at 18:20, 380 min late.
    short = technician(shifts=(Shift(day=DAY, end=at("12:00").time(), overtime_limit_min=0, rest="none"),))
    other = technician(technician_id="T2", shifts=(Shift(day=DAY, rest="none"),))
    jobs = [job(seats=2, duration_min=120), job(job_id="J2", duration_min=420)]
    document = retime(scenario([short, other], jobs), orders({"T1": ["J1"], "T2": ["J2", "J1"]}))
    assert visits(document)["T1"] == [("J1", 0, "16:10")]
    assert codes(document) == {"SHIFT": 380}


# shared tools


HOISTS = [branch(shared_tools={"hoist": 1})]


def lifting(job_id: str, **facts: Any) -> Any:
    return job(job_id=job_id, shared_tools=("hoist",), **facts)


def test_a_tool_goes_from_job_to_job() -> None:
    jobs = [lifting("J1"), lifting("J2", place=north(9))]
    document = retime(scenario(THREE, jobs, branches=HOISTS), orders({"T1": ["J1"], "T2": ["J2"]}))
    (tool,) = document.plan.tools
    # J1 09:10–10:10, handed over by 10:25, 300 s to J2
    assert [(stop.job_id, f"{stop.start:%H:%M}") for stop in tool.stops] == [("J1", "09:10"), ("J2", "10:30")]
    assert visits(document)["T2"] == [("J2", 0, "10:30")]
    assert codes(document) == {}


def test_the_piece_that_is_free_first_is_taken() -> None:
    jobs = [lifting("J1"), lifting("J2"), lifting("J3", place=north(3))]
    asked = scenario(THREE, jobs, branches=[branch(shared_tools={"hoist": 2})])
    document = retime(asked, orders({"T1": ["J1"], "T2": ["J2"], "T3": ["J3"]}))
    # J3 starts first (09:05), J1 and J2 at 09:10: J1 gets the second piece, J2 waits for the one that is free first.
    found = {one.piece: [stop.job_id for stop in one.stops] for one in document.plan.tools}
    assert found == {1: ["J3", "J2"], 2: ["J1"]}
    assert visits(document)["T2"] == [("J2", 0, "10:25")]  # 10:05 + 15 + 5


def test_a_tool_goes_first_to_who_cannot_wait() -> None:
    jobs = [
        lifting("J1"),
        lifting("J2", place=north(9), windows=(Window(start=at("09:15"), end=at("10:00")),)),
    ]
    document = retime(scenario(THREE, jobs, branches=HOISTS), orders({"T1": ["J1"], "T2": ["J2"]}))
    assert [stop.job_id for stop in document.plan.tools[0].stops] == ["J2", "J1"]
    assert codes(document) == {}


def test_a_job_that_no_tool_can_reach_is_done_without_one() -> None:
    now = (Window(start=at("09:00"), end=at("09:30")),)
    jobs = [lifting("J1", windows=now), lifting("J2", windows=now)]
    document = retime(scenario(THREE, jobs, branches=HOISTS), orders({"T1": ["J1"], "T2": ["J2"]}))
    assert {stops[0][2] for stops in visits(document).values()} == {"09:10"}
    assert codes(document) == {"SHARED_TOOL": 1}


def test_the_way_of_a_tool_can_be_given() -> None:
    jobs = [lifting("J1"), lifting("J2", place=north(9))]
    asked = scenario(THREE, jobs, branches=HOISTS)
    document = retime(asked, orders({"T1": ["J1"], "T2": ["J2"]}, tools=[hoist("J2", "J1")]))
    assert [stop.job_id for stop in document.plan.tools[0].stops] == ["J2", "J1"]
    assert codes(document) == {}


# mistakes


def test_what_contradicts_itself_is_refused_at_once() -> None:
    asked = scenario(THREE, [CREW, job(job_id="J2")], days=2)
    wrong = Orders(
        routes=(
            OrderedDay(technician_id="T1", day=DAY, jobs=("J1", "J1", "J2"), seats={"J1": 0, "J3": 1}),
            OrderedDay(technician_id="T2", day=DAY, jobs=("J1", "J2"), seats={"J1": 0}),
            OrderedDay(technician_id="T3", day=DAY, jobs=("J1",), seats={"J1": 2}),
            OrderedDay(technician_id="T3", day=NEXT_DAY, jobs=("J1",)),
        )
    )
    assert problems(asked, wrong) == {
        "routes[0].jobs[1]": "duplicate-job",
        "routes[0].seats.J3": "seat-without-job",
        "routes[1].jobs[1]": "duplicate-job",
        "routes[2].jobs[0]": "no-such-seat",
        "routes[3].jobs[0]": "too-many-days",
    }


def test_mistakes_in_the_ways_of_tools() -> None:
    asked = scenario(THREE, [lifting("J1"), lifting("J2"), job(job_id="J3")], branches=HOISTS)
    wrong = orders(
        {"T1": ["J1"], "T2": ["J3"]},
        tools=[
            hoist("J1", piece=2),
            hoist("J1", "J1", "J2", "J3"),
            hoist(tool="crane"),
            hoist(day=NEXT_DAY),
            hoist(),
        ],
    )
    # one piece, however many jobs
    assert problems(asked, wrong) == {
        "tools[0]": "unknown-tool",
        "tools[1].jobs[1]": "duplicate-job",
        "tools[1].jobs[2]": "tool-without-people",
        "tools[1].jobs[3]": "tool-not-needed",
        "tools[2]": "unknown-tool",
        "tools[3]": "unknown-tool",
        "tools[4]": "duplicate-tool",
    }


def test_crews_in_opposite_order_are_refused_with_their_names() -> None:
    asked = scenario(THREE, [CREW, SECOND, job(job_id="J3")])
    against = orders({"T1": ["J1", "J3", "J2"], "T2": ["J2", "J1"]})
    (issue,) = order_issues(asked, against)
    assert (issue.code, issue.path) == ("circular-wait", "routes[0].jobs[2]")
    assert "T1 on 2026-07-15: J1 before J2" in issue.cause
    assert "T2 on 2026-07-15: J2 before J1" in issue.cause
    with pytest.raises(InvalidInput, match="wait for ever"):
        retime(asked, against)


def test_a_circle_over_three_people_and_each_circle_by_itself() -> None:
    jobs = [job(job_id=f"J{i}", seats=2) for i in range(1, 6)]
    people = [technician(technician_id=f"T{i}") for i in range(1, 6)]
    circle = {
        "T1": ["J1", "J2"],
        "T2": ["J2", "J3"],
        "T3": ["J3", "J1"],
        "T4": ["J4", "J5"],
        "T5": ["J5", "J4"],
    }
    found = order_issues(scenario(people, jobs), orders(circle))
    assert [one.code for one in found] == ["circular-wait", "circular-wait"]
    assert {one.path.split(".")[0] for one in found} == {"routes[0]", "routes[3]"}


def test_a_circle_through_a_tool() -> None:
    asked = scenario(THREE, [lifting("J1"), lifting("J2")], branches=HOISTS)
    against = orders({"T1": ["J1", "J2"]}, tools=[hoist("J2", "J1")])
    (issue,) = order_issues(asked, against)
    assert "hoist 1 of B1 on 2026-07-15: J2 before J1" in issue.cause


# there and back


def test_the_orders_of_a_plan_name_seats_and_tools() -> None:
    found = orders_of(crew_day.answer())
    seats = {one.technician_id: one.seats for one in found.routes if one.day == DAY}
    assert seats == {"T1": {"J2": 0}, "T2": {"J2": 1}, "T3": {}, "T4": {}}
    assert [(one.tool, one.jobs) for one in found.tools] == [
        ("hoist", ("J2", "J3")),
        ("nitrogen bottle", ("J5",)),
    ]


def test_a_day_with_everything_is_timed_as_it_was() -> None:
    asked, plan = crew_day.question(), crew_day.answer()
    document = retime(asked, orders_of(plan))
    assert codes(document) == {}
    assert document.plan.tools == plan.tools
    assert orders_of(document.plan) == orders_of(plan)
    again = retime(asked, orders_of(document.plan))
    assert again == document


def test_a_day_without_seats_and_tools_named_comes_to_the_same() -> None:
    asked, named = crew_day.question(), orders_of(crew_day.answer())
    bare = Orders(
        made_by=named.made_by, routes=tuple(one.model_copy(update={"seats": {}}) for one in named.routes)
    )
    assert retime(asked, bare) == retime(asked, named)


def test_plain_orders_keep_their_bytes() -> None:
    written = orders({"T1": ["J1"]}).model_dump_json()
    assert "seats" not in written
    assert "tools" not in written
