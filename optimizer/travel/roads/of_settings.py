"""Which road data an installation's settings name."""

from collections.abc import Mapping
from typing import get_args

from optimizer.domain.technician import Means
from optimizer.errors import InvalidInput, Issue
from optimizer.settings import Settings
from optimizer.travel.roads.cache import CachedRoads
from optimizer.travel.roads.osrm_http import OsrmServer
from optimizer.travel.roads.osrm_local import OsrmMap
from optimizer.travel.roads.router import Roads
from optimizer.travel.roads.source import RoadSource


def roads_of(settings: Settings) -> Roads | None:
    """Return the road data that the settings name; none: straight lines.

    Parameters
    ----------
    settings : what the operator decided

    Raises
    ------
    InvalidInput
        Two sources are set, or a means that nobody goes by.
    """
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


def _by_means(profiles: Mapping[str, str]) -> dict[Means, str]:
    known: tuple[Means, ...] = get_args(Means)
    strange = sorted(set(profiles) - set(known))
    if strange:
        cause = f"There is no means of transport {strange[0]!r}."
        raise _refused("PAIGONG_ROADS_PROFILES", cause, f"Use one of: {', '.join(known)}.")
    return {means: profiles[means] for means in known if means in profiles}


def _refused(name: str, cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue("bad-setting", name, cause, action),))
