"""Keeps the samples of a study in the store, from the moment they are there."""

from collections.abc import Callable

from optimizer.domain.study_sample import Sample
from optimizer.whatif.executor import Assignment, SampleTask
from optimizer.whatif.sample_key import sample_key, shared_facts
from service.store import Transaction, tables
from service.store.database import Store
from service.store.studies import add_sample, sample_body, sample_keys

Hold = Callable[[Callable[[Transaction, tables.Study], None]], None]
"""Does some work in a transaction that holds the study; raises `TakenOver` where it is another's by now."""


class TakenOver(Exception):
    """The study is another server's by now, or is there no longer: what comes of it here is not stored."""


class StoredSamples:
    """The samples of one study; which there are is in memory, what they say is not.

    Parameters
    ----------
    store : where they are kept
    study_id : whose they are
    given : what they are made of; samples of something else, e.g. of another version of the program, count as not there
    hold : keeps the study from others while a sample is written
    """

    def __init__(self, store: Store, study_id: str, given: Assignment, hold: Hold) -> None:
        self._store = store
        self._study_id = study_id
        self._study = given.study
        self._shared = shared_facts(given.study, given.base, given.model)
        self._hold = hold
        with store.read() as tx:
            self._keys = sample_keys(tx, study_id)

    def key(self, task: SampleTask) -> str:
        """Return the key of a sample.

        Parameters
        ----------
        task : which sample
        """
        return sample_key(self._shared, self._study, task.variant, task.chain)

    def has(self, task: SampleTask) -> bool:
        """See `KeptSamples.has`."""
        return self.key(task) in self._keys

    def sample(self, task: SampleTask) -> Sample:
        """See `KeptSamples.sample`."""
        with self._store.read() as tx:
            return Sample.model_validate_json(sample_body(tx, self._study_id, self.key(task)))

    def keep(self, task: SampleTask, sample: Sample) -> None:
        """See `KeptSamples.keep`.

        Parameters
        ----------
        task : which sample
        sample : what it says

        Raises
        ------
        TakenOver
            Another server goes on with the study.
        """
        key, body = self.key(task), sample.model_dump_json().encode()

        def work(tx: Transaction, row: tables.Study) -> None:
            row.tries = 0
            add_sample(tx, self._study_id, key, body)

        self._hold(work)
        self._keys.add(key)
