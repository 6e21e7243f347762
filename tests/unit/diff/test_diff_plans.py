"""What a difference says of jobs, technicians, the bill, clocks and breaches, and that it covers every field."""

from datetime import timedelta
from typing import Any

import pytest

from optimizer.diff import apply, diff_plans
from optimizer.domain.assessment import Assessment, Bill, BillLine, ClockState
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Customer
from optimizer.domain.plan import Plan, ShiftPlan, TravelSnapshot
from optimizer.domain.plan_diff import JobEvent, PlanDiff
from optimizer.domain.plan_edit import AssessmentEdit, BillSums, PlanEdit
from optimizer.domain.time import Horizon
from optimizer.errors import InvalidInput
from tests.unit import trip_days
from tests.unit.interchange.documents import document, question
from tests.unit.rules.build import DAY, NEXT_DAY, at, plan, scenario, shift_plan, stop, technician
from tests.unit.rules.build import job as a_job

ASKED = scenario(
    [technician(), technician(technician_id="T2")], [a_job(), a_job(job_id="J2"), a_job(job_id="J3")], days=2
)


def day(*starts: tuple[str, str], who: str = "T1", **facts: Any) -> ShiftPlan:
    """Return a day of one-hour jobs: (job, clock of its start) each."""
    begin = facts.get("day", DAY)
    stops = [stop(job, at(clock, begin), at(clock, begin) + timedelta(hours=1)) for job, clock in starts]
    return shift_plan(stops, technician_id=who, **facts)


def made(*shifts: ShiftPlan, **worth: Any) -> PlanDocument:
    """Return a document with these shifts; what it is worth is a plain document's, with parts changed."""
    assessment = document().assessment
    return PlanDocument(plan=plan(ASKED, shifts), assessment=assessment.model_copy(update=worth))


def jobs(old: PlanDocument, new: PlanDocument) -> dict[str, tuple[tuple[JobEvent, ...], str]]:
    """Return what has become of each job, and the sentence about it."""
    return {change.job_id: (change.events, change.sentence) for change in diff_plans(old, new).jobs}


def test_another_technician_at_another_time() -> None:
    old, new = made(day(("J1", "14:00"), who="T2")), made(day(("J1", "15:30")))
    (change,) = diff_plans(old, new).jobs
    assert change.events == ("other technician", "other time")
    assert change.start_moved_s == 5400
    assert change.sentence == "J1: 14:00 → 15:30, technician T1 instead of T2."
    assert (change.old[0].technician_id, change.old[0].position) == ("T2", 1)


@pytest.mark.parametrize(
    ("old", "new", "events", "sentence"),
    [
        (
            [],
            [day(("J1", "10:00"))],
            ("served now",),
            "served now, 2026-07-15 10:00 by technician T1; it was left out",
        ),
        (
            [day(("J1", "10:00"))],
            [],
            ("left out now",),
            "left out now; it was served 2026-07-15 10:00 by technician T1",
        ),
        (
            [day(("J1", "10:00"))],
            [day(("J1", "10:00"), day=NEXT_DAY)],
            ("other day", "other time"),
            "2026-07-15 10:00 → 2026-07-16 10:00",
        ),
        ([day(("J1", "10:00"))], [day(("J1", "09:59"))], ("other time",), "10:00 → 09:59"),
        ([day(("J1", "10:00"))], [day(("J1", "10:00:20"))], ("other time",), "10:00:00 → 10:00:20"),
        (
            [day(("J1", "10:00"))],
            [shift_plan([stop("J1", at("10:00"), at("11:30"))])],
            ("other time",),
            "takes 30 min more",
        ),
    ],
)
def test_what_becomes_of_a_job(
    old: list[ShiftPlan], new: list[ShiftPlan], events: tuple[JobEvent, ...], sentence: str
) -> None:
    assert jobs(made(*old), made(*new)) == {"J1": (events, f"J1: {sentence}.")}


def test_another_place_in_the_order() -> None:
    old = made(day(("J1", "10:00"), ("J2", "13:00")))
    new = made(day(("J3", "09:00"), ("J1", "10:00"), ("J2", "13:00")))
    found = jobs(old, new)
    assert found["J1"] == (("other order",), "J1: stop 2 instead of 1 of the day.")
    assert found["J2"] == (("other order",), "J2: stop 3 instead of 2 of the day.")


