from datetime import time, timedelta

import pytest

from optimizer.assess import assess, bill_of
from optimizer.domain.assessment import BillKind, BillLine
from optimizer.domain.plan import Rest
from optimizer.domain.technician import Shift
from optimizer.rules import RULES
from tests.unit import trip_days
from tests.unit.checker.sound import J1, J2, J3, SCENARIO, TECHNICIAN, clock, day, leg, plan
from tests.unit.rules import build

LAST_MORNING = clock("09:00") - timedelta(days=1)
# Only these soft rules: what the others charge is theirs to test.
PRICING = {"COMPLETE", "UNSERVED", "LATE", "OVERTIME", "TRAVEL"}
PRICED = build.scenario(
    (TECHNICIAN.model_copy(update={"shifts": (Shift(day=build.DAY, end=time(11), rest="none"),)}),),
    (
        J3,
        J2.model_copy(update={"dispatched_at": clock("08:00")}),
        J1.model_copy(update={"dispatched_at": LAST_MORNING}),
    ),
    rules={rule.code: {"active": False} for rule in RULES if not rule.hard and rule.code not in PRICING},
)


def line(kind: BillKind, cents: int) -> BillLine:
    return BillLine(code="X", kind=kind, quantity=1, unit="job", cents=cents, sentence="x")


def test_the_bill_adds_up_to_the_cent() -> None:
    bill = assess(PRICED, plan(day(), scenario=PRICED)).bill
    assert [(one.code, one.cents) for one in bill.lines] == [
        ("UNSERVED", 50_000),  # J3 is a normal job
        ("LATE", 3_000),  # J1 ends 10:10, 70 min more than a day after its dispatch
        ("OVERTIME", 250),  # back at 11:03:20: 200 s at 45 yuan an hour are 250.0 cents
        ("TRAVEL", 1_280),  # 6, 2 and 8 km at 80 cents: 480 + 160 + 640
        ("TRAVEL", 1_334),  # 600, 200 and 800 s at 30 yuan an hour: 500 + 166.7 + 666.7, each rounded
    ]
    assert bill.service_cents == 53_000
    assert bill.outlay_cents == 2_864
    assert bill.transfer_cents == 0
    assert bill.total_cents == 55_864


def test_outlay_transfer_and_service_price_are_added_up_apart() -> None:
    bill = bill_of([line("outlay", 1), line("transfer", 20), line("service", 300), line("outlay", 4_000)])
    assert (bill.outlay_cents, bill.transfer_cents, bill.service_cents) == (4_001, 20, 300)
    assert bill.total_cents == 4_321
    assert bill_of([]).total_cents == 0


def test_clocks_stand_in_the_order_of_jobs() -> None:
    clocks = assess(PRICED, plan(day(), scenario=PRICED)).clocks
    # J2, ordered at 08:00: by 18:00, and by 08:00 tomorrow.
    # J1, ordered yesterday at 09:00: by 18:00 yesterday, and by 09:00 today.
    assert [(one.job_id, one.state) for one in clocks] == [
        ("J2", "met"),
        ("J2", "met"),
        ("J1", "missed"),
        ("J1", "missed"),
    ]


def test_key_figures() -> None:
    kpis = assess(PRICED, plan(day(), scenario=PRICED)).kpis
    assert (kpis.jobs, kpis.served) == (3, 2)
    assert kpis.served_share == pytest.approx(2 / 3)
    assert kpis.unserved_weight == 2
    assert (kpis.clocks, kpis.clocks_met, kpis.on_time_share) == (4, 2, 0.5)
    assert (kpis.technicians_used, kpis.jobs_per_shift) == (1, 2.0)
    assert kpis.distance_km == 16.0
    assert kpis.travel_h == pytest.approx(1600 / 3600)
    assert kpis.service_h == pytest.approx((3600 + 300 + 1800) / 3600)
    assert kpis.waiting_h == pytest.approx(100 / 3600)  # 10:13:20 to 10:15 at J2's door
    assert kpis.overtime_h == pytest.approx(200 / 3600)
    assert kpis.largest_load_h == kpis.smallest_load_h == pytest.approx((1600 + 5700) / 3600)


