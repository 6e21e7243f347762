"""A sheet filled in the way dispatchers talk: Chinese kinds of work, customers without ids, times without days."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from optimizer.domain.policy import JobType
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.workbook import (
    Sheets,
    read_sheets,
    read_workbook,
    workbook_bytes,
    write_csv_folder,
)
from optimizer.interchange.workbook.template import example
from tests.unit.interchange.workbook.mistakes import column_of


def opened(scenario: Scenario | None = None) -> Workbook:
    """Return the Chinese example: jobs J1 to J5 in rows 2 to 6, one planned day, 15 July 2026."""
    return load_workbook(BytesIO(workbook_bytes(scenario or example("zh"), "zh")))


def several_days() -> Scenario:
    day = example("zh")
    return day.model_copy(update={"horizon": day.horizon.model_copy(update={"days": 2})})


def put(book: Workbook, sheet: str, column: str, row: int, value: Any) -> None:
    book[sheet].cell(row, column_of(book, sheet, column)).value = value


def read(book: Workbook, folder: Path) -> Sheets:
    book.save(folder / "day.xlsx")
    return read_sheets(folder / "day.xlsx")


def issues_of(book: Workbook, folder: Path) -> tuple[Issue, ...]:
    with pytest.raises(InvalidInput) as caught:
        read(book, folder)
    return caught.value.issues


def test_chinese_kinds_and_types_are_the_english_ones(tmp_path: Path) -> None:
    book = opened()
    put(book, "工单", "类型", 2, "维修")
    put(book, "工单", "另需技能", 2, "勘察: 2")
    put(book, "技术员", "技能", 2, "维修/空调: 3; 勘察：2")
    scenario, notes = read(book, tmp_path)
    assert scenario.jobs[0].type == "repair"
    assert scenario.jobs[0].skills == {"survey": 2}
    assert scenario.technicians[0].skills == {"repair/空调": 3, "survey": 2}  # the product as it is written
    assert notes == ("维修 was read as repair.", "勘察 was read as survey.")


def test_the_same_skill_in_two_languages_stands_twice(tmp_path: Path) -> None:
    book = opened()
    put(book, "技术员", "技能", 2, "维修/空调: 3; repair/空调: 2")
    (issue,) = issues_of(book, tmp_path)
    assert (issue.path, issue.code) == ("技术员!D2", "duplicate-name")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_type_and_skills_that_are_really_called_so_come_back(language: Any, tmp_path: Path) -> None:
    day = example("zh")
    policy = day.policy.model_copy(
        update={"job_types": {**day.policy.job_types, "维修": JobType(kind="repair")}}
    )
    wang = day.technicians[0].model_copy(update={"skills": {"维修/空调": 3, "维修": 2, "维修／空调": 1}})
    first = day.jobs[0].model_copy(update={"type": "维修", "skills": {"安装": 2}})
    day = day.model_copy(
        update={
            "policy": policy,
            "technicians": (wang, *day.technicians[1:]),
            "jobs": (first, *day.jobs[1:]),
        }
    )
    (tmp_path / "day.xlsx").write_bytes(workbook_bytes(day, language))
    write_csv_folder(day, tmp_path / "day", language)
    for path in (tmp_path / "day.xlsx", tmp_path / "day"):
        assert read_sheets(path) == (day, ())


def test_a_chinese_type_that_the_policy_lacks_is_unknown(tmp_path: Path) -> None:
    book = opened()
    put(book, "工单", "类型", 2, "移机")  # relocation, which is not in the usual job table
    (issue,) = issues_of(book, tmp_path)
    assert (issue.path, issue.code) == ("工单!B2", "unknown-job-type")
    assert issue.action.endswith(" There are: 安装, 维修, 投诉处理, 保养, 勘察.")


def test_customers_without_an_id_get_one(tmp_path: Path) -> None:
    book = opened()
    people = [
        ("李女士", "555-1"),
        ("李女士", "555-1"),
        ("李女士", None),
        ("李女士", None),
        ("赵先生", "555-9"),
    ]
    for row, (name, phone) in enumerate(people, start=2):
        put(book, "工单", "客户", row, None)
        put(book, "工单", "客户姓名", row, name)
        put(book, "工单", "客户电话", row, phone)
    put(book, "工单", "客户", 6, "C-J1")  # somebody has the id that would be made first
    scenario, notes = read(book, tmp_path)
    ids = [job.customer.customer_id for job in scenario.jobs if job.customer]
    # Without a telephone the same name may be two people.
    assert ids == ["C-J1-2", "C-J1-2", "C-J3", "C-J4", "C-J1"]
    assert notes == ("3 customers without an id got one made from the job's id: C-J1-2, C-J3, C-J4.",)


def test_the_id_of_the_same_person_is_taken(tmp_path: Path) -> None:
    book = opened()
    put(book, "工单", "客户姓名", 5, "李女士")
    put(book, "工单", "客户电话", 5, "555-0101")  # as in row 2, which has the id C1
    scenario, notes = read(book, tmp_path)
    assert scenario.jobs[3].customer is not None
    assert scenario.jobs[3].customer.customer_id == "C1"
    assert notes == ()


def test_no_key_customer_is_no_customer(tmp_path: Path) -> None:
    book = opened()
    put(book, "工单", "重点客户", 5, "否")
    assert read(book, tmp_path).scenario.jobs[3].customer is None


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("14:00", "16:00"),
        (time(14), time(16)),
        (timedelta(hours=14), timedelta(hours=16)),
        ("下午2点", "下午4:00"),
        ("7月15日 14:00", "7月15号 下午4点"),
        ("14:00-16:00", None),
        ("14:00–16:00", None),
        ("14：00～16：00", None),
        ("下午2点到4点", None),
        ("14-16点", None),
        ("2026-07-15 14:00-16:00", None),
        ("7月15日 14:00至16:00", None),
    ],
)
def test_windows_as_people_write_them(start: Any, end: Any, tmp_path: Path) -> None:
    book = opened()
    put(book, "工单", "预约从", 5, start)
    put(book, "工单", "预约到", 5, end)
    (window,) = read(book, tmp_path).scenario.jobs[3].windows
    assert window == example("zh").jobs[0].windows[0]  # 14:00 to 16:00 on the planned day


def test_a_day_without_its_year_is_near_the_planned_days(tmp_path: Path) -> None:
    new_year = example("zh").model_copy(update={"now": None})
    book = opened(new_year)
    for row in range(2, book["总览"].max_row + 1):
        if book["总览"].cell(row, 1).value == "首日":
            book["总览"].cell(row, 2).value = date(2027, 1, 4)
    for row in (2, 4):
        for column in ("预约从", "预约到"):
            put(book, "工单", column, row, None)
    put(book, "工单", "报修时间", 2, "12月30日 9:00")
    intake = read(book, tmp_path).scenario.jobs[0].intake_at
    assert intake == datetime.fromisoformat("2026-12-30T09:00+08:00")
    put(book, "工单", "报修时间", 2, "7月5日 9:00")
    (issue,) = issues_of(book, tmp_path)
    assert (issue.path, issue.code) == ("工单!W2", "year-missing")


@pytest.mark.parametrize("start", ["14:00", time(14), "14:00-16:00"])
def test_with_several_days_the_day_is_asked_for(start: Any, tmp_path: Path) -> None:
    book = opened(several_days())
    put(book, "工单", "预约从", 5, start)
    put(book, "工单", "预约到", 5, "2026-07-15 16:00")
    (issue,) = issues_of(book, tmp_path)
    assert (issue.path, issue.code) == ("工单!I5", "moment-expected")
    assert "2026-07-15" in issue.action


def test_a_window_without_a_day_is_said_once(tmp_path: Path) -> None:
    book = opened(several_days())
    put(book, "工单", "预约从", 5, "14:00-16:00")
    (issue,) = issues_of(book, tmp_path)
    assert (issue.path, issue.cause) == ("工单!I5", "'14:00-16:00' has no day.")
    assert issue.action == "Add the day: 2026-07-15 14:00-16:00."


def test_a_time_of_intake_needs_its_day(tmp_path: Path) -> None:
    book = opened()
    put(book, "工单", "报修时间", 5, "14:00")  # may be yesterday
    (issue,) = issues_of(book, tmp_path)
    assert (issue.path, issue.code) == ("工单!W5", "moment-expected")


def test_an_offset_is_no_end(tmp_path: Path) -> None:
    book = opened()
    put(book, "工单", "预约从", 5, "2026-07-15T14:00-16:00")
    put(book, "工单", "预约到", 5, None)
    (issue,) = issues_of(book, tmp_path)
    assert (issue.path, issue.code) == ("工单!J5", "missing")


def test_words_that_mean_the_same(tmp_path: Path) -> None:
    book = opened()
    put(book, "技术员", "交通方式", 2, "公交")
    put(book, "工单", "优先级", 2, "加急")
    put(book, "工单", "投诉", 2, "是")
    put(book, "工单", "投诉", 3, "否")
    scenario = read(book, tmp_path).scenario
    assert scenario.technicians[0].means == "public_transport"
    assert scenario.jobs[0].priority == "emergency"
    assert [job.complaint for job in scenario.jobs[:2]] == ["complaint", "none"]


def test_mistakes_are_named_in_the_words_of_the_sheet(tmp_path: Path) -> None:
    book = opened()
    put(book, "工单", "优先级", 2, "很急很急")
    put(book, "工单", "纬度", 3, None)
    put(book, "工单", "服务合同", 4, "也许")
    book["总览"]["A2"] = None
    book["总览"]["B2"] = None
    found = {issue.path: f"{issue.cause} {issue.action}" for issue in issues_of(book, tmp_path)}
    assert found == {
        "总览": "The fact '名称' is missing. Add a row with it, and its value beside it.",
        "工单!D2": "'很急很急' is not a word for this column. Write one of: 紧急, 重点客户, 合同, 普通, 可缓.",
        "工单!E3": "'纬度' is missing in this row. Add it.",
        "工单!Z4": "'也许' is neither yes nor no. Write 是 or 否.",
    }


def test_missing_columns_and_sheets_in_the_words_of_the_file(tmp_path: Path) -> None:
    book = opened()
    book["技术员"]["C1"] = "王店"
    del book["网点"]
    found = {issue.path: f"{issue.cause} {issue.action}" for issue in issues_of(book, tmp_path)}
    assert found["网点"] == "The sheet '网点' is missing. Add it."
    assert "The column '网点' (branch) is missing." in found["技术员!1:1"]
    assert "Known columns: 技术员, 姓名, 网点," in found["技术员!C1"]


def test_the_template_reads_without_a_note(tmp_path: Path) -> None:
    (tmp_path / "day.xlsx").write_bytes(workbook_bytes(example("zh"), "zh"))
    assert read_workbook(tmp_path / "day.xlsx") == example("zh")
