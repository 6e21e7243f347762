"""What cannot be opened is said with place, cause and remedy, and never with the password.

What is made is nobody else's to read.
"""

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from optimizer.cli import run
from optimizer.settings import Settings
from service.cli import COMMANDS
from service.store.backup import backup
from service.store.opening import open_store

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAIGONG_DATABASE_URL", raising=False)
    monkeypatch.setenv("PAIGONG_DATA", str(tmp_path / "data"))


def refused(capsys: Output, place: str) -> str:
    """Run a command that opens the store, which must refuse in one issue about this place, and return what it says."""
    assert run(["keys", "list"], COMMANDS) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith(f"1 error in the input: {place}: ")
    assert "pa55word" not in said
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("paigong:pa55word", "This is no address of a database."),
        ("postgresql+psycopg://paigong:pa55word@127.0.0.1:pa55word/paigong", "This is no address"),
        ("mysql://paigong:pa55word@127.0.0.1/paigong", "There is no store on mysql."),
        ("postgresql+asyncpg://paigong:pa55word@127.0.0.1/x", "There is no store on postgresql+asyncpg."),
        ("sqlite://", "A store needs a file"),
        ("sqlite:///:memory:", "A store needs a file"),
    ],
    ids=str,
)
def test_an_address_that_is_none(
    url: str, cause: str, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIGONG_DATABASE_URL", url)
    said = refused(capsys, "PAIGONG_DATABASE_URL")
    assert cause in said
    assert "Write postgresql+psycopg://user:password@host:port/name" in said


def test_a_database_that_does_not_answer(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg", reason="needs `pip install 'paigong[postgres]'`")
    # Port 1 of this machine: nobody listens there.
    url = "postgresql+psycopg://paigong:pa55word@127.0.0.1:1/paigong"
    monkeypatch.setenv("PAIGONG_DATABASE_URL", url)
    said = refused(capsys, "PAIGONG_DATABASE_URL")
    assert "The database cannot be used:" in said
    assert "127.0.0.1" in said
    assert "See that it runs" in said


def test_a_file_that_is_no_database(tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes.txt").write_text("milk, bread", encoding="utf-8")
    monkeypatch.setenv("PAIGONG_DATABASE_URL", f"sqlite:///{tmp_path / 'notes.txt'}")
    assert "file is not a database. Name a file of the store" in refused(capsys, "PAIGONG_DATABASE_URL")
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "milk, bread"


def test_a_folder_that_cannot_be_made(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").touch()
    monkeypatch.setenv("PAIGONG_DATA", str(tmp_path / "taken"))
    assert "taken cannot be made" in refused(capsys, "PAIGONG_DATA")


def test_tables_of_a_newer_program(tmp_path: Path, capsys: Output) -> None:
    assert run(["keys", "list"], COMMANDS) == 0
    capsys.readouterr()
    with sqlite3.connect(tmp_path / "data" / "paigong.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    said = refused(capsys, "PAIGONG_DATA")
    assert "'9999'" in said
    assert "Install the version that was used last, or a newer one." in said


@pytest.mark.parametrize("named", [True, False])
def test_a_backup_of_a_store_that_is_not_there(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch, *, named: bool
) -> None:
    if named:
        monkeypatch.setenv("PAIGONG_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    assert run(["backup", str(tmp_path / "copy.zip")], COMMANDS) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert (
        f"There is no store at {tmp_path / 'other.db' if named else tmp_path / 'data' / 'paigong.db'}" in said
    )
    assert not list(tmp_path.glob("**/*.*"))


def test_an_empty_address_is_none(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIGONG_DATABASE_URL", "")
    assert run(["keys", "list"], COMMANDS) == 0
    assert os.listdir(os.environ["PAIGONG_DATA"])[0].startswith("paigong.db")


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
