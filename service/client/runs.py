"""Runs: asked for, followed, cancelled."""

from collections.abc import Iterator

from service.client.following import Happened, followed, waited
from service.client.room import Room, at
from service.runs.records import Run, RunPage, RunRequest, RunState


class RunEvent(Happened):
    """Something that happened to a run; `improved` and `progress` have the figures of the search."""


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
        return followed(self._connection, "runs", run_id, RunEvent, self.get_run, after)

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
        return waited(self.get_run, run_id, seconds)
