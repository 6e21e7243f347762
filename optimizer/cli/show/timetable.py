"""One timetable per shift: drives, waits, jobs and rests in order of time."""

from collections.abc import Iterator
from datetime import datetime

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from optimizer.cli.show.lookup import Lookup, lookup, spot, work
from optimizer.cli.words import clock, kilometres, minutes, plain
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Leg, Rest, ShiftPlan, Stop
from optimizer.domain.roster import RosterShift, roster
from optimizer.domain.scenario import Scenario

_RESTS = {"break": "midday rest", "absence": "away"}


def timetables(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Padding]:
    """Yield a title and a timetable for every shift of the plan."""
    names = lookup(scenario)
    shifts = {one.key: one for one in roster(scenario)}
    for shift in document.plan.shifts:
        yield Text()
        yield _title(shift, shifts.get(shift.key), names)
        yield Padding(_table(shift, names), (0, 0, 0, 2))


def _title(shift: ShiftPlan, rostered: RosterShift | None, names: Lookup) -> Text:
    title = Text(names.technician(shift.technician_id), "bold cyan")
    title.append(f" · {shift.day:%a} {shift.day.day} {shift.day:%b}", "none")
    jobs = "1 job" if len(shift.stops) == 1 else f"{len(shift.stops)} jobs"
    title.append(f" · {shift.means.replace('_', ' ')} · {jobs}", "none")
    if rostered is not None and shift.last_leg.arrival > rostered.end:
        over_s = round((shift.last_leg.arrival - rostered.end).total_seconds())
        title.append(f" · overtime {minutes(over_s)}", "yellow")
    return title


def _table(shift: ShiftPlan, names: Lookup) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=11, no_wrap=True)
    table.add_column(max_width=12, no_wrap=True, overflow="ellipsis")
    table.add_column(max_width=20, no_wrap=True, overflow="ellipsis")
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(width=26, no_wrap=True, overflow="ellipsis", style="dim")
    lines: list[tuple[datetime, tuple[Text | str, ...]]] = []
    leaving = shift.departure
    for stop in shift.stops:
        lines.append((stop.start, _stop(stop, leaving, shift.rests, names)))
        leaving = stop.end
    lines += [(rest.start, _rest(rest, names)) for rest in shift.rests]
    home = shift.last_leg
    table.add_row(*_end_of_day("leaves", shift.departure, shift.stops[0].leg.from_place, "", names))
    for _, cells in sorted(lines, key=lambda line: line[0]):
        table.add_row(*cells)
    table.add_row(*_end_of_day("back", home.arrival, home.to_place, _way(home, 0), names))
    return table


def _stop(stop: Stop, leaving: datetime, rests: tuple[Rest, ...], names: Lookup) -> tuple[Text | str, ...]:
    job = names.jobs.get(stop.job_id)
    span = f"{clock(stop.start, names.zone)}–{clock(stop.end, names.zone)}"
    urgent = job is not None and job.priority in ("emergency", "vip")
    where = "" if job is None else spot(job.place)
    return (
        span,
        Text(plain(stop.job_id), "bold red" if urgent else "bold"),
        work(job),
        where,
        _way(stop.leg, _waited_s(stop, leaving, rests)),
    )


def _rest(rest: Rest, names: Lookup) -> tuple[Text | str, ...]:
    span = f"{clock(rest.start, names.zone)}–{clock(rest.end, names.zone)}"
    return (Text(span, "dim"), Text("·", "dim"), Text(_RESTS[rest.kind], "dim"), "", "")


def _end_of_day(what: str, at: datetime, place: str, way: str, names: Lookup) -> tuple[Text | str, ...]:
    return tuple(Text(one, "dim") for one in (clock(at, names.zone), "·", what, names.place(place), way))


def _waited_s(stop: Stop, leaving: datetime, rests: tuple[Rest, ...]) -> int:
    """Return the seconds between leaving the last place and the start that are neither drive nor rest."""
    idle_s = (stop.start - leaving).total_seconds() - stop.leg.travel_s
    rested_s = sum(
        (rest.end - rest.start).total_seconds() for rest in rests if leaving <= rest.start < stop.start
    )
    return max(0, round(idle_s - rested_s))


def _way(leg: Leg, waited_s: int) -> str:
    parts = []
    if leg.travel_s or leg.distance_m:
        parts.append(f"{minutes(leg.travel_s)} {kilometres(leg.distance_m)}")
    if waited_s >= 60:
        parts.append(f"wait {minutes(waited_s)}")
    return ", ".join(parts)
