"""Jobs that are tied to others: who would come along, which tool is out, which job comes first, and what helps.

Everything is 6 km north of the branch, 10 minutes away, unless said; jobs take an hour.
"""

from datetime import time, timedelta
from typing import Any

import pytest

from optimizer.checker import check_plan
from optimizer.domain.explanation import Way
from optimizer.domain.reasons import Shortfall, UnservedReason
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Certificate, Shift, Technician
from optimizer.domain.ties import After, Crew, JobGroup, Seat
from optimizer.domain.time import Window
from optimizer.explain.idle import fitting_words
from optimizer.explain.said import said_job, said_technician
from optimizer.words.reasons import reason_words
from optimizer.words.ways import way_words
from tests.unit.explain.left import PLAIN, explainer
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, job, scenario, technician

THERE_AND_BACK = 960 + 1_000
"""12 km at 0.80 and 20 min at 30 yuan an hour, in cents."""
LEFT_OUT = 50_000
"""What leaving out a normal job costs."""
WELDING = (Certificate(name="welding"),)


def window(start: str, end: str) -> tuple[Window, ...]:
    return (Window(start=at(start), end=at(end)),)


def until(name: str, end: str, **facts: Any) -> Technician:
    """Return somebody who works from 09:00 to then, with neither overtime nor a rest."""
    short = Shift(day=DAY, end=time.fromisoformat(end), overtime_limit_min=0, rest="none")
    return technician(technician_id=name, shifts=(short,), **facts)


def said(of: Scenario, *stops: tuple[int, ...]) -> tuple[UnservedReason, Way | None]:
    """Return why J1 is left out and the smallest change, after having looked at its proof."""
    asked = explainer(of, *stops)
    reason = next(one for one in asked.reasons if one.job_id == "J1")
    found = asked.left_out("J1")
    assert found.answer.reason.blocks == reason.blocks
    fix = found.answer.fix
    if fix is not None:
        assert found.witness is not None
        assert check_plan(found.witness.scenario, found.witness.plan) == ()
        assert "J1" not in found.witness.plan.unserved
        assert Scenario.model_validate(found.witness.scenario.model_dump()) == found.witness.scenario
        assert fix.cents == found.witness.assessment.bill.total_cents - asked.assessment.bill.total_cents
        assert way_words(fix, "zh")
    assert reason_words(reason, "zh")
    return reason, fix


def shortfalls(reason: UnservedReason, who: str) -> dict[str, Shortfall]:
    """Return what somebody lacks, by kind."""
    (obstacle,) = (one for one in reason.obstacles if one.technician_id == who)
    return {one.kind: one for one in obstacle.shortfalls}


T1, T2, T3 = (technician(technician_id=name) for name in ("T1", "T2", "T3"))
PAIR = job(seats=2, mates=(Seat(),), windows=window("09:00", "10:00"))
BUSY = job(job_id="J2", duration_min=120, windows=window("09:10", "09:10"))
"""Two hours from 09:10, at no other time."""
FIXED = job(job_id="J2", windows=window("09:10", "09:10"))


# ---- Crews -------------------------------------------------------------------------------------------------


def test_nobody_to_come_along_before_a_moment() -> None:
    reason, fix = said(scenario([T1, T2], [PAIR, BUSY], rules=PLAIN), (), (1,))
    # T2 is there from 09:10 to 11:10 and could go on with J1 at once; its window ends at 10:00.
    seat = shortfalls(reason, "T1")["seat"]
    assert (seat.seat, seat.able, seat.count, seat.at) == (1, ("T2",), 1, at("11:10"))
    assert reason.sentence == (
        "It takes 2 people: T1 and T2 could lead; T1 and T2 could take place 2. Closest: T1 on 2026-07-15 finds nobody "
        "for place 2 in the crew at that time: T2 may, but is not free before 11:10. Both shifts are stopped: 1 by "
        "agreed appointments (APPOINTMENT) alone; 1 by the people it takes at the same time (CREW) alone."
    )
    assert [(one.seat, one.technician_ids, one.count) for one in reason.seats] == [
        (0, ("T1", "T2"), 2),
        (1, ("T1", "T2"), 2),
    ]
    # T1 drives there and back; T2 is there anyway.
    assert fix is not None
    assert (fix.kind, fix.start, fix.along, fix.cents) == (
        "window",
        at("11:10"),
        ("T2",),
        THERE_AND_BACK - LEFT_OUT,
    )


