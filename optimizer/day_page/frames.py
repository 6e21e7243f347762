"""Which pieces of the country the map shows: a frame where most of the work is, and an overview of what lies far.

Branches near each other share an area; each technician belongs to the area of the own branch. An area's frame leaves
out the few places that would shrink all others to a dot; those stand on the overview.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from optimizer.day_page.projection import Box, Flat, box_of

NEIGHBOURS_KM: Final = 60.0
"""Branches at most so far apart share an area."""
CORE_SHARE: Final = 0.85
"""Share of an area's places that its frame shows at least."""
FAR: Final = 2.0
"""Places count as far away when the farthest is so many times as far from the middle as the rest."""
MARGIN: Final = 0.06
"""Share of a frame left free on each side."""
LEAST_KM: Final = 1.0
"""A frame is at least so wide: a single place needs room around it, too."""


class Area(NamedTuple):
    """Branches near each other, and the places of their work."""

    branch_ids: tuple[str, ...]
    """The branches."""
    places: tuple[Flat, ...]
    """Places of their work, their own included."""


class Frame(NamedTuple):
    """A piece of the country as one drawing."""

    box: Box
    """What is seen."""
    branch_ids: tuple[str, ...]
    """Whose area it is; empty: the overview."""
    width: float
    """Width of the drawing in its own units."""

    @property
    def is_overview(self) -> bool:
        """Whether it shows everything at once."""
        return not self.branch_ids

    @property
    def scale(self) -> float:
        """Units of the drawing for a kilometre."""
        return self.width / self.box.width

    @property
    def height(self) -> float:
        """Height of the drawing in its own units."""
        return self.box.height * self.scale

    def drawn(self, point: Flat) -> Flat:
        """Return where a point of the country stands in the drawing."""
        return Flat((point.x - self.box.west) * self.scale, (point.y - self.box.north) * self.scale)


WHOLE: Final = 560.0
HALF: Final = 274.0
"""Widths of a frame alone and of two side by side."""


def frames(areas: Sequence[Area]) -> tuple[Frame, ...]:
    """Return the drawings of a day, the most detailed ones first.

    Parameters
    ----------
    areas : areas with work, at least one
    """
    everything = [place for area in areas for place in area.places]
    if len(areas) == 1:
        box, far = _core(areas[0].places)
        main = Frame(box, areas[0].branch_ids, WHOLE)
        return (main, Frame(_box(everything), (), HALF)) if far else (main,)
    return (
        Frame(_box(everything), (), WHOLE),
        *(Frame(_core(area.places, square=True)[0], area.branch_ids, HALF) for area in areas),
    )


def neighbourhoods(branches: dict[str, Flat]) -> tuple[tuple[str, ...], ...]:
    """Return branches in groups: who is near one of a group belongs to it.

    Parameters
    ----------
    branches : where each branch stands
    """
    groups: list[list[str]] = []
    for branch_id, here in branches.items():
        near = [
            group for group in groups if any(_apart(here, branches[one]) <= NEIGHBOURS_KM for one in group)
        ]
        merged = [one for group in near for one in group]
        groups = [group for group in groups if group not in near]
        groups.append([*merged, branch_id])
    return tuple(tuple(group) for group in groups)


def _core(places: Sequence[Flat], *, square: bool = False) -> tuple[Box, bool]:
    """Return the box in which most places lie, and whether any lies outside."""
    middle = Flat(_median([one.x for one in places]), _median([one.y for one in places]))
    by_distance = sorted(places, key=lambda one: _apart(one, middle))
    near = math.ceil(CORE_SHARE * len(places))
    reach_km = _apart(by_distance[near - 1], middle)
    if _apart(by_distance[-1], middle) <= FAR * max(reach_km, LEAST_KM):
        return _box(places, square=square), False
    # What lies only a little outside is taken in.
    core = [one for one in by_distance if _apart(one, middle) <= 1.1 * reach_km]
    return _box(core, square=square), True


def _box(places: Sequence[Flat], *, square: bool = False) -> Box:
    flattest, steepest = (1.0, 1.0) if square else (0.62, 1.15)
    return box_of(places, margin=MARGIN, least_km=LEAST_KM, flattest=flattest, steepest=steepest)


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _apart(one: Flat, other: Flat) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)
