"""A draft that only writes down what rules say."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from optimizer.domain.roster import RosterShift, ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means
from optimizer.domain.ties import Who
from optimizer.rules.draft import LateStep, LoadStep, RestSpan


class Bound(NamedTuple):
    """What `bound` said."""

    start: datetime
    end: datetime
    latest_end: datetime


class Limit(NamedTuple):
    """What `limit` said."""

    shifts: tuple[ShiftKey, ...]
    jobs: int | None
    work_s: int | None


class Load(NamedTuple):
    """What `price_load` said."""

    shifts: tuple[ShiftKey, ...]
    jobs: frozenset[str] | None
    before: int
    steps: tuple[LoadStep, ...]


class Tie(NamedTuple):
    """What `link` said."""

    first: str
    second: str
    gap_from: Literal["start", "end"]
    least_s: int
    most_s: int | None
    next_working_day: bool
    who: Who


class Issued(NamedTuple):
    """What `issue` said."""

    hours: dict[date, tuple[datetime, datetime]]
    handover_s: int


class LayoutRecording:
    """Records what rules say before all others."""

    def __init__(self) -> None:
        self.seats: dict[str, int] = {}
        self.parts: dict[str, int] = {}
        self.lent: dict[tuple[str, str], tuple[int, frozenset[str]]] = {}
        self.stays: list[tuple[tuple[ShiftKey, ...], Means, tuple[ShiftKey, ...]]] = []
        self.fetches: dict[str, tuple[str, ...]] = {}

    def crew(self, jobs: Iterable[str], seats: int) -> None:
        """Write down how many people jobs take."""
        self.seats.update(dict.fromkeys(jobs, seats))

    def split(self, jobs: Iterable[str], parts: int) -> None:
        """Write down how many parts jobs have."""
        self.parts.update(dict.fromkeys(jobs, parts))

    def lend(self, branch: str, tool: str, pieces: int, jobs: Iterable[str]) -> None:
        """Write down pieces of a tool and the jobs that need one."""
        self.lent[branch, tool] = (pieces, frozenset(jobs))

    def fetch(self, job: str, branches: Sequence[str]) -> None:
        """Write down where a job's parts may be fetched."""
        self.fetches[job] = tuple(branches)

    def stay(self, days: Sequence[ShiftKey], means: Means, free: Sequence[ShiftKey]) -> None:
        """Write down the days that can be one trip."""
        self.stays.append((tuple(days), means, tuple(free)))


