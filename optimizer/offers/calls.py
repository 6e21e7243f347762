"""What a new job means for the desk, whenever it is done: its calls put others forward."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from optimizer.diff.worth import clock_changes
from optimizer.domain.assessment import ClockState
from optimizer.domain.plan_diff import ClockChange
from optimizer.domain.scenario import Scenario
from optimizer.preview.part import part_of
from optimizer.preview.standing import Standing
from optimizer.preview.worth import Cents, cents_of
from optimizer.rules.desk_tasks import Booked, DeskRule, Timetable, keep_timetable, timetable


class DeskWorth(NamedTuple):
    """What a job that is left out adds by its calls, and by those that it puts forward."""

    cents: Cents
    """By rule and kind of money."""
    own: tuple[ClockState, ...]
    """The job's own clocks."""
    others: tuple[ClockChange, ...]
    """Clocks of others that stand differently."""


def added_calls(base: Standing, with_job: Standing, job_id: str) -> DeskWorth:
    """Return what a job adds at the desk while it is left out.

    Only what stands at another time on the desk's timetable is looked at: all else is the same with the job.

    Parameters
    ----------
    base : the plan without the job
    with_job : the same plan, which leaves the job out
    job_id : the job
    """
    before, after = (_booked(one) for one in (base, with_job))
    gone, come = before - after, after - before
    jobs = {one.call.job_id for one in (*gone, *come)} | {job_id}
    cents: Cents = Counter()
    clocks: list[list[ClockState]] = []
    for sign, standing, shown in ((-1, base, gone), (1, with_job, come)):
        part = _part(standing.scenario, jobs)
        keep_timetable(part, standing.plan, Timetable(_by_code(shown), {}))
        clocks.append([])
        for rule in standing.book.active():
            if isinstance(rule, DeskRule):
                params = standing.book.params(rule)
                found = cents_of(rule.bill(part, params, standing.plan))
                cents.update({key: sign * owed for key, owed in found.items()})
                clocks[-1].extend(rule.clocks(part, params, standing.plan))
    others = [[one for one in some if one.job_id != job_id] for some in clocks]
    return DeskWorth(
        cents,
        tuple(one for one in clocks[1] if one.job_id == job_id),
        tuple(clock_changes(others[0], others[1], base.compiled.timeline.zone)),
    )


def _booked(standing: Standing) -> frozenset[Booked]:
    table = timetable(standing.scenario, standing.plan)
    return frozenset(one for some in table.booked.values() for one in some)


def _by_code(booked: Iterable[Booked]) -> Mapping[str, tuple[Booked, ...]]:
    found: defaultdict[str, list[Booked]] = defaultdict(list)
    for one in sorted(booked, key=lambda one: (one.call.due_s, one.call.sentence)):
        found[one.call.code].append(one)
    return {code: tuple(some) for code, some in found.items()}


def _part(scenario: Scenario, jobs: Iterable[str | None]) -> Scenario:
    """Return the scenario with some jobs alone; the plan's other stops are passed over."""
    kept = frozenset(jobs)
    return part_of(scenario, scenario.technicians, [one for one in scenario.jobs if one.job_id in kept])