def test_one_more_person_for_the_crew() -> None:
    # T2 goes home after J2, at 11:20, and is off at 12:00: there is no other time either.
    reason, fix = said(
        scenario([until("T1", "11:00"), until("T2", "12:00")], [PAIR, BUSY], rules=PLAIN), (), (1,)
    )
    assert shortfalls(reason, "T1")["seat"].at is None
    assert fix is not None
    assert (fix.kind, fix.technician_id, fix.along, fix.start) == ("helper", "T1", ("helper",), at("09:10"))
    assert fix.cents == 2 * THERE_AND_BACK - LEFT_OUT
    assert fix.sentence == (
        "Call in one more person for the crew; J1 is then served by T1 on 2026-07-15 at 09:10, as the first stop with "
        "helper, and the bill falls by ¥460.80."
    )


def test_nobody_may_take_a_place() -> None:
    asked = job(seats=2, mates=(Seat(skills={"rigging": 1}),))
    reason, fix = said(scenario([T1, T2], [asked], rules=PLAIN))
    seat = shortfalls(reason, "T1")["seat"]
    assert (seat.able, seat.count, seat.at) == ((), 0, None)
    assert [one.count for one in reason.seats] == [2, 0]
    assert fix is not None
    assert (fix.kind, fix.along) == ("helper", ("helper",))


def test_enough_people_but_not_at_the_same_time() -> None:
    # T2 is busy until 10:00 and T3 from 10:00 on: each could come along, they cannot both.
    three = job(seats=3, mates=(Seat(), Seat()), duration_min=30)
    early = job(job_id="J2", duration_min=50, windows=window("09:10", "09:10"))
    late = job(job_id="J3", duration_min=600, windows=window("09:55", "09:55"))
    people = [until("T1", "20:00"), until("T2", "11:00"), until("T3", "20:10")]
    rules = {**PLAIN, "WORKLOAD_CAP": {"active": False}}
    reason, _ = said(scenario(people, [three, early, late], rules=rules), (), (1,), (2,))
    assert shortfalls(reason, "T1") == {"nobody_along": Shortfall(kind="nobody_along", count=3)}


def test_what_the_crew_lacks_between_them() -> None:
    people = [T1, technician(technician_id="T3"), until("T2", "10:00", certificates=WELDING)]
    asked = job(seats=2, mates=(Seat(),), certificates=("welding",))
    reason, fix = said(scenario(people, [asked], rules=PLAIN))
    assert shortfalls(reason, "T1")["cover"].names == ("welding",)
    assert fix is not None
    assert (fix.kind, fix.names, fix.technician_id, fix.along) == ("certificate", ("welding",), "T1", ("T3",))


def test_what_nobody_has_is_given_to_one_of_them() -> None:
    asked = job(seats=2, mates=(Seat(),), certificates=("welding",))
    reason, fix = said(scenario([T1, T2], [asked], rules=PLAIN))
    assert [(one.code, one.alone, one.names) for one in reason.blocks] == [("CERTIFICATE", 2, ("welding",))]
    assert fix is not None
    assert (fix.kind, fix.names, fix.cents) == ("certificate", ("welding",), 2 * THERE_AND_BACK - LEFT_OUT)


def test_members_of_a_standing_crew_do_not_go_with_others() -> None:
    of = scenario([T1, T2, T3], [PAIR, BUSY], rules=PLAIN)
    of = of.model_copy(update={"crews": (Crew(crew_id="A", members=("T1", "T2")),)})
    reason, _ = said(of, (), (1,), ())
    # T2 is busy; T3 may come along with nobody but others who are in no standing crew: there is nobody else.
    assert shortfalls(reason, "T1")["seat"].able == ("T2",)
    assert shortfalls(reason, "T3")["seat"].able == ()
    assert [one.technician_ids for one in reason.seats] == [("T1", "T2"), ("T1", "T2")]
    assert {one.code for one in reason.blocks} == {"CREW", "APPOINTMENT"}


