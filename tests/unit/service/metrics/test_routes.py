from pathlib import Path

from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from service.backend import Backend
from service.store.tables import Run, Scenario
from tests.unit.service.executor.tasks import task
from tests.unit.service.runs.puppet import Puppet
from tests.unit.service.served import NOON, served

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def samples(client: TestClient) -> Samples:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def count(found: Samples, name: str, **labels: str) -> float:
    return found[name, tuple(sorted(labels.items()))]


def run(number: int, state: str) -> Run:
    return Run(
        run_id=f"run_{number}",
        scenario_id="scn_1",
        revision=1,
        asked={},
        state=state,
        cancel_asked=False,
        made_by="key",
        queued_at=NOON,
        attempt=0,
        tries=0,
    )


def test_requests_are_counted_by_route_and_not_by_address(client: TestClient) -> None:
    for scenario_id in ("scn_a", "scn_b"):
        client.get(f"/scenarios/{scenario_id}")
    client.get("/nowhere/at/all")
    client.request("BREW", "/health/live")
    found = samples(client)
    route = "/scenarios/{scenario_id}"
    assert count(found, "paigong_requests_total", route=route, method="GET", status="404") == 2
    assert count(found, "paigong_request_seconds_count", route=route, method="GET") == 2
    assert count(found, "paigong_requests_total", route="(none)", method="GET", status="404") == 1
    assert not [labels for _, labels in found if "scn_a" in str(labels) or "nowhere" in str(labels)]
    assert [labels for _, labels in found if ("method", "other") in labels]
    assert not [labels for _, labels in found if "BREW" in str(labels)]


def test_runs_are_counted_by_state(client: TestClient) -> None:
    backend: Backend = client.app.state.backend  # type: ignore[attr-defined] # the application behind the client
    scenario = Scenario(
        scenario_id="scn_1", name="one", revision=1, made_by="key", made_at=NOON, changed_at=NOON
    )
    backend.store.write(lambda tx: tx.add(scenario))
    runs = [run(number, state) for number, state in enumerate(("queued", "queued", "running", "finished"))]
    backend.store.write(lambda tx: tx.add_all(runs))
    found = samples(client)
    shown = {state: count(found, "paigong_runs", state=state) for state in ("queued", "running", "failed")}
    assert shown == {"queued": 2, "running": 1, "failed": 0}
    assert count(found, "paigong_queue") == 2
    assert count(found, "paigong_studies", state="queued") == 0


def test_who_computes_is_shown(tmp_path: Path) -> None:
    puppet = Puppet(slots=3)
    puppet.tasks = [task("a"), task("b")]
    with served(tmp_path, puppet) as client:
        found = samples(client)
        assert count(found, "paigong_executor_slots") == 3
        assert count(found, "paigong_executor_tasks") == 2
        puppet.slots = 0
        assert count(samples(client), "paigong_executor_slots") == 0


def test_the_studio_is_shown(client: TestClient) -> None:
    client.post("/vroom", content=b"{}")
    found = samples(client)
    assert count(found, "paigong_studio_calls_total", outcome="done") == 1
    assert count(found, "paigong_studio_processes", state="warm") == 1
    assert count(found, "paigong_studio_processes", state="cold") == 1


def test_two_services_in_one_process_count_apart(client: TestClient, tmp_path: Path) -> None:
    client.get("/health/live")
    with served(tmp_path / "other") as other:
        assert not [labels for _, labels in samples(other) if ("route", "/health/live") in labels]
