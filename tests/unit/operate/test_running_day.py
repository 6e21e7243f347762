"""A day is followed, planned again and closed; its report sets all of it beside the morning."""

from datetime import datetime

import pytest

from optimizer.control import Iterations
from optimizer.domain.event import (
    CallOff,
    Contacted,
    Finished,
    NoAccess,
    OrderRefused,
    Postponed,
    Started,
    ToolReplaced,
)
from optimizer.domain.time import Window
from optimizer.errors import InvalidInput
from optimizer.operate import RunningDay
from optimizer.planning import plan_scenario
from optimizer.replan import close_day
from tests.unit.operate.small_day import played
from tests.unit.replan.test_close import question
from tests.unit.rules.build import DAY, NEXT_DAY, at, scenario, technician

STOP = Iterations(50)


def morning() -> RunningDay:
    """T1 does J1 at 09:10, drives 100 s to J2, begins at 14:00 and is back at 15:11:40."""
    asked = question(now=at("07:30"))
    return RunningDay(asked, plan_scenario(asked, stop=Iterations(60)).plan, at("07:30"))


def go_on(day: RunningDay, now: datetime) -> None:
    found = day.ways_to_go_on(now, STOP)
    day.take(found, found.proposals[0], now)


@pytest.mark.parametrize(
    "clocks",
    [
        ("08:30",),
        ("09:05",),
        ("09:20",),
        ("12:00",),
        ("14:30",),
        ("18:00",),
        ("09:05", "09:06", "09:40", "14:10"),
    ],
)
def test_a_day_planned_again_for_nothing_is_reported_as_if_it_had_not_been(clocks: tuple[str, ...]) -> None:
    day = morning()
    told, plan = day.scenario, day.plan
    for clock in clocks:
        go_on(day, at(clock))
    found, plain = day.close(DAY, at("21:00")), close_day(told, plan, (), DAY, at("21:00"))
    assert found.report.as_it_was.shifts == plain.report.as_it_was.shifts
    same = {
        "done",
        "left_over",
        "assumed",
        "technicians",
        "clocks",
        "missed",
        "promises",
        "rules",
        "real_bill",
    }
    assert found.report.model_dump(include=same) == plain.report.model_dump(include=same)
    assert found.scenario.technicians == plain.scenario.technicians


def test_what_was_reported_before_a_re_plan_stays_true() -> None:
    day = morning()
    day.happened([Started(kind="started", job_id="J1", at=at("09:20"))])
    go_on(day, at("09:30"))
    day.happened([Finished(kind="finished", job_id="J1", at=at("10:55"))])
    (shift,) = day.close(DAY, at("21:00")).report.as_it_was.shifts
    first, second = shift.stops
    assert (first.leg.departure, first.start, first.end) == (at("09:00"), at("09:20"), at("10:55"))
    assert (second.job_id, second.leg.from_place, second.start) == ("J2", "job:J1", at("14:00"))


def test_late_reports_are_heard_all_or_none_and_every_mistake_has_its_place() -> None:
    day = morning()
    go_on(day, at("12:00"))  # J1 is taken to be done
    finished = Finished(kind="finished", job_id="J1", at=at("10:55"))
    nobody = NoAccess(kind="no_access", job_id="J1", at=at("11:00"))
    refused = OrderRefused(kind="order_refused", job_id="J1", technician_id="T1", at=at("09:00"))
    with pytest.raises(InvalidInput) as found:
        day.happened([finished, nobody, refused])
    assert {(one.code, one.path) for one in found.value.issues} >= {
        ("over-already", "events[1]"),
        ("planned-since", "events[2].kind"),
    }
    day.happened([finished])  # it was not heard: else it were over already


def test_whose_job_comes_back_was_called_before() -> None:
    day = morning()
    day.happened([Contacted(kind="contacted", job_id="J1", at=at("08:00"))])
    go_on(day, at("12:00"))  # J1 is taken to be done
    day.happened([NoAccess(kind="no_access", job_id="J1", at=at("09:40"))])
    (job,) = (one for one in day.ways_to_go_on(at("12:30"), STOP).scenario.jobs if one.job_id == "J1")
    assert job.desk.contacted_at == at("08:00")


def test_who_was_put_off_before_a_re_plan_waits_for_the_next_day() -> None:
    tomorrow = Window(start=at("10:00", NEXT_DAY), end=at("11:00", NEXT_DAY))
    day = morning()
    day.happened([Postponed(kind="postponed", job_id="J2", at=at("11:00"), windows=(tomorrow,))])
    go_on(day, at("11:05"))
    closed = day.close(DAY, at("21:00"))
    assert [(one.job_id, one.windows) for one in closed.scenario.jobs] == [("J2", (tomorrow,))]
    assert closed.report.left_over == ("J2",)
    assert closed.report.promises == ()  # the customer wanted it


def test_everything_that_was_driven_is_in_the_report() -> None:
    report = played().closed.report
    ill, other = report.technicians
    assert (ill.technician_id, ill.orders, ill.distance_km, ill.planned_km) == ("T1", 0, 0.0, 12.0)
    # To J2 in vain 6 km, 12 to J1, 3 to E1, 9 to J2 again, 6 home: an hour; five minutes in vain, 150 at work.
    assert (other.orders, other.in_vain, other.distance_km) == (3, 1, 36.0)
    assert round(60 * other.hours) == 60 + 5 + 150
    assert report.done == ("J1", "E1", "J2")
    (shift,) = report.as_it_was.shifts
    assert [(one.job_id, one.leg.from_place) for one in shift.stops] == [
        ("J1", "branch:B1"),  # by J2, where nobody opened
        ("E1", "job:J1"),
        ("J2", "job:E1"),
    ]


def test_changed_promises_are_those_of_the_morning() -> None:
    report = played().closed.report
    changes = [(one.job_id, one.technician_id, one.came, one.change) for one in report.promises]
    assert changes == [("J1", "T1", "T2", "late")]  # J2's customer did not open and named another time


def test_who_comes_to_work_without_a_plan_is_in_the_report() -> None:
    people = [technician(), technician(technician_id="T2", missing_tools=("multimeter",))]
    asked = scenario(people, question().jobs, now=at("07:30"))
    day = RunningDay(asked, plan_scenario(asked, stop=Iterations(60)).plan, at("07:30"))
    assert [shift.technician_id for shift in day.plan.shifts] == ["T1"]
    day.happened(
        [
            ToolReplaced(kind="tool_replaced", technician_id="T2", at=at("08:00")),
            CallOff(kind="call_off", technician_id="T1", at=at("08:00")),
        ]
    )
    go_on(day, at("08:05"))
    report = day.close(DAY, at("21:00")).report
    found = [(one.technician_id, one.orders, one.planned_km) for one in report.technicians]
    assert found == [("T1", 0, 14.0), ("T2", 2, 0.0)]
