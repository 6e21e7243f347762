"""Queueing's second opinion: worked out by hand for one branch."""

import math
import random

import pytest

from optimizer.domain.job import Job
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.study import BASE
from optimizer.domain.study_sample import Sample
from optimizer.whatif.density import minutes_each, ways
from optimizer.whatif.queueing import share_served_within
from optimizer.whatif.second_opinion import area_km2, queueing_estimates
from tests.unit.rules.build import branch, job, north, scenario, technician
from tests.unit.whatif.synthetic import question
from tests.unit.whatif.test_measures import CHAIN, FIRST


def spread(radius_km: float, jobs: int = 4_000) -> list[Job]:
    rng = random.Random(1)
    found: list[Job] = []
    while len(found) < jobs:
        x, y = rng.uniform(-1, 1), rng.uniform(-1, 1)
        if x * x + y * y <= 1:
            place = north(radius_km * y)
            east = radius_km * x / (111.195 * math.cos(math.radians(28.2)))
            place = place.model_copy(update={"lon": place.lon + east})
            found.append(job(job_id=f"J{len(found)}", place=place))
    return found


def test_jobs_in_a_disc_have_the_area_of_the_disc() -> None:
    assert area_km2(spread(10)) == pytest.approx(math.pi * 100, rel=0.03)


def test_jobs_on_a_line_have_no_area_and_no_estimate() -> None:
    asked = scenario([technician()], [job(job_id=f"J{row}", place=north(row)) for row in range(12)])
    assert area_km2(asked.jobs) == pytest.approx(0, abs=1e-6)
    assert queueing_estimates(asked, [CHAIN], 0.9) == ()


def test_demand_and_time_on_site_come_from_the_simulation() -> None:
    """Reported 10, given up 1; 8 done in 10 visits: 9 · 10 ÷ 8 = 11.25 visits a day of 54,000 s ÷ 10 = 90 min.

    Of four on duty one is ill: three are there, eight hours each.
    """
    chain = Sample(variant=BASE, chain=0, people=("T1",), days=(FIRST,))
    asked = question()
    (found,) = queueing_estimates(asked, [chain, chain], 0.9)
    assert (found.jobs_a_day, found.people, found.within_min) == (11.25, 3, 480)
    assert found.minutes_each - found.driving_min == pytest.approx(90)
    assert found.load == pytest.approx(11.25 * found.minutes_each / 480)
    assert found.in_time == pytest.approx(share_served_within(found.load, 3, 480, found.minutes_each))
    out_km = sum(great_circle_m(one.place, north(0)) for one in asked.jobs) / len(asked.jobs) / 1000
    way = ways(area_km2(asked.jobs), 11.25, asked.travel.profiles["car"], start_km=out_km)
    assert found.minutes_each == pytest.approx(minutes_each(90, way, 480))


def test_a_branch_has_its_share_of_jobs_and_people() -> None:
    asked = question()
    far = branch(branch_id="B2", place=north(300))
    moved = [
        one.model_copy(update={"branch_id": "B2"})
        if row % 3 == 0
        else one.model_copy(update={"branch_id": "B1"})
        for row, one in enumerate(asked.jobs)
    ]
    people = [*asked.technicians[:3], technician(technician_id="T4", branch_id="B2")]
    two = asked.model_copy(
        update={"branches": (*asked.branches, far), "jobs": tuple(moved), "technicians": tuple(people)}
    )
    # a way of 300 km there and back does not fit into a day: of the second branch nothing can be said
    (first,) = queueing_estimates(two, [CHAIN], 0.9)
    assert (first.branch_id, first.people) == ("B1", 3 * 3 / 4)
    whole = queueing_estimates(asked, [CHAIN], 0.9)[0]
    assert first.jobs_a_day == pytest.approx(whole.jobs_a_day * 2 / 3)


def test_without_work_or_people_nothing_is_said() -> None:
    idle = FIRST.model_copy(update={"done": 0, "in_vain": 0, "fixed_first": 0})
    assert queueing_estimates(question(), [CHAIN.model_copy(update={"days": (idle,)})], 0.9) == ()
    assert queueing_estimates(question().model_copy(update={"technicians": ()}), [CHAIN], 0.9) == ()
