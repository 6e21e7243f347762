"""Why jobs are left out: every slot counted once, the true codes, the right amount, in words."""

from datetime import time

import pytest

from optimizer.domain.promise import Pin, Promise
from optimizer.domain.reasons import Block
from optimizer.domain.technician import Ledger, Shift, Territory
from optimizer.domain.time import Window
from optimizer.engines.lns.obstacle import Lack
from optimizer.explain.codes import BAR_CODES, TIME_CODES, WORTH
from optimizer.rules import RULES
from optimizer.words.hindrances import HINDRANCES
from tests.unit.explain.left import PLAIN, the_only, why
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, north, scenario, technician

SHORT = technician(shifts=(Shift(day=DAY, end=time(11), overtime_limit_min=0, rest="none"),))
J1 = job(job_id="J1", place=north(6))
J2 = job(job_id="J2", place=north(8))


def window(start: str, end: str) -> tuple[Window, ...]:
    return (Window(start=at(start), end=at(end)),)


# ---- Who may not ------------------------------------------------------------------------------------------


def test_codes_that_forbid_together() -> None:
    found = why(scenario(jobs=[job(certificates=("welding",), skills={"repair": 5})]))
    assert (found.slots, found.jointly, found.free, found.obstacles) == (1, 1, 0, ())
    assert set(found.blocks) == {
        Block(code="SKILL", alone=0, jointly=1, names=("repair ≥ 5",)),  # T1 has it at level 3
        Block(code="CERTIFICATE", alone=0, jointly=1, names=("welding",)),
    }
    (out,) = found.ruled_out
    assert (out.technician_ids, out.day, set(out.codes)) == (("T1",), DAY, {"SKILL", "CERTIFICATE"})
    assert found.sentence == (
        "The only shift that comes into question is stopped by the missing skill repair ≥ 5 (SKILL) and the missing "
        "certificate welding (CERTIFICATE)."
    )


def test_room_is_looked_at_where_the_pair_is_forbidden() -> None:
    # Two hours; J2 takes 60 min and 27 min of driving, so that J1, an hour more, has no room either.
    of = scenario([SHORT], [job(job_id="J1", certificates=("welding",)), J2])
    found = why(of, (1,))
    assert found.jointly == 1
    assert {block.code for block in found.blocks} == {"CERTIFICATE", "SHIFT"}
    assert [out.codes for out in found.ruled_out] == [("CERTIFICATE",)]


def test_alone_and_jointly_add_up() -> None:
    able = technician()
    unskilled = technician(technician_id="T2", skills={})
    neither = technician(technician_id="T3", skills={}, kits=())
    away = technician(technician_id="T4", kits=())
    late = job(windows=window("08:00", "09:05"))
    found = why(scenario([able, unskilled, neither, away], [late]))
    # T1 comes 5 min late; so would T2, T3 and T4, who may not take it anyway.
    assert (found.slots, found.jointly, found.free) == (4, 3, 0)
    assert found.blocks[0] == Block(code="APPOINTMENT", alone=1, jointly=3)
    assert set(found.blocks[1:]) == {
        Block(code="SKILL", alone=0, jointly=2, names=("repair",)),
        Block(code="TOOL", alone=0, jointly=2, names=("multimeter", "refrigerant gauge")),
    }
    assert found.sentence == (
        "Closest: T1 on 2026-07-15 would come at least 5 min after the agreed window. All 4 shifts are stopped: 1 by "
        "agreed appointments (APPOINTMENT) alone; 3 by several reasons at once, most often agreed appointments "
        "(APPOINTMENT)."
    )


def test_many_single_reasons_are_added_up() -> None:
    people = [
        technician(technician_id="T1", skills={}),
        technician(technician_id="T2", skills={}),
        technician(technician_id="T3", kits=()),
        technician(technician_id="T4", territory=Territory(areas=("Yuelu",))),
        technician(technician_id="T5", missing_tools=("thermometer",)),
    ]
    found = why(scenario(people))
    assert sum(block.alone for block in found.blocks) == found.slots == 5
    assert found.sentence == (
        "All 5 shifts are stopped: 2 by the missing skill repair (SKILL) alone; 1 by the missing tools multimeter and "
        "refrigerant gauge (TOOL) alone; 2 by another single reason each."
    )


def test_technicians_with_equal_codes_stand_together() -> None:
    people = [technician(technician_id=f"T{i}", skills={}) for i in range(3)]
    (out,) = why(scenario(people)).ruled_out
    assert (out.technician_ids, out.codes) == (("T0", "T1", "T2"), ("SKILL",))


# ---- Slots -------------------------------------------------------------------------------------------------


def test_nobody_there() -> None:
    found = why(scenario(technicians=[]))
    assert (found.sentence, found.slots, found.obstacles) == ("Nobody works on the planned days.", 0, ())


