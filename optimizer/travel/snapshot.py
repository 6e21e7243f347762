"""The travel data a plan carries along: what it says about roads, and whether it is still what roads say."""

from collections.abc import Iterator

from optimizer.domain.plan import Plan, TravelLeg
from optimizer.domain.travel import ROADS, SOURCES_JOIN
from optimizer.travel.base import TravelTable


def with_road_warnings(plan: Plan, table: TravelTable) -> Plan:
    """Return the plan with what its reader must know about its roads; the same plan where there is nothing.

    Parameters
    ----------
    plan : made with the table
    table : its travel data
    """
    if not table.road_warnings:
        return plan
    travel = plan.travel.model_copy(update={"warnings": table.road_warnings})
    return plan.model_copy(update={"travel": travel})


def by_roads(source: str) -> bool:
    """Tell whether travel data of this source come from roads, all or some of them."""
    return ROADS in source.split(SOURCES_JOIN)


def changed_legs(plan: Plan, table: TravelTable) -> Iterator[tuple[TravelLeg, int | None]]:
    """Yield the plan's legs that have other times, lengths, hours or lines now, with the seconds they take now.

    Parameters
    ----------
    plan : a plan of the same scenario
    table : the travel data now

    Yields
    ------
    The leg as the plan used it, and its seconds without congestion now; none: it is not known any more.
    """
    rows = {name: row for row, name in enumerate(table.places)}
    for leg in plan.travel.legs:
        legs, a, b = table.legs.get(leg.means), rows.get(leg.from_place), rows.get(leg.to_place)
        if legs is None or a is None or b is None:
            yield leg, None
            continue
        fare_cents = int(legs.fare_cents[a, b]) if legs.fare_cents.size else 0
        base_s, hours = int(legs.base_s[a, b]), (legs.speeds(a, b), legs.slow(a, b))
        now = (base_s, int(legs.metres[a, b]), *hours, fare_cents, legs.rides(a, b))
        then = (leg.base_s, leg.distance_m, leg.hour_percent, leg.slow_hours, leg.fare_cents, leg.rides)
        if now != then:
            yield leg, base_s


def drives_changed(plan: Plan, table: TravelTable) -> str:
    """Return a sentence about a plan's drives that take other times now; empty where all are as planned.

    Parameters
    ----------
    plan : a plan of the same scenario
    table : the travel data now
    """
    changed = list(changed_legs(plan, table))
    if not changed:
        return ""
    leg, now_s = changed[0]
    now = "" if now_s is None else f", now {now_s:,} s"
    if now_s == leg.base_s:
        now += " with other hours, lengths or fares"
    return (
        f"{len(changed)} of the plan's {len(plan.travel.legs)} drives have other times now: {leg.from_place} to "
        f"{leg.to_place} took {leg.base_s:,} s{now}. The plan's times come from {plan.travel.source}, those now "
        f"from {table.source}."
    )
