"""The verbs in which rules speak to the search. Rules know nothing of arrays.

Jobs are named by job id, shifts by `ShiftKey`. Times are moments, lengths whole seconds, money whole cents.
A code of the speaking rule is attached to everything it says, so that a refusal can be explained.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from optimizer.domain.roster import RosterShift, ShiftKey
from optimizer.domain.technician import Means


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


class Draft(Protocol):
    """What a rule can say. Limits tighten, prices add up."""

    @property
    def shifts(self) -> Sequence[RosterShift]:
        """All shifts of the horizon."""
        ...

    def forbid(self, jobs: Iterable[str], shifts: Iterable[ShiftKey]) -> None:
        """None of these jobs in any of these shifts. Group jobs alike: one call for many pairs."""
        ...

    def serve(
        self, jobs: Iterable[str], shifts: Iterable[ShiftKey], *, service_s: int, setup_s: int = 0
    ) -> None:
        """These jobs take so long in these shifts; set-up only when the technician was elsewhere before.

        Said again for the same pair, the longer time of each part counts.
        """
        ...

    def narrow(self, job: str, windows: Sequence[tuple[datetime, datetime]]) -> None:
        """Service of the job starts inside one of these windows, and inside those said before."""
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
        """The job goes into one of these shifts or is left out."""
        ...

    def price_unserved(self, job: str, *, weight: int, cents: int) -> None:
        """Leaving the job out adds `weight` to the unserved priority and `cents` to the bill."""
        ...

    def price_lateness(self, job: str, event: Literal["start", "end"], steps: Sequence[LateStep]) -> None:
        """The job's service starting (or ending) after a step's moment costs that step; left out, it costs
        whatever the end of the horizon costs."""
        ...

    def price_travel(self, means: Means, *, cents_per_km: int, cents_per_hour: int) -> None:
        """Driving by this means costs so much a kilometre and so much an hour, each rounded for every leg."""
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
        """The branch has these pieces for all shifts that start there."""
        ...

    def restock(self, shifts: Iterable[ShiftKey], branch: str) -> None:
        """These shifts pass the branch first and may load parts there."""
        ...
