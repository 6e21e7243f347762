"""What happens on the day is noted in an order that makes sense."""

from collections.abc import Sequence
from typing import Any

import pytest

from optimizer.errors import InvalidInput
from service.boards.happen import happen, planned_crew
from service.boards.live import FactState, Live, live_of
from service.boards.records import NewFact
from service.caller import LOCAL
from service.door.problem import Problem
from service.store import Store, Transaction, tables
from tests.unit.service.boards.day import NEWEST, Office, X, Y, at
from tests.unit.service.boards.store import board_with
from tests.unit.service.served import NOON, key_for

STEPS: tuple[FactState, ...] = ("contacted", "on_the_way", "arrived", "started", "finished")


def report(store: Store, row: tables.Board, *facts: tuple[str, str] | tuple[str, str, str]) -> Live:
    """Report facts of J1 one after another and return the day; the last one's error is raised."""

    def work(tx: Transaction) -> Live:
        board = tx.get_one(tables.Board, row.board_id)
        for state, clock, *who in facts:
            told = NewFact.model_validate(
                {"state": state, "at": at(clock), "technician_id": who[0] if who else None}
            )
            happen(tx, LOCAL, board, "J1", told, NOON)
        return live_of(board)

    return store.write(work)


def test_the_usual_way_through_a_job(with_store: Store) -> None:
    row = board_with(with_store, {"J1": ("T1",)})
    clocks = ("08:00", "08:30", "09:00", "09:05", "10:00")
    live = report(with_store, row, *zip(STEPS, clocks, strict=True))
    assert tuple(one.state for one in live.facts["J1"]) == STEPS


@pytest.mark.parametrize(
    ("before", "fact"),
    [
        ([], "finished"),
        (["arrived"], "finished"),
        (["started", "finished"], "started"),
        (["started", "finished"], "no_access"),
        (["started"], "arrived"),
        (["arrived"], "on_the_way"),
        (["started"], "no_access"),
        (["no_access"], "started"),
        (["site_not_ready"], "finished"),
        (["part_missing"], "contacted"),
    ],
)
def test_what_cannot_be_is_refused(with_store: Store, before: Sequence[str], fact: str) -> None:
    row = board_with(with_store, {"J1": ("T1",)})
    facts = [(state, f"09:{minute:02d}") for minute, state in enumerate([*before, fact])]
    with pytest.raises(Problem) as caught:
        report(with_store, row, *facts)
    assert caught.value.kind.status == 409


@pytest.mark.parametrize("end", ["finished", "part_missing", "site_not_ready"])
def test_a_started_job_may_end_in_three_ways(with_store: Store, end: str) -> None:
    row = board_with(with_store, {"J1": ("T1",)})
    live = report(with_store, row, ("started", "09:00"), (end, "09:30"))
    assert live.facts["J1"][-1].state == end


def test_the_same_fact_again_changes_nothing_and_another_time_is_refused(with_store: Store) -> None:
    row = board_with(with_store, {"J1": ("T1",)})
    live = report(with_store, row, ("started", "09:00"), ("started", "09:00"))
    assert len(live.facts["J1"]) == 1
    with pytest.raises(Problem) as caught:
        report(with_store, row, ("started", "09:01"))
    assert "the first report stands" in caught.value.detail


def test_each_of_a_crew_is_on_the_way_and_arrives_but_the_job_starts_once(with_store: Store) -> None:
    row = board_with(with_store, {"J1": ("T1", "T2")})
    live = report(
        with_store,
        row,
        ("arrived", "09:00", "T1"),
        ("on_the_way", "08:50", "T2"),  # T1 is there already: that is no matter of T2's
        ("started", "09:10", "T1"),
        ("arrived", "09:20", "T2"),
        ("finished", "10:00", "T2"),
    )
    assert [(one.state, one.technician_id) for one in live.facts["J1"]] == [
        ("arrived", "T1"),
        ("on_the_way", "T2"),
        ("started", "T1"),
        ("arrived", "T2"),
        ("finished", "T2"),
    ]
    with pytest.raises(Problem):
        report(with_store, row, ("started", "09:30", "T2"))


