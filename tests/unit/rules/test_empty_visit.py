"""EMPTY_VISIT."""

from typing import Any

import pytest

from optimizer.rules.empty_visit import RULE, EmptyVisitParams
from tests.unit.rules.build import DAY, at, job, plan, scenario, shift_plan, solved, stop, technician
from tests.unit.rules.recording import Recording

PARAMS = EmptyVisitParams()


def test_nothing_served_owes_nothing() -> None:
    of = scenario()
    assert list(RULE.bill(of, PARAMS, plan(of, ()))) == []


def test_every_repair_owes_the_expected_share() -> None:
    of = scenario(jobs=[job(), job(job_id="J2"), job(job_id="J3", type="maintenance")])
    stops = [
        stop("J1", at("09:10"), at("10:10")),
        stop("J2", at("10:10"), at("11:10"), travel_s=0),
        stop("J3", at("11:10"), at("12:10"), travel_s=0),
    ]
    (line,) = RULE.bill(of, PARAMS, plan(of, [shift_plan(stops)]))
    # 5 in 100 of 30 yuan are ¥1.50; two repairs
    assert (line.cents, line.quantity, line.unit, line.kind) == (300, 0.1, "empty visits", "outlay")
    assert (line.technician_id, line.day) == ("T1", DAY)
    assert line.sentence == (
        "T1 on 2026-07-15 makes 2 repair visits; 5 in 100 are expected to find nothing wrong: ¥3.00."
    )


@pytest.mark.parametrize(
    ("price", "percent", "cents"), [(3_000, 5, 150), (30, 5, 2), (29, 5, 1), (3_000, 0, 0)]
)
def test_each_visit_is_rounded_half_up(price: int, percent: int, cents: int) -> None:
    params = EmptyVisitParams(empty_visit_cents=price, expected_percent=percent)
    assert params.cents_per_visit() == cents


def test_compile_prices_repairs_in_every_shift() -> None:
    people = [technician(), technician(technician_id="T2")]
    of = scenario(people, [job(), job(job_id="J2", type="survey")])
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.assignment == {("J1", one.key): 150 for one in draft.shifts}
    assert draft.calls == ["price_assignment"]
    silent = Recording(of)
    RULE.compile(of, EmptyVisitParams(expected_percent=0), silent)
    assert silent.calls == []


def test_solve_under_economy_weighs_it_against_leaving_out() -> None:
    # 6 km there and back cost 1,960 cents; leaving out costs 2,000; an empty visit in every case costs 100 more
    def left_out(cents: int) -> tuple[str, ...]:
        rules: dict[str, dict[str, Any]] = {
            "UNSERVED": {"normal_cents": 2_000},
            "EMPTY_VISIT": {"expected_percent": 100, "empty_visit_cents": cents},
            "OVERQUALIFIED": {"active": False},
        }
        of = scenario(rules=rules)
        return solved(
            of.model_copy(update={"policy": of.policy.model_copy(update={"preset": "economy"})})
        ).unserved

    assert left_out(0) == ()
    assert left_out(100) == ("J1",)
