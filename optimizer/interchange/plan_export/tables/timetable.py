"""The timetable: every technician's days with drives, stops and rests in order of time."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal

from optimizer.domain.course import Part, course, waited_s
from optimizer.domain.job import Customer, Job
from optimizer.domain.plan import Leg, Night, Restock, ShiftPlan, Stop
from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables.base import (
    PHONE,
    Cell,
    Clock,
    Table,
    column,
    in_km,
    in_minutes,
    without,
    yuan,
)
from optimizer.words.language import Words
from optimizer.words.line_words import ride_words
from optimizer.words.moments import span
from optimizer.words.names import NIGHT_NAMES, PRIORITY_NAMES, REST_NAMES
from optimizer.words.nights import FROM_THE_NIGHT, NIGHT_AWAY, STAYS, evening_place, morning_words
from optimizer.words.tied_stops import company_words, stop_day_words, tool_lines
from optimizer.words.trade_words import pieces_words

RIDES = column("train or ship", "车船", 30, wrap=True)
"""Which trains and ships; the column is there only where somebody takes one."""

FARE = column("fare", "票价", 9)
"""Their fares."""

NIGHT: Final = column("night", "过夜", 14)
"""How a night away is spent: in a table only where there is one."""

LOADED: Final = column("parts loaded", "补料", 24, wrap=True)
"""What is loaded at a branch in mid-route: in a table only where something is."""

COLUMNS = (
    column("technician", "技术员编号", 13),
    column("name", "姓名", 9),
    column("day", "日期", 11),
    column("order", "顺序", 6),
    column("what", "事项", 9),
    column("job", "工单", 9),
    column("type", "类型", 12),
    column("product", "产品", 12),
    column("units", "台数", 6),
    column("priority", "优先级", 9),
    column("customer", "客户", 10),
    PHONE,
    column("address", "地址", 30, wrap=True),
    column("appointment", "预约时段", 12, wrap=True),
    column("arrival", "到达", 7),
    column("wait min", "等候（分）", 7),
    column("start", "开始", 7),
    column("end", "结束", 7),
    column("drive min", "路程（分）", 7),
    column("km", "公里", 7),
    RIDES,
    FARE,
    column("reported", "报修内容", 26, wrap=True),
    column("crew", "协作", 24, wrap=True),
    column("day of job", "第几天", 12),
    column("shared tools", "共用工具", 30, wrap=True),
    NIGHT,
    LOADED,
)
"""The columns, from left to right; the telephone only when it is asked for, trains, ships, nights and what is loaded on
the way where there are any."""

_LEAVES: Words = {"en": "leaves", "zh": "出发"}
_JOB: Words = {"en": "job", "zh": "上门"}
_LOADS: Words = {"en": "loads", "zh": "途中补料"}
_BACK: Words = {"en": "back", "zh": "返回"}


def timetable(facts: PlanFacts) -> Table:
    """Return the timetable of all days: one row for each start, stop, halt to load, rest and way back.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    rows: list[tuple[Cell, ...]] = []
    starts = set()
    for shift in facts.document.plan.shifts:
        starts.add(len(rows))
        rows += _day(shift, facts)
    table = Table(COLUMNS, tuple(rows), frozenset(starts))
    if not any(leg.rides for leg in facts.document.plan.travel.legs):
        table = without(without(table, RIDES), FARE)
    if all(shift.night is None for shift in facts.document.plan.shifts):
        table = without(table, NIGHT)
    if not any(shift.restocks for shift in facts.document.plan.shifts):
        table = without(table, LOADED)
    return table if facts.phones else without(table, PHONE)


def _day(shift: ShiftPlan, facts: PlanFacts) -> Iterator[tuple[Cell, ...]]:
    for part in course(shift):
        match part.kind:
            case "leave":
                yield _leaving(shift, facts)
            case "morning":
                near = morning_words(shift, facts.language)
                yield _line(
                    shift, facts, what=FROM_THE_NIGHT[facts.language], address=near, start=shift.departure
                )
            case "night" | "stay":
                yield _night(part, shift, facts)
            case "visit" if part.stop is not None:
                yield _stop(part.number, part.stop, shift, facts)
            case "load" if part.restock is not None:
                yield _restock(part.restock, shift, facts)
            case "break" | "absence":
                yield _rest(part, part.kind, shift, facts)
            case "back":
                yield _back(shift, facts)
            case _:
                pass  # drives and waits stand in the row of their visit


def agreed_windows(job: Job, facts: PlanFacts) -> str:
    """Return the agreed windows in words, one a line, with the day where it is not clear."""
    zone, days = facts.zone, facts.scenario.horizon.days
    lines = []
    for window in job.windows:
        start, end = window.start.astimezone(zone), window.end.astimezone(zone)
        if start.date() == end.date():
            written = span(start, end, zone)
            lines.append(written if days == 1 else f"{start:%m-%d} {written}")
        else:
            lines.append(f"{start:%m-%d %H:%M}–{end:%m-%d %H:%M}")
    return "\n".join(lines)


