"""The links of the description lead somewhere: from an upload to a promise, and to everything that may be looked at."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from optimizer.interchange.scenario_text import scenario_json
from tests.contract.branch_objects import CALL_OFF, DAY, OBJECTS, question
from tests.contract.links import Step, Walker
from tests.contract.operations import operations
from tests.unit.service.served import served

BRANCH = "B1"
ORDERS = {"routes": [{"technician_id": "T1", "day": DAY, "jobs": ["J1"]}], "made_by": "the desk"}
AT = f"{DAY}T08:00:00+08:00"


@pytest.fixture
def walker(client: TestClient) -> Walker:
    return Walker(client)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("store"), studio=1) as one:
        yield one


def good(step: Step) -> Step:
    assert step.answer.is_success, f"{step.operation_id}: {step.answer.text}"
    return step


def test_a_day_is_led_from_the_upload_to_the_promise_by_links_alone(walker: Walker) -> None:
    scenario = good(walker.call("upload_scenario", body=json.loads(scenario_json(question(BRANCH)))))
    run = good(walker.follow(scenario, "ask_for_run"))
    plan = good(walker.follow(scenario, "time_plan", orders=ORDERS))
    board = good(walker.follow(scenario, "create_board", day=DAY))
    assert board.body["branch_id"] == BRANCH  # out of what was uploaded
    # A plan does not know the board, so the caller says which; the board's version is not known from it either.
    without = walker.follow(plan, "put_draft", path={"board_id": board.answer.json()["board_id"]})
    assert without.answer.status_code == 428
    drafted = good(walker.follow(board, "put_draft", plan_id=plan.answer.json()["plan_id"]))
    approved = good(walker.follow(drafted, "approve_draft"))
    again = walker.follow(drafted, "approve_draft")
    assert again.answer.status_code == 412  # the ETag of that answer is old by now
    published = good(walker.follow(approved, "publish_draft"))
    shown = good(walker.follow(published, "get_board"))
    told = good(walker.follow(shown, "tell_customer", at=AT))
    happened = good(walker.follow(told, "report_events", events=[CALL_OFF]))
    waiting = {"job_id": "J3", "type": "survey", "place": {"lat": 28.2, "lon": 113.0}}
    taken_in = good(walker.follow(scenario, "take_job_in", job=waiting, remote_help="not_tried"))

    looked = {
        step.operation_id: walker.looked_at(step) for step in (scenario, run, plan, shown, happened, taken_in)
    }
    assert len(set().union(*looked.values())) >= 24
    assert {
        (source, target): status
        for source, statuses in looked.items()
        for target, status in statuses.items()
        if status != 200
    } == {}
    good(walker.follow(good(walker.follow(taken_in, "tell_outcome", solved=True)), "get_scenario"))
    good(walker.follow(run, "cancel_run"))


def test_what_a_list_names_first_can_be_looked_at(walker: Walker) -> None:
    lists = ("list_scenarios", "list_runs", "list_studies", "list_plans", "list_boards", "list_rules")
    looked = {name: walker.looked_at(good(walker.call(name))) for name in lists}
    assert {name: set(statuses.values()) for name, statuses in looked.items()} == {
        name: {200} for name in lists
    }


def test_links_lead_to_everything_that_needs_an_object(client: TestClient, walker: Walker) -> None:
    described = client.app.openapi()  # type: ignore[attr-defined] # the application behind the client
    led_to = {
        link["operationId"]
        for methods in described["paths"].values()
        for one in methods.values()
        for answer in one["responses"].values()
        for link in answer.get("links", {}).values()
    }
    assert {one.operation_id for one in operations(client) if {*one.names} & {*OBJECTS}} <= led_to
    assert {"ask_for_run", "create_board", "time_plan", "put_draft"} <= led_to
