"""Inputs that were made to do harm: each a file or folder, and the command that is given it."""

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from optimizer.interchange.scenario_text import scenario_json, scenario_yaml
from optimizer.interchange.workbook import workbook_bytes
from optimizer.interchange.workbook.template import example

YAML = scenario_yaml(example("en"))
JSON = scenario_json(example("en"))
BOOK = workbook_bytes(example("en"))
JOBS_SHEET = "xl/worksheets/sheet6.xml"


class Hostile(NamedTuple):
    """One input."""

    name: str
    """What it tries."""
    command: tuple[str, ...]
    """The command line; ``{}`` stands for the input."""
    file: str
    """Name of the file to write; of a folder where it ends with a slash."""
    content: Callable[[], bytes | dict[str, bytes]]
    """What it holds."""


def _text(name: str, file: str, text: Callable[[], str], *command: str) -> Hostile:
    return Hostile(name, command or ("validate", "{}"), file, lambda: text().encode("utf-8", "surrogatepass"))


def _yaml(name: str, text: Callable[[], str]) -> Hostile:
    return _text(f"yaml: {name}", "day.yaml", text)


def _json(name: str, text: Callable[[], str]) -> Hostile:
    return _text(f"json: {name}", "day.json", text)


def _plan(name: str, text: Callable[[], str]) -> Hostile:
    return _text(f"plan: {name}", "plan.json", text, "check", "{scenario}", "{}")


def _orders(name: str, text: Callable[[], str]) -> Hostile:
    return _text(f"orders: {name}", "orders.yaml", text, "check", "{scenario}", "{}", "--retime")


def _vroom(name: str, text: Callable[[], str]) -> Hostile:
    return _text(f"vroom: {name}", "request.json", text, "vroom", "{}", "--iterations", "1")


def _book(name: str, content: Callable[[], bytes], file: str = "day.xlsx") -> Hostile:
    return Hostile(f"workbook: {name}", ("import", "{}"), file, content)


def _csv(name: str, content: Callable[[], bytes]) -> Hostile:
    return Hostile(f"csv: {name}", ("import", "{}"), "day/", lambda: {"jobs.csv": content()})


def _put(lat: str) -> Callable[[], str]:
    return lambda: YAML.replace("28.1979", lat)


def _laughs() -> str:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    return "\n".join(lines) + "\n" + YAML


