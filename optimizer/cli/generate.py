"""``paigong generate``: a made-up day of any size."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli.targets import check_targets, write_target
from optimizer.generate import Season, Ties, generate_scenario, read_demand
from optimizer.interchange.scenario_text import scenario_json, scenario_yaml
from optimizer.interchange.text_file import read_text

USUAL_JOBS = 100


def generate(
    technicians: Annotated[int, typer.Option(min=1, max=2000, help="Number of technicians.")] = 20,
    jobs: Annotated[
        int | None,
        typer.Option(min=0, max=20_000, help=f"Number of jobs: {USUAL_JOBS}, unless --demand says how many."),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=14, help="Planned days.")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same scenario.")] = 0,
    city: Annotated[
        list[str] | None,
        typer.Option(help="A real city, e.g. Changsha or 长沙; give it several times for several cities."),
    ] = None,
    season: Annotated[Season, typer.Option(help="Part of the year; it decides what is asked for.")] = "none",
    demand: Annotated[
        str | None,
        typer.Option(
            help="CSV table from which jobs are drawn: area, units, failures_per_day; -: standard input."
        ),
    ] = None,
    crews: Annotated[
        int, typer.Option(min=0, max=100, help="Percent of the jobs that take two or three people.")
    ] = 0,
    hoists: Annotated[int, typer.Option(min=0, max=100, help="Shared hoists at the busiest branch.")] = 0,
    chains: Annotated[
        int, typer.Option(min=0, max=100, help="Percent of the jobs that follow another one.")
    ] = 0,
    out: Annotated[
        Path | None, typer.Option(help="Write to this file (.json: JSON, else YAML), not to standard output.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of YAML.")] = False,
) -> None:
    """Make up a scenario of any size, the same for the same seed."""
    check_targets({"--out": out}, {}, ())
    scenario = generate_scenario(
        technicians=technicians,
        jobs=USUAL_JOBS if jobs is None and demand is None else jobs,
        days=days,
        seed=seed,
        cities=city or (),
        demand=None if demand is None else read_demand(read_text(demand)),
        season=season,
        ties=Ties(crew_percent=crews, hoists=hoists, chain_percent=chains),
    )
    json_wanted = as_json or (out is not None and out.suffix.lower() == ".json")
    text = scenario_json(scenario) if json_wanted else scenario_yaml(scenario)
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_target(out, text.encode())
