"""The smallest change that lets a job be served, its price to the cent, and the plan that proves it."""

from datetime import time
from functools import partial

import pytest

from optimizer.checker import check_plan
from optimizer.domain.policy import Policy
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift, Technician, Territory
from optimizer.domain.time import Window
from optimizer.explain.left_out import Explained
from tests.unit.explain.left import PLAIN, explainer
from tests.unit.rules.build import DAY, at, branch, job, north, scenario, technician

HOME_AND_BACK = 960 + 1_000
"""J1 is 6 km away: 12 km at 0.80 and 20 min at 30 yuan an hour, in cents."""
LEFT_OUT = 50_000
"""What leaving out a normal job costs."""


def explained(of: Scenario, *stops: tuple[int, ...]) -> Explained:
    """Return why J1 is left out, after having looked at the proof."""
    asked = explainer(of, *stops)
    found = asked.left_out("J1")
    if found.answer.fix is not None:
        assert found.witness is not None
        assert check_plan(found.witness.scenario, found.witness.plan) == ()
        assert "J1" not in found.witness.plan.unserved
        after, before = found.witness.assessment.bill.total_cents, asked.assessment.bill.total_cents
        assert found.answer.fix.cents == after - before
        assert Scenario.model_validate(found.witness.scenario.model_dump()) == found.witness.scenario
    return found


def tight() -> Technician:
    """Return a technician with an hour from 09:00 and no overtime."""
    return technician(shifts=(Shift(day=DAY, end=time(10), overtime_limit_min=0, rest="none"),))


def test_an_hour_of_overtime() -> None:
    # 80 min with the ways, 60 of them in the shift: 20 min of overtime at 45 yuan an hour.
    found = explained(scenario([tight()], rules=PLAIN))
    fix = found.answer.fix
    assert fix is not None
    assert (fix.kind, fix.technician_id, fix.minutes, fix.start) == ("overtime", "T1", 60, at("09:10"))
    assert (fix.weight, fix.cents) == (-2, HOME_AND_BACK + 1_500 - LEFT_OUT)
    assert fix.sentence == (
        "Allow T1 one more hour of overtime on 2026-07-15 (up to 1 h 00 min instead of none); J1 is then served by T1 "
        "on 2026-07-15 at 09:10, as the first stop, and the bill falls by ¥465.40."
    )
    assert found.witness is not None
    (shift,) = found.witness.scenario.technicians[0].shifts or ()
    assert shift.overtime_limit_min == 60


def test_shifts_of_the_roster_are_written_out_for_it() -> None:
    # 09:00–18:00 with two hours of overtime; 11 h 20 min on site and 20 min of driving take 40 min more.
    rules = {**PLAIN, "WORKLOAD_CAP": {"active": False}, "BREAK": {"active": False}}
    found = explained(scenario(jobs=[job(duration_min=680)], rules=rules))
    assert found.answer.fix is not None
    assert found.witness is not None
    (shift,) = found.witness.scenario.technicians[0].shifts or ()
    assert (shift.day, shift.overtime_limit_min) == (DAY, 180)


def test_no_more_overtime_than_a_shift_can_have() -> None:
    full = Shift(day=DAY, end=time(10), overtime_limit_min=430, rest="none")
    caps = {"WORKLOAD_CAP": {"active": False}}
    found = explained(
        scenario([technician(shifts=(full,))], [job(duration_min=500)], rules={**PLAIN, **caps})
    )
    assert found.answer.fix is None


def test_no_other_window_is_agreed_on_with_who_is_asked_for_another_time() -> None:
    early = Window(start=at("08:00"), end=at("09:05"))
    asked = Promise(job_id="J1", technician_id="T1", window=early, start=at("09:00"), asked=True)
    of = scenario(jobs=[job(windows=(early,))], promises=[asked], rules=PLAIN)
    fix = explained(of).answer.fix
    assert fix is not None
    assert (fix.kind, fix.start) == ("serve", at("09:10"))


def test_another_window() -> None:
    late = job(windows=(Window(start=at("08:00"), end=at("09:05")),))
    fix = explained(scenario(jobs=[late], rules=PLAIN)).answer.fix
    assert fix is not None
    assert (fix.kind, fix.start, fix.cents) == ("window", at("09:10"), HOME_AND_BACK - LEFT_OUT)
    assert fix.window == Window(start=at("09:00"), end=at("10:05"))  # from a full quarter, as wide as before
    assert fix.sentence.startswith(
        "Agree on another time with the customer, 09:00 to 10:05 on 2026-07-15; J1 is"
    )


def test_tools_lent() -> None:
    found = explained(scenario(jobs=[job(tools=("rope", "ladder"))], rules=PLAIN))
    fix = found.answer.fix
    assert fix is not None
    assert (fix.kind, fix.names, fix.cents) == ("tool", ("rope", "ladder"), HOME_AND_BACK - LEFT_OUT)
    assert fix.sentence.startswith("Lend T1 rope and ladder; ")
    assert found.witness is not None
    assert found.witness.scenario.technicians[0].tools == ("rope", "ladder")


