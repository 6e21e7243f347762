"""When tied visits start: what a search decides about it, and what follows from that and the routes.

Decided are the orders of visits kept apart, and how long the first of two visits is held back so that the second is
not too late for it. All else follows: a start is the earliest that every route of the team can keep, a latest start the
last one that leaves all that comes after it possible.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.teams import Teams
from optimizer.problem import FAR
from optimizer.schedule.kernel import kernel

UNDECIDED, FIRST_GOES, SECOND_GOES = 0, 1, 2
"""Which of two visits that are kept apart goes first; undecided where one of them is left out."""


class Ties(NamedTuple):
    """The times of tied visits, by team or by seat (a row of `Teams.member`)."""

    start: NDArray[np.int32]
    """(team,) the agreed start, -1 where it is left out."""
    late: NDArray[np.int32]
    """(team,) the latest start that leaves everything after it possible."""
    hold: NDArray[np.int32]
    """(team,) not before, so that what follows within a gap is not too late; `-FAR` for none."""
    length: NDArray[np.int32]
    """(team,) seconds the lead stays."""
    reach: NDArray[np.int32]
    """(seat, lane) earliest start by the route alone, with that many rests taken; `FAR` for never."""
    until: NDArray[np.int32]
    """(seat, lane) latest start with that many rests taken; `-FAR` for never."""
    till: NDArray[np.int32]
    """(seat,) latest start by the route alone."""
    apart: NDArray[np.uint8]
    """(link,) which of two visits kept apart goes first."""


def make_ties(teams: Teams, links: int, lanes: int) -> Ties:
    """Return ties with every team left out.

    Parameters
    ----------
    teams : the teams of a problem
    links : how many links it has
    lanes : most rests of a shift, plus one
    """
    many, seats = len(teams.lead), len(teams.member)
    return Ties(
        start=np.full(many, -1, np.int32),
        late=np.zeros(many, np.int32),
        hold=np.full(many, -FAR, np.int32),
        length=np.zeros(many, np.int32),
        reach=np.zeros((seats, lanes), np.int32),
        until=np.zeros((seats, lanes), np.int32),
        till=np.zeros(seats, np.int32),
        apart=np.zeros(links if many else 0, np.uint8),
    )


@kernel
def copy_ties(source: Ties, target: Ties) -> None:
    """Copy one to the other, number by number: an assignment of whole arrays takes seconds to compile."""
    for team in range(len(source.start)):
        target.start[team] = source.start[team]
        target.late[team] = source.late[team]
        target.hold[team] = source.hold[team]
        target.length[team] = source.length[team]
    for seat in range(len(source.till)):
        target.till[seat] = source.till[seat]
        for lane in range(source.reach.shape[1]):
            target.reach[seat, lane] = source.reach[seat, lane]
            target.until[seat, lane] = source.until[seat, lane]
    for link in range(len(source.apart)):
        target.apart[link] = source.apart[link]
