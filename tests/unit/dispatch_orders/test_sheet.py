"""Sheets: one for each technician and day with work, and nothing of anybody's home."""

from datetime import timedelta

from optimizer.dispatch_orders.records import OrderRest, OrderSheet, PartLine, PlaceLine
from optimizer.dispatch_orders.sheet import plan_mark
from optimizer.dispatch_orders.tied_records import ToolLine
from optimizer.domain.job import SiteFacts
from optimizer.domain.place import Place
from optimizer.domain.plan import Rest, ShiftPlan
from optimizer.domain.technician import Shift
from tests.unit.dispatch_orders.day import document, orders_of
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    branch,
    job,
    leg,
    north,
    scenario,
    shift_plan,
    stop,
    technician,
)

HOME = Place(lat=28.3, lon=112.9, address="secret lane 7")


def test_every_field_of_a_sheet() -> None:
    jobs = [
        job(parts={"fan motor": 1}, tools=("endoscope",)),
        job(
            job_id="J2",
            tools=("endoscope",),
            shared_tools=("nitrogen bottle",),
            site=SiteFacts(working_height_m=3),
        ),
    ]
    of = scenario(
        [technician(name="吴斌")],
        jobs,
        branches=[branch(name="芙蓉门店", hotline="0731-0000 1001", stock={"fan motor": 4})],
        now=at("07:30"),
    )
    stops = [
        stop("J1", at("09:10"), at("10:10")),
        stop("J2", at("17:00"), at("18:00"), travel_s=60, from_place="job:J1"),
    ]
    lunch = Rest(kind="break", start=at("12:00"), end=at("12:40"))
    day = shift_plan(stops, rests=[lunch]).model_copy(update={"picked_up": {"fan motor": 1}})
    answer = document(of, [day])
    (sheet,) = orders_of(of, day).sheets
    # The drive home takes 600 s from 18:00; the shift ends at 18:00, so 600 s are overtime.
    assert sheet == OrderSheet(
        technician_id="T1",
        technician="吴斌",
        day=DAY,
        issued_at=at("07:30"),
        plan_mark=plan_mark(answer),
        branch="芙蓉门店",
        hotline="0731-0000 1001",
        means="car",
        leave_at=at("09:00"),
        start_place=PlaceLine(kind="branch", name="芙蓉门店"),
        stops=sheet.stops,
        rests=(OrderRest(kind="break", start=at("12:00"), end=at("12:40")),),
        last_departure=at("18:00"),
        back_at=at("18:10"),
        end_place=PlaceLine(kind="branch", name="芙蓉门店"),
        back_travel_s=600,
        back_distance_m=6000,
        overtime_s=600,
        load_at="芙蓉门店",
        parts=(PartLine(part="fan motor", pieces=1, from_van=0, to_load=1),),
        tools=(
            ToolLine(tool="endoscope", job_ids=("J1", "J2")),
            ToolLine(tool="safety belt", job_ids=("J2",)),
        ),
        shared_tools=(ToolLine(tool="nitrogen bottle", job_ids=("J2",)),),
        tools_from="芙蓉门店",
    )
    assert [one.number for one in sheet.stops] == [1, 2]


def test_a_home_has_no_address_even_where_it_is_given_as_the_place_of_a_day() -> None:
    shifts = (Shift(day=DAY, start_at=HOME),)
    who = technician(home=HOME, ends_at="home", shifts=shifts)
    here = f"start:T1:{DAY.isoformat()}"
    day = shift_plan(
        [stop("J1", at("10:00"), at("11:00"), from_place=here)],
        last_leg=leg("job:J1", "home:T1", at("11:10")),
    )
    made = orders_of(scenario([who]), day)
    assert made.sheets[0].start_place == PlaceLine(kind="home", name="")
    assert made.sheets[0].end_place == PlaceLine(kind="home", name="")
    assert "secret" not in made.model_dump_json()


def test_a_day_may_start_elsewhere() -> None:
    depot = Place(lat=28.4, lon=112.9, address="depot north")
    who = technician(shifts=(Shift(day=DAY, start_at=depot),))
    day = shift_plan([stop("J1", at("10:00"), at("11:00"), from_place=f"start:T1:{DAY.isoformat()}")])
    sheet = orders_of(scenario([who]), day).sheets[0]
    assert sheet.start_place == PlaceLine(kind="elsewhere", name="depot north")
    assert sheet.load_at == ""


def test_every_stop_is_on_exactly_one_sheet_by_day_then_technician() -> None:
    people = [technician(), technician(technician_id="T2")]
    jobs = [job(job_id=f"J{i}", place=north(i)) for i in range(1, 5)]

    def day(who: str, number: int, when: int) -> ShiftPlan:
        on = DAY + timedelta(days=when)
        return shift_plan([stop(f"J{number}", at("10:00", on), at("11:00", on))], technician_id=who, day=on)

    of = scenario(people, jobs, days=2)
    days = [day("T1", 1, 0), day("T1", 2, 1), day("T2", 3, 0), day("T2", 4, 1)]
    made = orders_of(of, *days)
    assert [(one.technician_id, one.day) for one in made.sheets] == [
        ("T1", DAY),
        ("T2", DAY),
        ("T1", NEXT_DAY),
        ("T2", NEXT_DAY),
    ]
    assert sorted(one.job_id for sheet in made.sheets for one in sheet.stops) == ["J1", "J2", "J3", "J4"]
    picked = orders_of(of, *days, technicians=["T2"], days=[NEXT_DAY])
    assert [(one.technician_id, one.day) for one in picked.sheets] == [("T2", NEXT_DAY)]


def test_another_plan_has_another_mark() -> None:
    early, late = (shift_plan([stop("J1", at(hour), at("14:00"))]) for hour in ("10:00", "11:00"))
    of = scenario()
    marks = [plan_mark(document(of, [day])) for day in (early, early, late)]
    assert marks[0] == marks[1] != marks[2]
    assert len(marks[0]) == 8
