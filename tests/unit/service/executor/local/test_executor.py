import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from optimizer.generate import generate_scenario
from optimizer.interchange.scenario_text import scenario_json
from service.executor.events import Failed, Finished, Lost
from service.executor.local.executor import LocalExecutor
from service.executor.local.process import WorkerConditions
from tests.unit.service.executor.contract import GRACE_S, ExecutorContract
from tests.unit.service.executor.processes import environ, runs, wait_for_end
from tests.unit.service.executor.tasks import (
    LONG,
    PATIENCE_S,
    events_until_the_end,
    next_event,
    started,
    task,
)

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc; run it on Linux")


@pytest.fixture(scope="class")
def warm() -> Iterator[LocalExecutor]:
    executor = LocalExecutor(2, deadline_grace_s=GRACE_S)
    yield executor
    executor.close(0)


class TestLocalExecutor(ExecutorContract):
    def fresh(self) -> LocalExecutor:
        return LocalExecutor(2)


def test_all_workers_are_gone_after_close() -> None:
    executor = LocalExecutor(2)
    executor.submit(task("a", LONG))
    worker = started(executor, "a")
    executor.close(0)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


@LINUX
def test_workers_stand_back_behind_the_server() -> None:
    executor = LocalExecutor(1, conditions=WorkerConditions(nice=7))
    executor.submit(task("a", LONG))
    worker = started(executor, "a")
    assert os.getpriority(os.PRIO_PROCESS, worker) == os.getpriority(os.PRIO_PROCESS, 0) + 7
    assert os.getsid(worker) == os.getsid(0)  # that counts within a session only
    assert os.getpgid(worker) != os.getpgid(0)  # but the keys of the terminal are not for it
    executor.close(0)


def test_a_worker_that_dies_in_the_middle_of_a_message_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # It announces 100 bytes (octal 144), writes 14 of them, and is killed.
    worker = tmp_path / "worker"
    worker.write_text("#!/bin/sh\nprintf '\\0\\0\\0\\0\\0\\0\\0\\144half a message'\nkill -9 $$\n")
    worker.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(worker))
    executor = LocalExecutor(1)
    executor.submit(task("a"))
    event = next_event(executor)
    assert isinstance(event, Lost)
    assert "signal 9" in event.why
    executor.close(0)


@LINUX
def test_what_a_worker_prints_does_not_reach_its_server() -> None:
    said = (
        "import os; from service.executor.local.__main__ import own_pipes; incoming, outgoing = own_pipes();"
        "print('chatter', flush=True); os.system('echo more'); outgoing.write(incoming.read())"
    )
    done = subprocess.run(
        [sys.executable, "-c", said], input=b"frame", capture_output=True, env=environ(), check=True
    )
    assert (done.stdout, done.stderr) == (b"frame", b"chatter\nmore\n")


SERVER = """
import time
from service.executor.local.executor import LocalExecutor
from tests.unit.service.executor.processes import environ, runs, wait_for_end
from tests.unit.service.executor.tasks import LONG, all_started, task

if __name__ == "__main__":
    executor = LocalExecutor(2)
    for name in ("a", "b"):
        executor.submit(task(name, LONG))
    print(*all_started(executor, "a", "b"), flush=True)
    time.sleep(600)
"""


@LINUX
def test_workers_die_with_their_server() -> None:
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, env=environ())
    with server:
        assert server.stdout is not None
        workers = [int(word) for word in server.stdout.readline().split()]
        assert len(workers) == 2
        assert all(runs(worker) for worker in workers)
        server.kill()
    wait_for_end(workers)


def test_tasks_are_given_back_when_no_worker_gets_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    executor = LocalExecutor(1)
    executor.submit(task("a"))
    assert next_event(executor) == Lost("a", "no worker gets ready: the worker ended with exit code 1")
    executor.close(0)


