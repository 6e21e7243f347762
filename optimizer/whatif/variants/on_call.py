"""People are on call: nothing is planned for them until they are called in.

Somebody on call has shifts, and is away on all of them for the reason `ON_CALL`. The event `Back` calls them in: they
work from then on, and the rest of that leave is gone. So who is to be on call again on the next day is put so again
(`on_call_from`).
"""

from datetime import date, timedelta
from typing import Final

from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import OnCall
from optimizer.domain.technician import Technician
from optimizer.domain.time import DateRange
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.people import changed, chosen

ON_CALL: Final = "on call"
"""Why somebody on call gets no work in the morning."""

_LONG: Final = timedelta(days=3_650)


def on_call_from(technician: Technician, day: date) -> Technician:
    """Return a technician who is on call from a day on.

    Parameters
    ----------
    technician : anybody
    day : the first day on call, local date
    """
    other = tuple(one for one in technician.leave if one.reason != ON_CALL)
    span = DateRange(first_day=day, last_day=day + _LONG, reason=ON_CALL)
    return technician.model_copy(update={"leave": (*other, span)})


def waits_on_call(technician: Technician, day: date) -> bool:
    """Tell whether a technician is on call on a day, and for no other reason away.

    Parameters
    ----------
    technician : anybody
    day : local date
    """
    reasons = {one.reason for one in technician.leave if one.covers(day)}
    return reasons == {ON_CALL} and not any(one.covers(day) for one in technician.suspended)


class OnCallKind(ChangeKind[OnCall]):
    """People are on call."""

    patch = OnCall

    def applied(self, scenario: Scenario, patch: OnCall) -> Scenario:
        """Return the scenario in which these people wait to be called in."""
        first = scenario.horizon.first_day
        return changed(scenario, chosen(scenario, patch.who), lambda one: on_call_from(one, first))


KIND = OnCallKind()
