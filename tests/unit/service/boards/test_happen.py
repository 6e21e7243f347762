"""What happens on the day is noted as events that go with the plan and with each other."""

from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import TypeAdapter

from optimizer.domain.event import Event
from optimizer.errors import InvalidInput
from service.boards.happen import happen
from service.caller import LOCAL
from service.store import Store, Transaction, tables
from service.store.board_events import event_rows
from tests.unit.service.boards.day import NEWEST, Office, X, Y, at
from tests.unit.service.boards.store import board_with
from tests.unit.service.served import NOON, key_for

EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def told(kind: str, clock: str, job_id: str = "J1", **more: Any) -> Event:
    return EVENT.validate_python({"kind": kind, "at": at(clock), "job_id": job_id, **more})


def noted(store: Store, row: tables.Board, *requests: Sequence[Event]) -> list[str]:
    """Report events, request by request, and return what is noted then; the last one's error is raised."""

    def work(tx: Transaction) -> list[str]:
        board = tx.get_one(tables.Board, row.board_id)
        for one in requests:
            happen(tx, LOCAL, board, one, NOON)
        return [one.event["kind"] for one in event_rows(tx, row.board_id)]

    return store.write(work)


def test_events_are_noted_in_the_order_in_which_they_are_reported(with_store: Store) -> None:
    row = board_with(with_store, {"J1": ("T1",), "J2": ("T1",)})
    steps = ("started", "finished", "contacted", "on_the_way")  # also what is reported late
    clocks = ("09:05", "10:00", "08:00", "08:30")
    requests = [(told(kind, clock),) for kind, clock in zip(steps, clocks, strict=True)]
    assert noted(with_store, row, *requests) == list(steps)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (told("finished", "09:10"), told("started", "09:20"), "over-already"),
        (told("started", "09:10"), told("arrived", "09:20"), "wrong-order"),
        (
            told("started", "09:10"),
            told("finished", "09:05"),
            "over-already",
        ),  # the one noted before is at fault
        (told("started", "09:10"), told("cancelled", "09:20"), "begun-already"),
        (told("no_access", "09:10"), told("started", "09:20", job_id="J9"), "unknown-job"),
    ],
)
def test_what_contradicts_what_was_reported_is_refused_whole(
    with_store: Store, before: Event, after: Event, code: str
) -> None:
    row = board_with(with_store, {"J1": ("T1",), "J2": ("T1",)})
    with pytest.raises(InvalidInput) as caught:
        noted(with_store, row, (before,), (told("contacted", "09:00", job_id="J2"), after))
    assert [one.code for one in caught.value.issues] == [code]
    assert caught.value.issues[0].path.startswith("events[1]")


def test_all_mistakes_are_named_with_their_places(with_store: Store) -> None:
    row = board_with(with_store, {"J1": ("T1",)})
    wrong = (
        told("started", "12:06"),  # it is 12:00; five minutes are forgiven
        told("started", "09:00", job_id="J7"),
        told("on_the_way", "12:05", technician_id="T2"),
    )
    with pytest.raises(InvalidInput) as caught:
        noted(with_store, row, wrong)
    assert [(one.code, one.path) for one in caught.value.issues] == [
        ("event-to-come", "events[0].at"),
        ("unknown-job", "events[1].job_id"),
        ("not-on-the-job", "events[2].technician_id"),
    ]


def test_what_was_noted_is_not_noted_again(with_store: Store) -> None:
    row = board_with(with_store, {"J1": ("T1",)})
    one, other = told("started", "09:00"), told("finished", "10:00")
    assert noted(with_store, row, (one,), (one,), (one, other)) == ["started", "finished"]


