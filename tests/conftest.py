"""What holds for every test."""

import os

import pytest

_OF_THE_TERMINAL = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"}


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the developer's terminal and installation set: no test may depend on it."""
    for name in list(os.environ):
        if name in _OF_THE_TERMINAL or name.startswith("PAIGONG_"):
            monkeypatch.delenv(name)
