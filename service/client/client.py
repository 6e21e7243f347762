"""The client itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from optimizer.domain.document import PlanDocument
from optimizer.domain.policy import Preset
from optimizer.domain.scenario import Scenario
from service.client.administration import Administration
from service.client.boards import Boards
from service.client.connection import Connection
from service.client.offers import Offers
from service.client.orders import DispatchOrderSheets
from service.client.plans import Plans
from service.client.problem import NoPlan
from service.client.runs import RunEvent, Runs
from service.client.scenarios import Scenarios
from service.client.studies import Studies
from service.runs.records import EngineName, Limits, RunRequest
from service.scenarios.records import ScenarioInfo


class Client(Scenarios, Runs, Plans, Boards, Offers, DispatchOrderSheets, Studies, Administration):
    """Calls a Paigong service; its methods are named as the operations in the service's manual.

    Whatever changes something is done once, however often it has to be sent: when the service is busy or out of
    reach, a request is sent again until the patience ends. Errors are `ServiceProblem`.

    Parameters
    ----------
    address : the service, e.g. ``http://127.0.0.1:8470``
    key : API key; none: a service on this machine that has no key yet
    patience_s : seconds for which a request is sent again when the service is busy or out of reach
    timeout_s : seconds to wait for an answer
    transport : how requests are carried; none: over the network
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8470",
        *,
        key: str | None = None,
        patience_s: float = 60.0,
        timeout_s: float = 90.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        super().__init__(
            Connection(address, key, patience_s=patience_s, timeout_s=timeout_s, transport=transport)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._connection.close()

    def plan(
        self,
        scenario: Scenario | Path | ScenarioInfo,
        *,
        seconds: float | None = None,
        iterations: int | None = None,
        engine: EngineName = "lns",
        seed: int = 0,
        preset: Preset | None = None,
        told: Callable[[RunEvent], None] | None = None,
    ) -> PlanDocument:
        """Have a scenario planned, wait, and return the plan.

        Parameters
        ----------
        scenario : what is to be planned: it is uploaded first, unless it was before
        seconds : seconds of search; none, and no iterations either: 10
        iterations : iterations of search; none: no such limit
        engine : how to search
        seed : start of the random numbers
        preset : preset instead of the scenario's own
        told : is told what happens meanwhile

        Raises
        ------
        NoPlan
            The run failed, or was cancelled before there was a plan.
        """
        known = scenario if isinstance(scenario, ScenarioInfo) else self.upload_scenario(scenario)
        request = RunRequest(
            scenario_id=known.scenario_id,
            revision=known.revision,
            engine=engine,
            limits=Limits(seconds=seconds, iterations=iterations),
            seed=seed,
            preset=preset,
        )
        run = self.ask_for_run(request)
        with _cancelled_unless_done(self, run.run_id):
            for event in self.listen_to_run(run.run_id):
                if told is not None:
                    told(event)
        run = self.get_run(run.run_id)
        if run.plan_id is None:
            raise NoPlan(run)
        return self.get_plan_content(run.plan_id)


@contextmanager
def _cancelled_unless_done(client: Client, run_id: str) -> Iterator[None]:
    """End a run nobody waits for any more, e.g. after Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt:
        client.cancel_run(run_id)
        raise
