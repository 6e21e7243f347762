"""What random problems with ties are made of: for brute force, with much of one kind of tie, and for random moves."""

from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from tests.oracle.random_problems import Mix

KINDS = (
    "crews",
    "covers",
    "standing crews",
    "tools",
    "parts",
    "order",
    "least gaps",
    "most gaps",
    "next day",
    "apart",
    "same",
    "another",
)
"""The ties a problem can be drawn without; all else stays as it was drawn."""


@dataclass(frozen=True)
class TiesMix:
    """What a random problem with ties is made of; chances from 0 to 1."""

    jobs: int = 5
    people: int = 3
    days: int = 1
    tools: int = 1
    """Pieces of each of two kinds of tool."""
    crews: float = 0.4
    """Share of jobs for two or three people."""
    covers: float = 0.5
    """Share of crews that need something together."""
    standing: float = 0.35
    """Chance that there are standing crews."""
    lent: float = 0.25
    """Share of jobs that need a shared tool."""
    parts: float = 0.35
    """Share of jobs in two parts, where there are several days."""
    links: float = 0.6
    """Links for each job."""
    link_kinds: tuple[str, ...] = ("order", "order", "order", "apart", "apart", "who")
    """Each link is one of these."""
    three: float = 0.0
    """Chance that three jobs are apart, or the same or other people's, each with each."""
    gaps_s: tuple[int, ...] = (0, 600, 3600)
    """Least gaps."""
    loose: float = 0.4
    """Share of orders without a most gap."""
    next_day: float = 0.3
    """Share of orders from one day to the next, where there are several days."""
    scarce: float = 0.0
    """Chance that only one person brings what a crew needs."""
    plain: Mix = field(default_factory=lambda: Mix(congestion=0.0, rests=(0, 0, 0, 1, 1, 2)))
    """What else it is made of; its numbers of jobs and shifts are not looked at."""
    trips: float = 0.0
    """Chance that a row of a person's days can be a trip."""
    away: float = 0.5
    """Share of jobs in two parts that are too far away for a day by itself, where there are trips."""
    sleepers: float = 0.0
    """Chance that some ways may be ridden through a night."""
    without: frozenset[str] = frozenset()
    """`KINDS` that are left out."""


def small_mix(seed: int) -> TiesMix:
    """Return a mix that brute force can still do: up to six jobs."""
    rng = Random(f"small ties {seed}")
    people, days = rng.choice(((2, 1), (3, 1), (3, 1), (4, 1), (2, 2), (2, 2), (3, 2)))
    return TiesMix(jobs=rng.choice((3, 4, 5) if days > 1 else (4, 5, 6)), people=people, days=days)


def larger_mix(seed: int) -> TiesMix:
    """Return a mix for random moves: 15 to 40 jobs, 6 to 12 shifts of people."""
    rng = Random(f"larger ties {seed}")
    people, days = rng.choice(((6, 1), (9, 1), (12, 1), (3, 2), (5, 2), (6, 2), (3, 3), (4, 3)))
    plain = Mix(congestion=0.3, rests=(0, 0, 1, 1, 2, 3), load=0.6)
    return TiesMix(
        jobs=rng.randint(15, 40), people=people, days=days, tools=rng.randint(1, 3), crews=0.25, plain=plain
    )


def trips_mix(seed: int) -> TiesMix:
    """Return a mix for brute force in which people may stay out overnight: some jobs take two days."""
    rng = Random(f"trips {seed}")
    people, days = rng.choice(((1, 2), (1, 3), (2, 2), (2, 2)))
    plain = Mix(congestion=0.0, rests=(0, 0, 1), load=0.6, late=0.3)
    tied = rng.random() < 0.5
    return TiesMix(
        jobs=rng.choice((3, 4)),
        people=people,
        days=days,
        tools=1,
        crews=0.3 if tied else 0.0,
        lent=0.2 if tied else 0.0,
        parts=rng.choice((0.0, 0.4, 0.8)),
        links=0.4 if tied else 0.0,
        plain=plain,
        trips=0.9,
        sleepers=0.5,
    )


BUSY = Mix(congestion=0.0, rests=(0, 0, 1), load=1.5, late=1.0)
"""Long services that ought to begin early."""

FOCUSES: tuple[dict[str, Any], ...] = (
    {"crews": 0.7, "covers": 1.0, "scarce": 0.8, "standing": 0.0, "links": 0.2},
    {"crews": 0.7, "covers": 0.0, "standing": 1.0, "links": 0.2},
    {"crews": 0.1, "link_kinds": ("order",), "gaps_s": (2400, 5400), "links": 0.8, "next_day": 0.0},
    {"crews": 0.1, "link_kinds": ("order",), "gaps_s": (0, 600), "loose": 0.0, "links": 0.8, "next_day": 0.0},
    {"crews": 0.1, "link_kinds": ("order",), "next_day": 1.0, "days": 2, "people": 2, "links": 0.6},
    {
        "crews": 0.0,
        "lent": 0.0,
        "link_kinds": ("apart",),
        "three": 1.0,
        "links": 2.0,
        "jobs": 5,
        "days": 1,
        "people": 4,
        "plain": BUSY,
    },
    {"crews": 0.1, "link_kinds": ("who",), "three": 0.8, "links": 0.6},
    {"lent": 0.7, "crews": 0.2, "links": 0.2},
)
"""What a mix can have much of."""


def focused_mix(seed: int) -> TiesMix:
    """Return a mix for brute force with much of one kind of tie, by turns, so that each decides often."""
    days = Random(f"focused ties {seed}").choice((1, 1, 2))
    mix = replace(small_mix(seed), days=days, people=3 if days == 1 else 2)
    focus: dict[str, Any] = FOCUSES[seed % len(FOCUSES)]
    return replace(mix, **focus)
