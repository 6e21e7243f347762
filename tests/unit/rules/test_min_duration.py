"""MIN_DURATION."""

from datetime import timedelta

from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Certificate
from optimizer.rules.min_duration import RULE, MinDurationParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
)
from tests.unit.rules.recording import Recording

PARAMS = MinDurationParams()
installation = job(type="installation", duration_min=20)


def planned(minutes: int) -> list[tuple[float, float, float]]:
    of = scenario(jobs=[installation])
    end = at("09:10") + timedelta(minutes=minutes)
    made = plan(of, [shift_plan([stop("J1", at("09:10"), end)])])
    return [(one.measured, one.limit, one.over) for one in RULE.check(of, PARAMS, made)]


def test_kept_at_thirty_minutes() -> None:
    assert planned(30) == []


def test_broken_by_ten_minutes() -> None:
    assert planned(20) == [(20, 30, 10)]


def test_set_up_is_not_part_of_it() -> None:
    of = scenario(jobs=[installation])
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("09:40"), setup_s=120)])])
    (finding,) = RULE.check(of, PARAMS, made)
    assert (finding.over, finding.unit, finding.job_id) == (2, "min", "J1")
    assert finding.sentence == "J1 gets 28 min; its test run takes 30 min."
    assert RULE.advise(finding).endswith(".")


def test_repairs_have_no_test_run() -> None:
    of = scenario()
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("09:15"))])])
    assert list(RULE.check(of, PARAMS, made)) == []
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.calls == []


def test_other_kinds_may_have_a_test_run() -> None:
    params = MinDurationParams(kinds=("repair",))
    of = scenario(jobs=[job(), installation.model_copy(update={"job_id": "J2"})])
    stops = [stop("J1", at("09:10"), at("09:35")), stop("J2", at("10:00"), at("10:10"))]
    assert [one.job_id for one in RULE.check(of, params, plan(of, [shift_plan(stops)]))] == ["J1"]
    draft = Recording(of)
    RULE.compile(of, params, draft)
    assert draft.served == {("J1", ShiftKey("T1", DAY)): (1800, 0)}


def test_compile_says_the_least_time() -> None:
    of = scenario(jobs=[installation, job(job_id="J2")])
    draft = Recording(of)
    RULE.compile(of, MinDurationParams(test_run_min=45), draft)
    assert draft.served == {("J1", ShiftKey("T1", DAY)): (2700, 0)}


def test_solve_honours_it() -> None:
    installer = technician(
        skills={"installation": 3}, kits=("installer",), certificates=(Certificate(name="welding"),), level=5
    )
    made = solved(scenario([installer], [installation]))
    # 20 × 0.9 = 18 min by the table, 30 min for the test run
    assert [one.service_s for day in made.shifts for one in day.stops] == [1800]


def test_a_crews_set_up_is_not_part_of_it() -> None:
    # 30 min for the test run and 10 of set-up, which are part of a crew's service
    of = scenario(
        [technician(), technician(technician_id="T2")], [job(type="installation", setup_min=10, seats=2)]
    )
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.served == {("J1", ShiftKey(who, DAY)): (2400, 0) for who in ("T1", "T2")}
    days = [
        shift_plan([stop("J1", at("09:10"), at(end), seat=seat)], technician_id=who)
        for seat, (who, end) in enumerate((("T1", "09:50"), ("T2", "09:45")))
    ]
    (finding,) = RULE.check(of, PARAMS, plan(of, days))
    assert (finding.technician_id, finding.measured, finding.limit, finding.over) == ("T2", 35, 40, 5)


def test_the_parts_of_a_long_job_add_up() -> None:
    of = scenario(jobs=[installation], days=2)
    first = shift_plan([stop("J1", at("09:10"), at("09:30"))])
    for minutes, short in ((10, []), (6, [4])):
        end = at("09:10", NEXT_DAY) + timedelta(minutes=minutes)
        second = shift_plan([stop("J1", at("09:10", NEXT_DAY), end, part=1)], day=NEXT_DAY)
        assert [one.over for one in RULE.check(of, PARAMS, plan(of, [first, second]))] == short
