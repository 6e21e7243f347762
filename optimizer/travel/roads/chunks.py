"""Asks for a large table in pieces, several at a time, and puts them together."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.travel.roads.source import RoadTable


class Piece(NamedTuple):
    """A rectangle of a table: these rows by these columns."""

    rows: range
    columns: range


Ask = Callable[[Piece], tuple[RoadTable, NDArray[np.float32]]]
"""Answers a piece: its table with the rows' way to the road, and the columns' way to the road."""


def table_in_pieces(places: int, side: int, parallel: int, ask: Ask) -> RoadTable:
    """Return the table between all places; where one piece fails, the others that wait are not asked for.

    Parameters
    ----------
    places : rows and columns of the table
    side : at most so many rows and so many columns in a piece
    parallel : pieces at the same time
    ask : answers a piece, in any thread

    Raises
    ------
    RoadsUnavailable : a piece has no answer
    """
    whole = RoadTable(
        seconds=np.full((places, places), np.nan, np.float32),
        metres=np.full((places, places), np.nan, np.float32),
        off_road_m=np.zeros(places, np.float32),
    )

    def fill(piece: Piece) -> None:
        part, columns_off_road_m = ask(piece)
        rows, columns = _slice(piece.rows), _slice(piece.columns)
        whole.seconds[rows, columns] = part.seconds
        whole.metres[rows, columns] = part.metres
        if piece.rows == piece.columns:  # each place is in one such piece
            whole.off_road_m[rows] = np.maximum(part.off_road_m, columns_off_road_m)

    _do_all(list(_pieces(places, side)), parallel, fill)
    return whole


def _do_all(pieces: Sequence[Piece], parallel: int, do: Callable[[Piece], None]) -> None:
    """Do every piece, some at a time; raise the first failure at once."""
    waiting: SimpleQueue[Piece] = SimpleQueue()
    outcomes: SimpleQueue[BaseException | None] = SimpleQueue()
    over = Event()
    for piece in pieces:
        waiting.put(piece)

    def work() -> None:
        with suppress(Empty):
            while not over.is_set():
                piece = waiting.get_nowait()
                try:
                    do(piece)
                except BaseException as error:  # noqa: BLE001 # told to the caller, in whose thread it is raised
                    outcomes.put(error)
                else:
                    outcomes.put(None)

    # Daemons: after a failure or Ctrl-C nobody waits for requests under way, which end by themselves, unheard.
    for number in range(min(parallel, len(pieces))):
        Thread(target=work, name=f"roads-{number}", daemon=True).start()
    try:
        for _ in pieces:
            failure = outcomes.get()
            if failure is not None:
                raise failure
    finally:
        over.set()


def _pieces(places: int, side: int) -> Iterator[Piece]:
    starts = range(0, places, side)
    for top in starts:
        for left in starts:
            yield Piece(range(top, min(top + side, places)), range(left, min(left + side, places)))


def _slice(part: range) -> slice:
    return slice(part.start, part.stop)