def test_every_window_in_a_shift_is_a_slot() -> None:
    early, noon = window("08:00", "09:05")[0], window("12:00", "12:05")[0]
    long = technician(shifts=(Shift(day=DAY, absences=(), rest="none", end=time(12), overtime_limit_min=0),))
    found = why(scenario([long], [job(windows=(early, noon))]))
    # 5 min late for the first; the second ends at 13:10 with the way back, 70 min after the shift.
    assert (found.slots, found.jointly) == (2, 0)
    assert [(one.window, one.codes, one.over_min) for one in found.obstacles] == [
        (early, ("APPOINTMENT",), 5.0),
        (noon, ("SHIFT",), 70.0),
    ]
    assert "Both slots (a shift and an agreed window each) are stopped: " in found.sentence


def test_a_shift_without_any_of_the_windows_is_no_slot() -> None:
    found = why(scenario(days=2, jobs=[job(windows=window("08:00", "09:05"))]))
    assert (found.slots, [one.day for one in found.obstacles]) == (1, [DAY])
    (out,) = found.ruled_out
    assert (out.day, out.codes) == (NEXT_DAY, ("APPOINTMENT",))


@pytest.mark.parametrize(
    ("pins", "promises", "sentence"),
    [
        ([], [], "No agreed window lies in anybody's shift."),
        ([Pin(job_id="J1", start=at("05:30"))], [], "The pinned start lies in nobody's shift."),
        (
            [],
            [Promise(job_id="J1", technician_id="T1", window=window("05:00", "06:00")[0], start=at("05:30"))],
            "The promised time lies in nobody's shift.",
        ),
    ],
)
def test_no_slot_at_all(pins: list[Pin], promises: list[Promise], sentence: str) -> None:
    night = job(windows=window("05:00", "08:30"))
    found = why(scenario(jobs=[night], pins=pins, promises=promises))
    assert (found.slots, found.blocks, found.sentence) == (0, (), sentence)


def test_pinned_outside_its_window() -> None:
    afternoon = job(windows=window("14:00", "15:00"))
    found = why(scenario(jobs=[afternoon], pins=[Pin(job_id="J1", start=at("10:00"))]))
    assert found.sentence == "Its pin, its promise and its agreed windows have no moment in common."


# ---- What is lacking ---------------------------------------------------------------------------------------


def test_too_late_for_the_window() -> None:
    # Leaves at 09:00, drives 10 min, the window closes at 09:05: 5 min late.
    found = the_only(why(scenario(jobs=[job(windows=window("08:00", "09:05"))])))
    assert (found.codes, found.over_min, found.window) == (("APPOINTMENT",), 5, window("08:00", "09:05")[0])
    assert found.sentence == "T1 on 2026-07-15 would come at least 5 min after the agreed window."


def test_too_late_for_the_pin_or_the_promise() -> None:
    found = the_only(why(scenario(pins=[Pin(job_id="J1", start=at("09:05"))])))
    assert (found.codes, found.over_min) == (("PINNED",), 5)
    assert found.sentence.endswith("would come at least 5 min after the pinned start.")
    told = Promise(job_id="J1", technician_id="T1", window=window("09:00", "09:05")[0], start=at("09:00"))
    found = the_only(why(scenario(promises=[told])))
    assert (found.codes, found.over_min) == (("PROMISE",), 5)
    assert found.sentence.endswith("would come at least 5 min after the promised time.")


def test_day_too_short() -> None:
    # 09:00–10:00 without overtime; 2 × 10 min of driving and 60 min there: 20 min are lacking.
    who = technician(shifts=(Shift(day=DAY, end=time(10), overtime_limit_min=0, rest="none"),))
    found = the_only(why(scenario([who])))
    assert (found.codes, found.over_min) == (("SHIFT",), 20)


def test_long_times_are_said_in_hours() -> None:
    # 8 h 30 min on site and 2 × 10 min of driving in a shift of 20 min.
    who = technician(shifts=(Shift(day=DAY, end=time(9, 20), overtime_limit_min=0, rest="none"),))
    found = the_only(why(scenario([who], [job(duration_min=510)])))
    assert found.sentence.endswith("has too little time left: at least 8 h 30 min are lacking.")


def test_a_later_customer_would_be_reached_too_late() -> None:
    ten = J1.model_copy(update={"windows": window("10:00", "10:00")})
    early = J2.model_copy(update={"windows": window("09:00", "09:20")})
    # J2 from 09:13:20 to 10:13:20, J1 at 10:16:40: 16 min 40 s late. After J1, at 11:03:20, J2 has long closed.
    found = the_only(why(scenario([technician()], [ten, early]), (0,)))
    assert (found.codes, found.over_min) == (("APPOINTMENT",), 16.7)
    assert found.sentence.endswith("would then reach J1 or a later stop at least 16 min too late.")


def test_the_rest_is_in_the_way() -> None:
    # 300 min from 11:00–11:30 on end at 16:00; the rest begins by 12:50.
    long = job(duration_min=300, windows=window("11:00", "11:30"))
    found = the_only(why(scenario(jobs=[long])))
    assert (found.codes, found.over_min) == (("BREAK",), 190.0)
    assert found.sentence.endswith("would begin the midday rest at least 3 h 10 min too late.")


