"""Which visits and tools there are: the rows of a problem, before any rule says more about them."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from optimizer.domain.roster import ShiftKey, site_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means

A_THING, A_HALT = -1, -2
"""What `Visit.seat` says of a tool, and of a halt at a branch."""


class ToolShift(NamedTuple):
    """One piece of a branch's shared tool on one day."""

    branch_id: str
    tool: str
    piece: int
    """From 1."""
    day: date

    def __str__(self) -> str:
        return f"{self.tool} {self.piece} of {self.branch_id} on {self.day.isoformat()}"


class TripShift(NamedTuple):
    """Days of one technician that can be one trip."""

    days: tuple[ShiftKey, ...]
    """The days, at least one; the nights between them are away."""
    means: Means
    """How the technician gets about on all of them."""
    free: tuple[ShiftKey, ...]
    """Days after the return on which the technician rests."""

    @property
    def technician_id(self) -> str:
        """Whose trip it is."""
        return self.days[0].technician_id

    def __str__(self) -> str:
        first, last = self.days[0].day.isoformat(), self.days[-1].day.isoformat()
        when = f"from {first} to {last}" if len(self.days) > 1 else f"on {first}"
        return f"{self.technician_id} {when} by {self.means}"


def means_of_tools(known: Iterable[Means]) -> Means:
    """Return the means of transport by which the ways of shared tools are timed: by car where cars are known."""
    means = tuple(known)
    return "car" if "car" in means else next(iter(means), "car")


def sites_of(scenario: Scenario, places: tuple[str, ...]) -> list[int]:
    """Return a number for each place, equal where they are one site."""
    book = site_book(scenario)
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(book[name], len(numbers)) for name in places]


class Part(NamedTuple):
    """The visits of one part of a job: they start together."""

    people: tuple[int, ...]
    """Rows of the people, the lead first."""
    tools: tuple[int, ...]
    """Rows of the shared tools."""

    @property
    def lead(self) -> int:
        """The lead's row."""
        return self.people[0]


class Visit(NamedTuple):
    """What a job row stands for."""

    job: int
    """The row of its job."""
    part: int
    """Which part, from 0."""
    seat: int
    """Which person's place, 0 leads; `A_THING` for a tool, `A_HALT` for a halt at a branch."""
    tool: str = ""
    """Which tool, empty for a person."""
    branch: str = ""
    """At which branch parts are fetched, empty for visits to customers."""


class Visits(NamedTuple):
    """The rows of all visits."""

    parts: tuple[tuple[Part, ...], ...]
    """(job) its parts, at least one."""
    rows: tuple[Visit, ...]
    """(row) what it stands for."""

    def together(self, job: int, part: int) -> list[int]:
        """Return the rows of one day of a job, people first, then shared tools; none where it has fewer days."""
        return [row for one in self.parts[job][part : part + 1] for row in (*one.people, *one.tools)]

    def people(self, job: int, *, seat: int | None = None, part: int | None = None) -> list[int]:
        """Return the rows of a job's people: of one place in the crew or of everybody, on one day or on all."""
        parts = self.parts[job] if part is None else self.parts[job][part : part + 1]
        return [row for one in parts for row in (one.people if seat is None else one.people[seat : seat + 1])]

    def halts(self, job: int) -> list[int]:
        """Return the rows of the halts at branches that may come before a job."""
        return [row for row in self._halts if self.rows[row].job == job]

    @property
    def _halts(self) -> range:
        """The last rows."""
        first = len(self.rows)
        while first and self.rows[first - 1].seat == A_HALT:
            first -= 1
        return range(first, len(self.rows))


class Loan(NamedTuple):
    """How a shared tool is lent."""

    pieces: int
    """How many there are."""
    jobs: frozenset[str]
    """Jobs that need one."""


class ScenarioLayout:
    """The layout's verbs for a scenario (see `optimizer.rules.draft.Layout`)."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._seats: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        self._loans: dict[tuple[str, str], Loan] = {}
        self._fetches: dict[str, tuple[str, ...]] = {}
        self._trips: list[TripShift] = []

    def crew(self, jobs: Iterable[str], seats: int) -> None:
        """See `Layout.crew`."""
        self._seats.update(dict.fromkeys(jobs, seats))

    def split(self, jobs: Iterable[str], parts: int) -> None:
        """See `Layout.split`."""
        self._parts.update(dict.fromkeys(jobs, parts))

    def lend(self, branch: str, tool: str, pieces: int, jobs: Iterable[str]) -> None:
        """See `Layout.lend`."""
        self._loans[branch, tool] = Loan(pieces, frozenset(jobs))

    def fetch(self, job: str, branches: Sequence[str]) -> None:
        """See `Layout.fetch`."""
        self._fetches[job] = tuple(branches)

    def stay(self, days: Sequence[ShiftKey], means: Means, free: Sequence[ShiftKey]) -> None:
        """See `Layout.stay`."""
        self._trips.append(TripShift(tuple(days), means, tuple(free)))

    def keep_trips(self, trips: Iterable[TripShift]) -> None:
        """Offer these trips alone, so that another state of a question has the same ones.

        Parameters
        ----------
        trips : some of those that were said
        """
        self._trips = list(trips)

    @property
    def job_ids(self) -> tuple[str, ...]:
        """The jobs, by row."""
        return tuple(job.job_id for job in self._scenario.jobs)

    @property
    def trips(self) -> tuple[TripShift, ...]:
        """The trips that were said."""
        return tuple(self._trips)

    @property
    def loans(self) -> Mapping[tuple[str, str], Loan]:
        """How each tool of each branch is lent."""
        return self._loans

    def tools(self) -> tuple[ToolShift, ...]:
        """Return every piece on every day, by branch, tool and piece as they were said."""
        return tuple(
            ToolShift(branch, tool, piece, day)
            for (branch, tool), loan in self._loans.items()
            for piece in range(1, loan.pieces + 1)
            for day in self._scenario.horizon.dates()
        )

    def visits(self) -> Visits:
        """Return the rows of all visits: first every job's own row, then what else it takes."""
        needed: dict[str, list[str]] = defaultdict(list)
        for (_, tool), loan in self._loans.items():
            for job_id in loan.jobs:
                needed[job_id].append(tool)
        rows = [Visit(job, 0, 0) for job in range(len(self._scenario.jobs))]
        parts = []
        for job, record in enumerate(self._scenario.jobs):
            tools = needed[record.job_id]
            found = []
            for part in range(self._parts.get(record.job_id, 1)):
                seats = range(1 if part == 0 else 0, self._seats.get(record.job_id, 1))
                people = list(range(len(rows), len(rows) + len(seats)))
                rows.extend(Visit(job, part, seat) for seat in seats)
                things = range(len(rows), len(rows) + len(tools))
                rows.extend(Visit(job, part, A_THING, tool) for tool in tools)
                found.append(Part(tuple([job, *people] if part == 0 else people), tuple(things)))
            parts.append(tuple(found))
        for job, record in enumerate(self._scenario.jobs):
            if [len(part.people) + len(part.tools) for part in parts[job]] == [1]:
                branches = self._fetches.get(record.job_id, ())
                rows.extend(Visit(job, 0, A_HALT, branch=branch) for branch in branches)
        return Visits(tuple(parts), tuple(rows))
