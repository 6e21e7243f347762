"""Samples whose truth is known, made up without a simulator: chains with common chance, and variants that differ."""

from collections.abc import Mapping
from datetime import timedelta

import numpy as np

from optimizer.domain.scenario import Scenario
from optimizer.domain.study import BASE, Chains, ExactEnough, Study, Target, Variant
from optimizer.domain.study_patches import AddStaff
from optimizer.domain.study_sample import ClocksEnded, DayFigures, Sample
from tests.unit.rules.build import DAY, job, north, scenario, technician

DAYS, CHAINS = 5, 12


def question(jobs: int = 30) -> Scenario:
    """Four repairers and some jobs around one branch, alternately north and south, further and further out."""
    people = [technician(technician_id=f"T{number}") for number in range(1, 5)]
    places = [north((-1) ** row * (row % 10 + 1)) for row in range(jobs)]
    places = [
        place.model_copy(update={"lon": place.lon + row % 7 * 0.02}) for row, place in enumerate(places)
    ]
    return scenario(people, [job(job_id=f"J{row}", place=place) for row, place in enumerate(places)])


def study(**otherwise: object) -> Study:
    """One more repairer, the same again, and a variant that is the base once more."""
    more = AddStaff(kind="add_staff", like="T1")
    given: dict[str, object] = {
        "name": "a second repairer",
        "base": "small",
        "days": DAYS,
        "chains": Chains(least=CHAINS, most=CHAINS),
        "stop": ExactEnough(half_width=0.001),
        "targets": (Target(at_least=0.9), Target(measure="overtime_h_a_day", at_most=2)),
        "variants": (
            Variant(name="one more", changes=(more,)),
            Variant(name="a bit", changes=()),
            Variant(name="as it is", changes=()),
        ),
    }
    return Study.model_validate(given | otherwise)


EFFECTS: Mapping[str, float] = {BASE: 0.0, "one more": 0.07, "a bit": 0.005, "as it is": 0.0}
"""How much likelier each clock is kept than in the base."""


def chain(variant: str, number: int, *, effect: float, seed: int = 1, days: int = DAYS) -> Sample:
    """A chain: the same chance for all variants, each clock kept where its draw is below 0.86 + effect.

    Driving and what customers were told have some chance of their own, the same for the same effect.
    """
    rng = np.random.default_rng((seed, number))
    own = np.random.default_rng((seed, number, round(1_000 * effect) + 1_000))
    busy = rng.gamma(60, 1 / 60)
    return Sample(
        variant=variant,
        chain=number,
        people=tuple(f"T{one}" for one in range(1, 6 if effect >= 0.05 else 5)),
        days=tuple(_day(rng, own, busy, effect, row) for row in range(days)),
    )


def samples(
    effects: Mapping[str, float] = EFFECTS, *, seed: int = 1, chains: int = CHAINS
) -> dict[str, list[Sample]]:
    """Return the samples of all variants."""
    return {
        name: [chain(name, number, effect=effect, seed=seed) for number in range(chains)]
        for name, effect in effects.items()
    }


def _day(
    rng: np.random.Generator, own: np.random.Generator, busy: float, effect: float, row: int
) -> DayFigures:
    jobs = int(rng.poisson(24 * busy)) + 1
    drawn = rng.random(jobs)
    kept = int(np.count_nonzero(drawn < 0.86 + effect))
    far = int(rng.integers(1, 5))
    told, answered = int(rng.integers(10, 20)), int(rng.integers(5, 9))
    driven_s = int(rng.integers(20_000, 30_000) + own.integers(-2_000, 2_000))
    distance_m = round(driven_s * own.uniform(7, 9))
    overtime_s = max(int(rng.normal(9_000, 2_000) * (1 - 6 * effect)), 0)
    people = 5 if effect >= 0.05 else 4
    return DayFigures(
        day=DAY + timedelta(days=row),
        reported=jobs,
        done=jobs - 1,
        fixed_first=max(jobs - 1 - int(own.integers(0, 4)), 0),
        in_vain=1,
        given_up=0,
        open_jobs=round(int(rng.integers(8, 16)) * (1 - 6 * effect)),
        service_clocks=(
            ClocksEnded(code="ARRIVE_NEAR", kept=kept, missed=jobs - kept),
            ClocksEnded(code="REPLY_FAR", kept=far, missed=0),
        ),
        desk_clocks=(ClocksEnded(code="CONTACT", kept=answered, missed=1),),
        told=told,
        told_kept=told - int(own.integers(0, 3)),
        moved=int(own.integers(0, 6)),
        on_duty=people,
        absent=int(rng.random() < 0.05),
        rostered_s=people * 28_800,
        worked_s=driven_s + jobs * 3_600,
        driven_s=driven_s,
        overtime_s=overtime_s,
        uneven_s=int(own.integers(1_000, 5_000)),
        distance_m=distance_m,
        bill_cents={"outlay": 52_000 + overtime_s, "transfer": 0, "service": 5_000 * (jobs - kept)},
        wage_cents=people * 24_000,
    )
