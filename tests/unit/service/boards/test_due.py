"""What is due now: calls, checks at three quarters of a visit, deadlines, and who has not appeared."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_text import scenario_json
from tests.unit.service.boards.day import NEWEST, X, at
from tests.unit.service.boards.live_day import LiveDay, live_day


@pytest.fixture
def day(tmp_path: Path) -> Iterator[LiveDay]:
    with live_day(tmp_path) as one:
        yield one


def due(day: LiveDay, clock: str) -> Any:
    day.it_is(clock)
    answer = day.office.client.get(f"{day.board}/due")
    assert answer.status_code == 200, answer.text
    return answer.json()


def missing(day: LiveDay, clock: str) -> set[str]:
    return {one["technician_id"] for one in due(day, clock)["not_appeared"]}


def test_who_was_not_heard_of_by_ten_is_missing(day: LiveDay) -> None:
    day.it_is("09:20")
    day.happens(kind="arrived", job_id="J3", technician_id="T2")
    assert missing(day, "09:59") == set()
    assert missing(day, "10:00") == {"T1"}
    day.happens(kind="no_show", technician_id="T1")
    assert missing(day, "10:01") == set()


def test_who_has_worked_is_not_missing_after_a_re_plan(day: LiveDay) -> None:
    day.it_is("09:40")
    day.happens(kind="finished", job_id="J1")  # nobody is named: T1 was to go
    day.happens(kind="call_off", technician_id="T2")
    address, found = day.proposals()
    assert day.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
    assert missing(day, "10:30") == set()


def test_a_promised_window_is_due_until_somebody_is_there(day: LiveDay) -> None:
    def windows(clock: str) -> set[str]:
        return {one["job_id"] for one in due(day, clock)["clocks"] if one["code"] == "APPOINTMENT"}

    assert "J1" not in windows("10:29")  # its window ends at 11:00
    assert "J1" in windows("10:31")
    day.happens(kind="arrived", job_id="J1")
    assert "J1" not in windows("10:32")


def test_after_a_visit_in_vain_the_next_one_is_due_again(day: LiveDay) -> None:
    day.it_is("09:35")
    day.happens(kind="arrived", job_id="J1")
    day.it_is("09:40")
    day.happens(kind="no_access", job_id="J1")
    assert "J1" not in {one["job_id"] for one in due(day, "10:50")["clocks"]}  # not before it is planned anew
    address, found = day.proposals()
    assert day.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
    (again,) = [one for one in day.office.client.get(day.board).json()["promises"] if one["job_id"] == "J1"]

    def windows() -> set[str]:
        day.clock[0] = datetime.fromisoformat(again["window"]["end"])
        found = day.office.client.get(f"{day.board}/due").json()["clocks"]
        return {one["job_id"] for one in found if one["code"] == "APPOINTMENT"}

    assert "J1" in windows()
    day.happens(kind="arrived", job_id="J1")
    assert "J1" not in windows()


def published_anew(day: LiveDay, facts: dict[str, Any]) -> None:
    """Let the question be another one, and publish the plan `X` for it."""
    office = day.office
    office.scenario = Scenario.model_validate(facts)
    address = f"/scenarios/{office.scenario_id}/content"
    headers = {"Content-Type": "application/json", **NEWEST}
    assert office.client.put(address, content=scenario_json(office.scenario), headers=headers).is_success
    office.publish(day.board, office.plan(X, revision=2))


def test_calls_are_done_once_they_are_reported(day: LiveDay) -> None:
    facts = day.office.scenario.model_dump(mode="json")
    for job in facts["jobs"]:
        job["intake_at"] = at("08:00")
    complaint, strong = facts["jobs"][1:3]
    complaint |= {"complaint": "complaint", "dispatched_at": at("08:05")}
    strong |= {"complaint": "strong"}
    facts["policy"]["rules"] = {"FOLLOW_UP": {"kinds": ["survey"]}}
    published_anew(day, facts)

    def asked(code: str, clock: str) -> set[str]:
        return {one["task"]["job_id"] for one in due(day, clock)["tasks"] if one["task"]["code"] == code}

    assert {"J1", "J3"} <= asked("RESPOND", "09:16")
    assert asked("COMPLAINT", "09:16") == {"J2", "J3"}
    for job_id in ("J1", "J2", "J3"):
        day.happens(kind="contacted", job_id=job_id, reached=job_id != "J1")
    assert asked("RESPOND", "09:17") & {"J1", "J2", "J3"} == {"J1"}  # nobody answered the telephone there
    assert asked("COMPLAINT", "09:17") == {"J3"}  # the manager's own
    said = {"at": at("09:17")}
    told = day.office.client.post(f"{day.board}/jobs/J3/promise", json=said, headers=NEWEST)
    assert told.status_code == 200, told.text
    assert asked("COMPLAINT", "09:21") == set()
    day.it_is("09:50")
    day.happens(kind="finished", job_id="J1")
    assert "J1" not in asked("RESPOND", "10:30")
    assert "J1" in asked("FOLLOW_UP", "17:00")  # the call from the morning is none after the visit
    day.happens(kind="contacted", job_id="J1")
    assert "J1" not in asked("FOLLOW_UP", "17:01")


def test_a_progress_check_moves_with_the_visit_and_ends_with_it(day: LiveDay) -> None:
    office = day.office
    facts = office.scenario.model_dump(mode="json")
    facts["jobs"][0]["duration_min"] = 120  # J1; shorter visits than an hour are not asked about
    published_anew(day, facts)
    view = office.client.get(day.board).json()["published"]
    stop = next(one for shift in view["shifts"] for one in shift["stops"] if one["job_id"] == "J1")
    assert stop["start"] == at("09:30")  # with five minutes to set up, three quarters have passed at 11:03:45

    def asked(clock: str) -> set[str]:
        tasks = due(day, clock)["tasks"]
        return {one["task"]["job_id"] for one in tasks if one["task"]["code"] == "PROGRESS_CHECK"}

    assert asked("11:03") == set()
    assert asked("11:04") == {"J1"}
    day.it_is("10:00")
    day.happens(kind="started", job_id="J1")  # half an hour late
    assert asked("11:33") == set()
    assert asked("11:34") == {"J1"}
    day.happens(kind="finished", job_id="J1")
    assert asked("11:35") == set()


def test_nothing_is_due_before_anything_was_published(day: LiveDay) -> None:
    board = day.office.board("B2")
    assert day.office.client.get(f"{board}/due").status_code == 409
