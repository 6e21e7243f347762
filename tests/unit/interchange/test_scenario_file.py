"""Scenario files: read as meant, or refused with every mistake, its path, line, cause and remedy."""

import io
import json
import sys
from pathlib import Path

import pytest

from optimizer.domain.fingerprint import scenario_sha256
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange import text_file
from optimizer.interchange.scenario_file import load_scenario, parse_scenario

SMALL = """\
name: small
horizon: {first_day: 2026-07-15}
branches:
  - {branch_id: B1, place: {lat: 28.2, lon: 112.98}}
technicians:
  - technician_id: T1
    branch_id: B1
    skills: {repair: 3}
    shifts:
      - {day: 2026-07-15, start: 08:30, rest: {minutes: 30, inside: {start: 12:00, end: 13:00}}}
jobs:
  - job_id: J1
    type: repair
    place: {lat: 28.21, lon: 112.99, address: 芙蓉区五一大道1号}
    windows:
      - {start: 2026-07-15T09:00:00+08:00, end: 2026-07-15T11:00:00+08:00}
"""


def issues_of(text: str, *, as_json: bool = False) -> tuple[Issue, ...]:
    with pytest.raises(InvalidInput) as caught:
        parse_scenario(text, json=as_json)
    return caught.value.issues


def test_a_small_scenario_is_read() -> None:
    scenario = parse_scenario(SMALL, json=False)
    shift = (scenario.technicians[0].shifts or ())[0]
    assert (shift.start.hour, shift.start.minute) == (8, 30)
    assert scenario.jobs[0].windows[0].end.isoformat() == "2026-07-15T11:00:00+08:00"
    assert scenario.jobs[0].place.address == "芙蓉区五一大道1号"


