"""CSV files: Excel opens them with the right letters and takes no text for a formula."""

import csv
import io

import pytest

from optimizer.interchange.plan_export.csv_files import plan_csv
from optimizer.interchange.plan_export.tables import TABLES
from tests.unit.interchange.plan_export.day import FORMULA, facts


def rows(name: str, *, phones: bool = False) -> list[dict[str, str]]:
    text = plan_csv(facts(phones=phones))[name].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_table_is_a_file_that_excel_reads_as_utf_8() -> None:
    files = plan_csv(facts("zh"))
    assert set(files) == {f"{kind.name}.csv" for kind in TABLES}
    for content in files.values():
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
    assert "技术员编号" in files["timetable.csv"].decode("utf-8-sig")


def test_times_and_money_are_plain() -> None:
    first = rows("timetable.csv")[1]
    assert (first["start"], first["day"], first["km"]) == ("2026-07-15 11:00", "2026-07-15", "6")
    *parts, total = rows("bill.csv")
    cents = [int(row["yuan"].replace(".", "")) for row in parts]  # always two decimals
    assert sum(cents) == int(total["yuan"].replace(".", ""))


@pytest.mark.parametrize(
    ("column", "written"),
    [("address", f"'{FORMULA}"), ("customer", "'@SUM(1)"), ("name", "'+2"), ("phone", "'-1")],
)
def test_what_begins_like_a_formula_gets_an_apostrophe(column: str, written: str) -> None:
    (stop,) = (row for row in rows("timetable.csv", phones=True) if row["job"] == "J2")
    assert stop[column] == written


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠1", "'=1"]
)
def test_every_beginning_of_a_formula_is_known(text: str) -> None:
    content = plan_csv(facts(name=text))["overview.csv"].decode("utf-8-sig")
    value = next(csv.reader(io.StringIO(content.split("\r\n", 1)[1], newline="")))[1]
    assert value.startswith("'")
