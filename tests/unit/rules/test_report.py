"""REPORT."""

from optimizer.rules.report import RULE, ReportParams
from tests.unit.rules.build import at, job, plan, scenario, shift_plan, solved, stop
from tests.unit.rules.recording import Recording

PARAMS = ReportParams()


def test_it_says_nothing_to_the_search() -> None:
    draft = Recording(scenario())
    RULE.compile(scenario(), PARAMS, draft)
    assert draft.calls == []


def test_a_plan_has_no_report() -> None:
    of = scenario()
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))])])
    assert list(RULE.bill(of, PARAMS, made)) == []
    assert list(RULE.clocks(of, PARAMS, made)) == []
    assert list(RULE.tasks(of, PARAMS, made)) == []


def test_what_a_report_must_have() -> None:
    assert PARAMS.installation_report == ("photos", "location", "bar code")
    assert PARAMS.repair_report == ("next destination",)
    assert PARAMS.unfinished_same_day


def test_solve_is_the_same_without_it() -> None:
    jobs = [job(), job(job_id="J2")]
    without = solved(scenario(jobs=jobs, rules={"REPORT": {"active": False}}))
    assert without.shifts == solved(scenario(jobs=jobs)).shifts
