"""Kill the service and its workers at random moments while others write: what was acknowledged stays."""

import os
import random
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optimizer.interchange.scenario_file import parse_scenario
from service.store.tables import Board, Scenario
from tests.soak.asked import asked, folder
from tests.soak.databases import Kind, database
from tests.soak.in_store import check_file, check_runs, entries, inside
from tests.soak.processes import lives, seconds_until_gone
from tests.soak.serving import Serving, serving
from tests.soak.small import DAY, JOB, content
from tests.soak.talking import FINAL, Talking

_ENVIRON = {
    "PAIGONG_WORKERS": "2",
    "PAIGONG_STUDIO": "1",
    "PAIGONG_LEASE_S": "2",
    "PAIGONG_RUN_TRIES": "10",
}
_ITERATIONS = (200, 5_000, 20_000)
"""From a moment to some seconds."""
_UNDER_WAY = 3
"""Days of a writer whose run may be under way."""


@dataclass
class Day:
    """What a writer was told of one of its days; all of it must be readable later."""

    number: str
    scenario_id: str = ""
    revision: int = 0
    run_id: str = ""
    board_id: str = ""
    version: int = 0
    draft: str | None = None


@dataclass
class Writer:
    """Somebody who writes, one day after the other, until told to stop.

    Parameters
    ----------
    name : tells its objects from others'
    service : where to
    stop : set when it is to stop
    """

    name: str
    service: Serving
    stop: threading.Event
    days: list[Day] = field(default_factory=list)
    asked_again: int = 0

    def work(self) -> None:
        """Write."""
        chance = random.Random(self.name)
        with Talking(self.service) as talking:
            while not self.stop.is_set():
                day = Day(f"{self.name}-{len(self.days)}")
                self.days.append(day)
                self._write(talking, day, chance)
                while not self.stop.is_set() and self._put_drafts(talking) >= _UNDER_WAY:
                    self.stop.wait(0.1)
            self.asked_again = talking.asked_again

    def _write(self, talking: Talking, day: Day, chance: random.Random) -> None:
        number = day.number
        day.scenario_id = talking.upload(content(number, number), key=f"{number} upload")
        day.revision = 1
        at, changes = f"/scenarios/{day.scenario_id}/content", {"jobs": {JOB: {"priority": "emergency"}}}
        day.revision = talking.told(200, "PATCH", at, json=changes, match='"1"', key=f"{number} patch")[
            "revision"
        ]
        iterations = chance.choice(_ITERATIONS)
        day.run_id = talking.run(day.scenario_id, iterations=iterations, key=f"{number} run")
        board = {"scenario_id": day.scenario_id, "branch_id": number, "day": DAY}
        said = talking.told(201, "POST", "/boards", json=board, key=f"{number} board")
        day.board_id, day.version = said["board_id"], said["version"]

    def _put_drafts(self, talking: Talking) -> int:
        """Put plans that are there on their boards, and return how many are not."""
        waiting = [day for day in self.days if day.draft is None]
        for day in waiting:
            run = talking.told(200, "GET", f"/runs/{day.run_id}")
            if run["state"] in FINAL:
                assert run["plan_id"], run
                at, draft = f"/boards/{day.board_id}/draft", {"plan_id": run["plan_id"]}
                key = f"{day.number} draft"
                said = talking.told(200, "PUT", at, json=draft, match=f'"{day.version}"', key=key)
                day.draft, day.version = said["draft_plan_id"], said["version"]
        return sum(day.draft is None for day in waiting)


@dataclass
class Killing:
    """What was killed."""

    kinds: Counter[str] = field(default_factory=Counter)
    gone_s: list[float] = field(default_factory=list)
    """How long what a killed server had started lived on."""


