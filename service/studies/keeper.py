"""Keeps studies going: takes one at a time from the queue, has it conducted, says that it lives.

The table of studies is the truth, as it is with runs: a server that conducts a study holds a lease on it and renews it;
when a server dies, its lease runs out and another takes the study over, with the samples that are there.
"""

from datetime import datetime, timedelta
from typing import Final

from optimizer.settings import Settings
from optimizer.whatif.executor import Assignment, SampleExecutor
from service.backend import Backend
from service.executor.opening import open_executor
from service.executor.sampling import StudySamples
from service.regularly import Regularly
from service.store import Transaction, tables
from service.store.ids import new_id
from service.store.queue import any_lost, leased, lost_rows, next_queued, waiting
from service.store.scenarios import revision_row
from service.store.studies import tell
from service.studies.conducting import Begun, Conducting, OpenSamples
from service.studies.records import StudyProgress
from service.studies.states import begin, put_back

_LOOK_S: Final = 0.25
"""How often the store is asked for a study to begin, to cancel, or to take over."""
_TOLD_S: Final = 1.0
"""How often it is told how far a study is."""
_BEHIND: Final = 5
"""So much further than the workers of runs those of a study stand back, as `nice` has it."""
_NICEST: Final = 19
_STOP_S: Final = 30.0


def open_samples(settings: Settings, given: Assignment) -> SampleExecutor:
    """Open who makes the samples of a study: worker processes here, or the Dask cluster where one is set.

    Parameters
    ----------
    settings : what the operator decided
    given : what the samples are made of
    """
    own = {
        "workers": settings.study_workers or settings.workers,
        "worker_nice": min(_NICEST, settings.worker_nice + _BEHIND),
    }
    return StudySamples(open_executor(settings.model_copy(update=own)), given)


class StudyKeeper:
    """Keeps studies going, one at a time, in a thread of its own.

    Parameters
    ----------
    backend : settings, store and clock
    opens : opens who makes a study's samples; none: `open_samples`
    """

    def __init__(self, backend: Backend, opens: OpenSamples | None = None) -> None:
        self.name = new_id("srv")
        self._backend = backend
        self._opens = opens or (lambda given: open_samples(backend.settings, given))
        self._here: Conducting | None = None
        self._told: StudyProgress | None = None
        self._renew_at = self._tell_at = backend.now()
        self._regularly = Regularly("studies", self.turn, _LOOK_S)

    def start(self) -> None:
        """Begin to keep studies going."""
        self._regularly.start()

    def stop(self) -> None:
        """Stop; a study that is conducted goes back into the queue with its samples."""
        self._regularly.stop()
        if self._here is not None:
            self._here.end()
            self._here.wait(_STOP_S)

    def turn(self) -> None:
        """Do one round: see what is asked of the study that is conducted, and begin another where there is none."""
        if self._here is not None and self._here.is_over:
            self._here = None
        store, now = self._backend.store, self._backend.now()
        with store.read() as tx:
            waits, untidy = waiting(tx, tables.Study), any_lost(tx, tables.Study, now)
            row = self._row(tx, to_change=False)
        if self._here is not None:
            if row is None or row.cancel_asked:  # another's, deleted, or nobody waits for it
                self._here.end()
            elif now >= self._renew_at or self._is_news(self._here, now):
                store.write(self._look_after)
        if untidy:
            store.write(self._tidy)
        if self._here is None and (waits or untidy):
            self._begin()

    def _row(self, tx: Transaction, *, to_change: bool = True) -> tables.Study | None:
        """Return the study that is conducted; none: none is, or it is another's by now."""
        if self._here is None:
            return None
        begun = self._here.begun
        return leased(tx, tables.Study, begun.study_id, begun.attempt, self.name, to_change=to_change)

    def _is_news(self, here: Conducting, now: datetime) -> bool:
        return now >= self._tell_at and here.progress_record() not in (None, self._told)

    def _look_after(self, tx: Transaction) -> None:
        """Renew the lease of the study that is conducted, and tell how far it is."""
        row, now, lease_s = self._row(tx), self._backend.now(), self._backend.settings.lease_s
        if row is None or self._here is None:
            return
        row.leased_until = now + timedelta(seconds=lease_s)
        self._renew_at = now + timedelta(seconds=lease_s / 4)
        if self._is_news(self._here, now):
            self._told = self._here.progress_record()
            self._tell_at = now + timedelta(seconds=_TOLD_S)
            row.progress = None if self._told is None else self._told.model_dump(mode="json")
            tell(tx, row.study_id, "progress", row.progress or {}, now)

    def _tidy(self, tx: Transaction) -> None:
        now = self._backend.now()
        for row in lost_rows(tx, tables.Study, now):
            put_back(tx, row, "its server was not heard of", now, tries=self._backend.settings.run_tries)

    def _begin(self) -> None:
        """Begin the study whose turn it is, if there is one."""
        lease_s = self._backend.settings.lease_s

        def take(tx: Transaction) -> Begun | None:
            row = next_queued(tx, tables.Study)
            if row is None:
                return None
            # Only now: it is begun after it was asked for, whoever had to wait for the store.
            now = self._backend.now()
            begin(tx, row, self.name, now + timedelta(seconds=lease_s), now)
            revision = revision_row(tx, row.scenario_id, row.revision)
            assert revision is not None  # a revision that a queued study needs is not deleted
            elapsed_s = 0.0 if row.progress is None else StudyProgress.model_validate(row.progress).elapsed_s
            return Begun(row.study_id, row.attempt, self.name, row.body, revision.body, elapsed_s)

        begun = self._backend.store.write(take)
        if begun is not None:
            now = self._backend.now()
            self._renew_at, self._tell_at, self._told = now + timedelta(seconds=lease_s / 4), now, None
            self._here = Conducting(self._backend, begun, self._opens)
