from datetime import UTC, datetime
from pathlib import Path

import pytest

from optimizer.domain.event import OnTheWay
from optimizer.domain.job import Job
from optimizer.domain.orders import Orders
from optimizer.domain.place import Place
from optimizer.domain.preview import Move
from optimizer.interchange.scenario_text import scenario_json
from service.boards.records import NewBoard, NewTelling
from service.client import Client, ServiceProblem
from service.keys.records import NewKey
from service.runs.records import RunRequest
from service.scenarios.records import ScenarioInfo
from tests.unit.service.boards.day import DAY, at, two_branches


@pytest.fixture
def scenario(client: Client) -> ScenarioInfo:
    return client.upload_scenario(two_branches(), note="for a test")


def orders(routes: dict[str, tuple[str, ...]]) -> Orders:
    days = [{"technician_id": who, "day": DAY, "jobs": jobs} for who, jobs in routes.items()]
    return Orders.model_validate({"routes": days})


def test_one_call_gives_the_plan(client: Client) -> None:
    told: list[str] = []
    document = client.plan(two_branches(), iterations=1, told=lambda event: told.append(event.kind))
    # R1 is a repair, and nobody has that skill; the other six jobs fit easily into three days.
    assert [one.job_id for one in document.assessment.unserved] == ["R1"]
    assert (told[0], told[-1]) == ("queued", "finished")


def test_a_scenario_is_read_from_a_file(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "day.json"
    file.write_text(scenario_json(two_branches()), encoding="utf-8")
    assert client.upload_scenario(file).name == "two-branches"


def test_a_scenario_goes_from_revision_to_revision(client: Client, scenario: ScenarioInfo) -> None:
    newer = client.patch_scenario_content(
        scenario, {"jobs": {"J1": {"priority": "emergency"}}}, note="a call"
    )
    assert (scenario.revision, newer.revision) == (1, 2)
    (change,) = client.compare_revisions(scenario.scenario_id, 1).changes
    assert change.pointer == "/jobs/J1/priority"
    assert client.list_revisions(scenario.scenario_id).revisions[0].note == "a call"
    with pytest.raises(ServiceProblem) as refused:
        client.replace_scenario_content(scenario, two_branches())
    assert (refused.value.status, refused.value.kind) == (412, "changed-meanwhile")
    again = client.replace_scenario_content(newer, two_branches())
    assert client.get_scenario_content(again.scenario_id) == two_branches()
    client.delete_scenario(again)
    with pytest.raises(ServiceProblem, match="There is no scenario"):
        client.get_scenario(again.scenario_id)


def test_all_mistakes_are_named(client: Client) -> None:
    said = client.validate_scenario({"name": "x", "horizon": {"first_day": DAY}, "branches": []})
    assert not said.valid
    assert {"/jobs", "/technicians"} <= {one.pointer for one in said.issues}
    with pytest.raises(ServiceProblem) as refused:
        client.time_plan("scn_none", orders({}))
    assert refused.value.status == 404


def test_single_jobs_are_taken_in(client: Client, scenario: ScenarioInfo) -> None:
    # An id may hold any sign; the client writes it into addresses as it has to be.
    job = Job(job_id="N/1 ?", type="survey", place=Place(lat=28.2, lon=113.0), branch_id="B1")
    assert client.take_job_in(scenario, job, "not_tried").state == "waiting"
    assert [one.job_id for one in client.list_intakes(scenario.scenario_id).intakes] == ["N/1 ?"]
    assert client.tell_outcome(scenario, "N/1 ?", solved=False).revision == 2


def test_a_board_is_led_to_the_end_of_the_day(client: Client, scenario: ScenarioInfo) -> None:
    plan = client.time_plan(scenario.scenario_id, orders({"T1": ("J1", "J2"), "T2": ("J3",)}))
    board = client.create_board(
        NewBoard(scenario_id=scenario.scenario_id, branch_id="B1", day=two_branches().horizon.first_day)
    )
    board = client.put_draft(board, plan.plan_id)
    board = client.approve_draft(board)
    board = client.withdraw_approval(board)
    board = client.publish_draft(client.approve_draft(board))
    assert board.state == "published"
    moment = datetime(2026, 7, 15, 0, 30, tzinfo=UTC)
    told = client.tell_customer(board, "J1", NewTelling(at=moment))
    with pytest.raises(ServiceProblem) as late:  # the board has changed since
        client.tell_customer(board, "J2", NewTelling(at=moment))
    assert late.value.status == 412
    on_the_way = OnTheWay(kind="on_the_way", at=datetime.fromisoformat(at("08:40")), job_id="J1")
    board = client.report_events(told, on_the_way)
    view = client.get_board(board.board_id)
    assert view.board == board
    assert [one.event for one in view.happened] == [on_the_way]
    assert client.list_events(board.board_id).events == view.happened
    assert [one.kind for one in client.list_board_entries(board.board_id, limit=2).entries] == [
        "happened",
        "told",
    ]
    assert client.get_order(board.board_id, "T1").technician_id == "T1"
    assert client.get_order_page(board.board_id, "T1", language="en").startswith(b"<!DOCTYPE html>")
    assert len(client.get_orders(board.board_id).sheets) == 2


def test_a_plan_is_asked_about(client: Client, scenario: ScenarioInfo) -> None:
    one = client.time_plan(scenario.scenario_id, orders({"T1": ("J1", "J2")}))
    other = client.time_plan(scenario.scenario_id, orders({"T1": ("J1",), "T2": ("J2",)}))
    document = client.get_plan_content(one.plan_id)
    assert client.check_plan(scenario.scenario_id, document).sound
    assert client.get_bill(one.plan_id) == document.assessment.bill
    days = client.get_timetable(one.plan_id, technician_id="T1").shifts
    assert [stop.job_id for day in days for stop in day.stops] == ["J1", "J2"]
    assert {one.job_id for one in client.get_unserved(one.plan_id).reasons} == {"J3", "J4", "K1", "K2", "R1"}
    assert client.compare_plans(one.plan_id, other.plan_id).jobs
    move = Move(job_id="J2", technician_id="T2", day=two_branches().horizon.first_day)
    assert client.preview_move(one.plan_id, move).allowed
    assert len(client.explain_plan(one.plan_id, job_id="R1").answers) == 1
    assert b"FeatureCollection" in client.export_plan(one.plan_id, "geojson")


def test_a_run_is_asked_for_and_cancelled(client: Client, scenario: ScenarioInfo) -> None:
    run = client.ask_for_run(RunRequest(scenario_id=scenario.scenario_id))
    ended = client.wait_for_run(run.run_id)
    assert ended.state == "finished"
    assert [one.run_id for one in client.list_runs(scenario_id=scenario.scenario_id).runs] == [run.run_id]
    with pytest.raises(ServiceProblem, match="has ended already"):
        client.cancel_run(run.run_id)


def test_keys_are_made_and_withdrawn(address: str, client: Client) -> None:
    # The last test of the module: from the first key on nothing is open without one.
    made = client.add_key(NewKey(name="desk", role="admin"))
    with pytest.raises(ServiceProblem) as refused:
        client.list_keys()
    assert refused.value.status == 401
    with Client(address, key=made.secret) as admin:
        assert admin.get_session().role == "admin"
        viewer = admin.add_key(NewKey(name="screen", role="viewer"))
        admin.revoke_key(viewer.key.key_id)
        assert [one.revoked_at is None for one in admin.list_keys().keys] == [False, True]
        assert "add_key" in {entry.action for entry in admin.read_audit_log().entries}
        assert admin.get_readiness().ready
