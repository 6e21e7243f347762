"""UNSERVED."""

from datetime import time, timedelta
from typing import Any

import pytest

from optimizer.domain.approval import Approval, ApprovedVisit
from optimizer.domain.job import Customer, Priority
from optimizer.domain.policy import Preset
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.time import Window
from optimizer.rules.unserved import RULE, UnservedParams, priority_class, priority_classes
from tests.unit.rules.build import DAY, at, job, plan, scenario, shift_plan, solved, stop, technician
from tests.unit.rules.recording import Recording

PARAMS = UnservedParams()
BEFORE = DAY - timedelta(days=1)
VIP = Customer(customer_id="C1", key_customer=True)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "normal"),
        ({"priority": "flexible"}, "flexible"),
        ({"complaint": "complaint"}, "normal"),
        ({"complaint": "strong", "priority": "flexible"}, "emergency"),
        ({"customer": VIP}, "vip"),
        ({"customer": VIP, "priority": "emergency"}, "emergency"),
        ({"contract": True}, "contract"),
        ({"contract": True, "priority": "vip"}, "vip"),
        ({"customer": Customer(customer_id="C2")}, "normal"),
    ],
)
def test_priority_class(given: dict[str, Any], expected: Priority) -> None:
    assert priority_class(job(**given), promised=False) == expected


@pytest.mark.parametrize(
    ("priority", "expected"), [("emergency", "emergency"), ("contract", "vip"), ("flexible", "vip")]
)
def test_a_promised_job_is_at_least_vip(priority: Priority, expected: Priority) -> None:
    assert priority_class(job(priority=priority), promised=True) == expected


def promise(job_id: str, *, told: bool = True) -> Promise:
    window = Window(start=at("09:00"), end=at("10:00"))
    return Promise(job_id=job_id, technician_id="T1", window=window, start=at("09:00"), told=told)


def test_promises_raise_the_class_of_their_jobs_once_told() -> None:
    asked = promise("J2").model_copy(update={"asked": True})  # told, all the same
    promises = [asked, promise("J3", told=False), promise("J1"), promise("J1", told=False)]
    of = scenario(jobs=[job(), job(job_id="J2", priority="emergency"), job(job_id="J3")], promises=promises)
    assert list(priority_classes(of).items()) == [("J1", "vip"), ("J2", "emergency"), ("J3", "normal")]
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.unserved == {"J1": [(10, 250_000)], "J2": [(20, 500_000)], "J3": [(2, 50_000)]}
    lines = list(RULE.bill(of, PARAMS, plan(of, [])))
    assert [line.cents for line in lines] == [250_000, 500_000, 50_000]
    assert lines[0].sentence == "J1 (told a time, so it counts as VIP) is left out: ¥2,500.00."


def test_compile_prices_every_class() -> None:
    classes: tuple[Priority, ...] = ("emergency", "vip", "contract", "normal", "flexible")
    of = scenario(jobs=[job(job_id=one, priority=one) for one in classes])
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.unserved == {
        "emergency": [(20, 500_000)],
        "vip": [(10, 250_000)],
        "contract": [(5, 125_000)],
        "normal": [(2, 50_000)],
        "flexible": [(1, 25_000)],
    }


def test_bill_names_each_left_out_job() -> None:
    of = scenario(jobs=[job(), job(job_id="J2", complaint="strong"), job(job_id="J3")])
    made = plan(of, [shift_plan([stop("J1", at("09:10"), at("10:10"))])])
    lines = list(RULE.bill(of, PARAMS, made))
    assert [(line.job_id, line.cents, line.kind, line.unit) for line in lines] == [
        ("J2", 500_000, "service", "job"),
        ("J3", 50_000, "service", "job"),
    ]
    assert (
        lines[0].sentence == "J2 (a strong complaint, so it counts as an emergency) is left out: ¥5,000.00."
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"priority": "vip"}, "vip"),
        ({"customer": Customer(customer_id="C1", key_customer=True)}, "a key customer, so it counts as VIP"),
        ({"contract": True}, "sold with a service commitment, so it counts as contract"),
        ({"contract": True, "priority": "emergency"}, "emergency"),
    ],
)
def test_the_line_says_why_a_job_counts_as_more_than_was_entered(facts: dict[str, Any], words: str) -> None:
    of = scenario(jobs=[job(**facts)])
    (line,) = RULE.bill(of, PARAMS, plan(of, []))
    assert line.sentence.startswith(f"J1 ({words}) is left out: ")


def issues(of: Scenario, **prices: int) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in RULE.validate(of, UnservedParams.model_validate(prices))]


OLD: dict[str, Any] = {"dispatched_at": at("08:00", BEFORE), "intake_at": at("08:00", BEFORE)}


