"""A plan as calendars: one for each technician, to be opened on a telephone.

An event's id is made from the scenario's name and the job's id, of a crew or a job over several days also from the
place in the crew and the day, so a plan that is made again moves the events it made
before and doubles none. A job that has gone to somebody else leaves the old calendar only when that calendar is taken
away, or is read anew from the address it comes from.

References
----------
B. Desruisseaux (ed., 2009), "Internet Calendaring and Scheduling Core Object Specification (iCalendar)", RFC 5545,
https://doi.org/10.17487/RFC5545.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event, Timezone

from optimizer.domain.place import Place
from optimizer.domain.plan import Leg, Rest, Restock, ShiftPlan, Stop
from optimizer.domain.roster import ShiftKey
from optimizer.domain.time import seconds_between
from optimizer.domain.trips import stays
from optimizer.interchange.plan_export.event_text import (
    LABELS,
    call_of,
    description,
    restock_description,
    summary,
)
from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.file_names import file_names
from optimizer.rules.taking_along import ToolsOfJobs, tools_of_jobs
from optimizer.travel.coordinates import to_wgs84
from optimizer.words.free_text import one_line
from optimizer.words.language import Words
from optimizer.words.line_words import leg_rides_words
from optimizer.words.names import REST_NAMES
from optimizer.words.nights import NIGHT_AWAY, STAYS, evening_place, evening_words
from optimizer.words.trade_words import pieces_words

ABOUT_ICS: Final = (
    "Calendars written by `paigong export --ics`, one for each technician with work in the plan.\n"
    "They hold customers' names, addresses and telephone numbers: hand each to its technician only."
)
"""What the folder says about itself."""

_BACK: Words = {"en": "Way back", "zh": "返回"}
_TO_THE_NIGHT: Words = {"en": "Way to the night", "zh": "前往过夜处"}
_LOAD: Words = {"en": "Load parts", "zh": "途中补料"}
_CALL: Words = {"en": "Call the customer", "zh": "联系客户"}
_ID_LETTERS: Final = 32


def plan_calendars(facts: PlanFacts) -> dict[str, bytes]:
    """Return a calendar for each technician with work: file name → content.

    Parameters
    ----------
    facts : the plan with its scenario; customers' telephone numbers are always written, the technician calls
    """
    shifts: defaultdict[str, list[ShiftPlan]] = defaultdict(list)
    for shift in facts.document.plan.shifts:
        shifts[shift.technician_id].append(shift)
    names = file_names(shifts, ".ics")
    zone, needed = _zone(facts), tools_of_jobs(facts.scenario)
    return {names[who]: _calendar(who, days, facts, needed, zone) for who, days in shifts.items()}


def _zone(facts: PlanFacts) -> Timezone:
    """Return the scenario's time zone, the year before and after included: some readers know it only from here."""
    first = facts.scenario.horizon.first_day
    return Timezone.from_tzid(
        facts.scenario.time_zone, first_date=date(first.year - 1, 1, 1), last_date=date(first.year + 2, 1, 1)
    )


def _calendar(
    technician_id: str, shifts: Iterable[ShiftPlan], facts: PlanFacts, needed: ToolsOfJobs, zone: Timezone
) -> bytes:
    title = f"{facts.document.plan.scenario} · {facts.technician_name(technician_id)}"
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Paigong//Plan//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(title))
    calendar.add("x-wr-timezone", facts.scenario.time_zone)
    calendar.add_component(zone)
    for shift in shifts:
        for event in _events(shift, facts, needed):
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _events(shift: ShiftPlan, facts: PlanFacts, needed: ToolsOfJobs) -> Iterator[Event]:
    for number, stop in enumerate(shift.stops):
        yield _stop(stop, shift, facts, needed, first=number == 0)
    for number, restock in enumerate(shift.restocks):
        yield _restock(number, restock, shift, facts)
    for number, rest in enumerate(shift.rests):
        if rest.start.timestamp() < rest.end.timestamp():
            yield _rest(number, rest, shift, facts)
    if shift.last_leg.travel_s and shift.night != "transit":
        yield _way_back(shift.last_leg, shift, facts)
    if shift.night is not None:
        yield _night(shift, facts)


def _stop(stop: Stop, shift: ShiftPlan, facts: PlanFacts, needed: ToolsOfJobs, *, first: bool) -> Event:
    job = facts.jobs[stop.job_id]
    event = _event(_key(stop), stop.start, stop.end, facts)
    event.add("summary", summary(stop, facts))
    event.add("description", description(stop, shift, facts, needed, first=first))
    event.add("transp", "OPAQUE")
    _place(event, job.place, facts)
    if stop.seat == 0:  # who leads calls the customer
        event.add_component(_call(stop, shift, facts))
    return event


def _place(event: Event, place: Place, facts: PlanFacts) -> None:
    if place.address:
        event.add("location", one_line(place.address))
    at = to_wgs84([place.lat], [place.lon], facts.scenario.coordinate_system)
    event.add("geo", (round(float(at.lat[0]), 6), round(float(at.lon[0]), 6)))


