"""The policy in words."""

from typing import Any, get_args

import pytest

from optimizer.assess import assess
from optimizer.domain.assessment import Assessment
from optimizer.domain.job import Customer
from optimizer.domain.policy import Policy, Preset
from optimizer.domain.reasons import Block, UnservedReason
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import Matrix, Travel
from optimizer.policy_words import (
    binding,
    exchanges,
    levels_in_words,
    policy_words,
    price_list,
    under_presets,
    yardsticks,
)
from optimizer.rules import RULES
from tests.unit.rules.build import at, job, plan, scenario, shift_plan, stop, technician

VIP = Customer(customer_id="C1", key_customer=True)
HALF = [shift_plan([stop("J1", at("09:10"), at("10:10"))])]
TWO = scenario(jobs=[job(), job(job_id="J2")])


def under(of: Scenario, preset: Preset) -> Scenario:
    return of.model_copy(update={"policy": of.policy.model_copy(update={"preset": preset})})


# ---- Yardsticks --------------------------------------------------------------------------------------------


def test_a_kilometre_costs_the_way_and_the_time() -> None:
    # 80 cents the way, 3,000 cents an hour at 36 km/h: 83.3 cents
    scale = yardsticks(scenario())
    assert (scale.means, scale.kmh, round(scale.km_cents, 2), scale.overtime_hour_cents) == (
        "car",
        36,
        163.33,
        4_500,
    )
    assert scale.sentences == (
        "One kilometre by car costs ¥1.63: ¥0.80 for the way and ¥0.83 for the time at 36 km/h.",
        "One hour of overtime costs ¥45.00.",
    )
    assert scale.worth(4_500) == " = 28 km by car = 1 h 00 min of overtime"
    assert scale.worth(300) == " = 1.8 km by car = 4 min of overtime"


def test_an_hour_of_overtime_is_the_mean_of_the_technicians_wages() -> None:
    wages = (
        2_000,
        None,
        4_001,
    )  # overtime at 150 %: 30.00, 45.00 of the policy's wage, 60.02 (60.015 rounded)
    people = [technician(technician_id=f"T{n}", wage_cents_per_hour=wage) for n, wage in enumerate(wages)]
    scale = yardsticks(scenario(people))
    assert scale.overtime_hour_cents == pytest.approx((3_000 + 4_500 + 6_002) / 3)
    assert scale.sentences[1] == (
        "One hour of overtime costs ¥30.00 to ¥60.02 by the technician's wage, on average ¥45.01."
    )
    assert scale.worth(9_001).endswith(" = 2 h 00 min of overtime")
    nobody = yardsticks(scenario().model_copy(update={"technicians": ()}))
    assert nobody.overtime_hour_cents == 4_500


def test_the_usual_means_is_that_of_most_technicians() -> None:
    riders = [technician(technician_id=f"T{n}", means="motorcycle") for n in range(2)]
    of = scenario([technician(technician_id="T9"), *riders]).model_copy(update={"travel": Travel()})
    # 30 cents the way; legs of 10 km go at 26 km/h
    scale = yardsticks(of)
    assert (scale.means, scale.kmh) == ("motorcycle", 26)
    assert scale.km_cents == pytest.approx(30 + 3_000 / 26)


def test_given_travel_times_have_their_mean_speed() -> None:
    matrix = Matrix(
        places=("branch:B1", "job:J1"), seconds=((0, 600), (900, 0)), metres=((0, 9000), (9000, 0))
    )
    of = scenario().model_copy(update={"travel": Travel(matrices={"car": matrix})})
    assert yardsticks(of).kmh == pytest.approx(18 / (1500 / 3600))


