"""What every executor keeps; each member's tests inherit this class."""

import os
import signal
from collections.abc import Iterator
from itertools import pairwise

import pytest

from optimizer.control import AnyOf, Iterations, Seconds
from optimizer.domain.study_sample import Sample
from optimizer.interchange.plan_file import plan_json
from optimizer.planning import plan_scenario
from optimizer.whatif.executor import SampleTask as OneSample
from optimizer.whatif.making import SampleMaker
from service.executor.base import CLOSED, DEADLINE, KILLED, Executor
from service.executor.events import Failed, Finished, Lost, Progressed, Proposed, Started
from service.executor.sampling import packed
from service.executor.task import SampleTask
from tests.unit.service.executor.tasks import (
    LONG,
    events_until_the_end,
    replan_task,
    scenario,
    started,
    task,
)
from tests.unit.whatif.stand_in import ONE_MORE, assignment, study

GRACE_S = 15.0
"""Long enough for a busy machine to check and hand over the plan of a search that its deadline ended."""


class ExecutorContract:
    """A member has a fixture ``warm`` of the scope of a class: its executor with two slots and a grace of `GRACE_S`."""

    def fresh(self) -> Executor:
        """Return another executor, for a test that closes it."""
        raise NotImplementedError

    @pytest.fixture
    def executor(self, warm: Executor) -> Iterator[Executor]:
        yield warm
        for left in warm.alive():  # of a test that failed
            warm.kill(left)
            events_until_the_end(warm, left)

    def test_a_plan_has_the_same_bytes_as_in_this_process(self, executor: Executor) -> None:
        executor.submit(task("a", seed=7))
        end = events_until_the_end(executor, "a")[-1]
        here = plan_scenario(scenario(), stop=Iterations(200), seed=7)
        assert isinstance(end, Finished)
        assert end.document.decode() == plan_json(here)
        assert end.ended_by == "iterations"

    def test_a_sample_is_the_one_that_is_made_in_this_process(self, executor: Executor) -> None:
        given = assignment(study())
        variant = ONE_MORE.model_dump_json().encode()
        executor.submit(SampleTask(task_id="a", assignment=packed(given), variant=variant, chain=3))
        end = events_until_the_end(executor, "a")[-1]
        here = SampleMaker(given).made(OneSample(ONE_MORE, 3))
        assert isinstance(end, Finished)
        assert Sample.model_validate_json(end.document) == here

    def test_another_preset_is_planned_under(self, executor: Executor) -> None:
        executor.submit(task("a", preset="economy"))
        end = events_until_the_end(executor, "a")[-1]
        assert isinstance(end, Finished)
        assert b'"preset": "economy"' in end.document

    def test_it_begins_then_goes_on_then_ends(self, executor: Executor) -> None:
        executor.submit(task("a", Seconds(3)))
        events = events_until_the_end(executor, "a")
        assert isinstance(events[0], Started)
        assert isinstance(events[-1], Finished)
        reports = [event for event in events[1:-1] if isinstance(event, Progressed)]
        assert len(reports) == len(events) - 2
        assert len(reports) >= 2  # one at once, another after half a second
        for before, after in pairwise(reports):
            assert before.elapsed_s < after.elapsed_s
            assert before.iterations <= after.iterations
        assert executor.next_event(0) is None

    def test_a_task_is_alive_until_its_end_was_taken(self, executor: Executor) -> None:
        executor.submit(task("a"))
        with pytest.raises(ValueError, match="already"):
            executor.submit(task("a"))
        assert executor.alive() == {"a"}
        events_until_the_end(executor, "a")
        assert executor.alive() == frozenset()

    def test_cancel_keeps_the_best(self, executor: Executor) -> None:
        executor.submit(task("a", LONG))
        started(executor, "a")
        executor.cancel("a")
        end = events_until_the_end(executor, "a")[-1]
        assert isinstance(end, Finished)
        assert end.ended_by == "cancelled"
        assert b'"ended_by": "cancelled"' in end.document

    def test_what_waits_and_is_cancelled_gives_a_first_plan(self, executor: Executor) -> None:
        for name in ("a", "b", "c"):
            executor.submit(task(name, LONG))
        for name in ("c", "b", "a"):
            executor.cancel(name)
        ends = [one for one in events_until_the_end(executor, "a", "b", "c") if isinstance(one, Finished)]
        assert [end.ended_by for end in ends] == ["cancelled"] * 3

    def test_a_re_plan_tells_what_it_has_found_as_it_finds_it(self, executor: Executor) -> None:
        executor.submit(replan_task("r"))
        told = [event for event in events_until_the_end(executor, "r") if isinstance(event, Proposed)]
        assert [one.name for one in told[0].found.proposals] == ["repair"]
        assert len(told) > 1

    def test_a_re_plan_that_is_cancelled_keeps_what_it_has_found(self, executor: Executor) -> None:
        executor.submit(replan_task("c", Seconds(600)))
        assert started(executor, "c")
        executor.cancel("c")
        end = events_until_the_end(executor, "c")[-1]
        assert isinstance(end, Finished)
        assert end.ended_by == "cancelled"
        assert end.found is not None
        assert end.found.proposals

    def test_cancel_and_kill_of_the_unknown_are_not_heard_of(self, executor: Executor) -> None:
        executor.cancel("nobody")
        executor.kill("nobody")
        executor.submit(task("a"))
        assert {event.task_id for event in events_until_the_end(executor, "a")} == {"a"}

    def test_a_killed_task_is_lost_and_the_next_one_runs(self, executor: Executor) -> None:
        executor.submit(task("a", LONG))
        started(executor, "a")
        executor.kill("a")
        assert events_until_the_end(executor, "a")[-1] == Lost("a", KILLED)
        executor.submit(task("b"))
        assert isinstance(events_until_the_end(executor, "b")[-1], Finished)

    def test_killed_tasks_can_come_again_at_once(self, executor: Executor) -> None:
        for name in ("a", "b", "c"):
            executor.submit(task(name, LONG))
        for name in ("c", "a", "b"):
            executor.kill(name)
        events_until_the_end(executor, "a", "b", "c")
        executor.submit(task("a"))
        assert isinstance(events_until_the_end(executor, "a")[-1], Finished)

    def test_a_task_that_waits_can_be_killed(self, executor: Executor) -> None:
        for name in ("a", "b", "c"):
            executor.submit(task(name, LONG))
        executor.kill("c")
        assert events_until_the_end(executor, "c")[-1] == Lost("c", KILLED)
        executor.kill("a")
        executor.kill("b")
        events_until_the_end(executor, "a", "b")

    def test_a_dead_worker_costs_its_own_task_only(self, executor: Executor) -> None:
        executor.submit(task("a", LONG))
        worker = started(executor, "a")
        executor.submit(task("b", LONG))
        started(executor, "b")
        os.kill(worker, signal.SIGKILL)
        end = events_until_the_end(executor, "a")[-1]
        assert isinstance(end, Lost)
        assert "signal 9" in end.why
        assert executor.alive() == {"b"}
        executor.submit(task("c"))
        assert isinstance(events_until_the_end(executor, "c")[-1], Finished)
        executor.cancel("b")
        assert isinstance(events_until_the_end(executor, "b")[-1], Finished)

    def test_a_broken_scenario_fails_with_all_its_mistakes(self, executor: Executor) -> None:
        executor.submit(task("a", scenario=b'{"horizon": 1, "jobs": 2}'))
        end = events_until_the_end(executor, "a")[-1]
        assert isinstance(end, Failed)
        assert end.problem.kind == "invalid-input"
        assert {"horizon", "jobs"} <= {issue.path for issue in end.problem.issues}

    def test_what_an_engine_cannot_do_fails(self, executor: Executor) -> None:
        executor.submit(task("a", engine="steam"))
        end = events_until_the_end(executor, "a")[-1]
        assert isinstance(end, Failed)
        assert end.problem.kind == "unsupported-feature"
        assert "steam" in end.problem.sentence

    def test_the_deadline_ends_a_search(self, executor: Executor) -> None:
        executor.submit(task("a", LONG, deadline_s=1.0))
        executor.submit(task("b", AnyOf((Seconds(600), LONG)), deadline_s=1.0))
        ends = [one for one in events_until_the_end(executor, "a", "b") if isinstance(one, Finished)]
        assert [end.ended_by for end in ends] == ["time", "time"]
        assert all(b'"ended_by": "time"' in end.document for end in ends)

    def test_a_worker_that_does_not_answer_is_killed_after_the_deadline(self, executor: Executor) -> None:
        executor.submit(task("a", LONG, deadline_s=1.0))
        os.kill(started(executor, "a"), signal.SIGSTOP)
        assert events_until_the_end(executor, "a")[-1] == Lost("a", DEADLINE)
        executor.submit(task("b"))
        assert isinstance(events_until_the_end(executor, "b")[-1], Finished)

    def test_close_lets_what_runs_end_and_gives_the_rest_back(self) -> None:
        executor = self.fresh()
        executor.submit(task("b", LONG))
        started(executor, "b")
        executor.submit(task("a", Seconds(1)))
        started(executor, "a")
        executor.submit(task("c"))
        executor.close(5)
        with pytest.raises(RuntimeError, match="closed"):
            executor.submit(task("d"))
        ends = {
            event.task_id: event
            for event in events_until_the_end(executor, "a", "b", "c")
            if isinstance(event, Finished | Lost)
        }
        assert isinstance(ends["a"], Finished)
        assert (ends["b"], ends["c"]) == (Lost("b", CLOSED), Lost("c", CLOSED))
        assert executor.next_event(0) is None
        executor.close(0)  # a second time says nothing new
