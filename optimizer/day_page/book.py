"""What the parts of the page look up: names, marks, places on the map, clocks of a job."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from optimizer.assess import is_service_clock
from optimizer.day_page.marks import Mark, mark
from optimizer.domain.assessment import ClockState
from optimizer.domain.explanation import LeftOut
from optimizer.domain.plan import ToolPlan
from optimizer.domain.promise import Promise, asked_jobs
from optimizer.domain.roster import ShiftKey
from optimizer.domain.route_shape import RouteShapes, ShapePoint
from optimizer.rules.settings import params_of
from optimizer.rules.trip import RULE as TRIP
from optimizer.rules.trip import days_of_rest
from optimizer.travel.coordinates import to_wgs84
from optimizer.words.free_text import one_line
from optimizer.words.names import PLACE_NAMES
from optimizer.words.numbers import listed
from optimizer.words.plan_book import PlanBook
from optimizer.words.trade_words import work_words

LONGEST_NAME = 80
"""Names are cut off here, in characters: one of a thousand would push all others off the page."""

LONGEST_ADDRESS = 300
"""Addresses are cut off here, in characters."""


@dataclass(frozen=True)
class Book(PlanBook):
    """A plan with everything behind its ids, and what the page draws beside it.

    Parameters
    ----------
    shapes : lines of drives; a drive without one is straight
    fixes : explanations of jobs that are left out, by job id
    """

    shapes: RouteShapes = field(default_factory=dict)
    fixes: Mapping[str, LeftOut] = field(default_factory=dict)

    @cached_property
    def job_number(self) -> dict[str, int]:
        """Number of every job, in scenario order; what links map, Gantt and tables."""
        return {job_id: number for number, job_id in enumerate(self.jobs)}

    @cached_property
    def marks(self) -> dict[str, Mark]:
        """Mark of every technician with work on any day."""
        working = dict.fromkeys(shift.technician_id for shift in self.document.plan.shifts)
        return {technician_id: mark(number) for number, technician_id in enumerate(working)}

    @cached_property
    def points(self) -> dict[str, ShapePoint]:
        """Every place by name, WGS-84."""
        places = tuple(self.places.values())
        wgs84 = to_wgs84(
            [one.lat for one in places], [one.lon for one in places], self.scenario.coordinate_system
        )
        pairs = zip(wgs84.lat.tolist(), wgs84.lon.tolist(), strict=True)
        return {name: ShapePoint(lat, lon) for name, (lat, lon) in zip(self.places, pairs, strict=True)}

    @cached_property
    def service_clocks(self) -> dict[str, list[ClockState]]:
        """Clocks of the service, by job; those of the desk are not among them."""
        found: dict[str, list[ClockState]] = {}
        for clock in self.document.assessment.clocks:
            if clock.job_id is not None and is_service_clock(clock):
                found.setdefault(clock.job_id, []).append(clock)
        return found

    @cached_property
    def promises(self) -> dict[str, Promise]:
        """What was told, by job; not what the customer is asked to move: nobody needs to keep it."""
        last = {one.job_id: one for one in self.scenario.promises}
        return {job_id: one for job_id, one in last.items() if job_id not in self.asked}

    @cached_property
    def asked(self) -> frozenset[str]:
        """Jobs whose customer is asked for another time."""
        return asked_jobs(self.scenario.promises)

    @cached_property
    def resting(self) -> frozenset[ShiftKey]:
        """Days on which somebody rests after a trip."""
        trip = params_of(TRIP, self.scenario.policy)
        return frozenset(days_of_rest(trip, self.document.plan) if trip.active else ())

    def tool_key(self, route: ToolPlan) -> str:
        """Return what names a shared tool on the page, the same on every day."""
        return f"tool-{self._tool_numbers[route.branch_id, route.tool, route.piece]}"

    @cached_property
    def _tool_numbers(self) -> dict[tuple[str, str, int], int]:
        pieces = dict.fromkeys((one.branch_id, one.tool, one.piece) for one in self.document.plan.tools)
        return {piece: number for number, piece in enumerate(pieces)}

    def marked(self, technician_id: str) -> str:
        """Return a technician's letters and name, e.g. ``B Li Hua``."""
        mark = self.marks.get(technician_id)
        name = self.technician(technician_id)
        return name if mark is None else f"{mark.letters} {name}"

    def people_at(self, job_id: str, part: int) -> str:
        """Return who is at a job, the one who leads first."""
        people = self.together.crew(job_id, part)
        return listed([self.marked(one.technician_id) for one in people], self.language)

    def branch(self, branch_id: str) -> str:
        """Return what people call a branch."""
        return one_line(self.branch_name(branch_id), LONGEST_NAME)

    def technician(self, technician_id: str) -> str:
        """Return what people call a technician: the name, else the id."""
        return one_line(self.technician_name(technician_id), LONGEST_NAME)

    def customer(self, job_id: str) -> str:
        """Return the name of a job's customer; nothing where none is known."""
        job = self.jobs.get(job_id)
        return "" if job is None or job.customer is None else one_line(job.customer.name, LONGEST_NAME)

    def work(self, job_id: str) -> str:
        """Return what a job is, e.g. ``repair · aircon ×2``."""
        job = self.jobs.get(job_id)
        return "" if job is None else work_words(job, self.language)

    def spot(self, job_id: str) -> str:
        """Return where a job is: its address, else its coordinates as given."""
        job = self.jobs.get(job_id)
        if job is None:
            return ""
        return one_line(job.place.address, LONGEST_ADDRESS) or f"{job.place.lat:.4f}, {job.place.lon:.4f}"

    def place(self, name: str) -> str:
        """Return a place of a day's ends in words; nobody's home is described."""
        kind, _, rest = name.partition(":")
        match self.place_kind(name):
            case "branch":
                return self.branch(rest)
            case "home":
                return PLACE_NAMES["home"][self.language]
            case "elsewhere":
                return PLACE_NAMES[kind][self.language] if kind in PLACE_NAMES else name
