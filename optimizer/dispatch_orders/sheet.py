"""Builds dispatch orders and picking lists from a scenario and its plan."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256

from optimizer.dispatch_orders.free_text import one_line, one_name
from optimizer.dispatch_orders.night_line import days_ahead, night_line
from optimizer.dispatch_orders.order_stop import StopContext, order_stop
from optimizer.dispatch_orders.picking import picking_lists
from optimizer.dispatch_orders.records import (
    DispatchOrders,
    OrderRest,
    OrderSheet,
    OrderStop,
    PartLine,
    PlaceLine,
)
from optimizer.dispatch_orders.restock_line import restock_lines
from optimizer.dispatch_orders.restock_records import RestockLine
from optimizer.dispatch_orders.ride_lines import ride_lines
from optimizer.dispatch_orders.tied_records import ToolLine
from optimizer.domain.call_before import on_duty
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.scenario import Scenario
from optimizer.domain.trips import morning_at
from optimizer.rules.taking_along import parts_of_day
from optimizer.words.plan_book import PlanBook


def dispatch_orders(
    scenario: Scenario,
    document: PlanDocument,
    *,
    technicians: Collection[str] | None = None,
    days: Collection[date] | None = None,
) -> DispatchOrders:
    """Return a sheet for each technician and day with work, and a picking list for each branch and morning.

    Parameters
    ----------
    scenario : the question the plan answers
    document : the plan, without breaches, and its assessment
    technicians : only the sheets of these; picking lists are for whole branches and are then left out
    days : only these days; none: all
    """
    book = PlanBook(scenario, document)
    sheets_of = _Sheets(book)
    shifts = sorted(document.plan.shifts, key=lambda one: one.day)
    made = {
        shift.key: sheets_of.sheet(shift)
        for shift in shifts
        if (technicians is None or shift.technician_id in technicians) and (days is None or shift.day in days)
    }
    sheets = tuple(made.values())
    if technicians is not None:
        return DispatchOrders(sheets=sheets, picking_lists=())
    special_tools = {key: sheet.tools for key, sheet in made.items()}
    lists = picking_lists(book, special_tools, sheets_of.mark)
    return DispatchOrders(
        sheets=sheets, picking_lists=tuple(one for one in lists if days is None or one.day in days)
    )


def plan_mark(document: PlanDocument) -> str:
    """Return eight signs that tell a plan from every other one, so that nobody drives by an old sheet."""
    return sha256(document.plan.model_dump_json().encode()).hexdigest()[:8]


class _Sheets:
    """Writes the sheets of a plan.

    Parameters
    ----------
    book : the plan with everything behind its ids
    """

    def __init__(self, book: PlanBook) -> None:
        self.mark = plan_mark(book.document)
        self._book = book
        self._context = StopContext.of(book)
        self._ahead = days_ahead(book)

    def sheet(self, shift: ShiftPlan) -> OrderSheet:
        """Return the sheet of one technician's day."""
        book, now = self._book, self._book.scenario.now
        technician = book.technicians[shift.technician_id]
        branch = book.branches[technician.branch_id]
        stops, woken_at = self._stops(shift), morning_at(shift)
        # What later days of a trip need is taken along on its first.
        ahead = [stop for day in self._ahead.get(shift.key, ()) for stop in self._stops(day)]
        shared = () if shift.key in book.woken else tuple(_shared_tools([*stops, *ahead]))
        home, restocks = shift.last_leg, restock_lines(book, shift)
        way_back = book.travelled(shift.means, home)
        loads_at = book.loading.get(shift.key)
        return OrderSheet(
            technician_id=shift.technician_id,
            technician=one_name(technician.name),
            day=shift.day,
            issued_at=book.local(now) if now else None,
            plan_mark=self.mark,
            branch=self._branch_name(branch.branch_id),
            hotline=one_name(branch.hotline),
            means=shift.means,
            leave_at=book.local(shift.departure),
            start_place=self._place(shift.first_leg.from_place),
            stops=stops,
            restocks=restocks,
            rests=tuple(
                OrderRest(kind=one.kind, start=book.local(one.start), end=book.local(one.end))
                for one in shift.rests
            ),
            last_departure=book.local(home.departure),
            back_at=book.local(home.arrival),
            end_place=self._place(home.to_place),
            back_travel_s=home.travel_s,
            back_distance_m=home.distance_m,
            back_rides=ride_lines(book, way_back),
            back_fare_cents=0 if way_back is None else way_back.fare_cents,
            overtime_s=book.overtime_s(shift),
            woken_at=woken_at or "",
            night=night_line(book, shift),
            load_at=self._branch_name(loads_at) if loads_at and shift.picked_up else "",
            parts=_sums(stops, shift.picked_up, restocks),
            tools=_tools((one.job_id, self._context.summed_up_tools(one)) for one in (*stops, *ahead)),
            shared_tools=shared,
            tools_from=self._branch_name(loads_at or branch.branch_id) if shared else "",
        )

    def _stops(self, shift: ShiftPlan) -> tuple[OrderStop, ...]:
        """Return a day's jobs in order."""
        book = self._book
        technician = book.technicians[shift.technician_id]
        duty = on_duty(book.rostered[shift.key], book.scenario.now)
        shares = parts_of_day(shift, book.jobs, book.scenario.policy)
        return tuple(
            order_stop(
                stop,
                number,
                technician,
                duty,
                shares[stop.job_id],
                book.travelled(shift.means, stop.leg),
                self._context,
            )
            for number, stop in enumerate(shift.stops, start=1)
        )

    def _branch_name(self, branch_id: str) -> str:
        return one_name(self._book.branch_name(branch_id)) or branch_id

    def _place(self, name: str) -> PlaceLine:
        """Say where a day starts or ends, never where somebody lives."""
        kind = self._book.place_kind(name)
        match kind:
            case "branch":
                return PlaceLine(kind=kind, name=self._branch_name(name.partition(":")[2]))
            case "home":
                return PlaceLine(kind=kind, name="")
            case "elsewhere":
                place = self._book.places[name]
                spot = one_line(place.address) or f"{place.lat:.4f}, {place.lon:.4f}"
                return PlaceLine(kind=kind, name=spot)


