"""``paigong schema``: the format of a scenario."""

import json

import typer

from optimizer.interchange.scenario_schema import scenario_schema


def schema() -> None:
    """Print the JSON Schema of a scenario, with every rule's parameters."""
    typer.echo(json.dumps(scenario_schema(), indent=2, ensure_ascii=False))
