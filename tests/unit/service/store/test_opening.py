"""What stands in the way of opening a store is said in words, and what is made is nobody else's to read."""

import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from optimizer.errors import InvalidInput
from optimizer.settings import Settings
from service.server import open_store
from service.store.backup import backup


def refused(**settings: Any) -> str:
    with pytest.raises(InvalidInput) as caught:
        open_store(Settings(**settings))
    return caught.value.issues[0].code


def test_files_are_for_their_owner_only_wherever_they_are(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    half = tmp_path / ".copy.zip.half"
    half.touch(0o644)  # of a backup that was killed
    store = open_store(Settings(data=tmp_path))
    with store.read() as tx:
        tx.execute(text("SELECT 1"))
        backup(store, tmp_path / "copy.zip")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    store.close()
    assert modes == dict.fromkeys(("paigong.db", "paigong.db-wal", "paigong.db-shm", "copy.zip"), 0o600)


def test_tables_of_a_newer_program_are_not_touched(tmp_path: Path) -> None:
    store = open_store(Settings(data=tmp_path))
    store.write(lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    store.close()
    assert refused(data=tmp_path) == "unknown-tables"


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refused(data=tmp_path / "file") == "bad-folder"


def test_a_database_that_does_not_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    nowhere = "postgresql+psycopg://somebody:secret@127.0.0.1:1/nothing"
    with pytest.raises(InvalidInput) as caught:
        open_store(Settings.model_validate({"database_url": nowhere}))
    assert caught.value.issues[0].code == "no-database"
    assert "secret" not in str(caught.value)
