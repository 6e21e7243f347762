"""The cheapest insertion by force: the slot with the fewest and smallest obstacles, and the rules it would break.

The day is timed with as few limits lifted as will do: first its end and hours, then the job's own window, then the
windows of those who are reached late, then the rests. What is broken, and by how much, the rules' own checks say.
"""

from collections.abc import Iterator

import numpy as np

from optimizer.compile import Compiled
from optimizer.domain.assessment import Finding
from optimizer.domain.explanation import Forced
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.engines.lns.obstacle import AFTER, BARS, CENTS, LACK_S, ON_TRIP, TIME
from optimizer.errors import BrokenPlan
from optimizer.explain.outings import day_with, technician_of
from optimizer.explain.patches import late_allowed, late_rests, without_limits
from optimizer.explain.slots import JobSlots
from optimizer.explain.subject import PROVENANCE, Subject
from optimizer.problem import Problem, Routes
from optimizer.rules import RULES
from optimizer.rules.book import RuleBook
from optimizer.schedule.lanes import time_route
from optimizer.schedule.plan import make_plan
from optimizer.words.left_out import forced_words


def cheapest_forced(subject: Subject, slots: JobSlots) -> Forced | None:
    """Return the cheapest way to put a job in by force, or none where there is no slot or no timing at all.

    Parameters
    ----------
    subject : the plan that is explained
    slots : the slots of a left-out job
    """
    for i in _order(subject, slots):
        shift, pos = int(slots.shift[i]), int(slots.found[i, AFTER])
        stops = subject.routes.stops[shift]
        stops = (*stops[:pos], slots.job, *stops[pos:])
        timed = _timed(subject.problem, slots.job, shift, stops)
        if timed is not None:
            return _forced(subject, timed, slots.job, shift, stops)
    return None


def _order(subject: Subject, slots: JobSlots) -> list[int]:
    """Return the slots in order: those who may do it first, then few codes, little time lacking, a small price."""
    forbidden = subject.problem.forbidden[slots.job, slots.shift] != 0
    keys = (
        slots.found[:, CENTS],
        slots.found[:, LACK_S],
        slots.found[:, TIME] >= 0,
        np.bitwise_count(slots.mask),
        forbidden,
    )
    there = (slots.found[:, BARS] & ON_TRIP) == 0  # nobody is fetched from a trip
    order = [int(i) for i in np.lexsort(keys) if there[i]]
    return order[:3]  # the next ones would hardly be called cheapest


def _forced(subject: Subject, timed: Problem, job: int, shift: int, stops: tuple[int, ...]) -> Forced | None:
    small, before, left = _around(subject, technician_of(subject.compiled, shift), job)
    after = [stops if row == shift else route for row, route in enumerate(before)]
    try:
        old = make_plan(small, Routes(tuple(before), tuple(sorted((job, *left)))), PROVENANCE)
        new = make_plan(small._replace(problem=timed), Routes(tuple(after), left), PROVENANCE)
    except BrokenPlan:
        return None
    findings = tuple(_findings(small.scenario, new))
    cents = _owed(small.scenario, new) - _owed(small.scenario, old)
    job_id = subject.names.jobs[job]
    day = day_with(subject.compiled, new, shift, job_id)
    place = [stop.job_id for stop in day.stops].index(job_id)
    forced = Forced(
        technician_id=day.technician_id,
        day=day.day,
        after=day.stops[place - 1].job_id if place else None,
        start=day.stops[place].start,
        cents=cents,
        findings=findings,
        sentence="",
    )
    return forced.model_copy(update={"sentence": forced_words(forced, job_id)})


def _around(
    subject: Subject, technician_id: str, job: int
) -> tuple[Compiled, list[tuple[int, ...]], tuple[int, ...]]:
    """Return the question with only the jobs of one technician and the job in question, its routes, what is left out.

    Rows stay as they are. Where jobs are tied to others nothing is cut off: each tie would seem broken. Tied visits
    start as agreed, those of the technician later where they have to, and then the rules say so.
    """
    if subject.ties is not None:
        left = tuple(one for one in subject.routes.unserved if one != job)
        return subject.loose, list(subject.routes.stops), left
    scenario, own = subject.compiled.scenario, subject.rows_of[technician_id]
    before = [subject.routes.stops[row] if row in own else () for row in range(len(subject.routes.stops))]

    job_of = subject.problem.job_of
    rows = {job, *(int(job_of[one]) for row in own for one in subject.routes.stops[row])}
    jobs = tuple(scenario.jobs[row] for row in sorted(rows))
    ids = {one.job_id for one in jobs}
    small = scenario.model_copy(
        update={
            "jobs": jobs,
            "pins": tuple(one for one in scenario.pins if one.job_id in ids),
            "promises": tuple(one for one in scenario.promises if one.job_id in ids),
        }
    )
    return subject.compiled._replace(scenario=small), before, ()


def _findings(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    book = RuleBook.of(scenario.policy)
    for rule in RULES:
        if rule.hard and book.params(rule).active:
            for found in rule.check(scenario, book.params(rule), plan):
                yield found.model_copy(update={"advice": rule.advise(found)})


def _owed(scenario: Scenario, plan: Plan) -> int:
    book = RuleBook.of(scenario.policy)
    soft = [rule for rule in book.active() if not rule.hard]
    return sum(line.cents for rule in soft for line in rule.bill(scenario, book.params(rule), plan))


def _timed(p: Problem, job: int, shift: int, stops: tuple[int, ...]) -> Problem | None:
    """Return the problem with the fewest limits of a shift lifted under which its day can be timed."""
    days = without_limits(p, shift)
    others = tuple(one for one in stops if one != job)
    for lifted in (
        p,
        days,
        late_allowed(p, (job,)),
        late_allowed(days, (job,)),
        late_allowed(p, (*others, job)),
        late_allowed(days, (*others, job)),
        late_rests(late_allowed(days, (*others, job)), shift),
    ):
        if time_route(lifted, shift, stops) is not None:
            return lifted
    return None
