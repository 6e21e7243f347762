"""The stories of scenarios/rules about clocks and prices; each rule decides: without it the plan is another."""

from tests.golden.rules.story import (
    at,
    day_of,
    owed,
    planned,
    scenario_of,
    states,
    stops,
    who,
    with_job,
    without_rule,
)


def test_arrive_near() -> None:
    scenario = scenario_of("arrive_near")
    document = planned(scenario)
    assert stops(document)["WX-2"].start <= at("09:50") <= stops(document)["WX-1"].start
    assert set(states(document, "ARRIVE_NEAR")) == {("WX-1", ""), ("WX-2", "")}
    assert owed(document, "ARRIVE_NEAR") == []
    unhurried = planned(without_rule(scenario, "ARRIVE_NEAR"))
    assert stops(unhurried)["WX-1"].start < at("09:50") < stops(unhurried)["WX-2"].start
    assert unhurried.assessment.kpis.distance_km < document.assessment.kpis.distance_km


def test_reply_far() -> None:
    scenario = scenario_of("reply_far")
    document = planned(scenario)
    assert document.plan.unserved == ("WX-1",)
    # published at 7:30: an hour and a half before nine, and half an hour before eight
    assert states(document, "REPLY_FAR") == {("WX-2", ""): "met", ("WX-3", ""): "at_risk"}
    assert states(document, "ARRIVE_NEAR") == {}
    assert owed(document, "REPLY_FAR") == []
    assert planned(without_rule(scenario, "REPLY_FAR")).plan.unserved == ("WX-2",)


def test_complete() -> None:
    scenario = scenario_of("complete")
    document = planned(scenario)
    assert stops(document)["WX-2"].end <= at("12:00")
    assert at("12:00") < stops(document)["WX-1"].end <= at("18:00")
    assert states(document, "COMPLETE") == {
        ("WX-1", "target"): "met",
        ("WX-1", "limit"): "met",
        ("WX-2", "target"): "met",
        ("WX-2", "limit"): "met",
    }
    assert owed(document, "COMPLETE") == []
    unhurried = planned(without_rule(scenario, "COMPLETE"))
    assert stops(unhurried)["WX-1"].end < at("12:00") < stops(unhurried)["WX-2"].end
    assert unhurried.assessment.kpis.distance_km < document.assessment.kpis.distance_km


def test_unserved() -> None:
    scenario = scenario_of("unserved")
    document = planned(scenario)
    assert who(document) == {"TS-1": "luo-yong"}
    assert owed(document, "UNSERVED") == [("WX-1", 50_000), ("WX-2", 250_000)]
    assert document.assessment.kpis.unserved_weight == 2 + 10  # a normal job, a key customer's
    calmer = with_job(scenario, "TS-1", {"complaint": "complaint"})
    assert who(planned(calmer)) == {"WX-2": "luo-yong"}
    assert who(planned(with_job(calmer, "WX-2", {"customer": None}))) == {"WX-1": "luo-yong"}  # the nearest


def test_late() -> None:
    scenario = scenario_of("late")
    document = planned(scenario)
    assert stops(document)["WX-2"].end <= at("11:30") < stops(document)["WX-1"].end
    assert owed(document, "LATE") == [("WX-1", 3_000), ("WX-2", 3_000)]
    unpriced = planned(without_rule(scenario, "LATE"))
    assert stops(unpriced)["WX-1"].end < at("11:30") < stops(unpriced)["WX-2"].end
    assert unpriced.assessment.kpis.distance_km < document.assessment.kpis.distance_km


def test_overtime() -> None:
    scenario = scenario_of("overtime")
    document = planned(scenario)
    assert who(document) == {"WX-1": "deng-shaohua", "WX-2": "huang-wei"}
    assert owed(document, "OVERTIME") == []
    unpaid = planned(without_rule(scenario, "OVERTIME"))
    assert set(who(unpaid).values()) == {"deng-shaohua"}
    assert day_of(unpaid, "deng-shaohua").last_leg.arrival == at("18:20")
    alone = planned(scenario.model_copy(update={"technicians": scenario.technicians[:1]}))
    # 80 minutes at 150 % of 30 yuan: 45 × 80 ÷ 60 = 60 yuan
    assert owed(alone, "OVERTIME") == [("deng-shaohua", 6_000)]


def test_travel() -> None:
    scenario = scenario_of("travel")
    document = planned(scenario)
    assert who(document) == {"WX-1": "deng-shaohua", "WX-2": "huang-wei"}
    # by car 2 × 4 km at 0.80 and 2 × 10 min at 30 an hour; by motorcycle 2 × 3 km at 0.30 and 2 × 8 min
    assert owed(document, "TRAVEL") == [
        ("deng-shaohua", 640),
        ("deng-shaohua", 1_000),
        ("huang-wei", 180),
        ("huang-wei", 800),
    ]
    assert owed(document, "OVERTIME") == [("deng-shaohua", 1_125)]  # 15 min at 45 an hour
    free = planned(without_rule(scenario, "TRAVEL"))
    assert set(who(free).values()) == {"huang-wei"}
    assert owed(free, "TRAVEL") == []
