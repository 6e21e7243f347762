"""Colours and width: the option, the environment, the terminal."""

import io

import pytest

from optimizer.cli import run
from optimizer.cli.console import WIDTH, in_colour, result_console

Output = pytest.CaptureFixture[str]
VARIABLES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("said", "terminal", "pipe"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
    ],
)
def test_what_the_environment_says(
    said: dict[str, str], terminal: bool, pipe: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert (in_colour(Terminal()), in_colour(io.StringIO())) == (terminal, pipe)


@pytest.mark.parametrize(
    ("option", "variable", "coloured"),
    [
        ("always", "NO_COLOR", True),
        ("never", "FORCE_COLOR", False),
        ("auto", "FORCE_COLOR", True),
        ("auto", "NO_COLOR", False),
    ],
)
def test_the_option_stands_above_the_environment(
    option: str, variable: str, coloured: bool, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setenv(variable, "1")
    assert run(["--color", option, "rules", "PART"]) == 0
    assert ("\x1b[" in capsys.readouterr().out) is coloured


def test_the_option_is_forgotten_after_its_command_line(capsys: Output) -> None:
    assert run(["--color", "always", "rules", "PART"]) == 0
    assert run(["rules", "PART"]) == 0
    assert "\x1b[" in capsys.readouterr().out.split("PART")[0]
    assert run(["rules", "PART"]) == 0
    assert "\x1b[" not in capsys.readouterr().out


def test_errors_have_colours_too(capsys: Output) -> None:
    assert run(["--color", "always", "validate", "qqq"]) == 2
    assert "\x1b[" in capsys.readouterr().err


def test_an_unknown_choice_is_said_plainly(capsys: Output) -> None:
    assert run(["--color", "blue", "rules"]) == 2
    assert run(["rules", "--preset", "cheap"]) == 2
    said = capsys.readouterr().err
    assert "'blue' is not one of" in said
    assert "'cheap' is not one of" in said
    assert "Value error" not in said


@pytest.mark.parametrize(
    ("columns", "width"), [("", WIDTH), ("132", 132), ("wide", WIDTH), ("0", WIDTH), ("20", 60)]
)
def test_a_pipe_is_as_wide_as_columns_says(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert result_console().width == width
