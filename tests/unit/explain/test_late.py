"""Why a served job is late, and the cheapest way to be in time."""

from optimizer.checker import check_plan
from optimizer.domain.explanation import LateReason
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from tests.unit.explain.left import PLAIN, explainer
from tests.unit.rules.build import at, branch, job, north, scenario, technician

CLOCKS = {**PLAIN, "COMPLETE": {"active": False}, "LATE": {"active": False}, "CONTACT": {"active": False}}
"""Of the clocks of a visit only ARRIVE_NEAR and COMPLAINT are left."""
REPORTED = job(intake_at=at("09:00").replace(day=14))  # on site by 09:00 on the 15th at the latest


def reason(
    of: Scenario, *stops: tuple[int, ...], job_id: str = "J1", code: str = "ARRIVE_NEAR"
) -> LateReason:
    """Return the reason for one clock, after having looked at the proof."""
    asked = explainer(of, *stops)
    (found,) = (one for one in asked.late(job_id) if one.answer.code == code)
    if found.witness is not None:
        assert found.answer.way is not None
        assert check_plan(found.witness.scenario, found.witness.plan) == ()
        assert found.answer.way.cents == (
            found.witness.assessment.bill.total_cents - asked.assessment.bill.total_cents
        )
        clock = next(
            one for one in found.witness.assessment.clocks if (one.code, one.job_id) == (code, job_id)
        )
        assert clock.state != "missed"
    return found.answer


def test_nobody_could_be_there_in_time() -> None:
    found = reason(scenario(jobs=[REPORTED], rules=CLOCKS), (0,))
    assert (found.due, found.at, found.late_s) == (at("09:00"), at("09:10"), 600)
    assert (found.before, found.way, found.earliest) == ((), None, at("09:10"))
    assert found.sentence == (
        "J1 starts 2026-07-15 09:10, 10 min after it was due (2026-07-15 09:00): the clock ARRIVE_NEAR (Inside a "
        "branch's service radius somebody is on site within 24 h of the user's report) is missed. It is the first stop "
        "of T1. Nobody could be there before 09:10, even with nothing else to do that day."
    )


def test_the_order_of_the_day_is_to_blame() -> None:
    # J2 first, from 09:10 to 10:10, J1 beside it: 40 min late. The other way round nobody drives further.
    due = job(intake_at=at("09:30").replace(day=14))
    found = reason(scenario(jobs=[due, job(job_id="J2")], rules=CLOCKS), (1, 0))
    assert (found.late_s, found.before) == (2_400, ("J2",))
    assert found.way is not None
    assert (found.way.kind, found.way.technician_id, found.way.after, found.way.start) == (
        "move",
        "T1",
        None,
        at("09:10"),
    )
    assert "Before it T1 serves J2. Cheapest way to be in time: J1 moves to T1" in found.sentence


def test_somebody_else_could_be_in_time() -> None:
    due = job(intake_at=at("09:30").replace(day=14))
    strict = job(job_id="J2", windows=(Window(start=at("09:10"), end=at("09:15")),))
    people = [technician(), technician(technician_id="T2")]
    found = reason(scenario(people, [due, strict], rules=CLOCKS), (1, 0), ())
    assert found.way is not None
    assert (found.way.technician_id, found.way.left_out) == ("T2", ())


def test_a_lesser_job_would_have_to_be_left_out() -> None:
    due = job(intake_at=at("09:30").replace(day=14), priority="vip")
    strict = job(job_id="J2", windows=(Window(start=at("09:10"), end=at("09:15")),))
    found = reason(scenario(jobs=[due, strict], rules=CLOCKS), (1, 0))
    assert found.way is not None
    assert (found.way.left_out, found.way.weight) == (("J2",), 2)
    assert (
        "Only leaving out a less important job would make it in time: Leave out J2; J1 moves to T1"
        " on 2026-07-15" in found.sentence
    )


