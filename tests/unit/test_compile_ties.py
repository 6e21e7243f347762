"""Compiling ties: layouts make rows, and the draft's verbs reach the right ones of them."""

from datetime import timedelta

from optimizer.compile import Compiled, ScenarioDraft, ScenarioLayout
from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Shift
from optimizer.problem import A_TOOL, ANY_ORDER, APART, BEFORE, SAME, UNLIMITED, tied
from optimizer.rules.draft import LateStep
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, north, scenario, technician

HOUR = 3600

DAYS = (DAY, NEXT_DAY, NEXT_DAY + timedelta(days=1))
J1 = job(job_id="J1", place=north(6))
J2 = job(job_id="J2", place=north(8))
PEOPLE = tuple(
    technician(technician_id=name, shifts=(Shift(day=DAY), Shift(day=NEXT_DAY))) for name in ("T1", "T2")
)
OF = scenario(PEOPLE, (J1, J2), days=3)
T1, T2 = ShiftKey("T1", DAY), ShiftKey("T2", DAY)
T1_NEXT, T2_NEXT = ShiftKey("T1", NEXT_DAY), ShiftKey("T2", NEXT_DAY)


def made(draft: ScenarioDraft) -> Compiled:
    return draft.compiled(service_first=True)


def crew_of_two_in_two_parts() -> ScenarioDraft:
    layout = ScenarioLayout(OF)
    layout.crew(["J2"], 2)
    layout.split(["J2"], 2)
    layout.lend("B1", "hoist", 2, ["J2"])
    return ScenarioDraft(OF, layout)


def test_every_visit_has_a_row_behind_those_of_the_jobs() -> None:
    result = made(crew_of_two_in_two_parts())
    # J1, J2; J2's first mate and hoist; then the second part: lead, mate, hoist
    assert [(row.job, row.part, row.seat, row.tool) for row in result.visits.rows] == [
        (0, 0, 0, ""),
        (1, 0, 0, ""),
        (1, 0, 1, ""),
        (1, 0, -1, "hoist"),
        (1, 1, 0, ""),
        (1, 1, 1, ""),
        (1, 1, -1, "hoist"),
    ]
    problem = result.problem
    assert result.names.jobs == ("J1", "J2")
    assert problem.job_of.tolist() == [0, 1, 1, 1, 1, 1, 1]
    assert problem.lead.tolist() == [0, 1, 1, 1, 4, 4, 4]
    assert problem.part.tolist() == [1, 4]
    assert len(set(problem.place[1:].tolist())) == 1
    assert tied(problem).tolist() == [False, True, False, False, True, False, False]


def test_parts_follow_on_the_next_day_with_the_same_people() -> None:
    problem = made(crew_of_two_in_two_parts()).problem
    links = list(
        zip(
            problem.link_from.tolist(),
            problem.link_to.tolist(),
            problem.link_order.tolist(),
            problem.link_next_day.tolist(),
            problem.link_who.tolist(),
            strict=True,
        )
    )
    assert links == [
        (1, 4, BEFORE, True, 0),
        (1, 4, ANY_ORDER, False, SAME),
        (2, 5, ANY_ORDER, False, SAME),
    ]


def test_a_tool_has_a_shift_row_for_every_piece_and_day_and_nobody_else_works_it() -> None:
    result = made(crew_of_two_in_two_parts())
    problem = result.problem
    assert len(result.shifts) == 4
    assert [(one.piece, one.day) for one in result.tools] == [
        (piece, day) for piece in (1, 2) for day in DAYS
    ]
    assert result.names.shifts[4] == "hoist 1 of B1 on 2026-07-15"
    assert problem.standing.tolist() == [-1] * 4 + [A_TOOL] * 6
    things, people = [3, 6], [0, 1, 2, 4, 5]
    assert problem.forbidden[things][:, :4].all()
    assert not problem.forbidden[things][:, 4:].any()
    assert problem.forbidden[people][:, 4:].all()
    assert len(set(problem.person[4:].tolist())) == 6


def test_a_tool_is_out_in_its_hours_and_as_long_as_the_job_and_the_hand_over() -> None:
    draft = crew_of_two_in_two_parts()
    draft.serve(["J2"], [T1, T2, T1_NEXT, T2_NEXT], service_s=5 * HOUR)
    draft.issue("B1", "hoist", {DAY: (at("08:00"), at("20:00"))}, handover_s=900)
    problem = made(draft).problem
    first_hoist, second_hoist = 3, 6
    # 5 h in two parts of 2 h 30
    assert problem.service_s[1, problem.service_class[0]] == 2 * HOUR + 1800
    assert problem.service_s[first_hoist, problem.service_class[4]] == 2 * HOUR + 1800 + 900
    assert problem.service_s[second_hoist, problem.service_class[4]] == 2 * HOUR + 1800 + 900
    assert (problem.start_s[4], problem.latest_end_s[4]) == (8 * HOUR, 20 * HOUR)
    assert problem.start_s[5] > problem.latest_end_s[5]  # no hours on the second day
    free = problem.profile[4]
    assert problem.travel[free, ..., 1].max() == 0
    assert (problem.travel[free, ..., 0] == problem.travel[0, ..., 0]).all()