def test_what_costs_nothing_is_no_yardstick() -> None:
    rules: dict[str, dict[str, Any]] = {"OVERTIME": {"active": False}, "TRAVEL": {"active": False}}
    scale = yardsticks(scenario(rules=rules))
    assert (scale.km_cents, scale.overtime_hour_cents, scale.sentences) == (0, 0, ())
    assert scale.worth(500) == ""
    (first, *_) = exchanges(scenario(rules=rules))
    assert (first.km, first.overtime_h) == (None, None)
    appointment = ", plus ¥30.00 if an appointment was agreed."
    assert first.sentence == f"Leaving out an emergency: ¥5,000.00{appointment}"
    rules["BROKEN_APPOINTMENT"] = {"active": False}
    assert exchanges(scenario(rules=rules))[0].sentence == "Leaving out an emergency: ¥5,000.00."


# ---- Exchange rates ----------------------------------------------------------------------------------------


def test_leaving_out_each_class() -> None:
    found = {one.what: one for one in exchanges(scenario()) if one.code == "UNSERVED"}
    assert len(found) == 5
    normal = found["Leaving out a normal job"]
    # 50,000 cents: ÷ 163.3 = 306 km; ÷ 4,500 = 11.1 h
    assert normal.sentence == (
        "Leaving out a normal job: ¥500.00 = 306 km by car = 11 h 07 min of overtime, "
        "plus ¥30.00 if an appointment was agreed."
    )
    assert normal.overtime_h == pytest.approx(50_000 / 4_500)


def test_the_prices_in_force_count() -> None:
    of = under(scenario(rules={"UNSERVED": {"vip_cents": 9_000}}), "economy")
    found = {one.what: one.cents for one in exchanges(of)}
    assert found["Leaving out a key customer's job"] == 9_000
    assert found["Leaving out a normal job"] == 30_000


def test_a_clock_of_the_scenarios_jobs() -> None:
    reported: dict[str, Any] = {"intake_at": at("08:00"), "type": "complaint"}
    jobs = [job(**reported), job(job_id="J2", customer=VIP, **reported), job(job_id="J3")]
    late = [one for one in exchanges(scenario(jobs=jobs)) if one.code == "ARRIVE_NEAR"]
    # 50 yuan at once and 10 for the hour, whatever the class
    assert [(one.what, one.cents) for one in late] == [
        ("One hour late on site at a key customer's job (ARRIVE_NEAR)", 6_000),
        ("Missing ARRIVE_NEAR", 5_000),
    ]
    assert late[0].sentence.endswith(": ¥60.00 = 37 km by car = 1 h 20 min of overtime.")
    assert late[1].sentence == (
        "Missing ARRIVE_NEAR "
        "(Inside a branch's service radius somebody is on site within 24 h of the user's report): "
        "¥50.00 at once = 31 km by car = 1 h 07 min of overtime; "
        "¥10.00 for each further hour = 6.1 km by car = 13 min of overtime."
    )
    listed = [one.code for one in price_list(scenario(jobs=jobs))]
    assert "ARRIVE_NEAR" not in listed  # said above
    plain = [one.what for one in exchanges(scenario(jobs=[jobs[0]])) if one.code == "ARRIVE_NEAR"]
    assert plain[0] == "One hour late on site at any job (ARRIVE_NEAR)"
    assert [one for one in exchanges(scenario()) if one.code == "ARRIVE_NEAR"] == []


def test_a_clock_with_a_second_price() -> None:
    (late,) = (
        one for one in exchanges(scenario(jobs=[job(dispatched_at=at("08:30"))])) if one.code == "LATE"
    )
    # 30 yuan after 24 h, 80 instead after 48 h: 3,000 and 8,000 cents ÷ 163.3 = 18 and 49 km
    assert late.cents == 3_000
    assert late.sentence.endswith(
        ": ¥30.00 at once = 18 km by car = 40 min of overtime; "
        "¥80.00 in all from 24 h later on = 49 km by car = 1 h 47 min of overtime."
    )


def test_uneven_work() -> None:
    found = [(one.what, one.cents) for one in exchanges(scenario()) if one.code == "FAIRNESS"]
    assert found == [
        ("One more hour of work for somebody level with the colleagues' mean of the month", 200),
        # bands of 2 h from 0, 2, … 10 h: six of them
        ("One more hour of work for somebody 10 h above the colleagues' mean of the month", 1_200),
    ]
    assert not [
        one for one in exchanges(scenario(rules={"FAIRNESS": {"active": False}})) if one.code == "FAIRNESS"
    ]


