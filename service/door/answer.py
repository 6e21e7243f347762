"""What a change answers, before it is written as HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from starlette.responses import Response

JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """What a change answers, and what the audit log says of it.

    Parameters
    ----------
    record : the body; none: no body
    status : HTTP status
    headers : further headers, e.g. ``ETag`` and ``Location``
    about : id of the object that was changed
    detail : facts for the audit log; never customers' data
    again : the body for a repeated request, where it is not the same; a secret is shown once and never kept
    """

    record: BaseModel | None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    again: BaseModel | None = None

    def body(self) -> bytes:
        """Return the body as it is sent."""
        return _written(self.record)

    def kept_body(self) -> bytes:
        """Return the body as it is kept for a repeated request."""
        return _written(self.again or self.record)


def json_response(
    record: BaseModel, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a record as an answer.

    Parameters
    ----------
    record : the body
    status : HTTP status
    headers : further headers
    """
    return Response(_written(record), status, dict(headers or {}), JSON)


def _written(record: BaseModel | None) -> bytes:
    return b"" if record is None else record.model_dump_json().encode()