class Recording:
    """Records every verb; one attribute for each, `calls` in order of speech."""

    def __init__(self, scenario: Scenario) -> None:
        self._shifts = roster(scenario)
        self.calls: list[str] = []
        self.forbidden: set[tuple[str, ShiftKey]] = set()
        self.seats_forbidden: set[tuple[str, ShiftKey, int]] = set()
        self.parts_forbidden: set[tuple[str, ShiftKey, int | None, int]] = set()
        self.parts_narrowed: dict[tuple[str, int], list[tuple[tuple[datetime, datetime], ...]]] = {}
        self.taken: set[tuple[str, int, str, str, int, date]] = set()
        self.covers: dict[str, list[frozenset[ShiftKey]]] = {}
        self.links: list[Tie] = []
        self.apart: list[frozenset[str]] = []
        self.groups: list[tuple[tuple[str, ...], Literal["same", "another"]]] = []
        self.standing: dict[ShiftKey, int] = {}
        self.issued: dict[tuple[str, str], Issued] = {}
        self.out: set[tuple[str, str, int, date]] = set()
        self.served: dict[tuple[str, ShiftKey], tuple[int, int]] = {}
        self.narrowed: dict[str, list[tuple[tuple[datetime, datetime], ...]]] = {}
        self.bounds: dict[ShiftKey, Bound] = {}
        self.breaks: dict[ShiftKey, list[RestSpan]] = {}
        self.limits: list[Limit] = []
        self.fixed: dict[str, list[frozenset[ShiftKey]]] = {}
        self.unserved: dict[str, list[tuple[int, int]]] = {}
        self.lateness: list[tuple[str, Literal["start", "end"], tuple[LateStep, ...]]] = []
        self.travel: dict[Means, tuple[int, int]] = {}
        self.nights: dict[str, int] = {}
        self.overtime: dict[ShiftKey, int] = {}
        self.assignment: dict[tuple[str, ShiftKey], int] = {}
        self.loads: list[Load] = []
        self.charged = 0
        self.consumed: dict[str, dict[str, int]] = {}
        self.vans: list[tuple[tuple[ShiftKey, ...], dict[str, int]]] = []
        self.stocks: dict[str, dict[str, int]] = {}
        self.fetched: dict[tuple[str, str], tuple[dict[str, int], int]] = {}
        self.restocked: dict[ShiftKey, str] = {}

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
        """Write down forbidden pairs, those of one seat or part apart from those of everybody."""
        self.calls.append("forbid")
        keys = tuple(shifts)
        pairs = [(job, key) for job in jobs for key in keys]
        if part is not None:
            self.parts_forbidden.update((job, key, seat, part) for job, key in pairs)
        elif seat is None:
            self.forbidden.update(pairs)
        else:
            self.seats_forbidden.update((job, key, seat) for job, key in pairs)

    def cover(self, jobs: Iterable[str], shifts: Iterable[ShiftKey]) -> None:
        """Write down of whom the crew must have one."""
        self.calls.append("cover")
        keys = frozenset(shifts)
        for job in jobs:
            self.covers.setdefault(job, []).append(keys)

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
        """Write down one job after another."""
        self.calls.append("link")
        self.links.append(Tie(first, second, gap_from, least_s, most_s, next_working_day, who))

    def keep_apart(self, first: str, second: str) -> None:
        """Write down two jobs that are never under way at once."""
        self.calls.append("keep_apart")
        self.apart.append(frozenset((first, second)))

    def group(self, jobs: Sequence[str], who: Literal["same", "another"]) -> None:
        """Write down jobs for one technician, or each for another one."""
        self.calls.append("group")
        self.groups.append((tuple(jobs), who))

    def stand_together(self, shifts: Iterable[ShiftKey], crew: int) -> None:
        """Write down whose shifts belong to a standing crew."""
        self.calls.append("stand_together")
        self.standing.update((key, crew) for key in shifts)

    def issue(
        self, branch: str, tool: str, hours: Mapping[date, tuple[datetime, datetime]], *, handover_s: int
    ) -> None:
        """Write down when a tool is out."""
        self.calls.append("issue")
        self.issued[branch, tool] = Issued(dict(hours), handover_s)

    def already_out(self, branch: str, tool: str, *, piece: int, day: date) -> None:
        """Write down a piece that left its branch before the present time."""
        self.calls.append("already_out")
        self.out.add((branch, tool, piece, day))

    def serve(
        self, jobs: Iterable[str], shifts: Iterable[ShiftKey], *, service_s: int, setup_s: int = 0
    ) -> None:
        """Write down service and set-up seconds; the longer of each counts."""
        self.calls.append("serve")
        keys = tuple(shifts)
        for pair in ((job, key) for job in jobs for key in keys):
            before = self.served.get(pair, (0, 0))
            self.served[pair] = (max(before[0], service_s), max(before[1], setup_s))

    def narrow(self, job: str, windows: Sequence[tuple[datetime, datetime]], *, part: int = 0) -> None:
        """Write down windows, those of later parts apart."""
        self.calls.append("narrow")
        if part:
            self.parts_narrowed.setdefault((job, part), []).append(tuple(windows))
        else:
            self.narrowed.setdefault(job, []).append(tuple(windows))

    def take_piece(self, job: str, branch: str, tool: str, *, piece: int, day: date, part: int = 0) -> None:
        """Write down which piece of a tool a job takes."""
        self.calls.append("take_piece")
        self.taken.add((job, part, branch, tool, piece, day))

    def bound(self, shift: ShiftKey, *, start: datetime, end: datetime, latest_end: datetime) -> None:
        """Write down a shift's bounds."""
        self.calls.append("bound")
        self.bounds[shift] = Bound(start, end, latest_end)

    def require_break(self, shift: ShiftKey, rests: Sequence[RestSpan]) -> None:
        """Write down rests."""
        self.calls.append("require_break")
        self.breaks.setdefault(shift, []).extend(rests)

    def limit(
        self, shifts: Sequence[ShiftKey], *, jobs: int | None = None, work_s: int | None = None
    ) -> None:
        """Write down a limit."""
        self.calls.append("limit")
        self.limits.append(Limit(tuple(shifts), jobs, work_s))

    def fix(self, job: str, shifts: Iterable[ShiftKey]) -> None:
        """Write down where a job must go."""
        self.calls.append("fix")
        self.fixed.setdefault(job, []).append(frozenset(shifts))

    def price_unserved(self, job: str, *, weight: int, cents: int) -> None:
        """Write down weight and price of leaving a job out."""
        self.calls.append("price_unserved")
        self.unserved.setdefault(job, []).append((weight, cents))

    def price_lateness(self, job: str, event: Literal["start", "end"], steps: Sequence[LateStep]) -> None:
        """Write down lateness steps."""
        self.calls.append("price_lateness")
        self.lateness.append((job, event, tuple(steps)))

    def price_travel(self, means: Means, *, cents_per_km: int, cents_per_hour: int) -> None:
        """Write down the price of driving: a kilometre, an hour."""
        self.calls.append("price_travel")
        self.travel[means] = (cents_per_km, cents_per_hour)

    def price_overtime(self, shift: ShiftKey, *, cents_per_hour: int) -> None:
        """Write down the price of an hour of overtime."""
        self.calls.append("price_overtime")
        self.overtime[shift] = cents_per_hour

    def price_nights(self, cents: Mapping[str, int], *, transit_cents: int) -> None:
        """Write down the price of a night at each place."""
        self.transit_cents = transit_cents
        self.calls.append("price_nights")
        self.nights = dict(cents)

    def price_assignment(self, jobs: Iterable[str], shifts: Iterable[ShiftKey], *, cents: int) -> None:
        """Add up prices of pairs."""
        self.calls.append("price_assignment")
        keys = tuple(shifts)
        for pair in ((job, key) for job in jobs for key in keys):
            self.assignment[pair] = self.assignment.get(pair, 0) + cents

    def price_load(
        self,
        shifts: Sequence[ShiftKey],
        *,
        jobs: Iterable[str] | None,
        before: int,
        steps: Sequence[LoadStep],
    ) -> None:
        """Write down a table by load."""
        self.calls.append("price_load")
        counted = None if jobs is None else frozenset(jobs)
        self.loads.append(Load(tuple(shifts), counted, before, tuple(steps)))

    def charge(self, cents: int) -> None:
        """Add to what is owed whatever the plan."""
        self.calls.append("charge")
        self.charged += cents

    def consume(self, job: str, parts: Mapping[str, int]) -> None:
        """Write down the parts of a job."""
        self.calls.append("consume")
        self.consumed[job] = dict(parts)

    def carry(self, shifts: Sequence[ShiftKey], parts: Mapping[str, int]) -> None:
        """Write down what a van carries."""
        self.calls.append("carry")
        self.vans.append((tuple(shifts), dict(parts)))

    def stock(self, branch: str, parts: Mapping[str, int]) -> None:
        """Write down a branch's stock."""
        self.calls.append("stock")
        self.stocks[branch] = dict(parts)

    def fetch(self, job: str, branch: str, parts: Mapping[str, int], *, seconds: int) -> None:
        """Write down what a halt at a branch loads for a job."""
        self.calls.append("fetch")
        self.fetched[job, branch] = (dict(parts), seconds)

    def restock(self, shifts: Iterable[ShiftKey], branch: str) -> None:
        """Write down which branch a shift passes."""
        self.calls.append("restock")
        self.restocked.update((key, branch) for key in shifts)
