"""``paigong validate``: is this scenario fit to be planned?"""

from typing import Annotated

import typer

from optimizer.cli.documents import Validated
from optimizer.cli.question import ScenarioArgument, scenario_named
from optimizer.cli.report import print_notes
from optimizer.cli.words import plain
from optimizer.rules.doubts import doubts
from optimizer.words.numbers import count


def validate(
    scenario: ScenarioArgument,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result, or the errors, as JSON.")
    ] = False,
) -> None:
    """Report everything that is wrong with a scenario at once, with path, line, cause and remedy."""
    found = scenario_named(scenario)
    if as_json:
        said = Validated(
            scenario=found.name,
            first_day=found.horizon.first_day,
            days=found.horizon.days,
            branches=len(found.branches),
            technicians=len(found.technicians),
            jobs=len(found.jobs),
            notes=doubts(found),
        )
        typer.echo(said.model_dump_json(indent=1))
        return
    what = (
        count(len(found.branches), "branch"),
        count(len(found.technicians), "technician"),
        count(len(found.jobs), "job"),
        count(found.horizon.days, "day"),
    )
    typer.echo(f"{plain(found.name)}: fine. {', '.join(what)} from {found.horizon.first_day}.")
    print_notes(doubts(found))
