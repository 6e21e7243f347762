"""What both kinds of store promise: whole transactions, one state for a reader, no lost update."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from service.store import Store, StoreBusy, Transaction, tables
from service.store.migrations import configured, upgrade
from tests.unit.service.served import NOON
from tests.unit.service.store.databases import MakeStore


def key(number: int, name: str = "") -> tables.Key:
    return tables.Key(
        key_id=f"key_{number}",
        name=name or str(number),
        secret_sha256=str(number),
        role="viewer",
        branches=["B1"],
        technician_id=None,
        made_by="test",
        made_at=NOON,
        expires_at=None,
        revoked_at=None,
    )


def keys(store: Store) -> list[str]:
    with store.read() as tx:
        return sorted(one.key_id for one in tx.query(tables.Key))


def test_what_was_written_is_read_back(store: Store) -> None:
    store.write(lambda tx: tx.add(key(1)))
    with store.read() as tx:
        found = tx.get(tables.Key, "key_1")
        assert found is not None
        assert (found.branches, found.expires_at) == (["B1"], None)
        assert found.made_at == NOON
        assert found.made_at.utcoffset() == timedelta(0)


def test_a_write_that_fails_leaves_nothing(store: Store) -> None:
    def half(tx: Transaction) -> None:
        tx.add(key(1))
        tx.flush()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(half)
    assert keys(store) == []


def test_of_two_that_write_the_same_the_second_sees_the_first(store: Store) -> None:
    def once(tx: Transaction) -> str:
        if tx.get(tables.Key, "key_1") is not None:
            return "again"
        met.wait(0.3)  # both have looked before either writes, where the database lets them
        tx.add(key(1))
        tx.flush()
        return "first"

    met = threading.Event()
    said: list[str] = []
    threads = [threading.Thread(target=lambda: said.append(store.write(once))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["again"] * 7 + ["first"]


def test_no_count_is_lost(store: Store) -> None:
    store.write(lambda tx: tx.add(key(1, "0")))

    def more(tx: Transaction) -> None:
        row = tx.get(tables.Key, "key_1", with_for_update=True)
        assert row is not None
        row.name = str(int(row.name) + 1)

    threads = [threading.Thread(target=lambda: [store.write(more) for _ in range(25)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as tx:
        found = tx.get(tables.Key, "key_1")
        assert found is not None
        assert found.name == "100"


def test_a_reader_sees_one_state(store: Store) -> None:
    with store.read() as tx:
        before = tx.query(tables.Key).count()
        store.write(lambda other: other.add(key(1)))
        assert tx.query(tables.Key).count() == before == 0
    assert keys(store) == ["key_1"]


def test_the_tables_are_those_that_are_described(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    upgrade(store)  # a second time changes nothing
    with store.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), tables.Table.metadata)
        names = set(inspect(connection).get_table_names())
    assert found == []
    assert names == {*tables.Table.metadata.tables, "alembic_version"}
    assert configured().get_main_option("script_location")


def test_sqlite_writes_are_on_the_disk_before_they_are_acknowledged(make_store: object) -> None:
    store = make_store("sqlite")  # type: ignore[operator] # a function
    with store.engine.connect() as connection:
        said = [
            connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert said == ["wal", 2, 1]  # 2 is FULL


def reading(store: Store, work: Callable[[Transaction], None]) -> None:
    with store.read() as tx:
        work(tx)


@pytest.mark.postgres
@pytest.mark.parametrize("through", [reading, Store.write])
def test_a_database_that_goes_away_is_busy_and_comes_back(
    make_store: MakeStore, through: Callable[[Store, Callable[[Transaction], None]], None]
) -> None:
    store = make_store("postgresql")

    def cut_off(tx: Transaction) -> None:
        tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StoreBusy):
        through(store, cut_off)
    store.write(lambda tx: tx.add(key(2)))
    assert keys(store) == ["key_2"]
