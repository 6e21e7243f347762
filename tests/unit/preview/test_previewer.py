"""What a move means, in numbers that can be worked out by hand."""

from datetime import timedelta

import pytest

from optimizer.domain.preview import Move, Preview
from optimizer.domain.promise import Promise
from optimizer.domain.time import Window
from optimizer.errors import BrokenPlan, InvalidInput
from optimizer.preview import Previewer
from optimizer.retime import retime
from tests.unit.preview.two_days import answer, loaded, question
from tests.unit.rules.build import DAY, at, scenario


def starts(previewer: Previewer, move: Move) -> dict[str, list[str]]:
    """Return the starts of the days that change, by technician."""
    return {
        day.technician_id: [f"{stop.job_id} {stop.start:%H:%M}" for stop in day.stops]
        for day in previewer.move(move).days
    }


def test_times_and_bill_of_a_job_given_to_somebody_else() -> None:
    previewer = loaded()
    found = previewer.move(Move(job_id="J2", technician_id="T2", position=1))
    assert found.allowed
    assert found.exact
    # T2: J3 until 10:05, then 6 km in 600 s.
    assert starts(previewer, found.move) == {"T1": ["J1 09:10"], "T2": ["J3 09:05", "J2 10:15"]}
    # T1 drives 6 + 6 instead of 6 + 3 + 9 km, T2 3 + 6 + 9 instead of 3 + 3: 6 km and 600 s more.
    # At 80 cents a km and 3,000 an hour: 480 + 500.
    (change,) = found.bill.changes
    assert (change.code, change.difference_cents) == ("TRAVEL", 980)
    assert found.bill.difference_cents == 980
    assert found.bill.old_cents == previewer.document.assessment.bill.total_cents
    assert found.bill.new_cents == found.bill.old_cents + 980
    assert found.unserved_weight == 0
    assert [(one.job_id, one.events, one.start_moved_s) for one in found.jobs] == [
        ("J2", ("other technician",), 0)
    ]
    assert (
        found.sentence == "J2 goes to T2 on 2026-07-15 as stop 2, 2026-07-15 10:15: the bill rises by ¥9.80."
    )


def test_a_job_left_out_frees_the_day() -> None:
    found = loaded().move(Move(job_id="J3"))
    assert found.allowed
    assert found.days == ()
    assert [(one.technician_id, one.day) for one in found.free] == [("T2", DAY)]
    assert found.unserved_weight == 2  # a normal job
    assert found.sentence.startswith("J3 is left out: the bill rises by ")


def test_a_left_out_job_put_in_front_makes_others_later() -> None:
    # T1: 12 km in 1,200 s, 09:20–10:20; J1 6 km back 10:30–11:30; J2 3 km on 11:35.
    previewer = loaded()
    found = previewer.move(Move(job_id="J4", technician_id="T1", before="J1"))
    assert starts(previewer, found.move) == {"T1": ["J4 09:20", "J1 10:30", "J2 11:35"]}
    assert {one.job_id: one.start_moved_s for one in found.jobs} == {"J4": None, "J1": 4_800, "J2": 4_800}
    assert found.unserved_weight == -2
    assert found.move.position == 0
    assert found.sentence.endswith("2 other stops start later by up to 1 h 20 min.")


def test_where_no_place_is_named_the_cheapest_is_found() -> None:
    # J4 lies behind J2 on the line: after it the way is 3 km out and 3 back longer, anywhere else 6 or more.
    found = loaded().move(Move(job_id="J4", technician_id="T1"))
    assert (found.move.position, found.move.day) == (2, DAY)


def test_of_equal_places_the_one_that_moves_fewest_others() -> None:
    # T2 drives 18 km with J2 before J3 as well as behind it.
    assert loaded().move(Move(job_id="J2", technician_id="T2")).move.position == 1


def test_what_forbids_a_move_and_by_how_much() -> None:
    # J1 until 10:30 at the latest; behind J2 (09:15–10:15) it starts 10:20, 50 min after its window.
    asked = question(J1={"windows": (Window(start=at("09:00"), end=at("09:30")),)})
    previewer = loaded(asked)
    found = previewer.move(Move(job_id="J2", technician_id="T1", before="J1"))
    assert not found.allowed
    (finding,) = found.findings
    assert (finding.code, finding.job_id, finding.over) == ("APPOINTMENT", "J1", 50)
    assert starts(previewer, found.move) == {"T1": ["J2 09:15", "J1 10:20"]}
    assert found.sentence.startswith("Not allowed: it would break APPOINTMENT by 50 min. J2 goes to T1 on ")
    (moved,) = found.promised
    assert (moved.job_id, moved.told, moved.kept, moved.window) == ("J1", False, False, None)
    assert moved.new == at("10:20")


