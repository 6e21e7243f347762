"""The stories of scenarios/rules: parts, refusals, sites, no-shows, and promises."""

from datetime import date, timedelta

from optimizer.approval import withdraw
from tests.golden.rules.story import (
    at,
    planned,
    scenario_of,
    stops,
    who,
    with_job,
    with_technician,
    without_rule,
)


def test_part() -> None:
    scenario = scenario_of("part")
    document = planned(scenario)
    assert who(document).items() >= {("WX-1", "zhou-min"), ("WX-2", "li-hua")}
    assert not any(day.picked_up for day in document.plan.shifts)  # both start from home
    (halt,) = (halt for day in document.plan.shifts for halt in day.restocks)
    assert (halt.branch_id, halt.picked_up) == ("furong", {"control board": 1})
    assert halt.end - halt.start == timedelta(minutes=10)
    assert halt.end <= stops(document)["WX-2"].leg.departure
    (reason,) = document.assessment.unserved
    assert (reason.job_id, [block.code for block in reason.blocks]) == ("WX-3", ["PART"])
    free = planned(without_rule(scenario, "PART"))
    assert free.plan.unserved == ()
    assert not any(day.restocks for day in free.plan.shifts)


def test_customer_exclusion() -> None:
    scenario = scenario_of("customer_exclusion")
    assert who(planned(scenario)) == {"WX-1": "peng-fei", "WX-2": "he-jun"}
    assert who(planned(without_rule(scenario, "CUSTOMER_EXCLUSION")))["WX-1"] == "he-jun"


def test_approved() -> None:
    scenario = scenario_of("approved")
    document = planned(scenario)
    found = stops(document)
    assert found["WX-1"].start == at("10:30")  # the clinic keeps its time
    assert found["WX-2"].start.date() == date(2026, 7, 16)  # what came overnight waits for a day that is open
    assert found["WX-3"].start.date() == date(2026, 7, 15)  # an emergency does not
    free = planned(without_rule(scenario, "APPROVED"))
    assert [len(day.stops) for day in free.plan.shifts] == [3]  # one round on Wednesday
    withdrawn = planned(withdraw(scenario, [date(2026, 7, 15)]))
    assert [len(day.stops) for day in withdrawn.plan.shifts] == [3]


def test_under_way() -> None:
    scenario = scenario_of("under_way")
    document = planned(scenario)
    assert who(document) == {"WX-1": "zhang-wenbin", "WX-2": "jiang-tao", "WX-3": "jiang-tao"}
    found = stops(document)
    assert (found["WX-1"].start, found["WX-1"].end) == (at("10:00"), at("12:00"))  # begun outside its window
    assert found["WX-2"].start < found["WX-3"].start < at("12:00")
    arrived = planned(with_job(scenario, "WX-1", {"under_way": None, "windows": ()}))
    assert who(arrived)["WX-3"] == "zhang-wenbin"  # next door, had he not begun


def test_site_ready() -> None:
    scenario = scenario_of("site_ready")
    document = planned(scenario)
    assert set(who(document)) == {"AZ-1", "KC-1"}
    (reason,) = document.assessment.unserved
    assert [block.code for block in reason.blocks] == ["SITE_READY"]
    assert planned(without_rule(scenario, "SITE_READY")).plan.unserved == ()


def test_no_show() -> None:
    scenario = scenario_of("no_show")
    document = planned(scenario)
    assert who(document) == {"WX-1": "li-hua", "WX-2": "li-hua", "BY-1": "zhang-lei"}
    days = {(day.technician_id, day.day) for day in document.plan.shifts}
    assert days == {("zhang-lei", date(2026, 7, 16)), ("li-hua", date(2026, 7, 15))}
    assert who(planned(without_rule(scenario, "NO_SHOW")))["WX-1"] == "zhang-lei"
    arrived = with_technician(scenario, "zhang-lei", {"attendance": ()})
    assert who(planned(arrived))["WX-1"] == "zhang-lei"
    too_early = scenario.model_copy(update={"now": at("09:59")})
    assert who(planned(too_early))["WX-1"] == "zhang-lei"


def test_promise() -> None:
    scenario = scenario_of("promise")
    document = planned(scenario)
    assert document.plan.unserved == ()
    made = stops(document)
    assert at("14:30") <= made["WX-1"].start <= at("16:00")
    assert made["WX-2"].start < at("12:00")
    assert made["WX-3"].start < at("16:00")
    assert stops(planned(without_rule(scenario, "PROMISE")))["WX-1"].start < at("14:30")