def test_the_day_has_all_the_jobs_it_may_have() -> None:
    of = scenario([technician()], [J1, J2], rules={"WORKLOAD_CAP": {"jobs_per_day": 1}})
    found = the_only(why(of, (1,)))
    assert (found.codes, found.over_min, found.cents) == (("WORKLOAD_CAP",), None, None)
    assert found.sentence.endswith("already has 1 job, the cap of a day.")


def test_the_hours_of_the_day_are_used_up() -> None:
    # Both jobs: 1,600 s of driving and two hours of service, 2.44 h.
    of = scenario([technician()], [J1, J2], rules={"WORKLOAD_CAP": {"hours_per_day": 2.4}})
    found = the_only(why(of, (1,)))
    assert (found.codes, found.over_min) == (("WORKLOAD_CAP",), None)
    assert found.sentence.endswith("would exceed the cap on hours.")


def test_the_jobs_or_hours_of_the_week_are_used_up() -> None:
    for caps, before, words in (
        ({"hours_per_week": 12.4}, Ledger(hours=10), "would exceed the cap on hours."),
        ({"jobs_per_week": 6}, Ledger(jobs=5), "has reached the cap on jobs of the week."),
    ):
        who = technician(week_to_date=before)
        reason = why(scenario([who], [J1, J2], days=2, rules={"WORKLOAD_CAP": caps}), (1,), ())
        assert [(one.codes, one.over_min) for one in reason.obstacles] == [(("WORKLOAD_CAP",), None)] * 2
        assert all(one.sentence.endswith(words) for one in reason.obstacles)


def test_nobody_has_the_part() -> None:
    found = the_only(why(scenario(jobs=[job(parts={"fan": 1})])))
    assert found.codes == ("PART",)
    assert found.sentence.endswith("lacks the spare parts, neither on the van nor at a branch on the way.")


def test_each_lack_counts_by_itself() -> None:
    of = scenario(
        [SHORT], [job(job_id="J1", parts={"fan": 1}), J2], rules={"WORKLOAD_CAP": {"jobs_per_day": 1}}
    )
    found = the_only(why(of, (1,)))
    assert set(found.codes) == {"SHIFT", "WORKLOAD_CAP", "PART"}
    # J2 is 8 km away: 26 min 40 s of driving and two hours of service in two hours.
    assert found.sentence == (
        "T1 on 2026-07-15 has too little time left (at least 26 min are lacking), already has 1 job, the cap of a day "
        "and lacks the spare parts, neither on the van nor at a branch on the way."
    )


def test_not_worth_it() -> None:
    # 36 km there and back: 72 km × 0.80 and 2 h × 30 yuan.
    prices = {"UNSERVED": {"normal_weight": 0, "normal_cents": 100}}
    of = scenario(jobs=[job(place=north(36))], rules={**PLAIN, **prices})
    found = why(of)
    assert (the_only(found).codes, the_only(found).cents) == (("UNSERVED",), 5_760 + 6_000)
    assert found.sentence == (
        "Closest: T1 on 2026-07-15 could take it for ¥117.60 more, but leaving it out costs only ¥1.00. The only shift "
        "that comes into question is stopped by costing more than leaving it out (UNSERVED)."
    )


def test_what_could_simply_be_put_in_is_said() -> None:
    found = why(scenario())
    assert (found.slots, found.free, found.blocks) == (1, 1, ())
    assert found.sentence.startswith("Nothing stops it: T1 on 2026-07-15 could take it for ")


def test_the_closest_comes_first() -> None:
    far = technician(technician_id="T2", shifts=SHORT.shifts)
    cannot = technician(technician_id="T3", skills={}, shifts=SHORT.shifts)
    long_one = job(job_id="J3", place=north(3), duration_min=115)
    # Two hours. J3 and its ways take 125 min: 5 too many for T1; T2 does J1, an hour more, by way of J3.
    reason = why(scenario([far, SHORT, cannot], [long_one, J1]), (1,), (), ())
    assert [(one.technician_id, one.over_min) for one in reason.obstacles] == [("T1", 5.0), ("T2", 75.0)]
    assert reason.sentence.startswith(
        "Closest: T1 on 2026-07-15 has too little time left: at least 5 min are lacking. All 3 shifts are stopped: "
    )


# ---- Words -------------------------------------------------------------------------------------------------


def test_every_lack_has_the_code_of_a_rule() -> None:
    known = {rule.code for rule in RULES} | {"CAPACITY"}  # loads are a foreign request's alone
    assert {*TIME_CODES.values(), *BAR_CODES.values(), WORTH} <= known
    assert {*TIME_CODES, Lack.OWN_WINDOW, Lack.NO_WINDOW} == {lack for lack in Lack if lack.name in TIMED}


TIMED = ("OWN_WINDOW", "LATER_WINDOW", "DAY", "REST", "NO_WINDOW")


def test_every_hard_rule_has_words() -> None:
    silent = {"MIN_DURATION", "DURATION"}  # they stop nobody by themselves
    assert {rule.code for rule in RULES if rule.hard} - silent <= set(HINDRANCES)