def test_a_lesser_job_gives_way_to_a_crew() -> None:
    urgent = PAIR.model_copy(update={"priority": "vip"})
    lesser = BUSY.model_copy(update={"priority": "flexible"})
    people = [until("T1", "11:00"), until("T2", "12:00")]
    _, fix = said(scenario(people, [urgent, lesser], rules={**PLAIN, "CREW": {"lead_level": 3}}), (), (1,))
    assert fix is not None
    assert fix.kind in ("helper", "leave_out")
    # vip 2,500 yuan no more owed; the helper drives there and back, which costs less than the 250 yuan for J2.
    assert (fix.kind, fix.cents) == ("helper", 2 * THERE_AND_BACK - 250_000)


# ---- Shared tools ------------------------------------------------------------------------------------------


def test_the_tool_is_out() -> None:
    hoist: dict[str, Any] = {"shared_tools": ("hoist",)}
    asked = job(windows=window("09:00", "10:00"), **hoist)
    of = scenario(
        [until("T1", "12:00"), until("T2", "11:00")],
        [asked, BUSY.model_copy(update=hoist)],
        branches=[branch(shared_tools={"hoist": 1})],
        rules=PLAIN,
    )
    reason, fix = said(of, (1,), (), (3,))  # rows 2 and 3 are the hoist's visits
    # J2 until 11:10, then 15 minutes of handing over.
    out = shortfalls(reason, "T2")["tool_out"]
    assert (out.names, out.count, out.job_id, out.at) == (("hoist",), 1, "J2", at("11:25"))
    assert "finds no hoist free before 11:25 (J2 has it)" in reason.sentence
    assert fix is not None
    assert (fix.kind, fix.names, fix.branch_id) == ("shared_tool", ("hoist",), "B1")
    assert fix.cents == THERE_AND_BACK - LEFT_OUT
    assert fix.sentence.startswith("Have one more hoist at branch B1; J1 is then served by T2 on")


def test_the_branch_has_none() -> None:
    reason, fix = said(scenario([T1], [job(shared_tools=("hoist",))], rules=PLAIN))
    assert reason.sentence == (
        "The only shift that comes into question is stopped by the missing shared tool hoist (SHARED_TOOL)."
    )
    assert fix is not None
    assert (fix.kind, fix.names) == ("shared_tool", ("hoist",))


# ---- One after another -------------------------------------------------------------------------------------


def test_the_job_before_it_is_left_out() -> None:
    first = job(job_id="J2", certificates=("welding",))
    of = scenario([T1], [job(after=(After(job_id="J2"),)), first], rules=PLAIN)
    reason, fix = said(of)
    assert reason.after == ("J2",)
    assert reason.sentence.startswith("It comes after J2, which is left out as well. Closest: T1 on")
    assert fix is None
    assert explainer(of).left_out("J1").none_helps == "No change makes room for it before J2 can be served."


def test_the_job_before_it_ends_too_late() -> None:
    asked = job(after=(After(job_id="J2", min_gap_min=30),), windows=window("09:30", "10:00"))
    reason, fix = said(scenario([T1, T2], [asked, FIXED], rules=PLAIN), (1,))
    # J2 until 10:10 and half an hour.
    assert shortfalls(reason, "T2")["after"].at == at("10:40")
    assert fix is not None
    assert (fix.kind, fix.start) == ("window", at("10:40"))


