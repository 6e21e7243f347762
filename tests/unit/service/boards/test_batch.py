"""Many boards are planned again in one request; one that cannot be fails alone."""

from pathlib import Path
from typing import Any

from tests.unit.service.boards.day import NEWEST, X, at
from tests.unit.service.boards.live_day import live_day


def test_a_broken_board_fails_alone(tmp_path: Path) -> None:
    def away(who: str) -> dict[str, str]:
        return {"kind": "call_off", "at": at("08:20"), "technician_id": who}

    with live_day(tmp_path) as day:
        client, office = day.office.client, day.office
        other = office.board("B2")
        office.publish(other, office.plan(X))
        ids = [address.rpartition("/")[2] for address in (day.board, other)]
        short = {"iterations": 5}
        asked: list[dict[str, Any]] = [
            {"board_id": ids[0], "events": [away("T1")], "request": short},
            {"board_id": "brd_none", "events": [away("T1")]},
            {"board_id": ids[1], "events": [away("T3"), away("T1")], "request": short},  # T1 is not of B2
            {"board_id": ids[0], "version": 1, "request": short},
            {"board_id": ids[1], "request": short},
        ]
        answer = client.post("/replans", json={"replans": asked}, headers={"Idempotency-Key": "k"})
        assert answer.status_code == 202, answer.text
        results = answer.json()["results"]
        assert [one["board_id"] for one in results] == [one["board_id"] for one in asked]
        kinds = [one["problem"] and one["problem"]["type"].rpartition("/")[2] for one in results]
        assert kinds == [None, "not-found", "invalid-input", "changed-meanwhile", None]
        assert [one["pointer"] for one in results[2]["problem"]["issues"]] == [
            "/replans/2/events/1/technician_id"
        ]
        assert client.get(f"{other}/events").json()["events"] == []  # all of its events or none
        again = client.post("/replans", json={"replans": asked}, headers={"Idempotency-Key": "k"})
        assert (again.content, again.headers["Idempotency-Replayed"]) == (answer.content, "true")
        for _ in range(6):
            day.keeper.turn()
        states = [
            client.get(f"{board}/proposals").json()["proposals"][0]["state"] for board in (day.board, other)
        ]
        assert states == ["finished", "finished"]
        found = client.get(f"{day.board}/proposals").json()["proposals"][0]
        one = client.get(f"{day.board}/proposals/{found['proposals_id']}").json()["proposals"][0]
        body = {"plan_id": one["plan_id"]}
        published = client.post(
            f"{day.board}/proposals/{found['proposals_id']}/publish", json=body, headers=NEWEST
        )
        assert published.status_code == 200
