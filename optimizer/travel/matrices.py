"""Travel times that the scenario brings along."""

from typing import ClassVar

import numpy as np

from optimizer.domain.place import Place
from optimizer.domain.technician import Means
from optimizer.domain.travel import Travel
from optimizer.errors import TravelUnavailable
from optimizer.travel.base import LegMatrix


class GivenMatrices:
    """Given travel times and distances, put in the order of the places; there and back may differ.

    Parameters
    ----------
    travel : its matrices are used; more places than needed do no harm
    """

    name: ClassVar[str] = "given matrices"
    sources: tuple[str, ...] = (name,)
    warnings: tuple[str, ...] = ()

    def __init__(self, travel: Travel) -> None:
        self._matrices = travel.matrices

    def knows(self, means: Means) -> bool:
        """Tell whether a matrix is given for `means`."""
        return means in self._matrices

    def legs(self, means: Means, names: tuple[str, ...], places: tuple[Place, ...]) -> LegMatrix:
        """Return the matrix between all places.

        Parameters
        ----------
        means : means of transport
        names : names of the places, in row order
        places : not looked at

        Raises
        ------
        TravelUnavailable : no matrix is given, it is not square, or it lacks a place
        """
        where = f"travel.matrices.{means}"
        matrix = self._matrices.get(means)
        if matrix is None:
            raise TravelUnavailable(f"{where}: no matrix is given.")
        row_of = {name: row for row, name in enumerate(matrix.places)}
        missing = [name for name in names if name not in row_of]
        if missing:
            raise TravelUnavailable(f"{where}.places: these are missing: {', '.join(missing)}.")
        rows = [row_of[name] for name in names]
        return LegMatrix(
            base_s=_picked(f"{where}.seconds", matrix.seconds, len(matrix.places), rows),
            metres=_picked(f"{where}.metres", matrix.metres, len(matrix.places), rows),
            band=np.empty((0, 0), dtype=np.uint8),
            hour_percent=np.empty((0, 24), dtype=np.int32),
        )


def _picked(
    where: str, table: tuple[tuple[int, ...], ...], size: int, rows: list[int]
) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
    if len(table) != size or any(len(row) != size for row in table):
        raise TravelUnavailable(f"{where}: give {size} rows of {size} values, one for each place.")
    square = np.array(table, dtype=np.int32).reshape(size, size)
    picked = square[np.ix_(rows, rows)]
    np.fill_diagonal(picked, 0)  # nobody drives from a place to itself
    return picked
