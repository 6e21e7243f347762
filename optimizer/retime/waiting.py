"""Would anybody in these orders wait for ever? Who starts a job together waits for each other."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NamedTuple

from optimizer.errors import Issue


class Route(NamedTuple):
    """One person's or tool's day in a file with orders."""

    path: str
    """Where it stands."""
    whose: str
    """Whose it is, in words."""
    day: date
    """The day."""
    jobs: tuple[str, ...]
    """Jobs in order."""


_Meeting = tuple[str, date]
"""A job of a day that several come to."""


def waiting_issues(routes: Sequence[Route]) -> Iterator[Issue]:
    """Yield the circles in which people wait for each other, each with the jobs and the days that make it.

    Parameters
    ----------
    routes : the days of people and of shared tools
    """
    meetings = Counter((job_id, one.day) for one in routes for job_id in dict.fromkeys(one.jobs))
    steps: dict[tuple[_Meeting, _Meeting], tuple[int, int]] = {}
    for row, one in enumerate(routes):
        stops = [(i, (job_id, one.day)) for i, job_id in enumerate(one.jobs)]
        shared = [(i, meeting) for i, meeting in stops if meetings[meeting] > 1]
        for (_, first), (i, second) in pairwise(shared):
            if first != second:
                steps.setdefault((first, second), (row, i))
    while True:
        waits: dict[_Meeting, list[_Meeting]] = defaultdict(list)
        for first, second in steps:
            waits[second].append(first)
        try:
            TopologicalSorter(waits).prepare()
            return
        except CycleError as error:
            circle = list(pairwise(error.args[1]))
        yield _issue(routes, circle, [steps[step] for step in circle])
        del steps[circle[0]]


def _issue(
    routes: Sequence[Route], circle: Sequence[tuple[_Meeting, _Meeting]], places: Sequence[tuple[int, int]]
) -> Issue:
    said = "; ".join(
        f"{routes[row].whose}: {first[0]} before {second[0]}"
        for (first, second), (row, _) in zip(circle, places, strict=True)
    )
    jobs = ", ".join(dict.fromkeys(first[0] for first, _ in circle))
    row, position = min(places)
    return Issue(
        "circular-wait",
        f"{routes[row].path}.jobs[{position}]",
        f"Everybody would wait for ever at {jobs}: {said}.",
        "Put the jobs that are done together into the same order for all who do them.",
    )
