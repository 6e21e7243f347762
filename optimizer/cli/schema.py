"""``paigong schema``: the formats of files and of what commands print for programs."""

import json
from typing import Annotated

import typer

from optimizer.cli.documents import DOCUMENTS
from optimizer.interchange.scenario_schema import scenario_schema

SCENARIO = "scenario"
"""The format that is printed when nothing is asked for."""


def schema(
    document: Annotated[
        str,
        typer.Argument(
            help=f"Of what: {SCENARIO}, {', '.join(DOCUMENTS)}; files first, then what commands print with --json."
        ),
    ] = SCENARIO,
) -> None:
    """Print the JSON Schema of a scenario, with every rule's parameters, or of what a command prints as JSON."""
    if document != SCENARIO and document not in DOCUMENTS:
        names = ", ".join((SCENARIO, *DOCUMENTS))
        raise typer.BadParameter(
            f"There is no format {document!r}; choose one of: {names}.", param_hint="DOCUMENT"
        )
    if document == SCENARIO:
        found = scenario_schema()
    else:
        found = DOCUMENTS[document].model_json_schema(mode="serialization")
        found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
