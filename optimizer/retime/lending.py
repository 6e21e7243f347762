"""Which piece of a shared tool goes to which job, where the orders leave it open or name more than can be done."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from optimizer.compile import Compiled
from optimizer.problem import Problem, Routes
from optimizer.retime.agreement import Agreement
from optimizer.schedule.agree import Agreed, agree
from optimizer.schedule.reference import by_reference
from optimizer.schedule.timing import arrive


class _Need(NamedTuple):
    """A job that needs a tool."""

    start_s: int
    """When its people would start."""
    row: int
    """The tool's visit."""
    shifts: tuple[int, ...]
    """Tool shifts that can be there."""


def lent(compiled: Compiled, routes: Routes, agreement: Agreement, asked: Mapping[int, int]) -> Routes:
    """Return the routes with shared tools and all starts; a job whose tool cannot be there is done without it.

    Parameters
    ----------
    compiled : the question
    routes : people's orders, and the tools' ways as far as they are given
    agreement : what people have agreed on without tools
    asked : visits on trips → the shift of the day on which they are to be made
    """
    tools = tool_rows(compiled)
    given = {row: shift for shift in tools for row in routes.stops[shift]}
    needs = _needs(compiled, routes, dict(agreement.starts), given, asked)
    pieces = _Pieces(compiled, agreement.problem, routes.stops)
    for shift in tools:
        for row in routes.stops[shift]:
            pieces.send(needs[row], shift)
    for need in sorted(needs.values()):
        if need.row not in given and need.shifts:
            pieces.send(need, pieces.earliest(need))
    found = agree(agreement.problem, pieces.stops())
    if isinstance(found, Agreed):
        return routes._replace(stops=pieces.stops(), agreed=found.starts)
    return _one_by_one(compiled, routes, agreement, sorted(needs.values()))


def tool_rows(compiled: Compiled) -> range:
    """Return the shift rows of shared tools: behind people's days, before their trips."""
    people = len(compiled.shifts)
    return range(people, people + len(compiled.tools))


def with_ways(
    compiled: Compiled, stops: Sequence[tuple[int, ...]], ways: Sequence[tuple[int, ...]]
) -> tuple[tuple[int, ...], ...]:
    """Return routes with other ways of shared tools.

    Parameters
    ----------
    compiled : the question
    stops : all routes
    ways : one of each tool's days
    """
    tools = tool_rows(compiled)
    return (*stops[: tools.start], *ways, *stops[tools.stop :])


def _one_by_one(compiled: Compiled, routes: Routes, agreement: Agreement, needs: Sequence[_Need]) -> Routes:
    """Send tools out in order of time as long as nobody is late by it, to a later job first where that helps."""
    ways: dict[int, tuple[int, ...]] = dict.fromkeys(tool_rows(compiled), ())
    at_home = with_ways(compiled, routes.stops, list(ways.values()))
    kept = routes._replace(stops=at_home, agreed=agreement.starts)
    for need in needs:
        for shift, way in _places(need, ways):
            trial = {**ways, shift: way}
            stops = with_ways(compiled, routes.stops, list(trial.values()))
            found = agree(agreement.problem, stops)
            if isinstance(found, Agreed):
                kept, ways = kept._replace(stops=stops, agreed=found.starts), trial
                break
    return kept


def _places(need: _Need, ways: dict[int, tuple[int, ...]]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the ways of tools with one more job: behind all others of any piece, then ever farther ahead."""
    longest = max((len(ways[shift]) for shift in need.shifts), default=0)
    for ahead in range(longest + 1):
        for shift in sorted(need.shifts, key=lambda shift: len(ways[shift])):
            way = ways[shift]
            if ahead <= len(way):
                at = len(way) - ahead
                yield shift, (*way[:at], need.row, *way[at:])


def _needs(
    compiled: Compiled,
    routes: Routes,
    starts: dict[int, int],
    given: dict[int, int],
    asked: Mapping[int, int],
) -> dict[int, _Need]:
    tools = tool_rows(compiled)
    found: dict[int, _Need] = {}
    for shift, jobs in enumerate(routes.stops):
        for row in () if shift in tools else jobs:
            visit = compiled.visits.rows[row]
            part = compiled.visits.parts[visit.job][visit.part]
            for tool in part.tools:
                day = _day_of(compiled, asked.get(row, shift), starts[part.lead])
                able = tuple(
                    number
                    for number, one in zip(tools, compiled.tools, strict=True)
                    if one.day == day and not compiled.problem.forbidden[tool, number]
                )
                shifts = (given[tool],) if tool in given else able
                found[tool] = _Need(starts[part.lead], tool, shifts)
    return found


def _day_of(compiled: Compiled, shift: int, start_s: int) -> date:
    """Return the day on which a visit of a day or trip is made."""
    on_one_day = shift < len(compiled.shifts)
    return compiled.shifts[shift].key.day if on_one_day else compiled.timeline.moment(start_s).date()


class _Pieces:
    """Where the pieces of shared tools go."""

    def __init__(self, compiled: Compiled, problem: Problem, stops: tuple[tuple[int, ...], ...]) -> None:
        tools = tool_rows(compiled)
        self._compiled = compiled
        self._first = tools.start
        self._problem = problem
        self._kernel = by_reference(problem)
        self._stops = stops
        self._jobs: list[list[int]] = [[] for _ in compiled.tools]
        mine = slice(tools.start, tools.stop)
        homes = zip(problem.start_s[mine], problem.start_place[mine], strict=True)
        self._free = [(int(at), int(place)) for at, place in homes]

    def stops(self) -> tuple[tuple[int, ...], ...]:
        """Return the routes of people and tools."""
        return with_ways(self._compiled, self._stops, [tuple(jobs) for jobs in self._jobs])

    def earliest(self, need: _Need) -> int:
        """Return the tool shift that is there first."""
        return min(need.shifts, key=lambda shift: (self._there(need, shift), shift))

    def send(self, need: _Need, shift: int) -> None:
        """Let a tool go to a job after all it is sent to so far."""
        p, number = self._problem, shift - self._first
        stay_s = int(p.service_s[need.row, p.service_class[shift]])
        self._free[number] = self._there(need, shift) + stay_s, int(p.place[need.row])
        self._jobs[number].append(need.row)

    def _there(self, need: _Need, shift: int) -> int:
        """Return when the job can start with a tool."""
        p = self._problem
        at, here = self._free[shift - self._first]
        there = int(p.place[need.row])
        return max(need.start_s, arrive(self._kernel, int(p.profile[shift]), here, there, at))
