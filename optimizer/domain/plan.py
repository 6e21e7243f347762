"""The plan: who does what when, in business words."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.base import Count, Id, Name, Record, is_unset
from optimizer.domain.lines import Ride
from optimizer.domain.policy import Preset
from optimizer.domain.roster import ShiftKey
from optimizer.domain.slow_area import SlowHours
from optimizer.domain.technician import Means
from optimizer.domain.time import Horizon, Instant

Night = Literal["lodging", "housing", "transit"]
"""How a night away is spent: in a hotel, in a branch's own beds, or riding a sleeper."""


class Leg(Record):
    """A drive from one place to the next."""

    from_place: str
    """Name of the place left, e.g. ``branch:B1`` or ``job:J7``."""
    to_place: str
    """Name of the place reached."""
    departure: Instant
    """Leaving."""
    arrival: Instant
    """Reaching; of a night in transit the next working day's start, never sooner."""
    travel_s: Count
    """Driving time in seconds, congestion included, rests not."""
    distance_m: Annotated[int, Field(ge=0)]
    """Road length in metres; what a train or a ship covers is not in it."""


class Rest(Record):
    """A break or an absence within the shift."""

    kind: Literal["break", "absence"]
    """Midday rest, or away within the day."""
    start: Instant
    """Begin."""
    end: Instant
    """End."""


class Stop(Record):
    """One technician's presence at one job (到访)."""

    job_id: Id
    """The job."""
    leg: Leg
    """The drive there."""
    start: Instant
    """Service starts (inside an appointment window); before it the technician waits or rests."""
    end: Instant
    """Service ends."""
    setup_s: Count = 0
    """Seconds of the service that are set-up at the place (none when already there)."""
    service_s: Count
    """Seconds of the service without set-up; start + setup + service = end."""
    seat: Annotated[int, Field(ge=0, le=7, exclude_if=is_unset)] = 0
    """Place in the crew, 0 leads; absent from a file where it is 0."""
    part: Annotated[int, Field(ge=0, le=13, exclude_if=is_unset)] = 0
    """Which day of a job that is split over days, from 0; absent from a file where it is 0."""


class Restock(Record):
    """A halt at a branch in mid-route to load parts (途中补料)."""

    branch_id: Id
    """The branch."""
    before: Count
    """How many of the day's stops come before it."""
    leg: Leg
    """The drive there."""
    start: Instant
    """Loading begins."""
    end: Instant
    """Loading ends."""
    picked_up: dict[Name, Annotated[int, Field(ge=1, le=1_000_000)]]
    """Parts loaded: part → pieces."""


class ShiftPlan(Record):
    """One technician's day: stops in order, rests, the drive back.

    On a trip the day ends where the night is spent, and the next one begins there; a day between two nights may have no
    stops. Other shifts without stops are not in a plan.
    """

    technician_id: Id
    """Who."""
    day: date
    """Which day, local date."""
    means: Means
    """Means of transport."""
    departure: Instant
    """Leaving the start place."""
    stops: tuple[Stop, ...]
    """Stops in order."""
    picked_up: dict[Name, Annotated[int, Field(ge=1, le=1_000_000)]] = {}
    """Parts to load at the branch the shift starts from: part → pieces; the rest is on the van already."""
    restocks: Annotated[tuple[Restock, ...], Field(exclude_if=is_unset)] = ()
    """Halts at branches in mid-route, in order; absent from a file without any."""
    rests: tuple[Rest, ...] = ()
    """Rests in order of time; never during service, loading or a drive."""
    last_leg: Leg
    """The drive to the end place, or to where the night is spent; a rest still owed then follows there. A night in
    transit is spent on it: it ends where the next day begins."""
    night: Annotated[Night | None, Field(exclude_if=is_unset)] = None
    """How the night after this day is spent away; absent from a file where the technician is back in the evening."""

    @property
    def key(self) -> ShiftKey:
        """The shift's key: technician and day."""
        return ShiftKey(self.technician_id, self.day)

    @property
    def work_ends(self) -> Instant:
        """When the day's work is over: being back or where the night is spent; a night in transit is no work."""
        return self.last_leg.departure if self.night == "transit" else self.last_leg.arrival

    @property
    def work_legs(self) -> tuple[Leg, ...]:
        """The drives that are work: all but a ride through the night."""
        return self.legs[:-1] if self.night == "transit" else self.legs

    @property
    def halts(self) -> tuple[Stop | Restock, ...]:
        """Stops and halts at branches in the order in which they are made."""
        if not self.restocks:
            return self.stops
        found: list[Stop | Restock] = []
        for number in range(len(self.stops) + 1):
            found.extend(one for one in self.restocks if min(one.before, len(self.stops)) == number)
            found.extend(self.stops[number : number + 1])
        return tuple(found)

    @property
    def legs(self) -> tuple[Leg, ...]:
        """All drives of the day in order, the last one included."""
        return (*(halt.leg for halt in self.halts), self.last_leg)

    @property
    def first_leg(self) -> Leg:
        """The drive with which the day begins."""
        return self.halts[0].leg if self.halts else self.last_leg


