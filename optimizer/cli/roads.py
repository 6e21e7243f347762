"""Which roads a command drives on: the installation's setting, or what the command line says."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from optimizer.cli.report import print_notes
from optimizer.domain.technician import Means
from optimizer.errors import InvalidInput, Issue

if TYPE_CHECKING:
    from optimizer.domain.plan import Plan
    from optimizer.domain.scenario import Scenario
    from optimizer.settings import Settings
    from optimizer.travel import Roads, TravelTable

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

    print_notes(unknown_variables())
    if option is None:
        return roads_of(Settings.read())
    try:
        return roads_of(Settings.read(roads=option, osrm_file=None))
    except InvalidInput as error:
        raise InvalidInput(tuple(_of_option(issue) for issue in error.issues)) from None


def roads_of(settings: "Settings") -> "Roads | None":
    """Return the road data that the settings name; none: straight lines.

    Raises
    ------
    InvalidInput
        Two sources are set, or a means that nobody goes by.
    """
    from optimizer.travel import Roads
    from optimizer.travel.roads.cache import CachedRoads
    from optimizer.travel.roads.osrm_http import OsrmServer
    from optimizer.travel.roads.osrm_local import OsrmMap
    from optimizer.travel.roads.source import RoadSource

    if settings.roads is not None and settings.osrm_file is not None:
        cause = "A road server and a road map are both set."
        raise _refused("PAIGONG_OSRM_FILE", cause, "Unset PAIGONG_ROADS or PAIGONG_OSRM_FILE.")
    profiles = _by_means(settings.roads_profiles)
    source: RoadSource
    if settings.roads is not None:
        source = OsrmServer(
            settings.roads,
            profiles,
            connect_s=settings.roads_connect_s,
            read_s=settings.roads_read_s,
            tries=settings.roads_tries,
            side=settings.roads_chunk,
            parallel=settings.roads_parallel,
        )
    elif settings.osrm_file is not None:
        source = OsrmMap(settings.osrm_file, profiles)
        source.load()
    else:
        return None
    folder = settings.cache_folder()
    if folder is not None:
        source = CachedRoads(
            source, folder / "roads", settings.cache_mb * 1_000_000, version=settings.roads_version
        )
    return Roads(source, far_m=settings.roads_snap_m)


def drives_changed(plan: "Plan", table: "TravelTable") -> str:
    """Return a sentence about a plan's drives that take other times now; empty where all are as planned.

    Parameters
    ----------
    plan : a plan of the same scenario
    table : the travel data now
    """
    from optimizer.travel.snapshot import changed_legs

    changed = list(changed_legs(plan, table))
    if not changed:
        return ""
    leg, now_s = changed[0]
    now = "" if now_s is None else f", now {now_s:,} s"
    return (
        f"{len(changed)} of the plan's {len(plan.travel.legs)} drives have other times now: {leg.from_place} to "
        f"{leg.to_place} took {leg.base_s:,} s{now}. The plan's times come from {plan.travel.source}, those now "
        f"from {table.source}."
    )


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
    from optimizer.travel.snapshot import by_roads

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


def _by_means(profiles: Mapping[str, str]) -> dict[Means, str]:
    known: tuple[Means, ...] = get_args(Means)
    strange = sorted(set(profiles) - set(known))
    if strange:
        cause = f"There is no means of transport {strange[0]!r}."
        raise _refused("PAIGONG_ROADS_PROFILES", cause, f"Use one of: {', '.join(known)}.")
    return {means: profiles[means] for means in known if means in profiles}


def _refused(name: str, cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue("bad-setting", name, cause, action),))
