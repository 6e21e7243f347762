"""Crews, shared tools and long jobs on the terminal."""

import pytest

from optimizer.cli.show import show_plan
from tests.unit.crew_day import document, question


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    show_plan(question(), document())
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_what_ties_a_day_to_others_stands_below_it(lines: list[str]) -> None:
    first = lines.index("T1 王强 · Wed 15 Jul · car · 1 job")
    assert lines[first + 5 : first + 8] == [
        "J2: leads, with 李华",
        "J2: hoist: brought along from 芙蓉门店 by 王强; then to J3 (周敏), there 12:50",
        "J2: Only after J1 (周敏), planned until 10:10, 20 min later at least.",
    ]
    # The mate reads with whom; the rest stands with who leads.
    assert "J2: with 王强, who leads" in lines
    assert sum(line.startswith("J2: hoist") for line in lines) == 1


def test_a_long_job_says_which_day_it_is(lines: list[str]) -> None:
    days = [line for line in lines if line.startswith("09:20–16:00 J4")]
    assert [line.split("·")[0].split("J4 ")[1].strip() for line in days] == [
        "day 1 of 3",
        "day 2 of 3",
        "day 3 of 3",
    ]


def test_shared_tools_have_timetables_after_the_people(lines: list[str]) -> None:
    first = lines.index("hoist · shared tool · branch 芙蓉门店 · Wed 15 Jul · 2 jobs")
    assert first > lines.index("T4 赵磊 · Wed 15 Jul · car · 1 job")
    assert lines[first + 1 : first + 5] == [
        "10:20 · leaves branch 芙蓉门店",
        "10:30–12:45 J2 with T1 王强, handed over by 12:45 10 min 6.0 km",
        "12:50–14:05 J3 with T3 周敏, handed over by 14:05 5 min 3.0 km",
        "14:20 · back branch 芙蓉门店 15 min 9.0 km",
    ]
    # Once a day, after the last tool.
    said = "Where no technician takes a tool along or keeps it, somebody of its branch brings it"
    assert " ".join(lines[first + 6 :]).count(said) == 1
