"""The verbs in which rules speak to the search. Rules know nothing of arrays.

Jobs are named by job id, shifts by `ShiftKey`. Times are moments, lengths whole seconds, money whole cents.
A code of the speaking rule is attached to everything it says, so that a refusal can be explained.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple, Protocol

from optimizer.domain.roster import RosterShift, ShiftKey
from optimizer.domain.technician import Means
from optimizer.domain.ties import Who


class RestSpan(NamedTuple):
    """A rest that begins inside [opens, closes], both included, and takes `seconds`."""

    kind: Literal["break", "absence"]
    opens: datetime
    closes: datetime
    seconds: int


class LoadStep(NamedTuple):
    """A load above `after` pays `cents` once and `cents_per_unit` for everything beyond it.

    The unit is a job, or an hour of service; `after` counts jobs or seconds.
    """

    after: int
    cents: int
    cents_per_unit: int = 0


class LateStep(NamedTuple):
    """From `after` on (strictly later), pay `cents` once and `cents_per_hour` for every hour beyond it."""

    after: datetime
    cents: int
    cents_per_hour: int = 0


class Layout(Protocol):
    """What a rule can say before all others: which visits jobs take, and which shared tools there are."""

    def crew(self, jobs: Iterable[str], seats: int) -> None:
        """Each of these jobs takes so many people, who start together; the first leads."""
        ...

    def split(self, jobs: Iterable[str], parts: int) -> None:
        """Each of these jobs is done in so many parts, on one working day after another, by the same people."""
        ...

    def lend(self, branch: str, tool: str, pieces: int, jobs: Iterable[str]) -> None:
        """The branch has so many pieces of a tool, and these jobs need one of them for as long as they take."""
        ...

    def fetch(self, job: str, branches: Sequence[str]) -> None:
        """Parts of this job may be fetched in mid-route at one of these branches, if it is one person's one visit."""
        ...

    def stay(self, days: Sequence[ShiftKey], means: Means, free: Sequence[ShiftKey]) -> None:
        """These shifts of one technician, on days in a row, can be one trip by this means, the nights away.

        None of them then has a route of its own, nor have the free ones, on which the technician rests.

        One day alone is a day by another means than the usual one.
        """
        ...


