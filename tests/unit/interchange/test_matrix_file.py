import json
import os
from pathlib import Path

import pytest

from optimizer.domain.fingerprint import scenario_sha256
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.matrix_file import read_matrix_csv
from optimizer.interchange.scenario_file import load_scenario, parse_scenario

CSV = "from,to,seconds,metres\nbranch:B1,job:J1,600,6000\njob:J1,branch:B1,700,7000\n"
SCENARIO = """\
name: test
horizon: {first_day: 2026-07-15}
branches:
  - {branch_id: B1, place: {lat: 28.2, lon: 112.98}}
technicians:
  - {technician_id: T1, branch_id: B1, kits: [repairer], skills: {repair: 3}}
jobs:
  - {job_id: J1, type: repair, place: {lat: 28.25, lon: 112.98}}
travel:
  matrices:
    car: {file: FILE}
"""
FILE_LINE = 11


def written(folder: Path, content: str = CSV, *, file: str = "car.csv", scenario: str = SCENARIO) -> Path:
    """Write a scenario and its matrix file."""
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(content, encoding="utf-8")
    path = folder / "scenario.yaml"
    path.write_text(scenario.replace("FILE", file), encoding="utf-8")
    return path


def issues(path: Path) -> tuple[Issue, ...]:
    with pytest.raises(InvalidInput) as caught:
        load_scenario(path)
    return caught.value.issues


def named(folder: Path, file: str) -> Issue:
    """Return the one issue of a scenario that names a file so."""
    path = folder / "scenario.yaml"
    path.write_text(SCENARIO.replace("FILE", json.dumps(file)), encoding="utf-8")
    (issue,) = issues(path)
    return issue


@pytest.mark.parametrize("file", ["car.csv", "tables/car.csv"])
def test_a_csv_file_becomes_the_matrix(tmp_path: Path, file: str) -> None:
    matrix = load_scenario(written(tmp_path, file=file)).travel.matrices["car"]
    assert matrix.places == ("branch:B1", "job:J1")
    assert matrix.seconds == ((0, 600), (700, 0))
    assert matrix.metres == ((0, 6000), (7000, 0))


def test_a_folder_that_holds_the_scenario_is_its_folder(tmp_path: Path) -> None:
    written(tmp_path)
    assert load_scenario(tmp_path).travel.matrices["car"].seconds[1][0] == 700


def test_a_json_file_becomes_the_matrix(tmp_path: Path) -> None:
    content = {"places": ["branch:B1", "job:J1"], "seconds": [[0, 600], [700, 0]], "metres": [[0, 1], [2, 0]]}
    matrix = load_scenario(written(tmp_path, json.dumps(content), file="car.json")).travel.matrices["car"]
    assert matrix.metres == ((0, 1), (2, 0))


def test_the_fingerprint_covers_what_the_file_says(tmp_path: Path) -> None:
    before = scenario_sha256(load_scenario(written(tmp_path)))
    assert scenario_sha256(load_scenario(written(tmp_path, CSV.replace("600", "601")))) != before
    reordered = "to,metres,seconds,from\n job:J1 ,6000,600,branch:B1\n\nbranch:B1,7000,700,job:J1\n"
    assert scenario_sha256(load_scenario(written(tmp_path, reordered))) == before


def test_every_wrong_line_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    lines = [
        "from,to,seconds,metres",
        "branch:B1,job:J1,600",  # 2
        "branch:B1,job:J1,ten,6000",  # 3
        "branch:B1,job:J1,600,6000.5",  # 4
        ",job:J1,600,6000",  # 5
        "branch:B1,job:J1,604801,6000",  # 6
        "branch:B1,job:J1,600,-1",  # 7
        "branch:B1,job:J1,600,6000",  # 8: right
        "branch:B1,job:J1,600,6000",  # 9: again
    ]
    found = issues(written(tmp_path, "\n".join(lines)))
    assert [(one.path, one.line) for one in found] == [("car.csv", line) for line in (2, 3, 4, 5, 6, 7, 9)]
    assert "already stands in line 8" in found[-1].cause


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "heading"),
        ("a,b\n", "heading"),
        ("from,to,seconds,metres\n", "no drive"),
        ('from,to,seconds,metres\n"open', "CSV"),
        (CSV + "branch:B1,job:J9,1,1\n", "3 drives are missing: job:J1 to job:J9, job:J9 to branch:B1"),
    ],
)
def test_a_file_that_is_no_whole_matrix_is_refused(tmp_path: Path, content: str, said: str) -> None:
    (issue,) = issues(written(tmp_path, content))
    assert said in issue.cause
    assert issue.path == "car.csv"


