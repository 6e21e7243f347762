"""Offers: when a new job could be done on a board's day."""

import sqlalchemy as sa
from alembic import op

from service.store.columns import Moment, Packed

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Do it."""
    op.create_table(
        "offers",
        sa.Column("offers_id", sa.String(length=80), nullable=False),
        sa.Column("board_id", sa.String(length=80), nullable=False),
        sa.Column("job_id", sa.String(length=80), nullable=False),
        sa.Column("plan_id", sa.String(length=80), nullable=False),
        sa.Column("knows", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("found", Packed(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("held", Packed(), nullable=True),
        sa.Column("held_number", sa.Integer(), nullable=True),
        sa.Column("held_until", Moment(), nullable=True),
        sa.Column("confirmed_plan_id", sa.String(length=80), nullable=True),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.board_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("offers_id"),
    )
    with op.batch_alter_table("offers") as batch_op:
        batch_op.create_index(batch_op.f("ix_offers_board_id"), ["board_id"], unique=False)
