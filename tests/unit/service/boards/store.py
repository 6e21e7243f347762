"""Boards in a store without a service around them."""

from collections.abc import Mapping
from datetime import date

from service.boards.change import enter
from service.boards.live import Live
from service.caller import LOCAL
from service.scenarios.upload import upload, written
from service.store import Store, Transaction, tables
from service.store.boards import add_board
from tests.unit.service.boards.day import DAY, two_branches
from tests.unit.service.served import NOON


def board_with(store: Store, crews: Mapping[str, tuple[str, ...]]) -> tables.Board:
    """Store a board of B1 whose published plan sends people to jobs."""

    def work(tx: Transaction) -> tables.Board:
        scenario_id = upload(tx, LOCAL, written(two_branches()), "", NOON).about
        live = Live(window_min=120, crews=dict(crews))
        row = tables.Board(
            board_id="brd_1",
            branch_id="B1",
            day=date.fromisoformat(DAY),
            scenario_id=scenario_id,
            version=1,
            state="empty",
            draft_plan_id=None,
            published_plan_id=None,
            live=live.model_dump(mode="json"),
            changed_at=NOON,
        )
        add_board(tx, row)
        enter(tx, LOCAL, row, "created", NOON)
        return row

    return store.write(work)
