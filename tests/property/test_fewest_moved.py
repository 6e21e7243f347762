"""On small days the fewest customers that must be told something are found, as many as trying everything finds."""

from collections.abc import Iterator
from itertools import count
from random import Random

import pytest

from optimizer.control import Iterations
from optimizer.domain.event import CallOff
from optimizer.domain.event_issues import event_issues
from optimizer.domain.proposal import Proposals
from optimizer.promise_windows import promises_to_tell
from optimizer.replan import next_revision, replan
from tests.oracle.brute_force import MOST_JOBS
from tests.property.fewest_moved import fewest_by_weight, is_small
from tests.property.random_scenarios import random_scenario
from tests.property.running_days import running_day


def cases(first: int) -> Iterator[tuple[int, Proposals]]:
    """Yield seeds and proposals for small days on which somebody calls off and customers were told their times."""
    for seed in count(first):
        of = random_scenario(seed, max_jobs=MOST_JOBS, max_technicians=3, min_technicians=2)
        by_priority = of.policy.preset == "service-first"
        day = running_day(of.model_copy(update={"pins": (), "promises": ()}), seed) if by_priority else None
        if day is None or len(day.document.plan.shifts) < 2:
            continue
        plan = day.document.plan
        everybody = frozenset(shift.technician_id for shift in plan.shifts)
        told = promises_to_tell(day.before, plan, everybody, 120)
        promises = tuple(one.model_copy(update={"told": True}) for one in told)
        before = day.before.model_copy(update={"promises": promises})
        who = Random(f"who {seed}").choice(sorted(everybody))
        events = (CallOff(kind="call_off", technician_id=who, at=day.now),)
        if event_issues(before, plan, events, day.now):
            continue
        revision = next_revision(before, plan, events, day.now)
        if revision.scenario.jobs and is_small(revision.scenario):
            yield seed, replan(revision, plan, stop=Iterations(500), seed=seed)


@pytest.mark.parametrize(
    ("first", "number"),
    [
        (0, 4),
        pytest.param(1000, 20, marks=pytest.mark.slow),
        pytest.param(2000, 300, marks=pytest.mark.full),
    ],
)
def test_no_customer_more_is_told_than_trying_everything_needs(first: int, number: int) -> None:
    moved = tried = 0
    less_served = []
    for seed, found in cases(first):
        fewest = fewest_by_weight(found.scenario)
        if not max(fewest.values()):
            continue
        served = min(one.unserved_weight for one in found.proposals)
        told = min(len(one.to_tell) for one in found.proposals if one.unserved_weight == served)
        assert told == fewest[served], seed
        if served > min(fewest):
            less_served.append(seed)
        moved += told
        tried += 1
        if tried == number:
            break
    print(f"{moved} customers told on {number} days; less served than possible: {less_served}")
    assert len(less_served) <= number / 50
