"""Promised times that are about to be missed are announced, each once."""

import re
from dataclasses import replace
from datetime import datetime

from service.boards.watch import look
from service.store import tables
from tests.unit.service.boards.day import NEWEST, Office, X, at


def announced(office: Office, clock: str) -> list[str]:
    """Look at the boards at a time of the day and return which jobs were announced so far, sorted."""
    moment = datetime.fromisoformat(at(clock))
    look(replace(office.backend, now=lambda: moment))
    with office.backend.store.read() as tx:
        messages = [row.message for row in tx.query(tables.Delivery) if row.event == "clock.at_risk"]
    return sorted(message["data"]["job_id"] for message in messages)


def test_a_promise_is_announced_once_unless_somebody_is_there(office: Office) -> None:
    hook = {"url": "https://example.com/hook", "events": ["clock.at_risk"]}
    assert office.client.post("/webhooks", json=hook).status_code == 201
    board = office.board()
    office.put(board, office.plan(X))
    assert announced(office, "10:45") == []  # a draft promises nothing
    office.publish(board, office.plan(X))
    promises = {one["job_id"]: one for one in office.client.get(board).json()["promises"]}
    assert promises["J1"]["window"]["end"] == at("11:00")  # the agreed window
    office.client.post(
        f"{board}/jobs/J3/progress", json={"state": "arrived", "at": at("09:10")}, headers=NEWEST
    )
    assert announced(office, "10:29") == []  # 31 minutes before the first window ends
    on_the_way = {"state": "on_the_way", "at": at("09:00")}
    office.client.post(f"{board}/jobs/J1/progress", json=on_the_way, headers=NEWEST)
    assert "J1" in announced(office, "10:31")  # on the way is not there
    assert announced(office, "10:32").count("J1") == 1
    assert "J3" not in announced(office, "23:00")


def test_messages_hold_what_the_manual_says(office: Office) -> None:
    hook = {"url": "https://example.com/hook", "events": ["run.finished", "plan.published", "clock.at_risk"]}
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
