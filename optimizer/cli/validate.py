"""``paigong validate``: is this scenario fit to be planned?"""

import typer

from optimizer.cli.question import ScenarioArgument, scenario_named
from optimizer.cli.report import print_notes
from optimizer.cli.words import plain
from optimizer.rules.not_yet import notes


def validate(
    scenario: ScenarioArgument,
) -> None:
    """Report everything that is wrong with a scenario at once, with path, line, cause and remedy."""
    found = scenario_named(scenario)
    what = (
        _count(len(found.branches), "branch", "branches"),
        _count(len(found.technicians), "technician", "technicians"),
        _count(len(found.jobs), "job", "jobs"),
        _count(found.horizon.days, "day", "days"),
    )
    typer.echo(f"{plain(found.name)}: fine. {', '.join(what)} from {found.horizon.first_day}.")
    print_notes(notes(found))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
