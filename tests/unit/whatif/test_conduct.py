"""A study with its questions: what is not asked is not simulated, and cancelled anywhere there is no answer."""

from itertools import pairwise
from typing import Any

import pytest

from optimizer.control import Cancel
from optimizer.domain.study import Study
from optimizer.whatif.conduct import conducted
from optimizer.whatif.runner import Sampling, SamplingProgress
from tests.unit.whatif.in_process import InMemory
from tests.unit.whatif.staffed import Truth, asked, sampling, team
from tests.unit.whatif.test_one_more import cost

STAFF = {"like": "T2", "fewest": -2, "most": 6}
MORE = {"kinds": ("technician", "shared_tool"), "branch_ids": ("B1",)}
TRUTH = Truth(lambda people: 0.98 if people >= 9 else 0.7, cost)


@pytest.mark.parametrize(
    ("questions", "beside"),
    [({}, ()), ({"smallest_staff": STAFF}, ("staff",)), ({"value_of_one_more": MORE}, ("one more",))],
)
def test_only_what_is_asked_is_simulated_and_answered(
    questions: dict[str, Any], beside: tuple[str, ...]
) -> None:
    study = asked(**questions)
    way, kept, _ = sampling(study, team(), TRUTH)
    result = conducted(study, team(), way)
    assert result is not None
    assert (result.smallest_staff is not None) == ("smallest_staff" in questions)
    assert (result.value_of_one_more is not None) == ("value_of_one_more" in questions)
    others = {one.variant for one in kept.all.values()} - {"base"}
    assert all(name.startswith(beside) for name in others)
    assert bool(others) == bool(beside)
    assert {str(one) for one in way.tasks()} == set(kept.all)
    assert result.chains == 8


def test_both_questions_are_answered_and_a_variant_of_the_same_name_stays_another() -> None:
    study = both()
    way, kept, _ = sampling(study, team(), TRUTH)
    result = conducted(study, team(), way)
    assert result is not None
    assert result.smallest_staff is not None
    assert result.value_of_one_more is not None
    assert result.smallest_staff.more == 2
    assert result.value_of_one_more.changes[0].what == "hoist"
    names = {one.variant for one in kept.all.values()}
    assert {"staff +2", "staff +2 (2)"} <= names


def both() -> Study:
    study = asked(smallest_staff=STAFF, value_of_one_more=MORE)
    variants = Study.model_validate({"name": "x", "base": "y", "variants": [{"name": "staff +2"}]}).variants
    return study.model_copy(update={"variants": variants})


def test_cancelled_anywhere_there_is_no_answer_and_the_next_run_goes_on() -> None:
    study, kept = both(), InMemory()
    way, whole, executor = sampling(study, team(), TRUTH)
    expected = conducted(study, team(), way)
    assert expected is not None
    for stop_at in range(7, len(whole.all), 11):
        cancel = Cancel()

        def watch(run: SamplingProgress, cancel: Cancel = cancel, stop_at: int = stop_at) -> None:
            if run.done >= stop_at:
                cancel.ask()

        stopped = Sampling(executor, kept, at_most=0, watch=watch, cancel=cancel)
        assert conducted(study, team(), stopped) is None
        assert stop_at <= len(kept.all) < len(whole.all)
    last = Sampling(executor, kept, at_most=0)
    assert conducted(study, team(), last) == expected
    assert [str(one) for one in last.tasks()] == [str(one) for one in way.tasks()]
    assert kept.all == whole.all


def test_what_is_expected_holds_where_the_answer_is_confirmed_at_once() -> None:
    study, told = both(), list[SamplingProgress]()
    _, _, executor = sampling(study, team(), TRUTH)
    assert conducted(study, team(), Sampling(executor, InMemory(), at_most=0, watch=told.append)) is not None
    assert all(one.done <= one.at_most for one in told)
    assert all(later.at_most <= before.at_most for before, later in pairwise(told))
    assert told[-1].done == told[-1].at_most
