"""Keeps runs going: takes them from the queue, has them computed, stores what comes of them.

The table of runs is the truth. A server that computes a run holds a lease on it and renews it; when a server dies, its
leases run out and another takes its runs over. Each beginning has a number (`attempt`): whatever an earlier attempt
still delivers is not stored, so no run ever gets two results.
"""

import threading
import time
from datetime import datetime, timedelta
from typing import Final

import structlog

from optimizer.domain.document import PlanDocument
from service.backend import Backend
from service.executor.base import Executor
from service.executor.events import Event, Failed, Finished, Lost, Progressed, Proposed, Started
from service.executor.task import Task
from service.mistakes import log_mistake, places
from service.plans.keep import Packed, packed
from service.proposals.keep import Ready, kept, ready
from service.runs.results import OVERDUE, failed, finished, lost, progressed, proposed, replanned
from service.runs.states import begin, end, put_back
from service.runs.tasks import task_name, task_of
from service.store import StoreBusy, Transaction, tables
from service.store.ids import new_id
from service.store.proposals import proposals_of_run
from service.store.queue import any_lost, leased, lost_rows, next_queued, renew_leases, waiting
from service.store.runs import any_overdue, leased_runs, overdue_runs

_WAIT_S: Final = 0.25
"""How often the store is asked for runs to begin, to cancel, or to take over."""
_OURS: Final = ("internal", "broken-plan")
"""Why a run failed through no fault of its scenario."""
_GOES_ON: Final = (Started, Progressed, Proposed)
"""After these more is told of a task."""
_STOP_S: Final = 30.0
_CLOSE_S: Final = 2.0
_GRACE_S: Final = 60.0
"""How long a run that was asked to end may take before its worker is killed, which costs it the best plan it has: what
comes after the search takes 4 s with 3,000 jobs where nobody else computes, and workers stand back for everybody."""


