"""How far a day is: every visit of a plan as it was reported, and as it was planned where nothing was.

The day is followed in the order of the plan. Who is late for one visit is late for those behind it; a crew begins when
the last of it is there, and its shared tools; a rest is taken where the plan has it, later where its technician comes
later. A visit of which nothing was reported is taken to go on as planned from there. Work that was reported begun is
not over before that is reported: where it should be, it is expected to take `SOON_S` more. Where one of a crew does not
come, nobody goes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from optimizer.domain.plan import Leg, Plan, Rest, Restock, ShiftPlan, Stop
from optimizer.domain.roster import ShiftKey
from optimizer.replan.reports import OfJob, Reports
from optimizer.replan.tools_out import days_of_tools

SOON_S: Final = 600
"""Seconds that work takes more which should be over and is not."""

State = Literal["on_the_way", "arrived", "started", "finished", "failed"]
"""How far a visit is; failed: it ended in vain."""

Drive = Callable[[ShiftPlan, str, str], int]
"""Seconds from one place to another by a shift's means."""


class Visit(NamedTuple):
    """A visit that is over or under way, its times in seconds since 1970 as they were or are expected."""

    stop: Stop
    state: State
    left_s: float
    arrived_s: float
    started_s: float
    ended_s: float
    assumed: bool
    """Nothing was reported of it: it is taken to go as planned."""

    @property
    def minutes(self) -> int:
        """Minutes of work as questions count them: whole ones, rounded up, at least one."""
        return max(1, -(-round(self.ended_s - self.started_s) // 60))


class DaySoFar(NamedTuple):
    """How far one technician's day is; it has begun."""

    shift: ShiftPlan
    """The day as it was planned."""
    visits: tuple[Visit, ...]
    """Visits that are over, then those under way; at least one."""
    place: str
    """Name of the place at which the technician is, or which is reached next."""
    free_s: float
    """From when on the technician can be sent on from there; of who is at work, when that began."""
    driven_s: int
    """Seconds of driving so far, the drive to `place` included."""
    rested: bool
    """Whether the midday rest has begun."""


def progress(plan: Plan, told: Reports, now: datetime, drive: Drive) -> dict[ShiftKey, DaySoFar]:
    """Return how far every day is that has begun.

    Parameters
    ----------
    plan : the days as they were planned
    told : what was reported
    now : the present moment
    drive : how long a way takes
    """
    now_s = now.timestamp()
    tools = tuple(days_of_tools(plan))
    days = {shift.key: _Day(shift, drive, told.away.get(shift.technician_id)) for shift in plan.shifts}
    days |= {shift.key: _ToolDay(shift, drive, None) for shift in tools}
    for group in _groups((*plan.shifts, *tools)):
        fact = told.of(group[0][1].job_id, group[0][1].part)
        ways = [days[key].way_to(stop, fact) for key, stop in group]
        known = [way for way in ways if way is not None]
        if len(known) < len(group):
            continue
        begins_s = max(way.ready_s for way in known)
        aways = [told.away[key.technician_id] for key, _ in group if key.technician_id in told.away]
        away = min(aways, key=datetime.timestamp, default=None)
        for (key, stop), way in zip(group, known, strict=True):
            days[key].go(stop, way, fact, begins_s, away, now_s)
    return {key: day.so_far(now_s) for key, day in days.items() if day.visits}


def _groups(shifts: Sequence[ShiftPlan]) -> Iterator[list[tuple[ShiftKey, Stop]]]:
    """Yield the visits of each job and part together, its shared tools behind its people, in order of time."""
    found: defaultdict[tuple[str, int], list[tuple[ShiftKey, Stop]]] = defaultdict(list)
    for shift in shifts:
        for stop in shift.stops:
            found[stop.job_id, stop.part].append((shift.key, stop))
    yield from sorted(found.values(), key=lambda group: group[0][1].start.timestamp())


class _Taken(NamedTuple):
    """A rest as it is taken, in seconds since 1970."""

    kind: str
    begins_s: float
    ends_s: float


class _Way(NamedTuple):
    """How somebody gets to a visit, in seconds since 1970."""

    left_s: float
    arrived_s: float
    ready_s: float
    """There, rested, and not before the plan says."""
    driven_s: int
    """Driving, by branches on the way."""
    rests: tuple[_Taken, ...]
    """Rests on the way."""


class _Day:
    """Follows one technician's day."""

    def __init__(self, shift: ShiftPlan, drive: Drive, away: datetime | None) -> None:
        self.visits: list[Visit] = []
        self._shift, self._drive, self._away = shift, drive, away
        begins = min([shift.departure, *(rest.start for rest in shift.rests)], key=datetime.timestamp)
        self._place, self._free_s = shift.first_leg.from_place, begins.timestamp()
        self._rests = list(shift.rests)
        self._rested: list[_Taken] = []
        self._driven_s = 0
        self._at_a_halt = False

    def way_to(self, stop: Stop, fact: OfJob) -> _Way | None:
        """Return how the technician gets to a visit; none: does not go there."""
        who, rests, driven_s = self._shift.technician_id, list[_Taken](), 0
        place, free_s = self._place, self._free_s
        for halt in self._halts_before(stop):
            free_s = self._after_rests(halt.leg.departure, free_s, rests)
            way_s = self._way_s(place, halt.leg)
            free_s = max(free_s, halt.leg.departure.timestamp()) + way_s
            free_s = max(self._after_rests(halt.start, free_s, rests), halt.start.timestamp())
            free_s += halt.end.timestamp() - halt.start.timestamp()
            place, driven_s = halt.leg.to_place, driven_s + way_s
        free_s = self._after_rests(stop.leg.departure, free_s, rests)
        left_s = _moment(fact.left.get(who), max(free_s, stop.leg.departure.timestamp()))
        way_s = self._way_s(place, stop.leg)
        arrived_s = _moment(fact.arrived.get(who), left_s + way_s)
        ready_s = self._after_rests(stop.start, arrived_s, rests)
        if self._at_a_halt or _comes_before(self._away, left_s) or _comes_before(fact.given_up, left_s):
            return None
        ready_s = max(ready_s, stop.start.timestamp())
        return _Way(min(left_s, arrived_s), arrived_s, ready_s, driven_s + way_s, tuple(rests))

    def go(
        self, stop: Stop, way: _Way, fact: OfJob, begins_s: float, away: datetime | None, now_s: float
    ) -> None:
        """Go to a visit as far as the technician comes by now, or until somebody of the crew drops out."""
        over = fact.finished or fact.failed
        if way.left_s > now_s and over is None and fact.started is None:
            self._at_a_halt = True
            return
        started_s, ended_s = _work(stop, fact, begins_s, now_s)
        in_vain = fact.failed is not None
        if fact.given_up is not None and over is None and fact.started is None:
            # nothing was done there: who was on the way reaches the place
            in_vain, started_s = True, max(way.arrived_s, min(fact.given_up.timestamp(), ended_s))
            ended_s = started_s
        elif over is None and away is not None and away.timestamp() <= min(ended_s, now_s):
            in_vain, ended_s = True, max(away.timestamp(), way.left_s)
            started_s = min(started_s, ended_s)
        arrived_s = min(way.arrived_s, started_s)
        state: State = "on_the_way"
        if ended_s <= now_s:
            state = "failed" if in_vain else "finished"
        elif started_s <= now_s and not in_vain:
            state = "started"
        elif arrived_s <= now_s:
            state = "arrived"
        reported = (fact.left, fact.arrived, fact.started, fact.ends_at, over)
        self.visits.append(
            Visit(stop, state, min(way.left_s, arrived_s), arrived_s, started_s, ended_s, not any(reported))
        )
        self._driven_s += way.driven_s
        self._rested += way.rests
        del self._rests[: len(way.rests)]
        self._place, self._free_s = stop.leg.to_place, ended_s
        self._at_a_halt = state not in ("finished", "failed")

    def so_far(self, now_s: float) -> DaySoFar:
        """Return how far the day is."""
        last = self.visits[-1]
        place, driven_s, free_s = self._place, self._driven_s, max(self._free_s, now_s)
        taken = list(self._rested)
        if last.state in ("on_the_way", "arrived"):
            free_s = max(last.arrived_s, now_s)
        elif last.state != "started":
            taken += [_taken(rest, self._free_s) for rest in self._rests]
            home = self._shift.last_leg
            leaves_s = max(self._free_s, home.departure.timestamp())
            if last.stop is self._shift.stops[-1] and leaves_s <= now_s:
                way_s = self._way_s(place, home)
                place, free_s, driven_s = home.to_place, max(free_s, leaves_s + way_s), driven_s + way_s
        begun = [rest for rest in taken if rest.begins_s <= now_s]
        free_s = max(free_s, *(rest.ends_s for rest in begun), now_s)
        free_s = last.started_s if last.state == "started" else free_s
        rested = any(rest.kind == "break" for rest in begun)
        return DaySoFar(self._shift, tuple(self.visits), place, free_s, driven_s, rested)

    def _halts_before(self, stop: Stop) -> Iterator[Restock]:
        """Yield the halts at branches on the way to a visit."""
        position = self._shift.stops.index(stop)
        return (halt for halt in self._shift.restocks if halt.before == position)

    def _way_s(self, place: str, leg: Leg) -> int:
        """Return the seconds from a place to where a planned way leads."""
        same = place == leg.from_place
        return leg.travel_s if same else self._drive(self._shift, place, leg.to_place)

    def _after_rests(self, moment: datetime, free_s: float, rests: list[_Taken]) -> float:
        """Add the rests that the plan has before a moment; return from when on the technician goes on."""
        for rest in self._rests[len(rests) :]:
            if rest.start.timestamp() < moment.timestamp():
                rests.append(_taken(rest, free_s))
                free_s = rests[-1].ends_s
        return free_s


class _ToolDay(_Day):
    """Follows a shared tool, also to where it will be: whoever waits for it can be told until when."""

    def go(
        self, stop: Stop, way: _Way, fact: OfJob, begins_s: float, away: datetime | None, now_s: float
    ) -> None:
        """Stay at a job until it is handed over."""
        self._free_s = _work(stop, fact, begins_s, now_s)[1]
        self._place = stop.leg.to_place


def _work(stop: Stop, fact: OfJob, begins_s: float, now_s: float) -> tuple[float, float]:
    """Return when work begins and ends, as was reported, else as is expected."""
    over = fact.finished or fact.failed
    started_s = _moment(fact.started, begins_s)
    if over is not None:
        return min(started_s, over.timestamp()), over.timestamp()
    lasts_s = stop.end.timestamp() - stop.start.timestamp()
    ended_s = _moment(fact.ends_at, started_s + lasts_s)
    if (fact.started or fact.ends_at) and ended_s <= now_s:
        ended_s = now_s + SOON_S
    return started_s, ended_s


def _moment(reported: datetime | None, expected_s: float) -> float:
    return expected_s if reported is None else reported.timestamp()


def _comes_before(moment: datetime | None, at_s: float) -> bool:
    return moment is not None and moment.timestamp() <= at_s


def _taken(rest: Rest, free_s: float) -> _Taken:
    """Return when somebody takes a rest who is free then."""
    begins_s = max(free_s, rest.start.timestamp())
    return _Taken(rest.kind, begins_s, begins_s + rest.end.timestamp() - rest.start.timestamp())