def test_mistakes_are_told_with_pointers_and_nothing_is_noted(office: Office) -> None:
    board = office.board()
    early = office.client.post(f"{board}/events", json={"events": [CALL_OFF]}, headers=NEWEST)
    assert early.status_code == 409  # nothing was published yet
    office.publish(board, office.plan(X))
    version = office.client.get(board).headers["ETag"]
    bad = [CALL_OFF, {**CALL_OFF, "technician_id": "T3"}]  # T3 is of another branch
    refused = office.client.post(f"{board}/events", json={"events": bad}, headers={"If-Match": version})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["issues"]] == ["/events/1/technician_id"]
    assert office.client.get(f"{board}/events").json() == {"events": [], "after": None}
    good = office.client.post(f"{board}/events", json={"events": [CALL_OFF]}, headers={"If-Match": version})
    assert good.status_code == 200
    stale = office.client.post(f"{board}/events", json={"events": [CALL_OFF]}, headers={"If-Match": version})
    assert stale.status_code == 412
    assert [one["number"] for one in office.client.get(f"{board}/events").json()["events"]] == [1]
    assert office.client.get(f"{board}/entries").json()["entries"][0]["data"] == {
        "numbers": [1],
        "kinds": ["call_off"],
    }


CALL_OFF = {"kind": "call_off", "at": at("08:00"), "technician_id": "T1", "reason": "a broken leg"}


def test_events_hold_nothing_personal_for_who_may_not_see_it(office: Office) -> None:
    board = office.board()
    office.publish(board, office.plan(X))
    job = {
        "job_id": "N1",
        "type": "survey",
        "fault": "smells of gas",
        "place": {"lat": 28.20123, "lon": 113.0, "address": "7 Osmanthus Lane"},
        "customer": {"customer_id": "C1", "name": "Xiao Hong", "phone": "555-0199"},
    }
    new = {"kind": "new_job", "at": at("08:10"), "job": job}
    sent = office.client.post(f"{board}/events", json={"events": [CALL_OFF, new]}, headers=NEWEST)
    assert sent.status_code == 200, sent.text
    key_for(office.client, "admin")
    words = ("a broken leg", "smells of gas", "28.20123", "Osmanthus", "Xiao Hong", "555-0199")
    for role, count in (("viewer", 0), ("dispatcher", len(words))):
        who = key_for(office.client, role)  # type: ignore[arg-type] # one of the roles
        for address in (f"{board}/events", board):
            text = office.client.get(address, headers=who).text
            assert sum(word in text for word in words) == count, address
        assert "broken" not in office.client.get(f"{board}/entries", headers=who).text


def test_a_technician_reports_own_jobs_only(office: Office) -> None:
    board = office.board()
    office.publish(board, office.plan(X))  # T1: J1, J2; T2: J3
    key = key_for(office.client, "technician", branches=["B1"], technician_id="T1")
    looker = key_for(office.client, "viewer")

    def sent(headers: dict[str, str], job_id: str = "J1", kind: str = "on_the_way", **more: Any) -> Any:
        event = {"kind": kind, "at": at("08:00"), "job_id": job_id, **more}
        answer = office.client.post(
            f"{board}/events", json={"events": [event]}, headers={**headers, **NEWEST}
        )
        return answer.status_code, [one["code"] for one in answer.json().get("issues", ())]

    assert sent(key) == (200, [])
    assert sent(key, "J3") == (422, ["not-own-job"])
    assert sent(key, "J2", technician_id="T2") == (422, ["not-oneself"])
    assert sent(key, "J2", "cancelled") == (422, ["not-a-visit"])
    assert sent(looker)[0] == 403
    assert sent(key_for(office.client, "dispatcher"), "J3") == (200, [])
    happened = office.client.get(board, headers=looker).json()["happened"]
    assert [(one["event"]["job_id"], one["event"]["technician_id"]) for one in happened] == [
        ("J1", "T1"),  # who reports is meant
        ("J3", None),
    ]


def test_what_has_started_is_not_taken_away_by_another_plan(office: Office) -> None:
    board = office.board()
    office.publish(board, office.plan(X))

    office.report(board, "arrived", "09:05", "J3", technician_id="T2")
    office.publish(board, office.plan(Y))  # J3 goes from T2 to T1: who is only there can be called off
    office.report(board, "started", "09:20", "J3")
    for other in (X, {"T1": ("J1",)}):  # T2 is to do it, or nobody
        office.put(board, office.plan(other))
        office.client.post(f"{board}/approve", headers=NEWEST)
        refused = office.client.post(f"{board}/publish", headers=NEWEST)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")
        assert "at work at J3" in refused.json()["detail"]
    office.publish(board, office.plan(Y | {"T1": ("J3", "J4")}))  # more for the same people is no harm
    office.report(board, "finished", "10:00", "J3")
    office.publish(board, office.plan(X))
