"""``paigong validate``: is this scenario fit to be planned?"""

import typer

from optimizer.cli.question import ScenarioArgument, scenario_named
from optimizer.cli.words import plain


def validate(
    scenario: ScenarioArgument,
) -> None:
    """Report everything that is wrong with a scenario at once, with path, line, cause and remedy."""
    found = scenario_named(scenario)
    typer.echo(
        f"{plain(found.name)}: fine. {len(found.branches)} branches, {len(found.technicians)} technicians, "
        f"{len(found.jobs)} jobs, {found.horizon.days} day(s) from {found.horizon.first_day}."
    )
