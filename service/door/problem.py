"""Errors as the service answers them: one shape everywhere.

References
----------
Nottingham, Wilde, Dalal (2023), Problem Details for HTTP APIs, RFC 9457.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from optimizer.domain.base import Record
from optimizer.errors import InvalidInput, Issue, TravelUnavailable, UnsupportedFeature
from optimizer.interchange.source_text import parse_path
from service.door.problem_kinds import INVALID_INPUT, NO_TRAVEL, UNSUPPORTED, ProblemKind


class ProblemIssue(Record):
    """One thing that is wrong in the input."""

    code: str
    """Short stable name of the kind of mistake, e.g. `unknown-branch`."""
    pointer: str
    """Where it stands in the body, as a JSON pointer (RFC 6901); for parameters e.g. `/query/limit`."""
    cause: str
    """What is wrong, one sentence."""
    action: str
    """What to do about it, one sentence."""
    line: int | None = None
    """Line in the body sent, from 1, where known."""


class ProblemDocument(Record):
    """What every error looks like (RFC 9457, `application/problem+json`)."""

    type: str
    """Address of the page about this kind of error, e.g. `/problems/not-found`."""
    title: str
    """What happened, in a few words; the same for every error of the kind."""
    status: int
    """HTTP status."""
    detail: str
    """What happened here."""
    instance: str
    """Path of the request."""
    trace_id: str
    """Names the request in the service's log."""
    issues: tuple[ProblemIssue, ...] = ()
    """Everything that is wrong with the input."""
    changes: tuple[dict[str, Any], ...] = ()
    """With `stale-plan`: what is different in the newest revision; with `stale-proposals`: what has happened since."""


class Problem(Exception):
    """An error that is answered as it is.

    Parameters
    ----------
    kind : which kind of error
    detail : what happened here, in a sentence; none: the kind's title
    issues : everything that is wrong with the input
    changes : for `STALE_PLAN`: what is different now; for `STALE_PROPOSALS`: what has happened since
    headers : further headers of the answer, e.g. ``Retry-After``
    """

    def __init__(
        self,
        kind: ProblemKind,
        detail: str = "",
        *,
        issues: Iterable[ProblemIssue] = (),
        changes: Iterable[dict[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.kind = kind
        self.detail = detail or f"{kind.title}."
        self.issues = tuple(issues)
        self.changes = tuple(changes)
        self.headers = dict(headers or {})
        super().__init__(self.detail)

    def document(self, instance: str, trace_id: str) -> ProblemDocument:
        """Return the error as it is sent.

        Parameters
        ----------
        instance : path of the request
        trace_id : names the request in the log
        """
        return ProblemDocument(
            type=f"/problems/{self.kind.slug}",
            title=self.kind.title,
            status=self.kind.status,
            detail=shown(self.detail),
            instance=instance,
            trace_id=trace_id,
            issues=self.issues,
            changes=self.changes,
        )


def refused(code: str, pointer: str, cause: str, action: str) -> Problem:
    """Return the error that one thing in the input cannot be used.

    Parameters
    ----------
    code : short stable name of the kind of mistake
    pointer : where it stands, as a JSON pointer
    cause : what is wrong, one sentence
    action : what to do about it, one sentence
    """
    issue = ProblemIssue(code=code, pointer=pointer, cause=cause, action=action)
    return Problem(INVALID_INPUT, cause, issues=(issue,))


def issue_of(issue: Issue, root: str = "") -> ProblemIssue:
    """Return a mistake the library found as the service says it.

    Parameters
    ----------
    issue : the mistake, its path as in ``jobs[3].windows[0]``
    root : where the library's document stands in the body, as a JSON pointer
    """
    return ProblemIssue(
        code=issue.code,
        pointer=shown(root + pointer_of(issue.path)),
        cause=shown(issue.cause),
        action=shown(issue.action),
        line=issue.line,
    )


_MOST = 2000


def shown(text: str) -> str:
    """Return a text that may hold what was sent so that it can be sent back: not endless, and UTF-8.

    Parameters
    ----------
    text : what is to be said
    """
    plain = text.encode("utf-8", "replace").decode()  # half a pair of surrogates is JSON, but no text
    return plain if len(plain) <= _MOST else f"{plain[: _MOST - 1]}…"


def pointer_of(path: str) -> str:
    """Return a path such as ``jobs[3].windows[0]`` as a JSON pointer, ``/jobs/3/windows/0``.

    Parameters
    ----------
    path : the path; empty: the whole document
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in parse_path(path))


@contextmanager
def standing_at(root: str) -> Iterator[None]:
    """Say of mistakes that the library finds where they stand in the body.

    Parameters
    ----------
    root : where the library's document stands in the body, as a JSON pointer
    """
    try:
        yield
    except InvalidInput as error:
        raise problem_of(error, root) from None


def problem_of(error: InvalidInput | UnsupportedFeature | TravelUnavailable, root: str = "") -> Problem:
    """Return what is answered when the library refuses the input.

    Parameters
    ----------
    error : what the library raised
    root : where the library's document stands in the body, as a JSON pointer
    """
    match error:
        case InvalidInput():
            count = len(error.issues)
            said = f"{count} things are wrong." if count > 1 else error.issues[0].cause
            return Problem(INVALID_INPUT, said, issues=[issue_of(one, root) for one in error.issues])
        case UnsupportedFeature():
            return Problem(UNSUPPORTED, str(error))
        case TravelUnavailable():
            return Problem(NO_TRAVEL, str(error))
