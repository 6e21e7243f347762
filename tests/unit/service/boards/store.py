"""Boards in a store without a service around them."""

from collections.abc import Mapping
from datetime import date

from optimizer.domain.event_issues import Known
from service.boards.change import enter
from service.boards.live import Live, Publication
from service.caller import LOCAL
from service.plans.keep import keep_plan, packed
from service.scenarios.upload import upload, written
from service.store import Store, Transaction, tables
from service.store.boards import add_board, put_part
from tests.unit.service.boards.day import DAY, X, plan_of, two_branches
from tests.unit.service.served import NOON


def board_with(store: Store, crews: Mapping[str, tuple[str, ...]]) -> tables.Board:
    """Store a board of B1 whose published plan sends people to jobs."""
    plan, day = packed(plan_of(two_branches(), X)), date.fromisoformat(DAY)

    def work(tx: Transaction) -> tables.Board:
        scenario_id = upload(tx, LOCAL, written(two_branches()), "", NOON).about
        stored = keep_plan(
            tx, plan, scenario_id=scenario_id, revision=1, run_id=None, made_by="test", now=NOON
        )
        publication = Publication(
            plan_id=stored.plan_id, revision=1, by="test", at=NOON, approved_by="test", approved_at=NOON
        )
        live = Live(window_min=120, crews=dict(crews), publication=publication)
        row = tables.Board(
            board_id="brd_1",
            branch_id="B1",
            day=day,
            scenario_id=scenario_id,
            version=1,
            state="published",
            draft_plan_id=None,
            published_plan_id=stored.plan_id,
            live=live.model_dump(mode="json"),
            changed_at=NOON,
        )
        add_board(tx, row)
        known = Known(
            technicians=("T1", "T2"),
            branches=("B1",),
            jobs=tuple(crews),
            crews=dict(crews),
            last_day=dict.fromkeys(crews, day),
        )
        part = tables.BoardPart(
            board_id=row.board_id,
            plan_id=stored.plan_id,
            body=b"{}",
            orders=b"{}",
            known=known.model_dump_json().encode(),
        )
        put_part(tx, part)
        enter(tx, LOCAL, row, "created", NOON)
        return row

    return store.write(work)
