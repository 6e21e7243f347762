"""Appointments: whether a customer asks for a window, on which day and when."""

from datetime import date, datetime, timedelta
from itertools import islice

from optimizer.domain.demand_chances import Appointments, WindowShape
from optimizer.domain.desk_hours import working_days
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Window
from optimizer.whatif.demand.arrivals import Arrival
from optimizer.whatif.demand.chain import Chain, which


def agreed_window(
    appointments: Appointments, scenario: Scenario, chain: Chain, arrival: Arrival
) -> Window | None:
    """Draw the window that a customer agrees with the desk; none: any time.

    It lies on a worked day of the scenario's calendar. Where no window of its day is left, it lies on the next worked
    day.

    Parameters
    ----------
    appointments : what is on offer
    scenario : the question with its calendar
    chain : source of chance
    arrival : the report
    """
    if chain.uniform("asks for a window", *arrival.name) >= appointments.share:
        return None
    ahead = appointments.days_ahead_by_type.get(arrival.type, appointments.days_ahead)
    skipped = which(ahead, chain.uniform("days ahead", *arrival.name))
    u = chain.uniform("window", *arrival.name)
    days = islice(working_days(scenario, arrival.at.date()), skipped, None)
    offered = next(filter(None, (_offered(appointments, arrival, day) for day in days)))
    return offered[which(tuple(shape.weight for shape, _ in offered), u)][1]


def _offered(appointments: Appointments, arrival: Arrival, day: date) -> list[tuple[WindowShape, Window]]:
    """Return the windows of a day that close late enough after the report."""
    from_at = arrival.at + timedelta(minutes=appointments.lead_min)
    windows = ((shape, _window(appointments, shape, day, arrival.at)) for shape in appointments.shapes)
    return [(shape, window) for shape, window in windows if window.end.timestamp() >= from_at.timestamp()]


def _window(appointments: Appointments, shape: WindowShape, day: date, like: datetime) -> Window:
    """Return a window of a shape on a day; a longer or shorter one keeps its middle, and the day its ends."""
    opens, closes = (datetime.combine(day, at, tzinfo=like.tzinfo) for at in (shape.start, shape.end))
    if appointments.length_percent != 100:
        first = datetime.combine(day, min(one.start for one in appointments.shapes), tzinfo=like.tzinfo)
        last = datetime.combine(day, max(one.end for one in appointments.shapes), tzinfo=like.tzinfo)
        more = timedelta(seconds=round(30 * shape.minutes * (appointments.length_percent / 100 - 1)))
        opens, closes = max(first, opens - more), min(last, closes + more)
    return Window(start=opens, end=closes)
