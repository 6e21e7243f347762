"""Rows with an address and no coordinates: their places are asked of a geocoder, where one is given."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args

from optimizer.domain.place import CoordinateSystem, Place
from optimizer.domain.scenario import Scenario
from optimizer.interchange.source_text import Path, spell
from optimizer.interchange.workbook.reading.content import BAD, Content

Locate = Callable[[Iterable[str], CoordinateSystem], Mapping[str, Place | None]]
"""Returns the places of addresses in a coordinate system, none for those it does not know."""


def locate_addresses(content: Content, locate: Locate) -> int:
    """Fill in the coordinates of every place that has an address only; a place nobody knows is a mistake.

    Parameters
    ----------
    content : what the tables say; gets the coordinates
    locate : the geocoder

    Returns
    -------
    how many places were found
    """
    wanted = [(path, content.at(path)) for path in _addresses_only(content.value, ())]
    system = content.value.get("coordinate_system", Scenario.model_fields["coordinate_system"].default)
    if not wanted or system not in get_args(CoordinateSystem):  # said by the scenario's own check
        return 0
    places = locate([place["address"] for _, place in wanted], system)
    found = 0
    for path, place in wanted:
        at = places[place["address"]]
        if at is not None:
            found += 1
            place |= {"lat": at.lat, "lon": at.lon}
            continue
        place |= {"lat": BAD, "lon": BAD}
        cell = content.where.cell(spell((*path, "address")))
        cause = f"The geocoder does not know the address {place['address']!r}."
        content.complain("unknown-address", cell.name if cell else "", cause, "Give its coordinates.")
    return found


def _addresses_only(value: Any, path: Path) -> Iterator[Path]:
    """Yield the paths of places with an address and no coordinates."""
    if isinstance(value, dict):
        if isinstance(value.get("address"), str) and value["address"] and not {"lat", "lon"} & value.keys():
            yield path
        for key, inner in value.items():
            yield from _addresses_only(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _addresses_only(inner, (*path, i))
