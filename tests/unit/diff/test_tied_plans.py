"""What a difference says of crews, long jobs and shared tools."""

from datetime import timedelta

import pytest

from optimizer.diff import apply, diff_plans
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Plan, ShiftPlan, Stop
from optimizer.domain.plan_diff import JobEvent, PlanDiff
from tests.unit import crew_day
from tests.unit.rules.build import DAY, at, plan, scenario, shift_plan, stop, technician
from tests.unit.rules.build import job as a_job

ASKED = scenario([technician(technician_id=f"T{i}") for i in (1, 2, 3)], [a_job(seats=2)], days=3)
WORTH = crew_day.document().assessment


def visit(who: str, clock: str, *, seat: int = 0, part: int = 0) -> ShiftPlan:
    """Return a day of one hour at J1."""
    day = DAY + part * timedelta(days=1)
    one = stop("J1", at(clock, day), at(clock, day) + timedelta(hours=1))
    return shift_plan([one.model_copy(update={"seat": seat, "part": part})], technician_id=who, day=day)


def made(*shifts: ShiftPlan) -> PlanDocument:
    return PlanDocument(plan=plan(ASKED, shifts), assessment=WORTH)


def whole(found: Plan) -> PlanDocument:
    return PlanDocument(plan=found, assessment=WORTH)


CREW = (visit("T1", "10:00"), visit("T2", "10:00", seat=1))


@pytest.mark.parametrize(
    ("old", "new", "events", "sentence"),
    [
        (
            CREW,
            (visit("T1", "10:00"), visit("T3", "10:00", seat=1)),
            ("other technician",),
            "technicians T1 and T3 instead of T1 and T2",
        ),
        (
            CREW,
            (visit("T1", "10:00", seat=1), visit("T2", "10:00")),
            ("other seat",),
            "T2 leads instead of T1",
        ),
        (
            (*CREW, visit("T3", "10:00", seat=2)),
            (CREW[0], visit("T2", "10:00", seat=2), visit("T3", "10:00", seat=1)),
            ("other seat",),
            "the same people on other seats",
        ),
        (
            CREW,
            (visit("T1", "11:00"), visit("T2", "11:00", seat=1)),
            ("other time",),
            "10:00 → 11:00",
        ),
        (
            (),
            CREW,
            ("served now",),
            "served now, 2026-07-15 10:00 by technicians T1 and T2; it was left out",
        ),
        (
            (visit("T1", "10:00"), visit("T1", "10:00", part=1)),
            (visit("T1", "10:00"), visit("T1", "11:00", part=1)),
            ("other time",),
            "day 2: 10:00 → 11:00",
        ),
        (
            (visit("T1", "10:00"), visit("T1", "10:00", part=1)),
            (visit("T1", "10:00"),),
            ("other day",),
            "on 1 day instead of 2",
        ),
        (
            CREW,
            (*CREW, visit("T3", "10:00", seat=2)),
            ("other technician",),
            "technicians T1, T2 and T3 instead of T1 and T2",
        ),
    ],
)
def test_what_becomes_of_a_job_of_several_visits(
    old: tuple[ShiftPlan, ...], new: tuple[ShiftPlan, ...], events: tuple[JobEvent, ...], sentence: str
) -> None:
    (change,) = diff_plans(made(*old), made(*new)).jobs
    assert (change.events, change.sentence) == (events, f"J1: {sentence}.")


def test_the_order_of_technicians_in_a_plan_is_no_difference() -> None:
    assert diff_plans(made(*CREW), made(*CREW[::-1])).jobs == ()


def test_visits_are_listed_by_day_and_seat() -> None:
    later = visit("T3", "10:00", part=1)
    (change,) = diff_plans(made(), made(later, *CREW[::-1])).jobs
    assert [(one.technician_id, one.part, one.seat) for one in change.new] == [
        ("T1", 0, 0),
        ("T2", 0, 1),
        ("T3", 1, 0),
    ]


def test_another_way_of_a_tool() -> None:
    old = crew_day.answer()
    hoist = old.tools[0]
    new = old.model_copy(update={"tools": (hoist.model_copy(update={"stops": hoist.stops[:1]}),)})
    diff = diff_plans(whole(old), whole(new))
    assert [one.sentence for one in diff.tools] == [
        "hoist 1 of B1 on 2026-07-15: goes to J2 instead of J2 and J3.",
        "nitrogen bottle 1 of B1 on 2026-07-15: stays at the branch; it was at J5.",
    ]
    assert (diff.tools[0].old, diff.tools[0].new) == (("J2", "J3"), ("J2",))
    assert "2 days of shared tools are otherwise." in diff.sentences
    back = diff_plans(whole(new), whole(old))
    assert back.tools[1].sentence.endswith("goes to J5 now; it stayed at the branch.")
    for there, was, now in ((diff, old, new), (back, new, old)):
        assert apply(there, whole(was)) == whole(now)
        read = PlanDiff.model_validate_json(there.model_dump_json())
        assert apply(read, whole(was)).model_dump_json() == whole(now).model_dump_json()


def test_a_tool_at_other_times() -> None:
    old = crew_day.answer()
    hoist, bottle = old.tools
    later = bottle.model_copy(update={"piece": 1, "last_leg": hoist.last_leg})
    (change,) = diff_plans(whole(old), whole(old.model_copy(update={"tools": (hoist, later)}))).tools
    assert change.sentence == "nitrogen bottle 1 of B1 on 2026-07-15: the same jobs at other times."


def test_a_day_with_everything_does_not_differ_from_itself() -> None:
    document = crew_day.document()
    diff = diff_plans(document, PlanDocument.model_validate_json(document.model_dump_json()))
    assert diff.is_empty
    assert (diff.jobs, diff.tools) == ((), ())


def test_plain_differences_say_nothing_of_tools() -> None:
    one: Stop = stop("J1", at("10:00"), at("11:00"))
    written = diff_plans(made(), made(shift_plan([one]))).model_dump_json()
    assert '"tools"' not in written
    assert '"seat"' not in written
    assert '"part"' not in written
