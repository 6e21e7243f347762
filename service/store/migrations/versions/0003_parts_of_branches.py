"""Plans of one branch's part say which: who may see that branch may see them."""

import json
from typing import Final

import sqlalchemy as sa
from alembic import op

from service.store.columns import Packed

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_PROPOSALS: Final = sa.table("proposals", sa.column("board_id", sa.String), sa.column("found", Packed))
_BOARDS: Final = sa.table("boards", sa.column("board_id", sa.String), sa.column("branch_id", sa.String))
_PLANS: Final = sa.table("plans", sa.column("plan_id", sa.String), sa.column("branch_id", sa.String))


def upgrade() -> None:
    """Do it."""
    op.add_column("plans", sa.Column("branch_id", sa.String(length=80), nullable=True))
    _name_branches()


def _name_branches() -> None:
    """Name the branch of each plan that a re-plan has found."""
    tx = op.get_bind()
    join = _PROPOSALS.join(_BOARDS, _PROPOSALS.c.board_id == _BOARDS.c.board_id)
    rows = tx.execute(sa.select(_PROPOSALS.c.found, _BOARDS.c.branch_id).select_from(join)).all()
    for found, branch_id in rows:
        if found is None:
            continue
        plans = [one["plan_id"] for one in json.loads(found)["by_name"].values()]
        tx.execute(sa.update(_PLANS).where(_PLANS.c.plan_id.in_(plans)).values(branch_id=branch_id))