class Keeper:
    """Keeps runs going in a thread of its own.

    Parameters
    ----------
    backend : settings, store and clock
    executor : computes the runs
    """

    def __init__(self, backend: Backend, executor: Executor) -> None:
        self.name = new_id("srv")
        self._backend = backend
        self._executor = executor
        self._mine: dict[str, str] = {}  # task → run
        self._asked: dict[str, float] = {}  # task → when it was asked to end
        self._heard: Event | None = None  # taken from the executor, but not stored yet
        self._renew_at = backend.now()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="keeper", daemon=True)
        self._log = structlog.get_logger("paigong.runs").bind(server=self.name)

    def start(self) -> None:
        """Begin to keep runs going."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; what is still computed is put back into the queue for another server, or for the next start."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)
        self._executor.close(grace_s=_CLOSE_S)
        self._take_all(0)

    def turn(self, wait_s: float = 0.0) -> None:
        """Do one round: take what the executor tells, then look what is to be done.

        Parameters
        ----------
        wait_s : how long to wait for something to be told
        """
        self._take_all(wait_s)
        self._look()

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                self.turn(_WAIT_S)
            except StoreBusy:
                self._log.warning("the store is busy")
            except Exception as error:  # noqa: BLE001 # the keeper goes on whatever one run does
                self._give_up()
                log_mistake(type(error).__name__, places(error), server=self.name)
                self._stop.wait(1)

    def _look(self) -> None:
        """Renew the leases, pass on what was asked, take over what was lost, begin what there is room for.

        Only looks as long as there is nothing to do: SQLite has one writer at a time.
        """
        now = self._backend.now()
        with self._backend.store.read() as tx:
            ours = {task_name(row): row.cancel_asked for row in leased_runs(tx, self.name)}
            waits = waiting(tx, tables.Run)
            untidy = any_lost(tx, tables.Run, now) or any_overdue(tx, now)
        if untidy or (self._mine and now >= self._renew_at):
            self._backend.store.write(self._tidy)
        for task_id in self._mine:
            if task_id not in ours:
                self._executor.kill(task_id)  # taken over by another, or deleted: nobody waits for it
            elif ours[task_id]:
                self._ask_to_end(task_id)
        while (waits or untidy) and len(self._mine) < self._executor.slots and self._begin():
            pass

    def _tidy(self, tx: Transaction) -> None:
        now, settings = self._backend.now(), self._backend.settings
        renew_leases(
            tx, tables.Run, self.name, self._mine.values(), now + timedelta(seconds=settings.lease_s)
        )
        self._renew_at = now + timedelta(seconds=settings.lease_s / 4)
        for row in lost_rows(tx, tables.Run, now):
            put_back(tx, row, "its server was not heard of", settings.run_tries, now)
        for row in overdue_runs(tx, now):
            end(tx, row, "failed", now, problem=OVERDUE)

    def _ask_to_end(self, task_id: str) -> None:
        """Ask a task to end, and kill it when it does not listen."""
        asked = self._asked.setdefault(task_id, time.monotonic())
        if time.monotonic() - asked > _GRACE_S:
            self._executor.kill(task_id)
        else:
            self._executor.cancel(task_id)

    def _begin(self) -> bool:
        """Begin the run whose turn it is; false: there is none."""
        settings = self._backend.settings

        def take(tx: Transaction) -> Task | None:
            row = next_queued(tx, tables.Run)
            if row is None:
                return None
            # Only now: it is begun after it was asked for, whoever had to wait for the store.
            now = self._backend.now()
            begin(tx, row, self.name, now + timedelta(seconds=settings.lease_s), now)
            return task_of(tx, row, settings, now)

        task = self._backend.store.write(take)
        if task is None:
            return False
        self._executor.submit(task)  # before it is ours: what is not computed must not keep its lease
        self._mine[task.task_id] = task.task_id.rpartition(".")[0]
        return True

    def _take_all(self, wait_s: float) -> None:
        """Store everything the executor tells; what the store was too busy for comes first the next time."""
        event = self._heard or self._executor.next_event(wait_s)
        while event is not None:
            self._heard = event
            self._take(event)
            self._heard = None
            event = self._executor.next_event(0)

    def _give_up(self) -> None:
        """Leave a run alone whose news cannot be stored: its lease runs out, and it is begun again."""
        event, self._heard = self._heard, None
        if event is not None and not isinstance(event, _GOES_ON):
            self._forget(event.task_id)

    def _forget(self, task_id: str) -> None:
        self._mine.pop(task_id, None)
        self._asked.pop(task_id, None)

    def _take(self, event: Event) -> None:
        """Store what the executor tells of a task; of a run that is not ours any more nothing is stored."""
        store, run_id = self._backend.store, self._mine.get(event.task_id)
        if run_id is None:
            return
        attempt = int(event.task_id.rpartition(".")[2])
        # Made ready before the transaction: others wait while one writes.
        made = self._made_ready(run_id, event)

        def work(tx: Transaction) -> None:
            row = leased(tx, tables.Run, run_id, attempt, self.name)
            if row is not None:
                self._stored(tx, row, event, made, self._backend.now())

        store.write(work)
        if not isinstance(event, _GOES_ON):
            self._forget(event.task_id)

    def _made_ready(self, run_id: str, event: Event) -> Packed | Ready | None:
        """Return what is to be stored of an event."""
        found = event.found if isinstance(event, Proposed | Finished) else None
        if found is not None:
            with self._backend.store.read() as tx:
                row = proposals_of_run(tx, run_id)
                return None if row is None else ready(found, kept(row)["by_name"])
        if isinstance(event, Finished):
            return packed(PlanDocument.model_validate_json(event.document))
        return None

    def _stored(
        self, tx: Transaction, row: tables.Run, event: Event, made: Packed | Ready | None, now: datetime
    ) -> None:
        match event:
            case Started():
                row.tries += 1
            case Progressed():
                progressed(tx, row, event, now)
            case Proposed() if isinstance(made, Ready):
                proposed(tx, row, made, now)
            case Finished() if isinstance(made, Ready):
                replanned(tx, row, event, made, now)
            case Finished() if isinstance(made, Packed):
                finished(tx, row, event, made, now)
            case Failed():
                if event.problem.kind in _OURS:
                    log_mistake(
                        event.problem.error or event.problem.kind, event.problem.places, run=row.run_id
                    )
                failed(tx, row, event, now)
            case Lost():
                lost(tx, row, event, self._backend.settings.run_tries, now)
            case Proposed() | Finished():
                pass
