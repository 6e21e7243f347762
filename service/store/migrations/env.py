"""What Alembic runs to find the tables."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from service.store.columns import Moment, Packed
from service.store.tables import Table


def _written(kind: str, thing: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our own kinds of columns by their names."""
    if kind == "type" and isinstance(thing, Moment | Packed):
        return f"{type(thing).__name__}()"
    return False


def run() -> None:
    """Run the steps on the connection that was handed over."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Table.metadata,
        render_as_batch=True,
        render_item=_written,
        transactional_ddl=False,
    )
    context.run_migrations()


run()