class Draft(Protocol):
    """What a rule can say. Limits tighten, prices add up.

    Of a job with a crew, windows and forbidden shifts hold for everybody, and everybody's work counts as a job;
    pins, parts and the prices of who serves it hold for the lead. Of a job in parts, windows, pins, parts and prices
    hold for the first part, lateness of the end for the last one.
    """

    @property
    def shifts(self) -> Sequence[RosterShift]:
        """All shifts of the horizon."""
        ...

    def forbid(
        self,
        jobs: Iterable[str],
        shifts: Iterable[ShiftKey],
        *,
        seat: int | None = None,
        part: int | None = None,
        days_only: bool = False,
    ) -> None:
        """None of these jobs in any of these shifts. Group jobs alike: one call for many pairs.

        With a seat, only that place in the crew: 0 leads. With a part, only that day of a job in parts, from 0.
        A trip is forbidden with any of its days; where it is said of days only, with all of them: then what is said
        by `narrow` keeps the job off the others.
        """
        ...

    def cover(self, jobs: Iterable[str], shifts: Iterable[ShiftKey]) -> None:
        """Somebody of the crew of each of these jobs works one of these shifts; at most 32 times a job."""
        ...

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
        """The second job is served only where the first is, after it, with such a gap up to its start.

        `who` compares those who lead.
        """
        ...

    def keep_apart(self, first: str, second: str) -> None:
        """These two jobs are never under way at the same time."""
        ...

    def group(self, jobs: Sequence[str], who: Literal["same", "another"]) -> None:
        """Those of these jobs that are served have the same lead, or each another one."""
        ...

    def stand_together(self, shifts: Iterable[ShiftKey], crew: int) -> None:
        """These shifts belong to one standing crew, known by a number: crew jobs take its members only, or none."""
        ...

    def issue(
        self, branch: str, tool: str, hours: Mapping[date, tuple[datetime, datetime]], *, handover_s: int
    ) -> None:
        """A tool that is lent is out of the branch between these moments of each day; its visit to a job lasts as
        long as the job and so many seconds of handing over; on days without hours it stays in."""
        ...

    def already_out(self, branch: str, tool: str, *, piece: int, day: date) -> None:
        """This piece of a tool that is lent left its branch before the present time, on this day."""
        ...

    def serve(
        self, jobs: Iterable[str], shifts: Iterable[ShiftKey], *, service_s: int, setup_s: int = 0
    ) -> None:
        """These jobs take so long in these shifts; set-up only when the technician was elsewhere before.

        Said again for the same pair, the longer time of each part counts.
        """
        ...

    def narrow(self, job: str, windows: Sequence[tuple[datetime, datetime]], *, part: int = 0) -> None:
        """Service of the job (of that part of it) starts inside one of these windows, and inside those said before."""
        ...

    def take_piece(self, job: str, branch: str, tool: str, *, piece: int, day: date, part: int = 0) -> None:
        """The job (that part of it) takes this very piece of a shared tool, on this day."""
        ...

    def bound(self, shift: ShiftKey, *, start: datetime, end: datetime, latest_end: datetime) -> None:
        """The shift's earliest leaving, regular end, and the latest moment of being back."""
        ...

    def require_break(self, shift: ShiftKey, rests: Sequence[RestSpan]) -> None:
        """The shift has these rests, in this order, if it has any job at all."""
        ...

    def limit(
        self, shifts: Sequence[ShiftKey], *, jobs: int | None = None, work_s: int | None = None
    ) -> None:
        """All these shifts of one technician together: at most so many jobs, so many seconds of service and travel."""
        ...

    def fix(self, job: str, shifts: Iterable[ShiftKey]) -> None:
        """The job goes into one of these shifts, or on a trip with one of them, or is left out."""
        ...

    def price_unserved(self, job: str, *, weight: int, cents: int) -> None:
        """Leaving the job out adds `weight` to the unserved priority and `cents` to the bill."""
        ...

    def price_lateness(self, job: str, event: Literal["start", "end"], steps: Sequence[LateStep]) -> None:
        """The job's service starting (or ending) after a step's moment costs that step; left out, it costs
        whatever the end of the horizon costs."""
        ...

    def price_travel(self, means: Means, *, cents_per_km: int, cents_per_hour: int) -> None:
        """Driving by this means costs so much a kilometre and so much an hour, each rounded for every leg, and the
        fares of its trains and ships."""
        ...

    def price_nights(self, cents: Mapping[str, int], *, transit_cents: int) -> None:
        """A night away costs so much, by the name of the place (see `place_book`); nights at home cost nothing.

        A night on board of a sleeper costs `transit_cents` instead, wherever it begins and ends.
        """
        ...

    def price_overtime(self, shift: ShiftKey, *, cents_per_hour: int) -> None:
        """Reaching the end place after the regular end costs so much an hour, rounded once a shift."""
        ...

    def price_assignment(self, jobs: Iterable[str], shifts: Iterable[ShiftKey], *, cents: int) -> None:
        """Serving any of these jobs in any of these shifts costs so much."""
        ...

    def price_load(
        self,
        shifts: Sequence[ShiftKey],
        *,
        jobs: Iterable[str] | None,
        before: int,
        steps: Sequence[LoadStep],
    ) -> None:
        """What one technician's shifts take on together costs by a table.

        The load is the number of `jobs` served, or for None the seconds of service of all jobs, set-up not
        counted. `before` stands on it already; the plan pays what it adds to the price. Jobs that are counted
        for many shifts are quickest said as one frozen set.
        """
        ...

    def charge(self, cents: int) -> None:
        """Owed whatever the plan."""
        ...

    def consume(self, job: str, parts: Mapping[str, int]) -> None:
        """Serving the job takes these pieces along: part → pieces."""
        ...

    def carry(self, shifts: Sequence[ShiftKey], parts: Mapping[str, int]) -> None:
        """One technician's van carries these pieces for all these shifts together."""
        ...

    def stock(self, branch: str, parts: Mapping[str, int]) -> None:
        """The branch has these pieces for all who load there, in the morning or on the way."""
        ...

    def fetch(self, job: str, branch: str, parts: Mapping[str, int], *, seconds: int) -> None:
        """A halt at the branch before the job loads these of its parts and takes so long, where it was laid out."""
        ...

    def restock(self, shifts: Iterable[ShiftKey], branch: str) -> None:
        """These shifts start at the branch and may load parts there before their first job."""
        ...
