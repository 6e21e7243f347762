"""A script that cannot be played says where it is wrong."""

from typing import Any

import pytest

from optimizer.domain.day_script import DayScript, script_issues
from optimizer.domain.event import Finished, NoAccess
from optimizer.errors import InvalidInput
from optimizer.operate import ScriptedDay
from tests.unit.operate.small_day import ILL, played, question, script
from tests.unit.rules.build import at


def changed(row: int, **facts: Any) -> DayScript:
    """Return the script with one moment changed."""
    moments = list(script().moments)
    moments[row] = moments[row].model_copy(update=facts)
    return script().model_copy(update={"moments": tuple(moments)})


@pytest.mark.parametrize(
    ("wrong", "issues"),
    [
        (script().model_copy(update={"scenario": "other"}), [("other-scenario", "scenario")]),
        (changed(0, at=at("07:00"), events=()), [("too-early", "moments[0].at")]),
        (changed(1, at=at("08:00"), events=()), [("wrong-order", "moments[1].at")]),
        (changed(0, at=at("07:50")), [("event-to-come", "moments[0].events[0].at")]),
        (script().model_copy(update={"close_at": at("10:00")}), [("wrong-order", "close_at")]),
        (
            changed(1, at=at("07:55")).model_copy(update={"close_at": at("07:00")}),
            [
                ("wrong-order", "moments[1].at"),
                ("event-to-come", "moments[1].events[0].at"),
                ("wrong-order", "close_at"),
            ],
        ),
    ],
)
def test_everything_that_is_wrong_is_named_at_once(wrong: DayScript, issues: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidInput) as error:
        ScriptedDay(question(), wrong, iterations=10)
    assert [(one.code, one.path) for one in error.value.issues] == issues


def test_a_day_without_a_beginning_cannot_be_played() -> None:
    assert [one.code for one in script_issues(script(), "test", None)] == ["no-present-time"]


def test_what_contradicts_the_plan_is_named_with_its_moment() -> None:
    unknown = NoAccess(kind="no_access", job_id="J9", at=at("09:10"))
    day = ScriptedDay(question(), changed(2, events=(unknown,)), iterations=10)
    with pytest.raises(InvalidInput) as error:
        tuple(day.played())
    (issue,) = error.value.issues
    # the two moments before it have one event each; the second was not followed by a re-plan
    assert (issue.code, issue.path) == ("unknown-job", "moments[2]: events[1].job_id")


def test_work_without_an_end_is_named_at_the_close() -> None:
    late = script().model_copy(update={"close_at": at("13:30")})
    day = ScriptedDay(question(), late, iterations=10)
    tuple(day.played())
    with pytest.raises(InvalidInput) as error:
        day.closed()
    assert [(one.code, one.path) for one in error.value.issues] == [("still-at-work", "close_at: jobs.J2")]


def test_what_was_told_of_a_job_that_is_done_is_refused() -> None:
    again = Finished(kind="finished", job_id="J1", at=at("10:05"))
    with pytest.raises(InvalidInput):
        tuple(ScriptedDay(question(), changed(0, events=(ILL, again)), iterations=10).played())


def test_a_moment_without_a_re_plan_is_only_heard() -> None:
    assert [one.turn is None for one in played().moments] == [False, True, False]
