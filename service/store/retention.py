"""What is not kept for ever: how long each kind of row stays."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from optimizer.settings import Settings
from service.store.database import Store, Transaction
from service.store.queue import ENDED
from service.store.tables import (
    AuditEntry,
    Board,
    BoardPart,
    Delivery,
    KeptAnswer,
    Offers,
    Plan,
    Proposals,
    Revision,
    Run,
    Scenario,
    SignIn,
    Study,
    Table,
)

AT_ONCE: Final = 500
"""So many rows are deleted in one transaction, so that others do not wait long."""


def sweep(store: Store, settings: Settings, now: datetime) -> int:
    """Delete what need not be kept any longer and return how many rows that were.

    Parameters
    ----------
    store : where
    settings : how long things are kept
    now : the present moment
    """
    swept = 0
    for table, key, condition in _old(settings, now):
        while (gone := store.write(partial(_some, table=table, key=key, old=condition))) == AT_ONCE:
            swept += gone
        swept += gone
    return swept


def _some(
    tx: Transaction, table: type[Table], key: tuple[InstrumentedAttribute[Any], ...], old: ColumnElement[bool]
) -> int:
    """Delete some rows and return how many."""
    found = tx.execute(select(*key).where(old).limit(AT_ONCE)).all()
    for row in found:
        tx.execute(delete(table).where(*(column == value for column, value in zip(key, row, strict=True))))
    return len(found)


def _old(
    settings: Settings, now: datetime
) -> Iterator[tuple[type[Table], tuple[InstrumentedAttribute[Any], ...], ColumnElement[bool]]]:
    """Yield what is deleted: table, key, condition.

    Plans before the runs they came of, both and studies before revisions; boards before all of them, scenarios after.
    What has happened on a board, its proposals, messages and report go with it, as do a study's samples.
    """
    limit = now - timedelta(days=settings.keep_runs_days)
    yield (
        KeptAnswer,
        (KeptAnswer.key_id, KeptAnswer.idempotency_key),
        KeptAnswer.made_at < now - timedelta(hours=settings.keep_answers_h),
    )
    yield SignIn, (SignIn.secret_sha256,), SignIn.expires_at < now
    yield AuditEntry, (AuditEntry.number,), AuditEntry.at < now - timedelta(days=settings.keep_audit_days)
    stale = now - timedelta(hours=settings.keep_offers_h)
    let_go = Offers.held_until.is_(None) | (Offers.held_until < stale)
    yield Offers, (Offers.offers_id,), (Offers.expires_at < stale) & let_go
    bygone = now - timedelta(days=settings.keep_boards_days)
    yield Board, (Board.board_id,), Board.day < bygone.date()
    yield Delivery, (Delivery.delivery_id,), (Delivery.state != "waiting") & (Delivery.made_at < limit)
    lives = exists().where(Board.scenario_id == Plan.scenario_id, Board.day >= limit.date())
    shown = exists().where((Board.draft_plan_id == Plan.plan_id) | (Board.published_plan_id == Plan.plan_id))
    cut = exists().where(BoardPart.plan_id == Plan.plan_id)
    followed = exists().where(Proposals.plan_id == Plan.plan_id)
    yield Plan, (Plan.plan_id,), (Plan.made_at < limit) & ~lives & ~shown & ~cut & ~followed
    kept = exists().where(Plan.run_id == Run.run_id)
    replans = exists().where(Proposals.run_id == Run.run_id)
    yield Run, (Run.run_id,), Run.state.in_(ENDED) & (Run.ended_at < limit) & ~kept & ~replans
    yield Study, (Study.study_id,), Study.state.in_(ENDED) & (Study.ended_at < limit)
    planned = exists().where(Plan.scenario_id == Revision.scenario_id, Plan.revision == Revision.revision)
    run = exists().where(Run.scenario_id == Revision.scenario_id, Run.revision == Revision.revision)
    studied = exists().where(Study.scenario_id == Revision.scenario_id, Study.revision == Revision.revision)
    newest = exists().where(
        Scenario.scenario_id == Revision.scenario_id, Scenario.revision == Revision.revision
    )
    old = (Revision.made_at < limit) & ~planned & ~run & ~studied & ~newest
    yield Revision, (Revision.scenario_id, Revision.revision), old
    used = exists().where(Board.scenario_id == Scenario.scenario_id)
    computes = exists().where(Run.scenario_id == Scenario.scenario_id, Run.state.not_in(ENDED))
    simulates = exists().where(Study.scenario_id == Scenario.scenario_id, Study.state.not_in(ENDED))
    idle = ~used & ~computes & ~simulates
    yield Scenario, (Scenario.scenario_id,), (Scenario.changed_at < bygone) & idle