def test_service_clocks_and_those_of_the_desk_are_counted_apart() -> None:
    reported = {"intake_at": clock("08:00")}
    jobs = (
        J1.model_copy(update=reported | {"dispatched_at": clock("08:40")}),
        J2,
        J3.model_copy(update={"supplier_needed": True, "intake_at": clock("08:00")}),
    )
    of = build.scenario((TECHNICIAN,), jobs)
    found = assess(of, plan(day(), scenario=of))
    service = [one for one in found.clocks if one.code in ("ARRIVE_NEAR", "REPLY_FAR", "COMPLETE")]
    # J1 arrives and finishes in time; J3 is left out: its answer is due at 20:00, its completion at 18:00 and
    # tomorrow at 08:00, which is open and not counted
    assert [(one.job_id, one.code, one.label, one.state) for one in service] == [
        ("J1", "ARRIVE_NEAR", "", "met"),
        ("J1", "COMPLETE", "target", "met"),
        ("J1", "COMPLETE", "limit", "met"),
        ("J3", "REPLY_FAR", "", "missed"),
        ("J3", "COMPLETE", "target", "missed"),
        ("J3", "COMPLETE", "limit", "open"),
    ]
    assert (found.kpis.clocks, found.kpis.clocks_met, found.kpis.on_time_share) == (5, 3, 0.6)
    desk = [one for one in found.clocks if one not in service and one.state != "open"]
    assert {one.code for one in desk} >= {"DISPATCH"}
    assert found.kpis.desk_clocks == len(desk)
    assert found.kpis.desk_clocks_met == sum(one.state != "missed" for one in desk) < len(desk)


def test_rests_are_no_waiting() -> None:
    # half an hour at J1's door from 09:10, ten minutes of it rest; a rest before leaving, one after
    one, two = day().stops
    later = timedelta(minutes=30)
    moved = one.model_copy(update={"start": one.start + later, "end": one.end + later})
    next_leg = leg("job:J1", "job:J2", "10:40", "10:43:20")
    then = two.model_copy(update={"leg": next_leg, "start": clock("10:43:20"), "end": clock("11:18:20")})
    rests = tuple(
        Rest(kind="absence", start=clock(start), end=clock(end))
        for start, end in (("08:30", "09:00"), ("09:20", "09:30"), ("11:31:40", "12:00"))
    )
    made = day(stops=(moved, then), rests=rests, last_leg=leg("job:J2", "branch:B1", "11:18:20", "11:31:40"))
    assert assess(SCENARIO, plan(made)).kpis.waiting_h == pytest.approx(20 / 60)


def test_the_longest_and_the_shortest_day() -> None:
    second = TECHNICIAN.model_copy(update={"technician_id": "T2"})
    two = build.scenario((TECHNICIAN, second), (J1, J2, J3))
    one_stop, other_stop = day().stops
    first_day = day(stops=(one_stop,), last_leg=leg("job:J1", "branch:B1", "10:10", "10:20"))
    way_there = leg("branch:B1", "job:J2", "10:00", "10:13:20")
    alone = other_stop.model_copy(update={"leg": way_there})
    second_day = day(technician_id="T2", departure=clock("10:00"), stops=(alone,))
    kpis = assess(two, plan(first_day, second_day, scenario=two)).kpis
    # 600 + 3600 + 600 s, and 800 + 2100 + 800 s
    assert kpis.largest_load_h == pytest.approx(4800 / 3600)
    assert kpis.smallest_load_h == pytest.approx(3700 / 3600)
    assert (kpis.technicians_used, kpis.jobs_per_shift) == (2, 1.0)


def test_an_empty_plan_has_no_load_and_an_empty_scenario_serves_all() -> None:
    nobody = assess(SCENARIO, plan(unserved=("J1", "J2", "J3")))
    assert nobody.kpis.served == 0
    assert nobody.kpis.unserved_weight == 6
    assert nobody.kpis.smallest_load_h == nobody.kpis.jobs_per_shift == 0.0
    nothing = build.scenario((TECHNICIAN,), ())
    kpis = assess(nothing, plan(scenario=nothing, unserved=())).kpis
    assert (kpis.jobs, kpis.served_share, kpis.on_time_share) == (0, 1.0, 1.0)


def test_breaches_are_part_of_the_assessment() -> None:
    assert assess(SCENARIO, plan(day())).findings == ()
    assert [one.code for one in assess(SCENARIO, plan(day(), unserved=())).findings] == ["PLAN"]


def test_rules_that_do_not_apply_are_not_billed() -> None:
    free = PRICED.model_copy(
        update={"policy": PRICED.policy.model_copy(update={"rules": {"TRAVEL": {"active": False}}})}
    )
    assert "TRAVEL" not in {one.code for one in assess(free, plan(day(), scenario=free)).bill.lines}


def test_a_trip() -> None:
    kpis = trip_days.document().assessment.kpis
    # Two jobs on three days out; 600 + 300 s and 900 s of driving, an hour at each job. Thursday has no work at all, so
    # it is no shortest day: that is Friday with 3600 + 900 s.
    assert kpis.nights_away == 2
    assert kpis.jobs_per_shift == 2 / 3
    assert (kpis.travel_h, kpis.service_h, kpis.waiting_h, kpis.overtime_h) == (0.5, 2, 0, 0)
    assert kpis.smallest_load_h == kpis.largest_load_h == 1.25
    assert "nights_away" not in assess(PRICED, plan(day(), scenario=PRICED)).kpis.model_dump()
