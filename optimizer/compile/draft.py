"""The draft: what rules say about a scenario, with ids and moments, becomes rows and seconds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from itertools import combinations
from typing import Final, Literal

from optimizer.build import Bars, Link, ProblemBuilder
from optimizer.compile.compiled import Compiled, RestKind
from optimizer.compile.laid_out import say_people, say_visits
from optimizer.compile.layout import ScenarioLayout, ToolShift, sites_of
from optimizer.compile.legs import all_legs
from optimizer.compile.trips import NightPrices, kinds_of_rests, with_trips
from optimizer.domain.roster import RosterShift, ShiftKey, end_place, roster, start_place
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means
from optimizer.domain.ties import Who
from optimizer.domain.time import Timeline
from optimizer.problem import (
    ANOTHER,
    ANY_ORDER,
    ANYONE,
    APART,
    BEFORE,
    SAME,
    SLOT_S,
    UNLIMITED,
    Names,
)
from optimizer.rules.draft import LateStep, LoadStep, RestSpan
from optimizer.rules.under_way import RULE as UNDER_WAY
from optimizer.travel import travel_table
from optimizer.travel.base import TravelTable

WHO: Final[Mapping[Who, int]] = {"anyone": ANYONE, "same": SAME, "another": ANOTHER}
"""What `Problem.link_who` says for each of the domain's words."""


