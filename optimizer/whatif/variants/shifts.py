"""Shifts that a change rewrites: those of the policy's usual day are written out first."""

from collections.abc import Callable

from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift, Technician


def with_shifts(
    scenario: Scenario, technician: Technician, change: Callable[[Shift], Shift | None]
) -> Technician:
    """Return a technician whose shifts are others, on the planned days and on all days that are written.

    Parameters
    ----------
    scenario : the question, for its planned days and its working days
    technician : of the scenario
    change : makes the new shift; none: not worked on that day
    """
    own = {shift.day: shift for shift in technician.shifts or ()}
    alone = scenario.model_copy(update={"technicians": (technician,)})
    every = {one.key.day: one.shift for one in roster(alone)} | own
    made = (change(every[day]) for day in sorted(every))
    return technician.model_copy(
        update={"shifts": tuple(one for one in made if one is not None), "usual_otherwise": False}
    )
