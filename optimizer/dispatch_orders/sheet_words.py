"""Puts the facts of the sheets into words: what HTML, PDF and terminal lay out, each in its own way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeGuard

from optimizer.dispatch_orders.labels import label
from optimizer.dispatch_orders.night_records import NightLine
from optimizer.dispatch_orders.night_words import night_facts, where_words
from optimizer.dispatch_orders.picking_words import ListWords, list_words, shared_tool
from optimizer.dispatch_orders.records import DispatchOrders, OrderSheet, OrderStop, PartLine, PlaceLine
from optimizer.dispatch_orders.restock_records import RestockLine
from optimizer.dispatch_orders.restock_words import restock_sentence, restock_things
from optimizer.dispatch_orders.ride_lines import ride_sentence
from optimizer.dispatch_orders.stop_words import StopWords, stop_words
from optimizer.dispatch_orders.tied_records import ToolLine
from optimizer.words.language import Language
from optimizer.words.moments import clock, day, moment, span, whole_day
from optimizer.words.names import MEANS_NAMES, REST_NAMES
from optimizer.words.nights import NIGHT_AWAY, ON_THE_WAY, ONLY_BACK, STAYS, near_words
from optimizer.words.numbers import count, kilometres, minutes
from optimizer.words.trade_words import trade_word


@dataclass(frozen=True)
class Fact:
    """Something with its name.

    Parameters
    ----------
    name : what it is
    text : what it says
    """

    name: str
    text: str


@dataclass(frozen=True)
class Taking:
    """Things to take along, to be ticked off.

    Parameters
    ----------
    name : where from, or what kind
    things : one text for each
    """

    name: str
    things: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row of the day: a job, a halt to load parts, a rest, or the way back.

    Parameters
    ----------
    span : from when to when, or the moment
    text : what, where it is no job
    stop : the job, or none
    things : what is loaded there, one text for each part
    """

    span: str
    text: str
    stop: StopWords | None
    things: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetWords:
    """A dispatch order in words.

    Parameters
    ----------
    title : what the sheet is
    who : name and id of the technician
    day : the day, with its weekday
    facts : the head, in order
    taking : what to take along
    nothing_to_take : said where `taking` is empty
    rows : the day in order of time
    always : what holds at every job
    signs : what is written by hand at the end
    foot : which plan the sheet is from
    """

    title: str
    who: str
    day: str
    facts: tuple[Fact, ...]
    taking: tuple[Taking, ...]
    nothing_to_take: str
    rows: tuple[Row, ...]
    always: str
    signs: tuple[str, ...]
    foot: str


@dataclass(frozen=True)
class OrderWords:
    """All sheets in words.

    Parameters
    ----------
    title : what the whole is called
    language : its language
    first_day : the first day that a sheet is for; none: no sheets
    sheets : dispatch orders
    lists : picking lists
    nothing : said where there is neither
    """

    title: str
    language: Language
    first_day: date | None
    sheets: tuple[SheetWords, ...]
    lists: tuple[ListWords, ...]
    nothing: str


def order_words(orders: DispatchOrders, language: Language) -> OrderWords:
    """Return the sheets in words.

    Parameters
    ----------
    orders : the facts
    language : English or Chinese
    """
    days = sorted({one.day for one in orders.sheets} | {one.day for one in orders.picking_lists})
    title = label("order", language)
    if days:
        title = (
            f"{title} · {' – '.join(whole_day(one, language) for one in dict.fromkeys((days[0], days[-1])))}"
        )
    return OrderWords(
        title=title,
        language=language,
        first_day=days[0] if days else None,
        sheets=tuple(sheet_words(one, language) for one in orders.sheets),
        lists=tuple(list_words(one, language) for one in orders.picking_lists),
        nothing=label("nothing", language),
    )


def sheet_words(sheet: OrderSheet, language: Language) -> SheetWords:
    """Return one dispatch order in words."""
    foot = [label("plan", language, mark=sheet.plan_mark)]
    if sheet.issued_at is not None:
        foot.append(label("issued", language, at=moment(sheet.issued_at, language=language)))
    return SheetWords(
        title=label("order", language),
        who=" ".join(part for part in (sheet.technician, sheet.technician_id) if part),
        day=day_words(sheet.day, language),
        facts=tuple(_facts(sheet, language)),
        taking=tuple(_taking(sheet, language)),
        nothing_to_take=label("everyday_only", language),
        rows=tuple(_rows(sheet, language)),
        always=label("always", language),
        signs=tuple(
            label(key, language) for key in ("odometer", "parts_back", "technician_signs", "desk_signs")
        ),
        foot=" · ".join(foot),
    )


def day_words(of: date, language: Language) -> str:
    """Write the day of a sheet, e.g. ``Wed 15 Jul 2026`` or ``2026年7月15日 周三``."""
    return f"{day(of, 'en')} {of.year}" if language == "en" else f"{of.year}年{day(of, 'zh')}"


