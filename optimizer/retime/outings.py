"""Which days of orders belong together: a trip with its nights away, or a day by itself."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from optimizer.compile import Compiled, ScenarioLayout
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means, Technician
from optimizer.errors import InvalidInput, Issue
from optimizer.rules.settings import params_of
from optimizer.rules.trip import RULE as TRIP
from optimizer.words.numbers import count


class Outing(NamedTuple):
    """Days from leaving home to being back."""

    days: tuple[ShiftKey, ...]
    """The days in order; the nights between them are away."""
    routes: tuple[int, ...]
    """Which routes of the orders they are; the way home may have none."""
    means: Means | None
    """Means of transport; none: the usual one."""

    @property
    def nights(self) -> int:
        """Nights away."""
        return len(self.days) - 1

    def __str__(self) -> str:
        first, last = self.days[0], self.days[-1]
        return f"{first.technician_id} from {first.day} to {last.day}" if self.nights else str(first)


def outings_of(orders: Orders) -> tuple[Outing, ...]:
    """Return the days of orders from leaving home to being back, in the orders' order.

    Parameters
    ----------
    orders : of a day that stands in them twice the first counts
    """
    rows: dict[ShiftKey, int] = {}
    for row, route in enumerate(orders.routes):
        rows.setdefault(_key(route), row)
    woken = {_next_day(key) for key, row in rows.items() if orders.routes[row].away}
    return tuple(_outing(orders, rows, key) for key in rows if key not in woken)


def trip_issues(
    scenario: Scenario, layout: ScenarioLayout, orders: Orders, paths: Sequence[str]
) -> Iterator[Issue]:
    """Yield the nights and the means of transport in orders that nobody approved.

    Parameters
    ----------
    scenario : the question
    layout : which trips may be made
    orders : well-formed by themselves
    paths : where each route stands in the file
    """
    people = {one.technician_id: one for one in scenario.technicians}
    rostered = {one.key for one in roster(scenario)}
    allowed = {(one.days, one.means) for one in layout.trips}
    for one in outings_of(orders):
        who = people.get(one.days[0].technician_id)
        if who is None or one.days[0] not in rostered:
            continue  # said already
        wrong = list(_wrong(scenario, who, orders, one, rostered, paths))
        yield from wrong
        means = one.means or who.means
        if not wrong and (one.nights or means != who.means) and (one.days, means) not in allowed:
            where = f"{paths[one.routes[0]]}.{'away' if one.nights else 'means'}"
            cause = "The policy knows no trips and no other means of transport: TRIP is switched off."
            yield Issue("no-trips", where, cause, "Switch TRIP on, or let everybody come home as usual.")


def rows_of_outings(compiled: Compiled, outings: Sequence[Outing]) -> dict[ShiftKey, int]:
    """Return the row of the day or trip that each day belongs to.

    Parameters
    ----------
    compiled : the question
    outings : fit the scenario, see `trip_issues`

    Raises
    ------
    InvalidInput
        When days cannot be put together to a trip, since something is said of each by itself.
    """
    usual = {one.key: one.technician.means for one in compiled.shifts}
    found: dict[ShiftKey, int] = {}
    issues = []
    for one in outings:
        try:
            row = compiled.row_of_days(one.days, one.means or usual[one.days[0]])
        except KeyError:
            cause = f"The days of {one} cannot be one trip: hours, crews or prices of single days stand against it."
            issues.append(Issue("no-trip", f"routes[{one.routes[0]}].away", cause, _HOME))
            continue
        found |= dict.fromkeys(one.days, row)
    if issues:
        raise InvalidInput(tuple(issues))
    return found


_HOME = "Let the technician come home in the evening, or end the trip earlier."


def _wrong(
    scenario: Scenario,
    who: Technician,
    orders: Orders,
    one: Outing,
    rostered: set[ShiftKey],
    paths: Sequence[str],
) -> Iterator[Issue]:
    """Yield what is wrong with one outing: nobody there on the next day, other means on the way, too many nights."""
    means = one.means or who.means
    if one.days[-1] not in rostered:
        last = one.days[-1]
        cause = f"{who.technician_id} has no shift on {last.day}, the day after a night away."
        yield Issue("no-next-day", f"{paths[one.routes[-1]]}.away", cause, _HOME)
    for row in one.routes:
        asked = orders.routes[row].means or who.means
        if asked not in who.all_means:
            cause = f"{who.technician_id} may not go by {asked}; granted are: {', '.join(who.all_means)}."
            action = "Give one of these means, or grant this one: other_means of the technician."
            yield Issue("means-not-granted", f"{paths[row]}.means", cause, action)
        elif asked != means:
            cause = f"{who.technician_id} leaves by {means} and would go on by {asked} on {orders.routes[row].day}."
            yield Issue(
                "other-means", f"{paths[row]}.means", cause, "Give all days of a trip the same means."
            )
    params = params_of(TRIP, scenario.policy)
    most = min(who.nights_away, params.max_nights)
    if params.active and one.nights > most:
        approved = f"{count(most, 'night')} {'is' if most == 1 else 'are'} approved"
        cause = f"{one} would be {count(one.nights, 'night')} away in a row; {approved}."
        action = f"{_HOME} Or have more nights approved: nights_away of the technician, at most max_nights of TRIP."
        yield Issue("nights-not-approved", f"{paths[one.routes[0]]}.away", cause, action)


def _outing(orders: Orders, rows: Mapping[ShiftKey, int], first: ShiftKey) -> Outing:
    days, routes = [first], [rows[first]]
    while orders.routes[routes[-1]].away:
        days.append(_next_day(days[-1]))
        if days[-1] not in rows:
            break  # the way home
        routes.append(rows[days[-1]])
    return Outing(tuple(days), tuple(routes), orders.routes[routes[0]].means)


def _key(route: OrderedDay) -> ShiftKey:
    return ShiftKey(route.technician_id, route.day)


def _next_day(key: ShiftKey) -> ShiftKey:
    return ShiftKey(key.technician_id, key.day + timedelta(days=1))
