import pytest

from optimizer.control import Cancel
from optimizer.errors import BrokenPlan, PaigongError, TravelUnavailable
from service.executor import work as working
from service.executor.events import Failed, Problem
from service.executor.task import PlanTask
from service.executor.work import work
from tests.unit.service.executor.tasks import task


def failed(what: PlanTask) -> Problem:
    end = work(what, roads=lambda: None, tell=lambda _: None, cancel=Cancel())
    assert isinstance(end, Failed)
    return end.problem


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (TravelUnavailable("no way"), Problem("travel-unavailable", "no way")),
        (
            BrokenPlan(("SHIFT: too long",)),
            Problem(
                "broken-plan",
                "The plan did not pass the independent checker:\nSHIFT: too long",
                findings=("SHIFT: too long",),
            ),
        ),
        (PaigongError("new"), Problem("internal", "new")),
    ],
)
def test_errors_of_the_library_are_told_as_data(
    error: PaigongError, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "plan_with_steps", raising(error))
    assert failed(task("a")) == problem


def test_of_a_mistake_in_the_program_only_the_log_hears_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "plan_with_steps", raising(ZeroDivisionError("Mrs Chen's telephone")))
    problem = failed(task("a"))
    assert problem.kind == "internal"
    assert problem.error == "ZeroDivisionError"
    assert problem.places[-1].endswith(" fail")
    assert "Chen" not in repr(problem)


def test_a_worker_without_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "plan_with_steps", raising(MemoryError()))
    with pytest.raises(MemoryError):
        failed(task("a"))


def raising(error: Exception) -> object:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail
