"""Orders of stops from files: their own format or a plan file, every mistake with its line."""

from pathlib import Path

import pytest

from optimizer.domain.orders import OrderedDay, OrderedTool, Orders
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.orders_file import load_orders
from optimizer.interchange.plan_file import plan_json
from tests.unit import crew_day
from tests.unit.interchange.documents import document, question
from tests.unit.rules.build import DAY

GOOD = """\
format: paigong-orders-1
made_by: Wang
routes:
  - {technician_id: T1, day: 2026-07-15, jobs: [J2, J1]}
"""


def read(folder: Path, text: str, name: str = "orders.yaml") -> Orders:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_orders(path, question()).orders


def issues(folder: Path, text: str, name: str = "orders.yaml") -> dict[str, Issue]:
    with pytest.raises(InvalidInput) as caught:
        read(folder, text, name)
    return {issue.path: issue for issue in caught.value.issues}


def test_yaml_and_json(tmp_path: Path) -> None:
    expected = Orders(made_by="Wang", routes=(OrderedDay(technician_id="T1", day=DAY, jobs=("J2", "J1")),))
    assert read(tmp_path, GOOD) == expected
    assert read(tmp_path, expected.model_dump_json(), "orders.json") == expected
    assert read(tmp_path, expected.model_dump_json(), "orders") == expected


def test_a_plan_file_without_its_times(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(plan_json(document()), encoding="utf-8")
    file = load_orders(path, question())
    assert file.orders == Orders(
        made_by="hand", routes=(OrderedDay(technician_id="T1", day=DAY, jobs=("J1",)),)
    )
    assert file.preset == "service-first"


def test_every_mistake_at_once(tmp_path: Path) -> None:
    found = issues(
        tmp_path,
        "format: paigong-orders-1\n"
        "routes:\n"
        "  - {technician_id: T1, day: 2026-07-15, jobs: [J1, 7]}\n"
        "  - {technician_id: T8, day: 2026-07-15, jobs: [J1]}\n"
        "  - {technician_id: T1, day: 2026-07-16, jobs: [J1, J9]}\n"
        "  - none\n",
    )
    assert {path: (issue.code, issue.line) for path, issue in found.items()} == {
        "routes[0].jobs[1]": ("string-type", 3),
        "routes[3]": ("model-type", 6),
        "routes[1].technician_id": ("unknown-technician", 4),
        "routes[2].day": ("no-shift", 5),
        "routes[2].jobs[0]": ("duplicate-job", 5),
        "routes[2].jobs[1]": ("unknown-job", 5),
    }
    assert all(issue.cause and issue.action for issue in found.values())
    assert found["routes[2].day"].action == "Give one of these days: 2026-07-15."


def test_lines_in_json(tmp_path: Path) -> None:
    text = '{"routes": [\n {"technician_id": "T1",\n  "day": "2026-07-15",\n  "jobs": ["J9"]}]}'
    found = issues(tmp_path, text, "orders.json")
    assert [(issue.code, issue.line) for issue in found.values()] == [("unknown-job", 4)]


def test_a_plan_file_for_other_people_names_its_own_paths(tmp_path: Path) -> None:
    made = plan_json(document()).replace('"job_id": "J1"', '"job_id": "J9"')
    made = made.replace('"technician_id": "T1"', '"technician_id": "T9"')
    found = issues(tmp_path, made, "plan.json")
    assert {path: issue.code for path, issue in found.items()} == {
        "plan.shifts[0].technician_id": "unknown-technician",
        "plan.shifts[0].stops[0].job_id": "unknown-job",
    }
    assert all(issue.line for issue in found.values())


def test_a_damaged_plan_file(tmp_path: Path) -> None:
    found = issues(tmp_path, plan_json(document()).replace('"seed": 0', '"seed": -1'), "plan.json")
    assert list(found) == ["plan.provenance.seed"]


def test_a_text_that_is_nothing(tmp_path: Path) -> None:
    assert [issue.code for issue in issues(tmp_path, "[", "orders.json").values()] == ["yaml-syntax"]
    assert [issue.path for issue in issues(tmp_path, "7").values()] == [""]


TIED = """\
routes:
  - {technician_id: T1, day: 2026-07-15, jobs: [J2], seats: {J2: 1}}
  - {technician_id: T2, day: 2026-07-15, jobs: [J2, J5]}
tools:
  - {branch_id: B1, tool: hoist, day: 2026-07-15, jobs: [J2]}
"""


def tied(folder: Path, text: str, name: str = "orders.yaml") -> Orders:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_orders(path, crew_day.question()).orders


def test_seats_and_tools(tmp_path: Path) -> None:
    found = tied(tmp_path, TIED)
    assert found.routes[0].seats == {"J2": 1}
    assert found.tools == (OrderedTool(branch_id="B1", tool="hoist", piece=1, day=DAY, jobs=("J2",)),)
    assert tied(tmp_path, found.model_dump_json(), "orders.json") == found


def test_mistakes_in_tools_stand_beside_all_others(tmp_path: Path) -> None:
    text = TIED.replace("jobs: [J2], seats", "jobs: [7], seats").replace("hoist", "crane")
    text += "  - {branch_id: B1, tool: hoist, day: 2026-07-15, jobs: 7}\n  - none\n"
    with pytest.raises(InvalidInput) as caught:
        tied(tmp_path, text)
    assert {issue.path: (issue.code, issue.line) for issue in caught.value.issues} == {
        "routes[0].jobs[0]": ("string-type", 2),
        "tools[1].jobs": ("tuple-type", 6),
        "tools[2]": ("model-type", 7),
        "routes[0].seats.J2": ("seat-without-job", 2),
        "tools[0]": ("unknown-tool", 5),
    }


def test_a_circle_in_a_file_has_its_line(tmp_path: Path) -> None:
    text = TIED.replace("[J2]", "[J2, J6]", 1).replace("[J2, J5]", "[J6, J2]")
    with pytest.raises(InvalidInput) as caught:
        tied(tmp_path, text)
    assert [(one.code, one.path, one.line) for one in caught.value.issues] == [
        ("circular-wait", "routes[0].jobs[1]", 2)
    ]


def test_a_plan_with_tools_names_its_own_paths(tmp_path: Path) -> None:
    made = crew_day.document()
    hoist = made.plan.tools[0].model_copy(update={"piece": 2})
    wrong = made.model_copy(
        update={"plan": made.plan.model_copy(update={"tools": (hoist, *made.plan.tools[1:])})}
    )
    path = tmp_path / "plan.json"
    path.write_text(plan_json(wrong), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_orders(path, crew_day.question())
    assert [(one.code, one.path) for one in caught.value.issues] == [("unknown-tool", "plan.tools[0]")]
    assert caught.value.issues[0].line
