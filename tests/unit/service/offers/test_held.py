"""The board tells which windows are held at the moment."""

from typing import Any

from tests.unit.service.boards.day import at
from tests.unit.service.offers.desk import Desk, job, window
from tests.unit.service.served import key_for

LATE = window("17:00", "17:20")


def held(desk: Desk, job_id: str) -> str:
    """Have the late window held for a job; return the offers' address."""
    address, _ = desk.offered(job(job_id), slots=[LATE])
    desk.taken(address, "hold", window=LATE)
    return address


def shown(desk: Desk) -> list[str]:
    """Return the jobs for which the board says that a window is held."""
    return [one["job"]["job_id"] for one in desk.board()["held"]]


def get(desk: Desk, have: str | None = None) -> Any:
    headers = {} if have is None else {"If-None-Match": have}
    return desk.day.office.client.get(desk.day.board, headers=headers)


def test_a_held_window_is_shown_with_whom_it_is_for(desk: Desk) -> None:
    assert desk.board()["held"] == []
    address = held(desk, "N1")
    (one,) = desk.board()["held"]
    assert address.endswith(one["offers_id"])
    assert (one["window"], one["technician_id"], one["until"]) == (LATE, "T2", at("08:40"))
    assert one["start"] >= LATE["start"]
    assert one["job"]["customer"]["phone"] == "555-0123"
    assert all("N1" not in str(desk.board()[name]) for name in ("published", "promises", "told", "happened"))


def test_they_stand_in_the_order_in_which_they_were_held(desk: Desk) -> None:
    held(desk, "N2")
    held(desk, "N1")
    assert shown(desk) == ["N2", "N1"]


def test_what_is_let_go_confirmed_or_over_is_not_shown(desk: Desk) -> None:
    first = held(desk, "N1")
    desk.taken(first, "release")
    assert shown(desk) == []
    desk.taken(first, "hold", window=LATE)
    desk.taken(first, "confirm")
    assert shown(desk) == []
    held(desk, "N2")
    desk.day.it_is("08:39")
    assert shown(desk) == ["N2"]
    desk.day.it_is("08:40")  # ten minutes are over
    assert shown(desk) == []


def test_customers_are_shown_to_who_may_see_them(desk: Desk) -> None:
    held(desk, "N1")
    client = desk.day.office.client
    key_for(client, "admin")
    planner, viewer = (key_for(client, role) for role in ("dispatcher", "viewer"))
    seen = client.get(desk.day.board, headers=planner).json()["held"][0]["job"]
    assert (seen["customer"]["name"], seen["place"]["address"]) == ("Xiao Lan", "9 Lotus Lane")
    less = client.get(desk.day.board, headers=viewer)
    assert less.json()["held"][0]["job"]["customer"]["customer_id"] == "C-N1"
    for secret in ("Xiao Lan", "555-0123", "Lotus"):
        assert secret not in less.text


def test_who_has_the_board_hears_of_what_is_held_since(desk: Desk) -> None:
    before = get(desk).headers["ETag"]
    assert get(desk, before).status_code == 304
    address = held(desk, "N1")
    answer = get(desk, before)
    assert (answer.status_code, len(answer.json()["held"])) == (200, 1)
    with_held = answer.headers["ETag"]
    assert get(desk, with_held).status_code == 304
    desk.day.it_is("08:41")
    assert get(desk, with_held).json()["held"] == []  # it is over, though nobody has done anything
    assert get(desk, before).status_code == 304
    desk.taken(address, "hold", window=LATE)
    assert get(desk, with_held).status_code == 200  # until another time


def test_a_change_counts_though_something_is_held_since(desk: Desk) -> None:
    before = get(desk).headers["ETag"]
    held(desk, "N1")
    with_held = get(desk).headers["ETag"]
    client, event = desk.day.office.client, {"kind": "new_job", "at": at("08:30"), "job": job("N8")}
    told = client.post(f"{desk.day.board}/events", json={"events": [event]}, headers={"If-Match": with_held})
    assert told.status_code == 200, told.text
    for old in (before, with_held):
        late = client.post(f"{desk.day.board}/events", json={"events": [event]}, headers={"If-Match": old})
        assert late.status_code == 412
