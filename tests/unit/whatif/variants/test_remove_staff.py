"""Fewer people: nothing points to who is gone."""

from typing import Any

import pytest

from optimizer.domain.approval import Approval, ApprovedTool, ApprovedVisit
from optimizer.domain.job import Customer, Rework, UnderWay
from optimizer.domain.lines import Line, Station
from optimizer.domain.place import Place
from optimizer.domain.promise import Pin, Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Certificate
from optimizer.domain.ties import Crew
from optimizer.domain.time import Window
from optimizer.domain.travel import DEFAULT_PROFILES, Travel
from tests.unit.rules.build import DAY, at, branch, job, north, scenario, technician
from tests.unit.whatif.variants.say import after, refused


def base(**facts: Any) -> Scenario:
    people = [
        technician(technician_id="T1", skills={"repair": 5}),
        technician(technician_id="T2", branch_id="B2", certificates=(Certificate(name="electrician"),)),
        technician(technician_id="T3", level=5),
    ]
    return scenario(people, branches=[branch(), branch(branch_id="B2", place=north(20))], **facts)


def without(gone: str, **facts: Any) -> Scenario:
    return after(base(**facts), "remove_staff", who={"technician_ids": [gone]})


def left(who: dict[str, Any]) -> list[str]:
    return [one.technician_id for one in after(base(), "remove_staff", who=who).technicians]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"technician_ids": ["T2", "T1"]}, ["T3"]),
        ({"branch_ids": ["B1"]}, ["T2"]),
        ({"skills": {"repair": 4}}, ["T2", "T3"]),
        ({"least_level": 4}, ["T1", "T2"]),
        ({"certificates": ["electrician"]}, ["T1", "T3"]),
        ({"count": 2}, ["T1"]),
        ({"count": 1, "branch_ids": ["B1"]}, ["T1", "T2"]),
        ({"hours": {"start": "09:00", "end": "18:00"}, "count": 1}, ["T1", "T2"]),
    ],
)
def test_who_goes(who: dict[str, Any], expected: list[str]) -> None:
    assert left(who) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"technician_ids": ["T1", "T9"]}, [("unknown-technician", "who.technician_ids[1]")]),
        (
            {"branch_ids": ["B9"], "skills": {"repar": 1}},
            [("unknown-branch", "who.branch_ids[0]"), ("unknown-skill", "who.skills.repar")],
        ),
        ({"certificates": ["electricians"]}, [("unknown-certificate", "who.certificates[0]")]),
        ({"branch_ids": ["B2"], "least_level": 5}, [("nobody", "who")]),
        ({"hours": {"start": "08:00", "end": "17:00"}}, [("nobody", "who")]),
        ({"branch_ids": ["B1"], "count": 3}, [("too-few-people", "who.count")]),
    ],
)
def test_nobody_goes(who: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert refused(base(), "remove_staff", who=who) == expected


def test_a_pin_loses_its_person_and_goes_when_nothing_is_left() -> None:
    pins = [Pin(job_id="J1", technician_id="T1", day=DAY), Pin(job_id="J2", technician_id="T1")]
    made = without("T1", jobs=[job(), job(job_id="J2")], pins=pins)
    assert made.pins == (Pin(job_id="J1", day=DAY),)


def test_a_mate_is_pinned_no_more() -> None:
    pins = [Pin(job_id="J1", technician_id="T1", mates={"T3": 1})]
    made = without("T3", jobs=[job(seats=2)], pins=pins)
    assert made.pins == (Pin(job_id="J1", technician_id="T1"),)


def promised(who: str, **facts: Any) -> Promise:
    window = Window(start=at("10:00"), end=at("12:00"))
    return Promise(job_id="J1", technician_id=who, window=window, start=at("10:30"), **facts)


def test_what_a_customer_was_promised_stays_as_an_appointment() -> None:
    made = without("T1", promises=[promised("T3"), promised("T1")])
    assert (made.promises, made.jobs[0].windows) == ((), (promised("T1").window,))


def test_an_older_promise_goes_alone() -> None:
    made = without("T1", promises=[promised("T1"), promised("T3")])
    assert (made.promises, made.jobs[0].windows) == ((promised("T3"),), ())


def test_what_was_told_nobody_binds_nobody() -> None:
    made = without("T1", promises=[promised("T1", told=False)])
    assert (made.promises, made.jobs[0].windows) == ((), ())


def test_who_is_asked_for_another_time_has_no_window() -> None:
    window = Window(start=at("08:00"), end=at("09:00"))
    made = without("T1", jobs=[job(windows=(window,))], promises=[promised("T1", asked=True)])
    assert (made.promises, made.jobs[0].windows) == ((), ())


def test_a_promise_that_is_past_is_no_appointment() -> None:
    made = without("T1", promises=[promised("T1")], now=at("13:00"))
    assert (made.promises, made.jobs[0].windows) == ((), ())


def test_crews_customers_and_work_under_way() -> None:
    crews = [Crew(crew_id="C1", members=("T1", "T2", "T3")), Crew(crew_id="C2", members=("T4", "T5"))]
    customer = Customer(customer_id="C", known_technicians=("T4", "T1"), refused_technicians=("T4",))
    rework = Rework(installed_by="T4", installed_on=DAY, fault="other")
    under_way = UnderWay(state="on_the_way", at=at("08:55"), day=DAY, technicians=("T4",))
    known = base(jobs=[job(customer=customer, rework=rework, under_way=under_way)], now=at("09:00"))
    people = (*known.technicians, technician(technician_id="T4"), technician(technician_id="T5"))
    known = known.model_copy(update={"technicians": people, "crews": tuple(crews)})
    made = after(known, "remove_staff", who={"technician_ids": ["T3", "T4"]})
    assert made.crews == (Crew(crew_id="C1", members=("T1", "T2")),)
    (one,) = made.jobs
    assert one.customer is not None
    assert (one.customer.known_technicians, one.customer.refused_technicians) == (("T1",), ())
    assert one.under_way is None
    assert one.rework == rework


def test_approved_visits_are_given_back_with_crew_and_tool() -> None:
    visits = tuple(
        ApprovedVisit(job_id=job_id, technician_id=who, start=at("10:00"), seat=seat)
        for job_id, who, seat in (("J1", "T1", 0), ("J1", "T3", 1), ("J2", "T2", 0))
    )
    tools = tuple(
        ApprovedTool(job_id=job_id, branch_id="B1", tool="hoist", piece=1) for job_id in ("J1", "J2")
    )
    day = Approval(day=DAY, by="manager", at=at("08:00"), visits=visits, tools=tools)
    known = base(jobs=[job(seats=2), job(job_id="J2", place=north(8))])
    made = after(
        known.model_copy(update={"approvals": (day,)}), "remove_staff", who={"technician_ids": ["T3"]}
    )
    (kept,) = made.approvals
    assert [one.job_id for one in kept.visits] == ["J2"]
    assert [one.job_id for one in kept.tools] == ["J2"]


def test_trains_that_nobody_left_may_take_are_gone() -> None:
    stations = (
        Station(name="Changsha", place=north(1), minutes=0),
        Station(name="Wuhan", place=Place(lat=30.6, lon=114.3), minutes=90, fare_cents=16_000),
    )
    line = Line(name="G1", by="train", stations=stations)
    known = base()
    people = (*known.technicians, technician(technician_id="T4", means="long_distance"))
    travel = Travel(profiles=DEFAULT_PROFILES, lines=(line,))
    known = known.model_copy(update={"technicians": people, "travel": travel})
    assert after(known, "remove_staff", who={"technician_ids": ["T1"]}).travel.lines == (line,)
    assert after(known, "remove_staff", who={"technician_ids": ["T4"]}).travel.lines == ()


def test_everybody_may_go() -> None:
    assert after(base(), "remove_staff", who={"count": 3}).technicians == ()
