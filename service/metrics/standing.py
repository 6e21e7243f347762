"""How things stand when somebody looks: runs, the queue, messages, who computes."""

from collections.abc import Iterator
from typing import Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from service.backend import Backend
from service.store.figures import deliveries_by_state, runs_by_state, studies_by_state

RUN_STATES: Final = ("queued", "running", "finished", "cancelled", "failed")
"""States of runs and of studies; a state nobody is in is 0, not missing."""

DELIVERY_STATES: Final = ("waiting", "delivered", "given_up")
"""States of messages to webhooks."""


class Standing(Collector):
    """Reads how things stand.

    Parameters
    ----------
    backend : what stands behind the HTTP
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def describe(self) -> Iterator[Metric]:
        """Yield nothing: what there is is read when somebody asks, not at the start."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        """Yield the figures."""
        with self._backend.store.read() as tx:
            runs, deliveries = runs_by_state(tx), deliveries_by_state(tx)
            studies = studies_by_state(tx)
        yield _by_state("paigong_runs", "Runs kept, by state.", {**dict.fromkeys(RUN_STATES, 0), **runs})
        yield GaugeMetricFamily("paigong_queue", "Runs that wait for a worker.", runs.get("queued", 0))
        counts = {**dict.fromkeys(RUN_STATES, 0), **studies}
        yield _by_state("paigong_studies", "Studies kept, by state.", counts)
        messages = {**dict.fromkeys(DELIVERY_STATES, 0), **deliveries}
        yield _by_state("paigong_deliveries", "Messages to webhooks, by state.", messages)
        yield from self._executor()
        yield from self._studio()

    def _executor(self) -> Iterator[Metric]:
        found = self._backend.computing
        if found is not None:
            said = "Runs this server can compute side by side; 0: nobody is there to compute."
            yield GaugeMetricFamily("paigong_executor_slots", said, found.slots)
            yield GaugeMetricFamily(
                "paigong_executor_tasks", "Runs this server computes now.", len(found.alive())
            )

    def _studio(self) -> Iterator[Metric]:
        state = self._backend.studio.state()
        said = "Processes that compute while a caller waits."
        yield _by_state(
            "paigong_studio_processes",
            said,
            {"warm": state.ready, "cold": state.processes - state.ready},
        )
        yield GaugeMetricFamily("paigong_studio_callers", "Callers that wait for them now.", state.here)
        calls = CounterMetricFamily(
            "paigong_studio_calls", "What became of their questions.", labels=("outcome",)
        )
        for outcome in ("done", "busy", "too_long", "failed"):
            calls.add_metric((outcome,), getattr(state, outcome))
        yield calls


def _by_state(name: str, said: str, counts: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, said, labels=("state",))
    for state, count in counts.items():
        family.add_metric((state,), count)
    return family