def test_a_fact_is_neither_before_an_earlier_one_nor_in_the_future(with_store: Store) -> None:
    row = board_with(with_store, {"J1": ("T1",)})
    report(with_store, row, ("started", "11:00"))
    for clock, code in (("10:59", "before-an-earlier-fact"), ("12:06", "in-the-future")):  # it is 12:00
        with pytest.raises(InvalidInput) as caught:
            report(with_store, row, ("finished", clock))
        assert [(one.code, one.path) for one in caught.value.issues] == [(code, "at")]
    report(with_store, row, ("contacted", "08:00"))  # a call is often noted later
    assert report(with_store, row, ("finished", "12:05")).facts["J1"][-1].state == "finished"


def test_it_is_reported_of_somebody_the_plan_sends(with_store: Store) -> None:
    row = board_with(with_store, {"J1": ("T1", "T2")})
    with pytest.raises(InvalidInput) as caught:
        report(with_store, row, ("started", "09:00", "T3"))
    assert [(one.code, one.path) for one in caught.value.issues] == [("not-on-the-job", "technician_id")]
    assert report(with_store, row, ("started", "09:00")).facts["J1"][0].technician_id == "T1"
    with pytest.raises(Problem):
        planned_crew(live_of(row), LOCAL, "J2")


def test_a_technician_reports_own_jobs_only(office: Office) -> None:
    board = office.board()
    office.publish(board, office.plan(X))  # T1: J1, J2; T2: J3
    key = key_for(office.client, "technician", branches=["B1"], technician_id="T1")
    looker = key_for(office.client, "viewer")

    def sent(job: str, headers: dict[str, str], **more: Any) -> Any:
        body = {"state": "contacted", "at": at("08:00"), **more}
        return office.client.post(f"{board}/jobs/{job}/progress", json=body, headers={**headers, **NEWEST})

    assert sent("J1", key).status_code == 200
    assert sent("J3", key).status_code == 404
    assert sent("J9", key).status_code == 404
    assert sent("J2", key, technician_id="T2").status_code == 422
    assert sent("J1", looker).status_code == 403
    office_key = key_for(office.client, "dispatcher")
    assert sent("J3", office_key).status_code == 200
    happened = office.client.get(board, headers=office_key).json()["happened"]
    assert [(one["job_id"], one["facts"][0]["technician_id"]) for one in happened] == [
        ("J1", "T1"),
        ("J3", "T2"),
    ]


def test_nothing_is_reported_of_a_plan_that_is_only_a_draft(office: Office) -> None:
    board = office.board()
    office.put(board, office.plan(X))
    body = {"state": "contacted", "at": at("08:00")}
    answer = office.client.post(f"{board}/jobs/J1/progress", json=body, headers=NEWEST)
    assert answer.status_code == 404


def test_what_has_started_is_not_taken_away_by_another_plan(office: Office) -> None:
    board = office.board()
    office.publish(board, office.plan(X))

    def reported(state: str, clock: str) -> None:
        fact = {"state": state, "at": at(clock)}
        answer = office.client.post(f"{board}/jobs/J3/progress", json=fact, headers=NEWEST)
        assert answer.status_code == 200, answer.text

    reported("arrived", "09:05")
    office.publish(board, office.plan(Y))  # J3 goes from T2 to T1: who is only there can be called off
    reported("started", "09:20")
    for other in (X, {"T1": ("J1",)}):  # T2 is to do it, or nobody
        office.put(board, office.plan(other))
        office.client.post(f"{board}/approve", headers=NEWEST)
        refused = office.client.post(f"{board}/publish", headers=NEWEST)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")
        assert "at work at J3" in refused.json()["detail"]
    office.publish(board, office.plan(Y | {"T1": ("J3", "J4")}))  # more for the same people is no harm
    reported("finished", "10:00")
    office.publish(board, office.plan(X))
