"""The live day: what has happened on a board is a list of events of its own."""

import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from service.store.columns import Moment, Packed

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_IN_VAIN: Final = ("site_not_ready", "part_missing")
"""It was not asked what was missing, which the events say: they become visits in vain, and a second one follows."""
_OF_ONE: Final = ("on_the_way", "arrived")


def upgrade() -> None:
    """Do it."""
    op.create_table(
        "board_events",
        sa.Column("board_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.JSON(), nullable=False),
        sa.Column("told_by", sa.String(length=80), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.board_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("board_id", "number"),
    )
    op.create_table(
        "board_messages",
        sa.Column("board_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", Packed(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.board_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("board_id", "version"),
    )
    op.create_table(
        "board_reports",
        sa.Column("board_id", sa.String(length=80), nullable=False),
        sa.Column("body", Packed(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.board_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("board_id"),
    )
    op.create_table(
        "proposals",
        sa.Column("proposals_id", sa.String(length=80), nullable=False),
        sa.Column("board_id", sa.String(length=80), nullable=False),
        sa.Column("run_id", sa.String(length=80), nullable=False),
        sa.Column("plan_id", sa.String(length=80), nullable=False),
        sa.Column("knows", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("happened", Packed(), nullable=False),
        sa.Column("found", Packed(), nullable=True),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.board_id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("proposals_id"),
        sa.UniqueConstraint("run_id"),
    )
    with op.batch_alter_table("proposals") as batch_op:
        batch_op.create_index(batch_op.f("ix_proposals_board_id"), ["board_id"], unique=False)
    with op.batch_alter_table("board_parts") as batch_op:
        batch_op.add_column(sa.Column("known", Packed(), nullable=True))
    _name_what_is_known()
    with op.batch_alter_table("board_parts") as batch_op:
        batch_op.alter_column("known", existing_type=Packed(), nullable=False)
    _make_events_of_facts()


def _make_events_of_facts() -> None:
    boards = sa.table("boards", sa.column("board_id"), sa.column("live", sa.JSON()))
    events = sa.table(
        "board_events",
        sa.column("board_id"),
        sa.column("number"),
        sa.column("event", sa.JSON()),
        sa.column("told_by"),
        sa.column("told_at", Moment()),
    )
    connection = op.get_bind()
    for board_id, live in connection.execute(sa.select(boards.c.board_id, boards.c.live)).all():
        if "facts" not in live:
            continue
        for number, fact in enumerate(_events(live.pop("facts")), 1):
            row = {"board_id": board_id, "number": number, **fact}
            connection.execute(events.insert().values(**row))
        connection.execute(boards.update().where(boards.c.board_id == board_id).values(live=live))


def _events(facts: dict[str, list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    told = [(job_id, fact) for job_id, of_job in facts.items() for fact in of_job]
    for job_id, fact in sorted(told, key=lambda one: datetime.fromisoformat(one[1]["at"])):
        kind = "no_access" if fact["state"] in _IN_VAIN else fact["state"]
        event = {"kind": kind, "at": fact["at"], "job_id": job_id}
        if kind in _OF_ONE:
            event["technician_id"] = fact["technician_id"]
        yield {"event": event, "told_by": fact["by"], "told_at": datetime.fromisoformat(fact["at"])}


def _name_what_is_known() -> None:
    """Say of every plan on a board whom it sends where on the board's day."""
    body, named = sa.column("body", sa.LargeBinary()), sa.column("known", sa.LargeBinary())
    parts = sa.table("board_parts", sa.column("board_id"), sa.column("plan_id"), body, named)
    boards = sa.table("boards", sa.column("board_id"), sa.column("branch_id"))
    connection = op.get_bind()
    here = sa.select(parts.c.board_id, parts.c.plan_id, boards.c.branch_id).join_from(
        parts, boards, parts.c.board_id == boards.c.board_id
    )
    for board_id, plan_id, branch_id in connection.execute(here).all():
        one = (parts.c.board_id == board_id, parts.c.plan_id == plan_id)
        part = json.loads(
            zlib.decompress(connection.execute(sa.select(parts.c.body).where(*one)).scalar_one())
        )
        known = json.dumps(_known(part, branch_id)).encode()
        connection.execute(parts.update().where(*one).values(known=zlib.compress(known, 6)))


def _known(part: dict[str, Any], branch_id: str) -> dict[str, Any]:
    crews: dict[str, dict[int, str]] = {}
    days: dict[str, str] = {}
    for shift in part["shifts"]:
        for stop in shift["stops"]:
            crews.setdefault(stop["job_id"], {})[stop.get("seat", 0)] = shift["technician_id"]
            days[stop["job_id"]] = shift["day"]
    return {
        "technicians": [one["technician_id"] for one in part["technicians"]],
        "branches": [branch_id],
        "jobs": [one["job_id"] for one in part["jobs"]],
        "crews": {job_id: [crew[seat] for seat in sorted(crew)] for job_id, crew in crews.items()},
        "last_day": days,
    }