def test_a_class_costs_more_than_all_its_lateness() -> None:
    of = scenario(jobs=[job(**OLD), job(job_id="J2", priority="flexible")])
    # ARRIVE_NEAR 5,000 + LATE 8,000 = 13,000; J2 has no clock
    assert issues(of, normal_cents=13_001, flexible_cents=0) == []
    assert issues(of, normal_cents=13_000) == [("cheaper-to-drop", "policy.rules.UNSERVED.normal_cents")]
    (issue,) = RULE.validate(of, UnservedParams(normal_cents=12_000))
    assert issue.cause == (
        "Leaving out J1 (normal) costs ¥120.00, being late for it up to ¥130.00, "
        "so a plan would rather drop it."
    )
    assert issue.action == "Set normal_cents above 13000, or lower the prices of lateness."


def test_all_classes_at_once_with_the_prices_in_force() -> None:
    rules: dict[str, dict[str, Any]] = {
        "LATE": {"first_cents": 30_000, "second_cents": 30_000},
        "ARRIVE_NEAR": {"active": False},
    }
    jobs = [job(**OLD), job(job_id="J2", priority="flexible", **OLD), job(job_id="J3", contract=True, **OLD)]
    of = scenario(jobs=jobs, rules=rules)
    assert issues(of) == [("cheaper-to-drop", "policy.rules.UNSERVED.flexible_cents")]
    assert [path for _, path in issues(of, normal_cents=1, contract_cents=1)] == [
        "policy.rules.UNSERVED.contract_cents",
        "policy.rules.UNSERVED.normal_cents",
        "policy.rules.UNSERVED.flexible_cents",
    ]


def test_shift_over_midnight_can_be_later_than_the_horizons_end() -> None:
    night = technician(shifts=(Shift(day=DAY, start=time(22), end=time(6)),))
    of = scenario([night], [job(type="complaint", intake_at=at("08:00", BEFORE))])
    # served at 08:00 at the latest (2 h of overtime), charged until midnight if left out: 8 h × 1,000 = 8,000
    assert issues(of, normal_cents=8_001) == []
    assert issues(of, normal_cents=8_000) == [("cheaper-to-drop", "policy.rules.UNSERVED.normal_cents")]


@pytest.mark.parametrize("preset", ["service-first", "balanced", "economy"])
def test_presets_pass_their_own_test(preset: Preset) -> None:
    from optimizer.rules.book import RuleBook

    classes: tuple[Priority, ...] = ("emergency", "vip", "contract", "normal", "flexible")
    of = scenario(jobs=[job(job_id=one, priority=one, **OLD) for one in classes])
    policy = of.policy.model_copy(update={"preset": preset})
    of = of.model_copy(update={"policy": policy})
    book = RuleBook.of(policy)
    assert [issue for rule in book.active() for issue in rule.validate(of, book.params(rule))] == []


def test_solve_honours_it() -> None:
    jobs = [job(), job(job_id="J2", customer=VIP), job(job_id="J3", priority="flexible")]
    made = solved(scenario(jobs=jobs, rules={"WORKLOAD_CAP": {"jobs_per_day": 1}}))
    assert made.unserved == ("J1", "J3")


def test_solve_under_economy_drops_what_costs_more_than_it_is_worth() -> None:
    # 6 km there and back by car: 12 km × 80 + 1/3 h × 3,000 = 1,960 cents
    rules = {"UNSERVED": {"normal_cents": 1_900}}
    of = scenario(rules=rules)
    economy = of.model_copy(update={"policy": of.policy.model_copy(update={"preset": "economy"})})
    assert solved(economy).unserved == ("J1",)
    assert solved(of).unserved == ()  # service-first serves it all the same


def test_a_job_of_an_approved_day_costs_more_on_top() -> None:
    # T1 was approved at two jobs at once, so one has to be left out: 2 + 1,000 of weight, 50,000 + 5,000,000 cents.
    from optimizer.control import Iterations
    from optimizer.planning import plan_with_steps

    both = tuple(ApprovedVisit(job_id=name, technician_id="T1", start=at("10:00")) for name in ("J1", "J2"))
    approval = Approval(day=DAY, by="Chen", at=at("08:00"), visits=both)
    of = scenario(jobs=[job(), job(job_id="J2")]).model_copy(update={"approvals": (approval,)})
    made = plan_with_steps(of, stop=Iterations(50))
    assessment = made.document.assessment
    (line,) = (one for one in assessment.bill.lines if one.code == "UNSERVED")
    assert line.cents == 5_050_000
    assert line.sentence.startswith(f"{line.job_id} (normal, on an approved day) is left out: ")
    assert assessment.kpis.unserved_weight == made.solution.weight == 1_002
    assert assessment.bill.total_cents == made.solution.cents  # what the search counted
