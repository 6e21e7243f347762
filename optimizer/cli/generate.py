"""``paigong generate``: a made-up day of any size."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli.output import write_file
from optimizer.generate import generate_scenario
from optimizer.interchange.scenario_text import scenario_json, scenario_yaml


def generate(
    technicians: Annotated[int, typer.Option(min=1, max=2000, help="Number of technicians.")] = 20,
    jobs: Annotated[int, typer.Option(min=0, max=20_000, help="Number of jobs.")] = 100,
    days: Annotated[int, typer.Option(min=1, max=14, help="Planned days.")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same scenario.")] = 0,
    out: Annotated[
        Path | None, typer.Option(help="Write to this file (.json: JSON, else YAML), not to standard output.")
    ] = None,
) -> None:
    """Make up a scenario of any size, the same for the same seed."""
    scenario = generate_scenario(technicians=technicians, jobs=jobs, days=days, seed=seed)
    as_json = out is not None and out.suffix.lower() == ".json"
    text = scenario_json(scenario) if as_json else scenario_yaml(scenario)
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_file(out, text)