def soak(place: Path, *, cycles: int, kind: Kind, seed: int = 1) -> str:
    """Kill so many times, check everything, and return the figures.

    Parameters
    ----------
    place : an empty folder
    cycles : how many kills
    kind : which database
    seed : of the chance by which is killed
    """
    stop, killing = threading.Event(), Killing()
    with database(kind, place) as (url, settings):
        with serving(place, {**_ENVIRON, **settings}, ready=False) as service:
            writers = [Writer(f"w{number}", service, stop) for number in range(4)]
            failed: list[BaseException] = []
            threads = [threading.Thread(target=_guarded, args=(one, failed, stop)) for one in writers]
            for thread in threads:
                thread.start()
            chance = random.Random(seed)
            try:
                for _ in range(cycles):
                    if stop.wait(chance.uniform(0.1, 3)):
                        break  # a writer has met with a mistake
                    _kill(service, chance, killing)
            finally:
                stop.set()
                for thread in threads:
                    thread.join()
            if failed:
                raise failed[0]
            days = [day for one in writers for day in one.days]
            with Talking(service) as talking:
                for day in days:
                    _check(talking, day)
            unforeseen = [line for line in service.log() if "mistake in the program" in line]
            assert not unforeseen, unforeseen[:5]
            left = service.children()
        seconds_until_gone(left)
        with inside(url) as tx:
            attempts = check_runs(tx, {day.run_id for day in days})
            done = entries(tx)
            assert {tx.get_one(Scenario, day.scenario_id).revision for day in days} == {2}
            assert all(tx.get_one(Board, day.board_id).draft_plan_id == day.draft for day in days)
            check_file(tx)
    once = ("upload_scenario", "patch_scenario_content", "ask_for_run", "create_board")
    assert [done[name] for name in once] == [len(days)] * len(once)  # each asked for once, however often sent
    assert done.get("put_draft", 0) == sum(day.draft is not None for day in days)
    again = sum(one.asked_again for one in writers)
    return (
        f"{cycles} kills on {kind} ({dict(killing.kinds)}); {len(days)} days written, each with a scenario, a "
        f"patch, a run and a board, {done.get('put_draft', 0)} drafts; {again} requests sent again; all there, "
        f"{len(attempts)} of {len(attempts)} runs finished with one plan each, attempts: "
        f"{dict(sorted(Counter(attempts).items()))}; processes of killed servers gone after "
        f"{max(killing.gone_s, default=0):.2f} s at most"
    )


def _guarded(writer: Writer, failed: list[BaseException], stop: threading.Event) -> None:
    try:
        writer.work()
    except BaseException as error:  # noqa: BLE001 # raised again where the soak ends
        failed.append(error)
        stop.set()


def _kill(service: Serving, chance: random.Random, killing: Killing) -> None:
    """Kill the server or one of its processes; a server is started again."""
    which = chance.random()
    if which < 0.5 and (workers := service.workers()):
        _kill_one(chance.choice(workers))
        killing.kinds["a worker"] += 1
    elif which < 0.55 and (started := service.children()):
        _kill_one(chance.choice(started))
        killing.kinds["any process"] += 1
    else:
        killing.gone_s.append(seconds_until_gone(service.kill()))
        killing.kinds["the server"] += 1
        service.begin()
        if which > 0.95:
            time.sleep(chance.uniform(0.1, 3))
            killing.gone_s.append(seconds_until_gone(service.kill()))
            killing.kinds["the server while it started"] += 1
            service.begin()
        service.wait_until_it_listens()


def _kill_one(pid: int) -> None:
    if lives(pid):
        os.kill(pid, signal.SIGKILL)


def _check(talking: Talking, day: Day) -> None:
    """Check that everything that was acknowledged of a day is readable and as it was."""
    first = parse_scenario(content(day.number, day.number), json=True)
    jobs = [
        job.model_copy(update={"priority": "emergency"}) if job.job_id == JOB else job for job in first.jobs
    ]
    for revision, expected in ((1, first), (2, first.model_copy(update={"jobs": tuple(jobs)}))):
        found = talking.ask("GET", f"/scenarios/{day.scenario_id}/content?revision={revision}")
        assert parse_scenario(found.text, json=True) == expected
    run: dict[str, Any] = talking.ended(day.run_id)
    assert (run["state"], run["scenario_id"], run["revision"]) == ("finished", day.scenario_id, 2), run
    plan = talking.told(200, "GET", f"/plans/{run['plan_id']}")
    assert plan["run_id"] == day.run_id
    board = talking.told(200, "GET", f"/boards/{day.board_id}")["board"]
    told = (board["version"], board["draft_plan_id"], board["scenario_id"])
    assert told == (day.version, day.draft, day.scenario_id)


def main() -> None:
    """Run the soak as the command line asks for it."""
    what = asked(__doc__ or "", 200)
    with folder() as place:
        print(soak(place, cycles=what.cycles, kind=what.database))


if __name__ == "__main__":
    main()
