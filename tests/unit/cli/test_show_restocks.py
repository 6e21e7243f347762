"""Halts to load parts on the terminal: where they are, what is loaded, how many there are."""

import pytest

from optimizer.cli.show import show_plan
from tests.unit.restock_days import document, question, shift


def shown(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the lines printed, without their columns."""
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_a_halt_stands_between_the_stops(capsys: pytest.CaptureFixture[str]) -> None:
    show_plan(question(), document())
    lines = shown(capsys)
    first = lines.index("T1 王强 · Wed 15 Jul · car · 2 jobs")
    assert lines[first + 1 : first + 4] == [
        "09:50 · leaves home",
        "10:00–11:00 J1 repair 28.2540, 112.9800 10 min 6.0 km",
        "11:10–11:20 · loads parts branch Furong 10 min 6.0 km",
    ]
    assert "11:10 Furong: loads 1 × control board" in lines
    assert "halts to load parts 1" in lines


def test_a_plan_without_halts_says_nothing_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    show_plan(question(), document(None, shift(restocks=())))
    assert not [line for line in shown(capsys) if "load" in line and "PART" not in line]
