"""``paigong vroom``: takes a VROOM request, answers as VROOM does."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from optimizer.cli.limits import stop_of
from optimizer.cli.progress import compile_kernels
from optimizer.errors import InvalidInput, Issue, PaigongError

DEFAULT_SECONDS = 1.0
"""How long is searched when nothing is said."""

MOST_BYTES = 1024 * 1024 * 1024
"""Larger requests are refused: 1 GB."""


def vroom(
    request: Annotated[
        str,
        typer.Argument(metavar="REQUEST.json", help="File with the request, or '-' for standard input."),
    ] = "-",
    time: Annotated[
        float | None,
        typer.Option(min=0.0, help="Seconds from the parsed request; 1 when no iterations are given either."),
    ] = None,
    iterations: Annotated[
        int | None, typer.Option(min=0, help="Iterations of search: the same routes each time.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Start of the random numbers.")] = 0,
    threads: Annotated[int, typer.Option(min=1, max=256, help="Searches side by side.")] = 1,
) -> None:
    """Answer a VROOM request, with a reason for each unassigned job.

    The answer goes to standard output as JSON, also where the request cannot be served.
    Exit codes are VROOM's: 0 answered, 1 internal error, 2 input error, 3 routing error.
    """
    # Imported here: the kernels' compiler takes a second to load, which no other command should pay.
    from optimizer.interchange.vroom.door import error_answer, solve_vroom

    stop = stop_of(time, iterations, usual_s=DEFAULT_SECONDS)
    answer: dict[str, Any]
    try:
        text = _read(request)
        compile_kernels()
        answer = solve_vroom(text, stop=stop, seed=seed, threads=threads)
    except PaigongError as error:
        answer = error_answer(error)
        typer.echo(f"[Error] {answer['error']}", err=True)
    typer.echo(json.dumps(answer, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    if answer["code"]:
        raise typer.Exit(answer["code"])


def _read(name: str) -> bytes:
    try:
        if name == "-":
            text = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as stream:
                text = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        cause = f"{name!r} cannot be read: {getattr(error, 'strerror', None) or error}."
        raise InvalidInput((Issue("file-unreadable", "", cause, "Check the path and its rights."),)) from None
    if len(text) > MOST_BYTES:
        cause = f"The request is larger than {MOST_BYTES // 1024**2} MB."
        raise InvalidInput((Issue("file-too-large", "", cause, "Split it."),))
    return text
