"""The tables of a plan: every stop once, the bill to the cent, headings in both languages."""

from datetime import datetime
from decimal import Decimal

import pytest

from optimizer.interchange.plan_export.tables import TABLES
from optimizer.interchange.plan_export.tables.base import Cell, Clock
from tests.unit.interchange.plan_export.day import facts
from tests.unit.rules.build import DAY

KINDS = {kind.name: kind for kind in TABLES}


def records(name: str, *, phones: bool = False) -> list[dict[str, Cell]]:
    """Return a table's rows by English heading, without empty cells."""
    table = KINDS[name].made(facts(phones=phones))
    titles = [column.title["en"] for column in table.columns]
    return [
        {title: cell for title, cell in zip(titles, row, strict=True) if cell not in (None, "")}
        for row in table.rows
    ]


def clock(hour: int, minute: int) -> Clock:
    return Clock(datetime(2026, 7, 15, hour, minute), DAY)


def test_the_timetable_tells_the_whole_day() -> None:
    leaves, first, rest, back = records("timetable")[:4]
    who = {"technician": "T1", "name": "王强", "day": DAY}
    assert leaves == {**who, "what": "leaves", "address": "芙蓉门店", "start": clock(10, 40)}
    assert first == {
        **who,
        "order": 1,
        "what": "job",
        "job": "J1",
        "type": "repair",
        "product": "aircon",
        "units": 2,
        "priority": "key customer",
        "customer": "刘女士",
        "address": "五一大道 389 号",
        "appointment": "11:00–12:00",
        "arrival": clock(10, 50),
        "wait min": 10.0,
        "start": clock(11, 0),
        "end": clock(12, 0),
        "drive min": 10.0,
        "km": 6.0,
        "reported": "不制冷, 滴水; E6",
    }
    assert rest == {**who, "what": "midday rest", "start": clock(12, 0), "end": clock(12, 40)}
    assert back == {
        **who,
        "what": "back",
        "address": "芙蓉门店",
        "arrival": clock(12, 50),
        "drive min": 10.0,
        "km": 6.0,
    }


def test_kilometres_sum_to_the_key_figure() -> None:
    distances = [row["km"] for row in records("timetable") if "km" in row]
    assert distances == [6.0, 6.0, 9.0, 9.0]
    (driven,) = (row["value"] for row in records("overview") if row["figure"] == "driven")
    assert driven == pytest.approx(30.0)


def test_telephone_numbers_are_left_out_unless_asked_for() -> None:
    titles = {column.title["en"] for kind in TABLES for column in kind.made(facts()).columns}
    assert "phone" not in titles
    assert [row["phone"] for row in records("timetable", phones=True) if "phone" in row] == [
        "+86 138 0000 0001",
        "-1",
    ]


def test_the_bill_sums_to_its_total_to_the_cent() -> None:
    made = facts()
    *parts, total = records("bill")
    assert total["rule"] == "total"
    amounts = [row["yuan"] for row in parts if isinstance(row["yuan"], Decimal)]
    assert len(amounts) == len(parts)
    assert sum(amounts) == total["yuan"]
    assert total["yuan"] == Decimal(made.document.assessment.bill.total_cents) / 100
    assert total["yuan"] != 0


def test_a_job_left_out_stands_with_its_reason() -> None:
    (row,) = records("left-out")
    assert (row["job"], row["why"]) == ("J3", "Nobody has the time.")


def test_parts_are_loaded_at_the_branch() -> None:
    (row,) = records("parts")
    assert (row["branch"], row["technician"], row["part"], row["pieces"]) == ("B1", "T1", "fan motor", 1)


def test_every_clock_and_task_has_its_row() -> None:
    assessment = facts().document.assessment
    assert len(records("clocks")) == len(assessment.clocks)
    assert [row["task"] for row in records("desk")] == [task.sentence for task in assessment.desk]
    # J1 takes parts that are in stock and all times are kept, but a break of T2 is owed.
    assert [row["rule"] for row in records("breaches")] == [one.code for one in assessment.findings]


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.name)
def test_headings_stand_in_both_languages(kind: object) -> None:
    table = KINDS[kind.name].made(facts("zh"))  # type: ignore[attr-defined]
    for column in table.columns:
        assert column.title["en"].isascii()
        assert not column.title["zh"].isascii()
    assert len({column.title["zh"] for column in table.columns}) == len(table.columns)
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_chinese_tables_have_the_trades_chinese_words() -> None:
    made = facts("zh")
    assert KINDS["timetable"].made(made).rows[1][6:8] == ("维修", "空调")
    assert KINDS["left-out"].made(made).rows[0][1] == "维修"
    assert KINDS["parts"].made(made).rows[0][5] == "风扇电机"