def test_a_told_promise_that_moves_is_named() -> None:
    promise = Promise(
        job_id="J1", technician_id="T1", window=Window(start=at("09:00"), end=at("12:00")), start=at("09:10")
    )
    asked = question().model_copy(update={"promises": (promise,)})
    found = loaded(asked).move(Move(job_id="J2", technician_id="T1", before="J1"))
    (moved,) = found.promised
    assert (moved.told, moved.kept, moved.old, moved.new) == (True, True, at("09:10"), at("10:20"))
    open_now = question().model_copy(update={"promises": (promise.model_copy(update={"asked": True}),)})
    assert loaded(open_now).move(found.move).promised == (moved,)


def test_a_breach_that_goes_is_mended() -> None:
    # J1 is 50 min late behind J2; alone it is in time.
    asked = question(J1={"windows": (Window(start=at("09:00"), end=at("09:30")),)})
    previewer = Previewer(asked, answer(asked, t1=("J2", "J1")))
    found = previewer.move(Move(job_id="J2", technician_id="T2"))
    assert found.allowed
    assert [(one.code, one.over) for one in found.mended] == [("APPOINTMENT", 50)]


def test_a_job_put_where_it_is_changes_nothing() -> None:
    found = loaded().move(Move(job_id="J2", technician_id="T1", position=1))
    assert (found.allowed, found.days, found.jobs, found.clocks) == (True, (), (), ())
    assert found.bill.difference_cents == 0
    assert "stays with T1" in found.sentence


def test_the_orders_after_a_move_give_the_same_days() -> None:
    previewer = loaded()
    found = previewer.move(Move(job_id="J2", technician_id="T2"))
    whole = retime(question(), previewer.orders_after(found))
    assert whole.plan.shifts == found.days


def test_the_same_object_explains_the_plan() -> None:
    explained = loaded().explainer.left_out("J4")
    assert explained.answer.reason.job_id == "J4"


def test_a_plan_with_breaches_has_moves_but_no_explanations() -> None:
    asked = question(J1={"windows": (Window(start=at("09:00"), end=at("09:30")),)})
    previewer = Previewer(asked, answer(asked, t1=("J2", "J1")))
    with pytest.raises(BrokenPlan):
        previewer.explainer.left_out("J4")


def test_a_plan_that_is_timed_otherwise_is_said_to_be() -> None:
    asked = question()
    made = answer(asked)
    first, *others = made.plan.shifts
    back = first.last_leg
    late = back.model_copy(
        update={name: getattr(back, name) + timedelta(minutes=5) for name in ("departure", "arrival")}
    )
    shifts = (first.model_copy(update={"last_leg": late}), *others)
    other = made.model_copy(update={"plan": made.plan.model_copy(update={"shifts": shifts})})
    previewer = Previewer(asked, other)
    assert not previewer.exact
    assert not previewer.move(Move(job_id="J4", technician_id="T2")).exact


def test_people_who_would_wait_for_each_other_for_ever() -> None:
    # Both do J1, then J2; with J1 behind J2 for T1 alone each waits for the other.
    asked = question(J1={"seats": 2}, J2={"seats": 2})
    previewer = Previewer(asked, answer(asked, t1=("J1", "J2"), t2=("J1", "J2")))
    found = previewer.move(Move(job_id="J1", technician_id="T1", from_technician_id="T1", position=1))
    assert (found.allowed, found.timed, found.days, found.bill.difference_cents) == (False, False, (), 0)
    (finding,) = found.findings
    assert (finding.code, finding.job_id) == ("PLAN", "J1")
    assert found.sentence.startswith(
        "Not allowed: J1 cannot be done there. Everybody would wait for ever at J"
    )
    assert previewer.move(Move(job_id="J1", technician_id="T1", from_technician_id="T1")).move.position == 0


def test_a_preview_comes_back_from_json() -> None:
    asked = question(J1={"windows": (Window(start=at("09:00"), end=at("09:30")),)})
    found = loaded(asked).move(Move(job_id="J2", technician_id="T1", before="J1"))
    assert Preview.model_validate_json(found.model_dump_json()) == found


def test_another_scenarios_plan_is_refused() -> None:
    with pytest.raises(InvalidInput) as error:
        Previewer(scenario(), answer(question()))
    assert [issue.code for issue in error.value.issues] == ["other-scenario"]
