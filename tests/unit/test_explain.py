"""Why jobs are left out: the true code, the right amount, in words."""

from datetime import time

from optimizer.control import Iterations
from optimizer.domain.assessment import UnservedReason
from optimizer.domain.promise import Pin
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.time import Window
from optimizer.planning import plan_scenario
from tests.unit.rules.build import DAY, at, job, north, scenario, technician


def reason(of: Scenario) -> UnservedReason:
    (found,) = plan_scenario(of, stop=Iterations(50)).assessment.unserved
    return found


def test_forbidden() -> None:
    found = reason(scenario(jobs=[job(certificates=("welding",), skills={"repair": 5})]))
    (obstacle,) = found.obstacles
    assert (set(obstacle.codes), obstacle.forbidden) == ({"SKILL", "CERTIFICATE"}, True)
    assert found.sentence == "Nobody may take it: the only shift is ruled out by SKILL (1), CERTIFICATE (1)."


def test_nobody_there() -> None:
    found = reason(scenario(technicians=[]))
    assert (found.sentence, found.obstacles) == ("Nobody works on the planned days.", ())


def test_too_late_for_the_window() -> None:
    # Leaves at 09:00, drives 10 min, the window closed at 08:30: 40 min late.
    found = reason(scenario(jobs=[job(windows=(Window(start=at("08:00"), end=at("08:30")),))]))
    (obstacle,) = found.obstacles
    assert (obstacle.codes, obstacle.forbidden, obstacle.over_min) == (("APPOINTMENT",), False, 40)
    assert obstacle.sentence == "T1 on 2026-07-15 would come 40 min after the last agreed window at best."


def test_too_late_for_the_pin() -> None:
    (obstacle,) = reason(scenario(pins=[Pin(job_id="J1", start=at("08:30"))])).obstacles
    assert (obstacle.codes, obstacle.over_min) == (("PINNED",), 40)
    assert obstacle.sentence == "T1 on 2026-07-15 would come 40 min after the pinned start at best."


def test_pinned_outside_its_window() -> None:
    afternoon = job(windows=(Window(start=at("14:00"), end=at("15:00")),))
    (obstacle,) = reason(scenario(jobs=[afternoon], pins=[Pin(job_id="J1", start=at("10:00"))])).obstacles
    assert (obstacle.codes, obstacle.over_min) == (("PINNED",), None)


def test_day_too_short() -> None:
    # 09:00–10:00 without overtime; 2 × 10 min of driving and 60 min there: 20 min are lacking.
    who = technician(shifts=(Shift(day=DAY, end=time(10), overtime_limit_min=0, rest="none"),))
    (obstacle,) = reason(scenario([who])).obstacles
    assert (obstacle.codes, obstacle.over_min) == (("SHIFT",), 20)


def test_not_worth_it() -> None:
    # 36 km there and back: 72 km × 0.80 and 2 h × 30 yuan.
    prices = {"UNSERVED": {"normal_weight": 0, "normal_cents": 100}}
    found = reason(scenario(jobs=[job(place=north(36))], rules=prices))
    (obstacle,) = found.obstacles
    assert (obstacle.codes, obstacle.cents) == (("UNSERVED",), 5_760 + 6_000)
    assert obstacle.sentence.endswith(
        "take it for 117.60 yuan more, but leaving it out costs only 1.00 yuan."
    )
