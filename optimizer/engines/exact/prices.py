"""Prices that depend on time: lateness of jobs, overtime of shifts.

They never fall with time and are minimised, so it is enough to hold them from below: `(over × rate + 1800) // 3600`
is the least whole number of cents that is not below `(over × rate − 1799) / 3600`.
"""

from typing import NamedTuple

from optimizer.engines.exact.reach import HOME, Leg
from optimizer.engines.exact.terms import Amount, CpModel, Variable, total
from optimizer.engines.exact.tour import Tour
from optimizer.problem import Problem


class Step(NamedTuple):
    """A step of a price by time, see `Problem.late_after` and its fellows."""

    after: int
    cents: int
    hour_cents: int
    on_end: bool

    def owed(self, event: int) -> int:
        """Return the cents owed for an event at this moment."""
        over = event - self.after
        return self.cents + (over * self.hour_cents + 1800) // 3600 if over > 0 else 0

    def owed_at_least(self, leg: Leg) -> int:
        """Return the cents owed by who comes over this leg as early as can be."""
        return self.owed(leg.earliest + (leg.stay_s if self.on_end else 0))


class Event(NamedTuple):
    """Something a step asks about: it is, if at all, at this moment."""

    at: Amount
    happens: Variable
    latest: int


def add_lateness(model: CpModel, problem: Problem, job: int, tours: list[Tour]) -> Amount:
    """Add the lateness of a job and return its price.

    Parameters
    ----------
    model : is given the variables
    problem : the compiled question
    job : row of the job
    tours : the shifts that may serve it
    """
    steps = [
        Step(
            int(problem.late_after[row]),
            int(problem.late_cents[row]),
            int(problem.late_hour_cents[row]),
            bool(problem.late_on_end[row]),
        )
        for row in range(problem.late_ptr[job], problem.late_ptr[job + 1])
    ]
    return total(_lateness(model, step, job, tours) for step in steps)


def _lateness(model: CpModel, step: Step, job: int, tours: list[Tour]) -> Amount:
    events = []
    least: list[Amount] = []
    for tour in tours:
        legs = tour.reach.into(job)
        latest = tour.reach.spans[job][-1][1]
        if step.on_end:
            latest += max((leg.stay_s for leg in legs.values()), default=0)
        at = tour.start[job] + (tour.stay_s[job] if step.on_end else 0)
        events.append(Event(at, tour.serves[job], latest))
        least.extend(step.owed_at_least(leg) * tour.legs[key] for key, leg in legs.items())
    return _owed(model, step, events, least)


def add_overtime(model: CpModel, problem: Problem, tour: Tour) -> Amount:
    """Add the overtime of a shift and return its price.

    Parameters
    ----------
    model : is given the variables
    problem : the compiled question
    tour : the shift's route
    """
    shift = tour.reach.shift
    step = Step(int(problem.regular_end_s[shift]), 0, int(problem.overtime_hour_cents[shift]), on_end=False)
    legs = tour.reach.into(HOME)
    least = [step.owed_at_least(leg) * tour.legs[key] for key, leg in legs.items()]
    return _owed(model, step, [Event(tour.home, tour.used, tour.latest_end_s)], least)


def _owed(model: CpModel, step: Step, events: list[Event], least: list[Amount]) -> Amount:
    """Return the price of a step; the sum of `least` follows from the times, and says so without them."""
    latest = max((event.latest for event in events), default=step.after)
    most = step.owed(latest)
    if most == 0:
        return 0
    late = model.new_bool_var("")
    by_hour = model.new_int_var(0, most - step.cents, "")
    for event in events:
        model.add(event.at <= step.after).only_enforce_if(event.happens, ~late)
        over = (event.at - step.after) * step.hour_cents
        model.add(3600 * by_hour >= over - 1799).only_enforce_if(event.happens)
    owed = step.cents * late + by_hour
    model.add(owed >= total(least))
    return owed
