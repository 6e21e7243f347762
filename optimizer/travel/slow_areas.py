"""Slow areas in travel data: ways that start or end there get bands of their own, whatever source they come from."""

from itertools import product
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_area import SlowHours
from optimizer.domain.slow_places import slow_places
from optimizer.domain.technician import Means
from optimizer.domain.travel import MOST_BANDS
from optimizer.errors import TravelUnavailable
from optimizer.travel.base import LegMatrix

_ROWS_AT_ONCE: Final = 128  # so many rows of a large matrix fit the processor's cache


def slowed(
    scenario: Scenario, names: tuple[str, ...], legs: dict[Means, LegMatrix]
) -> dict[Means, LegMatrix]:
    """Return travel data in which ways from and to slow areas are slow; the same where there are none.

    Parameters
    ----------
    scenario : its slow areas are used
    names : names of the places, in row order
    legs : travel data without slow areas

    Raises
    ------
    TravelUnavailable : slow areas and speeds make more kinds of ways than a leg's band can tell apart
    """
    if not scenario.travel.slow_areas:
        return legs
    areas_of = slow_places(scenario)
    lies_in = [areas_of[name] for name in names]
    if not any(lies_in):
        return legs
    kinds = {kind: row for row, kind in enumerate(dict.fromkeys(lies_in))}
    unions = list(dict.fromkeys([frozenset[int](), *(a | b for a, b in product(kinds, kinds))]))
    row_of = {union: row for row, union in enumerate(unions)}
    every = [area.hours for area in scenario.travel.slow_areas]
    slow = _Slow(
        kind=np.array([kinds[one] for one in lies_in]),
        row=np.array([[row_of[a | b] for b in kinds] for a in kinds], dtype=np.int32),
        hours=tuple(tuple(every[area] for area in sorted(union)) for union in unions),
    )
    return {means: _with_bands(matrix, slow) for means, matrix in legs.items()}


class _Slow(NamedTuple):
    """Which ways are slow when."""

    kind: NDArray[np.intp]
    """(place,) places that lie in the same areas are of one kind."""
    row: NDArray[np.int32]
    """(kind, kind) row of `hours` for ways between such places."""
    hours: tuple[tuple[SlowHours, ...], ...]
    """Slow hours in the scenario's order; the first row has none."""


def _with_bands(legs: LegMatrix, slow: _Slow) -> LegMatrix:
    """Return legs whose bands say their speeds by hour and their slow hours."""
    size = len(legs.base_s)
    parts = [slice(top, top + _ROWS_AT_ONCE) for top in range(0, size, _ROWS_AT_ONCE)]
    used = np.unique(np.concatenate([np.unique(_pairs(legs, slow, part)) for part in parts]))
    if len(used) > MOST_BANDS:
        cause = f"they make {len(used)} kinds of ways, at most {MOST_BANDS} are told apart"
        raise TravelUnavailable(f"travel.slow_areas: {cause}; join areas, or leave some out.")
    band = np.empty((size, size), dtype=np.uint8)
    for part in parts:
        band[part] = np.searchsorted(used, _pairs(legs, slow, part))
    old, row = np.divmod(used, len(slow.hours))
    return legs._replace(
        band=band,
        hour_percent=legs.hour_percent[old] if legs.hour_percent.size else legs.hour_percent,
        slow_hours=tuple(slow.hours[one] for one in row.tolist()),
    )


def _pairs(legs: LegMatrix, slow: _Slow, part: slice) -> NDArray[np.int32]:
    """Return for some rows of legs one number for their band and their slow hours; trains and ships have none."""
    row = slow.row[slow.kind[part, None], slow.kind[None, :]]
    if legs.way.size:
        row[legs.way[part] >= 0] = 0
    if legs.band.size:
        row += len(slow.hours) * legs.band[part].astype(np.int32)
    return row
