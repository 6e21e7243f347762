"""When a new job could be done on a published day."""

from datetime import timedelta
from typing import Any

import pytest

from service.store import tables
from service.store.retention import sweep
from tests.unit.service.boards.day import NEWEST, Y, at
from tests.unit.service.boards.live_day import LiveDay
from tests.unit.service.offers.desk import Desk, job, window
from tests.unit.service.served import key_for


def test_windows_of_two_hours_are_offered_the_cheapest_first(desk: Desk) -> None:
    address, said = desk.offered(job())
    again = desk.day.office.client.get(address).json()
    assert (again["offers_id"], again["offers"]) == (said["offers_id"], said["offers"])
    assert (said["state"], said["stale"], said["hold"], said["looked_at"]) == ("open", False, None, 5)
    assert said["expires_at"] == at("09:00")  # half an hour from 08:30
    first = said["offers"][0]
    assert first["window"] == window("09:00", "11:00")
    assert first["visits"][0]["technician_id"] == "T2"  # J3 is farther out, so N1 lies on the way home
    assert [one["technician_id"] for one in first["further"]] == ["T1"]
    assert first["added_cents"] == sum(one["difference_cents"] for one in first["bill"]["changes"])
    assert {one["state"] for one in first["clocks"]} == {"met"}
    assert [one["moves"] for one in said["offers"]] == [[]] * 5
    costs = [one["added_cents"] for one in said["offers"]]
    assert costs == sorted(costs)
    assert "Lotus" not in desk.day.office.client.get(address).text


def test_the_call_centre_says_which_windows_and_how_many(desk: Desk) -> None:
    slots = [window("10:00", "12:00"), window("14:00", "16:00"), window("16:00", "18:00")]
    said = desk.offered(job(), slots=slots, limit=2, further=0)[1]
    assert (said["looked_at"], len(said["offers"])) == (3, 2)
    assert {one["window"]["start"] for one in said["offers"]} <= {one["start"] for one in slots}
    assert [one["further"] for one in said["offers"]] == [[], []]
    halves = desk.offered(job("N2"), half_days=True)[1]["offers"]
    assert {one["window"]["start"] for one in halves} == {at("09:00"), at("12:00")}


def test_everything_that_is_wrong_is_said_at_once(desk: Desk) -> None:
    slots = [
        window("07:00", "08:00"),
        {"start": "2026-07-16T09:00:00+08:00", "end": "2026-07-16T11:00:00+08:00"},
    ]
    refused = desk.asks(job("J1", after=[{"job_id": "J99"}], skills={"dancing": 1}), slots=slots)
    assert refused.status_code == 422, refused.text
    found = {(one["pointer"], one["code"]) for one in refused.json()["issues"]}
    assert {
        ("/job/job_id", "same-id"),
        ("/slots/0", "window-over"),
        ("/slots/1", "window-after-horizon"),
        ("/slots/1", "other-day"),
    } <= found
    assert [one for one in found if one[0].startswith("/job/after")] != []
    elsewhere = desk.asks(job("K1"))  # a job of the other branch
    assert [one["code"] for one in elsewhere.json()["issues"]] == ["same-id"]
    both = desk.asks(job(), slots=slots[:1], half_days=True, limit=0)
    assert {one["pointer"] for one in both.json()["issues"]} >= {"/limit"}


def test_a_day_that_cannot_be_carried_on_is_planned_again_first(desk: Desk) -> None:
    desk.day.happens(kind="call_off", technician_id="T1")
    refused = desk.asks(job())
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")
    assert "Nobody comes to J1, J2 any more." in refused.json()["detail"]
    address, found = desk.day.proposals()
    assert desk.day.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
    said = desk.offered(job())[1]
    assert {one["visits"][0]["technician_id"] for one in said["offers"]} == {"T2"}


def test_offers_know_what_has_happened(desk: Desk) -> None:
    desk.day.it_is("12:00")
    said = desk.offered(job())[1]
    assert min(one["window"]["start"] for one in said["offers"]) == at("12:00")
    assert said["at"] == at("12:00")
    desk.day.happens(kind="call_off", technician_id="T1")  # what was T1's is over by 12:00
    said = desk.offered(job("N2"))[1]
    assert {one["visits"][0]["technician_id"] for one in said["offers"]} == {"T2"}


def test_nothing_is_offered_where_nothing_was_published(desk: Desk) -> None:
    office = desk.day.office
    other = Desk(LiveDay(office, office.board("B2"), desk.day.keeper, desk.day.clock), desk.studio)
    refused = other.asks(job())
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")
    assert office.client.post("/boards/brd_x/offers", json={"job": job()}).status_code == 404


def test_a_closed_day_offers_nothing(desk: Desk) -> None:
    address, said = desk.offered(job())
    desk.day.it_is("20:00")
    closed = desk.day.office.client.post(f"{desk.day.board}/close", json={}, headers=NEWEST)
    assert closed.status_code == 200, closed.text
    assert desk.asks(job("N2")).status_code == 409
    assert desk.does(address, "hold", window=said["offers"][0]["window"]).status_code == 409


def test_another_publication_makes_offers_stale(desk: Desk) -> None:
    address, _ = desk.offered(job())
    desk.day.office.publish(desk.day.board, desk.day.office.plan(Y))
    assert desk.day.office.client.get(address).json()["stale"]
    page = desk.day.office.client.get(f"{desk.day.board}/offers").json()
    assert [(one["job_id"], one["stale"]) for one in page["offers"]] == [("N1", True)]


def test_the_same_request_makes_offers_once(desk: Desk) -> None:
    key = {"Idempotency-Key": "call-1"}
    answers = [
        desk.day.office.client.post(f"{desk.day.board}/offers", json={"job": job()}, headers=key)
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert len(desk.day.office.client.get(f"{desk.day.board}/offers").json()["offers"]) == 1


@pytest.mark.parametrize("role", ["viewer", "technician"])
def test_only_who_plans_asks(desk: Desk, role: Any) -> None:
    given = {"technician_id": "T1"} if role == "technician" else {}
    headers = key_for(desk.day.office.client, role, **given)
    answer = desk.day.office.client.post(f"{desk.day.board}/offers", json={"job": job()}, headers=headers)
    assert answer.status_code == 403


def test_the_record_of_who_did_what_names_no_customer(desk: Desk) -> None:
    address, said = desk.offered(job())
    desk.taken(address, "hold", window=said["offers"][0]["window"])
    desk.taken(address, "release")
    entries = desk.day.office.client.get("/audit").json()["entries"]
    assert [one["action"] for one in entries[:3]] == ["release_slot", "hold_slot", "ask_for_offers"]
    assert {one["about"] for one in entries[:3]} == {said["offers_id"]}
    assert not [word for word in ("Xiao Lan", "555-0123", "Lotus") if word in str(entries)]


def test_offers_go_a_day_after_their_end(desk: Desk) -> None:
    backend = desk.day.office.backend
    desk.offered(job())
    ends = backend.now() + timedelta(minutes=backend.settings.offer_min)
    for late, left in ((timedelta(hours=24), 1), (timedelta(hours=24, seconds=1), 0)):
        sweep(backend.store, backend.settings, ends + late)
        with backend.store.read() as tx:
            assert tx.query(tables.Offers).count() == left
