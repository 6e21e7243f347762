"""What is wrong with a request's body and parameters, in plain words: place, cause and remedy of each mistake."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from optimizer.interchange.record_issues import action_of, cause_of
from service.door.problem import Problem, ProblemIssue, shown
from service.door.problem_kinds import INVALID_INPUT, NOT_JSON, UNSUPPORTED_MEDIA

_PLACES: Final = ("query", "path", "header", "cookie")
_BODY: Final = ("body",)
_BOOK: Final = "See the operation's fields at `/docs`."
_AS_JSON: Final = "Send it as JSON, with the header `Content-Type: application/json`."


def problem_with(complaints: Sequence[Mapping[str, Any]], content_type: str) -> Problem:
    """Return the error that a request with mistakes is answered with.

    Parameters
    ----------
    complaints : what the framework found, as pydantic has it
    content_type : what the body is said to be
    """
    if any(one["type"] == "json_invalid" for one in complaints):
        return Problem(NOT_JSON, "The body is not valid JSON.")
    missing = any(one["type"] == "missing" and tuple(one["loc"]) == _BODY for one in complaints)
    if not missing and any(tuple(one["loc"]) == _BODY for one in complaints) and not _is_json(content_type):
        return Problem(UNSUPPORTED_MEDIA, f"The body is not said to be JSON. {_AS_JSON}")
    issues = tuple(issue_of(one) for one in complaints)
    said = f"{len(issues)} things are wrong." if len(issues) > 1 else issues[0].cause
    return Problem(INVALID_INPUT, said, issues=issues)


def issue_of(complaint: Mapping[str, Any]) -> ProblemIssue:
    """Return one mistake.

    Parameters
    ----------
    complaint : what pydantic found
    """
    kind, path = str(complaint["type"]), tuple(complaint["loc"]) or _BODY
    cause, action = _words(kind, complaint, path)
    steps = path if path[0] in _PLACES else path[1:]
    return ProblemIssue(
        code=kind.replace("_", "-"),
        pointer=shown("".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)),
        cause=shown(cause),
        action=shown(action),
    )


def _words(kind: str, complaint: Mapping[str, Any], path: tuple[str | int, ...]) -> tuple[str, str]:
    limits = complaint.get("ctx", {})
    if kind == "missing" and path == _BODY:
        return "The body is missing.", _AS_JSON
    if kind == "string_pattern_mismatch":
        return f"The text does not match {limits['pattern']}.", "Leave out what does not belong there."
    message = str(complaint["msg"])
    return cause_of(kind, message, path, limits), action_of(kind, message, path, frozenset(), _BOOK)


def _is_json(content_type: str) -> bool:
    plain = content_type.partition(";")[0].strip().lower()
    return plain == "application/json" or plain.endswith("+json")
