"""JSON is read as plain values; what the format allows and a scenario cannot hold is refused."""

import json

import pytest

from optimizer.interchange import json_text
from optimizer.interchange.json_text import json_lines, read_json


def test_plain_values() -> None:
    source = read_json('{"a": [1, 2.5, null, true], "b": {"c": "x\\"}y"}}')
    assert source.issues == []
    assert source.value == {"a": [1, 2.5, None, True], "b": {"c": 'x"}y'}}


def test_lines_of_values() -> None:
    lines = json_lines('{"a": [1,\n {"b": "x\\"}\\n,y"},\n []],\n "c": {}, "d":\n -1.5e3}').lines
    assert lines == {
        (): 1,
        ("a",): 1,
        ("a", 0): 1,
        ("a", 1): 2,
        ("a", 1, "b"): 2,
        ("a", 2): 3,
        ("c",): 4,
        ("d",): 5,
    }


@pytest.mark.parametrize(
    ("text", "code", "path", "line"),
    [
        ('{"a": 1,\n "a": 2}', "duplicate-key", "a", 2),
        ('{"a":\n [{"b": 1, "b": 2}]}', "duplicate-key", "a[0].b", 2),
        ('{"a": NaN}', "not-finite", "a", 1),
        ('{"a": 1,\n "b": [0, -Infinity]}', "not-finite", "b[1]", 2),
        ('{"a": 1e999}', "not-finite", "a", 1),
        ('{"a":\n1234567890123456789}', "number-too-long", "a", 2),
        ('{"a" 1}', "json-syntax", "", 1),
        ('{"a": 1,\n"b" 2}', "json-syntax", "", 2),
        ("", "json-syntax", "", 1),
        ("[" * 41 + "]" * 41, "too-deep", "", 1),
        ("[" * 1_000_000, "too-deep", "", None),
    ],
)
def test_what_is_refused(text: str, code: str, path: str, line: int | None) -> None:
    issue = read_json(text).issues[0]
    assert (issue.code, issue.path, issue.line) == (code, path, line)


def test_all_refusals_are_listed_at_once() -> None:
    issues = read_json('{"a": NaN,\n "b": 1e999,\n "b": 2}').issues
    assert [(issue.code, issue.line) for issue in issues] == [
        ("not-finite", 1),
        ("not-finite", 2),
        ("duplicate-key", 3),
    ]


def test_a_long_line_of_values_keeps_its_paths() -> None:
    lines = json_lines(json.dumps({"a": list(range(100))}, indent=1)).lines
    assert lines[("a", 99)] == 102  # "{", '"a": [', then one number a line


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "MAX_VALUES", 2)
    assert read_json("[1, 2, 3]").issues == []  # two commas
    assert read_json("[1, 2, 3, 4]").issues[0].code == "too-many-values"
