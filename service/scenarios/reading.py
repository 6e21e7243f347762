"""Reads a scenario from what was sent: JSON, YAML or a workbook."""

import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.scenario_file import parse_scenario
from service.door.problem import Problem
from service.door.problem_kinds import NOT_JSON, UNSUPPORTED_MEDIA

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""Content-Type of a workbook."""

YAML: Final = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")
"""Content-Types of YAML."""

KINDS: Final = ("application/json", *YAML, WORKBOOK)
"""Every Content-Type a scenario may have."""


class Sent(NamedTuple):
    """A scenario that was sent."""

    scenario: Scenario
    """What it says."""
    notes: tuple[str, ...] = ()
    """What was passed over or guessed in a workbook."""


def read_scenario(body: bytes, content_type: str) -> Sent:
    """Read a scenario.

    Parameters
    ----------
    body : what was sent
    content_type : the header Content-Type

    Raises
    ------
    Problem
        The Content-Type is none of `KINDS`, or the body is not text.
    InvalidInput
        The scenario breaks its format; carries every mistake found.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == WORKBOOK:
        return _from_workbook(body)
    if kind in ("application/json", *YAML):
        return Sent(parse_scenario(text_of(body), json=kind == "application/json"))
    raise Problem(UNSUPPORTED_MEDIA, f"A scenario is sent as one of: {', '.join(KINDS)}.")


def text_of(body: bytes) -> str:
    """Return a body as text.

    Parameters
    ----------
    body : what was sent

    Raises
    ------
    Problem
        It is not UTF-8.
    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(NOT_JSON, "The body is not text in UTF-8.") from None


def _from_workbook(body: bytes) -> Sent:
    # Imported here: the libraries for workbooks take a while to load.
    from optimizer.interchange.workbook import read_sheets

    if not body:
        raise InvalidInput(
            (Issue("empty-file", "", "The workbook is empty.", "Send its bytes as the body."),)
        )
    with tempfile.TemporaryDirectory(prefix="paigong-") as folder:
        file = Path(folder) / "scenario.xlsx"
        file.write_bytes(body)
        read = read_sheets(file)
    return Sent(read.scenario, read.notes)
