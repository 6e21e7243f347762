from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from optimizer.errors import InvalidInput
from optimizer.whatif.demand.history import Visit, read_history
from optimizer.whatif.demand.installed import read_installed
from tests.unit.whatif.demand.town import TOWN

ZONE = ZoneInfo("Asia/Shanghai")
PLAIN = "reported_at,area,product,type,started_at,ended_at,outcome\n"
FULL = (
    "outcome,visit,reported_at,area,product,type,started_at,ended_at,technician_level,technician_id,"
    "planned_min,travel_planned_min,travel_real_min\n"
)


def test_a_history_is_read() -> None:
    visits = read_history(
        FULL
        + "done,2,2026-07-01 08:30,East,aircon,repair,2026-07-01T10:00+08:00,2026-07-01T03:10Z,4,T1,60,20,25.5\n"
        "\ncancelled,,2026-07-02T23:59:30,West,,survey,,,,,,,\n",
        TOWN,
    )
    assert visits == (
        Visit(
            reported_at=datetime(2026, 7, 1, 8, 30, tzinfo=ZONE),
            area="East",
            product="aircon",
            type="repair",
            end="done",
            visit=2,
            started_at=datetime(2026, 7, 1, 10, tzinfo=ZONE),
            minutes=70.0,
            level=4,
            planned_min=60.0,
            travel_planned_min=20.0,
            travel_real_min=25.5,
        ),
        Visit(
            reported_at=datetime(2026, 7, 2, 23, 59, 30, tzinfo=ZONE),
            area="West",
            product=None,
            type="survey",
            end="cancelled",
            visit=1,
            started_at=None,
            minutes=None,
            level=None,
            planned_min=None,
            travel_planned_min=None,
            travel_real_min=None,
        ),
    )


def test_columns_that_are_missing_or_unknown_are_all_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_history("reported,area,area,product,type,started_at,outcome,colour\n", TOWN)
    assert [(issue.code, issue.path, issue.line) for issue in caught.value.issues] == [
        ("unknown-column", "reported", 1),
        ("named-twice", "area", 1),
        ("unknown-column", "colour", 1),
        ("missing-column", "reported_at", 1),
        ("missing-column", "ended_at", 1),
    ]
    assert caught.value.issues[0].action == "Did you mean reported_at?"


def test_every_mistake_is_named_with_its_line() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_history(
            FULL + "done,1,2026-07-01 08:30,East,aircon,repair,,,3,T1,,,\n"
            "don,0,yesterday,Est,aircon,repairs,2026-07-01 10:00,2026-07-01 09:00,6,,0,5,\n"
            "no_access,1,,Est,aircon,repair,,,3,T1,,,\n"
            "done,1\n",
            TOWN,
        )
    assert [(issue.code, issue.path, issue.line) for issue in caught.value.issues] == [
        ("no-moment", "started_at", 2),
        ("unknown-outcome", "outcome", 3),
        ("not-a-moment", "reported_at", 3),
        ("half-travel", "travel_real_min", 3),
        ("out-of-range", "technician_level", 3),
        ("out-of-range", "visit", 3),
        ("wrong-order", "ended_at", 3),
        ("out-of-range", "planned_min", 3),
        ("unknown-type", "type", 3),
        ("unknown-area", "area", 3),
        ("no-moment", "reported_at", 4),
        ("wrong-cells", "", 5),
    ]
    by_code = {issue.code: issue for issue in caught.value.issues}
    assert by_code["unknown-area"].cause == "The scenario has no area 'Est'; it comes 2 times."
    assert by_code["unknown-area"].action == "Did you mean 'East'?"
    assert by_code["unknown-outcome"].action == "Did you mean done?"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing-column"),
        (PLAIN, "no-visit"),
        (PLAIN + '"2026-07-01 08:30,East\n', "not-csv"),
        (PLAIN + "2026-07-01 08:30,,aircon,repair,,,cancelled\n", "unknown-area"),
        (PLAIN + f"2026-07-01 08:30,East,{'x' * 201},repair,,,cancelled\n", "not-a-name"),
        (PLAIN + "0001-01-01,East,aircon,repair,,,cancelled\n", "not-a-moment"),
        (PLAIN + "0001-01-01T00:00+14:00,East,aircon,repair,,,cancelled\n", "not-a-moment"),
    ],
)
def test_what_is_no_history_is_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_history(text, TOWN)
    assert {issue.code for issue in caught.value.issues} == {code}


def test_installed_units_are_read() -> None:
    table = "units,area,product\n20000,East,aircon\n5000, West ,\n"
    assert read_installed(table, TOWN) == {("East", "aircon"): 20_000, ("West", None): 5_000}
    with pytest.raises(InvalidInput) as caught:
        read_installed("area,product,units\nEast,aircon,1\nEast,aircon,2.5\nNorth,aircon,\n", TOWN)
    assert [(issue.code, issue.line) for issue in caught.value.issues] == [
        ("out-of-range", 3),
        ("named-twice", 3),
        ("no-units", 4),
        ("unknown-area", 4),
    ]