def _sums(
    stops: Sequence[OrderStop], picked_up: dict[str, int], restocks: Sequence[RestockLine]
) -> tuple[PartLine, ...]:
    """Add up the day's parts; what is loaded is what the plan says, even if the jobs take less."""
    van: Counter[str] = Counter()
    for line in (line for stop in stops for line in stop.parts):
        van[line.part] += line.from_van
    load = {one_line(part): pieces for part, pieces in picked_up.items()}
    on_the_way: Counter[str] = Counter()
    for loaded in (loaded for one in restocks for loaded in one.parts):
        on_the_way[loaded.part] += loaded.pieces
    return tuple(
        PartLine(
            part=part,
            pieces=van[part] + load.get(part, 0) + on_the_way[part],
            from_van=van[part],
            to_load=load.get(part, 0),
            on_the_way=on_the_way[part],
        )
        for part in sorted({*van, *load, *on_the_way})
    )


def _shared_tools(stops: Sequence[OrderStop]) -> Iterator[ToolLine]:
    """Yield the shared tools that somebody takes along in the morning, each piece once."""
    yield from _tools((one.job_id, one.shared_tools) for one in stops)
    for stop in stops:
        for way in stop.tool_ways:
            if way.taken_along:
                yield ToolLine(tool=way.tool, number=way.number, job_ids=(stop.job_id,))


def _tools(wanted: Iterable[tuple[str, Sequence[str]]]) -> tuple[ToolLine, ...]:
    """Say for each tool for which jobs it is, in the order in which tools are first needed."""
    jobs: dict[str, list[str]] = {}
    for job_id, tools in wanted:
        for tool in dict.fromkeys(tools):
            jobs.setdefault(tool, []).append(job_id)
    return tuple(ToolLine(tool=tool, job_ids=tuple(ids)) for tool, ids in jobs.items())