def test_jobs_that_only_one_plan_knows() -> None:
    old, new = made(day(("J1", "10:00"))), made()
    new = new.model_copy(update={"plan": new.plan.model_copy(update={"unserved": ("J2", "J3", "J4")})})
    assert jobs(old, new) == {
        "J4": (("new",), "J4: new, left out."),
        "J1": (("gone",), "J1: not in the plan any more; it was 2026-07-15 10:00 by technician T1."),
    }


def test_customers_are_named_where_the_scenario_is_known() -> None:
    asked = scenario(jobs=[a_job(customer=Customer(customer_id="C7")), a_job(job_id="J2")])
    old, new = made(day(("J1", "10:00"), ("J2", "12:00"))), made(day(("J1", "11:00"), ("J2", "13:00")))
    first, second = diff_plans(old, new, asked).jobs
    assert (first.customer_id, second.customer_id) == ("C7", None)
    assert first.sentence == "J1 (customer C7): 10:00 → 11:00."


def test_what_becomes_of_a_technicians_day() -> None:
    # Each stop takes 600 s of driving, 6 km, and 600 s more home.
    pay = BillLine(
        code="OVERTIME",
        kind="outlay",
        technician_id="T1",
        day=DAY,
        quantity=0.5,
        unit="h",
        cents=1,
        sentence="",
    )
    bill = document().assessment.bill
    late = bill.model_copy(update={"lines": (*bill.lines, pay)})
    old = made(day(("J1", "10:00")), day(("J3", "10:00"), who="T2"))
    new = made(day(("J1", "10:00"), ("J2", "17:20")), bill=late)
    first, second = diff_plans(old, new).shifts
    assert first.sentence == (
        "T1 on 2026-07-15: 2 stops instead of 1, 10 min more driving, 6.0 km more,"
        " overtime 30 min instead of none, back 18:30 instead of 11:10."
    )
    assert first.new is not None
    assert (first.new.stops, first.new.travel_s, first.new.overtime_s) == (2, 1800, 1800)
    assert (second.new, second.sentence) == (None, "T2 on 2026-07-15: has no work any more; it was 1 stop.")
    back = diff_plans(new, old).shifts[1]
    assert back.sentence == "T2 on 2026-07-15: works now, 1 stop from 09:50 to 11:10."


def test_the_bill_by_rule_and_kind() -> None:
    lines = (
        BillLine(code="TRAVEL", kind="outlay", quantity=1, unit="km", cents=100, sentence="a"),
        BillLine(code="TRAVEL", kind="outlay", quantity=1, unit="h", cents=250, sentence="b"),
        BillLine(code="LATE", kind="service", quantity=1, unit="job", cents=3000, sentence="c"),
    )
    dear = Bill(lines=lines, outlay_cents=350, transfer_cents=0, service_cents=3000, total_cents=3350)
    cheap = Bill(lines=lines[:1], outlay_cents=100, transfer_cents=0, service_cents=0, total_cents=100)
    diff = diff_plans(made(bill=cheap), made(bill=dear))
    assert [(one.code, one.kind, one.difference_cents) for one in diff.bill.changes] == [
        ("TRAVEL", "outlay", 250),
        ("LATE", "service", 3000),
    ]
    assert diff.bill.difference_cents == 3250
    assert "The bill rises by ¥32.50, from ¥1.00 to ¥33.50." in diff.sentences
    assert diff.edit.assessment.bill_lines.removed == ()
    assert [one.position for one in diff.edit.assessment.bill_lines.added] == [1, 2]


def test_clocks_gained_and_lost() -> None:
    (missed,) = document().assessment.clocks
    met = missed.model_copy(update={"state": "met", "slack_s": 60})
    other = ClockState(
        code="RESPOND", job_id="J2", due=at("11:00"), event="answering", at=None, state="missed", slack_s=None
    )
    diff = diff_plans(made(clocks=(missed,)), made(clocks=(met, other)))
    assert [(one.job_id, one.was, one.now, one.effect) for one in diff.clocks] == [
        ("J1", "missed", "met", "gained"),
        ("J2", None, "missed", "lost"),
    ]
    assert diff.clocks[0].sentence == "J1: COMPLETE is met instead of missed, due 2026-07-15 11:30."
    assert diff.clocks[1].sentence == "J2: RESPOND runs now, due 2026-07-15 11:00: missed."
    assert "1 clock is not missed any more, 1 clock is missed now." in diff.sentences
    (gone,) = diff_plans(made(clocks=(met,)), made(clocks=())).clocks
    assert (gone.now, gone.effect, gone.sentence) == (
        None,
        "other",
        "J1: COMPLETE does not run any more; it was met.",
    )


