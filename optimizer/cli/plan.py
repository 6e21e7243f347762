"""``paigong plan``: the best plan that can be found in the given time."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli.interrupt import best_kept_on_interrupt
from optimizer.cli.limits import stop_of
from optimizer.cli.page import LanguageOption, PageOption, write_page
from optimizer.cli.progress import watching
from optimizer.cli.question import ScenarioArgument, scenario_files, scenario_named
from optimizer.cli.report import print_notes
from optimizer.cli.roads import RoadsOption, roads_named
from optimizer.cli.show import show_plan
from optimizer.cli.targets import check_targets, write_target
from optimizer.domain.policy import Preset
from optimizer.interchange.plan_file import plan_json
from optimizer.rules.doubts import doubts

DEFAULT_SECONDS = 10.0
"""How long is searched when nothing is said."""


def plan(
    scenario: ScenarioArgument,
    time: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            help="Seconds of search; without --time and --iterations 10, or less when nothing better "
            "is found any more.",
        ),
    ] = None,
    iterations: Annotated[
        int | None, typer.Option(min=0, help="Iterations of search: the same result each time.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Start of the random numbers.")] = 0,
    engine: Annotated[
        str, typer.Option(help="How to search: lns; greedy for a first answer; exact to prove a small case.")
    ] = "lns",
    preset: Annotated[Preset | None, typer.Option(help="Instead of the scenario's own preset.")] = None,
    threads: Annotated[int, typer.Option(min=1, max=256, help="Searches side by side.")] = 1,
    out: Annotated[
        Path | None, typer.Option(help="Write the plan with its bill to this file, as JSON.")
    ] = None,
    html: PageOption = None,
    language: LanguageOption = "en",
    clocks: Annotated[
        bool, typer.Option("--clocks", help="List every clock of every job, not only the worrying ones.")
    ] = False,
    desk: Annotated[
        bool, typer.Option("--desk", help="List every task of the desk, not only the next ones.")
    ] = False,
    roads: RoadsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan file instead of the view.")] = False,
) -> None:
    """Plan a scenario and show who goes where, when, at what price, and what is left out and why."""
    # Imported here: the kernels' compiler takes a second to load, which no other command should pay.
    from optimizer.engines import ENGINES
    from optimizer.planning import plan_with_steps

    if engine not in (names := [one.name for one in ENGINES]):  # said before the kernels are compiled
        raise typer.BadParameter(
            f"There is no engine {engine!r}; choose one of: {', '.join(names)}.", param_hint="--engine"
        )
    question = scenario_named(scenario, preset)
    stop = stop_of(time, iterations, usual_s=DEFAULT_SECONDS, jobs=len(question.jobs))
    road_data = roads_named(roads)
    check_targets({"--out": out, "--html": html}, {}, scenario_files(scenario))
    print_notes(doubts(question))
    with watching() as watcher, best_kept_on_interrupt() as cancel:
        planned = plan_with_steps(
            question,
            engine=engine,
            stop=stop,
            seed=seed,
            threads=threads,
            roads=road_data,
            progress=watcher,
            cancel=cancel,
        )
    document = planned.document
    print_notes(document.plan.travel.warnings)
    if out is not None:
        write_target(out, plan_json(document).encode())
    if html is not None:
        write_page(html, question, planned, roads=road_data, language=language)
    if as_json:
        typer.echo(plan_json(document), nl=False)
    else:
        show_plan(question, document, every_clock=clocks, whole_desk=desk)
