"""The folder of a study: what its samples are made of, the samples as they come, and what is told in the end.

A folder belongs to one study. Its number of chains, its targets and its questions may change, and variants may come, go
and change: samples that are still what is asked for are taken, others are made.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

from pydantic import Field, ValidationError

from optimizer.domain.base import Record
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Study
from optimizer.domain.study_sample import Sample
from optimizer.errors import InvalidInput, Issue, NotWritten
from optimizer.interchange.sample_journal import SampleJournal
from optimizer.interchange.samples_csv import clock_rules, samples_csv
from optimizer.interchange.whole_file import write_whole, write_whole_parts
from optimizer.whatif.executor import SampleTask
from optimizer.whatif.sample_key import sample_key, shared_facts

HEAD: Final = "made-of.json"
"""What all samples in the folder are made of; the folder is known by it."""
SAMPLES: Final = "samples.jsonl"
"""The samples, one a line."""
TABLE: Final = "samples.csv"
"""Their days, one a row."""
LOCK: Final = "in-use"
"""Held while a program works in the folder."""

_CALLED: Final[dict[str, str]] = {
    "program": "the program's version",
    "base": "the base",
    "demand": "the demand",
    "days": "the number of days",
    "warm_up_days": "the number of warm-up days",
    "seed": "the seed",
    "effort": "the effort of planning",
}


class MadeOf(Record):
    """What all samples in a folder are made of."""

    format: Literal["paigong-study-folder-1"] = "paigong-study-folder-1"
    """Name and version of this format."""
    study: str
    """Name of the study that was made first, for people to read."""
    shared: dict[str, str] = Field(default_factory=dict)
    """What the samples hang on, see `optimizer.whatif.sample_key.shared_facts`."""


class StudyFolder:
    """An open folder of a study; `study_folder` opens it.

    Parameters
    ----------
    path : the folder
    journal : its samples
    """

    def __init__(self, path: Path, journal: SampleJournal) -> None:
        self.path = path
        self.samples = journal
        self.found = len(journal)
        """Samples that were there when it was opened."""

    def finish(self, tasks: Iterable[SampleTask]) -> tuple[Path, ...]:
        """Write the samples of these tasks in order, and their days as a table; return the files.

        The same samples give the same bytes, however and in how many runs they were made.

        Parameters
        ----------
        tasks : whose samples are there, in order

        Raises
        ------
        NotWritten
            A file cannot be written.
        """
        rows = tuple(tasks)
        try:
            self.samples.put_in_order(rows)
            rules = clock_rules(self._read(rows))
            write_whole_parts(self.path / TABLE, samples_csv(self._read(rows), rules))
        except OSError as error:
            raise _not_written(self.path, error) from None
        return self.path / SAMPLES, self.path / TABLE

    def _read(self, tasks: Iterable[SampleTask]) -> Iterator[Sample]:
        return (self.samples.sample(task) for task in tasks)


@contextmanager
def study_folder(
    path: Path, study: Study, base: Scenario, model: Any, *, fresh: bool = False
) -> Iterator[StudyFolder]:
    """Open the folder of a study, or make it; it is held until it is closed.

    Parameters
    ----------
    path : the folder
    study : the study
    base : its base
    model : its demand model
    fresh : throw away the samples in it, be they of another study

    Raises
    ------
    InvalidInput
        The folder holds files of somebody else, or samples of another study, or is in use.
    NotWritten
        It cannot be made or written.
    """
    shared = shared_facts(study, base, model)
    before = _head_of(path)
    if before is not None and before.shared != shared and not fresh:
        raise _of_another_study(path, before, shared)
    with ExitStack() as opened:
        try:
            path.mkdir(exist_ok=True)
            _hold(opened.enter_context((path / LOCK).open("wb")), path)
            if before is None or fresh:
                _begin_anew(path, MadeOf(study=study.name, shared=shared))
            journal = SampleJournal(
                path / SAMPLES, lambda task: sample_key(shared, study, task.variant, task.chain)
            )
        except OSError as error:
            raise _not_written(path, error) from None
        opened.callback(journal.close)
        yield StudyFolder(path, journal)


def _begin_anew(path: Path, made_of: MadeOf) -> None:
    for name in (SAMPLES, TABLE):
        (path / name).unlink(missing_ok=True)
    write_whole(path / HEAD, made_of.model_dump_json(indent=1) + "\n")


def _head_of(path: Path) -> MadeOf | None:
    """Return what the samples in a folder are made of; none: it is new or empty."""
    if not path.exists():
        return None
    if not path.is_dir():
        raise _refused(
            "folder-not-ours", f"{str(path)!r} is there already and no folder.", "Name another folder."
        )
    names = {one.name for one in path.iterdir()}
    if not names - {LOCK}:
        return None
    try:
        return MadeOf.model_validate_json((path / HEAD).read_bytes())
    except (OSError, ValidationError):
        cause = f"The folder {str(path)!r} holds files, but not those of a study."
        raise _refused("folder-not-ours", cause, "Name a new or an empty folder.") from None


def _of_another_study(path: Path, before: MadeOf, shared: Mapping[str, str]) -> InvalidInput:
    others = [called for name, called in _CALLED.items() if before.shared.get(name) != shared[name]]
    cause = f"The folder {str(path)!r} holds samples of the study {before.study!r}; what differs: {', '.join(others)}."
    action = "Name another folder with --out, or throw its samples away with --fresh."
    return _refused("other-study", cause, action)


def _hold(lock: BinaryIO, path: Path) -> None:
    """Hold the folder as long as the file is open, also beyond a kill; not where the system has no such locks."""
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        cause = f"Somebody else is at work in the folder {str(path)!r}."
        raise _refused("folder-in-use", cause, "Wait until that has ended, or name another folder.") from None


def _refused(code: str, cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue(code, "--out", cause, action),))


def _not_written(path: Path, error: OSError) -> NotWritten:
    return NotWritten(f"{path} cannot be written: {error.strerror or error}.")