def test_tools_are_not_lent_to_who_is_off_duty_for_a_missing_one() -> None:
    who = technician(missing_tools=("spanners",))
    assert explained(scenario([who], [job(tools=("rope",))], rules=PLAIN)).answer.fix is None


def test_a_certificate() -> None:
    fix = explained(scenario(jobs=[job(certificates=("electrician",))], rules=PLAIN)).answer.fix
    assert fix is not None
    assert (fix.kind, fix.names) == ("certificate", ("electrician",))
    assert fix.sentence.startswith("Get T1 the certificate electrician; ")


@pytest.mark.parametrize(
    ("territory", "area", "wider", "words"),
    [
        (Territory(areas=("Furong",)), "Yuelu", Territory(areas=("Furong", "Yuelu")), "Yuelu as well"),
        (Territory(areas=("Furong",)), None, Territory(), "any area"),
        (Territory(branches=("B2",)), None, Territory(branches=("B2", "B1")), "jobs of branch B1 as well"),
        (Territory(radius_km=5), None, Territory(radius_km=6.1), "a radius of 6.1 km"),
    ],
)
def test_a_wider_territory(territory: Territory, area: str | None, wider: Territory, words: str) -> None:
    branches = (branch(), branch(branch_id="B2", place=north(20)))
    of = scenario([technician(territory=territory)], [job(area=area)], branches=branches, rules=PLAIN)
    found = explained(of)
    assert found.answer.fix is not None
    assert (found.answer.fix.kind, found.answer.fix.names) == ("territory", (words,))
    assert found.witness is not None
    assert found.witness.scenario.technicians[0].territory == wider


def test_parts_for_the_branch_where_the_day_starts() -> None:
    other = job(job_id="J2", place=north(8), parts={"fan": 1})
    of = scenario(
        [technician(parts={"fan": 1})],
        [job(parts={"fan": 3, "board": 1}), other],
        branches=(branch(stock={"fan": 1}),),
        rules=PLAIN,
    )
    found = explained(of, (1,))
    fix = found.answer.fix
    assert fix is not None
    # The van's fan is for J2; J1 gets the branch's one, two more, and the board.
    assert (fix.kind, fix.parts, fix.branch_id) == ("part", {"fan": 2, "board": 1}, "B1")
    assert fix.sentence.startswith("Fetch 2 pieces of fan and 1 piece of board for branch B1; ")
    assert found.witness is not None
    assert found.witness.scenario.branches[0].stock == {"fan": 3, "board": 1}


def test_parts_for_the_van_of_who_starts_at_home() -> None:
    who = technician(home=north(1), starts_from="home", ends_at="home")
    fix = explained(scenario([who], [job(parts={"fan": 1})], rules=PLAIN)).answer.fix
    assert fix is not None
    assert (fix.kind, fix.parts, fix.branch_id) == ("part", {"fan": 1}, None)
    assert fix.sentence.startswith("Fetch 1 piece of fan for the van of T1; ")


def test_a_lesser_job_left_out() -> None:
    # The hour is full with J2. Nothing but J2, which can wait, can make room: overtime would have to be 2 h.
    urgent = job(duration_min=30, priority="vip")
    flexible = job(job_id="J2", place=north(6), duration_min=40, priority="flexible")
    of = scenario([tight()], [urgent, flexible], rules={**PLAIN, "WORKLOAD_CAP": {"jobs_per_day": 1}})
    fix = explained(of, (1,)).answer.fix
    assert fix is not None
    # vip 10 − flexible 1; 2,500 yuan no more owed, 250 owed; the ways are the same.
    assert (fix.kind, fix.left_out, fix.weight, fix.cents) == ("leave_out", ("J2",), -9, -225_000)
    assert fix.sentence.startswith("Leave out J2 instead; J1 is then served by T1 on 2026-07-15 at 09:10")


def test_a_job_that_matters_as_much_is_not_left_out() -> None:
    of = scenario([tight()], [job(duration_min=30), job(job_id="J2", duration_min=40)],
                  rules={**PLAIN, "WORKLOAD_CAP": {"jobs_per_day": 1}})  # fmt: skip
    found = explained(of, (1,))
    assert found.answer.fix is None
    assert found.answer.proof == (
        "No single change of these kinds makes room for J1: one more hour of overtime for one technician, another time "
        "for the customer, tools lent, certificates, a wider territory, parts fetched for one place, one less "
        "important job left out. 2 places in the order of stops of 1 shift were tried, all other stops kept with "
        "their technicians and in their order."
    )