def test_the_price_list_has_every_soft_rule_with_a_price() -> None:
    listed = {one.code for one in price_list(scenario())}
    soft = {rule.code for rule in RULES if not rule.hard}
    assert listed <= soft - {"UNSERVED", "TRAVEL", "OVERTIME", "FAIRNESS"}
    assert listed >= {"ARRIVE_NEAR", "LATE", "BROKEN_APPOINTMENT", "SUBSIDY", "DEDICATED", "OVERQUALIFIED"}
    (one,) = (one for one in price_list(scenario()) if one.code == "OVERQUALIFIED")
    assert one.sentence == (
        "Price of each further level, for each skill asked for: ¥3.00 = 1.8 km by car = 4 min of overtime."
    )
    off = price_list(scenario(rules={"OVERQUALIFIED": {"active": False}}))
    assert "OVERQUALIFIED" not in {one.code for one in off}


# ---- Levels ------------------------------------------------------------------------------------------------


def test_levels_in_words() -> None:
    assert levels_in_words(Policy()).endswith("One emergency weighs as much as 10 normal jobs.")
    odd = Policy(rules={"UNSERVED": {"emergency_weight": 5}})
    assert levels_in_words(odd).endswith("One emergency weighs as much as 2.5 normal jobs.")
    none = Policy(rules={"UNSERVED": {"normal_weight": 0}})
    assert levels_in_words(none).endswith("money decides between equals.")
    for preset in ("balanced", "economy"):
        assert levels_in_words(Policy(preset=preset)).startswith(f"{preset}: money alone decides")


# ---- What weighs most --------------------------------------------------------------------------------------


def with_reasons(*reasons: UnservedReason) -> Assessment:
    return assess(TWO, plan(TWO, HALF)).model_copy(update={"unserved": reasons})


def reason(job_id: str, slots: int, *blocks: Block) -> UnservedReason:
    return UnservedReason(job_id=job_id, sentence="…", slots=slots, blocks=blocks, obstacles=())


def test_the_dearest_rule_besides_travel() -> None:
    found = binding(with_reasons())
    # J2 is left out: 500 yuan. J1: 19.60 of travel, 1.50 for an empty visit, 3.00 for a level too many
    assert [(one.code, one.cents) for one in found.shares] == [
        ("UNSERVED", 50_000),
        ("OVERQUALIFIED", 300),
        ("EMPTY_VISIT", 150),
    ]
    total = 50_000 + 300 + 150 + 1_960
    assert found.shares[0].share == pytest.approx(50_000 / total)
    assert found.sentences == (
        "Besides travel the largest part of the bill is UNSERVED: ¥500.00 of ¥524.10, 95 %. "
        "Leaving a job out costs, by its priority class, far more than being late for it.",
    )


def test_the_hard_rule_that_alone_stands_in_the_way_comes_first() -> None:
    found = binding(
        with_reasons(
            reason("J1", 4, Block(code="SKILL", alone=2, jointly=1), Block(code="TOOL", alone=0, jointly=1)),
            reason(
                "J2", 3, Block(code="SKILL", alone=0, jointly=1), Block(code="UNSERVED", alone=2, jointly=0)
            ),
        )
    )
    assert [(one.code, one.jobs, one.slots, one.alone) for one in found.bars] == [
        ("SKILL", 2, 4, 2),
        ("TOOL", 1, 1, 0),
    ]
    assert found.sentences[1].startswith(
        "SKILL is the only obstacle 2 times of 7 (jobs left out × slots: a shift and an appointment); "
        "it adds to others 2 times. "
    )


