"""Answers a VROOM request; done in the studio."""

import json
from typing import Any, Final, NamedTuple

from optimizer.errors import InvalidInput, PaigongError
from service.studio import Shelf
from service.vroom.options import search_of

TOO_LARGE: Final = 4
"""The code with which VROOM's server says that a request is too large."""

_STATUS: Final = {0: 200, 1: 500, 2: 400, 3: 500, TOO_LARGE: 413}
_TOO_LARGE: Final = frozenset({"too-large", "too-many-places"})
_SEARCH: Final = 0.5  # share of the time that may be searched; the rest is for reading, times and check


class Answered(NamedTuple):
    """What is answered."""

    status: int
    """HTTP status, as VROOM's own server has it."""
    body: bytes
    """JSON text."""


def answer_vroom(shelf: Shelf, request: bytes, seconds: float) -> Answered:
    """Answer a VROOM request as VROOM's own server does, mistakes in it included.

    Parameters
    ----------
    shelf : what the process keeps; nothing is kept here
    request : JSON text
    seconds : how long the answer may take
    """
    # Imported here: the service's own process does without the search.
    from optimizer.interchange.vroom.door import solve_vroom
    from optimizer.interchange.vroom.read import plain_values

    try:
        raw = plain_values(request)
        search = search_of(raw, seconds * _SEARCH)
        answer = solve_vroom(raw, stop=search.stop, threads=search.threads)
    except PaigongError as error:
        answer = _refused(error)
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Answered(_STATUS[answer["code"]], text.encode(errors="replace"))


def _refused(error: PaigongError) -> dict[str, Any]:
    from optimizer.interchange.vroom.door import error_answer

    answer = error_answer(error)
    if isinstance(error, InvalidInput) and any(one.code in _TOO_LARGE for one in error.issues):
        answer["code"] = TOO_LARGE
    return answer
