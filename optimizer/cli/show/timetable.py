"""One timetable per shift: drives, waits, jobs and rests in order of time."""

from collections.abc import Iterator
from datetime import datetime

from rich.constrain import Constrain
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

_WIDEST = 120  # on a wide terminal the drive stays near its address


def timetables(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Constrain]:
    """Yield a title and a timetable for every shift of the plan."""
    names = lookup(scenario)
    shifts = {one.key: one for one in roster(scenario)}
    for shift in document.plan.shifts:
        yield Text()
        yield _title(shift, shifts.get(shift.key), names)
        yield Constrain(Padding(_table(shift, names), (0, 0, 0, 2)), _WIDEST)


def _title(shift: ShiftPlan, rostered: RosterShift | None, names: Lookup) -> Text:
    title = Text(names.technician(shift.technician_id), "bold cyan")
    title.append(f" · {shift.day:%a} {shift.day.day} {shift.day:%b}", "none")
    jobs = "1 job" if len(shift.stops) == 1 else f"{len(shift.stops)} jobs"
    title.append(f" · {shift.means.replace('_', ' ')} · {jobs}", "none")
    over_s = 0 if rostered is None else _seconds(rostered.end, shift.last_leg.arrival)
    if over_s > 0:
        title.append(f" · overtime {minutes(over_s)}", "yellow")
    return title


def _table(shift: ShiftPlan, names: Lookup) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=11, no_wrap=True)
    table.add_column(max_width=12, no_wrap=True, overflow="ellipsis")
    table.add_column(max_width=20, no_wrap=True, overflow="ellipsis")
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(no_wrap=True, style="dim")
    lines: list[tuple[datetime, tuple[Text | str, ...]]] = []
    leaving = shift.departure
    for stop in shift.stops:
        for begin, end in ((leaving, stop.leg.departure), (stop.leg.arrival, stop.start)):
            idle = _idle(begin, end, shift.rests)
            lines += [(at, _wait(at, idle_s, names)) for at, idle_s in idle if idle_s >= 60]
        lines.append((stop.start, _stop(stop, names)))
        leaving = stop.end
    home = shift.last_leg
    lines.append((home.arrival, _end_of_day("back", home.arrival, home.to_place, _way(home), names)))
    lines += [(rest.start, _rest(rest, names)) for rest in shift.rests]  # some come after the way back
    table.add_row(*_end_of_day("leaves", shift.departure, shift.stops[0].leg.from_place, "", names))
    for _, cells in sorted(lines, key=lambda line: line[0].timestamp()):
        table.add_row(*cells)
    return table


def _stop(stop: Stop, names: Lookup) -> tuple[Text | str, ...]:
    job = names.jobs.get(stop.job_id)
    span = f"{clock(stop.start, names.zone)}–{clock(stop.end, names.zone)}"
    urgent = job is not None and job.priority in ("emergency", "vip")
    where = "" if job is None else spot(job.place)
    return (
        span,
        Text(plain(stop.job_id), "bold red" if urgent else "bold"),
        work(job),
        where,
        _way(stop.leg),
    )


def _rest(rest: Rest, names: Lookup) -> tuple[Text | str, ...]:
    span = f"{clock(rest.start, names.zone)}–{clock(rest.end, names.zone)}"
    return (Text(span, "dim"), Text("·", "dim"), Text(_RESTS[rest.kind], "dim"), "", "")


def _wait(at: datetime, waited_s: int, names: Lookup) -> tuple[Text | str, ...]:
    said = (clock(at, names.zone), "·", f"waits {minutes(waited_s)}", "", "")
    return tuple(Text(one, "dim") for one in said)


def _end_of_day(what: str, at: datetime, place: str, way: str, names: Lookup) -> tuple[Text | str, ...]:
    return tuple(Text(one, "dim") for one in (clock(at, names.zone), "·", what, names.place(place), way))


def _idle(begin: datetime, end: datetime, rests: tuple[Rest, ...]) -> Iterator[tuple[datetime, int]]:
    """Yield when a person stands idle between two moments, outside rests, and for how many seconds."""
    for rest in sorted(rests, key=lambda one: one.start.timestamp()):
        if _seconds(begin, rest.start) >= 0 and _seconds(rest.end, end) >= 0:
            yield begin, _seconds(begin, rest.start)
            begin = rest.end
    yield begin, _seconds(begin, end)


def _seconds(earlier: datetime, later: datetime) -> int:
    # By timestamps: moments of one time zone are subtracted by the wall clock, wrong when the clocks change.
    return round(later.timestamp() - earlier.timestamp())


def _way(leg: Leg) -> str:
    if not leg.travel_s and not leg.distance_m:
        return ""
    return f"{minutes(leg.travel_s)} {kilometres(leg.distance_m)}"
