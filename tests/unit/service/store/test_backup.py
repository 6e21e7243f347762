"""A copy of the store holds everything, and goes from any kind of database into any other."""

import stat
from pathlib import Path
from zipfile import ZipFile

import pytest

from optimizer.control import Iterations
from optimizer.errors import InvalidInput
from optimizer.interchange.scenario_file import load_scenario
from optimizer.planning import plan_scenario
from optimizer.scenario_library import scenario_path
from optimizer.settings import Settings
from service.caller import LOCAL
from service.plans.keep import keep_plan, packed
from service.runs.queue import ask
from service.runs.records import RunRequest
from service.scenarios.upload import upload, written
from service.store import Store, Transaction, tables
from service.store import backup as copying
from service.store.audit import add_audit_entry
from service.store.backup import backup, restore
from service.store.studies import add_sample
from service.studies.queue import ask as ask_for_study
from service.studies.reading import Prepared
from tests.unit.service.served import NOON
from tests.unit.service.store.databases import Kind, MakeStore
from tests.unit.service.store.test_database import key

POSTGRES = pytest.mark.postgres


def fill(tx: Transaction) -> None:
    """Put a few things of most kinds into a store."""
    path = scenario_path("rules/skill")
    assert path is not None
    scenario = load_scenario(path)
    scenario_id = upload(tx, LOCAL, written(scenario), "Grüße, 派工", NOON).about
    ask(tx, LOCAL, RunRequest(scenario_id=scenario_id), Settings(), NOON)
    plan = packed(plan_scenario(scenario, stop=Iterations(0), engine="greedy"))
    keep_plan(tx, plan, scenario_id=scenario_id, revision=1, run_id=None, made_by="local", now=NOON)
    study = Prepared("one more", b"{}", None)
    study_id = ask_for_study(tx, LOCAL, study, Settings(), NOON, scenario_id=scenario_id).about
    add_sample(tx, study_id, "key", b"{}")
    tx.add(key(1))
    for number in range(3):
        entry = tables.AuditEntry(
            at=NOON, key_id="local", action="a", about=str(number), detail={}, trace_id="t"
        )
        add_audit_entry(tx, entry)


def content(store: Store) -> dict[str, list[str]]:
    with store.read() as tx:
        found = {
            table.name: tx.execute(table.select()).all() for table in tables.Table.metadata.sorted_tables
        }
        return {name: sorted(map(repr, rows)) for name, rows in found.items()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sqlite", "sqlite"),
        pytest.param("sqlite", "postgresql", marks=POSTGRES),
        pytest.param("postgresql", "sqlite", marks=POSTGRES),
        pytest.param("postgresql", "postgresql", marks=POSTGRES),
    ],
)
def test_everything_comes_back(make_store: MakeStore, tmp_path: Path, one: Kind, other: Kind) -> None:
    old, new = make_store(one), make_store(other)
    old.write(fill)
    file = tmp_path / "copy.zip"
    written = backup(old, file)
    assert (written["scenarios"], written["plans"], written["runs"], written["audit_entries"]) == (1, 1, 1, 3)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert restore(new, file) == written
    assert content(new) == content(old)
    new.write(
        lambda tx: add_audit_entry(
            tx, tables.AuditEntry(at=NOON, key_id="k", action="a", about="", detail={}, trace_id="t")
        )
    )


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=POSTGRES)])
def test_a_copy_is_of_one_moment_whatever_is_written_meanwhile(
    make_store: MakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    store, new = make_store(kind), make_store("sqlite")
    store.write(fill)
    before, written = content(store), copying._write

    def interrupted(tx: Transaction, name: str, archive: ZipFile) -> int:
        rows = written(tx, name, archive)
        store.write(lambda other: other.add(key(len(content(store)["keys"]) + 1)))  # after every table
        return rows

    monkeypatch.setattr(copying, "_write", interrupted)
    backup(store, tmp_path / "copy.zip")
    restore(new, tmp_path / "copy.zip")
    assert content(new) == before
    assert len(content(store)["keys"]) > len(before["keys"])


def test_nothing_is_written_over_and_nothing_is_half_there(make_store: MakeStore, tmp_path: Path) -> None:
    store = make_store("sqlite")
    store.write(fill)
    file = tmp_path / "copy.zip"
    backup(store, file)
    with pytest.raises(InvalidInput, match="exists already"):
        backup(store, file)
    with pytest.raises(InvalidInput, match="not empty"):
        restore(store, file)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(file.read_bytes()[:-200])
    empty = make_store("sqlite")
    with pytest.raises(InvalidInput, match="cannot be read"):
        restore(empty, broken)
    assert not any(content(empty).values())
    with pytest.raises(InvalidInput, match="cannot be written"):
        backup(store, tmp_path / "nowhere" / "copy.zip")
    assert [path.name for path in tmp_path.iterdir()].count(".copy.zip.half") == 0
