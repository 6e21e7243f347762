"""All variants of a chain are made together, lost samples once more, and what is kept is not made again."""

import pytest

from optimizer.control import Cancel
from optimizer.errors import NotSimulated, TravelUnavailable
from optimizer.whatif import runner
from optimizer.whatif.executor import End, Failed, SampleTask
from optimizer.whatif.runner import Sampling, SamplingProgress
from optimizer.whatif.sample_key import THE_BASE
from tests.unit.whatif.in_process import InMemory, InProcess
from tests.unit.whatif.stand_in import ONE_MORE, assignment, study

BOTH = (THE_BASE, ONE_MORE)
TASKS = [f"chain {chain} of '{one.name}'" for chain in range(3) for one in BOTH]


def test_samples_are_begun_chain_by_chain_and_few_wait() -> None:
    executor, kept = InProcess(assignment(study()), slots=1), InMemory()
    assert Sampling(executor, kept, at_most=6).make(BOTH, range(3))
    assert executor.begun == TASKS
    assert executor.most_waiting == 2
    assert sorted(kept.all) == sorted(TASKS)


def test_what_is_kept_is_not_made_again() -> None:
    kept = InMemory()
    Sampling(InProcess(assignment(study())), kept, at_most=6).make(BOTH, range(2))
    executor = InProcess(assignment(study()))
    assert Sampling(executor, kept, at_most=6).make(BOTH, range(3))
    assert executor.begun == TASKS[4:]


def test_a_lost_sample_is_made_once_more() -> None:
    executor, kept = InProcess(assignment(study()), losing=(TASKS[0], TASKS[3])), InMemory()
    assert Sampling(executor, kept, at_most=6).make(BOTH, range(3))
    assert sorted(executor.begun) == sorted([*TASKS, TASKS[0], TASKS[3]])
    assert sorted(kept.all) == sorted(TASKS)


def test_a_sample_lost_twice_ends_the_study_and_the_others_are_kept() -> None:
    executor, kept = InProcess(assignment(study()), losing=(TASKS[1], TASKS[1])), InMemory()
    said = r"^No sample could be made of chain 0 of 'one more': twice it rained\.$"
    with pytest.raises(NotSimulated, match=said):
        Sampling(executor, kept, at_most=6).make(BOTH, range(3))
    assert kept.all


class Refusing(InProcess):
    """Can make no sample."""

    def next_end(self, timeout_s: float) -> End | None:
        return Failed(SampleTask(THE_BASE, 0), TravelUnavailable("There is no road."))


def test_what_cannot_be_made_ends_the_study_with_its_own_error() -> None:
    with pytest.raises(TravelUnavailable, match="no road"):
        Sampling(Refusing(assignment(study())), InMemory(), at_most=6).make(BOTH, range(3))


def test_nobody_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "PATIENCE_S", 0.0)
    with pytest.raises(NotSimulated, match="there has been nobody to simulate"):
        Sampling(InProcess(assignment(study()), slots=0), InMemory(), at_most=6).make(BOTH, range(3))


def test_cancelled_it_keeps_what_is_there() -> None:
    cancel, kept = Cancel(), InMemory()

    def watch(progress: SamplingProgress) -> None:
        if progress.done == 2:
            cancel.ask()

    executor = InProcess(assignment(study()))
    sampling = Sampling(executor, kept, at_most=6, watch=watch, cancel=cancel)
    assert not sampling.make(BOTH, range(3))
    assert len(kept.all) == 2


def test_a_chain_that_is_asked_for_again_is_counted_once() -> None:
    told = list[SamplingProgress]()
    sampling = Sampling(InProcess(assignment(study())), InMemory(), at_most=6, watch=told.append)
    for chains in (range(2), range(3), range(3)):
        assert sampling.make(BOTH, chains)
    assert max(one.done for one in told) == told[-1].done == 6


def test_the_time_left_is_told_by_the_pace_of_what_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(1000))
    kept, told = InMemory(), list[SamplingProgress]()
    Sampling(InProcess(assignment(study())), kept, at_most=10).make((THE_BASE,), range(2))
    monkeypatch.setattr(runner, "monotonic", lambda: float(next(ticks)))
    Sampling(InProcess(assignment(study())), kept, at_most=10, watch=told.append).make((THE_BASE,), range(4))
    assert [one.done for one in told] == [0, 3, 4]
    assert told[0].left_s is None
    # Two were found, so that the pace is that of the one, then of the two, that were made here.
    assert told[1].left_s == told[1].elapsed_s / 1 * 7
    assert told[2].left_s == told[2].elapsed_s / 2 * 6
    assert [one.at_most for one in told] == [10, 10, 10]


def test_what_was_asked_for_is_listed_once_in_that_order() -> None:
    sampling = Sampling(InProcess(assignment(study())), InMemory(), at_most=6)
    assert list(sampling.tasks()) == []
    assert sampling.make(BOTH, range(1))
    assert sampling.make((THE_BASE,), range(2))
    assert sampling.make(BOTH, range(2))
    assert [str(one) for one in sampling.tasks()] == [TASKS[0], TASKS[1], TASKS[2], TASKS[3]]


def test_what_is_expected_is_told_from_then_on() -> None:
    told = list[SamplingProgress]()
    sampling = Sampling(InProcess(assignment(study())), InMemory(), at_most=100, watch=told.append)
    sampling.make(BOTH, range(2))
    sampling.expect(2)
    sampling.make(BOTH, range(2, 3))
    assert {one.at_most for one in told if one.done < 4} == {100}
    assert (told[-1].done, told[-1].at_most) == (6, 6)
