"""The keeper with an executor that does what the test says, its rounds turned by hand, on a clock of the test's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from optimizer.control import Iterations
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.interchange.plan_file import plan_json
from optimizer.interchange.scenario_file import load_scenario
from optimizer.planning import plan_scenario
from optimizer.scenario_library import scenario_path
from optimizer.settings import Settings
from service.backend import Backend
from service.caller import LOCAL, Caller
from service.executor.base import CLOSED, DEADLINE
from service.executor.events import Failed, Finished, Lost, Problem, Progressed, Started
from service.runs.keeper import Keeper
from service.runs.queue import ask, ask_to_cancel
from service.runs.records import Run, RunRequest, run_record
from service.scenarios.upload import upload, written
from service.store import Store, StoreBusy, tables
from service.store.database import sqlite_url
from service.store.migrations import upgrade
from service.store.plans import plan_row
from service.store.runs import run_row, told
from tests.unit.service.runs.puppet import Puppet
from tests.unit.service.served import NOON


@cache
def skill() -> Scenario:
    path = scenario_path("rules/skill")
    assert path is not None
    return load_scenario(path)


@cache
def plan() -> bytes:
    return plan_json(plan_scenario(skill(), stop=Iterations(0), engine="greedy")).encode()


@dataclass
class House:
    """A store, a clock and some keepers."""

    backend: Backend
    scenario_id: str
    at: list[datetime] = field(default_factory=lambda: [NOON])

    def later(self, seconds: float) -> None:
        self.at[0] += timedelta(seconds=seconds)

    def ask(self, caller: Caller = LOCAL, *, deadline_s: int | None = None) -> str:
        request = RunRequest(scenario_id=self.scenario_id, deadline_s=deadline_s)
        answer = self.backend.store.write(
            lambda tx: ask(tx, caller, request, self.backend.settings, self.backend.now())
        )
        self.later(1)
        return answer.about

    def run(self, run_id: str) -> Run:
        with self.backend.store.read() as tx:
            row = run_row(tx, run_id, LOCAL)
            assert row is not None
            return run_record(row)

    def told(self, run_id: str) -> list[str]:
        with self.backend.store.read() as tx:
            return [event.kind for event in told(tx, run_id, 0)]

    def plans(self) -> int:
        with self.backend.store.read() as tx:
            return tx.query(tables.Plan).count()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    store = Store(sqlite_url(tmp_path))
    upgrade(store)
    at = [NOON]
    backend = Backend(Settings(run_tries=2, lease_s=15, queue=4, queue_each=3), store, now=lambda: at[0])
    made = store.write(lambda tx: upload(tx, LOCAL, written(skill()), "", NOON))
    yield House(backend, made.about, at)
    store.close()


def keeper(house: House, slots: int = 1) -> tuple[Keeper, Puppet]:
    puppet = Puppet(slots)
    return Keeper(house.backend, puppet), puppet


def test_a_finished_run_has_a_plan(house: House) -> None:
    run_id = house.ask()
    one, puppet = keeper(house)
    one.turn()
    assert house.run(run_id).state == "running"
    puppet.tell(Progressed(f"{run_id}.1", 0.5, 10, 0.1, 3, 500, 1))
    puppet.tell(Progressed(f"{run_id}.1", 1.0, 20, 0.2, 3, 500, 1))
    puppet.tell(Finished(f"{run_id}.1", plan(), "iterations"))
    for _ in range(3):
        one.turn()
    run = house.run(run_id)
    assert (run.state, run.ended_by, run.attempt) == ("finished", "iterations", 1)
    assert house.told(run_id) == ["queued", "running", "improved", "progress", "finished"]
    with house.backend.store.read() as tx:
        row = plan_row(tx, run.plan_id or "", LOCAL)
        assert row is not None
        assert row.body == plan()


def test_a_cancelled_run_keeps_its_best(house: House) -> None:
    run_id = house.ask()
    one, puppet = keeper(house)
    one.turn()
    house.backend.store.write(lambda tx: ask_to_cancel(tx, LOCAL, run_id, NOON))
    one.turn()
    assert puppet.cancelled == [f"{run_id}.1"]
    puppet.tell(Finished(f"{run_id}.1", plan(), "cancelled"))
    one.turn()
    assert (house.run(run_id).state, house.run(run_id).plan_id is None) == ("cancelled", False)


def test_a_queued_run_is_cancelled_at_once(house: House) -> None:
    run_id = house.ask()
    house.backend.store.write(lambda tx: ask_to_cancel(tx, LOCAL, run_id, NOON))
    one, puppet = keeper(house)
    one.turn()
    assert (house.run(run_id).state, puppet.tasks) == ("cancelled", [])


def test_a_failed_run_says_why(house: House) -> None:
    run_id = house.ask()
    one, puppet = keeper(house)
    one.turn()
    issue = Issue("unknown-branch", "jobs[3].branch_id", "There is no branch B9.", "Name one that exists.")
    puppet.tell(Failed(f"{run_id}.1", Problem("invalid-input", "no branch", issues=(issue,))))
    one.turn()
    run = house.run(run_id)
    assert run.state == "failed"
    assert run.problem is not None
    assert run.problem["issues"][0]["pointer"] == "/jobs/3/branch_id"


def test_a_mistake_in_the_program_is_found_in_the_log(house: House) -> None:
    run_id = house.ask()
    one, puppet = keeper(house)
    one.turn()
    problem = Problem("internal", "its log says where", error="KeyError", places=("search.py:7 insert",))
    puppet.tell(Failed(f"{run_id}.1", problem))
    with capture_logs() as said:
        one.turn()
    assert [(line["error"], line["places"], line["run"]) for line in said] == [
        ("KeyError", ["search.py:7 insert"], run_id)
    ]
    assert "search.py" not in repr(house.run(run_id).problem)


def test_a_run_whose_worker_dies_is_begun_again_and_given_up_at_last(house: House) -> None:
    run_id = house.ask()
    one, puppet = keeper(house)
    one.turn()
    puppet.tell(Started(f"{run_id}.1", "here:1"), Lost(f"{run_id}.1", "killed by signal 9"))
    one.turn()
    one.turn()
    assert [task.task_id for task in puppet.tasks] == [f"{run_id}.1", f"{run_id}.2"]
    puppet.tell(Started(f"{run_id}.2", "here:2"), Lost(f"{run_id}.2", "killed by signal 9"))
    one.turn()
    run = house.run(run_id)
    assert (run.state, run.attempt) == ("failed", 2)
    assert house.told(run_id) == ["queued", "running", "queued", "running", "failed"]


def test_what_is_not_the_runs_fault_does_not_count(house: House) -> None:
    run_id = house.ask()
    one, puppet = keeper(house)
    for attempt in range(1, 6):  # it may be begun twice
        one.turn()
        puppet.tell(Lost(f"{run_id}.{attempt}", "no worker gets ready"))
        one.turn()
    for attempt in range(6, 11):
        puppet.tell(Started(f"{run_id}.{attempt}", "here:1"), Lost(f"{run_id}.{attempt}", CLOSED))
        one.turn()
    assert (house.run(run_id).state, house.run(run_id).attempt) == ("running", 11)


def test_a_run_of_a_dead_server_is_taken_over_and_gets_one_result(house: House) -> None:
    run_id = house.ask()
    dead, dead_puppet = keeper(house)
    dead.turn()
    house.later(14)
    other, puppet = keeper(house)
    other.turn()
    assert puppet.tasks == []  # its lease of 15 s still lasts
    house.later(2)
    other.turn()
    assert [task.task_id for task in puppet.tasks] == [f"{run_id}.2"]
    # The first server was not dead but slow: it ends its attempt, and what it delivers all the same is not stored.
    dead.turn()
    assert dead_puppet.killed == [f"{run_id}.1"]
    dead_puppet.tell(Finished(f"{run_id}.1", plan(), "time"))
    dead.turn()
    assert (house.run(run_id).state, house.plans()) == ("running", 0)
    assert puppet.killed == []
    puppet.tell(Finished(f"{run_id}.2", plan(), "time"))
    other.turn()
    assert (house.run(run_id).state, house.plans()) == ("finished", 1)


def test_a_living_server_keeps_its_runs(house: House) -> None:
    run_id = house.ask()
    one, _ = keeper(house)
    one.turn()
    other, puppet = keeper(house)
    for _ in range(10):
        house.later(10)
        one.turn()
        other.turn()
    assert (house.run(run_id).attempt, puppet.tasks) == (1, [])


def test_a_deadline_ends_a_run_that_waits_or_is_late(house: House) -> None:
    late, waits = house.ask(deadline_s=60), house.ask(deadline_s=30)
    one, puppet = keeper(house)
    one.turn()
    assert [task.task_id for task in puppet.tasks] == [f"{late}.1"]
    # Asked at 0, a second later the second was asked, and it is begun another second later: 58 of 60 s are left.
    assert puppet.tasks[0].deadline_s == 58
    house.later(40)
    puppet.tell(Lost(f"{late}.1", DEADLINE))
    one.turn()
    assert [house.run(one).state for one in (late, waits)] == ["failed", "failed"]
    assert len(puppet.tasks) == 1


def test_no_key_waits_for_another_keys_many_runs(house: House) -> None:
    many, few = (Caller(name, name, "dispatcher") for name in ("many", "few"))
    first = [house.ask(many) for _ in range(3)]
    second = house.ask(few)
    one, puppet = keeper(house)
    order = []
    for _ in range(4):
        one.turn()
        task = puppet.tasks[-1].task_id
        order.append(task.rpartition(".")[0])
        puppet.tell(Finished(task, plan(), "time"))
        one.turn()
    assert order == [first[0], second, first[1], first[2]]


def test_a_stopped_server_puts_its_runs_back(house: House) -> None:
    run_id = house.ask()
    one, puppet = keeper(house)
    one.turn()
    puppet.tell(Lost(f"{run_id}.1", "closed"))
    one.stop()
    assert puppet.closed
    assert (house.run(run_id).state, house.run(run_id).attempt) == ("queued", 1)


def test_an_end_that_the_store_is_too_busy_for_is_stored_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = house.ask()
    one, puppet = keeper(house)
    one.turn()
    puppet.tell(Finished(f"{run_id}.1", plan(), "iterations"))

    def busy(_work: object) -> None:
        raise StoreBusy

    with monkeypatch.context() as patch:
        patch.setattr(house.backend.store, "write", busy)
        with pytest.raises(StoreBusy):
            one.turn()
    assert house.run(run_id).state == "running"
    one.turn()
    assert (house.run(run_id).state, house.plans()) == ("finished", 1)


def test_a_run_whose_end_cannot_be_stored_is_begun_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = house.ask()
    one, puppet = keeper(house)
    one.turn()
    puppet.tell(Finished(f"{run_id}.1", b"no plan", "iterations"))
    monkeypatch.setattr(one._stop, "wait", lambda _seconds: one._stop.set())
    one._work()  # ends after this one mistake
    house.later(16)  # longer than the lease
    one.turn()
    assert [task.task_id for task in puppet.tasks] == [f"{run_id}.1", f"{run_id}.2"]
