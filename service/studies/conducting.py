"""Conducts one study in a thread of its own, from its first sample to its result."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final, NamedTuple

import structlog

from optimizer.control import Cancel
from optimizer.domain.study import Study
from optimizer.domain.study_result import StudyResult
from optimizer.errors import InvalidInput, NotSimulated, PaigongError
from optimizer.whatif.executor import Assignment, SampleExecutor
from optimizer.whatif.runner import Sampling, SamplingProgress
from service.backend import Backend
from service.door.problem import issue_of
from service.executor.base import CLOSED
from service.executor.sampling import MistakeInWorker
from service.mistakes import log_mistake, places
from service.store import StoreBusy, Transaction, tables
from service.store.queue import leased
from service.store.studies import put_in_order
from service.studies.records import StudyProgress
from service.studies.samples import StoredSamples, TakenOver
from service.studies.states import end, put_back

OpenSamples = Callable[[Assignment], SampleExecutor]
"""Opens who makes the samples of a study."""

Became = Callable[[Transaction, tables.Study, datetime], None]
"""Stores what became of a study, which is kept from others, at a moment."""

_LISTEN_S: Final = 0.2
_AGAIN_S: Final = 1.0


class Begun(NamedTuple):
    """A study that this server has just begun."""

    study_id: str
    """Which."""
    attempt: int
    """The number of the beginning."""
    leased_by: str
    """This server."""
    study: bytes
    """What is asked."""
    base: bytes
    """The scenario it starts from."""
    elapsed_s: float
    """Seconds of simulating before this beginning."""


class Conducting:
    """A study that is conducted.

    Parameters
    ----------
    backend : settings, store and clock
    begun : the study
    open_samples : opens who makes its samples; closed at the end
    """

    def __init__(self, backend: Backend, begun: Begun, open_samples: OpenSamples) -> None:
        self.begun = begun
        self._progress: SamplingProgress | None = None
        self._backend = backend
        self._open_samples = open_samples
        self._cancel = Cancel()
        self._thread = threading.Thread(target=self._work, name="study", daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it here."""
        return not self._thread.is_alive()

    def progress_record(self) -> StudyProgress | None:
        """Return how far it is; none: nothing is known yet."""
        seen = self._progress
        if seen is None:
            return None
        left_s = None if seen.left_s is None else round(seen.left_s, 1)
        elapsed_s = round(self.begun.elapsed_s + seen.elapsed_s, 1)
        return StudyProgress(done=seen.done, at_most=seen.at_most, elapsed_s=elapsed_s, left_s=left_s)

    def end(self) -> None:
        """Ask it to end; what is there is kept, and it goes back into the queue unless it was cancelled."""
        self._cancel.ask()

    def wait(self, seconds: float) -> None:
        """Wait until it is over.

        Parameters
        ----------
        seconds : longest wait
        """
        self._thread.join(seconds)

    def _work(self) -> None:
        # Where it is another's, that one goes on; where the store is busy to the end, the lease runs out.
        with suppress(TakenOver, StoreBusy):
            became = self._became()
            self._hold(lambda tx, row: self._end(tx, row, became))

    def _end(self, tx: Transaction, row: tables.Study, became: Became) -> None:
        now = self._backend.now()
        if row.cancel_asked:  # also where it was told just when the answers were there
            became = _put_back(CLOSED)
        if (progress := self.progress_record()) is not None:
            row.progress = progress.model_dump(mode="json")
        became(tx, row, now)

    def _became(self) -> Became:
        """Conduct it and return how to store what became of it."""
        try:
            return self._conducted()
        except (TakenOver, StoreBusy):
            raise
        except PaigongError as error:
            return _failed(error)
        except MistakeInWorker as error:
            log_mistake(error.problem.error, error.problem.places, study=self.begun.study_id)
            return _failed(None)
        except Exception as error:  # noqa: BLE001 # the server goes on whatever one study does
            log_mistake(type(error).__name__, places(error), study=self.begun.study_id)
            return _failed(None)

    def _conducted(self) -> Became:
        # Imported here: what studies need takes a while to load, and most servers conduct none for long.
        from optimizer.interchange.scenario_file import parse_scenario
        from optimizer.whatif.assigned import assigned
        from optimizer.whatif.conduct import conducted
        from optimizer.whatif.staged import most_samples

        study = Study.model_validate_json(self.begun.study)
        given = assigned(study, parse_scenario(self.begun.base.decode(), json=True))
        executor = self._open_samples(given)
        try:
            while executor.slots == 0 and not self._cancel.asked:
                executor.next_end(_LISTEN_S)
            kept = StoredSamples(self._backend.store, self.begun.study_id, given, self._hold)
            sampling = Sampling(
                executor, kept, at_most=most_samples(study), watch=self._watch, cancel=self._cancel
            )
            result = conducted(study, given.base, sampling)
        except NotSimulated as error:
            if executor.slots > 0:
                raise
            return _put_back(str(error))
        finally:
            executor.close()
        if result is None:
            return _put_back(CLOSED)
        return _finished(result, tuple(kept.key(task) for task in sampling.tasks()))

    def _watch(self, progress: SamplingProgress) -> None:
        self._progress = progress

    def _hold(self, work: Callable[[Transaction, tables.Study], None]) -> None:
        """Do some work in a transaction that holds the study; waits while the store is busy.

        Raises
        ------
        TakenOver
            The study is another's by now, or is there no longer.
        StoreBusy
            The store was still busy when this was to end.
        """
        begun = self.begun

        def held(tx: Transaction) -> None:
            row = leased(tx, tables.Study, begun.study_id, begun.attempt, begun.leased_by)
            if row is None:
                raise TakenOver
            work(tx, row)

        while True:
            try:
                self._backend.store.write(held)
                return
            except StoreBusy:
                structlog.get_logger("paigong.studies").warning("the store is busy", study=begun.study_id)
                if self._cancel.asked:
                    raise
                time.sleep(_AGAIN_S)


def _finished(result: StudyResult, keys: Sequence[str]) -> Became:
    # Imported here, as above.
    from optimizer.interchange.study_export import study_result_json

    body = study_result_json(result).encode()

    def store(tx: Transaction, row: tables.Study, now: datetime) -> None:
        put_in_order(tx, row.study_id, keys)
        row.result = body
        end(tx, row, "finished", now)

    return store


def _put_back(why: str) -> Became:
    return lambda tx, row, now: put_back(tx, row, why, now)


def _failed(error: PaigongError | None) -> Became:
    """Return how to store that a study failed; no error: by a mistake in the program."""
    issues = error.issues if isinstance(error, InvalidInput) else ()
    said = {
        "title": "The study failed" if error is None else "The study cannot be simulated",
        "detail": "The program made a mistake; its log says where." if error is None else str(error),
        "issues": [issue_of(one).model_dump(mode="json") for one in issues],
    }
    return lambda tx, row, now: end(tx, row, "failed", now, problem=said)
