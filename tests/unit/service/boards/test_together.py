"""Several people at one board at the same time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from threading import Barrier
from threading import Event as Signal

import pytest

from optimizer.domain.event import Contacted
from service.boards.approve import approve
from service.boards.change import the_board, to_change
from service.boards.create import create
from service.boards.draft import put_draft
from service.boards.happen import happen
from service.boards.part import Cut, cut
from service.boards.publish import publish
from service.boards.records import NewBoard
from service.boards.sheets import sheets_of_board
from service.boards.show import show
from service.caller import LOCAL
from service.door.problem import Problem
from service.door.problem_kinds import CHANGED_MEANWHILE
from service.door.versions import etag
from service.plans.keep import keep_plan, packed
from service.scenarios.upload import upload, written
from service.store import Store, Transaction, tables
from service.store.board_events import event_rows
from service.store.boards import entry_rows
from tests.unit.service.boards.day import DAY, X, Y, at, plan_of, two_branches
from tests.unit.service.boards.store import board_with
from tests.unit.service.served import NOON


def change(store: Store, board_id: str, work: Callable[[Transaction, tables.Board], object]) -> None:
    """Read a board, decide, and write: again when somebody else was quicker."""
    while True:
        with store.read() as tx:
            match = etag(the_board(tx, LOCAL, board_id).version)
        try:
            store.write(partial(_decided, board_id=board_id, match=match, work=work))
        except Problem as problem:
            if problem.kind is not CHANGED_MEANWHILE:
                raise
        else:
            return


def _decided(
    tx: Transaction, *, board_id: str, match: str, work: Callable[[Transaction, tables.Board], object]
) -> object:
    return work(tx, to_change(tx, LOCAL, board_id, match))


@pytest.mark.parametrize("each", [50, pytest.param(500, marks=pytest.mark.slow)])
def test_two_dispatchers_lose_nothing_of_each_other(with_store: Store, each: int) -> None:
    jobs = [f"J{number}" for number in range(2 * each)]
    row = board_with(with_store, dict.fromkeys(jobs, ("T1",)))

    def contacted(job_id: str, tx: Transaction, board: tables.Board) -> object:
        event = Contacted(kind="contacted", at=datetime.fromisoformat(at("08:00")), job_id=job_id)
        return happen(tx, LOCAL, board, (event,), NOON)

    def dispatcher(first: int) -> None:
        for job in jobs[first::2]:
            change(with_store, row.board_id, partial(contacted, job))

    with ThreadPoolExecutor(2) as both:
        list(both.map(dispatcher, (0, 1)))
    with with_store.read() as tx:
        board = the_board(tx, LOCAL, row.board_id)
        entries = entry_rows(tx, row.board_id, before=None, limit=3 * each)
        events = event_rows(tx, row.board_id)
    assert {one.event["job_id"] for one in events} == set(jobs)
    assert [one.number for one in events] == list(range(1, 2 * each + 1))
    assert board.version == 2 * each + 1
    assert [one.version for one in entries] == list(range(board.version, 0, -1))
    assert [one.data["numbers"] for one in entries[:-1]] == [[one.number] for one in reversed(events)]


def test_of_many_who_publish_at_once_one_does(with_store: Store) -> None:
    board_id, cuts = two_plans(with_store)
    ready(with_store, board_id, cuts[0])
    together = Barrier(20)

    def one_of_them(_: int) -> str:
        together.wait()
        try:
            with_store.write(lambda tx: publish(tx, LOCAL, to_change(tx, LOCAL, board_id, etag(3)), NOON))
        except Problem as problem:
            return problem.kind.slug
        return "published"

    with ThreadPoolExecutor(20) as many:
        said = sorted(many.map(one_of_them, range(20)))
    assert said == ["changed-meanwhile"] * 19 + ["published"]
    with with_store.read() as tx:
        assert the_board(tx, LOCAL, board_id).version == 4


@pytest.mark.parametrize("times", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_a_reader_never_sees_a_mixture_of_two_plans(with_store: Store, times: int) -> None:
    board_id, cuts = two_plans(with_store)
    by_plan = {one.part.plan_id: one for one in cuts}
    done, read = Signal(), Signal()

    def publisher() -> None:
        try:
            for number in range(times):
                ready(with_store, board_id, cuts[number % 2])
                change(with_store, board_id, lambda tx, row: publish(tx, LOCAL, row, NOON))
                read.clear()
                assert read.wait(60)  # every plan is seen at least once
        finally:
            done.set()

    def reader() -> Iterator[str]:
        while not done.is_set():
            with with_store.read() as tx:
                view = show(tx, LOCAL, the_board(tx, LOCAL, board_id), NOON)
                if view.published is None:
                    continue
                sheets = sheets_of_board(tx, LOCAL, board_id)
            expected = by_plan[view.published.plan_id]
            assert view.published == expected.part
            assert view.board.publication is not None
            assert {view.board.publication.plan_id, view.board.published_plan_id} == {expected.part.plan_id}
            assert view.promises == expected.part.promises
            assert sheets.orders == expected.orders
            assert sheets.version == view.board.version
            read.set()
            yield expected.part.plan_id

    with ThreadPoolExecutor(2) as both:
        publishing = both.submit(publisher)
        seen = both.submit(lambda: list(reader()))
        publishing.result()
        assert set(seen.result()) == set(by_plan)
    with with_store.read() as tx:
        assert the_board(tx, LOCAL, board_id).version == 1 + 3 * times  # drafted, approved, published
        parts = tx.query(tables.BoardPart).all()
    # The last one and the one before it, to which the board can go back.
    assert {one.plan_id for one in parts} == set(by_plan)


def two_plans(store: Store) -> tuple[str, tuple[Cut, Cut]]:
    """Store a board and two plans for it, and return its id and the branch's parts of both."""
    scenario = two_branches()
    documents = [plan_of(scenario, routes) for routes in (X, Y)]

    def work(tx: Transaction) -> tuple[str, list[str]]:
        scenario_id = upload(tx, LOCAL, written(scenario), "", NOON).about
        board = NewBoard.model_validate({"scenario_id": scenario_id, "branch_id": "B1", "day": DAY})
        ids = [
            keep_plan(
                tx, packed(one), scenario_id=scenario_id, revision=1, run_id=None, made_by="test", now=NOON
            ).plan_id
            for one in documents
        ]
        return create(tx, LOCAL, board, NOON).about, ids

    board_id, ids = store.write(work)
    with store.read() as tx:
        day = the_board(tx, LOCAL, board_id).day
    x, y = (
        cut(scenario, document, plan_id=plan_id, revision=1, branch_id="B1", day=day, window_min=120)
        for plan_id, document in zip(ids, documents, strict=True)
    )
    return board_id, (x, y)


def ready(store: Store, board_id: str, made: Cut) -> None:
    """Make a plan the draft and let somebody say yes to it."""
    change(store, board_id, lambda tx, row: put_draft(tx, LOCAL, row, made, NOON))
    change(store, board_id, lambda tx, row: approve(tx, LOCAL, row, NOON))