def test_the_longest_gap_is_dropped() -> None:
    asked = job(after=(After(job_id="J2", max_gap_min=30),), windows=window("14:00", "14:30"))
    between = job(job_id="J3", duration_min=110, windows=window("10:10", "10:10"))
    reason, fix = said(scenario([T1], [asked, FIXED, between], rules=PLAIN), (1, 2))
    # J2 until 10:10; 10:40 at the latest, and 14:00 at the earliest; until 12:00 there is no other time for it.
    assert shortfalls(reason, "T1")["gap"].lack_s == 200 * 60
    assert fix is not None
    assert (fix.kind, fix.tied_to, fix.start, fix.cents) == ("gap", ("J2",), at("14:00"), -LEFT_OUT)
    assert fix.sentence.startswith(
        "Allow any gap after J2; J1 is then served by T1 on 2026-07-15 at 14:00, after J3,"
    )


def test_a_job_before_it_that_could_be_later_is_no_obstacle() -> None:
    asked = job(after=(After(job_id="J2", max_gap_min=30),), windows=window("14:00", "14:30"))
    free = job(job_id="J2")
    reason, fix = said(scenario([T1], [asked, free], rules=PLAIN), (1,))
    assert reason.free == 1
    assert fix is not None
    assert (fix.kind, fix.start) == ("serve", at("14:00"))


def test_anybody_may_do_it() -> None:
    of = scenario([until("T1", "10:20"), T2], [job(), FIXED], rules=PLAIN)
    of = of.model_copy(update={"groups": (JobGroup(jobs=("J1", "J2"), who="same"),)})
    reason, fix = said(of, (1,))
    assert [(one.technician_ids, one.codes) for one in reason.ruled_out] == [(("T2",), ("PRECEDENCE",))]
    assert fix is not None
    assert (fix.kind, fix.technician_id, fix.tied_to) == ("anyone", "T2", ("J2",))


def test_there_are_not_enough_days() -> None:
    # 15 hours are three days of at most eight; each of the three works on one of them.
    days = [DAY, NEXT_DAY, NEXT_DAY + timedelta(days=1)]
    people = [technician(technician_id=f"T{i}", shifts=(Shift(day=day),)) for i, day in enumerate(days)]
    reason, _ = said(scenario(people, [job(duration_min=900)], rules=PLAIN, days=3))
    assert {one.code for one in reason.blocks} == {"PRECEDENCE"}
    assert shortfalls(reason, "T0")["days"].count == 3


def test_the_horizon_is_too_short() -> None:
    reason, _ = said(scenario([T1], [job(duration_min=1200)], rules=PLAIN, days=2))
    assert reason.days == 4
    assert reason.sentence.startswith("It would take 4 days, more than there are shifts on. Closest: ")


# ---- Jobs of one beside them -------------------------------------------------------------------------------


def test_a_crew_is_put_off_for_a_job_of_one_if_all_of_it_can_wait() -> None:
    crew = job(job_id="J2", seats=2, mates=(Seat(),))
    early = job(windows=window("09:00", "09:20"))
    asked = explainer(scenario([T1, T2], [early, crew], rules=PLAIN), (1,), (2,))
    (reason,) = asked.reasons
    assert (reason.free, reason.blocks) == (2, ())
    found = asked.left_out("J1")
    assert found.witness is not None
    starts = {
        (day.technician_id, stop.job_id): stop.start
        for day in found.witness.plan.shifts
        for stop in day.stops
    }
    assert starts == {("T1", "J1"): at("09:10"), ("T1", "J2"): at("10:10"), ("T2", "J2"): at("10:10")}


def test_a_crew_whose_other_members_cannot_wait_is_an_obstacle() -> None:
    crew = job(job_id="J2", seats=2, mates=(Seat(),))
    early = job(duration_min=50, windows=window("09:00", "09:20"))
    # T2 has to be back at 10:25: the crew can start at 09:15, five minutes later than now.
    of = scenario([T1, until("T2", "10:25")], [early, crew], rules=PLAIN)
    reason, _ = said(of, (1,), (2,))
    # Before J2, T1 would be there at 10:00.
    late = shortfalls(reason, "T1")["later_stop"]
    assert (late.job_id, late.lack_s) == ("J2", 45 * 60)


