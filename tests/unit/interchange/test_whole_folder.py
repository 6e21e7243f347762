"""Folders are written whole or not at all, and nothing of somebody else is taken away."""

import os
from pathlib import Path

import pytest

from optimizer.errors import InvalidInput
from optimizer.interchange.whole_folder import ABOUT, write_folder


def content(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name != ABOUT}


def test_a_folder_is_written_and_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_folder(folder, {"a.txt": b"1", "b.txt": b"2"}, "Letters.")
    assert (
        (folder / ABOUT)
        .read_text(encoding="utf-8")
        .startswith("Letters.\n\nFiles in this folder:\n  a.txt\n")
    )
    write_folder(folder, {"a.txt": b"3"}, "Letters.")
    assert content(folder) == {"a.txt": b"3"}  # b.txt was ours and is out of date
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_folder(tmp_path / "out", {"a.txt": b"1"}, "Letters.")
    assert content(tmp_path / "out") == {"a.txt": b"1"}


@pytest.mark.parametrize("written_before", [False, True])
def test_files_of_somebody_else_are_never_taken_away(tmp_path: Path, written_before: bool) -> None:
    folder = tmp_path / "out"
    if written_before:
        write_folder(folder, {"a.txt": b"1"}, "Letters.")
    folder.mkdir(exist_ok=True)
    (folder / "mine.doc").write_bytes(b"dear")
    with pytest.raises(InvalidInput, match=r"'mine\.doc'"):
        write_folder(folder, {"a.txt": b"2"}, "Letters.")
    assert (folder / "mine.doc").read_bytes() == b"dear"
    assert content(folder).get("a.txt") == (b"1" if written_before else None)


def test_a_file_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"x")
    with pytest.raises(InvalidInput, match="no folder"):
        write_folder(tmp_path / "out", {}, "Letters.")


def test_the_old_folder_stays_when_the_new_one_cannot_be_put_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    write_folder(folder, {"a.txt": b"1"}, "Letters.")
    rename = os.rename

    def no_new_ones(source: Path, target: Path) -> None:
        if source.suffix == ".part" and target == folder:
            raise OSError("the disk is gone")
        rename(source, target)

    monkeypatch.setattr("os.rename", no_new_ones)
    with pytest.raises(OSError, match="the disk is gone"):
        write_folder(folder, {"a.txt": b"2"}, "Letters.")
    assert content(folder) == {"a.txt": b"1"}
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_a_name_with_a_path_is_refused_by_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_folder(tmp_path / "out", {"deep/a.txt": b"1"}, "Letters.")
    assert not list(tmp_path.iterdir())
