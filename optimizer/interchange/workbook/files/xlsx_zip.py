"""Looks at the zip around a workbook: one that two programs may read differently, or that bursts, is refused."""

import io
import re
import struct
import zipfile
from typing import Final

from optimizer.errors import InvalidInput, Issue

MAX_UNPACKED = 192 * 1024 * 1024
"""All parts together, unpacked."""

MAX_RATIO = 150
"""Unpacked size ÷ packed size of a part; spreadsheets reach 20 to 40."""

MAX_PARTS = 500
"""Parts in the zip."""

SMALL = 1024 * 1024
"""Parts up to this size may be packed as tightly as they like."""

_END: Final = struct.Struct("<4s4H2LH")
"""The record at the very end: mark, disks, parts here, parts in all, the directory's size and place, comment."""

_OTHERS: Final = frozenset({"content.xml", "mimetype", "xl/workbook.bin", "encryptedpackage"})
"""Parts that only other kinds of files have."""


def open_zip(content: bytes, name: str) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """Return a zip and its parts by their names in small letters, as spreadsheet programs look for them.

    Parameters
    ----------
    content : the file
    name : what people call it

    Raises
    ------
    InvalidInput
        It is no plain zip of a workbook, or its directory says that it unpacks to too much.
    """
    _check_end(content, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise no_zip(name) from None
    listed = archive.infolist()
    if len(listed) > MAX_PARTS:
        raise refused("too-many-parts", f"{name} has {len(listed):,} parts.", "Save it anew as .xlsx.")
    parts = {part.filename.replace("\\", "/").lower(): part for part in listed}
    if len(parts) < len(listed):
        raise refused("duplicate-part", f"{name} holds two parts of one name.", "Save it anew as .xlsx.")
    for part in listed:
        _check_part(part, name)
    if sum(part.file_size for part in listed) > MAX_UNPACKED:
        raise bomb(name)
    if sum(part.compress_size for part in listed) > len(content):  # parts that lie upon each other
        raise no_zip(name)
    if "xl/workbook.xml" not in parts or _OTHERS & parts.keys():
        cause = f"{name} is no .xlsx workbook, but another file in a zip (.xlsb, .ods, …)."
        raise refused("not-a-workbook", cause, "Save it as .xlsx.")
    return archive, parts


def _check_end(content: bytes, name: str) -> None:
    """Refuse a zip with anything before, behind or inside that only some programs would see."""
    if len(content) < _END.size or not content.startswith(b"PK\x03\x04"):
        raise no_zip(name)
    mark, *disks, here, whole, size, at, comment = _END.unpack(content[-_END.size :])
    plain = mark == b"PK\x05\x06" and not any(disks) and here == whole and not comment
    if not plain or at + size != len(content) - _END.size:
        raise no_zip(name)


def _check_part(part: zipfile.ZipInfo, name: str) -> None:
    if part.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part.filename):
        cause = f"{name} holds a part that points outside: {part.filename[:60]!r}."
        raise refused("unsafe-part", cause, "Do not use this file.")
    if part.flag_bits & 1:
        raise refused("not-a-workbook", f"{name} is protected by a password.", "Save it without a password.")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        cause = f"{name} is packed in a way that spreadsheet programs do not use."
        raise refused("not-a-workbook", cause, "Save it anew as .xlsx.")
    if part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1):
        raise bomb(name)


def bomb(name: str) -> InvalidInput:
    """Return the refusal of a file that unpacks to too much."""
    cause = f"{name} would unpack to far more than a scenario holds."
    return refused("too-large-unpacked", cause, "Do not use this file, or split the scenario.")


def no_zip(name: str) -> InvalidInput:
    """Return the refusal of a file that is no sound zip."""
    cause = f"{name} is no workbook: it is not a sound zip file."
    return refused("not-a-workbook", cause, "Save it as .xlsx in your spreadsheet program.")


def refused(code: str, cause: str, action: str) -> InvalidInput:
    """Return the refusal of a whole file."""
    return InvalidInput((Issue(code, "", cause, action),))
