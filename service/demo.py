"""Fills a service with something to look at: the scenarios that come with the program, and a published day."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from optimizer.errors import InvalidInput
from optimizer.interchange.scenario_file import load_scenario
from optimizer.scenario_library import scenario_names, scenario_path
from optimizer.words.numbers import count
from service.backend import Backend
from service.boards.approve import approve
from service.boards.change import to_change
from service.boards.create import create
from service.boards.draft import find, prepare, put_draft
from service.boards.publish import StalePlan, publish
from service.boards.records import NewBoard
from service.caller import Caller
from service.door.answer import Answer
from service.door.call import WriteCall
from service.door.problem import Problem
from service.door.problem_kinds import NOT_FOUND
from service.door.versions import etag
from service.runs.queue import ask
from service.runs.records import RunRequest
from service.scenarios.upload import upload, written
from service.store import StoreBusy, Transaction, tables
from service.store.boards import board_of_day
from service.store.queue import ENDED, visible_rows
from service.store.runs import run_row
from service.store.scenarios import scenario_rows

DEMO: Final = Caller(key_id="demo", name="the demonstration", role="admin")
"""Who makes the objects of the demonstration."""

DAY: Final = "changsha-aircon"
"""The scenario that is planned and published."""

_LOOK_S: Final = 0.25
_STOP_S: Final = 10.0


class Demo:
    """Loads the scenarios, plans one and publishes the plan; what is there already stays as it is.

    It goes through the same steps as a request, so the record of who did what has them.

    Parameters
    ----------
    backend : settings, store and clock
    address : where the service listens, e.g. ``http://127.0.0.1:8470``
    say : is told in sentences what was done
    """

    def __init__(self, backend: Backend, address: str, say: Callable[[str], None]) -> None:
        self._backend = backend
        self._address = address
        self._say = say
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.fill, name="demo", daemon=True)

    def start(self) -> None:
        """Begin, beside the requests."""
        self._thread.start()

    def stop(self) -> None:
        """End; the next start goes on where this one ended."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)

    def fill(self) -> None:
        """Do everything that is not done yet; the run must be computed by somebody else meanwhile."""
        try:
            scenario_id = self._scenarios()
            plan_id = None if scenario_id is None else self._plan(scenario_id)
            if scenario_id is not None and plan_id is not None:
                self._publish(scenario_id, plan_id)
        except (Problem, InvalidInput, StoreBusy, StalePlan) as error:
            self._say(f"Demo: {error}")

    def _scenarios(self) -> str | None:
        """Upload what is not there yet and return the id of the day's scenario; none: told to stop before."""
        there = {row.name: row.scenario_id for row in self._own_scenarios()}
        new = 0
        for name in scenario_names():
            path = scenario_path(name)
            if self._stop.is_set():
                return None
            if name in there or path is None:
                continue
            there[name] = self._upload(path)
            new += 1
        self._say(
            f"Demo: {count(len(there), 'scenario')} loaded, {new} of them now: {self._address}/scenarios"
        )
        return there[DAY]

    def _upload(self, path: Path) -> str:
        scenario, now = written(load_scenario(path)), self._backend.now()
        sent = self._do("upload_scenario", lambda tx: upload(tx, DEMO, scenario, "demo", now))
        return str(sent["scenario_id"])

    def _plan(self, scenario_id: str) -> str | None:
        """Have the day planned and return the plan's id; none: told to stop before."""
        request = RunRequest(scenario_id=scenario_id, revision=1)
        settings = self._backend.settings
        with self._backend.store.read() as tx:
            rows = visible_rows(
                tx, tables.Run, DEMO, scenario_id=scenario_id, state=None, after=None, limit=200
            )
        mine = [row for row in rows if row.made_by == DEMO.key_id]
        row = next((one for one in mine if one.plan_id), None) or next(
            (one for one in mine if one.state not in ENDED), None
        )
        run_id = (
            self._do("ask_for_run", lambda tx: ask(tx, DEMO, request, settings, self._backend.now()))[
                "run_id"
            ]
            if row is None
            else row.run_id
        )
        while not self._stop.is_set():
            with self._backend.store.read() as tx:
                found = run_row(tx, run_id, DEMO)
            if found is None or found.state in ENDED:
                plan_id = None if found is None else found.plan_id
                self._say(
                    f"Demo: {DAY} is not planned: the run {run_id} made no plan."
                    if plan_id is None
                    else f"Demo: {DAY} is planned: {self._address}/plans/{plan_id}/exports/html"
                )
                return plan_id
            self._stop.wait(_LOOK_S)
        return None

    def _publish(self, scenario_id: str, plan_id: str) -> None:
        path = scenario_path(DAY)
        assert path is not None  # it was uploaded from there
        scenario = load_scenario(path)
        for branch in scenario.branches:
            new = NewBoard(
                scenario_id=scenario_id, branch_id=branch.branch_id, day=scenario.horizon.first_day
            )
            board_id = self._board(new, plan_id)
            orders = f"{self._address}/boards/{board_id}/orders.html"
            self._say(f"Demo: the board of {branch.branch_id} on {new.day}: dispatch orders at {orders}")

    def _board(self, new: NewBoard, plan_id: str) -> str:
        """Lead a branch's board on to the published plan and return its id; one that people have changed stays."""
        row = self._board_row(new)
        if row is None:
            self._do("create_board", lambda tx: create(tx, DEMO, new, self._backend.now()))
        while (row := self._board_row(new)) is not None:
            ours = row.scenario_id == new.scenario_id and row.draft_plan_id in (None, plan_id)
            if row.published_plan_id is not None or not ours:
                return row.board_id
            self._on(row, plan_id)
        raise Problem(NOT_FOUND, "The board was deleted meanwhile.")

    def _on(self, row: tables.Board, plan_id: str) -> None:
        """Lead a board one step on."""
        board_id, version, now = row.board_id, etag(row.version), self._backend.now()
        match row.state:
            case "empty":
                with self._backend.store.read() as tx:
                    found = find(tx, DEMO, board_id, plan_id, version)
                made = prepare(found)
                self._do(
                    "put_draft",
                    lambda tx: put_draft(tx, DEMO, to_change(tx, DEMO, board_id, version), made, now),
                )
            case "draft":
                self._do(
                    "approve_draft", lambda tx: approve(tx, DEMO, to_change(tx, DEMO, board_id, version), now)
                )
            case _:
                self._do(
                    "publish_draft", lambda tx: publish(tx, DEMO, to_change(tx, DEMO, board_id, version), now)
                )

    def _board_row(self, new: NewBoard) -> tables.Board | None:
        with self._backend.store.read() as tx:
            return board_of_day(tx, new.branch_id, new.day)

    def _own_scenarios(self) -> Iterator[tables.Scenario]:
        after: str | None = None
        while True:
            with self._backend.store.read() as tx:
                rows = scenario_rows(tx, DEMO, after=after, limit=200)
            yield from (row for row in rows if row.made_by == DEMO.key_id)
            if len(rows) < 200:
                return
            after = rows[-1].scenario_id

    def _do(self, action: str, work: Callable[[Transaction], Answer]) -> dict[str, Any]:
        """Do something as a request of this name does it, and return what it answers."""
        answer = WriteCall(self._backend, DEMO, "demo", action).write(work)
        answered: dict[str, Any] = json.loads(bytes(answer.body))
        return answered
