"""Only ordinary files are read: a pipe would keep the program waiting, a device never ends."""

import os
from pathlib import Path

import pytest

from optimizer.errors import InvalidInput
from optimizer.interchange.workbook.files.read_bytes import read_bytes


def code_of(path: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_bytes(path, 10)
    (issue,) = caught.value.issues
    return issue.code


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_pipes_and_devices(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "zero.xlsx").symlink_to("/dev/zero")
    assert code_of(tmp_path / "pipe.xlsx") == code_of(tmp_path / "zero.xlsx") == "file-unreadable"


def test_links_folders_and_sizes(tmp_path: Path) -> None:
    (tmp_path / "ten").write_bytes(b"0123456789")
    (tmp_path / "eleven").write_bytes(b"0123456789a")
    (tmp_path / "link").symlink_to("ten")
    (tmp_path / "ring").symlink_to("ring")
    assert read_bytes(tmp_path / "link", 10) == b"0123456789"
    assert code_of(tmp_path / "eleven") == "file-too-large"
    assert code_of(tmp_path / "ring") == code_of(tmp_path) == "file-unreadable"
    assert code_of(tmp_path / "none") == "file-not-found"