def _zip(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO(BOOK)
    with zipfile.ZipFile(stream, "a", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _sheet(old: bytes, new: bytes, part: str = JOBS_SHEET) -> Callable[[], bytes]:
    def made() -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(BOOK)) as sound, zipfile.ZipFile(stream, "w") as spoilt:
            for one in sound.infolist():
                inside = sound.read(one)
                if one.filename == part:
                    assert old in inside
                    inside = inside.replace(old, new, 1)
                spoilt.writestr(one.filename, inside, zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    return made


def _lying_directory() -> bytes:
    """Return a workbook with a part of 300 MB of which the zip's directory says that it has 10 bytes."""
    content = bytearray(_zip({"xl/media/zeros.bin": b"\0" * 300_000_000}))
    size = struct.pack("<I", 300_000_000)
    at = content.find(size)
    while at >= 0:
        content[at : at + 4] = struct.pack("<I", 10)
        at = content.find(size, at)
    return bytes(content)


def _told(count: int) -> bytes:
    """Return so many letters that pack well, but not as well as a bomb."""
    piece = hashlib.sha256(b"paigong").hexdigest().encode()
    return b"".join(
        hashlib.sha256(b"%d" % i).hexdigest().encode() + piece * 60 for i in range(count // 3_904)
    )


def _cells_naming_one_text() -> bytes:
    """Return a workbook where 40,000 cells name one text of 32,000 letters: 1.2 GB when it is copied."""
    rows = b"".join(
        b'<row r="%d">' % i + b'<c t="s"><v>+0</v></c>' * 20 + b"</row>" for i in range(100, 2_100)
    )
    content = _sheet(b"</sheetData>", rows + b"</sheetData>")()
    table = b"<sst><si><t>" + b"x" * 32_000 + b"</t></si></sst>"
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", table)
    return stream.getvalue()


def _one_part_as_many_sheets() -> bytes:
    """Return a workbook that lists the sheet of jobs a hundred times under names that count as the same."""
    names = b"".join(
        b'<sheet name="jobs%s" sheetId="%d" r:id="rId6"/>' % (b" " * i, 100 + i) for i in range(1, 100)
    )
    return _sheet(b"</sheets>", names + b"</sheets>", "xl/workbook.xml")()


def _two_workbooks() -> bytes:
    """Return a harmless workbook with another one behind it: programs differ in which of them they open."""
    return BOOK + _sheet(b"</sheetData>", _CORNER + b"</sheetData>")()


def _opendocument() -> bytes:
    """Return a workbook that is also an OpenDocument file, which some readers try next."""
    return _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


_CORNER = b'<row r="199999"><c r="GR199999"><v>1</v></c></row>'
_LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet'
)
_LINKS = "xl/_rels/workbook.xml.rels"


def _capitals() -> bytes:
    """Return a workbook whose list of parts spells a sheet otherwise; a cell lies at the far corner."""
    sheet = _sheet(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet)) as sound, zipfile.ZipFile(stream, "w") as spoilt:
        for one in sound.infolist():
            inside = sound.read(one).replace(b"sheet6.xml", b"SHEET6.XML")
            spoilt.writestr(one.filename, inside, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _row_of_text(text: bytes) -> bytes:
    return b'<row r="7"><c r="A7" t="inlineStr"><is><t>' + text + b"</t></is></c></row></sheetData>"


_FAR_ROW = b'<row r="9999999"><c r="A9999999"><v>1</v></c></row>'
_ROWS = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (i, i) for i in range(7, 450_007, 45))

HOSTILE: tuple[Hostile, ...] = (
    _yaml("a tag that would run a program", lambda: "x: !!python/object/apply:os.system [id]\n" + YAML),
    _yaml("aliases that multiply", _laughs),
    _yaml("merged keys", lambda: YAML + "a: &a {b: 1}\nc: {<<: *a}\n"),
    _yaml("nesting", lambda: "a: " + "[" * 200_000),
    _yaml("a mapping as key", lambda: "? {a: b}\n: c\n"),
    _yaml("not a number", _put(".nan")),
    _yaml("infinity", _put("-.inf")),
    _yaml("1e999", _put("1e999")),
    _yaml("10 to the 400", _put("1" + "0" * 400)),
    _yaml("duplicate keys", lambda: YAML + "name: again\n"),
    _yaml("two documents", lambda: YAML + "---\n" + YAML),
    _yaml("null bytes", lambda: YAML.replace("my-day", "my\0day")),
    _yaml("half a character", lambda: YAML.replace("my-day", "\ud800")),
    _yaml("a very long name", lambda: YAML.replace("my-day", "x" * 1_000_000)),
    _yaml("a very long id", lambda: YAML.replace('"J5"', '"' + "j" * 81 + '"')),
    _yaml("a reference to itself", lambda: "a: &a [*a]\n" + YAML),
    _yaml("a matrix of another folder", lambda: YAML + "travel: {matrices: {car: {file: ../../../etc/passwd}}}\n"),
    _yaml("a matrix from the root", lambda: YAML + "travel: {matrices: {car: {file: /etc/passwd}}}\n"),
    _yaml("a matrix from the net", lambda: YAML + 'travel: {matrices: {car: {file: "http://127.0.0.1/x"}}}\n'),
    Hostile("yaml: another encoding", ("validate", "{}"), "day.yaml", lambda: YAML.encode("utf-16")),
    Hostile("yaml: no text at all", ("validate", "{}"), "day.yaml", lambda: bytes(range(256)) * 1000),
    _json("not a number", lambda: JSON.replace("28.1979", "NaN")),
    _json("infinity", lambda: JSON.replace("28.1979", "Infinity")),
    _json("1e999", lambda: JSON.replace("28.1979", "1e999")),
    _json("10 to the 400", lambda: JSON.replace("28.1979", "1" + "0" * 400)),
    _json("nesting", lambda: "[" * 200_000),
    _json("duplicate keys", lambda: JSON.replace('"name"', '"name": "x", "name"', 1)),
    _json("half a character", lambda: JSON.replace("my-day", "\\ud800")),
    _json("more behind the end", lambda: JSON + JSON),
    _json("millions of numbers", lambda: "[" + "1," * 8_100_000 + "1]"),
    _plan("nesting", lambda: '{"plan": ' * 50_000),
    _plan("not a number", lambda: '{"plan": {"cents": NaN}}'),
    _plan("10 to the 400", lambda: '{"plan": 1' + "0" * 400 + "}"),
    _plan("a tag", lambda: "plan: !!python/name:os.system\n"),
    _plan("another format", lambda: '{"format": "../../etc/passwd", "plan": {}}'),
    _orders("aliases", lambda: "format: paigong-orders-1\nroutes: &a [*a]\n"),
    _orders("a tag", lambda: "routes: !!set {a}\n"),
    _orders("nesting", lambda: "routes: " + "[" * 100_000),
    _orders("unknown names", lambda: 'routes: [{technician_id: "../../x", day: 2026-07-15, jobs: ["/etc/passwd"]}]'),
    _book("a bomb of one part", lambda: _zip({"xl/media/zeros.bin": b"\0" * 300_000_000})),
    _book("a bomb that lies about its size", _lying_directory),
    _book("a sheet that unpacks to too much", _sheet(b"<sheetData", b" " * 190_000_000 + b"<sheetData")),
    _book("a part outside", lambda: _zip({"../../../evil.sh": b"x"})),
    _book("entities that multiply", _sheet(b"<worksheet", _LAUGHS)),
    _book("an entity from a file", _sheet(b"<worksheet", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet')),
    _book("ten million rows", _sheet(b"</sheetData>", _FAR_ROW + b"</sheetData>")),
    _book("a cell at the far corner", _sheet(b'r="A2"', b'r="XFD400000"')),
    _book("far too many rows", _sheet(b"</sheetData>", _ROWS + b"</sheetData>")),
    _book("nesting", _sheet(b"<sheetData", b"<x>" * 500_000 + b"<sheetData")),
    _book("formulas", _sheet(b"<v>28.22</v>", b"<f>HYPERLINK(&quot;http://x&quot;)</f><v>28.22</v>")),
    _book("not a number", _sheet(b"<v>28.22</v>", b"<v>NaN</v>")),
    _book("1e999", _sheet(b"<v>28.22</v>", b"<v>1e999</v>")),
    _book("thousands of parts", lambda: _zip({f"xl/x{i}.xml": b"<x/>" for i in range(5_000)})),
    _book("a text file", lambda: b"name: x\n"),
    _book("an old workbook", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 10_000, "day.xls"),
    _book("a damaged zip", lambda: BOOK[: len(BOOK) // 2] + b"\0" * 500 + BOOK[len(BOOK) // 2 + 500 :]),
    _book("an almost empty sheet as wide and long as allowed", _sheet(b"</sheetData>", _CORNER + b"</sheetData>")),
    _book("a row without end", _sheet(b"</sheetData>", b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row></sheetData>")),
    _book("a row number of ten digits", _sheet(b'<row r="2"', b'<row r="4000000000"><c><v>1</v></c></row><row r="2"')),
    _book("a sheet hidden by capital letters", _capitals),
    _book("one text in many cells", _cells_naming_one_text),
    _book("one part as many sheets", _one_part_as_many_sheets),
    _book("a tag without end", lambda: _sheet(b"<worksheet", b'<worksheet a="' + _told(40_000_000) + b'"')()),
    _book("a text of 40 MB", lambda: _sheet(b"</sheetData>", _row_of_text(_told(40_000_000)))()),
    _book("errors instead of values", _sheet(b"<v>28.22</v>", b"<v>28.22</v></c><c r=\"H2\" t=\"e\"><v>#REF!</v>")),
    _book("two workbooks in one file", _two_workbooks),
    _book("a workbook that is an OpenDocument file too", _opendocument),
    _book("another packing", lambda: _zip({"xl/media/x.bin": b"x" * 100}, zipfile.ZIP_LZMA)),
    _book("a sheet outside the file", _sheet(b"/xl/worksheets/sheet6.xml", b"file:///etc/passwd", _LINKS)),
    _csv("a line without end", lambda: b"job,type\n" + b"x" * 30_000_000),
    _csv("millions of empty lines", lambda: b"job,type\n" + b"\n" * 30_000_000),
    _csv("one wide letter among many", lambda: "job,type\n🙂,x\n".encode() + b"ab,cd\n" * 5_000_000),
    _csv("more than there is room for", lambda: b"x" * 34_000_000),
    _csv("another encoding", lambda: "job,type\nJ1,repair\n".encode("utf-16-le")),
    Hostile("csv: hundreds of files", ("import", "{}"), "day/", lambda: {f"{i}.csv": b"a\n" for i in range(500)}),
    _csv("null bytes", lambda: b"job,type\nJ1\0,repair\n"),
    _csv("a quote that is never closed", lambda: b'job,type\n"' + b"x" * 5_000_000),
    _csv("formulas", lambda: b"job,type\n=cmd|' /C calc'!A0,repair\n"),
    _csv("thousands of columns", lambda: b"," * 100_000 + b"\n"),
    _csv("duplicate headers", lambda: b"job,job,type\nJ1,J1,repair\n"),
    _csv("10 to the 400", lambda: b"job,type,latitude,longitude\nJ1,repair,1" + b"0" * 400 + b",0\n"),
    _vroom("nesting", lambda: "[" * 200_000),
    _vroom("not a number", lambda: '{"vehicles": [{"id": 1, "start": [NaN, 0]}]}'),
    _vroom("10 to the 400", lambda: '{"vehicles": [{"id": 1' + "0" * 400 + "}]}"),
    _vroom("no request", lambda: json.dumps({"vehicles": "all of them", "jobs": {"../..": None}})),
)  # fmt: skip
"""All hostile inputs."""


def write(one: Hostile, folder: Path) -> Path:
    """Write an input into a folder of its own, and return where it is."""
    folder.mkdir()
    path, content = folder / one.file, one.content()
    if isinstance(content, dict):
        path.mkdir()
        for name, inside in content.items():
            (path / name).write_bytes(inside)
    else:
        path.write_bytes(content)
    return path
