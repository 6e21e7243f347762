"""What stands on a dispatch order about one job."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from optimizer.dispatch_orders.records import (
    Appointment,
    OrderStop,
    OwedCall,
    PartLine,
    ReworkLine,
    SafetyNote,
)
from optimizer.domain.job import Customer, DeskFacts, Rework, SiteFacts
from optimizer.domain.policy import Desk, JobType, Policy
from optimizer.domain.promise import Promise
from optimizer.domain.time import Window
from tests.unit.dispatch_orders.day import only_stop, orders_of, repair
from tests.unit.rules.build import DAY, at, job, scenario, shift_plan, stop, technician

WELDING_TYPES = {
    "repair": JobType(kind="repair", tools=("gas torch",)),
    "installation": JobType(kind="installation", certificates=("welding",)),
}


def codes(of: OrderStop) -> list[str]:
    return [note.code for note in of.safety]


def test_every_field_of_a_job() -> None:
    one = job(
        product="aircon",
        units=2,
        priority="vip",
        fault="不制冷",
        wishes="先打电话",
        place=job().place.model_copy(update={"address": "五一大道 389 号"}),
        customer=Customer(customer_id="C1", name="邱女士", phone="0731-0000 2019"),
        tools=("endoscope",),
        shared_tools=("nitrogen bottle",),
        parts={"fan motor": 1},
        windows=(Window(start=at("09:30"), end=at("10:30")),),
    )
    found = only_stop(one)
    # Of the repair's tools the multimeter and the gauge are in the repairer's kit; the endoscope is in none.
    assert found == OrderStop(
        number=1,
        job_id="J1",
        seat=0,
        crew=(),
        day_of_job=1,
        days_of_job=1,
        chain=(),
        type="repair",
        kind="repair",
        product="aircon",
        units=2,
        priority="vip",
        fault="不制冷",
        wishes="先打电话",
        address="五一大道 389 号",
        customer="邱女士",
        phone="0731-0000 2019",
        departure=at("09:50"),
        arrival=at("10:00"),
        start=at("10:00"),
        end=at("11:00"),
        travel_s=600,
        distance_m=6000,
        call_at=at("09:30"),
        call_first=False,
        owed_call=None,
        unreachable=False,
        window=Appointment(start=at("09:30"), end=at("10:30")),
        promised=None,
        tools=("endoscope",),
        shared_tools=("nitrogen bottle",),
        tool_ways=(),
        parts=(PartLine(part="fan motor", pieces=1, from_van=1, to_load=0),),
        certificates=(),
        safety=(),
        site_gaps=(),
        complaint="none",
        second_visit="none",
        rework=None,
        warranty="unknown",
        warranty_until=None,
        test_run_min=None,
        report=("next destination",),
    )


def test_the_customer_is_called_before_the_technician_arrives() -> None:
    # Arrives 09:40, waits until 10:00; 35 minutes before arriving is 09:05.
    of = scenario(jobs=[job()]).model_copy(update={"policy": Policy(desk=Desk(call_before_min=35))})
    waiting = stop("J1", at("10:00"), at("11:00"), arrival=at("09:40"))
    found = orders_of(of, shift_plan([waiting])).sheets[0].stops[0]
    assert (found.arrival, found.start) == (at("09:40"), at("10:00"))
    assert (found.call_at, found.call_first) == (at("09:05"), False)


@pytest.mark.parametrize(("now", "call_at"), [(None, "09:00"), ("07:30", "09:00"), ("09:10", "09:10")])
def test_nobody_calls_before_coming_on_duty(now: str | None, call_at: str) -> None:
    # Arrives 09:20, 30 minutes before that is 08:50; the shift begins at 09:00, or the plan is made at 09:10.
    of = scenario(now=None if now is None else at(now))
    found = orders_of(of, shift_plan([stop("J1", at("09:20"), at("10:00"))])).sheets[0].stops[0]
    assert (found.call_at, found.call_first) == (at(call_at), True)


def test_who_has_been_there_already_is_not_told_to_call_now() -> None:
    of = scenario(now=at("12:00"))
    found = orders_of(of, shift_plan([stop("J1", at("10:00"), at("11:00"))])).sheets[0].stops[0]
    assert (found.call_at, found.call_first) == (at("09:30"), False)


def test_moments_are_local_whatever_the_plan_writes() -> None:
    # 02:00 UTC is 10:00 in Changsha.
    start = datetime(2026, 7, 15, 2, tzinfo=UTC)
    found = orders_of(scenario(), shift_plan([stop("J1", start, start + timedelta(hours=1))]))
    first = found.sheets[0].stops[0]
    assert first.start.isoformat() == "2026-07-15T10:00:00+08:00"
    assert first.call_at is not None
    assert first.call_at.isoformat() == "2026-07-15T09:30:00+08:00"


def test_the_first_call_is_owed_until_it_is_made() -> None:
    # Dispatched 08:30, before the desk opens: 20 minutes of desk time end 09:20; the technician calls at 09:00.
    owed = repair(dispatched_at=at("08:30"))
    assert owed.owed_call == OwedCall(due=at("09:20"), planned=at("09:00"), before_duty=False, late=False)
    assert repair(dispatched_at=at("08:30"), desk=DeskFacts(contacted_at=at("08:45"))).owed_call is None
    # The customer could not be reached: no call, but the technician must know.
    found = repair(dispatched_at=at("08:30"), desk=DeskFacts(unreachable=True))
    assert found.owed_call is None
    assert found.unreachable


def test_a_call_that_is_due_before_the_technician_is_on_duty_is_marked() -> None:
    # Dispatched 08:30 with the desk open from 08:00: due 08:50; the shift begins at 09:00.
    of = scenario(jobs=[job(dispatched_at=at("08:30"))])
    of = of.model_copy(update={"policy": Policy(desk=Desk(opens=time(8)))})
    found = orders_of(of, shift_plan([stop("J1", at("10:00"), at("11:00"))])).sheets[0].stops[0]
    assert found.owed_call == OwedCall(due=at("08:50"), planned=at("08:30"), before_duty=True, late=False)


def test_a_call_that_comes_too_late_is_marked() -> None:
    # Dispatched yesterday at 16:00: due 16:20, and the desk opens at 09:00 today.
    found = repair(dispatched_at=at("16:00", DAY - timedelta(days=1)))
    assert found.owed_call == OwedCall(
        due=at("16:20", DAY - timedelta(days=1)), planned=at("09:00"), before_duty=False, late=True
    )


@pytest.mark.parametrize(
    ("height_m", "notes"),
    [(2.5, ()), (2.6, (SafetyNote(code="belt", amount=2.6),)), (0.0, ())],
)
def test_a_belt_above_two_and_a_half_metres_outside(height_m: float, notes: tuple[SafetyNote, ...]) -> None:
    assert repair(site=SiteFacts(working_height_m=height_m)).safety == notes


@pytest.mark.parametrize(("floor", "expected"), [(0, []), (1, []), (2, ["rope"]), (27, ["rope"])])
def test_a_rope_from_the_second_floor(floor: int, expected: list[str]) -> None:
    assert codes(repair(site=SiteFacts(outdoor_unit_floor=floor))) == expected


def test_heights_come_from_the_policy() -> None:
    rules = {"TOOL": {"belt_above_m": 4, "rope_from_floor": 3}}
    high = job(site=SiteFacts(working_height_m=4, outdoor_unit_floor=2))
    assert only_stop(high, rules=rules).safety == ()
    assert codes(only_stop(high, rules={"TOOL": {"belt_above_m": 3.9}})) == ["belt", "rope"]


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        ("electrician", ["power_supply"]),
        ("电工证", ["power_supply"]),
        ("welding", ["fire"]),
        ("焊工证", ["fire"]),
        ("flammable refrigerant", ["flammable"]),
        ("high voltage", ["high_voltage"]),
        ("electronics", []),
        ("driving licence", []),
    ],
)
def test_certificates_tell_of_dangers(certificate: str, expected: list[str]) -> None:
    found = repair(certificates=(certificate,))
    assert codes(found) == expected
    assert found.certificates == (certificate,)


def test_a_torch_is_a_flame() -> None:
    assert codes(repair(tools=("gas torch",))) == ["fire"]


def test_who_mends_the_own_work_is_warned_of_the_flame_too() -> None:
    # The type's torch is not asked for in own work; the leak is still brazed.
    leak = Rework(installed_by="T1", installed_on=DAY - timedelta(days=56), fault="refrigerant_leak")
    of = scenario([technician(kits=())], [job(rework=leak)])
    of = of.model_copy(update={"policy": Policy(job_types=WELDING_TYPES)})
    found = orders_of(of, shift_plan([stop("J1", at("10:00"), at("11:00"))])).sheets[0].stops[0]
    assert found.tools == ()
    assert codes(found) == ["fire"]
    assert found.rework == ReworkLine(
        fault="refrigerant_leak",
        installed_on=date(2026, 5, 20),
        installer="T1",
        own=True,
        installer_failed=False,
    )


def test_rework_of_somebody_who_left_keeps_the_name_there_is() -> None:
    leak = Rework(installed_by="zhao", installed_on=DAY, fault="water_leak", installer_failed=True)
    found = repair(rework=leak).rework
    assert found is not None
    assert (found.installer, found.own, found.installer_failed) == ("zhao", False, True)


def test_what_was_promised_stands_from_the_planned_start_on() -> None:
    # The customer was told 09:00 to 12:00, planned was 09:45: service does not slide before that.
    told = Promise(
        job_id="J1",
        technician_id="T1",
        window=Window(start=at("09:00"), end=at("12:00")),
        start=at("09:45"),
    )
    assert only_stop(job(), promises=[told]).promised == Appointment(start=at("09:45"), end=at("12:00"))
    internal = told.model_copy(update={"told": False})
    assert only_stop(job(), promises=[internal]).promised is None
    asked = told.model_copy(update={"asked": True})
    assert only_stop(job(), promises=[asked]).promised is None
    # Its window had passed at 13:00, so it binds nobody.
    assert only_stop(job(), promises=[told], now=at("13:00")).promised is None


def test_the_window_in_which_service_starts_is_shown() -> None:
    early = Window(start=at("08:00"), end=at("09:00"))
    right = Window(start=at("10:00"), end=at("12:00"))  # closed at both ends: a start at ten is inside
    found = repair(windows=(early, right))
    assert found.window == Appointment(start=at("10:00"), end=at("12:00"))
    assert repair().window is None


def test_the_van_serves_the_first_jobs_and_the_branch_the_rest() -> None:
    # Three pieces of two jobs, one loaded: the van's two go to J1 (two of two), J2's one is loaded.
    jobs = [job(parts={"fan motor": 2}), job(job_id="J2", parts={"fan motor": 1})]
    day = shift_plan([stop("J1", at("10:00"), at("11:00")), stop("J2", at("11:10"), at("12:00"))])
    day = day.model_copy(update={"picked_up": {"fan motor": 1}})
    sheet = orders_of(scenario(jobs=jobs), day).sheets[0]
    assert sheet.stops[0].parts == (PartLine(part="fan motor", pieces=2, from_van=2, to_load=0),)
    assert sheet.stops[1].parts == (PartLine(part="fan motor", pieces=1, from_van=0, to_load=1),)
    assert sheet.parts == (PartLine(part="fan motor", pieces=3, from_van=2, to_load=1),)


def test_installations_end_with_a_test_run_and_a_full_report() -> None:
    found = only_stop(job(type="installation"))
    assert found.test_run_min == 30
    assert found.report == ("photos", "location", "bar code")
    quiet = only_stop(
        job(type="installation"), rules={"REPORT": {"active": False}, "MIN_DURATION": {"active": False}}
    )
    assert (quiet.test_run_min, quiet.report) == (None, ())


def test_what_the_site_lacks_is_said() -> None:
    found = repair(site=SiteFacts(power_supply_fit=False, confirmations_signed=False))
    assert found.site_gaps == ("power_supply_fit", "confirmations_signed")


@pytest.mark.parametrize(
    ("until", "expected"),
    [(None, "unknown"), (DAY, "free"), (DAY - timedelta(days=1), "expired")],
)
def test_the_last_day_of_warranty_is_free(until: date | None, expected: str) -> None:
    found = repair(customer=Customer(customer_id="C1", warranty_until=until))
    assert (found.warranty, found.warranty_until) == (expected, until)


def test_a_place_without_an_address_is_found_by_its_coordinates() -> None:
    # 6 km north of 28.2 are 6 ÷ 111.195 = 0.05396 degrees.
    assert repair().address == "28.25396, 112.98000"


def test_other_peoples_text_is_one_line_that_steers_nothing() -> None:
    found = repair(fault="a\nb\u3000c\u202ed\x1b[31m", wishes="x" * 5000)
    assert found.fault == "a b c\ufffdd\ufffd[31m"
    assert len(found.wishes) == 2000
    assert found.wishes.endswith("x…")