def test_a_hard_rule_that_only_adds_to_others_comes_later() -> None:
    caps = Block(code="WORKLOAD_CAP", alone=0, jointly=5)
    found = binding(with_reasons(reason("J1", 6, caps, Block(code="APPOINTMENT", alone=1, jointly=3))))
    assert [one.code for one in found.bars] == ["APPOINTMENT", "WORKLOAD_CAP"]
    assert found.sentences[1].startswith(
        "APPOINTMENT is the only obstacle 1 time of 6 (jobs left out × slots: a shift and an appointment); "
        "WORKLOAD_CAP adds to others 5 times. "
    )


def test_where_only_several_hard_rules_together_stand_in_the_way() -> None:
    blocks = [Block(code="SKILL", alone=0, jointly=2), Block(code="TOOL", alone=0, jointly=3)]
    found = binding(with_reasons(reason("J1", 3, *blocks)))
    assert found.sentences[1].startswith(
        "No hard rule is the only obstacle anywhere; TOOL adds to others most often, 3 times of 3 "
        "(jobs left out × slots: a shift and an appointment). "
    )


def test_where_no_hard_rule_stands_in_the_way() -> None:
    found = binding(with_reasons(reason("J1", 1, Block(code="UNSERVED", alone=1, jointly=0))))
    assert found.bars == ()
    assert found.sentences[1] == "No hard rule stands in the way of the jobs left out."


def test_nothing_on_the_bill() -> None:
    of = scenario(jobs=[])
    assert binding(assess(of, plan(of, ()))).sentences == ("Nothing but travel is on the bill.",)


# ---- The other presets -------------------------------------------------------------------------------------


def test_the_same_plan_under_each_preset() -> None:
    made = plan(TWO, HALF)
    bills = under_presets(TWO, made)
    assert tuple(one.preset for one in bills) == get_args(Preset)
    # leaving out a normal job: 500, 400 and 300 yuan; the rest, ¥24.10, stays
    assert [one.total_cents for one in bills] == [52_410, 42_410, 32_410]
    assert [one.more_cents for one in bills] == [0, -10_000, -20_000]
    assert bills[0].total_cents == assess(TWO, made).bill.total_cents
    assert bills[0].sentence == "This plan owes ¥524.10 under service-first, the preset in force."
    assert bills[2].sentence == "This plan owes ¥324.10 under economy, ¥200.00 less than in force."
    assert bills[2].levels.startswith("economy: money alone decides")
    again = under_presets(under(TWO, "economy"), made)
    assert again[0].sentence == "This plan owes ¥524.10 under service-first, ¥200.00 more than in force."


def test_a_plan_without_left_out_jobs_owes_the_same() -> None:
    of = scenario()
    bills = under_presets(of, plan(of, HALF))
    assert {one.more_cents for one in bills} == {0}
    assert bills[1].sentence.endswith("under balanced, the same as in force.")


# ---- All of it ---------------------------------------------------------------------------------------------


def test_all_of_it() -> None:
    alone = policy_words(TWO)
    assert (alone.scenario, alone.preset, alone.binding, alone.presets) == ("test", "service-first", None, ())
    assert alone.exchanges == exchanges(TWO)
    assert alone.prices == price_list(TWO)
    made = plan(TWO, HALF)
    told = policy_words(TWO, made, with_reasons(reason("J2", 1, Block(code="SKILL", alone=1, jointly=0))))
    assert told.binding is not None
    assert "SKILL is the only obstacle 1 time of 1 (jobs left out" in told.binding.sentences[1]
    assert told.presets == under_presets(TWO, made)
    without_reasons = policy_words(TWO, made)
    assert without_reasons.binding is not None
    assert len(without_reasons.binding.sentences) == 1


def test_the_prices_of_jobs_left_out_tell_balanced_from_economy() -> None:
    # 2 for a normal job and 20 for an emergency, times 200.00 or 150.00 for one weight
    assert "¥400.00 for a normal job, ¥4,000.00 for an emergency" in levels_in_words(
        Policy(preset="balanced")
    )
    assert "¥300.00 for a normal job, ¥3,000.00 for an emergency" in levels_in_words(Policy(preset="economy"))