def test_many_names_and_few_drives_take_no_memory() -> None:
    # 60,000 places would be 3,600,000,000 pairs.
    rows = "".join(f"a{i},b{i},1,1\n" for i in range(30_000))
    with pytest.raises(InvalidInput, match="3,599,910,000 drives are missing"):
        read_matrix_csv(f"from,to,seconds,metres\n{rows}", "car.csv")


def test_a_place_of_the_scenario_that_lacks_is_said_by_the_scenario(tmp_path: Path) -> None:
    found = issues(written(tmp_path, CSV.replace("job:J1", "job:J2")))
    assert any("job:J1" in one.cause for one in found)


def test_mistakes_of_the_scenario_and_of_the_file_come_together(tmp_path: Path) -> None:
    scenario = SCENARIO.replace("lat: 28.25", "lat: 128.25")
    found = issues(written(tmp_path, CSV.replace("600", "x"), scenario=scenario))
    assert {one.path for one in found} == {"car.csv", "jobs[0].place.lat"}


def test_mistakes_in_a_json_file_have_its_lines(tmp_path: Path) -> None:
    content = '{"places": ["branch:B1"],\n "seconds": [[-1]],\n "meters": [[0]]}'
    found = issues(written(tmp_path, content, file="car.json"))
    assert ("car.json: seconds[0][0]", 2) in [(one.path, one.line) for one in found]
    assert all(one.path.startswith("car.json") for one in found)


@pytest.mark.parametrize(
    "file",
    ["/etc/passwd", "../car.csv", "a/../../car.csv", "C:\\car.csv", "\\\\server\\car.csv", "..\\car.csv"],
)
def test_no_file_outside_the_scenarios_folder_is_read(tmp_path: Path, file: str) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "car.csv").write_text(CSV)
    issue = named(tmp_path / "inner", file)
    assert (issue.code, issue.path, issue.line) == ("file-outside", "travel.matrices.car.file", FILE_LINE)


def test_no_link_leads_outside(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "car.csv").write_text(CSV)
    (inner / "link.csv").symlink_to(tmp_path / "car.csv")
    (inner / "link").symlink_to(tmp_path)
    assert named(inner, "link.csv").code == "file-outside"
    assert named(inner, "link/car.csv").code == "file-outside"
    (inner / "own.csv").write_text(CSV)
    (inner / "inside.csv").symlink_to(inner / "own.csv")
    assert load_scenario(written(inner, file="inside.csv")).travel.matrices


def test_only_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    for name in ("pipe.csv", "folder.csv", "nothing.csv", "a" * 5000):
        assert named(tmp_path, name).code in ("file-not-found", "file-unreadable")


def test_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    assert named(tmp_path, "").code == "file-name"
    assert named(tmp_path, "a\x00b").code in ("file-name", "control-character")


def test_a_scenario_without_a_folder_names_no_files() -> None:
    with pytest.raises(InvalidInput, match="no folder"):
        parse_scenario(SCENARIO.replace("FILE", "car.csv"), json=False)


def test_a_file_and_a_matrix_at_once_are_refused(tmp_path: Path) -> None:
    scenario = SCENARIO.replace("{file: FILE}", "{file: FILE, places: []}")
    (issue,) = issues(written(tmp_path, scenario=scenario))
    assert issue.code == "file-and-matrix"


def test_json_scenarios_name_files_too(tmp_path: Path) -> None:
    (tmp_path / "car.csv").write_text(CSV.replace("600", "x"), encoding="utf-8")
    path = tmp_path / "scenario.json"
    path.write_text('{"name": "t",\n "travel": {"matrices": {"car": {"file": "../x.csv"}}}}')
    found = issues(path)
    assert ("travel.matrices.car.file", 2) in [(one.path, one.line) for one in found]
