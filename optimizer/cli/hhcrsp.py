"""``paigong hhcrsp``: solves a home health care instance."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli.console import result_console
from optimizer.cli.interrupt import best_kept_on_interrupt
from optimizer.cli.limits import stop_of
from optimizer.cli.progress import watching
from optimizer.cli.targets import check_targets, write_target
from optimizer.words.numbers import count

DEFAULT_SECONDS = 60.0
"""How long is searched when nothing is said."""


def hhcrsp(
    instance: Annotated[
        str,
        typer.Argument(metavar="INSTANCE.json", help="File with the instance, or '-' for standard input."),
    ],
    time: Annotated[
        float | None, typer.Option(min=0.0, help="Seconds of search; 60 when no iterations are given either.")
    ] = None,
    iterations: Annotated[
        int | None, typer.Option(min=0, help="Moves of the search: the same routes each time.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Start of the random numbers.")] = 0,
    threads: Annotated[int, typer.Option(min=1, max=256, help="Searches side by side.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Write the answer to this file (JSON).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Route caregivers to patients who need one or two of them: a benchmark format of home health care (HHCRSP)."""
    # Imported here: the kernels' compiler takes a second to load, which no other command should pay.
    from optimizer.interchange.hhcrsp.door import solve_hhcrsp
    from optimizer.interchange.hhcrsp.read import load_instance
    from optimizer.interchange.hhcrsp.records import answer_json

    stop = stop_of(time, iterations, usual_s=DEFAULT_SECONDS)
    question = load_instance(instance)
    check_targets({"--out": out}, {}, () if instance == "-" else (Path(instance),))
    with watching() as watcher, best_kept_on_interrupt() as cancel:
        answer = solve_hhcrsp(
            question, stop=stop, seed=seed, threads=threads, progress=watcher, cancel=cancel
        )
    if out is not None:
        write_target(out, answer_json(answer).encode())
    if as_json:
        typer.echo(answer_json(answer), nl=False)
        return
    cost = answer.cost
    console = result_console()
    console.print(f"cost {cost.total:.3f} = (distance {cost.distance:.3f} + tardiness {cost.tardiness:.3f}")
    console.print(f"  + longest tardiness {cost.max_tardiness:.3f}) / 3")
    patients = count(len(question.patients), "patient")
    console.print(f"{patients}, {answer.caregivers} of {count(len(question.caregivers), 'caregiver')} out")
