"""The call before a visit: when the technician tells the customer by telephone to be there soon."""

from datetime import datetime
from typing import NamedTuple

from optimizer.domain.roster import RosterShift


class CallBefore(NamedTuple):
    """When a technician calls the customer before a visit."""

    at: datetime
    """The last moment for the call; not before the technician is on duty."""
    first_thing: bool
    """The usual moment lies before the technician is on duty: calling is the first thing to do."""


def on_duty(rostered: RosterShift, now: datetime | None) -> datetime:
    """Return from when a technician can call on a day: from the shift's start, but not in the past.

    Parameters
    ----------
    rostered : the shift as on the roster
    now : the present moment of the scenario; none: not given
    """
    return max(rostered.start, now or rostered.start, key=datetime.timestamp)


def call_before(arrival: datetime, duty: datetime, minutes: int) -> CallBefore:
    """Return when the customer is called before a visit.

    Parameters
    ----------
    arrival : when the technician arrives
    duty : from when the technician can call
    minutes : so long before arriving, as the policy says
    """
    # By timestamps: moments of one time zone are counted by the wall clock, wrong when the clocks change.
    usual = datetime.fromtimestamp(arrival.timestamp() - 60 * minutes, arrival.tzinfo)
    # Somebody who was there before the plan's present moment has called long ago.
    first_thing = usual.timestamp() < duty.timestamp() <= arrival.timestamp()
    return CallBefore(duty if first_thing else usual, first_thing)
