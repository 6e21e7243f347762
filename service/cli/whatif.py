"""``paigong whatif``: the same demand under other staffing or rules, told with intervals."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.text import Text

from optimizer.cli.console import error_console, result_console, show
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.interrupt import best_kept_on_interrupt
from optimizer.cli.progress import compile_kernels, watching_samples
from optimizer.cli.report import print_notes
from optimizer.cli.words import plain
from optimizer.errors import PaigongError
from optimizer.words.language import Language

if TYPE_CHECKING:
    from optimizer.domain.demand_model import DemandModel
    from optimizer.domain.scenario import Scenario
    from optimizer.domain.study_result import StudyResult
    from optimizer.interchange.study_file import StudyWithBase
    from optimizer.interchange.study_folder import StudyFolder
    from optimizer.whatif.executor import Assignment, SampleExecutor, SampleTask

FIND_WORKERS_S: Final = 30.0
"""So long a cluster is looked for."""
RESULT: Final = "result.json"
PAGE: Final = "report.html"
_ASKED_TO_STOP: Final = "stopping; samples that are done are kept (Ctrl-C again stops at once)"

AssignmentOf = Callable[["StudyWithBase", Path | None], "Assignment"]
"""Returns what the samples of a study are made of; the path is that of a history, from which demand is estimated."""


def whatif_with(assignment_of: AssignmentOf) -> Callable[..., None]:
    """Return the command.

    Parameters
    ----------
    assignment_of : how demand is estimated and a sample is made
    """

    def whatif(
        study: Annotated[
            str,
            typer.Argument(help="A study, YAML or JSON, see `paigong schema study`; - for standard input."),
        ],
        out: Annotated[
            Path | None,
            typer.Option(
                help="Keep samples and results in this folder; the same command goes on where it stopped."
            ),
        ] = None,
        workers: Annotated[
            int | None,
            typer.Option(min=1, max=256, help="Simulations side by side; without it one for each processor."),
        ] = None,
        scheduler: Annotated[
            str | None, typer.Option(help="Simulate on a Dask cluster, e.g. tls://scheduler:8786.")
        ] = None,
        language: Annotated[
            Language, typer.Option("--language", "--lang", help="Language of the answers.")
        ] = "en",
        history: Annotated[
            Path | None, typer.Option(help="Estimate the demand from this history, a CSV file.")
        ] = None,
        fresh: Annotated[
            bool, typer.Option("--fresh", help="Throw away the samples that are in the folder.")
        ] = False,
    ) -> None:
        """Simulate the same demand under other staffing or rules, and tell the differences with intervals."""
        # Imported here: no other command should pay for loading what studies need.
        from optimizer.interchange.study_file import load_study
        from optimizer.interchange.study_folder import study_folder

        _check_options(out, workers, scheduler, fresh=fresh)
        found = load_study(study)
        given = assignment_of(found, history)
        with (
            _place(out) as place,
            study_folder(place, given.study, given.base, given.model, fresh=fresh) as folder,
        ):
            if out is not None and folder.found:
                print_notes((f"{folder.found:,} samples are in {out} already.",))
            try:
                with closing(_executor(given, workers, scheduler)) as executor:
                    answer, tasks = _conducted(given, folder, executor)
            except PaigongError:
                _say_what_is_kept(folder, out)
                raise
            if answer is None:
                _say_what_is_kept(folder, out)
                raise typer.Exit(ExitCode.INTERRUPTED)
            told(answer, tasks, folder if out is not None else None, language)

    return whatif


def told(
    answer: "StudyResult", tasks: "Iterator[SampleTask]", folder: "StudyFolder | None", language: Language
) -> None:
    """Print the answers of a study and write its files.

    Parameters
    ----------
    answer : what the study answers
    tasks : whose samples it was made of, in order
    folder : where to write; none: nowhere
    language : English or Chinese
    """
    from optimizer.cli.show.study import study_view
    from optimizer.interchange.study_export import save_study_result
    from optimizer.interchange.whole_file import write_whole
    from optimizer.study_page import study_page

    show(result_console(), study_view(answer, language))
    if folder is not None:
        written = [*folder.finish(tasks), folder.path / RESULT, folder.path / PAGE]
        save_study_result(answer, folder.path / RESULT)
        write_whole(folder.path / PAGE, study_page(answer, language=language))
        for path in written:
            error_console().print(Text(f"wrote {plain(str(path))}", "dim"))


def assignment_of(found: "StudyWithBase", history: Path | None) -> "Assignment":
    """Return what the samples of a study are made of.

    Demand is the study's own, else what a history says, else as many jobs a day as the base has.

    Parameters
    ----------
    found : the study and its base
    history : a CSV file; none: there is none

    Raises
    ------
    InvalidInput
        The history cannot be read, or the demand names what the base does not have; lists all.
    """
    from optimizer.cli.show.study import fit_view
    from optimizer.interchange.text_file import read_text
    from optimizer.whatif.assigned import assigned
    from optimizer.whatif.demand.fit import fit_history
    from optimizer.whatif.demand.history import read_history

    def fitted(base: "Scenario", model: "DemandModel") -> "DemandModel":
        fit = fit_history(read_history(read_text(str(history)), base), base, base=model)
        show(error_console(), fit_view(fit))
        return fit.model

    return assigned(found.study, found.base, fit=None if history is None else fitted)


whatif = whatif_with(assignment_of)


def _conducted(
    given: "Assignment", folder: "StudyFolder", executor: "SampleExecutor"
) -> "tuple[StudyResult | None, Iterator[SampleTask]]":
    """Return what the study answers, none where it was interrupted, and whose samples that was made of."""
    from optimizer.whatif.conduct import conducted
    from optimizer.whatif.runner import Sampling
    from optimizer.whatif.staged import most_samples

    most = most_samples(given.study)
    with best_kept_on_interrupt(_ASKED_TO_STOP) as cancel, watching_samples() as watch:
        sampling = Sampling(executor, folder.samples, at_most=most, watch=watch, cancel=cancel)
        return conducted(given.study, given.base, sampling), sampling.tasks()


def _executor(given: "Assignment", workers: int | None, scheduler: str | None) -> "SampleExecutor":
    """Return who makes the samples: processes here, or the cluster where a scheduler is named."""
    if scheduler is None:
        from optimizer.whatif.pool import LocalPool

        compile_kernels()  # once, before all workers do
        return LocalPool(workers or os.cpu_count() or 1, given)
    from optimizer.settings import Settings
    from service.executor.opening import open_executor
    from service.executor.sampling import StudySamples

    samples = StudySamples(open_executor(Settings.read(dask=scheduler)), given)
    try:
        samples.wait_for_workers(FIND_WORKERS_S)
    except BaseException:
        samples.close()
        raise
    return samples


def _check_options(out: Path | None, workers: int | None, scheduler: str | None, *, fresh: bool) -> None:
    if workers is not None and scheduler is not None:
        said = "A cluster has as many workers as it has; leave out --workers or --scheduler."
        raise typer.BadParameter(said, param_hint="--workers")
    if fresh and out is None:
        raise typer.BadParameter(
            "Without --out no samples are kept that could be thrown away.", param_hint="--fresh"
        )


@contextmanager
def _place(out: Path | None) -> Iterator[Path]:
    """Yield the folder of the study; without one that is asked for, one that is gone afterwards."""
    if out is not None:
        yield out
        return
    with TemporaryDirectory(prefix="paigong-") as folder:
        yield Path(folder) / "study"


def _say_what_is_kept(folder: "StudyFolder", out: Path | None) -> None:
    kept = len(folder.samples)
    said = f"{kept:,} samples are kept in {out}; the same command goes on from there."
    if out is None:
        said = f"{kept:,} samples are lost; with --out FOLDER they are kept, and the same command goes on."
    print_notes((said,))