def test_by_force_the_others_of_a_crew_would_wait() -> None:
    crew = job(job_id="J2", seats=2, mates=(Seat(),), windows=window("09:10", "09:10"))
    early = job(duration_min=20, windows=window("09:10", "09:10"))
    forced = (
        explainer(scenario([T1, T2], [early, crew], rules=PLAIN), (1,), (2,)).left_out("J1").answer.forced
    )
    assert forced is not None
    assert {one.code for one in forced.findings} >= {"CREW"}


# ---- Served jobs -------------------------------------------------------------------------------------------


def crew_and_three() -> Any:
    return explainer(
        scenario([T1, T2, T3], [job(seats=2, mates=(Seat(),)), FIXED], rules=PLAIN), (0,), (2,), (1,)
    )


def test_somebody_else_could_lead() -> None:
    asked = crew_and_three()
    # T3 is there until 10:10 already, so that one of the others drives for nothing now.
    answer = asked.why_not("J1", "T3", search=None).answer
    assert answer.way is not None
    assert (answer.way.kind, answer.way.start, len(answer.way.along)) == ("move", at("10:10"), 1)
    assert answer.way.cents == -THERE_AND_BACK
    assert asked.why_not("J1", "T1", search=None).answer.sentence == "T1 does J1 already."
    assert asked.why_not("J1", "T2", search=None).answer.sentence == "T2 comes along to J1 already; T1 leads."


def test_a_crew_job_is_said_once_for_each_of_them() -> None:
    first, second, clocks = said_job(crew_and_three(), "J1")
    assert first.sentences[0] == "J1 is with T1 on 2026-07-15, 09:10 to 10:10, stop 1 of 1."
    assert first.sentences[1].startswith("  The best other place with somebody else: J1 moves to ")
    assert second.sentences == (
        "J1 is with T2 on 2026-07-15, 09:10 to 10:10, stop 1 of 1, place 2 in the crew.",
    )
    assert clocks.about == "late"


def test_a_day_with_a_crew_job_is_explained() -> None:
    (day,) = said_technician(crew_and_three(), "T2")
    assert day.sentences[0].startswith("T2 on 2026-07-15 has no overtime")


def test_overtime_of_a_crew_ends_where_the_job_is_left_out() -> None:
    late = job(seats=2, mates=(Seat(),), windows=window("17:30", "17:30"))
    asked = explainer(scenario([T1, T2], [late], rules=PLAIN), (0,), (1,))
    (found,) = asked.overtime("T2")
    assert found.answer.overtime_s == 40 * 60
    assert found.answer.way is not None
    assert (found.answer.way.kind, found.answer.way.left_out) == ("leave_out", ("J1",))


def test_what_others_need_is_not_left_out_alone() -> None:
    first = job(job_id="J2", windows=window("17:30", "17:30"), priority="flexible")
    second = job(job_id="J3", after=(After(job_id="J2"),), priority="vip", duration_min=10)
    of = scenario([T1], [job(windows=window("17:30", "17:30")), first, second], rules=PLAIN)
    found = explainer(of, (1, 2)).left_out("J1").answer.fix
    assert found is None or found.left_out == ()


def test_who_may_only_come_along_may_do_the_job() -> None:
    asked = job(seats=2, mates=(Seat(),), skills={"repair": 4})
    of = scenario([T1, technician(technician_id="T2", skills={"repair": 4})], [asked], rules=PLAIN)
    words = fitting_words(explainer(of).subject.compiled, ShiftKey("T1", DAY))
    assert words == "T1 may do 1 of 1 job; in this plan others do them, or they are left out."


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_shortfall_has_words(language: Any) -> None:
    from optimizer.domain.reasons import Obstacle
    from optimizer.words.obstacles import obstacle_words

    kinds = Shortfall.model_fields["kind"].annotation.__args__  # type: ignore[union-attr]
    for kind in kinds:
        short = Shortfall(kind=kind, count=3, seat=1, names=("hoist",), job_id="J2", at=at("10:00"))
        obstacle = Obstacle(technician_id="T1", day=DAY, codes=("CREW",), shortfalls=(short,), sentence="")
        assert len(obstacle_words(obstacle, language)) > 10, kind
