"""Two branches whose people do a job together: each board is planned again and closed on its own."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from optimizer.interchange.scenario_text import scenario_json
from service.runs.keeper import Keeper
from tests.unit.replan.lent_day import ROUTES, two_branches
from tests.unit.service.boards.day import NEWEST, Office, at
from tests.unit.service.boards.live_day import LiveDay
from tests.unit.service.greedy_executor import GreedyExecutor
from tests.unit.service.served import served

Boards = dict[str, LiveDay]


@pytest.fixture
def boards(tmp_path: Path) -> Iterator[Boards]:
    """The boards of A, whose A1 leads S, and of X, which lends X1 for it; it is 08:30."""
    clock, scenario = [datetime.fromisoformat(at("08:30"))], two_branches()
    with served(tmp_path, now=lambda: clock[0]) as client:
        headers = {"Content-Type": "application/json"}
        sent = client.post("/scenarios", content=scenario_json(scenario), headers=headers)
        office = Office(client, scenario, sent.json()["scenario_id"])
        keeper, plan = Keeper(office.backend, GreedyExecutor()), office.plan(ROUTES)
        found = {}
        for branch in ("A", "X"):
            board = office.board(branch)
            office.publish(board, plan)
            found[branch] = LiveDay(office, board, keeper, clock)
        yield found


def stops(day: LiveDay, plan_id: str) -> dict[str, dict[str, str]]:
    """Return who comes to each job when."""
    shifts = day.office.client.get(f"/plans/{plan_id}/timetable").json()["shifts"]
    found: dict[str, dict[str, str]] = {}
    for shift in shifts:
        for stop in shift["stops"]:
            found.setdefault(stop["job_id"], {})[shift["technician_id"]] = stop["start"]
    return found


def test_a_board_shows_who_comes_from_elsewhere(boards: Boards) -> None:
    for branch, own, guest, other in (("A", {"A1", "A2"}, "X1", "X"), ("X", {"X1", "X2"}, "A1", "A")):
        part = boards[branch].office.client.get(boards[branch].board).json()["published"]
        assert {one["technician_id"] for one in part["technicians"]} == own
        assert {shift["technician_id"] for shift in part["shifts"]} == own
        assert part["guests"] == [{"technician_id": guest, "branch_id": other, "jobs": ["S"]}]
    sheets = {branch: day.office.client.get(f"{day.board}/orders").json() for branch, day in boards.items()}
    assert "S" in str(sheets["A"])


def test_each_branch_plans_again_and_nothing_of_the_other_one_moves(boards: Boards) -> None:
    a, x = boards["A"], boards["X"]
    client, before = a.office.client, x.office.client.get(x.board).json()
    a.happens(kind="call_off", technician_id="A2")
    address, found = a.proposals()
    assert (found["state"], found["problem"]) == ("finished", None)
    planned = stops(a, before["board"]["published_plan_id"])["S"]
    one = found["proposals"][0]
    assert stops(a, one["plan_id"])["S"] == planned
    assert set(planned) == {"A1", "X1"}
    assert a.publish(address, one["plan_id"]).status_code == 200
    assert client.get(x.board).json() == before

    x.happens(kind="call_off", technician_id="X2")
    _, theirs = x.proposals()
    assert stops(x, theirs["proposals"][0]["plan_id"])["S"] == planned

    a.it_is("08:50")  # once more, from the plan that came of the first time
    a.happens(kind="call_off", technician_id="X1")
    address, found = a.proposals()
    assert (found["state"], found["problem"]) == ("finished", None)
    for one in found["proposals"]:
        assert "X1" not in stops(a, one["plan_id"]).get("S", {})
    assert a.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
    assert client.get(a.board).json()["published"]["guests"] == []
    assert "X1" in str(client.get(x.board).json()["published"]["shifts"])


def test_who_dropped_out_on_one_board_is_due_on_the_other_until_it_is_told_there_too(boards: Boards) -> None:
    a, x = boards["A"], boards["X"]

    def away(day: LiveDay) -> list[tuple[str, str, list[str]]]:
        due = day.office.client.get(f"{day.board}/due").json()
        return [
            (one["technician_id"], one["branch_id"], one["jobs"]) for one in due.get("away_elsewhere", [])
        ]

    x.happens(kind="call_off", technician_id="X1", reason="fever")
    x.happens(kind="call_off", technician_id="X2")  # comes to no visit of A
    assert away(a) == [("X1", "X", ["S"])]
    assert "fever" not in a.office.client.get(f"{a.board}/due").text
    assert away(x) == []
    a.happens(kind="call_off", technician_id="X1")
    assert away(a) == []
    a.it_is("08:40")
    a.happens(kind="no_show", technician_id="A1")
    assert away(x) == [("A1", "A", ["S"])]
    a.happens(kind="back", technician_id="A1")
    assert away(x) == []


def test_who_is_there_for_the_whole_visit_is_not_due(boards: Boards) -> None:
    a, x = boards["A"], boards["X"]

    def away() -> list[str]:
        due = a.office.client.get(f"{a.board}/due").json()
        return [one["technician_id"] for one in due.get("away_elsewhere", [])]

    plan = a.office.client.get(a.board).json()["published"]["plan_id"]
    begins = datetime.fromisoformat(stops(a, plan)["S"]["X1"]).time()
    x.happens(kind="call_off", technician_id="X1", away_from="23:00")
    assert away() == []
    x.happens(kind="call_off", technician_id="X1", back_at=begins.isoformat())
    assert away() == []
    x.happens(kind="call_off", technician_id="X1", away_from=begins.isoformat())
    assert away() == ["X1"]
    for day in (a, x):
        day.it_is("08:40")
        day.happens(kind="call_off", technician_id="X1")
        day.it_is("08:50")
        day.happens(kind="back", technician_id="X1")
    x.it_is("09:00")
    x.happens(kind="call_off", technician_id="X1")  # once more, and told here only that X1 was back
    assert away() == ["X1"]
    a.happens(kind="cancelled", job_id="S")
    assert away() == []


def test_each_branch_closes_its_own_day(boards: Boards) -> None:
    boards["A"].it_is("20:00")
    left: dict[str, Any] = {}
    for branch, day in boards.items():
        client = day.office.client
        closed = client.post(f"{day.board}/close", json={"days": 1}, headers=NEWEST)
        assert closed.status_code == 200, closed.text
        following = client.get(f"/scenarios/{closed.json()['closed']['scenario_id']}/content").json()
        assert [one["branch_id"] for one in following["technicians"]] == [branch, branch]
        left[branch] = client.get(f"{day.board}/report").json()["report"]["done"]
    assert {branch: set(done) for branch, done in left.items()} == {"A": {"N1", "N2", "S"}, "X": {"F1", "F2"}}


def test_both_are_planned_again_in_one_request_and_a_broken_one_fails_alone(boards: Boards) -> None:
    a, x = boards["A"], boards["X"]
    ids = [day.board.rpartition("/")[2] for day in (a, x)]
    away = {"kind": "call_off", "at": at("08:20")}
    unknown = {"grade": "everything", "job_ids": ["nothing"]}
    asked = [
        {"board_id": ids[0], "events": [{**away, "technician_id": "A2"}], "request": {"iterations": 5}},
        {"board_id": ids[1], "events": [{**away, "technician_id": "X1"}], "request": {"iterations": 5}},
        {"board_id": ids[1], "request": {"iterations": 5, "keep": [unknown]}},
    ]
    answer = a.office.client.post("/replans", json={"replans": asked})
    assert answer.status_code == 202, answer.text
    results = answer.json()["results"]
    (issue,) = results[2]["problem"]["issues"]
    assert (issue["code"], issue["pointer"]) == ("unknown-job", "/replans/2/request/keep/0/job_ids/0")
    a.compute()
    states = [
        a.office.client.get(f"/boards/{one['board_id']}/proposals/{one['proposals']['proposals_id']}").json()
        for one in results[:2]
    ]
    assert [one["state"] for one in states] == ["finished", "finished"]
    assert set(stops(a, states[0]["proposals"][0]["plan_id"])["S"]) == {"A1", "X1"}
    assert "S" not in stops(x, states[1]["proposals"][0]["plan_id"])
