"""Runs: asked for, followed, cancelled."""

import json
import math
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import httpx
from pydantic import TypeAdapter

from optimizer.domain.base import Record
from service.client.connection import Patience
from service.client.problem import ServiceProblem
from service.client.room import Room, at
from service.client.server_events import server_events
from service.runs.records import Run, RunPage, RunRequest, RunState

_FINAL: Final = frozenset({"finished", "cancelled", "failed"})
_QUIET_S: Final = 60.0
"""The service says something every few seconds while it lives, if only that it is there."""
_BUSY: Final = frozenset({429, 503})
_FIRST_PAUSE_S: Final = 0.1
_LONGEST_PAUSE_S: Final = 2.0


class RunEvent(Record):
    """Something that happened to a run."""

    number: int
    """Rises by one with each event of the run."""
    kind: str
    """`queued`, `running`, `improved`, `progress`, `finished`, `cancelled` or `failed`; the last three are final."""
    at: datetime
    """When it happened."""
    data: dict[str, Any]
    """With what: the figures of the search, the plan's id, why it failed."""


class Runs(Room):
    """The operations of runs."""

    def ask_for_run(self, request: RunRequest) -> Run:
        """Ask for a plan; what comes of it is told by `listen_to_run` and `get_run`.

        Parameters
        ----------
        request : which scenario, how, and for how long
        """
        return self._connection.change("POST", at("runs"), Run, request)

    def list_runs(
        self,
        *,
        scenario_id: str | None = None,
        state: RunState | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> RunPage:
        """List runs, the newest first.

        Parameters
        ----------
        scenario_id : of this scenario only; none: of all
        state : in this state only; none: in any
        limit : at most so many, up to 200
        after : ``after`` of the page before
        """
        return self._connection.get(
            at("runs"), RunPage, scenario_id=scenario_id, state=state, limit=limit, after=after
        )

    def get_run(self, run_id: str) -> Run:
        """Say where a run is and what came of it."""
        return self._connection.get(at("runs", run_id), Run)

    def cancel_run(self, run_id: str) -> Run:
        """Ask a run to end; it keeps the best plan it has found."""
        return self._connection.change("POST", at("runs", run_id, "cancel"), Run)

    def listen_to_run(self, run_id: str, *, after: int = 0) -> Iterator[RunEvent]:
        """Yield what happens to a run until it ends; a broken connection is taken up where it broke.

        Parameters
        ----------
        run_id : which
        after : number of the last event that is known already

        Raises
        ------
        ServiceProblem
            There is no such run, or the service is busy for too long.
        httpx.TransportError
            The service was out of reach for too long.
        """
        patience, ended = Patience(self._connection.patience_s), False
        while True:
            try:
                for event in self._heard(run_id, after):
                    yield event
                    after, patience = event.number, Patience(self._connection.patience_s)
                    if event.kind in _FINAL:
                        return
                if ended:  # its last event was known already
                    return
                # The stream may also end because the server does; then another goes on with the run.
                ended = self.get_run(run_id).state in _FINAL
                if not ended and not patience.wait():
                    raise TimeoutError(f"Nothing was heard of the run {run_id}.")
            except httpx.TransportError:
                if not patience.wait():
                    raise
            except ServiceProblem as problem:
                if problem.status not in _BUSY or not patience.wait():
                    raise

    def wait_for_run(self, run_id: str, *, seconds: float | None = None) -> Run:
        """Wait until a run has ended and return it.

        Parameters
        ----------
        run_id : which
        seconds : longest wait; none: as long as it takes

        Raises
        ------
        TimeoutError
            It has not ended in time.
        """
        # It is asked again and again: a stream says nothing for as long as the run waits for its turn.
        until = math.inf if seconds is None else time.monotonic() + seconds
        pause = _FIRST_PAUSE_S
        while (run := self.get_run(run_id)).state not in _FINAL:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"The run {run_id} has not ended in {seconds} s.")
            time.sleep(min(pause, left))
            pause = min(2 * pause, _LONGEST_PAUSE_S)
        return run

    def _heard(self, run_id: str, after: int) -> Iterator[RunEvent]:
        headers = {"Last-Event-ID": str(after)} if after else {}
        with self._connection.stream(at("runs", run_id, "events"), headers, _QUIET_S) as answer:
            for sent in server_events(answer.iter_lines()):
                data = json.loads(sent.data)
                moment = _MOMENT.validate_python(data.pop("at"))
                yield RunEvent(number=int(sent.number), kind=sent.kind, at=moment, data=data)


_MOMENT: Final = TypeAdapter(datetime)
