"""Trips on the terminal: where the night is, how the next day begins, days without stops, what it costs."""

import pytest

from optimizer.cli.show import show_plan
from tests.unit.trip_days import document, on_the_way, question, shifts


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    show_plan(question(), document())
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_a_day_ends_with_the_night_away_and_the_way_there(lines: list[str]) -> None:
    first = lines.index("T1 王强 · Wed 15 Jul · car · 1 job")
    # Back at the branch nobody is: 300 s and 3 km are driven to J2 in the evening.
    assert lines[first + 3] == "11:05 · night away near J2, hotel 5 min 3.0 km"


def test_a_day_between_two_nights_at_one_place_is_a_stay(lines: list[str]) -> None:
    first = lines.index("T1 王强 · Thu 16 Jul · car · stays near J2")
    assert lines[first + 1 : first + 3] == [
        "09:00 · stays near J2, hotel",
        "12:00–12:40 · midday rest",
    ]


def test_the_next_day_begins_where_the_night_was(lines: list[str]) -> None:
    first = lines.index("T1 王强 · Fri 17 Jul · car · 1 job")
    assert lines[first + 1] == "09:00 · from the night near J2"
    assert lines[first + 2].startswith("09:00–10:00 J2 repair")
    assert lines[first + 3] == "10:15 · back branch Furong 15 min 9.0 km"


def test_nights_are_counted_by_the_day_and_billed_by_name(lines: list[str]) -> None:
    assert any(line.startswith("Wed 15 Jul · 1 technician, 1 job, 1 night away · draft ─") for line in lines)
    assert any(line.startswith("Fri 17 Jul · 1 technician, 1 job · draft ─") for line in lines)
    assert "LODGING nights away 2 nights ¥210.00" in lines  # 2 × (80 for the bed + 25)
    assert "nights away 2" in lines


def test_a_drive_without_stops_is_on_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    asked = question()
    show_plan(asked, document(asked, on_the_way(asked), *shifts(asked)[1:]))
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    first = lines.index("T1 王强 · Wed 15 Jul · car · on the way")
    assert lines[first + 1 : first + 3] == [
        "09:00 · leaves branch Furong",
        "09:15 · night away near J2, hotel 15 min 9.0 km",
    ]


def test_who_rests_after_a_trip_is_off_duty(capsys: pytest.CaptureFixture[str]) -> None:
    asked = question(days=4, rules={"TRIP": {"rest_from_nights": 2}})
    show_plan(asked, document(asked, *shifts(asked)))
    # Two nights away, back on Friday: on Saturday T1 rests.
    assert "T1 王强 on 2026-07-18 is off duty: the rest after a trip (TRIP)." in capsys.readouterr().out
