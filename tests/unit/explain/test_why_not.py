"""Why this technician and not that one: the bills compared, what would have to give, and honest answers."""

from datetime import time

from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.domain.explanation import WhyNot
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.domain.time import Window
from optimizer.explain.said import said_why_not
from tests.unit.explain.left import PLAIN, explainer
from tests.unit.rules.build import DAY, at, job, near_and_far, north, scenario, technician

NEAR, FAR = technician(), technician(technician_id="T2", branch_id="B2")


def answer(
    of: Scenario, technician_id: str, *stops: tuple[int, ...], job_id: str = "J1", search: int | None = None
) -> WhyNot:
    """Return the answer, after having looked at the proof."""
    asked = explainer(of, *stops)
    stop = None if search is None else Iterations(search)
    found = asked.why_not(job_id, technician_id, search=stop)
    best = found.answer.better or found.answer.way
    assert (best is None) == (found.witness is None)
    if best is not None and found.witness is not None:
        assert check_plan(found.witness.scenario, found.witness.plan) == ()
        after, before = found.witness.assessment.bill.total_cents, asked.assessment.bill.total_cents
        assert best.cents == after - before
        (day,) = (day for day in found.witness.plan.shifts if any(one.job_id == job_id for one in day.stops))
        assert day.technician_id == technician_id
    return found.answer


def test_the_other_has_a_longer_way() -> None:
    # J1 is 6 km from B1 and 14 km from B2: 16 km and 26 min 40 s more; each way 11.20 + 11.67 instead of 4.80 + 5.00.
    found = answer(near_and_far(NEAR, FAR, [job()], rules=PLAIN), "T2", (0,), ())
    assert found.way is not None
    assert (found.possible, found.now_with, found.way.kind, found.way.cents) == (True, "T1", "move", 2_614)
    assert [day.technician_id for day in found.way.days] == ["T2"]  # T1 stays at home
    assert found.sentence == (
        "J1 is with T1. J1 moves to T2 on 2026-07-15 at 09:23, as the first stop, and the bill "
        "rises by ¥26.14."
    )


def test_a_better_place_is_an_improvement_and_is_called_one() -> None:
    found = answer(near_and_far(NEAR, FAR, [job()], rules=PLAIN), "T1", (), (0,))
    assert found.way is not None
    assert found.way.cents == -2_614
    assert found.sentence.endswith("So this plan can be improved by ¥26.14.")


def test_what_forbids_it_is_named_with_what_would_help() -> None:
    of = near_and_far(NEAR, FAR, [job(tools=("rope",))], rules=PLAIN)
    of = of.model_copy(update={"technicians": (technician(tools=("rope",)), FAR)})
    found = answer(of, "T2", (0,), ())
    assert (found.possible, found.slots) == (False, 1)
    assert [(one.code, one.alone) for one in found.blocks] == [("TOOL", 1)]
    assert found.way is not None
    assert (found.way.kind, found.way.names, found.way.cents) == ("tool", ("rope",), 2_614)
    assert found.sentence.startswith(
        "J1 is with T1. As the plan stands T2 cannot take it: the missing tool rope (TOOL). Lend T2 rope; J1 is then "
    )


def test_nothing_helps() -> None:
    found = answer(
        near_and_far(NEAR, technician(technician_id="T2", branch_id="B2", skills={}), [job()]), "T2", (0,), ()
    )
    assert found.way is None
    assert found.sentence == (
        "J1 is with T1. As the plan stands T2 cannot take it: the missing skill repair (SKILL). No single change of "
        "these kinds would let them: one more hour of overtime for one technician, another time for the customer, "
        "tools lent, certificates, a wider territory, parts fetched for one place. Nor would leaving out jobs of that "
        "day."
    )


def test_the_cheapest_set_of_jobs_left_out_for_it() -> None:
    # Two hours of work a day. T2 has two jobs of half an hour near by; J1 takes an hour and 46 min 40 s of driving.
    jobs = [
        job(),
        job(job_id="J2", place=north(20), duration_min=30),
        job(job_id="J3", place=north(20), duration_min=30, priority="flexible"),
    ]
    of = near_and_far(NEAR, FAR, jobs, rules={**PLAIN, "WORKLOAD_CAP": {"hours_per_day": 2}})
    found = answer(of, "T2", (0,), (1, 2))
    assert found.way is not None
    # Beside one of them 16 min 40 s are too many; both left out have weights of 2 and 1.
    assert (found.way.kind, set(found.way.left_out), found.way.weight) == ("leave_out", {"J2", "J3"}, 3)
    assert found.way.cents == 2_614 + 50_000 + 25_000


