"""Random problems straight from the builder, with every feature a foreign request or a scenario can have."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

import numpy as np

from optimizer.build import ProblemBuilder, ProfileLegs, Windows
from optimizer.problem import SLOT_S, Problem

DAY_S = 10 * SLOT_S


@dataclass(frozen=True)
class Mix:
    """What a random problem is made of; chances from 0 to 1."""

    jobs: int = 8
    shifts: int = 3
    congestion: float = 0.3
    made_up_legs: float = 0.4
    """Chance of legs without a triangle inequality."""
    setup: float = 0.4
    same_site: float = 0.2
    """Share of jobs that stand at the same point as another place."""
    late: float = 0.6
    """Chance that lateness and overtime have prices."""
    limits: float = 0.4
    groups: float = 0.3
    loads: float = 0.3
    rests: tuple[int, ...] = (0, 0, 1, 1, 2, 3)
    """Numbers of rests a shift may have, one is drawn."""
    shared: float = 0.35
    """Chance of each: prices of assignments, prices of loads, parts."""
    several_windows: float = 0.4
    load: float = 1.0
    """Longer services leave less room."""
    halts: float = 0.0
    """Chance that parts are taken, and can be fetched at branches in mid-route."""


def random_problem(seed: int, mix: Mix | None = None) -> Problem:
    """Return the problem of a seed.

    Parameters
    ----------
    seed : any whole number
    mix : what it is made of
    """
    rng = Random(f"problem {seed}")
    mix = mix or Mix()
    places = mix.jobs + 2
    spots = [(rng.random(), rng.random()) for _ in range(places)]
    sites = list(range(places))
    for i in range(2, places):
        if rng.random() < mix.same_site:
            sites[i] = sites[rng.randrange(i)]
            spots[i] = spots[sites[i]]
    congested = rng.random() < mix.congestion
    profiles = rng.choice((1, 1, 2))
    halts = _halts(seed, mix)
    legs = tuple(random_legs(rng, spots, congested, rng.random() < mix.made_up_legs) for _ in range(profiles))
    builder = ProblemBuilder(
        job_places=[*(i + 2 for i in range(mix.jobs)), *(branch for _, branch in halts)],
        shift_places=[_ends(rng) for _ in range(mix.shifts)],
        shift_profiles=[rng.randrange(profiles) for _ in range(mix.shifts)],
        legs=legs,
        horizon_s=DAY_S,
        sites=sites,
    )
    builder.levels = rng.randrange(2)
    _say_jobs(rng, mix, builder)
    _say_shifts(rng, mix, builder)
    _say_shared(rng, mix, builder, halts)
    return builder.build()


Halts = list[tuple[int, int]]
"""Jobs, and branches where their parts can be fetched; branches stand at the first two places."""


def _halts(seed: int, mix: Mix) -> Halts:
    """Return which parts can be fetched where; drawn apart, so that all else stays as it is without."""
    rng = Random(f"halts {seed}")
    if rng.random() >= mix.halts:
        return []
    return sorted({(rng.randrange(mix.jobs), rng.randrange(2)) for _ in range(rng.randint(1, mix.jobs))})


def _ends(rng: Random) -> tuple[int, int]:
    return rng.choice((-1, 0, 0, 0, 1)), rng.choice((-1, 0, 0, 0, 1))


def random_legs(rng: Random, spots: list[tuple[float, float]], congested: bool, made_up: bool) -> ProfileLegs:
    """Return random travel data between spots in a square, along streets or made up."""
    size = len(spots)
    seconds = np.zeros((size, size), np.int32)
    cents = np.zeros((size, size), np.int32)
    rate = rng.choice((0.2, 1.0, 3.0))
    for i, (x, y) in enumerate(spots):
        for j, (u, v) in enumerate(spots):
            length = 900 * (abs(x - u) + abs(y - v))  # along streets, so that no way round is shorter
            if made_up and i != j:
                length = rng.choice((0, 7, 200, 900, 2000))
            seconds[i, j] = -(-length // 1)
            cents[i, j] = round(rate * length) if not made_up or rng.random() < 0.9 else rng.randrange(500)
    if not congested:
        return ProfileLegs(seconds, cents)
    pace = np.array(
        [[rng.choice((10, 35, 60, 100, 100, 130)) for _ in range(DAY_S // SLOT_S + 24)] for _ in range(2)]
    )
    band = np.array([[rng.randrange(2) for _ in spots] for _ in spots], np.uint8)
    return ProfileLegs(seconds, cents, rng.choice((0, 720, 3600)), band, pace.astype(np.int64))


def _say_jobs(rng: Random, mix: Mix, builder: ProblemBuilder) -> None:
    everybody = range(mix.shifts)
    setup = rng.random() < mix.setup
    late = rng.random() < mix.late
    several = rng.random() < mix.several_windows
    for job in range(mix.jobs):
        service = round(mix.load * rng.choice((0, 300, 900, 1800, 4000)))
        for shift in everybody if rng.random() < 0.3 else everybody[:1]:
            builder.serve([job], [shift], round(service * rng.choice((1, 1, 0.8))), 0)
        builder.serve([job], everybody, service // 2, rng.choice((0, 120, 600)) if setup else 0)
        builder.price_unserved(job, rng.choice((0, 1, 1, 3, 20)), rng.choice((0, 500, 2000, 30_000)))
        if rng.random() < 0.6:
            builder.narrow(job, random_windows(rng, rng.choice((1, 2, 3)) if several else 1))
        if late and rng.random() < 0.7:
            for _ in range(rng.choice((1, 1, 2))):
                after, cents = rng.randrange(-DAY_S // 2, DAY_S), rng.choice((0, 100, 3000))
                builder.price_lateness(job, after, cents, rng.choice((0, 500, 3600)), rng.random() < 0.5)
        if rng.random() < 0.25:
            builder.forbid(rng.choice(("SKILL", "TOOL")), [job], [rng.randrange(mix.shifts)])


def random_windows(rng: Random, count: int) -> Windows:
    found = []
    for _ in range(count):
        opens = rng.randrange(0, DAY_S - SLOT_S)
        found.append((opens, opens + rng.choice((0, 600, 3600, 9000))))
    return found


def _say_shifts(rng: Random, mix: Mix, builder: ProblemBuilder) -> None:
    loads = rng.random() < mix.loads
    late = rng.random() < mix.late
    limited = rng.random() < mix.limits
    for shift in range(mix.shifts):
        start = rng.choice((0, 0, 1800, 4 * SLOT_S))
        end = start + rng.choice((3, 5, 8)) * SLOT_S
        builder.bound(shift, start, end, end + rng.choice((0, 1800, 7200)))
        builder.rest(shift, random_rests(rng, rng.choice(mix.rests), start, end))
        if late:
            builder.price_overtime(shift, rng.choice((0, 1000, 4500)))
        if rng.random() < 0.3:
            builder.price_use(shift, rng.choice((0, 700)))
        if limited and rng.random() < 0.6:
            builder.limit([shift], jobs=rng.choice((None, 2, 4)), work_s=rng.choice((None, 9000, 16_000)))
            builder.limit([shift], travel_s=rng.choice((None, 1500, 4000)))
        if loads:
            builder.capacity(shift, [rng.randint(2, 6), rng.randint(2, 6)])
    if loads:
        for job in range(mix.jobs):
            builder.load(job, *([rng.choice((0, 0, 1, 2)) for _ in range(2)] for _ in range(2)))
    if rng.random() < mix.groups and mix.shifts > 1:
        builder.limit(
            list(range(rng.randint(2, mix.shifts))),
            jobs=rng.choice((None, 3, 5)),
            work_s=rng.choice((None, 14_000, 25_000)),
        )


def _say_shared(rng: Random, mix: Mix, builder: ProblemBuilder, halts: Halts) -> None:
    jobs, shifts = range(mix.jobs), range(mix.shifts)
    if rng.random() < mix.shared:
        for _ in range(mix.jobs):
            cents = rng.choice((30, 700, 5000))
            builder.meters.price_assignment([rng.choice(jobs)], [rng.choice(shifts)], cents)
        builder.meters.charge(rng.choice((0, 444)))
    if rng.random() < mix.shared:
        for _ in range(rng.randint(1, 4)):
            rows = rng.sample(shifts, rng.randint(1, mix.shifts))
            counted = None if rng.random() < 0.5 else rng.sample(jobs, rng.randint(1, mix.jobs))
            unit = SLOT_S // 4 if counted is None else 1
            steps = [
                (unit * rng.randint(-1, 3), rng.choice((0, 0, 400, 3000)), rng.choice((0, 50, 1500)))
                for _ in range(rng.randint(1, 3))
            ]
            builder.meters.price_load(rows, counted, unit * rng.randint(-2, 2), steps)
    if rng.random() < mix.shared or halts:
        _say_parts(rng, mix, builder, halts)


def _say_parts(rng: Random, mix: Mix, builder: ProblemBuilder, halts: Halts) -> None:
    takes = {
        job: {rng.randrange(3): rng.randint(1, 2) for _ in range(2)}
        for job in range(mix.jobs)
        if rng.random() < 0.6
    }
    for job, pieces in takes.items():
        builder.supplies.consume(job, pieces)
    _say_halts(mix, builder, halts, takes)
    shifts = list(range(mix.shifts))
    first = rng.randint(0, mix.shifts)
    for rows in (shifts[:first], shifts[first:]):
        builder.supplies.carry(rows, {part: rng.randint(0, 3) for part in range(rng.randint(0, 3))})
    for branch in range(2):
        builder.supplies.stock(branch, {part: rng.randint(0, 4) for part in range(3)})
    for shift in shifts:
        if rng.random() < 0.6:
            builder.supplies.restock([shift], rng.randrange(2))


def _say_halts(mix: Mix, builder: ProblemBuilder, halts: Halts, takes: Mapping[int, dict[int, int]]) -> None:
    """Say what each halt loads: all that its job takes, or one part of it."""
    for halt, (job, branch) in enumerate(halts, start=mix.jobs):
        rng = Random(f"loads {halt} {job} {branch}")
        pieces = takes.get(job, {})
        loaded = pieces if rng.random() < 0.8 else dict(list(pieces.items())[:1])
        builder.ties.belong(halt, job)
        builder.supplies.fetch(job, halt, branch, loaded)
        builder.serve([halt], range(mix.shifts), rng.choice((0, 0, 60)), rng.choice((0, 300, 600)))


def random_rests(rng: Random, count: int, start: int, end: int) -> list[tuple[int, Windows]]:
    """Return up to so many rests of a shift, in order."""
    found: list[tuple[int, Windows]] = []
    at = start
    for _ in range(count):
        opens = at + rng.choice((0, 1800, 5000))
        length = rng.choice((0, 600, 2400))
        spans = [(opens, opens + rng.choice((0, 900, 5400)))]
        if rng.random() < 0.3:
            again = spans[0][1] + rng.randint(1, 5000)
            spans.append((again, again + rng.choice((0, 1200))))
        found.append((length, spans))
        at = opens + length
        if at > end:
            break
    return found
