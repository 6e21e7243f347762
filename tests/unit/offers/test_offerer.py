"""Offers for a new job on small days, with figures worked out by hand; confirming them, and what is refused."""

from typing import Any

import pytest

from optimizer.domain.job import Job
from optimizer.domain.offer import Offer
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.offers import Offerer
from tests.unit.offers.days import ONLY_TRAVEL, planned, told, window
from tests.unit.rules.build import at, job, north, scenario, technician

NEW = job(job_id="N", place=north(12))
SLOTS = (window("09:00", "11:00"), window("14:00", "16:00"))


def offerer_of(question: Scenario) -> Offerer:
    return Offerer(question, planned(question))


def one_promised(**more: dict[str, Any]) -> Scenario:
    """Return a day with one job, 6 km north, that its customer was told for 13:30."""
    return scenario(
        promises=[told("J1", "13:30", "16:00")], rules={**ONLY_TRAVEL, "BREAK": {"active": False}, **more}
    )


def test_a_window_has_who_would_come_what_it_adds_and_the_days_that_prove_it() -> None:
    (first, second) = offerer_of(one_promised()).offers(NEW, slots=SLOTS)
    # 20 min to 12 km in the morning, home or on to J1: the way out and back grows from 12 km to 24 km either way.
    assert [one.window for one in (first, second)] == list(SLOTS)
    assert first.start == at("09:20")
    assert second.start == at("14:40")  # behind J1, which ends at 14:30, and the way takes 10 min
    (change,) = first.bill.changes
    assert (change.code, first.added_cents) == ("TRAVEL", change.difference_cents)
    assert first.added_cents == second.added_cents > 0
    assert [day.technician_id for day in first.witness.days] == ["T1"]
    assert [stop.job_id for stop in first.witness.days[0].stops] == ["N", "J1"]
    assert (first.slides, first.moves, first.further) == ((), (), ())
    assert "the bill rises by" in first.sentence


def test_the_cheapest_comes_first_and_no_more_than_asked_for() -> None:
    offerer = offerer_of(one_promised(OVERTIME={"wage_cents_per_hour": 60_000}))
    late = window("17:30", "18:00")
    offers = offerer.offers(NEW, slots=(late, *SLOTS))
    assert [one.window for one in offers] == [*SLOTS, late]
    assert offers[-1].added_cents > offers[0].added_cents
    assert offerer.offers(NEW, slots=(late, *SLOTS), limit=1) == offers[:1]


def test_nobody_who_was_told_is_moved_beyond_the_tolerance_unless_that_is_allowed() -> None:
    offerer = offerer_of(one_promised())
    # Service until 14:15 at best, then 10 min to J1, who was told 13:30: 55 min later, beyond 30 min.
    around = window("13:15", "13:20")
    assert offerer.offers(NEW, slots=[around]) == ()
    (offer,) = offerer.offers(NEW, slots=[around], others_may_move=True)
    (moved,) = offer.moves
    assert (moved.job_id, moved.old, moved.new, moved.kept) == ("J1", at("13:30"), at("14:25"), True)
    assert {one.code for one in offer.bill.changes} == {"TRAVEL", "CHANGE"}
    assert offerer.confirm(NEW, offer).document.assessment.findings == ()
    # Ending at 13:40, ten minutes on the way: 13:50 is within the tolerance.
    (slides,) = offerer.offers(NEW, slots=[window("12:40", "12:40")])
    assert slides.moves == ()
    assert [(one.job_id, one.old, one.new) for one in slides.slides] == [("J1", at("13:30"), at("13:50"))]


def test_an_untold_start_may_slide_and_is_named() -> None:
    question = scenario(rules=ONLY_TRAVEL)  # J1 at any time, so it is first at 09:10
    (offer,) = offerer_of(question).offers(NEW, slots=[window("09:00", "09:30")])
    assert offer.start == at("09:20")
    assert [(one.job_id, one.old, one.new) for one in offer.slides] == [("J1", at("09:10"), at("10:30"))]


def test_further_technicians_are_named_with_what_they_would_add() -> None:
    question = scenario(
        [technician(), technician(technician_id="T2"), technician(technician_id="T3", skills={"survey": 3})],
        jobs=[job()],
        promises=[told("J1", "13:30", "16:00")],
        rules=ONLY_TRAVEL,
    )
    offerer = offerer_of(question)
    (offer,) = offerer.offers(NEW, slots=[window("09:00", "11:00")])
    (other,) = offer.further
    assert {offer.technician_id, other.technician_id} == {"T1", "T2"}
    assert other.added_cents >= offer.added_cents
    assert offerer.offers(NEW, slots=[offer.window], further=0)[0].further == ()


