"""Promised times and clocks that are about to be missed are announced, each once."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_text import scenario_json
from service.boards.watch import PROMISED, look
from service.store import tables
from tests.unit.service.boards.day import NEWEST, Office, X, at


def messages(office: Office, clock: str) -> list[dict[str, Any]]:
    """Look at the boards at a time of the day and return what was announced so far."""
    moment = datetime.fromisoformat(at(clock))
    look(replace(office.backend, now=lambda: moment))
    with office.backend.store.read() as tx:
        rows = [row.message for row in tx.query(tables.Delivery) if row.event == "clock.at_risk"]
    return [row["data"] for row in rows]


def announced(office: Office, clock: str) -> list[str]:
    """Look at the boards at a time of the day and return whose promised times were announced so far, sorted."""
    return sorted(one["job_id"] for one in messages(office, clock) if one["code"] == PROMISED)


def clocks(office: Office, clock: str) -> list[tuple[str, str, str, str | None]]:
    """Look at the boards at a time of the day and return which clocks were announced so far, and for whom."""
    found = messages(office, clock)
    return [
        (one["job_id"], one["code"], one["label"], one["technician_id"])
        for one in found
        if one["code"] != PROMISED
    ]


def listened(office: Office) -> None:
    hook = {"url": "https://example.com/hook", "events": ["clock.at_risk"]}
    assert office.client.post("/webhooks", json=hook).status_code == 201


def test_a_promise_is_announced_once_unless_somebody_is_there(office: Office) -> None:
    listened(office)
    board = office.board()
    office.put(board, office.plan(X))
    assert announced(office, "10:45") == []  # a draft promises nothing
    office.publish(board, office.plan(X))
    promises = {one["job_id"]: one for one in office.client.get(board).json()["promises"]}
    assert promises["J1"]["window"]["end"] == at("11:00")  # the agreed window
    office.report(board, "arrived", "09:10", "J3")
    assert announced(office, "10:29") == []  # 31 minutes before the first window ends
    office.report(board, "on_the_way", "09:00", "J1")
    assert "J1" in announced(office, "10:31")  # on the way is not there
    assert announced(office, "10:32").count("J1") == 1
    assert "J3" not in announced(office, "23:00")


def test_messages_hold_what_the_manual_says(office: Office) -> None:
    hook = {
        "url": "https://example.com/hook",
        "events": ["run.finished", "study.finished", "plan.published", "messages.made", "clock.at_risk"],
    }
    assert office.client.post("/webhooks", json=hook).status_code == 201
    office.publish(office.board(), office.plan(X))
    announced(office, "10:31")
    with office.backend.store.read() as tx:
        sent = {row.event: set(row.message["data"]) for row in tx.query(tables.Delivery)}
    described = office.client.get("/openapi.json").json()["paths"]["/webhooks"]["post"]["description"]
    said = {
        event: {"about", *re.findall(r"`(\w+)`", fields)}
        for event, fields in re.findall(r"`(\w+\.\w+)`((?:,? `\w+`)+)", " ".join(described.split()))
    }
    assert set(said) == set(hook["events"])
    assert {"plan.published", "clock.at_risk"} <= set(sent)
    assert {event: said[event] for event in sent} == sent


@pytest.fixture
def repair(office: Office) -> Office:
    """A service whose scenario has the report of the repair R1 at 08:30, and people who can do it."""
    facts = office.scenario.model_dump(mode="json")
    for job in facts["jobs"]:
        if job["job_id"] == "R1":
            job["intake_at"] = at("08:30")
    for one in facts["technicians"]:
        one |= {"skills": {"survey": 3, "repair": 3}, "kits": ["repairer"]}
    office.scenario = Scenario.model_validate(facts)
    headers = {"Content-Type": "application/json", **NEWEST}
    address = f"/scenarios/{office.scenario_id}/content"
    changed = office.client.put(address, content=scenario_json(office.scenario), headers=headers)
    assert changed.json()["revision"] == 2
    listened(office)
    return office


# R1 is to be complete by the shift's end, 18:00; by when somebody is there is due tomorrow.


def test_a_clock_of_a_job_left_out_is_announced_once(repair: Office) -> None:
    repair.publish(repair.board(), repair.plan(X, revision=2))
    repair.publish(repair.board("B2"), repair.plan(X, revision=2))
    assert clocks(repair, "17:29") == []
    assert clocks(repair, "17:30") == [("R1", "COMPLETE", "target", None)]
    assert clocks(repair, "17:31") == [("R1", "COMPLETE", "target", None)]


def test_a_clock_is_announced_unless_what_meets_it_has_happened(repair: Office) -> None:
    board = repair.board()
    repair.publish(board, repair.plan({"T1": ("R1",)}, revision=2))
    repair.report(board, "started", "09:15", "R1")
    assert clocks(repair, "17:45") == [("R1", "COMPLETE", "target", "T1")]  # being there is not enough


def test_a_clock_that_was_met_is_not_announced(repair: Office) -> None:
    board = repair.board()
    repair.publish(board, repair.plan({"T1": ("R1",)}, revision=2))
    repair.report(board, "started", "09:15", "R1")
    repair.report(board, "finished", "11:00", "R1")
    assert clocks(repair, "17:45") == []
