"""An offer is what becomes of the whole plan when it is taken: checked, to the cent, nobody moved who was told."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from optimizer.diff.worth import bill_diff
from optimizer.domain.document import PlanDocument
from optimizer.domain.offer import Offer
from optimizer.domain.plan_diff import BillDiff
from optimizer.offers import Offerer
from optimizer.preview import Previewer
from optimizer.rules.change import RULE as CHANGE
from optimizer.rules.promise import told_promises
from optimizer.rules.settings import params_of
from tests.property.new_jobs import PLANS, NewJob, new_job

CHUNK = 12
CASES = [
    pytest.param(name, first, id=f"{name}-{first}", marks=[] if first == 0 else [pytest.mark.slow])
    for name in PLANS
    for first in range(0, 5 * CHUNK, CHUNK)
]


@pytest.mark.parametrize(("name", "first"), CASES)
def test_taking_any_offer_is_what_it_said(name: str, first: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        asked = new_job(name, seed)
        if asked is None:
            continue
        seen["asked"] += 1
        offerer = Offerer(asked.scenario, asked.document)
        for offer in offerer.offers(asked.job):
            seen["taken"] += 1
            hold_against_the_whole(asked, offerer, offer)
    assert seen["asked"] > CHUNK / 2, seen
    assert seen["taken"] or name == "approved", seen  # approved days take emergencies alone


def hold_against_the_whole(asked: NewJob, offerer: Offerer, offer: Offer) -> None:
    """Take an offer, and compare the whole plan with what it said."""
    scenario, document = offerer.confirm(asked.job, offer)  # refused if the checker finds anything
    after = document.assessment
    found = bill_diff(asked.document.assessment.bill, after.bill)
    assert by_rule(found) == by_rule(offer.bill)
    assert offer.added_cents == after.bill.total_cents - asked.document.assessment.bill.total_cents
    own = [one for one in after.clocks if one.job_id == offer.job_id]
    assert sorted(map(str, own)) == sorted(map(str, offer.clocks))
    assert Previewer(scenario, document).exact
    starts, old = starts_of(document), starts_of(asked.document)
    assert offer.window.start <= starts[offer.job_id][0][1] <= offer.window.end
    tolerance = timedelta(minutes=params_of(CHANGE, scenario.policy).tolerance_min)
    slid = {one.job_id: (one.old, one.new) for one in offer.slides}
    for job_id, visits in old.items():
        assert [who for who, _ in visits] == [who for who, _ in starts[job_id]]
        was, now = visits[0][1], starts[job_id][0][1]
        assert (was, now) == slid.get(job_id, (was, was))
        promise = told_promises(asked.scenario).get(job_id)
        assert promise is None or now <= max(was, promise.start + tolerance)
    assert not offer.moves


def by_rule(bill: BillDiff) -> dict[tuple[str, str], tuple[int, int]]:
    """Return old and new cents by rule and kind of money."""
    return {(one.code, one.kind): (one.old_cents, one.new_cents) for one in bill.changes}


def starts_of(document: PlanDocument) -> dict[str, list[tuple[tuple[str, int, int], datetime]]]:
    """Return who makes each visit of each job, and when it starts."""
    found: dict[str, list[tuple[tuple[str, int, int], datetime]]] = {}
    for day in document.plan.shifts:
        for stop in day.stops:
            visit = ((day.technician_id, stop.part, stop.seat), stop.start)
            found.setdefault(stop.job_id, []).append(visit)
    return {job_id: sorted(visits, key=lambda one: one[0][1:]) for job_id, visits in found.items()}


@pytest.mark.parametrize("name", ["plain", "tied", "trips"])
def test_equal_questions_give_equal_bytes(name: str) -> None:
    compared = 0
    for seed in range(CHUNK):
        asked = new_job(name, seed)
        if asked is not None:
            answers = [
                [one.model_dump_json() for one in Offerer(asked.scenario, asked.document).offers(asked.job)]
                for _ in range(2)
            ]
            assert answers[0] == answers[1]
            compared += len(answers[0])
    assert compared > CHUNK / 2


def test_offers_come_back_from_their_files() -> None:
    asked = new_job("tied", 5)
    assert asked is not None
    for offer in Offerer(asked.scenario, asked.document).offers(asked.job):
        assert Offer.model_validate_json(offer.model_dump_json()) == offer
