"""Why a job finds no room beside others: later customers, caps on the day and the week, and who comes closest."""

from datetime import time

from optimizer.compile import compile_scenario
from optimizer.domain.assessment import Obstacle, UnservedReason
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Ledger, Shift
from optimizer.domain.time import Window
from optimizer.engines.lns.obstacle import Lack
from optimizer.explain import CODES, unserved_reasons
from optimizer.problem import Routes
from optimizer.rules import RULES
from tests.unit.rules.build import DAY, at, job, north, scenario, technician

SHORT = technician(shifts=(Shift(day=DAY, end=time(11), overtime_limit_min=0, rest="none"),))
J1 = job(job_id="J1", place=north(6))
J2 = job(job_id="J2", place=north(8))


def why(of: Scenario, *stops: tuple[int, ...]) -> UnservedReason:
    """Return why the only job without a stop is left out."""
    served = {row for route in stops for row in route}
    left = tuple(row for row in range(len(of.jobs)) if row not in served)
    (found,) = unserved_reasons(compile_scenario(of), Routes(stops, left))
    return found


def the_only(reason: UnservedReason) -> Obstacle:
    (obstacle,) = reason.obstacles
    return obstacle


def test_a_later_customer_would_be_reached_too_late() -> None:
    ten = J1.model_copy(update={"windows": (Window(start=at("10:00"), end=at("10:00")),)})
    early = J2.model_copy(update={"windows": (Window(start=at("09:00"), end=at("09:20")),)})
    # J2 from 09:13:20 to 10:13:20, J1 at 10:16:40: 16 min 40 s late. After J1, at 11:03:20, J2 has long closed.
    found = the_only(why(scenario([technician()], [ten, early]), (0,)))
    assert (found.codes, found.forbidden, found.over_min) == (("APPOINTMENT",), False, 16.7)
    assert found.sentence.endswith("would reach J1 or a later customer 17 min late.")


def test_the_day_has_all_the_jobs_it_may_have() -> None:
    of = scenario([technician()], [J1, J2], rules={"WORKLOAD_CAP": {"jobs_per_day": 1}})
    found = the_only(why(of, (1,)))
    assert (found.codes, found.over_min, found.cents) == (("WORKLOAD_CAP",), None, None)
    assert found.sentence.endswith("already has 1 jobs, as many as are allowed.")


def test_the_hours_of_the_day_are_used_up() -> None:
    # Both jobs: 1,600 s of driving and two hours of service, 2.44 h.
    of = scenario([technician()], [J1, J2], rules={"WORKLOAD_CAP": {"hours_per_day": 2.4}})
    found = the_only(why(of, (1,)))
    assert (found.codes, found.over_min) == (("WORKLOAD_CAP",), None)
    assert found.sentence.endswith("would exceed the limit of jobs or hours in the day or week.")


def test_the_jobs_or_hours_of_the_week_are_used_up() -> None:
    for caps, before in (
        ({"hours_per_week": 12.4}, Ledger(hours=10)),
        ({"jobs_per_week": 6}, Ledger(jobs=5)),
    ):
        who = technician(week_to_date=before)
        reason = why(scenario([who], [J1, J2], days=2, rules={"WORKLOAD_CAP": caps}), (1,), ())
        assert [(one.codes, one.over_min) for one in reason.obstacles] == [(("WORKLOAD_CAP",), None)] * 2


def test_the_closest_of_several_is_named() -> None:
    far = technician(technician_id="T2", shifts=SHORT.shifts)
    cannot = technician(technician_id="T3", skills={}, shifts=SHORT.shifts)
    long_one = job(job_id="J3", place=north(3), duration_min=115)
    # Two hours. J3 and its ways take 125 min: 5 too many for T1; T2 does J1, an hour more, by way of J3.
    reason = why(scenario([SHORT, far, cannot], [long_one, J1]), (), (1,), ())
    assert [one.over_min for one in reason.obstacles] == [5.0, 75.0, None]
    assert reason.sentence == (
        "2 technicians may take it, but none has room; "
        "closest: T1 on 2026-07-15 has too little time left: 5 min are lacking."
    )


def test_every_lack_has_the_code_of_a_rule() -> None:
    assert set(CODES) == set(Lack)
    known = {rule.code for rule in RULES}
    assert {
        code for lack, code in CODES.items() if lack is not Lack.LOAD
    } <= known  # loads are a request's alone
