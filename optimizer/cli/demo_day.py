"""``paigong demo-day``: a whole day, from the plan of the morning to its close."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from optimizer.cli.console import result_console, show
from optimizer.cli.page import LanguageOption
from optimizer.cli.question import ScenarioArgument, scenario_files, scenario_named
from optimizer.cli.roads import RoadsOption, roads_named
from optimizer.cli.targets import check_targets, write_target
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.day_script_file import load_day_script
from optimizer.interchange.plan_file import plan_json
from optimizer.interchange.scenario_text import scenario_yaml

if TYPE_CHECKING:
    from optimizer.operate import PlayedDay

DEFAULT_SCENARIO = "changsha-aircon"
SCRIPT_NAME = "day.yaml"


def demo_day(
    scenario: ScenarioArgument = DEFAULT_SCENARIO,
    script: Annotated[
        Path | None,
        typer.Option(
            help="What happens, see `paigong schema day-script`; without it day.yaml beside the scenario."
        ),
    ] = None,
    iterations: Annotated[
        int,
        typer.Option(
            min=0, help="Iterations of the morning's search; each way to go on gets a tenth of them."
        ),
    ] = 20_000,
    seed: Annotated[int, typer.Option(min=0, help="Start of the random numbers.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write plans, proposals, the day's report and the next day's scenario to this folder."
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write the day as one page for a browser or a printer to this file."),
    ] = None,
    language: LanguageOption = "en",
    roads: RoadsOption = None,
) -> None:
    """Play a scripted day: plan, publish, re-plan at every call-off and emergency, close; the same day each time."""
    # Imported here: the kernels' compiler takes a second to load.
    from optimizer.cli.show.demo_day import evening_view, moment_view, morning_view
    from optimizer.evening_page import evening_page
    from optimizer.operate import PlayedDay as Whole
    from optimizer.operate import ScriptedDay

    question = scenario_named(scenario)
    path = script or _beside(scenario)
    check_targets({"--html": html}, {"--out": out}, (*scenario_files(scenario), path))
    day = ScriptedDay(
        question, load_day_script(path), iterations=iterations, seed=seed, roads=roads_named(roads)
    )
    zone, console, played = ZoneInfo(question.time_zone), result_console(), []
    show(console, morning_view(day.morning, day.published, zone))
    for one in day.played():
        played.append(one)
        show(console, moment_view(one, zone))
    closed = day.closed()
    show(console, evening_view(closed.report, closed.scenario, zone))
    whole = Whole(day.published, day.morning, tuple(played), closed)
    if out is not None:
        write_target(
            out,
            _files(whole),
            "A played day: plans, ways to go on, the day's report, the next day's scenario.",
        )
    if html is not None:
        write_target(html, evening_page(whole, language=language).encode())


def _files(day: "PlayedDay") -> dict[str, bytes]:
    """Return the files of a played day by name, in order of time."""
    files = {"morning.plan.json": plan_json(day.morning)}
    files["morning.scenario.yaml"] = scenario_yaml(day.question)
    for one in day.moments:
        if one.turn is not None:
            clock = one.moment.at.strftime("%H%M")
            files[f"{clock}-proposals.json"] = one.turn.found.model_dump_json(indent=1) + "\n"
            files[f"{clock}-taken.plan.json"] = plan_json(one.turn.choice.proposal.document)
    files["report.json"] = day.closed.report.model_dump_json(indent=1) + "\n"
    files["next-day.scenario.yaml"] = scenario_yaml(day.closed.scenario)
    return {name: text.encode() for name, text in files.items()}


def _beside(scenario: str) -> Path:
    """Return the script that stands beside a scenario."""
    found = [folder / SCRIPT_NAME for one in scenario_files(scenario) for folder in (one, one.parent)]
    for path in found:
        if path.is_file():
            return path
    cause = f"No {SCRIPT_NAME} stands beside {scenario!r}."
    raise InvalidInput((Issue("file-not-found", "script", cause, "Name the script with --script FILE."),))