def _restock(number: int, restock: Restock, shift: ShiftPlan, facts: PlanFacts) -> Event:
    key = ("restock", shift.technician_id, shift.day.isoformat(), str(number))
    # Who is there already loads in no time; an event ends later than it begins.
    end = max(restock.end, restock.start + timedelta(minutes=1), key=datetime.timestamp)
    event = _event(key, restock.start, end, facts)
    event.add("summary", one_line(f"{_LOAD[facts.language]} · {facts.branch_name(restock.branch_id)}"))
    event.add("description", restock_description(restock, shift, facts))
    event.add("transp", "OPAQUE")
    _place(event, facts.branches[restock.branch_id].place, facts)
    return event


def _key(stop: Stop) -> tuple[str, ...]:
    """Return what tells a stop's event from others: the job; also seat and day of the job where not the first."""
    seat = ("seat", str(stop.seat)) if stop.seat else ()
    part = ("part", str(stop.part)) if stop.part else ()
    return ("job", stop.job_id, *seat, *part)


def _call(stop: Stop, shift: ShiftPlan, facts: PlanFacts) -> Alarm:
    """Return the reminder to call the customer, at the same time as the dispatch order says."""
    early = timedelta(seconds=seconds_between(call_of(stop, shift, facts).at, stop.start))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -early)
    alarm.add("description", one_line(f"{_CALL[facts.language]}: {stop.job_id}"))
    return alarm


def _rest(number: int, rest: Rest, shift: ShiftPlan, facts: PlanFacts) -> Event:
    key = (rest.kind, shift.technician_id, shift.day.isoformat(), str(number))
    event = _event(key, rest.start, rest.end, facts)
    event.add("summary", REST_NAMES[rest.kind][facts.language])
    event.add("transp", "TRANSPARENT")
    return event


def _way_back(leg: Leg, shift: ShiftPlan, facts: PlanFacts) -> Event:
    event = _event(("back", shift.technician_id, shift.day.isoformat()), leg.departure, leg.arrival, facts)
    where = facts.place(leg.to_place) if shift.night is None else evening_place(shift, facts.language)
    what = _BACK if shift.night is None else _TO_THE_NIGHT
    event.add("summary", one_line(f"{what[facts.language]} · {where}"))
    rides, notes = leg_rides_words(facts, shift.means, leg), []
    if not shift.stops and shift.picked_up:
        load = f"{LABELS['load'][facts.language]}: {pieces_words(shift.picked_up, facts.language)}"
        notes.append(one_line(load))
    if said := "\n".join([*notes, *([rides] if rides else ())]):
        event.add("description", said)
    event.add("transp", "TRANSPARENT")
    return event


def _night(shift: ShiftPlan, facts: PlanFacts) -> Event:
    """Return the night away: from being there, or boarding, until the next day begins."""
    tomorrow = ShiftKey(shift.technician_id, shift.day + timedelta(days=1))
    ends = [day.departure for day in facts.document.plan.shifts if day.key == tomorrow]
    begin = shift.work_ends
    event = _event(("night", *map(str, shift.key)), begin, max((begin, *ends), key=datetime.timestamp), facts)
    what = STAYS if stays(shift) else NIGHT_AWAY
    night = f"{what[facts.language]} · {evening_words(shift, facts.language)}"
    event.add("summary", one_line(night))
    if shift.night == "transit" and (rides := leg_rides_words(facts, shift.means, shift.last_leg)):
        event.add("description", rides)
    event.add("transp", "TRANSPARENT")
    return event


def _event(key: tuple[str, ...], start: datetime, end: datetime, facts: PlanFacts) -> Event:
    now = _now(facts)
    event = Event()
    event.add("uid", _uid(facts.document.plan.scenario, *key))
    event.add("dtstamp", now)
    # A plan made later on the same day counts as the newer state of the same event.
    event.add("sequence", max(0, int(now.timestamp()) // 60))
    event.add("dtstart", _written(start, facts))
    event.add("dtend", _written(end, facts))
    return event


def _uid(*parts: str) -> str:
    # Each part with its length: no two lists of parts give the same text.
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return f"{hashlib.sha256(text.encode()).hexdigest()[:_ID_LETTERS]}@paigong"


def _now(facts: PlanFacts) -> datetime:
    """Return when the plan was made by the scenario's own clock: never the computer's."""
    start = datetime.combine(facts.scenario.horizon.first_day, time(), tzinfo=facts.zone)
    return (facts.scenario.now or start).astimezone(UTC).replace(microsecond=0)


def _written(at: datetime, facts: PlanFacts) -> datetime:
    local = at.astimezone(facts.zone).replace(microsecond=0)
    # In the hour that comes twice a local time would mean the first of the two.
    return local.astimezone(UTC) if local.fold else local