def test_file_folder_and_standard_input_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = parse_scenario(SMALL, json=False)
    as_json = scenario.model_dump_json()
    (tmp_path / "scenario.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "other.json").write_text("\ufeff" + as_json, encoding="utf-8")  # as some editors save it
    assert load_scenario(tmp_path) == scenario
    assert load_scenario(str(tmp_path / "scenario.yaml")) == scenario
    assert load_scenario(tmp_path / "other.json") == scenario
    for text in (SMALL, as_json):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert load_scenario("-") == scenario


def test_all_mistakes_of_form_are_named_at_once_with_lines() -> None:
    text = (
        SMALL.replace("horizon:", "horizont:")
        .replace("lat: 28.2,", "lat: 128.2,")
        .replace("08:30", "half past eight")
        .replace("minutes: 30", "minutes: many")
        .replace("    type: repair\n", "")
        .replace("T11:00:00+08:00", "T11:00:00")
    )
    found = {(issue.path, issue.code): issue for issue in issues_of(text)}
    assert {key: issue.line for key, issue in found.items()} == {
        ("horizon", "missing"): 1,
        ("horizont", "extra-forbidden"): 2,
        ("branches[0].place.lat", "less-than-equal"): 4,
        ("technicians[0].shifts[0].start", "time-parsing"): 10,
        ("technicians[0].shifts[0].rest.minutes", "int-parsing"): 10,
        ("jobs[0].type", "missing"): 12,
        ("jobs[0].windows[0].end", "timezone-aware"): 15,
    }
    assert "horizon" in found["horizont", "extra-forbidden"].action
    assert "offset" in found["jobs[0].windows[0].end", "timezone-aware"].action
    assert all(issue.cause and issue.action for issue in found.values())


def test_the_same_mistakes_in_json_have_lines_too() -> None:
    content = json.loads(parse_scenario(SMALL, json=False).model_dump_json(exclude_defaults=True))
    content["jobs"][0]["units"] = 0
    content["jobs"][0]["windows"][0]["start"] = "2026-07-15T12:00:00+08:00"
    text = json.dumps(content, indent=1)
    found = {issue.path: text.splitlines()[(issue.line or 0) - 1] for issue in issues_of(text, as_json=True)}
    assert {path: line.strip() for path, line in found.items()} == {
        "jobs[0].units": '"units": 0',
        "jobs[0].windows[0]": "{",
    }


def test_contradictions_are_named_with_lines() -> None:
    text = SMALL.replace("branch_id: B1\n", "branch_id: B9\n").replace("type: repair\n", "type: repare\n")
    text += "policy: {rules: {OVERTIM: {active: true}}}\n"
    found = {issue.path: issue.line for issue in issues_of(text)}
    assert found["technicians[0].branch_id"] == 7
    assert found["jobs[0].type"] == 13
    assert found["policy.rules.OVERTIM"] == 17


def test_contradictions_are_named_beside_mistakes_of_form() -> None:
    text = SMALL + (
        "  - {job_id: J2, type: repair, place: {lat: 128.2, lon: 112.98}}\n"  # wrong in itself
        "  - {job_id: J3, type: repare, place: {lat: 28.2, lon: 112.98}}\n"
        "  - {job_id: J3, type: repair, place: {lat: 28.2, lon: 112.98}}\n"
        "pins:\n"
        "  - {job_id: J2, day: 2026-07-15}\n"  # J2 is there, though wrong
        "  - {job_id: J9, day: 2026-07-15}\n"
        "policy: {preset: nice, rules: {OVERTIM: {}}}\n"
    )
    found = {issue.path: (issue.line, issue.cause) for issue in issues_of(text)}
    assert {path: line for path, (line, _) in found.items()} == {
        "jobs[1].place.lat": 17,
        "policy.preset": 23,
        "jobs[2].type": 18,
        "jobs[3].job_id": 19,
        "pins[1].job_id": 22,
        "policy.rules.OVERTIM": 23,
    }
    assert found["jobs[3].job_id"][1] == "The id 'J3' is already used at jobs[2]."


@pytest.mark.parametrize("broken", ["horizon: 5", "policy: 5", "policy: {job_types: 5}", "branches: 5"])
def test_nothing_follows_from_what_too_much_depends_on(broken: str) -> None:
    key = broken.partition(":")[0]
    content = parse_scenario(SMALL, json=False).model_dump(mode="json", exclude_defaults=True)
    content["jobs"][0]["type"] = "repare"
    content[key] = {"job_types": 5} if "job_types" in broken else 5
    (issue,) = issues_of(json.dumps(content), as_json=True)
    assert issue.path.startswith(key)


def test_too_few_entries_are_counted() -> None:
    (issue,) = issues_of(SMALL.replace("  - {branch_id: B1, place: {lat: 28.2, lon: 112.98}}", "  []"))
    assert (issue.path, issue.cause) == ("branches", "There are 0 entries; at least 1 are needed.")


def test_a_record_that_contradicts_itself_says_what_to_do() -> None:
    text = SMALL.replace("T11:00:00", "T08:00:00")
    (issue,) = issues_of(text)
    assert (issue.code, issue.path, issue.line) == ("contradiction", "jobs[0].windows[0]", 16)
    assert issue.cause == "The window ends before it starts."
    assert issue.action == "Swap start and end."


def test_numbers_and_offsets_are_no_local_times() -> None:
    # Read as numbers, 900 seconds would be 00:15 and 20260714 seconds a day in August 1970.
    text = SMALL.replace("08:30", "900").replace("start: 12:00", "start: 12:00Z")
    text += "    intake_at: 20260714\n"
    found = {issue.path: (issue.line, issue.cause) for issue in issues_of(text)}
    assert found == {
        "technicians[0].shifts[0].start": (10, "A number is not a time."),
        "technicians[0].shifts[0].rest.inside.start": (10, "A local time has no offset."),
        "jobs[0].intake_at": (17, "A number is not a time."),
    }


@pytest.mark.parametrize(
    ("text", "as_json"), [("", False), ("just words", False), ("[1]", True), ("null", True)]
)
def test_something_else_is_not_a_scenario(text: str, as_json: bool) -> None:
    (issue,) = issues_of(text, as_json=as_json)
    assert issue.path == ""
    assert issue.cause == "A record with named fields is expected here."


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.yaml", None, "file-not-found"),
        ("bad.yaml", b"name: \xff\n", "not-utf-8"),
        ("nul\0.yaml", None, "file-unreadable"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        load_scenario(f"{tmp_path}/{name}")
    assert [issue.code for issue in caught.value.issues] == [code]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"scenario\.yaml"):
        load_scenario(tmp_path)


def test_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_file, "MAX_BYTES", 100)
    (tmp_path / "scenario.yaml").write_text("#" * 101)
    with pytest.raises(InvalidInput, match="larger"):
        load_scenario(tmp_path)
    assert text_file.MAX_BYTES == 100


def test_the_fingerprint_ignores_layout_and_sees_facts() -> None:
    scenario = parse_scenario(SMALL, json=False)
    reordered = SMALL.replace("name: small\n", "") + "name: small\n"
    assert scenario_sha256(parse_scenario(reordered, json=False)) == scenario_sha256(scenario)
    assert scenario_sha256(parse_scenario(scenario.model_dump_json(), json=True)) == scenario_sha256(scenario)
    longer = SMALL.replace("T11:00:00", "T11:00:01")
    assert scenario_sha256(parse_scenario(longer, json=False)) != scenario_sha256(scenario)


def test_a_plan_or_orders_are_named_as_what_they_are() -> None:
    for text, said in (
        ('{"plan": {}, "assessment": {}}', "This is a plan, no scenario."),
        ('{"format": "paigong-orders-1", "routes": []}', "These are orders of stops, no scenario."),
    ):
        with pytest.raises(InvalidInput) as refused:
            parse_scenario(text, json=True)
        (issue,) = refused.value.issues
        assert (issue.code, issue.cause) == ("not-a-scenario", said)
