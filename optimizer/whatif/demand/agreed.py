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
    appointments: Appointments, scenario: Scenario, chain: Chain, arrival: Arrival, ordered_at: datetime
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
    ordered_at : when the desk writes the order: nobody can go there before
    """
    if chain.uniform("asks for a window", *arrival.name) >= appointments.share:
        return None
    ahead = appointments.days_ahead_by_type.get(arrival.type, appointments.days_ahead)
    skipped = which(ahead, chain.uniform("days ahead", *arrival.name))
    days = islice(working_days(scenario, arrival.at.date()), skipped, None)
    offered = next(filter(None, (_offered(appointments, ordered_at, day) for day in days)))
    weights = tuple(shape.weight for shape, _, _ in offered)
    _, opens, closes = offered[which(weights, chain.uniform("window", *arrival.name))]
    return Window(start=opens, end=closes)


def _offered(
    appointments: Appointments, ordered_at: datetime, day: date
) -> list[tuple[WindowShape, datetime, datetime]]:
    """Return the windows of a day that close late enough after the order, each from its opening to its closing."""
    from_at = ordered_at + timedelta(minutes=appointments.lead_min)
    spans = ((shape, *_span(appointments, shape, day, ordered_at)) for shape in appointments.shapes)
    return [one for one in spans if one[2].timestamp() >= from_at.timestamp()]


def _span(
    appointments: Appointments, shape: WindowShape, day: date, like: datetime
) -> tuple[datetime, datetime]:
    """Return opening and closing on a day; a longer or shorter window keeps its middle, and the day its ends."""
    opens, closes = (datetime.combine(day, at, tzinfo=like.tzinfo) for at in (shape.start, shape.end))
    if appointments.length_percent != 100:
        first = datetime.combine(day, min(one.start for one in appointments.shapes), tzinfo=like.tzinfo)
        last = datetime.combine(day, max(one.end for one in appointments.shapes), tzinfo=like.tzinfo)
        more = timedelta(seconds=round(30 * shape.minutes * (appointments.length_percent / 100 - 1)))
        opens, closes = max(first, opens - more), min(last, closes + more)
    return opens, closes