def test_every_technician_is_able_or_has_the_reason() -> None:
    question = scenario(
        [
            technician(),
            technician(technician_id="T2", skills={"survey": 3}),
            technician(technician_id="T3", kits=()),
        ],
        rules=ONLY_TRAVEL,
    )
    found = {one.technician_id: one for one in offerer_of(question).technicians_for(NEW, SLOTS[0])}
    assert [one.able for one in found.values()] == [True, False, False]
    assert (found["T1"].start, found["T1"].end) == (at("09:20"), at("10:20"))
    assert found["T1"].added_cents is not None
    assert found["T2"].codes == ("SKILL",)
    assert found["T3"].codes == ("TOOL",)
    assert found["T2"].sentence == "T2 is stopped by a missing skill (SKILL)."


def test_who_has_no_room_is_told_what_lacks() -> None:
    # On site from 09:10 to 17:30: nobody leaves behind or before it.
    question = scenario(
        jobs=[job(duration_min=500, windows=(window("09:10", "09:15"),))],
        rules={**ONLY_TRAVEL, "BREAK": {"active": False}},
    )
    offerer = offerer_of(question)
    assert offerer.offers(NEW, slots=SLOTS) == ()
    (one,) = offerer.technicians_for(NEW, SLOTS[1])
    assert not one.able
    assert one.codes == ("APPOINTMENT",)
    # Behind J1 at 17:30 and ten minutes on the way, 16:00 is missed by 1 h 40 min.
    assert one.sentence == "T1 on 2026-07-15 would come at least 1 h 40 min after the agreed window."
    (none,) = offerer.technicians_for(NEW, window("03:00", "04:00"))
    assert (none.able, none.codes) == (False, ("APPOINTMENT",))


def test_a_crew_comes_together() -> None:
    question = scenario([technician(), technician(technician_id="T2")], rules=ONLY_TRAVEL)
    (offer,) = offerer_of(question).offers(NEW.model_copy(update={"seats": 2}), slots=[SLOTS[1]])
    assert [(one.seat, one.start) for one in offer.visits] == [(0, offer.start), (1, offer.start)]
    assert {one.technician_id for one in offer.visits} == {"T1", "T2"}


def test_confirmed_the_job_has_its_promise_and_the_plan_is_checked() -> None:
    question = one_promised()
    offerer = offerer_of(question)
    offer = offerer.offers(NEW, slots=SLOTS)[0]
    taken = offerer.confirm(NEW, offer)
    assert taken.scenario.jobs[-1] == NEW.model_copy(update={"windows": (SLOTS[0],)})
    promise = taken.scenario.promises[-1]
    assert (promise.job_id, promise.technician_id, promise.window) == ("N", "T1", SLOTS[0])
    assert (promise.start, promise.told) == (offer.start, True)
    assert taken.document.assessment.findings == ()
    bills = (taken.document.assessment.bill, offerer.standing.document.assessment.bill)
    assert bills[0].total_cents - bills[1].total_cents == offer.added_cents


def test_an_offer_is_gone_when_somebody_else_took_the_time() -> None:
    offerer = offerer_of(one_promised())
    short = window("09:00", "09:30")
    (offer,) = offerer.offers(NEW, slots=[short])
    (same,) = offerer.offers(job(job_id="M", place=north(12)), slots=[short])
    taken = offerer.confirm(job(job_id="M", place=north(12)), same)
    with pytest.raises(InvalidInput, match="T1 has no room for N in 2026-07-15 09:00 to 09:30 any more"):
        Offerer(taken.scenario, taken.document).confirm(NEW, offer)


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (job(job_id="J1"), "job.job_id: The scenario has a job 'J1' already."),
        (job(job_id="N", type="magic"), "job.type"),
        (job(job_id="N", branch_id="B9"), "job.branch_id"),
    ],
)
def test_a_job_that_contradicts_the_scenario_is_refused(new: Job, says: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        offerer_of(one_promised()).offers(new)
    assert says in str(refused.value)


def test_windows_outside_the_days_and_other_jobs_offers_are_refused() -> None:
    offerer = offerer_of(one_promised().model_copy(update={"now": at("10:00")}))
    with pytest.raises(InvalidInput) as refused:
        offerer.offers(NEW, slots=[window("08:00", "09:30"), *SLOTS])
    assert [(one.code, one.path) for one in refused.value.issues] == [("window-over", "slots[0]")]
    (offer, *_) = offerer.offers(NEW, slots=[SLOTS[1]])
    with pytest.raises(InvalidInput, match="The offer is for N, not for M"):
        offerer.confirm(NEW.model_copy(update={"job_id": "M"}), offer)


def test_a_plan_of_another_state_or_with_breaches_is_refused() -> None:
    question = one_promised()
    document = planned(question)
    with pytest.raises(InvalidInput, match="another state"):
        Offerer(question.model_copy(update={"now": at("08:00")}), document)
    other: Offer | None = next(iter(Offerer(question, document).offers(NEW)), None)
    assert other is not None