def test_no_single_move_is_enough() -> None:
    due = job(intake_at=at("09:30").replace(day=14))
    strict = job(job_id="J2", windows=(Window(start=at("09:10"), end=at("09:15")),))
    found = reason(scenario(jobs=[due, strict], rules=CLOCKS), (1, 0))
    assert (found.way, found.earliest) == (None, at("09:10"))
    assert found.sentence.endswith(
        "No single move gets there in time, not even with one less important job left out and all other stops in "
        "their order; with nothing else to do somebody could by 09:10."
    )


def test_a_clock_that_waits_for_the_end() -> None:
    # Settled within 24 h of 10:30: J2 and J1 take an hour each, so that J1 ends at 11:10; alone it ends at 10:10.
    due = job(intake_at=at("10:30").replace(day=14), complaint="complaint")
    found = reason(scenario(jobs=[due, job(job_id="J2")], rules=CLOCKS), (1, 0), code="COMPLAINT")
    assert (found.late_s, found.at) == (2_400, at("11:10"))
    assert found.way is not None
    assert found.way.start == at("09:10")


def test_set_up_belongs_to_the_time_on_site() -> None:
    # J2 stands beside J1: after it J1 needs no set-up of 20 min. Due at 11:15; J1 after J2 ends at 11:30.
    due = job(intake_at=at("11:15").replace(day=14), complaint="complaint", setup_min=20)
    beside = job(job_id="J2", setup_min=20)
    far = job(job_id="J3", place=north(6.01), duration_min=5)
    found = reason(scenario(jobs=[due, beside, far], rules=CLOCKS), (1, 2, 0), code="COMPLAINT")
    assert found.way is not None
    # First: 09:10 to 10:30.
    assert (found.way.start, found.way.after) == (at("09:10"), None)


def test_a_job_in_time_or_left_out_has_no_reason() -> None:
    assert explainer(scenario(rules=CLOCKS), (0,)).late("J1") == ()
    assert explainer(scenario(jobs=[REPORTED], rules=CLOCKS), ()).late("J1") == ()


def test_places_behind_the_radius_are_somebody_elses_clock() -> None:
    far = job(place=north(120), intake_at=at("09:00").replace(day=13))
    assert {
        one.answer.code for one in explainer(scenario(jobs=[far], rules=CLOCKS), (0,)).late("J1")
    } == set()


def test_where_money_counts_alone_leaving_a_cheap_job_out_may_be_the_cheapest_way() -> None:
    # J2 keeps T1 from J1, due at 09:30, and leaving it out costs 1 yuan. T2 would have to come from 20 km away.
    rules = {**CLOCKS, "UNSERVED": {"flexible_cents": 100}}
    early = Window(start=at("09:00"), end=at("09:15"))
    jobs = [
        job(intake_at=at("09:30").replace(day=14), priority="contract"),
        job(job_id="J2", priority="flexible", windows=(early,)),
    ]
    people = [technician(), technician(technician_id="T2", branch_id="B2")]
    of = scenario(people, jobs, branches=(branch(), branch(branch_id="B2", place=north(20))), rules=rules)
    of = of.model_copy(update={"policy": of.policy.model_copy(update={"preset": "economy"})})
    (found,) = explainer(of, (1, 0), ()).late("J1")
    assert found.answer.way is not None
    assert found.answer.way.left_out == ("J2",)
    assert "Cheapest way to be in time: Leave out J2" in found.answer.sentence


def test_a_clock_with_a_price_is_not_called_free() -> None:
    assert "costs nothing" not in reason(scenario(jobs=[REPORTED], rules=CLOCKS), (0,)).sentence


def test_seconds_are_cut_off() -> None:
    # Due at 09:00:30, there at 09:10: 9 min 30 s late.
    due = job(intake_at=at("09:00").replace(day=14, second=30))
    found = reason(scenario(jobs=[due], rules=CLOCKS), (0,))
    assert "starts 2026-07-15 09:10, 9 min after it was due (2026-07-15 09:00): " in found.sentence
