"""Puts one job of a dispatch order into words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from optimizer.dispatch_orders.labels import label
from optimizer.dispatch_orders.records import Appointment, OrderStop, PartLine
from optimizer.dispatch_orders.ride_lines import ride_sentence
from optimizer.dispatch_orders.tied_words import chain_sentence, crew_sentence, tied_tags, tool_sentence
from optimizer.words.language import Language
from optimizer.words.moments import clock, moment, span, whole_day
from optimizer.words.names import PRIORITY_NAMES
from optimizer.words.numbers import kilometres, minutes
from optimizer.words.trade_words import job_type_word, trade_word


@dataclass(frozen=True)
class StopWords:
    """A job of a dispatch order in words.

    Parameters
    ----------
    number : its place in the day's order
    start, end : when service starts and ends
    arriving : when to arrive; empty: when service starts
    leaving : when to leave the place before; empty: it is the same place
    far : how long and how far the drive is
    job_id : the job
    work : what is done on what
    tags : what is special about it, in a word each
    crew : who comes along, who leads, where they meet and when, or empty
    address : where
    customer, phone : whom
    dial : the telephone as a telephone dials it; empty: there is none
    call : until when to call before the visit; empty: who leads the crew calls
    first_call : the first call that is still owed, or empty
    times : appointment and promise, name and text
    told : what was reported and wished, name and text
    take : things to take along for it
    shared : where shared tools come from and where they go
    safety : dangers to heed
    notes : what else to know, trains and ships on the way there first
    carry : certificates to carry along
    test_run : how long the test run is, or empty
    report : what the report must have
    """

    number: str
    start: str
    end: str
    arriving: str
    leaving: str
    far: str
    job_id: str
    work: str
    tags: tuple[str, ...]
    crew: str
    address: str
    customer: str
    phone: str
    dial: str
    call: str
    first_call: str
    times: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]
    take: tuple[str, ...]
    shared: tuple[str, ...]
    safety: tuple[str, ...]
    notes: tuple[str, ...]
    carry: tuple[str, ...]
    test_run: str
    report: tuple[str, ...]


def stop_words(stop: OrderStop, language: Language) -> StopWords:
    """Return one job of a dispatch order in words.

    Parameters
    ----------
    stop : the facts
    language : English or Chinese
    """
    things = [trade_word(tool, language) for tool in (*stop.tools, *stop.shared_tools)]
    return StopWords(
        number=str(stop.number),
        start=clock(stop.start),
        end=clock(stop.end),
        arriving="" if clock(stop.arrival) == clock(stop.start) else _at("arriving", stop.arrival, language),
        leaving=_at("leaving", stop.departure, language) if _driven(stop) else "",
        far=_far(stop, language),
        job_id=stop.job_id,
        work=_work(stop, language),
        tags=tuple(_tags(stop, language)),
        crew=crew_sentence(stop, language),
        address=stop.address,
        customer=stop.customer or label("no_customer", language),
        phone=stop.phone or label("no_phone", language),
        dial=_dial(stop.phone),
        call=""
        if stop.call_at is None
        else _at("call_first" if stop.call_first else "call", stop.call_at, language),
        first_call=_first_call(stop, language),
        times=tuple(_times(stop, language)),
        told=tuple(_told(stop, language)),
        take=(*things, *(_part(line, language) for line in stop.parts)),
        shared=tuple(tool_sentence(way, language) for way in stop.tool_ways),
        safety=tuple(
            label(note.code, language, n="" if note.amount is None else f"{note.amount:g}")
            for note in stop.safety
        ),
        notes=tuple(_notes(stop, language)),
        carry=tuple(trade_word(one, language) for one in stop.certificates),
        test_run="" if stop.test_run_min is None else label("test_run", language, n=stop.test_run_min),
        report=tuple(trade_word(one, language) for one in stop.report),
    )


def _at(key: str, at: datetime, language: Language) -> str:
    return label(key, language, at=clock(at))


def _dial(phone: str) -> str:
    """Return the number alone; nothing where what is written is no single number."""
    number = "".join(sign for sign in phone if sign not in " -()")
    return number if number.removeprefix("+").isdecimal() and number.isascii() else ""


def _driven(stop: OrderStop) -> bool:
    return stop.travel_s > 0 or stop.distance_m > 0


def _far(stop: OrderStop, language: Language) -> str:
    if not _driven(stop):
        return label("same_place", language)
    return f"{minutes(stop.travel_s, language)} · {kilometres(stop.distance_m, language)}"


def _work(stop: OrderStop, language: Language) -> str:
    kind, product = job_type_word(stop.type, language), trade_word(stop.product, language)
    parts = [kind]
    if not kind.startswith(product):  # 车身维修 says already that it is the body
        parts.append(product)
    if stop.units > 1:
        parts.append(label("units", language, n=stop.units))
    return " · ".join(parts)


def _tags(stop: OrderStop, language: Language) -> Iterator[str]:
    if stop.priority not in ("normal", "flexible"):
        yield PRIORITY_NAMES[stop.priority][language]
    if stop.complaint != "none":
        yield label(stop.complaint, language)
    if stop.second_visit != "none":
        yield label("second_visit", language)
    if stop.rework is not None:
        yield label("rework", language)
    yield from tied_tags(stop, language)


def _first_call(stop: OrderStop, language: Language) -> str:
    call = stop.owed_call
    if call is None:
        return ""
    key = "first_call_late" if call.late else "first_call_early" if call.before_duty else "first_call"
    return label(key, language, at=_when(call.due, stop.start, language))


def _times(stop: OrderStop, language: Language) -> Iterator[tuple[str, str]]:
    for key, times in (("appointment", stop.window), ("promised", stop.promised)):
        if times is not None:
            yield label(key, language), _span(times, stop.start, language)


def _span(times: Appointment, at: datetime, language: Language) -> str:
    if times.start.date() == times.end.date() == at.date():
        return span(times.start, times.end)
    return f"{_when(times.start, at, language)} – {_when(times.end, at, language)}"


def _when(at: datetime, reading: datetime, language: Language) -> str:
    """Write a moment for somebody who reads it on the day of `reading`."""
    return clock(at) if at.date() == reading.date() else moment(at.replace(second=0), language=language)


def _told(stop: OrderStop, language: Language) -> Iterator[tuple[str, str]]:
    if stop.fault:
        yield label("fault" if stop.kind in ("repair", "complaint") else "ordered", language), stop.fault
    if stop.wishes:
        yield label("wishes", language), stop.wishes


def _part(line: PartLine, language: Language) -> str:
    named = {"part": trade_word(line.part, language), "n": line.pieces}
    sources = {"van": line.from_van, "load": line.to_load, "way": line.on_the_way}
    some = [(source, pieces) for source, pieces in sources.items() if pieces]
    if len(some) < 2:
        return label(f"pieces_{some[0][0] if some else 'load'}", language, **named)
    where = (label(f"some_{source}", language, n=pieces) for source, pieces in some)
    comma = ", " if language == "en" else "，"
    return label("pieces_mixed", language, **named, where=comma.join(where))


def _notes(stop: OrderStop, language: Language) -> Iterator[str]:
    if stop.rides:
        yield ride_sentence(stop.rides, stop.fare_cents, language)
    for line in stop.chain:
        yield chain_sentence(line, stop, language)
    for gap in stop.site_gaps:
        yield label(gap, language)
    if stop.complaint != "none":
        yield label(f"{stop.complaint}_note", language)
    if stop.second_visit != "none":
        yield label(f"visit_{stop.second_visit}", language)
    if stop.rework is not None:
        rework = stop.rework
        key = "rework_own" if rework.own else "rework_other"
        told = {"day": whole_day(rework.installed_on, language), "who": rework.installer}
        yield label(key, language, fault=label(rework.fault, language), **told)
        if rework.installer_failed:
            yield label("rework_failed", language)
    if stop.warranty != "unknown":
        yield label(stop.warranty, language, day=_day(stop.warranty_until, language))
    if stop.unreachable:
        yield label("unreachable", language)


def _day(day: date | None, language: Language) -> str:
    return "" if day is None else whole_day(day, language)