class TravelLeg(Record):
    """Travel data of one leg as the plan used it."""

    from_place: str
    """Name of the place left."""
    to_place: str
    """Name of the place reached."""
    means: Means
    """Means of transport."""
    base_s: Count
    """Travel time without congestion in seconds."""
    distance_m: Annotated[int, Field(ge=0)]
    """Road length in metres; what a train or a ship covers is not in it."""
    hour_percent: tuple[int, ...] = ()
    """24 speeds in percent by local hour of the day; empty: always 100."""
    fare_cents: Annotated[int, Field(ge=0, exclude_if=is_unset)] = 0
    """Fares of its trains and ships in cents; absent from a file where it is 0."""
    rides: Annotated[tuple[Ride, ...], Field(exclude_if=is_unset)] = ()
    """Its trains and ships in order, with local ways before, between and behind; absent from a file without any."""
    slow_hours: Annotated[tuple[SlowHours, ...], Field(exclude_if=is_unset)] = ()
    """When it is slow: it starts or ends in slow areas, in the scenario's order; absent from a file without any."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Names of its trains and ships in order."""
        return tuple(ride.line for ride in self.rides)


class ToolStop(Record):
    """A shared tool's presence at one job."""

    job_id: Id
    """The job."""
    part: Annotated[int, Field(ge=0, le=13, exclude_if=is_unset)] = 0
    """Which day of a job that is split over days, from 0."""
    leg: Leg
    """The tool's way there."""
    start: Instant
    """The crew's service starts."""
    end: Instant
    """The tool has been handed over: the service's end and the minutes for that."""


class ToolPlan(Record):
    """One shared tool's day: where it is when, from its branch and back (in no sum of the technicians' drives)."""

    branch_id: Id
    """The branch that issues it."""
    tool: Name
    """Which tool."""
    piece: Annotated[int, Field(ge=1)]
    """Which of the branch's pieces, from 1."""
    day: date
    """Which day, local date."""
    means: Means
    """How long its ways take: as by this means of transport."""
    stops: Annotated[tuple[ToolStop, ...], Field(min_length=1)]
    """Jobs in order."""
    last_leg: Leg
    """The way back to the branch."""

    @property
    def legs(self) -> tuple[Leg, ...]:
        """All ways of the day in order, the one back included."""
        return (*(stop.leg for stop in self.stops), self.last_leg)


class TravelSnapshot(Record):
    """The travel data behind a plan, so that it can be checked later without asking a router again."""

    source: str
    """What the times come from, e.g. ``great circle``."""
    legs: tuple[TravelLeg, ...]
    """Every leg the plan drives, sorted by means and places."""
    sha256: str
    """Hash of source and legs."""
    warnings: Annotated[tuple[str, ...], Field(exclude_if=is_unset)] = ()
    """Where a road map failed or had no road, in sentences; absent from a file that has none."""

    def by_way(self) -> dict[tuple[Means, str, str], TravelLeg]:
        """Return the legs by means of transport, place left and place reached."""
        return {(leg.means, leg.from_place, leg.to_place): leg for leg in self.legs}


class Provenance(Record):
    """How the plan was made; no wall time, so that equal runs give equal bytes."""

    engine: Name
    """Engine."""
    seed: Annotated[int, Field(ge=0)]
    """Seed."""
    threads: Annotated[int, Field(ge=1)] = 1
    """Searches side by side."""
    iterations: Annotated[int, Field(ge=0)]
    """Iterations done, all threads together."""
    ended_by: Literal["time", "iterations", "no_improvement", "target", "cancelled", "finished"]
    """Why the run ended."""
    lower_bound_cents: int | None = None
    """Proven lower bound of the bill, or none."""
    versions: dict[str, str] = {}
    """Versions of the parts that decide the result."""


class Plan(Record):
    """Who does what when, for a horizon (排班派工方案)."""

    format: Literal["paigong-plan-1"] = "paigong-plan-1"
    """Name and version of this format."""
    scenario: Name
    """Name of the scenario."""
    scenario_sha256: str
    """Hash of the scenario that was planned."""
    horizon: Horizon
    """The planned days."""
    time_zone: Name
    """IANA time zone."""
    preset: Preset
    """Preset in force."""
    shifts: tuple[ShiftPlan, ...]
    """Shifts with work, by technician in scenario order, then day."""
    tools: Annotated[tuple[ToolPlan, ...], Field(exclude_if=is_unset)] = ()
    """Where shared tools are, by branch, tool, piece and day; absent from a file without any."""
    unserved: tuple[Id, ...]
    """Jobs left out, in scenario order."""
    travel: TravelSnapshot
    """The travel data used."""
    provenance: Provenance
    """How the plan was made."""
