"""Which piece of a shared tool goes to which job, where the orders leave it open or name more than can be done."""

from collections.abc import Iterator, Sequence
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


def lent(compiled: Compiled, routes: Routes, agreement: Agreement) -> Routes:
    """Return the routes with shared tools and all starts; a job whose tool cannot be there is done without it.

    Parameters
    ----------
    compiled : the question
    routes : people's orders, and the tools' ways as far as they are given
    agreement : what people have agreed on without tools
    """
    people = len(compiled.shifts)
    given = {row: shift for shift, jobs in enumerate(routes.stops) for row in jobs if shift >= people}
    needs = _needs(compiled, routes, dict(agreement.starts), given)
    pieces = _Pieces(compiled, agreement.problem, routes.stops[:people])
    for shift, jobs in enumerate(routes.stops[people:], start=people):
        for row in jobs:
            pieces.send(needs[row], shift)
    for need in sorted(needs.values()):
        if need.row not in given and need.shifts:
            pieces.send(need, pieces.earliest(need))
    found = agree(agreement.problem, pieces.stops())
    if isinstance(found, Agreed):
        return routes._replace(stops=pieces.stops(), agreed=found.starts)
    return _one_by_one(compiled, routes, agreement, sorted(needs.values()))


def _one_by_one(compiled: Compiled, routes: Routes, agreement: Agreement, needs: Sequence[_Need]) -> Routes:
    """Send tools out in order of time as long as nobody is late by it, to a later job first where that helps."""
    people = len(compiled.shifts)
    ways: dict[int, tuple[int, ...]] = dict.fromkeys(range(people, people + len(compiled.tools)), ())
    kept = routes._replace(stops=(*routes.stops[:people], *ways.values()), agreed=agreement.starts)
    for need in needs:
        for shift, way in _places(need, ways):
            trial = {**ways, shift: way}
            stops = (*routes.stops[:people], *trial.values())
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
    compiled: Compiled, routes: Routes, starts: dict[int, int], given: dict[int, int]
) -> dict[int, _Need]:
    people = len(compiled.shifts)
    found: dict[int, _Need] = {}
    for shift, jobs in enumerate(routes.stops[:people]):
        day = compiled.shifts[shift].key.day
        for row in jobs:
            visit = compiled.visits.rows[row]
            part = compiled.visits.parts[visit.job][visit.part]
            for tool in part.tools:
                able = tuple(
                    number
                    for number, one in enumerate(compiled.tools, start=people)
                    if one.day == day and not compiled.problem.forbidden[tool, number]
                )
                shifts = (given[tool],) if tool in given else able
                found[tool] = _Need(starts[part.lead], tool, shifts)
    return found


class _Pieces:
    """Where the pieces of shared tools go."""

    def __init__(self, compiled: Compiled, problem: Problem, people: tuple[tuple[int, ...], ...]) -> None:
        self._first = len(compiled.shifts)
        self._problem = problem
        self._kernel = by_reference(problem)
        self._people = people
        self._jobs: list[list[int]] = [[] for _ in compiled.tools]
        homes = zip(problem.start_s[self._first :], problem.start_place[self._first :], strict=True)
        self._free = [(int(at), int(place)) for at, place in homes]

    def stops(self) -> tuple[tuple[int, ...], ...]:
        """Return the routes of people and tools."""
        return (*self._people, *(tuple(jobs) for jobs in self._jobs))

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
