"""The stories of scenarios/rules about who may do a job; each rule decides: without it the plan is another."""

from datetime import date

from tests.golden.rules.story import (
    at,
    codes,
    planned,
    scenario_of,
    stops,
    who,
    with_job,
    with_technician,
    without_rule,
)


def test_skill() -> None:
    scenario = scenario_of("skill")
    document = planned(scenario)
    assert who(document) == {"WX-1": "wang-lei", "WX-2": "zhao-min"}
    assert codes(document, "WX-3") == {"wang-lei": {"SKILL"}, "zhao-min": {"SKILL"}}
    anybody = planned(without_rule(scenario, "SKILL"))
    assert set(who(anybody).values()) == {"wang-lei"}
    assert anybody.plan.unserved == ()


def test_certificate() -> None:
    scenario = scenario_of("certificate")
    assert who(planned(scenario)) == {"AZ-1": "liu-zhiyong", "AZ-2": "chen-guoqiang"}
    assert set(who(planned(without_rule(scenario, "CERTIFICATE"))).values()) == {"liu-zhiyong"}
    plain = planned(with_job(scenario, "AZ-2", {"certificates": ()}))
    assert set(who(plain).values()) == {"liu-zhiyong"}


def test_tool() -> None:
    scenario = scenario_of("tool")
    assert who(planned(scenario)) == {"AZ-1": "wu-bin", "AZ-2": "he-jun"}
    assert set(who(planned(without_rule(scenario, "TOOL"))).values()) == {"wu-bin"}
    roped = planned(with_technician(scenario, "wu-bin", {"tools": ("rope",)}))
    assert set(who(roped).values()) == {"wu-bin"}


def test_tool_inspection() -> None:
    scenario = scenario_of("tool_inspection")
    document = planned(scenario)
    assert who(document) == {"WX-1": "yu-xin", "WX-2": "ma-chao"}  # 31 days on the 15th, 32 on the 16th
    assert [shift.day for shift in document.plan.shifts] == [date(2026, 7, 15), date(2026, 7, 16)]
    assert "ma-chao" not in who(planned(without_rule(scenario, "TOOL_INSPECTION"))).values()
    inspected = planned(with_technician(scenario, "yu-xin", {"last_inspection": date(2026, 6, 15)}))
    assert who(inspected)["WX-2"] == "yu-xin"


def test_onboarded() -> None:
    scenario = scenario_of("onboarded")
    assert who(planned(scenario)) == {"WX-1": "tang-yu", "WX-2": "ma-chao"}
    assert "ma-chao" not in who(planned(without_rule(scenario, "ONBOARDED"))).values()


def test_suspended() -> None:
    scenario = scenario_of("suspended")
    document = planned(scenario)
    assert who(document) == {"AZ-1": "peng-tao", "AZ-2": "tan-liang"}
    assert stops(document)["AZ-1"].start <= at("16:00", 16)
    assert stops(document)["AZ-2"].start >= at("09:00", 17)
    assert set(who(planned(without_rule(scenario, "SUSPENDED"))).values()) == {"tan-liang"}


def test_absent() -> None:
    scenario = scenario_of("absent")
    document = planned(scenario)
    assert who(document) == {"WX-1": "cao-lei"}
    assert codes(document, "WX-2") == {"yang-fan": {"ABSENT"}, "cao-lei": {"SKILL"}}
    assert who(planned(without_rule(scenario, "ABSENT"))) == {"WX-1": "yang-fan", "WX-2": "yang-fan"}


def test_territory() -> None:
    scenario = scenario_of("territory")
    document = planned(scenario)
    assert who(document) == {"WX-1": "zeng-li", "WX-2": "liang-jun"}
    assert codes(document, "WX-3") == {"zeng-li": {"TERRITORY"}, "liang-jun": {"TERRITORY"}}
    anywhere = planned(without_rule(scenario, "TERRITORY"))
    assert set(who(anywhere).values()) == {"zeng-li"}
    assert anywhere.plan.unserved == ()


def test_pinned() -> None:
    scenario = scenario_of("pinned")
    document = planned(scenario)
    assert who(document)["TS-1"] == "jiang-tao"
    assert stops(document)["WX-1"].start == at("10:00")
    assert stops(document)["BY-1"].start.date() == date(2026, 7, 16)
    free = planned(without_rule(scenario, "PINNED"))
    (round_trip,) = free.plan.shifts  # one round of one person on one day
    assert (round_trip.technician_id, len(round_trip.stops)) == ("zhang-wenbin", 3)
