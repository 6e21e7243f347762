import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from optimizer.errors import InvalidInput
from service.studio import Studio, StudioBusy, StudioFailed, TooLong
from tests.unit.service.studio import works

SECONDS = 120.0
"""Long enough also where the kernels are compiled first."""


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    one = Studio(2, most_waiting=1)
    one.open()
    yield one
    one.close()


def test_a_work_is_done_in_a_process_of_its_own(studio: Studio) -> None:
    assert studio.ask(works.add, 2, 3, seconds=SECONDS) == 5
    assert studio.ask(works.pid, seconds=SECONDS) != os.getpid()


def test_questions_about_one_thing_go_to_one_process(studio: Studio) -> None:
    asked = {
        name: {studio.ask(works.pid, seconds=SECONDS, about=name) for _ in range(3)} for name in "abcdef"
    }
    assert all(len(pids) == 1 for pids in asked.values())
    assert len(set.union(*asked.values())) == 2


def test_what_was_kept_is_found_again(studio: Studio) -> None:
    said = [studio.ask(works.upper, "p1", text, seconds=SECONDS, about="p1") for text in (None, "abc", None)]
    assert said == [None, "ABC", "ABC"]


def test_what_is_kept_is_not_looked_through_for_garbage_again(studio: Studio) -> None:
    before = studio.ask(works.keep_many, "many", 20_000, seconds=SECONDS, about="many")
    assert studio.ask(works.passed_over, seconds=SECONDS, about="many") >= before + 20_000


def test_what_the_library_refuses_comes_as_it_is(studio: Studio) -> None:
    with pytest.raises(InvalidInput) as refused:
        studio.ask(works.refuse, seconds=SECONDS)
    assert refused.value.issues == (works.ISSUE, works.ISSUE)
    assert str(refused.value) == str(InvalidInput((works.ISSUE, works.ISSUE)))


def test_a_mistake_costs_its_own_call_only(studio: Studio) -> None:
    before = studio.ask(works.pid, seconds=SECONDS, about="x")
    with pytest.raises(StudioFailed) as failed:
        studio.ask(works.divide, 0, seconds=SECONDS, about="x")
    assert failed.value.error == "ZeroDivisionError"
    assert failed.value.places[-1].endswith(" divide")
    with pytest.raises(StudioFailed):
        studio.ask(works.unsendable, seconds=SECONDS, about="x")
    assert studio.ask(works.pid, seconds=SECONDS, about="x") == before


def test_a_process_that_dies_is_replaced(studio: Studio) -> None:
    before = studio.ask(works.pid, seconds=SECONDS, about="x")
    with pytest.raises(StudioFailed):
        studio.ask(works.die, seconds=SECONDS, about="x")
    between = studio.ask(works.pid, seconds=SECONDS, about="x")
    os.kill(between, signal.SIGKILL)  # nobody is asking it just now
    wait_for(lambda: between not in [one.pid for one in multiprocessing.active_children()])
    after = studio.ask(works.pid, seconds=SECONDS, about="x")
    assert len({before, between, after}) == 3


def test_what_takes_too_long_is_ended(studio: Studio) -> None:
    before = studio.ask(works.pid, seconds=SECONDS, about="x")
    with pytest.raises(TooLong):
        studio.ask(works.sleep, 600, seconds=0.2, about="x")
    assert not alive(before)
    assert studio.ask(works.add, 1, 1, seconds=SECONDS, about="x") == 2


def test_who_finds_too_many_waiting_is_turned_away(studio: Studio) -> None:
    before = studio.state()
    studio.ask(works.add, 1, 1, seconds=SECONDS, about="x")
    pids: list[int] = []
    asking = [
        threading.Thread(target=lambda: pids.append(studio.ask(works.sleep, 1.0, seconds=SECONDS, about="x")))
        for _ in range(2)  # one is asking, one waits: the queue is full
    ]
    for one in asking:
        one.start()
    wait_for(lambda: studio.state().here == 2)
    with pytest.raises(StudioBusy):
        studio.ask(works.add, 1, 1, seconds=SECONDS, about="x")
    for one in asking:
        one.join()
    now = studio.state()
    assert (now.here, now.busy - before.busy, now.done - before.done) == (0, 1, 3)
    assert len(pids) == 2


def test_who_waits_too_long_for_another_is_turned_away_and_nothing_is_ended(studio: Studio) -> None:
    pid = studio.ask(works.pid, seconds=SECONDS, about="x")
    asking = threading.Thread(target=lambda: studio.ask(works.sleep, 1.0, seconds=SECONDS, about="x"))
    asking.start()
    wait_for(lambda: studio.state().here == 1)
    with pytest.raises(StudioBusy):
        studio.ask(works.add, 1, 1, seconds=0.05, about="x")
    asking.join()
    assert studio.ask(works.pid, seconds=SECONDS, about="x") == pid


def test_closing_ends_works_and_tells_who_asks() -> None:
    studio = Studio(1)
    said: list[Exception] = []

    def ask() -> None:
        try:
            studio.ask(works.sleep, 600, seconds=SECONDS)
        except StudioBusy as error:
            said.append(error)

    pid = studio.ask(works.pid, seconds=SECONDS)
    asking = [threading.Thread(target=ask) for _ in range(3)]
    for one in asking:
        one.start()
    wait_for(lambda: studio.state().here == 3)
    studio.close()
    for one in asking:
        one.join(10)
    assert len(said) == 3
    assert not alive(pid)
    with pytest.raises(StudioBusy):
        studio.ask(works.pid, seconds=SECONDS)
    assert studio.state().ready == 0


_PARENT = """
import sys, threading, time
from service.studio import Studio
from tests.unit.service.studio import works
if __name__ == "__main__":
    studio = Studio(2)
    pids = [studio.ask(works.pid, seconds=120, about=name) for name in "abcdef"]
    threading.Thread(target=lambda: studio.ask(works.sleep, 600, seconds=600, about="a"), daemon=True).start()
    print(*sorted(set(pids)), flush=True)
    time.sleep(600)
"""


def test_no_process_outlives_the_service() -> None:
    with subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(alive(pid) for pid in pids)
        parent.kill()
    wait_for(lambda: not any(alive(pid) for pid in pids))


def alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
    return "State:\tZ" not in status  # a dead child nobody has asked about yet


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so; whoever calls fails when it never is."""
    for _ in range(3000):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("it never came to that")
