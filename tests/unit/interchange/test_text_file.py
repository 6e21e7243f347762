"""Text files: what is no text is named as what it is."""

from pathlib import Path

import pytest

from optimizer.errors import InvalidInput
from optimizer.interchange.text_file import read_text


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"PK\x03\x04 and more", "not-text", "is a packed file, such as an Excel workbook (.xlsx), no text."),
        (b"\xd0\xcf\x11\xe0 and more", "not-text", "is an old Office file"),
        (b"%PDF-1.7", "not-text", "is a PDF, no text."),
        (b"\x89PNG\r\n", "not-text", "is a picture, no text."),
        (b"\x00\x01\xff\x02", "not-text", "is a binary file, no text."),
        ("name: 派工单".encode("gb18030"), "not-utf-8", "is not UTF-8 text."),
        ("name: x".encode("utf-16"), "not-utf-8", "is not UTF-8 text."),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, content: bytes, code: str, said: str) -> None:
    path = tmp_path / "day.yaml"
    path.write_bytes(content)
    with pytest.raises(InvalidInput) as refused:
        read_text(str(path))
    (issue,) = refused.value.issues
    assert issue.code == code
    assert said in issue.cause


def test_a_mark_at_the_beginning_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: x")
    assert read_text(str(path)) == "name: x"