def _facts(sheet: OrderSheet, language: Language) -> Iterator[Fact]:
    halts: tuple[OrderStop | RestockLine, ...] = (*sheet.stops, *sheet.restocks)
    driven_s = sum(one.travel_s for one in halts) + (0 if _asleep(sheet.night) else sheet.back_travel_s)
    driven_m = sum(one.distance_m for one in halts) + sheet.back_distance_m
    end = _place(sheet.end_place, language)
    if not _stays(sheet) and not _only_back(sheet):
        yield Fact(label("leave", language), f"{clock(sheet.leave_at)} {_start(sheet, language)}")
    if sheet.night is None:
        yield Fact(label("back", language), f"{clock(sheet.back_at)} {label('to', language, place=end)}")
    else:
        yield from (Fact(name, text) for name, text in night_facts(sheet.night, end, language))
    yield Fact(label("branch", language), sheet.branch)
    yield Fact(label("hotline", language), sheet.hotline or "—")
    yield Fact(label("means", language), MEANS_NAMES[sheet.means][language])
    work = [_work(sheet, language)]
    if not _stays(sheet):
        work += [label("driving", language, time=minutes(driven_s, language)), kilometres(driven_m, language)]
    if sheet.overtime_s >= 60:
        work.append(label("overtime", language, time=minutes(sheet.overtime_s, language)))
    yield Fact(label("jobs", language), " · ".join(work))


def _start(sheet: OrderSheet, language: Language) -> str:
    """Say where the day starts."""
    if sheet.woken_at:
        return label("from_night", language, near=near_words(sheet.woken_at, language))
    return label("from", language, place=_place(sheet.start_place, language))


def _asleep(night: NightLine | None) -> TypeGuard[NightLine]:
    """Tell whether the night is spent on board: the last way is no work then."""
    return night is not None and night.night == "transit"


def _only_back(sheet: OrderSheet) -> bool:
    """Tell whether nothing is done but arriving in the morning, after a ride home through the night."""
    way = sheet.back_travel_s or sheet.back_distance_m
    return not sheet.stops and sheet.night is None and not way and not sheet.woken_at


def _stays(sheet: OrderSheet) -> bool:
    """Tell whether the day lies between two nights at one place, with nothing to do."""
    return (
        not (sheet.stops or sheet.restocks)
        and sheet.night is not None
        and sheet.night.job_id == sheet.woken_at
    )


def _work(sheet: OrderSheet, language: Language) -> str:
    """Say what the day brings: jobs, or the way alone, or nothing."""
    if sheet.stops:
        return count(len(sheet.stops), "job", language)
    if _only_back(sheet):
        return ONLY_BACK[language]
    if _stays(sheet):
        return f"{STAYS[language]} {near_words(sheet.woken_at, language)}"
    return ON_THE_WAY[language]


def _place(place: PlaceLine, language: Language) -> str:
    return label("home", language) if place.kind == "home" else place.name


def _taking(sheet: OrderSheet, language: Language) -> Iterator[Taking]:
    load = [line for line in sheet.parts if line.to_load]
    if load:
        things = tuple(_pieces(line, line.to_load, language) for line in load)
        yield Taking(label("load_at", language, place=sheet.load_at), things)
    van = [line for line in sheet.parts if line.from_van]
    if van:
        things = tuple(_pieces(line, line.from_van, language) for line in van)
        yield Taking(label("on_van", language), things)
    if sheet.tools:
        yield Taking(label("special_tools", language), _tools(sheet.tools, language))
    if sheet.shared_tools:
        name = label("borrow_from", language, place=sheet.tools_from)
        yield Taking(name, _tools(sheet.shared_tools, language))


def _pieces(line: PartLine, pieces: int, language: Language) -> str:
    return label("pieces", language, part=trade_word(line.part, language), n=pieces)


def _tools(lines: Sequence[ToolLine], language: Language) -> tuple[str, ...]:
    return tuple(
        label("for_jobs", language, thing=shared_tool(one, language), jobs=", ".join(one.job_ids))
        for one in lines
    )


def _rows(sheet: OrderSheet, language: Language) -> Iterator[Row]:
    rows: list[tuple[datetime, Row]] = [
        (one.start, Row(span(one.start, one.end), "", stop_words(one, language))) for one in sheet.stops
    ]
    rows += [(one.start, _restock(one, language)) for one in sheet.restocks]
    ends_at = sheet.last_departure if _asleep(sheet.night) else sheet.back_at
    rows.append((ends_at, Row(clock(ends_at), " · ".join(_last_way(sheet, language)), None)))
    rows += [
        (one.start, Row(span(one.start, one.end), REST_NAMES[one.kind][language], None))
        for one in sheet.rests
    ]
    # A rest may come right after the way back, so it stands behind it here. Moments are compared as such, not by the
    # clock on the wall.
    yield from (row for _, row in sorted(rows, key=lambda pair: pair[0].timestamp()))


def _restock(line: RestockLine, language: Language) -> Row:
    text, things = restock_sentence(line, language), restock_things(line, language)
    return Row(span(line.start, line.end), text, None, things)


def _last_way(sheet: OrderSheet, language: Language) -> Iterator[str]:
    """Yield how the day ends: the way back, or to where the night is spent."""
    if _stays(sheet) or _only_back(sheet):
        yield _work(sheet, language)
        return
    if sheet.night is None:
        yield label("returning", language)
        yield label("to", language, place=_place(sheet.end_place, language))
    elif _asleep(sheet.night):
        yield where_words(sheet.night, language)
    else:
        near = where_words(sheet.night, language)
        if not sheet.back_travel_s and not sheet.back_distance_m:
            yield f"{NIGHT_AWAY[language]} {near}"
            return
        yield label("to_night", language, near=near)
    yield label("leaving", language, at=clock(sheet.last_departure))
    yield minutes(sheet.back_travel_s, language)
    yield kilometres(sheet.back_distance_m, language)
    if rides := ride_sentence(sheet.back_rides, sheet.back_fare_cents, language):
        yield rides
