"""Reads and writes plan files: the plan with its assessment, as JSON."""

import json
from pathlib import Path

from pydantic import ValidationError

from optimizer.domain.document import PlanDocument
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.json_text import json_lines, read_json
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.source_text import Value
from optimizer.interchange.text_file import read_text
from optimizer.interchange.whole_file import write_whole


def plan_json(document: PlanDocument) -> str:
    """Return a plan document as text; equal documents give equal bytes."""
    content = document.model_dump(mode="json")
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def save_plan(document: PlanDocument, path: str | Path) -> None:
    """Write a plan document to a file; the file is either complete or not touched.

    Parameters
    ----------
    document : what to write
    path : the file; an existing one is replaced

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_whole(path, plan_json(document))


def load_plan(path: str | Path) -> PlanDocument:
    """Read a plan document.

    Parameters
    ----------
    path : the file, or ``-`` for standard input

    Raises
    ------
    InvalidInput
        The file cannot be read or breaks its format; carries every mistake found.
    """
    text = read_text(str(path))
    source = read_json(text)
    if source.issues:
        raise InvalidInput(_no_json(text) or tuple(source.issues))
    if (other := _something_else(source.value)) is not None:
        raise InvalidInput((other,))
    try:
        return PlanDocument.model_validate(source.value)
    except ValidationError as error:
        source.lines = json_lines(text).lines
        raise InvalidInput(tuple(record_issues(error, source, PlanDocument))) from None


_MAKE_ONE = "Plan a scenario with `paigong plan SCENARIO --out plan.json` and give that file."


def _no_json(text: str) -> tuple[Issue, ...]:
    """Return that a plan file is JSON, where the text is nothing like it: YAML, or a scenario."""
    if text.lstrip()[:1] in ("", "{", "["):
        return ()
    return (Issue("not-a-plan", "", "This is no plan file: those are JSON, a mapping in braces.", _MAKE_ONE),)


def _something_else(content: Value) -> Issue | None:
    """Return what another kind of file this is; none: a plan, or at least meant as one."""
    if isinstance(content, list):
        return Issue("not-a-plan", "", "This is a bare list, no plan file.", _MAKE_ONE)
    if not isinstance(content, dict) or "plan" in content or "assessment" in content:
        return None
    if "routes" in content:
        action = (
            "Let `paigong check SCENARIO FILE --retime --out plan.json` set the times and give that file."
        )
        return Issue("not-a-plan", "", "These are orders of stops without times, no plan file.", action)
    if "horizon" in content and "shifts" not in content:
        return Issue("not-a-plan", "", "This is a scenario, no plan file.", _MAKE_ONE)
    if "horizon" in content:
        cause = "This is a plan without its assessment, no plan file."
        return Issue("not-a-plan", "", cause, _MAKE_ONE)
    return None
