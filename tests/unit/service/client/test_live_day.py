"""A running day is led through the client: reported, planned again, published, taken back, closed."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from optimizer.domain.event import CallOff
from optimizer.domain.job import Job
from optimizer.settings import Settings
from service.backend import Backend
from service.boards.batch_records import BoardReplan
from service.boards.records import BoardInfo, CloseRequest, NewBoard
from service.client import Client, ServiceProblem
from service.offers.records import OffersRequest
from service.proposals.records import ReplanRequest
from service.runs.keeper import Keeper
from service.store import Store
from service.store.database import sqlite_url
from service.store.migrations import upgrade
from service.studio import Studio
from tests.unit.service.boards.day import DAY, X, at, plan_orders, two_branches
from tests.unit.service.greedy_executor import GreedyExecutor
from tests.unit.service.listening import listening
from tests.unit.service.offers.desk import job

QUICK = ReplanRequest(iterations=5)


@pytest.fixture
def clock() -> list[datetime]:
    """The service's clock, as its first item."""
    return [datetime.fromisoformat(at("08:30"))]


@pytest.fixture
def client(tmp_path: Path, clock: list[datetime]) -> Iterator[Client]:
    store = Store(sqlite_url(tmp_path))
    upgrade(store)
    backend = Backend(Settings(), store, Studio(1), now=lambda: clock[0])
    with (
        listening(backend, [Keeper(backend, GreedyExecutor())]) as where,
        Client(where, patience_s=5) as one,
    ):
        yield one
    store.close()


def test_a_running_day_is_led_to_its_close(client: Client, clock: list[datetime]) -> None:
    scenario = client.upload_scenario(two_branches())
    plan = client.time_plan(scenario.scenario_id, plan_orders(X))
    new = NewBoard(scenario_id=scenario.scenario_id, branch_id="B1", day=date.fromisoformat(DAY))
    board = client.put_draft(client.create_board(new), plan.plan_id)
    board = client.publish_draft(client.approve_draft(board))

    board = client.report_events(board, CallOff(kind="call_off", at=clock[0], technician_id="T1"))
    assert client.get_due(board.board_id).not_appeared == ()
    board, asked = published_again(client, board)
    assert [one.proposals_id for one in client.list_proposals(board.board_id).proposals] == [asked]
    told = client.get_messages(board.board_id).publications[0]
    assert {one.technician_id for one in told.technicians} == {"T1", "T2"}
    assert board.publication is not None
    assert board.publication.proposals_id == asked
    board = client.undo_publication(board)
    assert board.published_plan_id == plan.plan_id

    many = client.replan_boards(BoardReplan(board_id=board.board_id, request=QUICK))
    assert [one.problem for one in many.results] == [None]
    board, _ = published_again(client, board)
    with pytest.raises(ServiceProblem) as early:
        client.close_day(board)
    assert early.value.status == 422
    clock[0] = datetime.fromisoformat(at("20:00"))
    board = client.close_day(board, CloseRequest(same_shifts=True))
    assert board.closed is not None
    assert client.get_scenario(board.closed.scenario_id).revision == 1
    over = client.get_day_report(board.board_id)
    assert over.closed == board.closed
    assert over.report is not None
    assert set(over.report.done) >= {"J1", "J2", "J3"}


def test_a_customer_is_offered_windows_and_takes_one(client: Client, clock: list[datetime]) -> None:
    scenario = client.upload_scenario(two_branches())
    plan = client.time_plan(scenario.scenario_id, plan_orders(X))
    new = NewBoard(scenario_id=scenario.scenario_id, branch_id="B1", day=date.fromisoformat(DAY))
    board = client.put_draft(client.create_board(new), plan.plan_id)
    board = client.publish_draft(client.approve_draft(board))

    request = OffersRequest(job=Job.model_validate(job("N1")), limit=3)
    offers = client.ask_for_offers(board, request)
    first, second, _ = offers.offers
    held = client.hold_slot(offers, first.window)
    assert held.hold is not None
    assert held.hold.window == first.window
    assert client.release_slot(held).state == "open"
    with pytest.raises(ServiceProblem) as gone:
        client.confirm_offer(board, offers)
    assert gone.value.kind == "offer-gone"
    board = client.confirm_offer(board, offers, second.window, technician_id="T1")
    assert board.publication is not None
    assert board.publication.offers_id == offers.offers_id
    assert client.get_offers(board.board_id, offers.offers_id).confirmed_plan_id == board.published_plan_id
    assert [one.state for one in client.list_offers(board.board_id).offers] == ["confirmed"]
    (told,) = client.get_board(board.board_id).told
    assert (told.technician_id, told.window) == ("T1", second.window)


def published_again(client: Client, board: BoardInfo) -> tuple[BoardInfo, str]:
    """Have the day planned again and publish the first proposal; return the board and the proposals' id."""
    asked = client.ask_for_proposals(board, QUICK)
    assert client.wait_for_run(asked.run_id, seconds=60).state == "finished"
    found = client.get_proposals(board.board_id, asked.proposals_id)
    return client.publish_proposal(board, asked.proposals_id, found.proposals[0].plan_id), asked.proposals_id