class ScenarioDraft:
    """The draft's verbs for a scenario: ids and moments in, rows and seconds out."""

    def __init__(
        self,
        scenario: Scenario,
        layout: ScenarioLayout | None = None,
        travel: TravelTable | None = None,
    ) -> None:
        self.code = ""
        self._scenario = scenario
        self._layout = layout or ScenarioLayout(scenario)
        self._visits, self._tools = self._layout.visits(), self._layout.tools()
        self._handover_s: dict[tuple[str, str], int] = {}
        self._tool_bounds: dict[tuple[str, str], Mapping[date, tuple[datetime, datetime]]] = {}
        self._out: set[ToolShift] = set()
        self._together_s: dict[int, int] = {}
        self._shifts = roster(scenario)
        self._timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        self._table = travel_table(scenario) if travel is None else travel
        self._rest_kinds: dict[int, list[RestKind]] = {}
        self._prices: dict[Means, tuple[int, int]] = {}
        self._nights = NightPrices({}, 0)
        self._of_days: set[str] = set()
        self._part_row: dict[str, int] = {}
        self._counted: dict[frozenset[str], frozenset[int]] = {}
        self._branch_row = {branch.branch_id: row for row, branch in enumerate(scenario.branches)}
        self._job_row = {job.job_id: row for row, job in enumerate(scenario.jobs)}
        self._begun = frozenset(job.job_id for job in scenario.jobs if job.has_started)
        self._shift_row = {one.key: row for row, one in enumerate(self._shifts)}
        place_row = {name: row for row, name in enumerate(self._table.places)}
        self._means = tuple(self._table.legs)
        homes = [place_row[f"job:{job.job_id}"] for job in scenario.jobs]
        branches = [place_row[f"branch:{one.branch_id}"] for one in self._tools]
        self._builder = ProblemBuilder(
            job_places=[
                place_row[f"branch:{visit.branch}"] if visit.branch else homes[visit.job]
                for visit in self._visits.rows
            ],
            shift_places=[
                *(
                    (
                        place_row[start_place(one.technician, one.shift)],
                        place_row[end_place(one.technician, one.shift)],
                    )
                    for one in self._shifts
                ),
                *zip(branches, branches, strict=True),
            ],
            shift_profiles=[
                *(self._means.index(one.technician.means) for one in self._shifts),
                *(len(self._means) for _ in self._tools),
            ],
            legs=(),
            horizon_s=self._timeline.end_of(scenario.horizon.dates()[-1]),
            sites=sites_of(scenario, self._table.places),
        )
        say_visits(self._builder, self._layout, len(self._shifts))
        say_people(
            self._builder.ties, self._shifts, [one.day for one in self._tools], scenario, self._timeline
        )

    @property
    def shifts(self) -> Sequence[RosterShift]:
        """All shifts of the horizon."""
        return self._shifts

    def forbid(
        self,
        jobs: Iterable[str],
        shifts: Iterable[ShiftKey],
        *,
        seat: int | None = None,
        part: int | None = None,
        days_only: bool = False,
    ) -> None:
        """See `Draft.forbid`."""
        self._of_days.update([self.code] if days_only else [])
        rows = [
            row
            for job in self._job_rows(self._open(jobs))
            for row in self._visits.people(job, seat=seat, part=part)
        ]
        self._builder.forbid(self.code, rows, self._shift_rows(shifts))

    def cover(self, jobs: Iterable[str], shifts: Iterable[ShiftKey]) -> None:
        """See `Draft.cover`."""
        rows = self._shift_rows(shifts)
        for job in self._job_rows(jobs):
            for part in self._visits.parts[job]:
                self._builder.ties.cover(part.lead, rows)

    def serve(
        self, jobs: Iterable[str], shifts: Iterable[ShiftKey], *, service_s: int, setup_s: int = 0
    ) -> None:
        """See `Draft.serve`."""
        columns = self._shift_rows(shifts)
        parts: dict[int, list[int]] = {}
        for job in self._job_rows(self._open(jobs)):
            count = len(self._visits.parts[job])
            most_s = 60 * -(-service_s // (60 * count))
            for number, part in enumerate(self._visits.parts[job]):
                part_s = max(0, min(most_s, service_s - number * most_s))
                parts.setdefault(part_s, []).extend(part.people)
                if part.tools:
                    self._together_s[part.lead] = max(self._together_s.get(part.lead, 0), part_s + setup_s)
        for part_s, rows in parts.items():
            self._builder.serve(rows, columns, part_s, setup_s)

    def narrow(self, job: str, windows: Sequence[tuple[datetime, datetime]], *, part: int = 0) -> None:
        """See `Draft.narrow`."""
        if not self._open([job]):
            return
        spans = [(self._timeline.seconds(start), self._timeline.seconds(end)) for start, end in windows]
        for row in self._visits.together(self._job_row[job], part):
            self._builder.narrow(row, spans)

    def take_piece(self, job: str, branch: str, tool: str, *, piece: int, day: date, part: int = 0) -> None:
        """See `Draft.take_piece`."""
        wanted, pieces = ToolShift(branch, tool, piece, day), enumerate(self._tools, len(self._shifts))
        rows = self._visits.together(self._job_row[job], part)
        mine = [row for row in rows if self._visits.rows[row].tool == tool]
        self._builder.forbid(self.code, mine, [row for row, one in pieces if one != wanted])

    def bound(self, shift: ShiftKey, *, start: datetime, end: datetime, latest_end: datetime) -> None:
        """See `Draft.bound`."""
        seconds = self._timeline.seconds
        self._builder.bound(self._shift_row[shift], seconds(start), seconds(end), seconds(latest_end))

    def require_break(self, shift: ShiftKey, rests: Sequence[RestSpan]) -> None:
        """See `Draft.require_break`."""
        seconds = self._timeline.seconds
        self._rest_kinds[self._shift_row[shift]] = [rest.kind for rest in rests]
        self._builder.rest(
            self._shift_row[shift],
            [(rest.seconds, ((seconds(rest.opens), seconds(rest.closes)),)) for rest in rests],
        )

    def limit(
        self, shifts: Sequence[ShiftKey], *, jobs: int | None = None, work_s: int | None = None
    ) -> None:
        """See `Draft.limit`."""
        self._builder.limit(self._shift_rows(shifts), jobs=jobs, work_s=work_s)

    def fix(self, job: str, shifts: Iterable[ShiftKey]) -> None:
        """See `Draft.fix`."""
        if not self._open([job]):
            return
        self._of_days.add(self.code)
        allowed = set(self._shift_rows(shifts))
        others = [row for row in range(len(self._shifts)) if row not in allowed]
        self._builder.forbid(self.code, [self._job_row[job]], others)

    def price_unserved(self, job: str, *, weight: int, cents: int) -> None:
        """See `Draft.price_unserved`."""
        self._builder.price_unserved(self._job_row[job], weight, cents)

    def price_lateness(self, job: str, event: Literal["start", "end"], steps: Sequence[LateStep]) -> None:
        """See `Draft.price_lateness`."""
        row = self._visits.parts[self._job_row[job]][-1 if event == "end" else 0].lead
        for step in steps:
            after = self._timeline.seconds(step.after)
            self._builder.price_lateness(row, after, step.cents, step.cents_per_hour, event == "end")

    def price_travel(self, means: Means, *, cents_per_km: int, cents_per_hour: int) -> None:
        """See `Draft.price_travel`."""
        km, hour = self._prices.get(means, (0, 0))
        self._prices[means] = (km + cents_per_km, hour + cents_per_hour)

    def price_nights(self, cents: Mapping[str, int], *, transit_cents: int) -> None:
        """See `Draft.price_nights`."""
        self._nights = NightPrices(cents, transit_cents)

    def price_overtime(self, shift: ShiftKey, *, cents_per_hour: int) -> None:
        """See `Draft.price_overtime`."""
        self._builder.price_overtime(self._shift_row[shift], cents_per_hour)

    def price_assignment(self, jobs: Iterable[str], shifts: Iterable[ShiftKey], *, cents: int) -> None:
        """See `Draft.price_assignment`."""
        self._builder.meters.price_assignment(self._job_rows(jobs), self._shift_rows(shifts), cents)

    def price_load(
        self,
        shifts: Sequence[ShiftKey],
        *,
        jobs: Iterable[str] | None,
        before: int,
        steps: Sequence[LoadStep],
    ) -> None:
        """See `Draft.price_load`."""
        counted = None if jobs is None else self._counted_rows(frozenset(jobs))
        self._builder.meters.price_load(self._shift_rows(shifts), counted, before, steps)

    def charge(self, cents: int) -> None:
        """See `Draft.charge`."""
        self._builder.meters.charge(cents)

    def consume(self, job: str, parts: Mapping[str, int]) -> None:
        """See `Draft.consume`."""
        self._builder.supplies.consume(self._job_row[job], self._pieces(parts))

    def carry(self, shifts: Sequence[ShiftKey], parts: Mapping[str, int]) -> None:
        """See `Draft.carry`."""
        self._builder.supplies.carry(self._shift_rows(shifts), self._pieces(parts))

    def stock(self, branch: str, parts: Mapping[str, int]) -> None:
        """See `Draft.stock`."""
        self._builder.supplies.stock(self._branch_row[branch], self._pieces(parts))

    def restock(self, shifts: Iterable[ShiftKey], branch: str) -> None:
        """See `Draft.restock`."""
        self._builder.supplies.restock(self._shift_rows(shifts), self._branch_row[branch])

    def fetch(self, job: str, branch: str, parts: Mapping[str, int], *, seconds: int) -> None:
        """See `Draft.fetch`."""
        row, shelf = self._job_row[job], self._branch_row[branch]
        for halt in self._visits.halts(row):
            if self._visits.rows[halt].branch == branch:
                self._builder.supplies.fetch(row, halt, shelf, self._pieces(parts))
                self._builder.serve([halt], range(len(self._shifts)), 0, seconds)
                self._builder.forbid(self.code, [halt], self._builder.supplies.passes(shelf))

    def link(
        self,
        first: str,
        second: str,
        *,
        gap_from: Literal["start", "end"] = "end",
        least_s: int = 0,
        most_s: int | None = None,
        next_working_day: bool = False,
        who: Who = "anyone",
    ) -> None:
        """See `Draft.link`."""
        if not self._open([second]):
            return
        before = self._visits.parts[self._job_row[first]][-1 if gap_from == "end" else 0]
        after = self._visits.parts[self._job_row[second]][0]
        most = UNLIMITED if most_s is None else most_s
        self._builder.ties.link(
            Link(
                before.lead, after.lead, BEFORE, least_s, most, gap_from == "end", next_working_day, WHO[who]
            )
        )

    def keep_apart(self, first: str, second: str) -> None:
        """See `Draft.keep_apart`."""
        if not self._open([first, second]):
            return
        for one in self._visits.parts[self._job_row[first]]:
            for other in self._visits.parts[self._job_row[second]]:
                self._builder.ties.link(Link(one.lead, other.lead, APART))

    def group(self, jobs: Sequence[str], who: Literal["same", "another"]) -> None:
        """See `Draft.group`."""
        for one, other in combinations(jobs, 2):
            if self._open([one, other]):
                lead, again = (self._visits.parts[row][0].lead for row in self._job_rows((one, other)))
                self._builder.ties.link(Link(lead, again, ANY_ORDER, who=WHO[who]))

    def stand_together(self, shifts: Iterable[ShiftKey], crew: int) -> None:
        """See `Draft.stand_together`."""
        self._builder.ties.stand_together(self._shift_rows(shifts), crew)

    def issue(
        self, branch: str, tool: str, hours: Mapping[date, tuple[datetime, datetime]], *, handover_s: int
    ) -> None:
        """See `Draft.issue`."""
        self._handover_s[branch, tool] = handover_s
        self._tool_bounds[branch, tool] = hours

    def already_out(self, branch: str, tool: str, *, piece: int, day: date) -> None:
        """See `Draft.already_out`."""
        self._out.add(ToolShift(branch, tool, piece, day))

    def _say_tools(self) -> None:
        """Tell the builder when each tool is out and how long at each job."""
        for row, one in enumerate(self._tools, start=len(self._shifts)):
            hours = self._tool_bounds.get((one.branch_id, one.tool), {})
            opens, closes = (
                (self._timeline.seconds(at) for at in hours[one.day]) if one.day in hours else (1, 0)
            )
            opens = max(0, self._timeline.at(one.day, time())) if one in self._out else opens
            self._builder.bound(row, opens, closes, closes)
            handover_s = self._handover_s.get((one.branch_id, one.tool), 0)
            for lead, together_s in self._together_s.items():
                visit = self._visits.rows[lead]
                things = self._visits.parts[visit.job][visit.part].tools
                mine = [thing for thing in things if self._visits.rows[thing].tool == one.tool]
                self._builder.serve(mine, [row], together_s + handover_s, 0)

    def compiled(self, *, service_first: bool) -> Compiled:
        """Return the arrays and what their rows mean."""
        self._say_tools()
        slots = range(-(-self._builder.horizon_s // SLOT_S) + 24)
        self._builder.legs = all_legs(
            self._table, self._prices, self._timeline, slots, tools=bool(self._tools)
        )
        self._builder.levels = int(service_first)
        codes = tuple(dict.fromkeys((*self._builder.codes, *(["TRIP"] if self._layout.trips else []))))
        built, table = self._builder.build(), self._table
        bars = Bars(len(codes) - 1, sum(1 << bit for bit, code in enumerate(codes) if code in self._of_days))
        problem, trips = with_trips(built, self._layout.trips, self._shift_row, table, self._nights, bars)
        return Compiled(
            scenario=self._scenario,
            problem=problem,
            names=Names(
                jobs=tuple(self._job_row),
                shifts=tuple(str(one) for one in (*(one.key for one in self._shifts), *self._tools, *trips)),
                places=(*self._table.places, "nowhere"),
                codes=codes,
                parts=tuple(self._part_row),
                branches=tuple(self._branch_row),
            ),
            shifts=self._shifts,
            tools=self._tools,
            trips=trips,
            trip_days=tuple(tuple(self._shift_rows(trip.days)) for trip in trips),
            visits=self._visits,
            timeline=self._timeline,
            travel=self._table,
            rest_kinds=tuple(kinds_of_rests(self._rest_kinds, self._shift_row, trips)),
            prices=dict(self._prices),
        )

    def _pieces(self, parts: Mapping[str, int]) -> dict[int, int]:
        return {self._part_row.setdefault(part, len(self._part_row)): count for part, count in parts.items()}

    def _open(self, jobs: Iterable[str]) -> list[str]:
        """Return the jobs that the speaking rule has a say in: what has begun is a matter of `UNDER_WAY` alone."""
        if not self._begun or self.code == UNDER_WAY.code:
            return list(jobs)
        return [job for job in jobs if job not in self._begun]

    def _job_rows(self, jobs: Iterable[str]) -> list[int]:
        return [self._job_row[job] for job in jobs]

    def _counted_rows(self, jobs: frozenset[str]) -> frozenset[int]:
        # The same jobs are counted for thousands of shifts: a set that was frozen once is found by its hash.
        if jobs not in self._counted:
            self._counted[jobs] = frozenset(
                row for job in self._job_rows(jobs) for row in self._visits.parts[job][0].people
            )
        return self._counted[jobs]

    def _shift_rows(self, shifts: Iterable[ShiftKey]) -> list[int]:
        return [self._shift_row[shift] for shift in shifts]
