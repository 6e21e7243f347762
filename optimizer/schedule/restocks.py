"""Halts at branches in mid-route: which places a day is made up of, and what is loaded there."""

from collections import Counter
from collections.abc import Iterator, Sequence

from optimizer.compile.compiled import Compiled
from optimizer.domain.plan import Leg, Restock
from optimizer.schedule.days import Day, Way
from optimizer.schedule.lanes import RouteTimes

Halt = list[int]
"""Indices of visits that are one halt: a job's alone, or all at one branch one after another."""


def is_halt(compiled: Compiled, row: int) -> bool:
    """Tell whether a visit is a halt at a branch.

    Parameters
    ----------
    compiled : the question
    row : the visit's row
    """
    return bool(compiled.problem.shelf[row] >= 0)


def halts_of(
    compiled: Compiled, stops: Sequence[int], day: Day, times: RouteTimes
) -> Iterator[tuple[Halt, Way]]:
    """Yield the halts of a day in order, each with the way there; what is loaded at one branch at once is one.

    Parameters
    ----------
    compiled : the question
    stops : the rows of the route's visits
    day : which of them are on the day, and the ways between them
    times : when
    """
    shelf = compiled.problem.shelf
    halt: Halt = []
    way = day.ways[0]
    for index, there in zip(day.stops, day.ways[:-1], strict=True):
        before = halt[-1] if halt else -1
        at_once = before >= 0 and times.end[before] == times.start[index]
        if at_once and 0 <= shelf[stops[before]] == shelf[stops[index]]:
            halt.append(index)
            continue
        if halt:
            yield halt, way
        halt, way = [index], there
    if halt:
        yield halt, way


def restocks(
    compiled: Compiled, stops: Sequence[int], halts: Sequence[tuple[Halt, Leg]], times: RouteTimes
) -> Iterator[Restock]:
    """Yield the halts at branches among those of a day.

    Parameters
    ----------
    compiled : the question
    stops : the rows of the route's visits
    halts : all halts of the day with their legs
    times : when
    """
    problem, names = compiled.problem, compiled.names
    before = 0
    for halt, leg in halts:
        if not is_halt(compiled, stops[halt[0]]):
            before += 1
            continue
        loaded: Counter[str] = Counter()
        for row in (stops[index] for index in halt):
            for need in range(problem.need_ptr[row], problem.need_ptr[row + 1]):
                loaded[names.parts[problem.need_part[need]]] -= int(problem.need_count[need])
        yield Restock(
            branch_id=names.branches[problem.shelf[stops[halt[0]]]],
            before=before,
            leg=leg,
            start=compiled.timeline.moment(int(times.start[halt[0]])),
            end=compiled.timeline.moment(int(times.end[halt[-1]])),
            picked_up=dict(sorted(loaded.items())),
        )
