"""What a worker does with a task, wherever it runs: the same function behind every executor."""

import time
from collections.abc import Callable

from optimizer.control import Cancel
from optimizer.domain.document import PlanDocument
from optimizer.errors import BrokenPlan, InvalidInput, PaigongError, TravelUnavailable, UnsupportedFeature
from optimizer.interchange.plan_file import plan_json
from optimizer.interchange.scenario_file import parse_scenario, with_preset
from optimizer.planning import plan_with_steps
from optimizer.travel import Roads
from service.executor.events import Failed, Finished, Problem, ProblemKind, Progressed, Proposed
from service.executor.last_moment import LastMoment, seconds_left
from service.executor.replanning import replanned
from service.executor.reporter import Reporter
from service.executor.sampling import simulated
from service.executor.task import PlanTask, ReplanTask, SampleTask, Task
from service.mistakes import places


def work(
    task: Task,
    *,
    roads: Callable[[], Roads | None],
    tell: Callable[[Progressed | Proposed], None],
    cancel: Cancel,
) -> Finished | Failed:
    """Do a task.

    Parameters
    ----------
    task : what to do
    roads : the operator's road data
    tell : is told how the search stands, and what a re-plan has found so far
    cancel : flag that ends the search early and keeps its best

    Raises
    ------
    MemoryError
        The worker had not enough; what it holds now is not to be relied on.
    """
    try:
        if isinstance(task, ReplanTask):
            return replanned(task, roads, tell, cancel)
        if isinstance(task, SampleTask):
            return simulated(task)
        return _plan(task, roads, tell, cancel)
    except PaigongError as error:
        return Failed(task.task_id, _problem(error))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 # the worker boundary
        sentence = "The program made a mistake; its log says where."
        problem = Problem("internal", sentence, error=type(error).__name__, places=tuple(places(error)))
        return Failed(task.task_id, problem)


def _plan(
    task: PlanTask, roads: Callable[[], Roads | None], tell: Callable[[Progressed], None], cancel: Cancel
) -> Finished:
    began_s = time.monotonic()
    scenario = parse_scenario(task.scenario.decode(), json=True)
    if task.preset is not None:
        scenario = with_preset(scenario, task.preset)
    last = LastMoment(seconds_left(task.deadline_s, began_s), len(scenario.jobs), cancel)
    with last.watched():
        document = plan_with_steps(
            scenario,
            stop=last.bound(task.stop),
            engine=task.engine,
            seed=task.seed,
            threads=task.threads,
            roads=roads(),
            progress=Reporter(task.task_id, tell).watch,
            cancel=cancel,
        ).document
    if last.came and document.plan.provenance.ended_by == "cancelled":
        document = _ended_by_time(document)
    return Finished(task.task_id, plan_json(document).encode(), document.plan.provenance.ended_by)


def _ended_by_time(document: PlanDocument) -> PlanDocument:
    """Return the document saying that its time was up, where the deadline set the flag that says cancelled."""
    plan = document.plan
    provenance = plan.provenance.model_copy(update={"ended_by": "time"})
    return document.model_copy(update={"plan": plan.model_copy(update={"provenance": provenance})})


def _problem(error: PaigongError) -> Problem:
    issues = error.issues if isinstance(error, InvalidInput) else ()
    findings = error.findings if isinstance(error, BrokenPlan) else ()
    return Problem(_kind(error), str(error), issues, findings)


def _kind(error: PaigongError) -> ProblemKind:
    match error:
        case InvalidInput():
            return "invalid-input"
        case UnsupportedFeature():
            return "unsupported-feature"
        case TravelUnavailable():
            return "travel-unavailable"
        case BrokenPlan():
            return "broken-plan"
        case _:
            return "internal"
