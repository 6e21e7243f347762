"""A road map read by the program itself, through OSRM's own Python bindings: no server is needed.

A call holds Python's global lock until it is answered: 1000 × 1000 places take about a second in which no other
thread of the process goes on. A server with other work runs it in a worker process.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.technician import Means
from optimizer.errors import InvalidInput, Issue, TravelUnavailable
from optimizer.travel.coordinates import Coordinates
from optimizer.travel.roads.chunks import Piece, table_in_pieces
from optimizer.travel.roads.osrm_answer import read_line, read_table
from optimizer.travel.roads.source import Drive, Line, RoadsUnavailable, RoadTable

_SIDE: Final = 500  # a piece of a table becomes Python objects for a moment
_REASON: Final = "the map has no answer"
_ALGORITHMS: Final = {".hsgr": "CH", ".mldgr": "MLD"}


@dataclass(frozen=True)
class OsrmMap:
    """Asks a map file that `osrm-extract` and `osrm-contract` (or `osrm-partition` and `-customize`) prepared.

    Parameters
    ----------
    file : the map without the endings of its parts, e.g. ``/maps/hunan.osrm``
    profiles : which means go by the map's roads; it was prepared for one kind of vehicle, so the names do not count
    """

    file: Path
    profiles: Mapping[Means, str]

    @property
    def identity(self) -> str:
        """The map's path, and size and time of change of its main part."""
        facts = self._main_part().stat()
        return f"{self.file.resolve()} {facts.st_size} {facts.st_mtime_ns}"

    def knows(self, means: Means) -> bool:
        """Tell whether `means` goes by roads."""
        return means in self.profiles

    def profile(self, means: Means) -> str:
        """Return the name for `means`."""
        return self.profiles[means]

    def load(self) -> None:
        """Read the map, so that what is wrong with it is said before anything else is done.

        Raises
        ------
        TravelUnavailable : OSRM's bindings are not installed
        InvalidInput : there is no such map, or it was prepared by another version of OSRM
        """
        _ = self._engine

    def table(self, means: Means, points: Coordinates) -> RoadTable:
        """Return times and lengths between all points, see `RoadSource.table`."""
        places = list(zip(points.lon.tolist(), points.lat.tolist(), strict=True))

        def ask(piece: Piece) -> tuple[RoadTable, NDArray[np.float32]]:
            rows, columns = len(piece.rows), len(piece.columns)
            answer = self._asked(
                "Table",
                coordinates=[places[i] for part in (piece.rows, piece.columns) for i in part],
                sources=list(range(rows)),
                destinations=list(range(rows, rows + columns)),
                annotations=["duration", "distance"],
            )
            tables = {name: [list(row) for row in answer[name]] for name in ("durations", "distances")}
            points = {
                name: [{"distance": point["distance"]} for point in answer[name]]
                for name in ("sources", "destinations")
            }
            return read_table({"code": answer["code"], **tables, **points}, rows, columns)

        return table_in_pieces(len(places), _SIDE, 1, ask)

    def lines(self, means: Means, drives: Sequence[Drive]) -> tuple[Line | None, ...]:
        """Return the line of each drive, see `RoadSource.lines`."""
        return tuple(self._line(drive) for drive in drives)

    def _line(self, drive: Drive) -> Line | None:
        ends = [(end.lon, end.lat) for end in drive]
        try:
            answer = self._asked("Route", coordinates=ends, geometries="geojson", overview="full")
            lines = [
                [list(point) for point in route["geometry"]["coordinates"]] for route in answer["routes"]
            ]
            routes = [{"geometry": {"coordinates": line}} for line in lines]
            return read_line({"code": answer["code"], "routes": routes})
        except _NoRoad:
            return ()
        except RoadsUnavailable:
            return None

    def _asked(self, service: Literal["Table", "Route"], **parameters: Any) -> Any:
        osrm = _bindings()
        kind = osrm.TableParameters if service == "Table" else osrm.RouteParameters
        try:
            return getattr(self._engine, service)(kind(generate_hints=False, **parameters))
        except RuntimeError as error:
            if "NoRoute" in str(error) or "Impossible route" in str(error):
                raise _NoRoad(_REASON) from None
            raise RoadsUnavailable(_REASON) from None

    @cached_property
    def _engine(self) -> Any:
        osrm = _bindings()
        try:
            return osrm.OSRM(
                algorithm=_ALGORITHMS[self._main_part().suffix],
                storage_config=str(self.file),
                use_shared_memory=False,
                max_locations_distance_table=-1,
            )
        except RuntimeError as error:
            raise _unusable(f"The map {str(self.file)!r} cannot be read: {error}.") from None

    def _main_part(self) -> Path:
        for ending in _ALGORITHMS:
            part = self.file.with_name(self.file.name + ending)
            if part.is_file():
                return part
        raise _unusable(f"There is no prepared map {str(self.file)!r}.")


class _NoRoad(RoadsUnavailable):
    """The map knows no road there."""


def _bindings() -> Any:
    """Return OSRM's Python package, which only those who read a map need."""
    try:
        return import_module("osrm")
    except ImportError:
        raise TravelUnavailable(
            "PAIGONG_OSRM_FILE: reading a map needs the extra package osrm-bindings and Python 3.12 or newer; "
            "install it with: pip install 'paigong[osrm]'."
        ) from None


def _unusable(cause: str) -> InvalidInput:
    action = "Prepare it with osrm-extract and osrm-contract, and name it without the parts' endings."
    return InvalidInput((Issue("bad-setting", "PAIGONG_OSRM_FILE", cause, action),))
