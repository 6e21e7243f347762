"""The scheduler's kernels equal their naive twins, compiled and with the compiler off."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import numpy as np
import pytest

from optimizer.build import ProblemBuilder, ProfileLegs
from optimizer.problem import FAR, SLOT_S, Problem
from optimizer.schedule import timing
from optimizer.schedule.lanes import RouteTimes, time_route
from optimizer.schedule.reference import by_reference
from tests.oracle import congestion
from tests.oracle.random_problems import DAY_S, Mix, random_problem
from tests.oracle.timing import Timing, Twin, first_in, last_in, naive_route

PROJECT = Path(__file__).parents[2]
SHORT = Mix(load=0.4)
LONG = Mix(jobs=10, rests=(2, 3, 3), load=0.15, late=1)
"""Long routes with many rests: as many placements as there can be."""


def differences(first: int, last: int, mix: Mix = SHORT, longest: int = 6) -> tuple[int, list[str]]:
    """Compare a dozen random routes of each problem; return how many were feasible and what differs."""
    feasible = 0
    found = []
    for seed in range(first, last):
        problem = random_problem(seed, mix)
        twin = Twin(problem)
        rng = Random(seed)
        for _ in range(12):
            shift = rng.randrange(mix.shifts)
            jobs = tuple(rng.sample(range(mix.jobs), rng.randint(1, longest)))
            got, expected = time_route(problem, shift, jobs), twin.best(shift, jobs)
            feasible += bool(expected)
            if (got is None) != (not expected) or (got is not None and as_timing(got) not in expected):
                found.append(f"seed {seed}, shift {shift}, jobs {jobs}: {got} is none of {expected}")
    return feasible, found


def as_timing(times: RouteTimes) -> Timing:
    """Return the kernel's times in the twin's words."""
    lists = (times.leave, times.arrive, times.start, times.end, times.rest_begin)
    return Timing(times.cents, times.driven_s, times.on_site_s, *(tuple(one.tolist()) for one in lists))


def part_differences(seed: int) -> list[str]:
    """Compare the parts of the timing rule at random moments of a random problem."""
    problem = random_problem(seed, Mix(jobs=4, shifts=2))
    p, twin = by_reference(problem), Twin(problem)
    rng = Random(seed)
    found = []

    def same(what: str, got: int, expected: int | None, never: int = FAR) -> None:
        if got != (never if expected is None else expected):
            found.append(f"seed {seed}: {what} is {got}, not {expected}")

    for _ in range(30):
        at = rng.randrange(-SLOT_S, DAY_S + SLOT_S)
        job, shift = rng.randrange(4), rng.randrange(2)
        a, b = rng.randrange(len(problem.site)), rng.randrange(len(problem.site))
        profile = twin.profile[shift]
        same("first start", timing.first_start(p, job, at), first_in(twin.windows[job], at))
        same("last start", timing.last_start(p, job, at), last_in(twin.windows[job], at), -FAR)
        same("arrival", timing.arrive(p, profile, a, b, at), twin.arrival(profile, a, b, at))
        same("leaving", timing.leave_by(p, profile, a, b, at), twin.latest_leave(profile, a, b, at))
        end = at + rng.randrange(SLOT_S)
        same("lateness", timing.lateness(p, job, at, end), twin.lateness(job, at, end))
        driven = rng.randrange(4 * SLOT_S)
        same("leg", timing.leg_cents(p, profile, a, b, driven), twin.leg_cents(profile, a, b, driven))
        same("overtime", timing.overtime(p, shift, at), twin.overtime(shift, at))
        same("visit", timing.visit_s(p, job, shift, a), twin.stay(job, shift, a))
        for rest, windows in enumerate(twin.rest_windows):
            length = twin.rest_s[rest]
            begin = first_in(windows, at)
            same("begin of rest", timing.first_rest(p, rest, at), begin)
            same("end of rest", timing.rested(p, rest, at), None if begin is None else begin + length)
            same("last rest", timing.last_rest(p, rest, at), last_in(windows, at - length), -FAR)
    return found


def test_the_parts_of_the_timing_rule() -> None:
    assert [line for seed in range(200) for line in part_differences(seed)] == []


def test_never_stays_never() -> None:
    problem = random_problem(0, Mix(jobs=2, shifts=1, congestion=1))
    p = by_reference(problem)
    assert timing.arrive(p, 0, 0, 2, FAR) == FAR
    assert timing.leave_by(p, 0, 0, 2, -FAR) == -FAR


def test_the_twins_drive_is_the_drive_second_by_second() -> None:
    compared = 0
    for seed in range(40):
        problem = random_problem(seed, Mix(jobs=4, shifts=1, congestion=1))
        twin, rng = Twin(problem), Random(seed)
        for _ in range(10):
            at = rng.randrange(DAY_S)
            a, b = rng.randrange(6), rng.randrange(6)
            base, rates = twin.travel[0][a][b][0], twin.pace[0][twin.band[0][a][b]]

            def slot(second: int, last: int = len(rates) - 1) -> int:
                return min(max(second // SLOT_S, 0), last)

            assert twin.arrival(0, a, b, at) == congestion.arrival(at, base, rates, slot)
            assert twin.latest_leave(0, a, b, at) == congestion.latest_departure(at, base, rates, slot)
            compared += base > 0
    assert compared > 200


@pytest.mark.parametrize(
    ("seeds", "mix", "longest"),
    [
        pytest.param(range(600), SHORT, 6, id="short"),
        pytest.param(range(60), LONG, 8, id="long"),
        pytest.param(range(600, 3600), SHORT, 6, id="many", marks=pytest.mark.slow),
        pytest.param(range(60, 260), LONG, 8, id="many-long", marks=pytest.mark.slow),
    ],
)
def test_the_kernel_times_routes_as_the_twin_does(seeds: range, mix: Mix, longest: int) -> None:
    feasible, found = differences(seeds.start, seeds.stop, mix, longest)
    print(f"{12 * len(seeds)} routes, {feasible} of them feasible")
    assert found == []
    assert feasible > 0.15 * 12 * len(seeds)  # else equal answers would prove little


def test_with_the_compiler_off_too() -> None:
    script = (
        "from numba import config; assert config.DISABLE_JIT\n"
        "from tests.oracle.test_timing import LONG, differences, part_differences\n"
        "feasible, found = differences(0, 40)\n"
        "some, more = differences(0, 3, LONG, 8)\n"
        "found += more + [line for seed in range(20) for line in part_differences(seed)]\n"
        "print(feasible + some, found)\n"
    )
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    feasible, _, found = done.stdout.partition(" ")
    assert found.strip() == "[]"
    assert int(feasible) > 80


def test_a_rest_waits_for_its_window_and_the_first_drive_for_the_customer() -> None:
    problem = one_job(rest=(1800, 2400))
    # 600 s there, service opens at 3,000: the rest of 900 s fits before it, at the door from 1,800 on. Then
    # leaving later would change nothing as long as the rest still begins at 1,800: leave at 1,200.
    assert naive_route(problem, 0, (0,)) == Timing(
        cents=1200, driven_s=1200, on_site_s=300, leave=(1200, 3300), arrive=(1800, 3900),
        start=(3000,), end=(3300,), rest_begin=(1800,),
    )  # fmt: skip
    got = time_route(problem, 0, (0,))
    assert got is not None
    assert as_timing(got) == naive_route(problem, 0, (0,))


def test_a_rest_that_begins_too_late_for_the_shift_is_found_out() -> None:
    # Back at 3,900 at the earliest, rested from 4,500 to 5,400: too late for 5,399, just in time for 5,400.
    assert naive_route(one_job(rest=(4500, 4500), latest=5399), 0, (0,)) is None
    assert time_route(one_job(rest=(4500, 4500), latest=5399), 0, (0,)) is None
    last = naive_route(one_job(rest=(4500, 4500), latest=5400), 0, (0,))
    assert last is not None
    assert last.rest_begin == (4500,)


def one_job(rest: tuple[int, int], latest: int = 9000) -> Problem:
    """Return a job 600 s away that takes 300 s and opens at 3,000, and a shift with a rest of 900 s."""
    legs = np.array([[0, 600], [600, 0]], np.int32)
    builder = ProblemBuilder(
        job_places=[1],
        shift_places=[(0, 0)],
        shift_profiles=[0],
        legs=(ProfileLegs(legs, legs),),
        horizon_s=9000,
    )
    builder.serve([0], [0], 300, 0)
    builder.narrow(0, [(3000, 4000)])
    builder.bound(0, 0, latest, latest)
    builder.rest(0, [(900, [rest])])
    return builder.build()
