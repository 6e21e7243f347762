"""REPLY_WRITTEN."""

from datetime import datetime, timedelta

from optimizer.control import Iterations
from optimizer.domain.job import DeskFacts
from optimizer.domain.scenario import Scenario
from optimizer.rules.reply_written import RULE, ReplyWrittenParams
from tests.unit.rules.build import DAY, at, job, plan, scenario
from tests.unit.rules.recording import Recording

BEFORE = DAY - timedelta(days=1)
PARAMS = ReplyWrittenParams()


def fault(intake: datetime | None, written: datetime | None = None, *, drive_line: bool = True) -> Scenario:
    facts = DeskFacts(replied_in_writing_at=written)
    return scenario(jobs=[job(intake_at=intake, drive_line=drive_line, desk=facts)])


def charged(of: Scenario) -> int:
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.charged == sum(line.cents for line in RULE.bill(of, PARAMS, plan(of, [])))
    return draft.charged


def states(of: Scenario) -> list[tuple[str, datetime | None, int | None]]:
    return [(one.state, one.at, one.slack_s) for one in RULE.clocks(of, PARAMS, plan(of, []))]


def test_twelve_hours_by_the_calendar() -> None:
    # reported at 22:00, due 10:00, the desk writes at 09:00
    of = fault(at("22:00", BEFORE))
    assert states(of) == [("met", at("09:00"), 3600)]
    assert charged(of) == 0
    (task,) = RULE.tasks(of, PARAMS, plan(of, []))
    assert (task.owner, task.due, task.start) == ("desk", at("10:00"), at("09:00"))
    assert task.sentence == "Take up the drive-line fault of J1 in writing."


def test_late_by_an_hour() -> None:
    of = fault(at("20:00", BEFORE))
    assert states(of) == [("missed", at("09:00"), -3600)]
    assert charged(of) == 5_000
    (line,) = RULE.bill(of, PARAMS, plan(of, []))
    assert line.sentence == "J1: the letter comes 2026-07-15 09:00, 1 h 00 min late: ¥50.00."


def test_at_the_due_second() -> None:
    assert states(fault(at("21:00", BEFORE))) == [("at_risk", at("09:00"), 0)]
    assert charged(fault(at("21:00", BEFORE))) == 0


def test_written_already() -> None:
    of = fault(at("20:00", BEFORE), written=at("08:30"))
    assert states(of) == [("missed", at("08:30"), -1800)]
    assert charged(of) == 0
    assert list(RULE.tasks(of, PARAMS, plan(of, []))) == []


def test_whom_it_concerns() -> None:
    assert states(fault(at("20:00", BEFORE), drive_line=False)) == []
    assert states(fault(None)) == []


def test_solve_honours_it() -> None:
    from optimizer.planning import plan_with_steps

    jobs = [job(intake_at=at("20:00", BEFORE), drive_line=True), job(job_id="J2")]
    planned = plan_with_steps(scenario(jobs=jobs), stop=Iterations(200))
    bill = planned.document.assessment.bill
    assert [(line.job_id, line.cents) for line in bill.lines if line.code == "REPLY_WRITTEN"] == [
        ("J1", 5_000)
    ]
    assert planned.solution.cents == bill.total_cents
