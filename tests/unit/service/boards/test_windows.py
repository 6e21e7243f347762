"""Which window a customer is told."""

from datetime import datetime
from typing import Any

import pytest

from optimizer.domain.promise import Promise
from optimizer.promise_windows import around, promises_to_tell
from tests.unit.service.boards.day import NEWEST, Office, X, Y, at, plan_of, two_branches


@pytest.mark.parametrize(
    ("start", "minutes", "window"),
    [
        ("10:00", 120, ("09:30", "11:30")),  # a quarter of two hours before it
        ("10:14", 120, ("09:30", "11:30")),  # 09:44, down to the quarter of an hour
        ("10:15", 120, ("09:45", "11:45")),
        ("10:00", 30, ("09:45", "10:15")),  # 09:52:30 down to 09:45: the start is still inside
        ("10:07", 30, ("09:45", "10:15")),
    ],
)
def test_a_window_lies_around_the_start(start: str, minutes: int, window: tuple[str, str]) -> None:
    found = around(datetime.fromisoformat(at(start)), minutes)
    assert (found.start.isoformat(), found.end.isoformat()) == (at(window[0]), at(window[1]))


def told_of(promises: list[dict[str, Any]]) -> list[Promise]:
    scenario = two_branches()
    plan = plan_of(scenario, X).plan
    scenario = scenario.model_copy(update={"promises": tuple(map(Promise.model_validate, promises))})
    return list(promises_to_tell(scenario, plan, frozenset({"T1", "T2"}), 120))


def test_an_agreed_window_is_told_else_one_around_the_start() -> None:
    found = {one.job_id: one for one in told_of([])}
    assert found.keys() == {"J1", "J2", "J3"}  # K1 is another branch's
    assert (found["J1"].window.start.isoformat(), found["J1"].window.end.isoformat()) == (
        at("09:30"),
        at("11:00"),
    )
    assert found["J2"].technician_id == "T1"
    assert found["J2"].window == around(found["J2"].start, 120)
    assert not any(one.told for one in found.values())


@pytest.mark.parametrize("other", [{"seat": 1}, {"part": 1}])
def test_who_leads_is_promised_on_the_first_day(other: dict[str, int]) -> None:
    scenario = two_branches()
    plan = plan_of(scenario, X).plan
    shifts = tuple(
        one.model_copy(update={"stops": tuple(stop.model_copy(update=other) for stop in one.stops)})
        if one.technician_id == "T1"
        else one
        for one in plan.shifts
    )
    plan = plan.model_copy(update={"shifts": shifts})
    found = promises_to_tell(scenario, plan, frozenset({"T1", "T2"}), 120)
    assert [one.job_id for one in found] == ["J3"]  # T2's; T1 comes along only, or a second time


def test_a_window_told_before_stays_if_the_visit_still_lies_in_it() -> None:
    known = {"job_id": "J3", "technician_id": "T2", "start": at("09:00"), "told_at": at("08:00")}
    kept = told_of([{**known, "window": {"start": at("08:55"), "end": at("09:40")}}])
    gone = told_of([{**known, "window": {"start": at("14:00"), "end": at("15:00")}}])
    j3 = {one.job_id: one for one in kept}["J3"]
    assert (j3.window.end.isoformat(), j3.told) == (at("09:40"), True)
    assert {one.job_id: one.told for one in gone}["J3"] is False
    asked = told_of([{**known, "window": {"start": at("08:55"), "end": at("09:40")}, "asked": True}])
    assert {one.job_id: one for one in asked}["J3"] == j3  # told once is enough


def test_what_was_told_stands_until_the_visit_leaves_the_window(office: Office) -> None:
    board = office.board()
    office.publish(board, office.plan(X))

    def tell(job: str, **body: Any) -> Any:
        return office.client.post(f"{board}/jobs/{job}/promise", json=body, headers=NEWEST)

    wide = {"start": at("08:00"), "end": at("18:00")}
    assert tell("J1", at=at("08:00")).status_code == 200
    assert tell("J2", at=at("08:05"), window=wide).status_code == 200
    assert tell("J3", at=at("08:10")).status_code == 200
    refused = tell("J2", at=at("08:05"), window={"start": at("06:00"), "end": at("06:30")})
    assert [(one["code"], one["pointer"]) for one in refused.json()["issues"]] == [
        ("start-outside-window", "/window")
    ]
    assert tell("J4", at=at("08:00")).status_code == 404
    version = office.client.get(board).json()["board"]["version"]
    assert tell("J1", at=at("08:00")).json()["version"] == version  # the same again
    before = {one["job_id"]: one for one in office.client.get(board).json()["told"]}
    # In the other plan T2 does J2 and then J1, T1 does J3; what was told stays told.
    office.publish(board, office.plan(Y))
    view = office.client.get(board).json()
    assert {one["job_id"]: one for one in view["told"]} == before
    now = {one["job_id"]: one for one in view["promises"]}
    assert {job: one["technician_id"] for job, one in now.items()} == {"J3": "T1", "J2": "T2", "J1": "T2"}
    assert (now["J2"]["window"], now["J2"]["told"]) == (wide, True)
