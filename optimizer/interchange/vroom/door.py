"""The door itself: a VROOM request in, VROOM's answer out, checked on the way."""

import time
from typing import Any

from optimizer.control import AnyOf, Seconds, Stop, Watcher
from optimizer.engines import solve
from optimizer.errors import BrokenPlan, InvalidInput, PaigongError, TravelUnavailable
from optimizer.interchange.vroom.answer import TimedRoute, answer_json
from optimizer.interchange.vroom.check import findings
from optimizer.interchange.vroom.compile import Compiled, compile_request
from optimizer.interchange.vroom.read import plain_values, read_request
from optimizer.interchange.vroom.reasons import reasons
from optimizer.problem import Routes
from optimizer.schedule.lanes import Timekeeper

Json = dict[str, Any]

ANSWER_S, ANSWER_S_PER_JOB = 0.02, 1e-4
"""Seconds set aside for the last fill, the times and the check, so that a limit holds for the whole answer."""

_LONGEST = 2000
"""Characters of a sentence about a mistake: the request may hold names of any length."""


def solve_vroom(
    request: Json | bytes,
    *,
    stop: Stop,
    seed: int = 0,
    threads: int = 1,
    engine: str = "lns",
    progress: Watcher | None = None,
) -> Json:
    """Answer a VROOM request; the answer has passed the independent checker.

    Parameters
    ----------
    request : JSON text in UTF-8, or its plain values, where a matrix may also be an array
    stop : when the search ends; a limit in seconds also covers compiling, times and check, not the reading of text
    seed : any whole number from 0
    threads : searches side by side, from 1
    engine : a name from `optimizer.engines.ENGINES`
    progress : is told how the run stands

    Returns
    -------
    VROOM's answer: ``code``, ``summary``, ``unassigned`` (each with a ``reason``) and ``routes``. Its
    computing times are whole milliseconds: ``reading`` of the text, ``loading`` to the compiled problem,
    ``solving``, ``routing`` for times and check, and ``reasons``.

    Raises
    ------
    InvalidInput
        Something in the request is wrong or not taken; carries every such thing.
    UnsupportedFeature
        The engine does not handle something the request uses.
    BrokenPlan
        The answer did not pass the checker; it is withheld.
    """
    began = time.perf_counter()
    raw = plain_values(request) if isinstance(request, bytes) else request
    read = time.perf_counter()
    asked = read_request(raw)
    del raw, request
    compiled = compile_request(asked)
    loaded = time.perf_counter()
    solution = solve(
        compiled.problem,
        engine=engine,
        stop=_less(stop, loaded - read + ANSWER_S + ANSWER_S_PER_JOB * len(asked.request.tasks)),
        seed=seed,
        threads=threads,
        progress=progress,
    )
    solved = time.perf_counter()
    why = reasons(asked, compiled, solution.routes)
    explained = time.perf_counter()
    answer = answer_json(asked, compiled, solution.routes, _timed(compiled, solution.routes), why)
    found = findings(asked, answer)
    if found:
        raise BrokenPlan(found)
    answer["summary"]["computing_times"] = {
        "reading": round((read - began) * 1000),
        "loading": round((loaded - read) * 1000),
        "solving": round((solved - loaded) * 1000),
        "routing": round((time.perf_counter() - explained) * 1000),
        "reasons": round((explained - solved) * 1000),
    }
    return answer


def error_answer(error: PaigongError) -> Json:
    """Return VROOM's answer to a request that could not be served: its code (1, 2 or 3) and the error.

    Parameters
    ----------
    error : what went wrong
    """
    if isinstance(error, BrokenPlan):
        return {"code": 1, "error": str(error)}
    if isinstance(error, TravelUnavailable):
        return {"code": 3, "error": str(error)}
    answer: Json = {"code": 2, "error": _shortened(str(error))}
    if isinstance(error, InvalidInput):
        answer["issues"] = [
            {
                "code": one.code,
                "path": _shortened(one.path),
                "cause": _shortened(one.cause),
                "action": one.action,
            }
            for one in error.issues
        ]
    return answer


def _shortened(text: str) -> str:
    """Return a text that may name what was sent, not endless and in UTF-8."""
    plain = text.encode("utf-8", "replace").decode()  # half a pair of surrogates is JSON, but no text
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def _timed(compiled: Compiled, routes: Routes) -> list[TimedRoute]:
    timed = []
    timekeeper = Timekeeper(compiled.problem)
    for vehicle, jobs in enumerate(routes.stops):
        if jobs:
            times = timekeeper.time(vehicle, jobs)
            if times is None:
                name = compiled.names.shifts[vehicle]
                raise BrokenPlan((f"The route of {name} has no feasible times.",))
            timed.append(TimedRoute(vehicle, jobs, times))
    return timed


def _less(stop: Stop, used_s: float) -> Stop:
    """Return the stop with its limits in seconds shortened by the time already used."""
    match stop:
        case Seconds():
            return Seconds(max(0.0, stop.seconds - used_s))
        case AnyOf():
            return AnyOf(tuple(_less(one, used_s) for one in stop.stops))
        case _:
            return stop
