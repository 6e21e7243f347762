"""Room for the search for places at which a team can start together."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.teams import Teams, largest_team

OFFERS = 96
"""Places kept for each seat, the cheapest."""
LEAVES = 4
"""Ways to seat a team that are kept, the cheapest, each by other routes."""


class Offers(NamedTuple):
    """Places for each seat of one team, and the best ways to seat them all."""

    many: NDArray[np.int64]
    """(seat,) places found."""
    order: NDArray[np.int32]
    """(seat, rank) places from cheap to dear."""
    route: NDArray[np.int32]
    """(seat, place) route."""
    slot: NDArray[np.int32]
    """(seat, place) how many jobs come before."""
    cents: NDArray[np.int64]
    """(seat, place) cents added."""
    low: NDArray[np.int32]
    """(seat, place) start of the last tied visit before, `-FAR` for none."""
    high: NDArray[np.int32]
    """(seat, place) start of the next tied visit behind, `FAR` for none."""
    reach: NDArray[np.int32]
    """(seat, place, lane) earliest start with that many rests taken."""
    until: NDArray[np.int32]
    """(seat, place, lane) latest start with that many rests taken."""
    pick: NDArray[np.int32]
    """(depth,) rank of the place on trial for each seat."""
    rest: NDArray[np.int64]
    """(depth,) least cents of the seats from there on."""
    sums: NDArray[np.int64]
    """(depth, 6) what stands before each seat is filled, see `seating`."""
    best_route: NDArray[np.int32]
    """(leaf, seat) routes of the best ways."""
    best_slot: NDArray[np.int32]
    """(leaf, seat) their places in the orders."""
    best: NDArray[np.int64]
    """(leaf, 3) cents, start, and start of the last tied visit before."""
    first: NDArray[np.int64]
    """(leaf,) starts of the best ways of a first team, set aside while a second one is seated."""
    first_low: NDArray[np.int64]
    """(leaf,) starts of the last tied visits before."""
    first_route: NDArray[np.int32]
    """(leaf, seat) routes."""
    first_slot: NDArray[np.int32]
    """(leaf, seat) places in the orders."""
    near: NDArray[np.int32]
    """(rank,) routes to look at for a seat, from cheap to dear."""
    worth: NDArray[np.int64]
    """(rank,) least cents added by each."""


NEAR = 24
"""Routes at most that are looked at closely for a seat."""


def make_offers(teams: Teams, lanes: int) -> Offers:
    """Return room for the largest team.

    Parameters
    ----------
    teams : the teams of a problem
    lanes : most rests of a shift, plus one
    """
    seats = largest_team(teams)
    kept = OFFERS if seats else 0
    pairs = (seats, kept)
    return Offers(
        many=np.zeros(seats, np.int64),
        order=np.zeros(pairs, np.int32),
        route=np.zeros(pairs, np.int32),
        slot=np.zeros(pairs, np.int32),
        cents=np.zeros(pairs, np.int64),
        low=np.zeros(pairs, np.int32),
        high=np.zeros(pairs, np.int32),
        reach=np.zeros((*pairs, lanes), np.int32),
        until=np.zeros((*pairs, lanes), np.int32),
        pick=np.zeros(seats + 1, np.int32),
        rest=np.zeros(seats + 1, np.int64),
        sums=np.zeros((seats + 1, 6), np.int64),
        best_route=np.zeros((LEAVES, seats), np.int32),
        best_slot=np.zeros((LEAVES, seats), np.int32),
        best=np.zeros((LEAVES, 3), np.int64),
        first=np.zeros(LEAVES, np.int64),
        first_low=np.zeros(LEAVES, np.int64),
        first_route=np.zeros((LEAVES, seats), np.int32),
        first_slot=np.zeros((LEAVES, seats), np.int32),
        near=np.zeros(NEAR if seats else 0, np.int32),
        worth=np.zeros(NEAR if seats else 0, np.int64),
    )