def test_who_is_stopped_by_one_other_reason_is_named() -> None:
    # T1 and T2 lack the skill alone; T3 the skill and a rope, which two changes would be needed for.
    people = [
        technician(skills={}, tools=("rope",)),
        technician(technician_id="T2", skills={}, tools=("rope",)),
        technician(technician_id="T3", skills={}),
    ]
    found = explained(scenario(people, [job(tools=("rope",))], rules=PLAIN))
    assert found.answer.fix is None
    assert found.none_helps == (
        "No single change of these kinds makes room for it: one more hour of overtime for one technician, another time "
        "for the customer, tools lent, certificates, a wider territory, parts fetched for one place, one less "
        "important job left out. It would fit with T1 and T2 if it were not for a missing skill (SKILL)."
    )
    assert " It would fit with T1 and T2 if " in found.answer.proof


def test_who_has_no_time_would_not_fit_without_the_other_reason_either() -> None:
    hour = technician(skills={}, shifts=tight().shifts)
    found = explained(scenario([hour], rules=PLAIN))
    assert "It would fit" not in found.none_helps


def test_what_is_not_worth_it_can_be_served_all_the_same() -> None:
    # 36 km there and back: ¥57.60 and two hours at 30; leaving it out costs 1 yuan.
    of = scenario(
        jobs=[job(place=north(36))],
        rules={**PLAIN, "UNSERVED": {"normal_weight": 0, "normal_cents": 100}},
    )
    of = of.model_copy(update={"policy": Policy(preset="economy", rules=of.policy.rules)})
    found = explained(of)
    assert found.answer.fix is not None
    assert (found.answer.fix.kind, found.answer.fix.cents) == ("serve", 11_760 - 100)
    assert found.answer.forced is not None
    assert (found.answer.forced.findings, found.answer.forced.cents) == ((), 11_660)
    assert found.answer.forced.sentence == (
        "T1 on 2026-07-15 could serve J1 at 10:00; the bill rises by ¥116.60 compared with leaving it out."
    )


def test_the_cheapest_of_several_changes() -> None:
    # T1 lacks a rope; T2, whose home is next door, a rope and the skill; T3, next door too, only the rope.
    near = partial(technician, home=north(5), starts_from="home", ends_at="home")
    people = [technician(), near(technician_id="T2", skills={}), near(technician_id="T3")]
    fix = explained(scenario(people, [job(tools=("rope",))], rules=PLAIN)).answer.fix
    assert fix is not None
    assert (fix.technician_id, fix.names) == ("T3", ("rope",))
    # 1 km there and back: 0.80 and 100 s, which are 0.83, each way.
    assert fix.cents == 2 * (80 + 83) - LEFT_OUT


# ---- By force ----------------------------------------------------------------------------------------------


def test_by_force_the_shift_would_be_too_long() -> None:
    forced = explained(scenario([tight()], rules=PLAIN)).answer.forced
    assert forced is not None
    (finding,) = forced.findings
    assert (finding.code, finding.over, forced.start) == ("SHIFT", 20, at("09:10"))
    assert forced.cents == HOME_AND_BACK + 1_500 - LEFT_OUT
    assert forced.sentence == (
        "By force, T1 on 2026-07-15 would serve J1 at 09:10 (the bill falls by ¥465.40), but: T1 on 2026-07-15 "
        "ends 20 min after the shift's end; 0 s are allowed."
    )


def test_by_force_a_later_customer_would_wait() -> None:
    # J1 next to J2, which has to begin at 09:20: J1 from 09:10 to 10:10, J2 from 10:10 on, 50 min late.
    strict = job(job_id="J2", windows=(Window(start=at("09:20"), end=at("09:20")),))
    of = scenario([technician()], [job(windows=(Window(start=at("09:00"), end=at("09:15")),)), strict])
    forced = explained(of, (1,)).answer.forced
    assert forced is not None
    assert [(one.code, one.job_id, one.over) for one in forced.findings] == [("APPOINTMENT", "J2", 50)]


def test_by_force_the_customer_waits_until_after_the_rest() -> None:
    # 300 min from 11:30 at the latest leave no rest until 16:00; the rest at 12:00 first, and J1 starts at 12:40.
    long = job(duration_min=300, windows=(Window(start=at("11:00"), end=at("11:30")),))
    forced = explained(scenario(jobs=[long], rules=PLAIN)).answer.forced
    assert forced is not None
    assert [(one.code, one.over) for one in forced.findings] == [("APPOINTMENT", 70)]


def test_by_force_somebody_without_the_skill_would_go() -> None:
    of = scenario([technician(skills={})], [job(tools=("rope",))], rules=PLAIN)
    forced = explained(of).answer.forced
    assert forced is not None
    assert {one.code for one in forced.findings} == {"SKILL", "TOOL"}


def test_there_is_nobody_to_force() -> None:
    found = explained(scenario(technicians=[]))
    assert (found.answer.forced, found.answer.fix, found.witness) == (None, None, None)


def test_only_jobs_left_out_have_reasons() -> None:
    asked = explainer(scenario(), (0,))
    with pytest.raises(ValueError, match="J1 is served"):
        asked.left_out("J1")
    with pytest.raises(KeyError):
        asked.left_out("J9")
