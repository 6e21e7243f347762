"""The progress of a run on standard error; nothing of it reaches a pipe or a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import process_time

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from optimizer.cli.console import error_console
from optimizer.control import Progress as RunProgress
from optimizer.control import Watcher
from optimizer.whatif.runner import SamplingProgress
from optimizer.whatif.runner import Watch as SampleWatcher
from optimizer.words.numbers import minutes, money

CACHED_S = 4.0
"""Seconds of processor time within which kernels come from the cache; whoever needs more is compiling."""


@contextmanager
def watching() -> Iterator[Watcher | None]:
    """Show a progress bar while a run goes on, when somebody looks at it; compile the kernels before."""
    compile_kernels()
    if not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn("searching"),
        BarColumn(bar_width=30),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=error_console(), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda run: bar.update(task, completed=run.share, description=_standing(run))


@contextmanager
def watching_samples() -> Iterator[SampleWatcher | None]:
    """Show how far the samples of a study are and how long it may take, when somebody looks at it."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn("simulating"),
        BarColumn(bar_width=30),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=error_console(), transient=True) as bar:
        task = bar.add_task("", total=None)

        def watch(run: SamplingProgress) -> None:
            bar.update(task, completed=run.done, total=run.at_most, description=samples_standing(run))

        yield watch


def samples_standing(run: SamplingProgress) -> str:
    """Return in words how far the samples of a study are."""
    left = "" if run.left_s is None else f" · {minutes(run.left_s)} left at most"
    return f"{run.done:,} of at most {run.at_most:,} samples{left}"


def _standing(run: RunProgress) -> str:
    return f"{run.unserved} left out · {money(run.cents)} · {run.iterations:,} iterations"


def compile_kernels() -> None:
    """Load the search kernels, or compile them and say so; a search's clock starts after it."""
    # Imported here: loading the compiler takes a second.
    from optimizer.engines.lns import warm_up

    console = error_console()
    done, told = Event(), Event()

    def watch() -> None:
        began_s = process_time()
        while not done.wait(0.2):
            if process_time() - began_s > CACHED_S:
                told.set()
                console.print(Text("compiling the search kernels (once; a minute or two) …", "dim"))
                return

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        spent_s = warm_up()
    finally:
        done.set()
        watcher.join()
    if told.is_set():
        console.print(Text(f"… compiled in {spent_s:.0f} s", "dim"))
