"""YAML is read as plain values with their lines, and nothing in it can do anything."""

import pytest

from optimizer.interchange import yaml_text
from optimizer.interchange.yaml_text import read_yaml


def test_plain_values_and_their_lines() -> None:
    source = read_yaml("name: Changsha\njobs:\n  - {units: 2, done: false}\n  - [1.5, ~, 'x: y']\n")
    assert source.issues == []
    assert source.value == {"name": "Changsha", "jobs": [{"units": 2, "done": False}, [1.5, None, "x: y"]]}
    assert source.lines[("name",)] == 1
    assert source.lines[("jobs", 0, "units")] == 3
    assert source.lines[("jobs", 1, 2)] == 4


def test_dates_and_times_stay_text() -> None:
    text = "a: 2026-07-15T09:00:00+08:00\nb: 2026-07-15\nc: 09:00\nd: 1_000\ne: 0x10\nf: yes\n"
    assert read_yaml(text).value == {
        "a": "2026-07-15T09:00:00+08:00",
        "b": "2026-07-15",
        "c": "09:00",
        "d": "1_000",
        "e": "0x10",
        "f": "yes",
    }


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
        ("a: 1\nb: {c: 1, c: 2}\n", "duplicate-key", 2),
        ("a: &x [1]\n", "yaml-alias", 1),
        ("a: 1\n<<: {b: 2}\n", "yaml-alias", 2),
        ("a: !!python/object/apply:os.system [ls]\n", "yaml-tag", 1),
        ("a: 1\nb: !!binary aGk=\n", "yaml-tag", 2),
        ("a: 1\nb: .inf\n", "not-finite", 2),
        ("a: -.INF\n", "not-finite", 1),
        ("a: .nan\n", "not-finite", 1),
        ("a: 1e999\n", "not-finite", 1),
        ("a: 1234567890123456789\n", "number-too-long", 1),
        ("a: 1\n---\nb: 2\n", "several-documents", 2),
        ("a: 1\n? [b]\n: 2\n", "key", 2),
        ("a:\n\tb: 1\n", "yaml-syntax", 2),
        ("a: [1, 2\nb: 3\n", "yaml-syntax", 2),
        ("a: \x00\n", "yaml-syntax", None),
        ("[" * 100_000, "too-deep", 1),
        ("{a: " * 41, "too-deep", 1),
    ],
)
def test_what_is_refused(text: str, code: str, line: int | None) -> None:
    issue = read_yaml(text).issues[0]
    assert (issue.code, issue.line) == (code, line)
    assert issue.cause
    assert issue.action


def test_an_alias_bomb_stays_small() -> None:
    # Each line doubles the one before: 2**30 values if aliases were followed.
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 30)]
    source = read_yaml("\n".join(lines))
    assert [issue.code for issue in source.issues] == ["yaml-alias"] * 30  # one a line
    assert len(source.lines) == 1 + 30 * 3  # the whole, and for each line a list of two


def test_all_refusals_are_listed_at_once() -> None:
    source = read_yaml("a: .nan\nb: !x 1\nb: *y\n")
    assert [(issue.code, issue.line) for issue in source.issues] == [
        ("not-finite", 1),
        ("yaml-tag", 2),
        ("duplicate-key", 3),
        ("yaml-alias", 3),
    ]


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "MAX_VALUES", 10)
    assert read_yaml("[1, 2, 3, 4, 5, 6, 7, 8, 9]").issues == []  # the list and nine numbers
    assert read_yaml("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]").issues[0].code == "too-many-values"


def test_forty_levels_are_read() -> None:
    assert read_yaml("[" * 40 + "]" * 40).issues == []
