"""What a search changes: routes with their labels, the insertion cache, the undo copies, the best plan so far."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.offers import Offers, make_offers
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.teams import Teams
from optimizer.engines.lns.ties import Ties, make_ties
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.lanes import Labels, make_labels

NEVER = 1 << 60
"""Price of an insertion that is not possible."""

CHAIN = 16
"""Jobs that are put in together at most."""

CENTS, WEIGHT, LEFT_CENTS, LEFT_PRICE = 0, 1, 2, 3
"""Entries of `State.total`: cents of routes and what they share; left-out weight, cents on the bill, price in force."""

CLOCK, ABSENT, TOUCHED, DIRTY, QUESTION, NOTED, ROUND = 0, 1, 2, 3, 4, 5, 6
"""Entries of `State.tally`: version clock; left-out jobs, touched and dirty routes on their lists; questions asked;
noted routes on their list; ruins begun."""


class Routing(NamedTuple):
    """Routes with their labels, row by row; positions are 0 start place, 1…n jobs, n + 1 end place."""

    length: NDArray[np.int32]
    """(route,) jobs."""
    jobs: NDArray[np.int32]
    """(route, index) job rows in order; index 0 is the first job."""
    place: NDArray[np.int32]
    """(route, position) place rows."""
    ready: NDArray[np.int32]
    """(route, position, lane) earliest leaving with that many rests taken, start place and jobs."""
    due: NDArray[np.int32]
    """(route, position, lane) latest arrival that keeps the rest of the route possible, from position 1 on."""
    go: NDArray[np.int32]
    """(route, position, lane) latest leaving, start place and jobs."""
    leg: NDArray[np.int32]
    """(route, position) cents of the leg into the position, from 1 on."""
    cents: NDArray[np.int64]
    """(route,) price of the route; 0 when empty."""
    driven: NDArray[np.int64]
    """(route,) seconds driven."""
    work: NDArray[np.int64]
    """(route,) seconds of service, set-up and driving."""
    version: NDArray[np.int64]
    """(route,) changes whenever an insertion into the route may be worth something else."""


class State(NamedTuple):
    """Everything one search changes."""

    now: Routing
    """The current routes."""
    undo: Routing
    """Copies of the touched routes as they were; row i belongs to ``touched[i]``."""
    touched: NDArray[np.int32]
    """(route,) routes changed in this iteration."""
    is_touched: NDArray[np.bool_]
    """(route,)"""
    dirty: NDArray[np.int32]
    """(route,) routes changed since the best plan was copied."""
    is_dirty: NDArray[np.bool_]
    """(route,)"""
    route_of: NDArray[np.int32]
    """(job,) -1 when left out."""
    absent: NDArray[np.int32]
    """(job,) the left-out jobs; of a job with several visits its first."""
    absent_at: NDArray[np.int32]
    """(job,) index in `absent`, -1 when served and for further visits of a job."""
    price: NDArray[np.int64]
    """(job,) price of leaving it out that is in force; 0 for further visits of a job."""
    total: NDArray[np.int64]
    """(4,) see `CENTS` and its fellows."""
    tally: NDArray[np.int64]
    """(7,) see `CLOCK` and its fellows."""
    seen: NDArray[np.int64]
    """(job, route) version for which the two below hold; -1 never."""
    delta: NDArray[np.int64]
    """(job, route) cents added by the best insertion, `NEVER` where there is none."""
    slot: NDArray[np.int16]
    """(job, route) its place in the order."""
    exact: NDArray[np.bool_]
    """(job, route) false while `delta` is an estimate, see `insertion.cached_delta`."""
    added: NDArray[np.int64]
    """(job, route) seconds of work that the best insertion adds; empty, as the next three, without groups."""
    least: NDArray[np.int64]
    """(job, route) the least seconds that any insertion adds."""
    narrowed: NDArray[np.int64]
    """(job, route) the group's version for whose room the best insertion was looked for, -1: for any."""
    room_version: NDArray[np.int64]
    """(group,) changes whenever the group's routes have other jobs or work."""
    load: NDArray[np.int64]
    """(meter,) what the plan adds to each meter."""
    packed: NDArray[np.int32]
    """(route, part) pieces its jobs take; (0, 0) where no job takes parts."""
    drawn: NDArray[np.int32]
    """(branch, part) pieces loaded at each branch."""
    choice: NDArray[np.int32]
    """(route,) the routes a job may go into, on trial."""
    asked: NDArray[np.int64]
    """(route,) number of the last question that looked at it."""
    bank: NDArray[np.int32]
    """(job,) the jobs to insert in this iteration."""
    trial: NDArray[np.int32]
    """(index,) a route on trial."""
    kept: NDArray[np.int32]
    """(index,) the agreed starts of the route on trial."""
    lane_a: NDArray[np.int64]
    """(lane,) scratch."""
    lane_b: NDArray[np.int64]
    """(lane,) scratch."""
    lane_c: NDArray[np.int64]
    """(lane,) scratch."""
    labels: Labels
    """Scratch of the route walk."""
    best_length: NDArray[np.int32]
    """(route,)"""
    best_jobs: NDArray[np.int32]
    """(route, index)"""
    best: NDArray[np.int64]
    """(2,) weight and cents of the best plan."""
    agreed: NDArray[np.int32]
    """(job,) when each served visit that is tied to others starts, -1 for the others; empty where nothing is tied."""
    teams: Teams
    """Those of the tables."""
    ties: Ties
    """The times of tied visits; empty, as all that follows, where nothing is tied."""
    ties_undo: Ties
    """As they were when the last changes were settled."""
    ties_saved: Ties
    """As they were when the present change began."""
    ties_best: Ties
    """As they are in the best plan."""
    saved: Routing
    """Copies of the noted routes as they were when the present change began; row i belongs to ``noted[i]``."""
    noted: NDArray[np.int32]
    """(route,) routes changed by the present change."""
    mark: NDArray[np.uint8]
    """(route,) bits, see `journal`."""
    queue: NDArray[np.int32]
    """(2, route + 1) routes to walk backward and forward, in a ring each."""
    ends: NDArray[np.int64]
    """(2, 2) where each ring begins and ends."""
    cut: NDArray[np.int64]
    """(route,) the last ruin that took a string out of it."""
    chain: NDArray[np.int32]
    """(rank,) jobs to put in together, in order of time."""
    line: NDArray[np.int32]
    """(team,) their teams."""
    offers: Offers
    """Scratch of the search for a team's places."""
    random: NDArray[np.uint64]
    """(1,) state of the random numbers."""


