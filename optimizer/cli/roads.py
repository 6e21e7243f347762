"""Which roads a command drives on: the installation's setting, or what the command line says."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from optimizer.cli.report import print_notes
from optimizer.errors import InvalidInput, Issue

if TYPE_CHECKING:
    from optimizer.domain.plan import Plan
    from optimizer.domain.scenario import Scenario
    from optimizer.travel import Roads

RoadsOption = Annotated[
    str | None,
    typer.Option(
        "--roads",
        metavar="URL|off",
        help="Road server (OSRM) instead of the PAIGONG_ROADS setting; off: estimate from straight lines.",
    ),
]
"""How commands take a road server."""


def roads_named(option: str | None) -> "Roads | None":
    """Return the road data that the settings and the command line name; none: straight lines.

    Parameters
    ----------
    option : what stands behind ``--roads``; none: the settings decide

    Raises
    ------
    InvalidInput
        A setting or the option cannot be used.
    """
    # Imported here: reading settings takes a tenth of a second, which commands without travel should not pay.
    from optimizer.settings import Settings, unknown_variables
    from optimizer.travel.roads.of_settings import roads_of

    print_notes(unknown_variables())
    if option is None:
        return roads_of(Settings.read())
    try:
        return roads_of(Settings.read(roads=option, osrm_file=None))
    except InvalidInput as error:
        raise InvalidInput(tuple(_of_option(issue) for issue in error.issues)) from None


def drives_compared(scenario: "Scenario", plan: "Plan", option: str | None) -> str:
    """Return what is wrong with a plan's drives on roads by the road data that ``--roads`` names; empty: nothing.

    The checker itself asks nobody: it takes a plan's word for its roads and only refuses what no car can drive.

    Parameters
    ----------
    scenario : the question the plan answers
    plan : its drives are compared
    option : what stands behind ``--roads``; none: nothing is compared, and a note says so

    Raises
    ------
    BadParameter
        There is nothing to compare: the plan is not on roads, or the road data has no answer.
    """
    from optimizer.domain.travel import FASTEST_KMH
    from optimizer.travel import travel_table
    from optimizer.travel.snapshot import by_roads, drives_changed

    on_roads = by_roads(plan.travel.source)
    if option is None:
        if on_roads:
            said = f"The plan's drives come from roads and were only held against {FASTEST_KMH} km/h"
            print_notes((f"{said}; --roads URL compares them with a road server.",))
        return ""
    if not on_roads:
        said = f"The plan's times come from {plan.travel.source}; --retime sets them anew on roads."
        raise typer.BadParameter(said, param_hint="--roads")
    table = travel_table(scenario, roads_named(option))
    print_notes(table.road_warnings)
    if not by_roads(table.source):
        said = "There is no road data to compare the plan's drives with."
        raise typer.BadParameter(said, param_hint="--roads")
    return drives_changed(plan, table)


def _of_option(issue: Issue) -> Issue:
    if issue.path != "PAIGONG_ROADS":
        return issue
    return replace(issue, path="--roads", action="Give the address of a road server, or off.")
