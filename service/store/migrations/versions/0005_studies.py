"""Studies: the same demand under other staffing or rules."""

import sqlalchemy as sa
from alembic import op

from service.store.columns import Moment, Packed

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Do it."""
    op.create_table(
        "studies",
        sa.Column("study_id", sa.String(length=80), nullable=False),
        sa.Column("scenario_id", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("body", Packed(), nullable=False),
        sa.Column("result", Packed(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("queued_at", Moment(), nullable=False),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.String(length=80), nullable=True),
        sa.Column("leased_until", Moment(), nullable=True),
        sa.Column("progress", sa.JSON(), nullable=True),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenarios.scenario_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("study_id"),
    )
    with op.batch_alter_table("studies") as batch_op:
        batch_op.create_index(batch_op.f("ix_studies_scenario_id"), ["scenario_id"], unique=False)
        batch_op.create_index("studies_by_state", ["state", "queued_at"], unique=False)
    op.create_table(
        "study_events",
        sa.Column("study_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["studies.study_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("study_id", "number"),
    )
    op.create_table(
        "study_samples",
        sa.Column("study_id", sa.String(length=80), nullable=False),
        sa.Column("sample_key", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("body", Packed(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["studies.study_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("study_id", "sample_key"),
    )
