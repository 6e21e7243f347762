"""What is asked of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from service.store import Store


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Yield a list that takes up every statement as it is sent.

    Parameters
    ----------
    store : whose database
    """
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
