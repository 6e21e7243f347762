"""Visits with people of another branch that cannot begin on time: they begin when all their people can be there."""

from datetime import datetime

from optimizer.domain.plan import Plan
from optimizer.domain.promise import Pin
from optimizer.domain.scenario import Scenario
from optimizer.replan.following import carried_on, orders_left
from optimizer.travel import Roads


def late_visits(scenario: Scenario, plan: Plan, roads: Roads | None) -> Scenario:
    """Return the question in which visits with people of another branch begin late where they must.

    They are fixed (see `with_visits_fixed`). Somebody whose work before it takes longer comes late to such a visit, as
    the followed plan carried on shows; the others wait.

    Parameters
    ----------
    scenario : what is left to be planned
    plan : the plan that is followed
    roads : the operator's road data; none: straight lines
    """
    jobs = frozenset(job_id for one in scenario.technicians for job_id in one.lent_for or ())
    if all(pin.start is None or pin.job_id not in jobs for pin in scenario.pins):
        return scenario
    free = scenario.model_copy(update={"pins": tuple(_any_time(pin, jobs) for pin in scenario.pins)})
    after = carried_on(free, orders_left(plan, free), roads).plan
    starts = {stop.job_id: stop.start for one in after.shifts for stop in one.stops if not stop.part}
    pins = tuple(_late(pin, starts.get(pin.job_id)) if pin.job_id in jobs else pin for pin in scenario.pins)
    return scenario.model_copy(update={"pins": pins})


def _any_time(pin: Pin, jobs: frozenset[str]) -> Pin:
    return pin.model_copy(update={"start": None}) if pin.job_id in jobs else pin


def _late(pin: Pin, start: datetime | None) -> Pin:
    if pin.start is None or start is None or start.timestamp() <= pin.start.timestamp():
        return pin
    return pin.model_copy(update={"start": start})
