"""The question with the new job in it, compiled; its windows are those that could be offered."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from optimizer.compile import Compiled, compile_scenario
from optimizer.compile.one_more import OF_SHIFTS, one_more
from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.errors import BrokenPlan, InvalidInput, Issue
from optimizer.explain import routes_of
from optimizer.explain.patches import shown, starting_in
from optimizer.explain.subject import Subject
from optimizer.preview.part import part_of
from optimizer.preview.standing import Standing
from optimizer.problem import Problem, pointers
from optimizer.rules.change import RULE as CHANGE
from optimizer.rules.promise import told_promises
from optimizer.travel import Roads, with_one_more_place

Spans = Sequence[tuple[int, int]]


class Question(NamedTuple):
    """The question with the new job, which the plan leaves out so far."""

    job: Job
    """The new job, without windows of its own."""
    row: int
    """Its row."""
    windows: tuple[Window, ...]
    """The windows that are looked at."""
    spans: Spans
    """First and last start of each, in seconds; the last before the first: it is over."""
    standing: Standing
    """The plan, with the job left out."""
    subject: Subject
    """Its routes laid out. The job has a window for each of `windows`, in the same order; overlapping ones too, since
    they are only ever looked at one by one."""

    @property
    def compiled(self) -> Compiled:
        """The compiled question."""
        return self.subject.compiled

    def in_window(self, number: int) -> Problem:
        """Return the problem in which the job starts in one of the windows alone.

        Parameters
        ----------
        number : which of them
        """
        problem = self.compiled.problem
        for row in self.compiled.visits.together(self.row, 0):
            problem = starting_in(problem, row, [self.spans[number]])
        return problem


def question_with(
    base: Standing,
    bare: Compiled,
    job: Job,
    windows: Sequence[Window],
    *,
    roads: Roads | None,
    others_may_move: bool,
) -> Question:
    """Return the question of a plan with a new job.

    Parameters
    ----------
    base : the plan
    bare : its technicians without any job, see `compiled_alone`
    job : the new job
    windows : what could be offered
    roads : the operator's road data; none: straight lines
    others_may_move : whether starts told to other customers may move beyond the tolerance

    Raises
    ------
    InvalidInput
        When the plan's routes cannot be timed by the program.
    """
    job = job.model_copy(update={"windows": ()})
    scenario = with_job(base.scenario, job)
    compiled = _compiled(base, bare, scenario, roads)
    row = len(scenario.jobs) - 1
    spans = [_span(compiled, row, one) for one in windows]
    problem = _with_windows(compiled.problem, compiled.visits.together(row, 0), spans)
    if not others_may_move:
        problem = kept_in_place(base, compiled, problem)
    compiled = compiled._replace(problem=problem)
    standing = base.with_job(compiled)
    try:
        subject = Subject(compiled, routes_of(compiled, standing.plan))
    except BrokenPlan as error:
        cause = f"The plan cannot be timed as it stands: {' '.join(error.findings)}"
        action = "Time it with `paigong check --retime`, or plan again."
        raise InvalidInput((Issue("plan-not-timed", "plan", cause, action),)) from None
    return Question(job, row, tuple(windows), spans, standing, subject)


def alone(scenario: Scenario, *jobs: Job) -> Scenario:
    """Return the scenario with some jobs alone, or none, which nothing ties to others.

    Parameters
    ----------
    scenario : the question
    jobs : those that stay
    """
    return part_of(scenario, scenario.technicians, jobs).model_copy(update={"groups": ()})


def compiled_alone(scenario: Scenario, *jobs: Job) -> Compiled:
    """Compile the scenario with some jobs alone, or none, as far as `one_more` reads it.

    Parameters
    ----------
    scenario : the question
    jobs : those that stay
    """
    return compile_scenario(alone(scenario, *jobs), without=OF_SHIFTS)


def _compiled(base: Standing, bare: Compiled, scenario: Scenario, roads: Roads | None) -> Compiled:
    """Compile the question with the job: one row more where it stands by itself, else as a whole."""
    travel, job = with_one_more_place(base.compiled.travel, scenario, roads), scenario.jobs[-1]
    if not job.after:
        found = one_more(base.compiled, bare, compiled_alone(scenario, job), scenario, travel)
        if found is not None:
            return found
    return compile_scenario(scenario, travel)


def with_job(scenario: Scenario, job: Job) -> Scenario:
    """Return a scenario with one job more, its last one.

    Parameters
    ----------
    scenario : the question
    job : the new job
    """
    return scenario.model_copy(update={"jobs": (*scenario.jobs, job)})


def kept_in_place(base: Standing, compiled: Compiled, problem: Problem) -> Problem:
    """Return the problem in which no start that a customer was told moves beyond the tolerance.

    What is later than that in the plan already gets no later.

    Parameters
    ----------
    base : the plan
    compiled : what the rows mean
    problem : the question
    """
    tolerance_s = 60 * base.book.params(CHANGE).tolerance_min
    seconds = compiled.timeline.seconds
    starts = {
        stop.job_id: seconds(stop.start)
        for day in base.plan.shifts
        for stop in day.stops
        if not stop.part and not stop.seat
    }
    closes = problem.window_close.copy()
    for promise in told_promises(base.scenario).values():
        if promise.job_id not in starts or base.jobs[promise.job_id].has_started:
            continue
        latest_s = max(seconds(promise.start) + tolerance_s, starts[promise.job_id])
        for row in compiled.visits.together(base.job_row[promise.job_id], 0):
            mine = slice(int(problem.window_ptr[row]), int(problem.window_ptr[row + 1]))
            closes[mine] = np.minimum(closes[mine], latest_s)
    return problem._replace(window_close=shown(closes))


def _span(compiled: Compiled, row: int, window: Window) -> tuple[int, int]:
    """Return the first and the last second of a window that is still to come."""
    now = compiled.scenario.now
    seconds = compiled.timeline.seconds
    start_s = seconds(window.start) if now is None else max(seconds(window.start), seconds(now))
    return start_s, seconds(window.end)


def _with_windows(problem: Problem, rows: Iterable[int], spans: Spans) -> Problem:
    """Return the problem with other windows for some jobs."""
    mine = frozenset(rows)
    ptr = problem.window_ptr.tolist()
    both = list(zip(problem.window_open.tolist(), problem.window_close.tolist(), strict=True))
    windows = [spans if job in mine else both[a:b] for job, (a, b) in enumerate(pairwise(ptr))]
    opens, closes = np.array([span for some in windows for span in some], np.int32).reshape(-1, 2).T
    return problem._replace(
        window_ptr=shown(pointers(windows)),
        window_open=shown(np.ascontiguousarray(opens)),
        window_close=shown(np.ascontiguousarray(closes)),
    )
