"""Versions of objects: ETag says which one was read, If-Match which one a change was decided on."""

from typing import Annotated

from fastapi import Header

from service.door.problem import Problem
from service.door.problem_kinds import CHANGED_MEANWHILE, PRECONDITION_REQUIRED

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=200,
        description="ETag of the version the change was decided on; `*` for whichever is newest.",
        examples=['"3"'],
    ),
]
"""The header If-Match."""

IfNoneMatch = Annotated[
    str | None,
    Header(
        alias="If-None-Match",
        max_length=200,
        description="ETag of what the caller has; the same again is 304.",
    ),
]
"""The header If-None-Match."""


def etag(version: int | str) -> str:
    """Return a version as the header ETag has it, e.g. ``"3"``."""
    return f'"{version}"'


def expect(match: str | None, version: int | str) -> None:
    """Refuse a change that was decided on another version.

    Parameters
    ----------
    match : the header If-Match; none: not sent; what stands in an ETag behind a semicolon does not count
    version : the present version

    Raises
    ------
    Problem
        428 without the header, 412 when the object has changed meanwhile.
    """
    if match is None:
        raise Problem(PRECONDITION_REQUIRED)
    if match.strip() != "*" and etag(version) not in map(_version, match.split(",")):
        raise Problem(
            CHANGED_MEANWHILE, f"It is in version {etag(version)} now.", headers={"ETag": etag(version)}
        )


def is_same(none_match: str | None, version: int | str) -> bool:
    """Tell whether the caller has this version already.

    Parameters
    ----------
    none_match : the header If-None-Match; none: not sent
    version : the present version
    """
    if none_match is None:
        return False
    sent = [one.strip().removeprefix("W/") for one in none_match.split(",")]
    return "*" in sent or etag(version) in sent


def _version(sent: str) -> str:
    """Return an ETag without what it says besides the version, e.g. ``"3"`` of ``"3;1f0a77c2"``."""
    version, more, _ = sent.strip().partition(";")
    return f'{version}"' if more else version
