"""What tied visits must have agreed on, from the routes and the decisions of a search alone.

Decided are which of two visits kept apart goes first, and how long a visit is held back. Everything else is asserted to
follow: each start is the least that all routes of the team can keep, each latest start the last one.
"""

from typing import NamedTuple

import numpy as np

from optimizer.engines.lns.search import Search
from optimizer.engines.lns.ties import FIRST_GOES, SECOND_GOES, UNDECIDED
from optimizer.problem import APART, BEFORE, FAR, UNLIMITED, Problem, tied
from tests.oracle.next_days import evenings, next_day
from tests.oracle.recount import Recount, Route
from tests.oracle.recounted import routes_of
from tests.oracle.timing import first_in


class Seat(NamedTuple):
    """Where a visit of a team stands."""

    shift: int
    jobs: Route
    pos: int
    """1 for the first job of the route."""


class Team(NamedTuple):
    """A team that is served."""

    lead: int
    seats: tuple[Seat, ...]
    start: int
    late: int
    hold: int
    length: int
    """Seconds the lead stays."""


def teams_of(search: Search, recount: Recount) -> dict[int, Team]:
    """Return the served teams by their leads; pin the recount to what they agreed on."""
    p, state = recount.problem, search.state
    where = {
        row: Seat(shift, jobs, pos)
        for shift, jobs in enumerate(routes_of(search))
        for pos, row in enumerate(jobs, start=1)
    }
    found: dict[int, Team] = {}
    starts: dict[int, int] = {}
    lates: dict[int, int] = {}
    for number, lead in enumerate(np.flatnonzero(tied(p)).tolist()):
        members = [row for row in range(len(p.lead)) if p.lead[row] == lead]
        start = int(state.ties.start[number])
        assert (start >= 0) == (lead in where)
        assert state.agreed[members].tolist() == [start] * len(members)
        if start < 0:
            continue
        seat = where[lead]
        before = recount.twin.places(seat.shift, seat.jobs)[seat.pos - 1]
        length = recount.twin.stay(lead, seat.shift, before)
        late, hold = int(state.ties.late[number]), int(state.ties.hold[number])
        found[lead] = Team(lead, tuple(where[row] for row in members), start, late, hold, length)
        starts |= dict.fromkeys(members, start)
        lates |= dict.fromkeys(members, late)
    recount.pin(starts, lates)
    return found


def check_ties(search: Search, recount: Recount) -> None:
    """Assert that starts and latest starts are what follows from the routes; the recount is pinned to them."""
    p = recount.problem
    teams = teams_of(search, recount)
    first_of = _pairs(search, teams, p)
    for lead, team in teams.items():
        windows = recount.windows(lead)
        latest = _latest_by_links(p, teams, first_of, team)

        def can_end(at: int, team: Team = team, latest: float = latest) -> bool:
            return at <= latest and all(
                any(recount.can_start(*seat, taken, at) for taken in _lanes(recount, seat))
                for seat in team.seats
            )

        assert first_in(windows, team.late) == team.late, (lead, team)
        assert can_end(team.late), (lead, team)
        later = first_in(windows, team.late + 1)
        assert later is None or not can_end(later), (lead, team, later)
        least = _least_by_links(search, p, teams, first_of, team)
        reached = [recount.reach(seat.shift, seat.jobs[: seat.pos]) for seat in team.seats]

        def can_begin(at: int, team: Team = team, reached: list[dict[int, int]] = reached) -> bool:
            return at <= team.late and all(
                any(there <= at and recount.can_start(*seat, taken, at) for taken, there in lanes.items())
                for seat, lanes in zip(team.seats, reached, strict=True)
            )

        moments = {least, *(there for lanes in reached for there in lanes.values() if there > least)}
        possible = {
            at for moment in moments if (at := first_in(windows, moment)) is not None and can_begin(at)
        }
        assert team.start == min(possible), (lead, team, possible)


def _lanes(recount: Recount, seat: Seat) -> range:
    return range(len(recount.twin.rests[seat.shift]) + 1)


def _pairs(search: Search, teams: dict[int, Team], p: Problem) -> set[tuple[int, int]]:
    """Return which visit comes before which: by a link, or of two kept apart; assert that starts keep to it."""
    found = set()
    for link in range(len(p.link_from)):
        one, other = int(p.link_from[link]), int(p.link_to[link])
        decided = int(search.state.ties.apart[link]) if search.tables.tied else UNDECIDED
        if p.link_order[link] != APART or one not in teams or other not in teams:
            assert decided == UNDECIDED
            continue
        assert decided in (FIRST_GOES, SECOND_GOES)
        pair = (one, other) if decided == FIRST_GOES else (other, one)
        assert teams[pair[0]].start + teams[pair[0]].length <= teams[pair[1]].start
        found.add(pair)
    return found


def _latest_by_links(p: Problem, teams: dict[int, Team], pairs: set[tuple[int, int]], team: Team) -> float:
    """Return the latest start of a team that leaves room for those that come after it."""
    found: list[float] = [FAR]
    for link in range(len(p.link_from)):
        second = teams.get(int(p.link_to[link]))
        if p.link_order[link] == BEFORE and p.link_from[link] == team.lead and second:
            stay = team.length if p.link_on_end[link] else 0
            found.append(second.late - int(p.link_least[link]) - stay)
            if p.link_next_day[link]:
                days = evenings(p, team.seats[0].shift)
                found.append(max(min(FAR, one.last_start_s) for one in days if one.next_day_s <= second.late))
    found += [teams[other].late - team.length for one, other in pairs if one == team.lead]
    return min(found)


def _least_by_links(
    search: Search, p: Problem, teams: dict[int, Team], pairs: set[tuple[int, int]], team: Team
) -> int:
    """Return the earliest start that those before a team leave to it; assert that gaps are kept."""
    found = [team.hold]
    for link in range(len(p.link_from)):
        first = teams.get(int(p.link_from[link]))
        if p.link_order[link] != BEFORE or p.link_to[link] != team.lead:
            continue
        assert first is not None, team.lead
        since = first.start + (first.length if p.link_on_end[link] else 0)
        assert p.link_most[link] == UNLIMITED or team.start <= since + p.link_most[link]
        found.append(since + int(p.link_least[link]))
        if p.link_next_day[link]:
            found.append(next_day(p, first.seats[0].shift, first.start))
    found += [teams[one].start + teams[one].length for one, other in pairs if other == team.lead]
    return max(found)
