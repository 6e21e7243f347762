"""Random moves, and the whole plan with a move made, which a preview is held against."""

from collections import Counter
from collections.abc import Callable
from random import Random
from zoneinfo import ZoneInfo

import pytest

from optimizer.diff.jobs import job_changes
from optimizer.diff.worth import bill_diff, clock_changes
from optimizer.domain.document import PlanDocument
from optimizer.domain.preview import Move, Preview
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.preview import Previewer
from optimizer.retime import retime
from tests.property.random_scenarios import random_scenario
from tests.property.restock_scenarios import restock_scenario
from tests.property.sleeper_scenarios import sleeper_scenario
from tests.property.slow_scenarios import slow_scenario
from tests.property.test_approved_days import planned, some_days_approved
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import trip_scenario


def approved_scenario(seed: int) -> Scenario:
    """Return a scenario of which some days are approved as a first plan had them."""
    of = (tied_scenario if seed % 2 else random_scenario)(seed)
    made = planned(of, seed)
    return some_days_approved(of, made, seed) if made.shifts else of


FAMILIES: dict[str, Callable[[int], Scenario]] = {
    "plain": random_scenario,
    "tied": tied_scenario,
    "parts": restock_scenario,
    "trips": trip_scenario,
    "sleepers": sleeper_scenario,
    "approved": approved_scenario,
    "slow": slow_scenario,
}


def random_move(scenario: Scenario, base: PlanDocument, rng: Random) -> Move:
    """Return a move of any job to anybody and anywhere, now and then out of the plan."""
    job_id = rng.choice(scenario.jobs).job_id
    made = [shift for shift in base.plan.shifts if any(stop.job_id == job_id for stop in shift.stops)]
    move = Move(job_id=job_id)
    if len(made) > 1 and rng.random() < 0.9:
        source = rng.choice(made)
        move = Move(job_id=job_id, from_technician_id=source.technician_id, from_day=source.day)
    if rng.random() < 0.15 or not scenario.technicians:
        return move
    who, day = rng.choice(scenario.technicians).technician_id, rng.choice(scenario.horizon.dates())
    others = [
        stop.job_id
        for shift in base.plan.shifts
        for stop in shift.stops
        if (shift.technician_id, shift.day) == (who, day) and stop.job_id != job_id
    ]
    position = None if rng.random() < 0.3 else rng.randint(0, len(others))
    return move.model_copy(update={"technician_id": who, "day": day, "position": position})


def hold_against_the_whole(
    scenario: Scenario, base: PlanDocument, found: Preview, previewer: Previewer, case: str
) -> None:
    """Compare a preview with the whole plan, timed, priced and checked anew."""
    orders = previewer.orders_after(found)
    if not found.timed:
        with pytest.raises(InvalidInput):
            retime(scenario, orders)
        return
    whole = retime(scenario, orders)
    zone = ZoneInfo(scenario.time_zone)
    was, now = base.assessment, whole.assessment
    kept = Counter(was.findings)
    kept.subtract(found.mended)
    assert +(kept + Counter(found.findings)) == Counter(now.findings), case
    assert found.allowed == (not found.findings), case
    assert list(found.days) == [day for day in whole.plan.shifts if day not in base.plan.shifts], case
    worked = {day.key for day in whole.plan.shifts}
    free = [day.key for day in base.plan.shifts if day.key not in worked]
    assert [(one.technician_id, one.day) for one in found.free] == free, case
    assert set(found.tools) == {tool for tool in whole.plan.tools if tool not in base.plan.tools}, case
    bill = bill_diff(was.bill, now.bill)
    assert set(found.bill.changes) == set(bill.changes), case
    assert found.bill.model_copy(update={"changes": ()}) == bill.model_copy(update={"changes": ()}), case
    assert found.unserved_weight == now.kpis.unserved_weight - was.kpis.unserved_weight, case
    assert Counter(found.clocks) == Counter(clock_changes(was.clocks, now.clocks, zone)), case
    customers = {job.job_id: job.customer for job in scenario.jobs if job.customer is not None}
    changes = job_changes(base.plan, whole.plan, customers)
    assert {one.job_id: one for one in found.jobs} == {one.job_id: one for one in changes}, case