def test_key_figures() -> None:
    kpis = document().assessment.kpis
    diff = diff_plans(made(), made(kpis=kpis.model_copy(update={"overtime_h": 1.5, "served": 2})))
    assert [(one.name, one.difference) for one in diff.kpis] == [("served", 1), ("overtime_h", 1.5)]


def test_only_what_changed_is_kept() -> None:
    stays = day(("J3", "10:00"), who="T2")
    old, new = made(day(("J1", "10:00")), stays), made(day(("J1", "11:00")), stays)
    edit = diff_plans(old, new).edit
    assert edit.assessment == AssessmentEdit()
    assert edit.plan.shifts.removed == (0,)
    assert [placed.entry for placed in edit.plan.shifts.added] == [new.plan.shifts[0]]
    assert edit.plan.model_copy(update={"shifts": PlanEdit().shifts}) == PlanEdit()


def test_a_difference_fits_the_plan_it_was_made_from_only() -> None:
    old, new = made(day(("J1", "10:00"))), made(day(("J1", "11:00")))
    diff = diff_plans(old, new)
    assert apply(diff, old) == new
    with pytest.raises(InvalidInput, match="made from another plan"):
        apply(diff, new)


def test_plans_of_other_days_are_not_compared() -> None:
    old = made()
    plan_of_tomorrow = old.plan.model_copy(
        update={"horizon": Horizon(first_day=NEXT_DAY), "time_zone": "Europe/Berlin"}
    )
    with pytest.raises(InvalidInput) as caught:
        diff_plans(old, old.model_copy(update={"plan": plan_of_tomorrow}))
    assert [issue.code for issue in caught.value.issues] == ["other-days", "other-time-zone"]
    assert "2026-07-15 to 2026-07-16 and 2026-07-16 to 2026-07-16" in str(caught.value)


def test_plans_of_other_scenarios_of_the_same_days_are_compared() -> None:
    old, new = document(), document()
    facts = {"scenario": "later", "scenario_sha256": "1" * 64, "preset": "economy"}
    new = new.model_copy(update={"plan": new.plan.model_copy(update=facts)})
    diff = diff_plans(old, new, question())
    assert not diff.is_empty
    assert diff.sentences[1] == "Every job is done by the same technician at the same time."
    assert apply(diff, old) == new


def test_every_field_of_a_document_has_its_edit() -> None:
    # A field without one would be lost by `apply`. Horizon, time zone and formats are the same in both plans.
    plan_fields = set(Plan.model_fields) - {"format", "horizon", "time_zone", "travel"}
    assert set(PlanEdit.model_fields) == plan_fields | {
        f"travel_{name}" for name in TravelSnapshot.model_fields
    }
    worth = set(Assessment.model_fields) - {"format", "bill"}
    assert set(AssessmentEdit.model_fields) == worth | {"bill_lines", "bill_sums"}
    assert set(BillSums.model_fields) == set(Bill.model_fields) - {"lines"}


def test_a_difference_reads_back_as_it_was_written() -> None:
    diff = diff_plans(made(day(("J1", "10:00"))), made(day(("J2", "11:00"), who="T2")))
    written = diff.model_dump_json()
    assert PlanDiff.model_validate_json(written).model_dump_json() == written


def test_nights_away_are_a_key_figure_also_where_one_plan_has_none() -> None:
    asked = trip_days.question()
    out = trip_days.document(asked)
    home = trip_days.document(asked, trip_days.shifts(asked)[2])
    for old, new, difference in ((home, out, 2), (out, home, -2)):
        (nights,) = (one for one in diff_plans(old, new).kpis if one.name == "nights_away")
        assert nights.difference == difference
