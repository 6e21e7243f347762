"""A plan with everything behind its ids: jobs, technicians, branches, places, shifts of the roster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from optimizer.domain.branch import Branch
from optimizer.domain.course import overtime_s
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Job
from optimizer.domain.lines import LineKind
from optimizer.domain.parts import loading_branches
from optimizer.domain.place import Place
from optimizer.domain.plan import Leg, ShiftPlan, Stop, TravelLeg
from optimizer.domain.roster import RosterShift, ShiftKey, place_book, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means, Technician
from optimizer.domain.together import Together
from optimizer.domain.trips import morning_at, outings
from optimizer.words.language import Language

PlaceKind = Literal["branch", "home", "elsewhere"]
"""A branch, somebody's home, or any other place."""


@dataclass(frozen=True)
class PlanBook:
    """A question, its answer and the reader's language, with everything looked up by id.

    Parameters
    ----------
    scenario : the question
    document : the answer
    language : English or Chinese
    """

    scenario: Scenario
    document: PlanDocument
    language: Language = "en"

    @cached_property
    def zone(self) -> ZoneInfo:
        """Local time."""
        return ZoneInfo(self.scenario.time_zone)

    @cached_property
    def jobs(self) -> dict[str, Job]:
        """Jobs by id."""
        return {job.job_id: job for job in self.scenario.jobs}

    @cached_property
    def technicians(self) -> dict[str, Technician]:
        """Technicians by id."""
        return {one.technician_id: one for one in self.scenario.technicians}

    @cached_property
    def branches(self) -> dict[str, Branch]:
        """Branches by id."""
        return {one.branch_id: one for one in self.scenario.branches}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Places by name, in the scenario's coordinate system."""
        return place_book(self.scenario)

    @cached_property
    def rostered(self) -> dict[ShiftKey, RosterShift]:
        """Shifts of the horizon by technician and day."""
        return {one.key: one for one in roster(self.scenario)}

    @cached_property
    def together(self) -> Together:
        """Who works together, and with which shared tools."""
        return Together(self.document.plan)

    @cached_property
    def followers(self) -> dict[str, tuple[str, ...]]:
        """Jobs that come after a job, by its id, in scenario order."""
        found: dict[str, tuple[str, ...]] = {}
        for job in self.scenario.jobs:
            for first in dict.fromkeys(one.job_id for one in job.after):
                found[first] = (*found.get(first, ()), job.job_id)
        return found

    @cached_property
    def woken(self) -> frozenset[ShiftKey]:
        """The shifts that begin where a night away was spent."""
        plan = self.document.plan
        near_jobs = {day.key for day in plan.shifts if morning_at(day) is not None}
        # A night may be spent where parts are loaded: the morning after it then begins at a branch.
        return frozenset(near_jobs | {day.key for days in outings(plan) for day in days[1:]})

    @cached_property
    def loading(self) -> Mapping[ShiftKey, str]:
        """The branch at which each shift starts and loads; no entry: it starts elsewhere, as after a night away."""
        found = loading_branches(self.scenario, self.rostered.values())
        return {key: branch_id for key, branch_id in found.items() if key not in self.woken}

    @cached_property
    def line_kinds(self) -> dict[str, LineKind]:
        """What each line is, by its name."""
        return {line.name: line.by for line in self.scenario.travel.lines}

    @cached_property
    def _ways(self) -> dict[tuple[Means, str, str], TravelLeg]:
        return self.document.plan.travel.by_way()

    def travelled(self, means: Means, leg: Leg) -> TravelLeg | None:
        """Return the travel data of a drive; none where the plan has none.

        Parameters
        ----------
        means : means of transport of the day
        leg : a drive of the day
        """
        return self._ways.get((means, leg.from_place, leg.to_place))

    def crew_of(self, stop: Stop) -> tuple[Technician, ...]:
        """Return who is at a stop's job, the one who leads first.

        Parameters
        ----------
        stop : a stop of the plan
        """
        crew = self.together.crew(stop.job_id, stop.part)
        return tuple(self.technicians[one.technician_id] for one in crew)

    def technician_name(self, technician_id: str) -> str:
        """Return what people call a technician: the name, else the id. Anybody's text, not yet made harmless."""
        known = self.technicians.get(technician_id)
        return known.name if known is not None and known.name else technician_id

    def branch_name(self, branch_id: str) -> str:
        """Return what people call a branch: the name, else the id. Anybody's text, not yet made harmless."""
        known = self.branches.get(branch_id)
        return known.name if known is not None and known.name else branch_id

    def overtime_s(self, shift: ShiftPlan) -> int:
        """Return the seconds after the regular end at which somebody is back; 0 where the shift is not known."""
        return overtime_s(shift, self.rostered.get(shift.key))

    def local(self, at: datetime) -> datetime:
        """Return a moment in the scenario's time zone."""
        return at.astimezone(self.zone)

    def place_kind(self, name: str) -> PlaceKind:
        """Return what kind of place it is. Homes are never described: where somebody lives is nobody's business.

        A day that starts or ends exactly where its technician lives does so at home, whatever the place is called.

        Parameters
        ----------
        name : name of the place, e.g. ``branch:B1``
        """
        kind, _, rest = name.partition(":")
        if kind in ("branch", "home"):
            return "branch" if kind == "branch" else "home"
        if kind in ("start", "end"):  # start:TECHNICIAN:DAY
            technician, place = self.technicians.get(rest.rpartition(":")[0]), self.places.get(name)
            home = None if technician is None else technician.home
            if home is not None and place is not None and (home.lat, home.lon) == (place.lat, place.lon):
                return "home"
        return "elsewhere"
