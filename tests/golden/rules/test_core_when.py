"""The stories of scenarios/rules about when a job is done; each rule decides: without it the plan is another."""

from datetime import timedelta

from tests.golden.rules.story import (
    at,
    codes,
    day_of,
    planned,
    scenario_of,
    stops,
    who,
    with_settings,
    with_technician,
    without_rule,
)


def test_shift() -> None:
    scenario = scenario_of("shift")
    document = planned(scenario)
    assert who(document) == {"WX-1": "deng-shaohua", "WX-2": "huang-wei"}
    assert document.plan.unserved == ("WX-3",)
    deng = day_of(document, "deng-shaohua")
    assert at("09:00") <= deng.departure
    assert deng.last_leg.arrival <= at("17:30")
    assert day_of(document, "huang-wei").departure >= at("13:00")
    (one,) = scenario.technicians[0].shifts or ()
    overtime = with_technician(
        scenario, "deng-shaohua", {"shifts": (one.model_copy(update={"overtime_limit_min": 120}),)}
    )
    assert who(planned(overtime)) == {"WX-1": "deng-shaohua", "WX-2": "deng-shaohua"}
    early = with_technician(
        scenario, "deng-shaohua", {"shifts": (one.model_copy(update={"start": at("07:00").time()}),)}
    )
    assert who(planned(early))["WX-3"] == "deng-shaohua"


def test_break() -> None:
    scenario = scenario_of("break")
    document = planned(scenario)
    assert who(document) == {"WX-1": "luo-yong", "WX-2": "peng-tao", "BY-1": "luo-yong"}
    midday, dentist = day_of(document, "luo-yong").rests
    assert at("12:00") <= midday.start
    assert midday.end == midday.start + timedelta(minutes=40)
    assert midday.end <= at("13:30")
    assert (dentist.kind, dentist.start, dentist.end) == ("absence", at("15:00"), at("16:00"))
    assert stops(document)["BY-1"].start >= at("16:00")
    (early,) = day_of(document, "peng-tao").rests
    assert at("11:00") <= early.start
    assert early.end <= at("12:00")
    restless = planned(without_rule(scenario, "BREAK"))
    assert set(who(restless).values()) == {"luo-yong"}
    assert stops(restless)["BY-1"].start < at("15:00") < stops(restless)["BY-1"].end
    assert day_of(restless, "luo-yong").rests == ()


def test_appointment() -> None:
    scenario = scenario_of("appointment")
    document = planned(scenario)
    made = stops(document)
    assert at("10:00") <= made["WX-2"].start <= at("11:00")
    assert at("14:00") <= made["WX-1"].start <= at("16:00")
    assert codes(document, "WX-3") == {"gao-feng": {"APPOINTMENT"}}
    unagreed = planned(without_rule(scenario, "APPOINTMENT"))
    assert unagreed.plan.unserved == ()
    assert stops(unagreed)["WX-1"].start < stops(unagreed)["WX-2"].start  # the short way, from south to north
    assert stops(unagreed)["WX-1"].leg.departure == at("09:30")


def test_min_duration() -> None:
    scenario = scenario_of("min_duration")
    document = planned(scenario)
    assert set(who(document).values()) == {"liu-zhiyong", "chen-guoqiang"}
    assert {stop.service_s for stop in stops(document).values()} == {1800}
    hasty = planned(without_rule(scenario, "MIN_DURATION"))
    assert who(hasty) == {"AZ-1": "liu-zhiyong", "AZ-2": "liu-zhiyong"}
    assert {stop.service_s for stop in stops(hasty).values()} == {600}


def test_duration() -> None:
    scenario = scenario_of("duration")
    document = planned(scenario)
    assert who(document) == {"WX-1": "chen-guoqiang", "WX-2": "li-jun", "WX-3": "li-jun"}
    made = stops(document)
    # 60 + 2 × 40 = 140 minutes by the table, 90 % of them for level 5; 60 minutes, 125 % of them for level 1
    assert made["WX-1"].service_s == 126 * 60
    assert made["WX-2"].service_s == made["WX-3"].service_s == 75 * 60
    assert {made["WX-2"].setup_s, made["WX-3"].setup_s} == {0, 5 * 60}
    alike = planned(with_settings(scenario, "DURATION", {"level_percent": (100,) * 5}))
    assert set(who(alike).values()) == {"li-jun"}
    assert stops(alike)["WX-1"].service_s == 140 * 60


def test_workload_cap() -> None:
    scenario = scenario_of("workload_cap")
    document = planned(scenario)
    assert len(day_of(document, "li-na").stops) == 2
    assert len(day_of(document, "zhou-jie").stops) == 1
    assert codes(document, "BY-4") == {"li-na": {"WORKLOAD_CAP"}, "zhou-jie": {"WORKLOAD_CAP"}}
    uncapped = planned(without_rule(scenario, "WORKLOAD_CAP"))
    assert len(day_of(uncapped, "li-na").stops) == 4
