"""The rest of a published day is planned again, a proposal is published, and taken back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from optimizer.settings import Settings
from service.boards.live import live_of
from service.store import Store, tables
from service.store.retention import sweep
from tests.unit.service.boards.day import NEWEST, X
from tests.unit.service.boards.live_day import LiveDay, live_day, live_day_in
from tests.unit.service.served import key_for


@pytest.fixture
def day(tmp_path: Path) -> Iterator[LiveDay]:
    with live_day(tmp_path) as one:
        yield one


def test_who_calls_off_is_planned_around_and_the_rest_of_the_board_follows(day: LiveDay) -> None:
    client = day.office.client
    day.it_is("08:40")
    day.happens(kind="call_off", technician_id="T1")  # T1: J1, J2; T2: J3
    address, found = day.proposals()
    assert (found["state"], found["knows"], found["stale"], found["problem"]) == ("finished", 1, False, None)
    one = found["proposals"][0]
    timetable = client.get(f"/plans/{one['plan_id']}/timetable").json()
    assert {shift["technician_id"] for shift in timetable["shifts"]} == {
        "T2"
    }  # the branch's own people alone
    jobs = {stop["job_id"] for shift in timetable["shifts"] for stop in shift["stops"]}
    assert {"J1", "J2", "J3"} <= jobs
    assert not jobs & {"K1", "K2"}  # B2's are B2's
    assert {"J1", "J2"} <= {change["job_id"] for change in one["changes"]}
    published = day.publish(address, one["plan_id"])
    assert published.status_code == 200, published.text
    view = client.get(day.board).json()
    assert view["board"]["published_plan_id"] == view["published"]["plan_id"] == one["plan_id"]
    publication = view["board"]["publication"]
    assert (publication["revision"], publication["knows"]) == (one["revision"], 1)
    assert publication["approved_by"] is None
    assert client.get(f"/scenarios/{day.office.scenario_id}").json()["revision"] == 1  # the question stays
    assert client.get(f"{day.board}/orders/T2").status_code == 200


def test_every_operation_on_plans_takes_a_proposal(day: LiveDay) -> None:
    day.happens(kind="cancelled", job_id="J2")
    _, found = day.proposals()
    plan_id = found["proposals"][0]["plan_id"]
    with day.office.backend.store.read() as tx:
        plan = tx.get_one(tables.Plan, plan_id)
        question = tx.get_one(tables.Revision, (plan.scenario_id, plan.revision))
        document = {"scenario_id": plan.scenario_id, "revision": plan.revision, "document": None}
        content = day.office.client.get(f"/plans/{plan_id}/content").json()
        assert content["plan"]["scenario_sha256"] == question.sha256
    checked = day.office.client.post("/plans/check", json={**document, "document": content})
    assert checked.json()["sound"], checked.text
    assert checked.json()["differences"] == []


def test_the_same_iterations_give_the_same_plans(day: LiveDay) -> None:
    day.happens(kind="call_off", technician_id="T1")
    figures = [
        [(one["name"], one["total_cents"], one["to_tell"]) for one in day.proposals(seed=3)[1]["proposals"]]
        for _ in range(2)
    ]
    assert figures[0] == figures[1]


def test_what_happens_meanwhile_supersedes_a_re_plan(day: LiveDay) -> None:
    client = day.office.client
    day.happens(kind="call_off", technician_id="T1")
    waiting = day.asked()
    day.happens(kind="cancelled", job_id="J3")
    superseded = client.get(waiting).json()
    assert (superseded["state"], superseded["superseded_by"], superseded["stale"]) == ("cancelled", 2, True)
    events = client.get(f"/runs/{superseded['run_id']}/events").text
    assert "event: superseded" in events
    day.compute()
    assert client.get(waiting).json()["proposals"] == []


def test_stale_proposals_are_refused_with_what_has_come_since(day: LiveDay) -> None:
    day.happens(kind="call_off", technician_id="T1")
    address, found = day.proposals()
    day.it_is("08:50")
    day.happens(kind="cancelled", job_id="J3")
    refused = day.publish(address, found["proposals"][0]["plan_id"])
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/stale-proposals")
    assert [one["event"]["kind"] for one in refused.json()["changes"]] == ["cancelled"]
    address, found = day.proposals()
    other = day.proposals()
    assert day.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
    assert day.publish(other[0], other[1]["proposals"][0]["plan_id"]).status_code == 409
    unknown = day.publish(address, day.office.plan(X))
    assert unknown.status_code == 409  # the published plan is another one by now


def test_a_proposal_does_not_take_away_what_has_begun_by_the_plan_meanwhile(day: LiveDay) -> None:
    day.happens(kind="call_off", technician_id="T1", away_from="15:00")
    address, found = day.proposals()
    stops = {
        stop["job_id"]: (shift["technician_id"], stop["start"])
        for shift in day.office.client.get(day.board).json()["published"]["shifts"]
        for stop in shift["stops"]
    }
    assert stops["J3"][0] == "T2"
    day.it_is("12:00")  # nobody has reported anything
    for one in found["proposals"]:
        view = day.office.client.get(f"/plans/{one['plan_id']}/timetable").json()
        leads = {
            stop["job_id"]: shift["technician_id"] for shift in view["shifts"] for stop in shift["stops"]
        }
        moved = [job_id for job_id, (who, _) in stops.items() if leads.get(job_id) != who]
        answer = day.publish(address, one["plan_id"])
        assert answer.status_code == (409 if moved else 200)


def test_a_day_goes_on_from_a_proposal(day: LiveDay) -> None:
    day.it_is("10:00")
    day.happens(kind="call_off", technician_id="T2")
    address, found = day.proposals()
    assert day.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
    day.it_is("10:30")
    new = {"job_id": "N1", "type": "survey", "place": {"lat": 28.21, "lon": 113.0}, "branch_id": "B1"}
    day.happens(kind="new_job", job=new)
    address, again = day.proposals()
    assert again["problem"] is None
    assert again["knows"] == 2
    plan_id = again["proposals"][0]["plan_id"]
    assert day.publish(address, plan_id).status_code == 200
    served = day.office.client.get(f"/plans/{plan_id}/timetable").json()["shifts"]
    assert "N1" in {stop["job_id"] for shift in served for stop in shift["stops"]}


@pytest.mark.parametrize("drops_out", [True, False])
def test_a_day_goes_on_from_work_that_began_and_whose_end_nobody_reported(
    day: LiveDay, drops_out: bool
) -> None:
    (j3,) = (
        stop
        for shift in day.office.client.get(day.board).json()["published"]["shifts"]
        for stop in shift["stops"]
        if stop["job_id"] == "J3"
    )
    day.it_is(j3["start"][11:16])
    day.happens(kind="started", job_id="J3")
    if drops_out:  # T2 at once, so that J3 is free for T1
        day.happens(kind="call_off", technician_id="T2")
    else:  # planned again while it goes on, J3 is taken to be done by the time that this plan says
        address, found = day.proposals()
        assert day.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
        day.clock[0] = datetime.fromisoformat(j3["end"]) + timedelta(minutes=30)
    address, found = day.proposals()
    answer = day.publish(address, found["proposals"][0]["plan_id"])
    assert answer.status_code == 200, answer.text
    leads = {
        stop["job_id"]: shift["technician_id"]
        for shift in day.office.client.get(day.board).json()["published"]["shifts"]
        for stop in shift["stops"]
    }
    assert leads.get("J3") == ("T1" if drops_out else None)


def test_the_last_publication_is_taken_back_once(day: LiveDay) -> None:
    client = day.office.client
    first = client.get(day.board).json()
    nothing = client.post(f"{day.board}/undo", headers=NEWEST)
    assert nothing.status_code == 409
    day.happens(kind="call_off", technician_id="T1")
    address, found = day.proposals()
    assert day.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
    back = client.post(f"{day.board}/undo", headers=NEWEST)
    assert back.status_code == 200, back.text
    now = client.get(day.board).json()
    assert {name: now[name] for name in ("published", "promises")} == {
        name: first[name] for name in ("published", "promises")
    }
    assert now["board"]["publication"] == first["board"]["publication"]
    assert client.post(f"{day.board}/undo", headers=NEWEST).status_code == 409
    address, found = day.proposals()  # what has happened is not forgotten
    assert "T1" not in {
        shift["technician_id"]
        for shift in client.get(f"/plans/{found['proposals'][0]['plan_id']}/timetable").json()["shifts"]
    }


def test_what_has_begun_by_the_newer_plan_is_not_taken_back(day: LiveDay) -> None:
    client = day.office.client
    day.happens(kind="call_off", technician_id="T1")
    address, found = day.proposals()
    assert day.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
    day.it_is("09:30")
    day.happens(kind="on_the_way", job_id="J1")  # T2 goes there now
    refused = client.post(f"{day.board}/undo", headers=NEWEST)
    assert refused.status_code == 409
    assert "J1 has begun" in refused.json()["detail"]


def test_what_cannot_be_kept_is_said_at_once_and_all_of_it(day: LiveDay) -> None:
    keep: list[dict[str, Any]] = [
        {"grade": "everything", "job_ids": ["J1", "J9", "J4"]},  # J4 is left out
        {"grade": "day", "technician_ids": ["T1", "T3"]},  # T3 is of B2
    ]
    answer = day.office.client.post(f"{day.board}/proposals", json={"keep": keep})
    assert answer.status_code == 422, answer.text
    assert {(one["code"], one["pointer"]) for one in answer.json()["issues"]} == {
        ("unknown-job", "/keep/0/job_ids/1"),
        ("nothing-to-keep", "/keep/0/job_ids/2"),
        ("unknown-technician", "/keep/1/technician_ids/1"),
    }
    assert day.office.client.get(f"{day.board}/proposals").json()["proposals"] == []


def test_what_is_over_cannot_be_kept_and_the_run_says_so(day: LiveDay) -> None:
    day.it_is("11:30")
    day.happens(kind="finished", job_id="J1")
    _, found = day.proposals(keep=[{"grade": "everything", "job_ids": ["J1"]}])
    assert (found["state"], found["proposals"]) == ("failed", [])
    assert [one["pointer"] for one in found["problem"]["issues"]] == ["/keep/0/job_ids/0"]


def test_nothing_is_planned_again_before_anything_was_published(day: LiveDay) -> None:
    board = day.office.board("B2")
    assert day.office.client.post(f"{board}/proposals", json={}).status_code == 409
    both = day.office.client.post(f"{day.board}/proposals", json={"seconds": 1, "iterations": 1})
    assert both.status_code == 422


def test_customers_are_named_only_for_who_may_see_them(day: LiveDay) -> None:
    day.happens(kind="call_off", technician_id="T1")
    address, _ = day.proposals()
    key_for(day.office.client, "admin")
    for role, seen in (("viewer", False), ("dispatcher", True)):
        who = key_for(day.office.client, role)  # type: ignore[arg-type] # one of the roles
        assert ("C-J1" in day.office.client.get(address, headers=who).text) is seen


def test_who_may_see_the_branch_may_see_the_plans_proposed_for_it(day: LiveDay) -> None:
    client = day.office.client
    day.happens(kind="call_off", technician_id="T1")
    _, found = day.proposals()
    whole = client.get(day.board).json()["board"]["published_plan_id"]
    part = found["proposals"][0]["plan_id"]
    key_for(client, "admin")
    own, foreign = (key_for(client, "dispatcher", branches=[branch]) for branch in ("B1", "B2"))
    for address in ("", "/timetable", "/content", "/exports/geojson", f"/diff?newer={part}"):
        assert client.get(f"/plans/{part}{address}", headers=own).status_code == 200, address
        assert client.get(f"/plans/{part}{address}", headers=foreign).status_code == 404, address
        assert client.get(f"/plans/{whole}{address}", headers=own).status_code == 404, address
    draft = client.put(f"{day.board}/draft", json={"plan_id": part}, headers={**own, **NEWEST})
    assert [one["code"] for one in draft.json()["issues"]] == ["unknown-plan"]  # brings no plan


def test_a_board_keeps_the_parts_of_plans_that_were_followed_and_forgets_the_others(day: LiveDay) -> None:
    plans = [day.office.client.get(day.board).json()["board"]["published_plan_id"]]
    for job_id in ("J1", "J2", "J3"):
        day.happens(kind="cancelled", job_id=job_id)
        address, found = day.proposals()
        plans.append(found["proposals"][0]["plan_id"])
        assert day.publish(address, plans[-1]).status_code == 200
    assert day.office.client.post(f"{day.board}/undo", headers=NEWEST).status_code == 200
    with day.office.backend.store.read() as tx:
        row = tx.query(tables.Board).one()
        live = live_of(row)
        parts = {one.plan_id for one in tx.query(tables.BoardPart)}
    assert row.published_plan_id == plans[2]
    assert [one.plan_id for one in live.earlier] == plans[:2]
    assert parts == set(plans[:3])


def test_a_draft_is_not_published_over_a_day_that_was_planned_again(day: LiveDay) -> None:
    client = day.office.client
    day.it_is("10:30")
    day.happens(kind="cancelled", job_id="J4")
    address, found = day.proposals()
    assert day.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
    day.office.put(day.board, day.office.plan(X))
    assert client.post(f"{day.board}/approve", headers=NEWEST).status_code == 200
    refused = client.post(f"{day.board}/publish", headers=NEWEST)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")
    assert "planned again on the way" in refused.json()["detail"]
    assert "Plan the rest of the day again" in refused.json()["detail"]
    assert client.post(f"{day.board}/undo", headers=NEWEST).status_code == 200
    assert client.post(f"{day.board}/approve", headers=NEWEST).status_code == 200
    assert client.post(f"{day.board}/publish", headers=NEWEST).status_code == 200


def test_each_side_is_told_what_a_publication_means_for_it(day: LiveDay) -> None:
    client = day.office.client

    def said() -> tuple[dict[str, Any], dict[tuple[str, str], str]]:
        [last] = client.get(f"{day.board}/messages").json()["publications"]
        customers = {one["job_id"]: one for one in last["customers"]}
        return customers, {
            (one["technician_id"], one["job_id"]): one["change"] for one in last["technicians"]
        }

    customers, technicians = said()
    assert {(job_id, *one["changes"]) for job_id, one in customers.items()} == {
        ("J1", "visit"),
        ("J2", "visit"),
        ("J3", "visit"),
    }
    assert technicians == dict.fromkeys((("T1", "J1"), ("T1", "J2"), ("T2", "J3")), "added")
    assert customers["J1"]["customer"]["phone"] == "555-J1"
    day.happens(kind="call_off", technician_id="T1")
    day.happens(kind="cancelled", job_id="J2")
    address, found = day.proposals()
    assert day.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
    customers, technicians = said()
    assert "technician" in customers["J1"]["changes"]
    assert (customers["J1"]["was_technician_id"], customers["J1"]["technician_id"]) == ("T1", "T2")
    assert "J2" not in customers  # who has cancelled knows
    assert technicians["T1", "J1"] == technicians["T1", "J2"] == "taken away"
    assert technicians["T2", "J1"] == "added"
    assert len(client.get(f"{day.board}/messages", params={"limit": 5}).json()["publications"]) == 2


def test_webhooks_get_the_messages_without_the_customers(day: LiveDay) -> None:
    hook = {"url": "https://example.com/hook", "events": ["messages.made"]}
    assert day.office.client.post("/webhooks", json=hook).status_code == 201
    day.happens(kind="call_off", technician_id="T1")
    address, found = day.proposals()
    assert day.publish(address, found["proposals"][0]["plan_id"]).status_code == 200
    with day.office.backend.store.read() as tx:
        [sent] = [one.message["data"] for one in tx.query(tables.Delivery)]
    assert {one["job_id"] for one in sent["customers"]} >= {"J1"}
    assert "555-J1" not in str(sent)
    assert "C-J1" not in str(sent)


def test_a_day_goes_its_way_in_a_store_of_either_kind(with_store: Store) -> None:
    with live_day_in(with_store) as day:
        client = day.office.client
        day.happens(kind="call_off", technician_id="T1")
        overtaken = day.asked()
        day.happens(kind="cancelled", job_id="J3")
        assert client.get(overtaken).json()["state"] == "cancelled"
        broken = [{"board_id": "brd_none"}, {"board_id": day.board.rpartition("/")[2]}]
        many = client.post("/replans", json={"replans": broken}).json()["results"]
        assert [one["problem"] is None for one in many] == [False, True]
        address = f"{day.board}/proposals/{many[1]['proposals']['proposals_id']}"
        day.compute()
        one = client.get(address).json()["proposals"][0]
        assert day.publish(address, one["plan_id"]).status_code == 200
        assert client.get(f"{day.board}/messages").json()["publications"][0]["plan_id"] == one["plan_id"]
        assert client.get(f"{day.board}/due").status_code == 200
        assert client.post(f"{day.board}/undo", headers=NEWEST).status_code == 200


def test_everything_of_a_board_is_swept_with_it(day: LiveDay) -> None:
    day.happens(kind="call_off", technician_id="T1")
    day.proposals()
    kinds = (tables.Board, tables.BoardEvent, tables.Proposals, tables.BoardMessages, tables.BoardPart)
    settings = Settings(keep_runs_days=10, keep_boards_days=60)

    def counts(days: int) -> list[int]:
        sweep(day.office.backend.store, settings, day.clock[0] + timedelta(days=days))
        with day.office.backend.store.read() as tx:
            return [tx.query(kind).count() for kind in kinds]

    assert counts(59) == [1, 1, 1, 1, 1]
    assert counts(61) == [0, 0, 0, 0, 0]