def test_there_is_room_again_as_soon_as_a_worker_gets_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    executor = LocalExecutor(1)
    assert executor.slots == 1
    executor.submit(task("a"))
    assert isinstance(next_event(executor), Lost)
    assert executor.slots == 0
    monkeypatch.undo()
    until_s = time.monotonic() + PATIENCE_S
    while executor.slots == 0:
        assert time.monotonic() < until_s, "no worker gets ready although it could"
        time.sleep(0.05)
    executor.submit(task("b"))
    assert isinstance(events_until_the_end(executor, "b")[-1], Finished)
    executor.close(0)
    assert executor.slots == 0


def test_tasks_are_given_back_when_no_worker_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    executor = LocalExecutor(1)
    executor.submit(task("a"))
    event = next_event(executor)
    assert isinstance(event, Lost)
    assert "/nowhere/python" in event.why
    executor.close(0)


SHORT_OF_MEMORY = """#!/bin/sh
exec "{python}" -c "
import sys
from service.executor.local.frames import read_frame, write_frame
from service.executor.local.messages import OUT_OF_MEMORY, Ready
write_frame(sys.stdout.buffer, Ready(0.0))
read_frame(sys.stdin.buffer)
sys.exit(OUT_OF_MEMORY)"
"""


@pytest.mark.parametrize("most", [None, 700])
def test_what_needs_more_memory_than_it_may_have_fails_and_is_not_tried_again(
    most: int | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    worker = tmp_path / "worker"
    worker.write_text(SHORT_OF_MEMORY.format(python=sys.executable))
    worker.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(worker))
    executor = LocalExecutor(1, conditions=WorkerConditions(max_memory_mb=most))
    executor.submit(task("a"))
    end = events_until_the_end(executor, "a")[-1]
    if most is None:  # the machine was short of it, which may be better the next time
        assert end == Lost("a", "the worker had not enough memory")
    else:
        assert isinstance(end, Failed)
        assert end.problem.kind == "out-of-memory"
        assert "700 MB" in end.problem.sentence
        assert "PAIGONG_WORKER_MEMORY_MB" in end.problem.sentence
    executor.close(0)


@LINUX
@pytest.mark.slow
def test_a_worker_has_no_more_memory_than_it_may() -> None:
    # The kernels take 270 MB, and 2,000 jobs at 200 people's homes have 30 MB of drives for each means alone.
    large = scenario_json(generate_scenario(technicians=200, jobs=2_000, seed=1)).encode()
    executor = LocalExecutor(1, conditions=WorkerConditions(max_memory_mb=400))
    executor.submit(task("large", scenario=large))
    end = events_until_the_end(executor, "large")[-1]
    assert isinstance(end, Failed)
    assert end.problem.kind == "out-of-memory"
    executor.submit(task("small"))
    assert isinstance(events_until_the_end(executor, "small")[-1], Finished)
    executor.close(0)


@LINUX
def test_many_tasks_leave_nothing_behind() -> None:
    executor = LocalExecutor(1)

    def run(count: int, name: str) -> int:
        for number in range(count):
            executor.submit(task(f"{name} {number}"))
            events_until_the_end(executor, f"{name} {number}")
        executor.submit(task(name, LONG))
        worker = started(executor, name)
        executor.cancel(name)
        events_until_the_end(executor, name)
        return worker

    def held(pid: int | str) -> tuple[int, int]:
        place = Path(f"/proc/{pid}")
        pages = int((place / "statm").read_text().split()[1])
        return len(list((place / "fd").iterdir())), pages * os.sysconf("SC_PAGE_SIZE")

    worker = run(50, "before")
    before = held("self"), held(worker)
    assert run(200, "after") == worker
    for (handles, size), (handles_after, size_after) in zip(
        before, (held("self"), held(worker)), strict=True
    ):
        assert handles_after == handles
        assert size_after < size + 10_000_000  # a plan is 10 kB: 200 kept in ten places would be more
    executor.close(0)
