"""A day is closed: what is left becomes a scenario, and the day has a report."""

from pathlib import Path

from service.store import tables
from tests.unit.service.boards.day import NEWEST
from tests.unit.service.boards.live_day import live_day
from tests.unit.service.served import key_for


def test_a_day_is_closed_once_and_read_afterwards(tmp_path: Path) -> None:
    with live_day(tmp_path) as day:
        client = day.office.client
        assert client.get(f"{day.board}/report").json() == {"closed": None, "report": None}
        day.it_is("10:00")
        day.happens(kind="no_access", job_id="J1")
        early = client.post(f"{day.board}/close", json={}, headers=NEWEST)
        assert early.status_code == 422, early.text
        assert early.json()["issues"]
        assert client.get(day.board).json()["board"]["state"] == "published"
        waiting = day.asked()
        day.it_is("20:00")
        headers = {**NEWEST, "Idempotency-Key": "close"}
        closed = client.post(f"{day.board}/close", json={"same_shifts": True}, headers=headers)
        assert closed.status_code == 200, closed.text
        again = client.post(f"{day.board}/close", json={"same_shifts": True}, headers=headers)
        assert again.content == closed.content
        board = closed.json()
        assert (board["state"], board["published_plan_id"] is not None) == ("closed", True)
        assert client.get(waiting).json()["state"] == "cancelled"

        following = client.get(f"/scenarios/{board['closed']['scenario_id']}/content").json()
        assert following["horizon"]["first_day"] == "2026-07-16"
        left = {job["job_id"] for job in following["jobs"]}
        assert {"J1", "J4"} <= left  # nobody opened at J1, J4 was left out
        assert not left & {"J2", "J3", "K1"}  # done, done, another branch's
        report = client.get(f"{day.board}/report").json()["report"]
        assert set(report["done"]) == {"J2", "J3"}
        assert report["second_visits"] == ["J1"]

        for verb, body in (("events", {"events": []}), ("proposals", {}), ("undo", None)):
            refused = client.post(f"{day.board}/{verb}", json=body, headers=NEWEST)
            assert refused.status_code in (409, 422), verb
        missing = {"kind": "no_show", "at": "2026-07-15T12:00:00+08:00", "technician_id": "T1"}
        late = client.post(f"{day.board}/events", json={"events": [missing]}, headers=NEWEST)
        assert (late.status_code, "closed" in late.json()["detail"]) == (409, True)
        key_for(client, "admin")
        viewer = key_for(client, "viewer")
        assert "C-J1" not in client.get(f"{day.board}/report", headers=viewer).text
        with day.office.backend.store.read() as tx:
            kinds = [one.kind for one in tx.query(tables.BoardEntry).order_by(tables.BoardEntry.version)]
        assert kinds[-1] == "closed"