def test_the_parts_of_a_job_add_up_to_its_time_in_whole_minutes() -> None:
    layout = ScenarioLayout(OF)
    layout.split(["J2"], 3)
    draft = ScenarioDraft(OF, layout)
    draft.serve(["J2"], [T1], service_s=100 * 60)  # 34 + 34 + 32
    problem = made(draft).problem
    assert problem.service_s[1:, problem.service_class[0]].tolist() == [34 * 60, 34 * 60, 32 * 60]


def test_verbs_reach_the_lead_the_seat_or_everybody() -> None:
    draft = crew_of_two_in_two_parts()
    draft.code = "SKILL"
    draft.forbid(["J2"], [T1], seat=1)
    draft.forbid(["J2"], [T2])
    draft.narrow("J2", [(at("09:00"), at("11:00"))])
    draft.price_unserved("J2", weight=5, cents=100)
    draft.price_lateness("J2", "start", [LateStep(at("10:00"), 3000)])
    draft.price_lateness("J2", "end", [LateStep(at("18:00"), 500)])
    draft.price_load([T1], jobs=["J2"], before=0, steps=[])
    draft.cover(["J2"], [T2])
    problem = made(draft).problem
    bit = 1 << made(draft).names.codes.index("SKILL")
    forbidden = (problem.forbidden & bit) > 0
    assert forbidden[:, 0].tolist() == [False, False, True, False, False, True, False]
    assert forbidden[:, 2].tolist() == [False, True, True, False, True, True, False]
    windows = [
        (
            int(problem.window_open[problem.window_ptr[row]]),
            int(problem.window_close[problem.window_ptr[row]]),
        )
        for row in range(7)
    ]
    assert windows[1] == windows[2] == windows[3] == (9 * HOUR, 11 * HOUR)
    assert windows[4] == windows[5] == windows[0]
    assert problem.weight.tolist() == [0, 5, 0, 0, 0, 0, 0]
    assert problem.late_ptr.tolist() == [0, 0, 1, 1, 1, 2, 2, 2]  # the start of part 1, the end of part 2
    assert problem.counted[:, 0].tolist() == [0, 1, 1, 0, 0, 0, 0]
    assert problem.cover_row.tolist() == [-1, 0, -1, -1, 1, -1, -1]


def test_links_count_from_the_last_part_or_from_the_first() -> None:
    draft = crew_of_two_in_two_parts()
    draft.link("J2", "J1", least_s=60, most_s=7200, who="same")
    draft.link("J2", "J1", gap_from="start", next_working_day=True)
    draft.keep_apart("J1", "J2")
    draft.group(["J1", "J2"], "another")
    problem = made(draft).problem
    said = slice(3, None)
    assert problem.link_from[said].tolist() == [4, 1, 0, 0, 0]
    assert problem.link_to[said].tolist() == [0, 0, 1, 4, 1]
    assert problem.link_order[said].tolist() == [BEFORE, BEFORE, APART, APART, ANY_ORDER]
    assert problem.link_on_end[said].tolist()[:2] == [True, False]
    assert problem.link_least[said].tolist()[:2] == [60, 0]
    assert problem.link_most[said].tolist()[:2] == [7200, UNLIMITED]
    assert problem.link_next_day[said].tolist()[:2] == [False, True]


def test_the_next_working_day_begins_behind_the_free_ones() -> None:
    calendar = OF.calendar.model_copy(update={"extra_free_days": (NEXT_DAY,)})
    days_off = OF.model_copy(update={"calendar": calendar})
    problem = made(ScenarioDraft(days_off)).problem
    # T1's shifts are on the first and the second day; the second one is free for all others, the third is worked
    assert problem.next_day_s[:2].tolist() == [2 * 24 * HOUR] * 2


def test_standing_crews_have_one_number_and_everybody_is_one_person() -> None:
    draft = ScenarioDraft(OF)
    draft.stand_together([T1, T2_NEXT], 3)
    problem = made(draft).problem
    assert problem.standing.tolist() == [3, -1, -1, 3]
    assert problem.person.tolist() == [0, 0, 2, 2]


def test_a_part_a_seat_and_a_piece_are_spoken_of_alone() -> None:
    draft = crew_of_two_in_two_parts()
    draft.code = "X"
    draft.forbid(["J2"], [T1], seat=1, part=1)
    draft.forbid(["J2"], [T2], part=1)
    draft.forbid(["J2"], [T2_NEXT], part=5)  # it has no sixth day
    draft.narrow("J2", [(at("10:00", NEXT_DAY), at("10:00", NEXT_DAY))], part=1)
    draft.take_piece("J2", "B1", "hoist", piece=2, day=NEXT_DAY, part=1)
    result = made(draft)
    problem, bit = result.problem, 1 << result.names.codes.index("X")
    said = {
        (row, shift)
        for row in range(7)
        for shift in range(len(problem.start_s))
        if problem.forbidden[row, shift] & bit
    }
    # rows of the second part: lead 4, mate 5, hoist 6; shifts T1, T1 next, T2, T2 next, then two hoists on three days,
    # of which 4 + 3 + 1 is the second hoist on the next day
    hoists = {(6, shift) for shift in range(4, 10)} - {(6, 8)}
    assert said == {(5, 0), (4, 2), (5, 2)} | hoists
    ten = 24 * HOUR + 10 * HOUR
    windows = [
        (problem.window_open[problem.window_ptr[row]], problem.window_close[problem.window_ptr[row]])
        for row in (4, 5, 6)
    ]
    assert windows == [(ten, ten)] * 3
    assert problem.window_close[problem.window_ptr[1]] > ten  # its first day is free
