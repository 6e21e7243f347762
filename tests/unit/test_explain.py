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
    # Leaves at 09:00, drives 10 min, the window closes at 09:05: 5 min late.
    found = reason(scenario(jobs=[job(windows=(Window(start=at("08:00"), end=at("09:05")),))]))
    (obstacle,) = found.obstacles
    assert (obstacle.codes, obstacle.forbidden, obstacle.over_min) == (("APPOINTMENT",), False, 5)
    assert obstacle.sentence == "T1 on 2026-07-15 would come 5 min after the last agreed window at best."


def test_no_window_in_the_shift() -> None:
    found = reason(scenario(jobs=[job(windows=(Window(start=at("05:00"), end=at("08:30")),))]))
    (obstacle,) = found.obstacles
    assert (obstacle.codes, obstacle.forbidden, obstacle.over_min) == (("APPOINTMENT",), True, None)
    assert found.sentence == "Nobody may take it: the only shift is ruled out by APPOINTMENT (1)."


def test_too_late_for_the_pin() -> None:
    (obstacle,) = reason(scenario(pins=[Pin(job_id="J1", start=at("09:05"))])).obstacles
    assert (obstacle.codes, obstacle.over_min) == (("PINNED",), 5)
    assert obstacle.sentence == "T1 on 2026-07-15 would come 5 min after the pinned start at best."


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


def test_the_rest_is_in_the_way() -> None:
    # 300 min from 11:00–11:30 on leave no time for a rest that begins at midday; the other job has no window to miss.
    long = job(job_id="J1", duration_min=300, windows=(Window(start=at("11:00"), end=at("11:30")),))
    found = reason(scenario(jobs=[long, job(job_id="J2", priority="emergency")]))
    (obstacle,) = found.obstacles
    assert (found.job_id, obstacle.codes) == ("J1", ("BREAK",))