def make_routing(routes: int, longest: int, lanes: int) -> Routing:
    """Return room for routes."""
    return Routing(
        length=np.zeros(routes, np.int32),
        jobs=np.zeros((routes, longest + 2), np.int32),
        place=np.zeros((routes, longest + 2), np.int32),
        ready=np.zeros((routes, longest + 2, lanes), np.int32),
        due=np.zeros((routes, longest + 2, lanes), np.int32),
        go=np.zeros((routes, longest + 2, lanes), np.int32),
        leg=np.zeros((routes, longest + 2), np.int32),
        cents=np.zeros(routes, np.int64),
        driven=np.zeros(routes, np.int64),
        work=np.zeros(routes, np.int64),
        version=np.zeros(routes, np.int64),
    )


def make_state(problem: Problem, tables: Tables, seed: int) -> State:
    """Return a search without any job in a route.

    Parameters
    ----------
    problem : the compiled question
    tables : its lookups
    seed : any whole number from 0
    """
    jobs, routes = len(problem.place), len(problem.profile)
    pairs = (jobs, routes)
    mixed = (seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) % (1 << 64)
    first = np.flatnonzero(problem.job_of == np.arange(jobs)).astype(np.int32)
    absent = np.zeros(jobs, np.int32)
    absent[: len(first)] = first
    absent_at = np.full(jobs, -1, np.int32)
    absent_at[first] = np.arange(len(first))
    tied = routes if tables.tied or tables.fetching else 0
    grouped = bool((problem.group >= 0).any())
    ties = [make_ties(tables.teams, len(problem.link_from), tables.lanes) for _ in range(4)]
    return State(
        now=make_routing(routes, tables.longest, tables.lanes),
        undo=make_routing(routes, tables.longest, tables.lanes),
        touched=np.zeros(routes, np.int32),
        is_touched=np.zeros(routes, np.bool_),
        dirty=np.zeros(routes, np.int32),
        is_dirty=np.zeros(routes, np.bool_),
        route_of=np.full(jobs, -1, np.int32),
        absent=absent,
        absent_at=absent_at,
        price=np.zeros(jobs, np.int64),
        total=np.array(
            [problem.charged_cents[0], problem.weight.sum(), problem.unserved_cents.sum(), 0], np.int64
        ),
        tally=np.array([0, len(first), 0, 0, 0, 0, 0], np.int64),
        seen=np.full(pairs, -1, np.int64),
        delta=np.zeros(pairs, np.int64),
        slot=np.zeros(pairs, np.int16),
        exact=np.zeros(pairs, np.bool_),
        added=np.zeros(pairs if grouped else (0, 0), np.int64),
        least=np.zeros(pairs if grouped else (0, 0), np.int64),
        narrowed=np.full(pairs if grouped else (0, 0), -1, np.int64),
        room_version=np.zeros(len(problem.group_max_jobs), np.int64),
        load=np.zeros(len(problem.meter_column), np.int64),
        packed=np.zeros((routes if len(problem.need_part) else 0, problem.van_stock.shape[1]), np.int32),
        drawn=np.zeros(problem.branch_stock.shape, np.int32),
        choice=np.zeros(routes, np.int32),
        asked=np.zeros(routes, np.int64),
        bank=np.zeros(jobs + 2 * len(problem.link_from), np.int32),
        trial=np.zeros(tables.longest + 1, np.int32),
        kept=np.zeros(tables.longest + 1, np.int32),
        lane_a=np.zeros(tables.lanes, np.int64),
        lane_b=np.zeros(tables.lanes, np.int64),
        lane_c=np.zeros(tables.lanes, np.int64),
        labels=make_labels(problem, tables.longest),
        best_length=np.zeros(routes, np.int32),
        best_jobs=np.zeros((routes, tables.longest + 1), np.int32),
        best=np.array([NEVER, NEVER], np.int64),
        agreed=np.full(jobs if tables.tied else 0, -1, np.int32),
        teams=tables.teams,
        ties=ties[0],
        ties_undo=ties[1],
        ties_saved=ties[2],
        ties_best=ties[3],
        saved=make_routing(tied, tables.longest, tables.lanes),
        noted=np.zeros(tied, np.int32),
        mark=np.zeros(tied, np.uint8),
        queue=np.zeros((2, tied + 1), np.int32),
        ends=np.zeros((2, 2), np.int64),
        cut=np.zeros(tied, np.int64),
        chain=np.zeros(CHAIN if tables.tied else 0, np.int32),
        line=np.zeros(len(tables.teams.lead), np.int32),
        offers=make_offers(tables.teams, tables.lanes),
        random=np.array([mixed | 1], np.uint64),
    )


@kernel
def uniform(s: State) -> float:
    """Return a random number in [0, 1) (xorshift64*: Vigna 2016, doi 10.1145/2845077)."""
    x = s.random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    s.random[0] = x
    return float((x * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@kernel
def below(s: State, n: int) -> int:
    """Return a random whole number from 0 to n - 1."""
    return int(uniform(s) * n)


@kernel
def set_prices(s: State, price: NDArray[np.int64]) -> None:
    """Put prices of leaving jobs out in force."""
    s.total[LEFT_PRICE] = 0
    for job in range(len(price)):
        s.price[job] = price[job]
    for i in range(s.tally[ABSENT]):
        s.total[LEFT_PRICE] += price[s.absent[i]]