def test_a_short_search_makes_the_best_of_it() -> None:
    # J2 stands beside J1. Moving J1 alone costs a second way; moving both saves T1's.
    jobs = [job(place=north(14)), job(job_id="J2", place=north(14))]
    of = near_and_far(NEAR, FAR, jobs, rules=PLAIN)
    alone = answer(of, "T2", (0, 1), ())
    searched = answer(of, "T2", (0, 1), (), search=300)
    assert alone.way is not None
    assert alone.better is None
    assert searched.way is not None
    assert searched.better is not None
    assert searched.better.cents < searched.way.cents == alone.way.cents
    # From 14 km to 6 km, both ways: 16 km and 26 min 40 s less.
    assert searched.better.cents == -2_614
    assert "A short search that keeps it there finds better: the bill falls by ¥26.14." in searched.sentence
    assert searched.sentence.endswith("So this plan can be improved by ¥26.14.")


def test_a_job_left_out_can_be_asked_for_as_well() -> None:
    found = answer(scenario(jobs=[job()], rules=PLAIN), "T1", ())
    assert found.way is not None
    assert (found.now_with, found.way.kind, found.way.weight) == (None, "serve", -2)
    assert found.sentence.startswith("J1 is left out. Serve it all the same; ")


def test_who_does_it_already_or_does_not_work() -> None:
    assert answer(scenario(), "T1", (0,)).sentence == "T1 does J1 already."
    idle = technician(technician_id="T2", shifts=())
    assert (
        answer(scenario([technician(), idle]), "T2", (0,)).sentence == "T2 has no shift on the planned days."
    )


def test_no_agreed_window_in_the_other_ones_day() -> None:
    early = job(windows=(Window(start=at("09:00"), end=at("11:00")),))
    late = technician(technician_id="T2", shifts=(Shift(day=DAY, start=time(13)),))
    found = answer(scenario([technician(), late], [early], rules=PLAIN), "T2", (0,), ())
    assert found.way is not None
    assert (found.slots, found.way.kind, found.way.start) == (0, "window", at("13:10"))
    assert found.sentence.startswith(
        "J1 is with T1. No agreed window lies in a shift of T2. Agree on another time"
    )


def test_the_next_best_place_of_a_served_job() -> None:
    of = near_and_far(NEAR, FAR, [job()], rules=PLAIN)
    best = explainer(of, (0,), ()).next_best("J1")
    assert best is not None
    assert (best.technician_id, best.cents) == ("T2", 2_614)
    assert explainer(scenario(), (0,)).next_best("J1") is None
    assert explainer(scenario(), ()).next_best("J1") is None


def test_where_money_counts_alone_more_work_at_a_higher_bill_is_no_improvement() -> None:
    cheap = {f"{name}_cents": 100 for name in ("emergency", "vip", "contract", "normal", "flexible")}
    of = scenario([technician()], [job(place=north(30))], rules={**PLAIN, "UNSERVED": cheap})
    of = of.model_copy(update={"policy": of.policy.model_copy(update={"preset": "economy"})})
    found = answer(of, "T1", ())
    assert found.way is not None
    assert (found.way.kind, found.way.cents > 0) == ("serve", True)
    assert "improved" not in found.sentence


def test_a_better_plan_that_serves_less_says_so() -> None:
    # As above; a search brings J2 to T1, so that only the flexible J3, whose weight is 1, is left out.
    jobs = [
        job(),
        job(job_id="J2", place=north(20), duration_min=30),
        job(job_id="J3", place=north(20), duration_min=30, priority="flexible"),
    ]
    of = near_and_far(NEAR, FAR, jobs, rules={**PLAIN, "WORKLOAD_CAP": {"hours_per_day": 2}})
    asked = explainer(of, (0,), (1, 2)).why_not("J1", "T2", search=Iterations(300))
    assert asked.answer.sentence.endswith(
        ", with J3 left out (one job less than now, the priority weight left out rises by 1)."
    )
    lines = said_why_not(asked).sentences
    assert lines[1] == "  In the better plan:"