def _leaving(shift: ShiftPlan, facts: PlanFacts) -> tuple[Cell, ...]:
    place = facts.place(shift.first_leg.from_place)
    return _line(shift, facts, what=_LEAVES[facts.language], address=place, start=shift.departure)


def _stop(number: int, stop: Stop, shift: ShiftPlan, facts: PlanFacts) -> tuple[Cell, ...]:
    job = facts.jobs[stop.job_id]
    return _line(
        shift,
        facts,
        number=number,
        what=_JOB[facts.language],
        job=job,
        address=job.place.address,
        leg=stop.leg,
        wait_s=waited_s(stop, shift.rests),
        start=stop.start,
        end=stop.end,
        stop=stop,
    )


def _restock(restock: Restock, shift: ShiftPlan, facts: PlanFacts) -> tuple[Cell, ...]:
    return _line(
        shift,
        facts,
        what=_LOADS[facts.language],
        address=facts.branch_name(restock.branch_id),
        leg=restock.leg,
        wait_s=waited_s(restock, shift.rests),
        start=restock.start,
        end=restock.end,
        loaded=pieces_words(restock.picked_up, facts.language),
    )


def _rest(
    rest: Part, kind: Literal["break", "absence"], shift: ShiftPlan, facts: PlanFacts
) -> tuple[Cell, ...]:
    return _line(shift, facts, what=REST_NAMES[kind][facts.language], start=rest.start, end=rest.end)


def _back(shift: ShiftPlan, facts: PlanFacts) -> tuple[Cell, ...]:
    leg = shift.last_leg
    return _line(shift, facts, what=_BACK[facts.language], address=facts.place(leg.to_place), leg=leg)


def _night(part: Part, shift: ShiftPlan, facts: PlanFacts) -> tuple[Cell, ...]:
    """Return the row of a night away, with the way there; of a day that is stayed away, with its begin."""
    stays = part.kind == "stay"
    return _line(
        shift,
        facts,
        what=(STAYS if stays else NIGHT_AWAY)[facts.language],
        address=evening_place(shift, facts.language),
        leg=None if stays else shift.last_leg,
        start=part.start if stays else None,
        night=shift.night,
    )


def _line(
    shift: ShiftPlan,
    facts: PlanFacts,
    *,
    what: str,
    number: int | None = None,
    job: Job | None = None,
    address: str = "",
    leg: Leg | None = None,
    wait_s: int | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    stop: Stop | None = None,
    night: Night | None = None,
    loaded: str | None = None,
) -> tuple[Cell, ...]:
    def clock(at: datetime | None) -> Clock | None:
        return None if at is None else Clock(facts.wall_clock(at), shift.day)

    type_, product, units, priority, customer, phone, appointment, fault = _facts(job, facts)
    return (
        shift.technician_id,
        facts.technicians[shift.technician_id].name,
        shift.day,
        number,
        what,
        None if job is None else job.job_id,
        type_,
        product,
        units,
        priority,
        customer,
        phone,
        address,
        appointment,
        clock(leg.arrival if leg else None),
        in_minutes(wait_s) if wait_s else None,
        clock(start),
        clock(end),
        None if leg is None else in_minutes(leg.travel_s),
        None if leg is None else in_km(leg.distance_m),
        *_rides(leg, shift, facts),
        fault,
        *_tied(stop, facts),
        None if night is None else NIGHT_NAMES[night][facts.language],
        loaded,
    )


def _rides(leg: Leg | None, shift: ShiftPlan, facts: PlanFacts) -> tuple[Cell, Cell]:
    """Return the trains and ships of a drive and their fares."""
    way = None if leg is None else facts.travelled(shift.means, leg)
    if way is None or not way.rides:
        return None, None
    named = [(facts.line_kinds.get(ride.line), ride) for ride in way.rides]
    return "\n".join(ride_words(kind, ride, facts.language) for kind, ride in named), yuan(way.fare_cents)


def _tied(stop: Stop | None, facts: PlanFacts) -> tuple[Cell, ...]:
    """Return with whom, on which of the job's days, and with which shared tools."""
    if stop is None:
        return (None,) * 3
    tools = "\n".join(tool_lines(facts, stop))
    return company_words(facts, stop) or None, stop_day_words(facts, stop) or None, tools or None


def _facts(job: Job | None, facts: PlanFacts) -> tuple[Cell, ...]:
    if job is None:
        return (None,) * 8
    customer = job.customer or Customer(customer_id="-")
    return (
        facts.job_type(job),
        facts.product(job),
        job.units,
        PRIORITY_NAMES[job.priority][facts.language],
        customer.name,
        customer.phone,
        agreed_windows(job, facts),
        job.fault,
    )
