"""PROGRESS_CHECK."""

from datetime import datetime

import pytest

from optimizer.control import Iterations
from optimizer.domain.assessment import DeskTask
from optimizer.domain.job import DeskFacts
from optimizer.domain.policy import Desk, Policy
from optimizer.domain.scenario import Scenario
from optimizer.rules.progress_check import RULE, ProgressCheckParams
from tests.unit.rules.build import at, job, plan, scenario, shift_plan, solved, stop, technician
from tests.unit.rules.recording import Recording

PARAMS = ProgressCheckParams()


def checks(of: Scenario, *visits: tuple[str, datetime, datetime]) -> list[DeskTask]:
    made = plan(of, [shift_plan([stop(*visit)], technician_id=f"T{i}") for i, visit in enumerate(visits, 1)])
    assert list(RULE.bill(of, PARAMS, made)) == []
    return list(RULE.tasks(of, PARAMS, made))


def two(people: int) -> Scenario:
    of = scenario(
        [technician(), technician(technician_id="T2")],
        [job(duration_min=100), job(job_id="J2", duration_min=100)],
    )
    return of.model_copy(update={"policy": Policy(desk=Desk(people=people))})


def test_asked_when_three_quarters_have_passed() -> None:
    # 100 minutes from 10:00: asked at 11:15, by 11:20
    (task,) = checks(scenario(), ("J1", at("10:00"), at("11:40")))
    assert (task.code, task.owner, task.job_id) == ("PROGRESS_CHECK", "desk", "J1")
    assert (task.release, task.due, task.start) == (at("11:15"), at("11:20"), at("11:15"))
    assert task.sentence == "Ask T1 how J1 goes."


@pytest.mark.parametrize(("end", "asked"), [("11:00", 1), ("10:59:59", 0)])
def test_short_visits_are_not_asked_about(end: str, asked: int) -> None:
    assert len(checks(scenario(), ("J1", at("10:00"), at(end)))) == asked


def test_other_shares_by_the_policy() -> None:
    of = scenario(rules={"PROGRESS_CHECK": {"ask_percent": 50, "due_percent": 60, "least_min": 30}})
    (task,) = checks(of, ("J1", at("10:00"), at("10:30")))
    assert (task.release, task.due) == (at("10:15"), at("10:18"))
    with pytest.raises(ValueError, match="due_percent is below ask_percent"):
        ProgressCheckParams(ask_percent=81)


def test_a_busy_desk_asks_later() -> None:
    visits = (("J1", at("10:00"), at("11:40")), ("J2", at("10:00"), at("11:40")))
    assert [task.start for task in checks(two(2), *visits)] == [at("11:15"), at("11:15")]
    assert [task.start for task in checks(two(1), *visits)] == [at("11:15"), at("11:20")]
    # a lone line: J2's check begins at its due minute; a minute less to spare and it is late
    made = plan(
        two(1), [shift_plan([stop(*visit)], technician_id=f"T{i}") for i, visit in enumerate(visits, 1)]
    )
    clocks = list(RULE.clocks(two(1), PARAMS, made))
    assert [(one.event, one.state, one.slack_s) for one in clocks] == [
        ("calling", "met", 300),
        ("calling", "met", 0),
    ]


def test_calls_known_before_go_first() -> None:
    # at 11:13 the desk takes up a report that came in then, so the check waits until 11:18
    of = two(1).model_copy(update={"now": at("09:00")})
    reported = job(job_id="J3", intake_at=at("11:13"), desk=DeskFacts())
    of = of.model_copy(update={"jobs": (*of.jobs, reported)})
    (task,) = checks(of, ("J1", at("10:00"), at("11:40")))
    assert task.start == at("11:18")


def test_no_check_after_the_visit() -> None:
    # it would be asked at 18:15, when the desk has closed
    (task,) = checks(scenario(days=2), ("J1", at("17:00"), at("18:40")))
    assert task.start is None


def test_left_out_jobs_have_no_check() -> None:
    assert checks(scenario()) == []


def test_it_says_nothing_to_the_search() -> None:
    draft = Recording(scenario())
    RULE.compile(scenario(), PARAMS, draft)
    assert draft.calls == []


def test_solve_honours_it() -> None:
    of = scenario(jobs=[job(), job(job_id="J2", duration_min=30)])
    made = solved(of)
    (task,) = RULE.tasks(of, PARAMS, made)
    (visit,) = (one for one in made.shifts[0].stops if one.job_id == "J1")
    assert task.start == task.release
    assert (task.release - visit.start) / (visit.end - visit.start) == 0.75
    from optimizer.planning import plan_with_steps

    planned = plan_with_steps(of, stop=Iterations(200))
    assert planned.solution.cents == planned.document.assessment.bill.total_cents
