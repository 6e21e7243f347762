"""Do the drives of a plan agree with its travel data, and can the travel data be true?"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.checker.breach import TRAVEL, breach, seconds_between
from optimizer.checker.halts import job_of
from optimizer.checker.line_legs import LineLegs
from optimizer.checker.slow_legs import next_change_s, slow_as_said, slowest_at
from optimizer.domain.assessment import Finding
from optimizer.domain.fingerprint import travel_sha256
from optimizer.domain.place import Place
from optimizer.domain.plan import Leg, Plan, ShiftPlan, ToolPlan, TravelLeg
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means
from optimizer.domain.travel import (
    FASTEST_KMH,
    LOCAL_MEANS,
    LONG_DISTANCE,
    ROADS,
    SOURCES_JOIN,
    Matrix,
    SpeedProfile,
)

_SHORTEST = 0.98
"""No road is shorter than this part of the great circle: a sphere is up to 0.6 % off the real earth, and
Chinese map coordinates stretch distances by less than 1 %."""
_LONGEST_S = 7 * 24 * 3600
"""Longer legs count as a week; no shift holds either."""
_AGAIN = "Plan the scenario again; the plan's travel data is not what it was planned with."

_Key = tuple[str, str, str]


class _Route(NamedTuple):
    """The drives of one technician's or shared tool's day."""

    whose: str
    means: Means
    technician_id: str | None
    day: date
    legs: tuple[tuple[Leg, str | None], ...]
    """Each drive and the job it leads to; none where it leads to no job."""
    asleep: Leg | None = None
    """The ride through the night after the day."""


def signed(plan: Plan) -> Iterator[Finding]:
    """Yield that the plan's travel data is not what its hash says.

    Parameters
    ----------
    plan : the plan with its travel snapshot
    """
    if plan.travel.sha256 != travel_sha256(plan.travel.source, plan.travel.legs):
        yield _wrong("The hash of the plan's travel data is wrong.", measured=1, limit=0, unit="mismatch")


def drives(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield every drive that contradicts the plan's travel data, and all travel data that cannot be true.

    Parameters
    ----------
    scenario : the question
    plan : the plan with its travel snapshot
    """
    known: dict[_Key, TravelLeg] = {}
    places = place_book(scenario)
    by_lines = LineLegs(scenario, places)
    rows = {means: _rows(matrix) for means, matrix in scenario.travel.matrices.items()}
    on_roads = ROADS in plan.travel.source.split(SOURCES_JOIN)
    for leg in plan.travel.legs:
        key = (leg.means, leg.from_place, leg.to_place)
        if key in known:
            yield _wrong(f"{_named(leg)} stands twice in the travel data.", measured=2, limit=1, unit="times")
        known[key] = leg
        if not _well_formed(leg):
            speeds = len(leg.hour_percent)
            usable = sum(percent > 0 for percent in leg.hour_percent) if speeds == 24 else speeds
            yield _wrong(
                f"{_named(leg)} has {usable} usable speeds by hour; 24 or none are needed.",
                measured=usable,
                limit=24,
                unit="speeds",
            )
        if leg.means in rows:
            yield from _as_given(scenario.travel.matrices[leg.means], rows[leg.means], leg)
        elif not leg.rides:
            yield from _plausible(scenario, places, leg, on_roads=on_roads)
        yield from by_lines.check(leg)
        yield from slow_as_said(scenario, places, leg)
    zone = ZoneInfo(scenario.time_zone)
    for route in _routes(plan):
        for drive, job_id in route.legs:
            yield from _driven_as_known(known, zone, route, drive, job_id)


def _routes(plan: Plan) -> Iterator[_Route]:
    for shift in plan.shifts:
        asleep = shift.last_leg if shift.night == "transit" else None
        yield _Route(str(shift.key), shift.means, shift.technician_id, shift.day, _legs(shift), asleep)
    for tool in plan.tools:
        whose = f"{tool.tool} {tool.piece} of {tool.branch_id} on {tool.day.isoformat()}"
        yield _Route(whose, tool.means, None, tool.day, _legs(tool))


def _legs(route: ShiftPlan | ToolPlan) -> tuple[tuple[Leg, str | None], ...]:
    if isinstance(route, ToolPlan):
        return (*((stop.leg, stop.job_id) for stop in route.stops), (route.last_leg, None))
    return (*((halt.leg, job_of(halt)) for halt in route.halts), (route.last_leg, None))


def travel_seconds(leg: TravelLeg, departure: datetime, zone: ZoneInfo) -> int:
    """Return how long a drive takes that leaves at a moment, congestion included.

    In local hour ``h`` the drive makes ``hour_percent[h]`` units of progress a second and needs
    ``100 * base_s``; it is over at the first whole second by which it has them. In slow hours it makes that many units
    ÷ the percent of its usual time, rounded down, by the slowest area that holds.

    Parameters
    ----------
    leg : travel data; 24 speeds above 0 in percent, or none
    departure : when it leaves
    zone : time zone of the local hours

    Returns
    -------
    whole seconds, at least 0
    """
    if not leg.hour_percent and not leg.slow_hours:
        return leg.base_s
    left = 100 * leg.base_s
    leaving = at = int(departure.timestamp() // 1)
    while left > 0:
        local = datetime.fromtimestamp(at, zone)
        usual = leg.hour_percent[local.hour] if leg.hour_percent else 100
        # Speeds by hour of a plan from elsewhere may be lower than any profile's: nobody stands still for ever.
        percent = max(1, usual * 100 // slowest_at(leg.slow_hours, at))
        rest_of_hour = 3600 - 60 * local.minute - local.second
        seconds = min(rest_of_hour, next_change_s(leg.slow_hours, at), -(-left // percent))
        left -= percent * seconds
        at += seconds
    return at - leaving


def _driven_as_known(
    known: dict[_Key, TravelLeg], zone: ZoneInfo, route: _Route, leg: Leg, job_id: str | None
) -> Iterator[Finding]:
    data = known.get((route.means, leg.from_place, leg.to_place))
    way = f"The drive of {route.whose} from {leg.from_place} to {leg.to_place}"
    if data is None:
        yield _wrong(
            f"{way} is not in the plan's travel data.", route, job_id, measured=0, limit=1, unit="legs"
        )
        return
    if leg.distance_m != data.distance_m:
        yield _wrong(
            f"{way} is {leg.distance_m} m long, by the travel data {data.distance_m} m.",
            route,
            job_id,
            measured=leg.distance_m,
            limit=data.distance_m,
            unit="m",
        )
    spent = seconds_between(leg.departure, leg.arrival)
    # Who rides through a night is on the way until the morning, however early the train is there.
    if spent < leg.travel_s or (spent > leg.travel_s and leg is not route.asleep):
        yield _wrong(
            f"{way} lasts {spent:g} s from leaving to reaching, but is said to take {leg.travel_s} s.",
            route,
            job_id,
            measured=spent,
            limit=leg.travel_s,
            unit="s",
        )
    if not _well_formed(data):
        return
    needed = travel_seconds(data, leg.departure, zone)
    if leg.travel_s != needed:
        yield _wrong(
            f"{way} takes {leg.travel_s} s, by the travel data {needed} s.",
            route,
            job_id,
            measured=leg.travel_s,
            limit=needed,
            unit="s",
        )


def _plausible(
    scenario: Scenario, places: dict[str, Place], leg: TravelLeg, *, on_roads: bool
) -> Iterator[Finding]:
    start, end = places.get(leg.from_place), places.get(leg.to_place)
    if start is None or end is None:
        return
    least = _SHORTEST * great_circle_m(start, end) - 1
    if leg.distance_m < least:
        yield _wrong(
            f"{_named(leg)} is {leg.distance_m} m long, the straight line about {least:.0f} m.",
            measured=leg.distance_m,
            limit=least,
            unit="m",
        )
    local = (
        leg.means == LONG_DISTANCE
    )  # no train, no ship: public transport all the way, and no road map knows it
    profile = scenario.travel.profiles.get(LOCAL_MEANS if local else leg.means)
    if profile is not None:
        yield from _as_fast_as_allowed(profile, leg, on_roads=on_roads and not local)
        yield from _by_hour_as_given(profile, leg)


def _rows(matrix: Matrix) -> dict[str, int]:
    return {place: row for row, place in enumerate(matrix.places)}


def _as_given(matrix: Matrix, rows: dict[str, int], leg: TravelLeg) -> Iterator[Finding]:
    row, column = rows.get(leg.from_place), rows.get(leg.to_place)
    if row is None or column is None:
        yield _wrong(f"{_named(leg)} is not in the given matrix.", measured=0, limit=1, unit="legs")
        return
    if leg.hour_percent:
        yield _wrong(
            f"{_named(leg)} has speeds by hour, the given matrix has none.",
            measured=24,
            limit=0,
            unit="speeds",
        )
    for what, found, given, unit in (
        ("takes", leg.base_s, matrix.seconds[row][column], "s"),
        ("is long", leg.distance_m, matrix.metres[row][column], "m"),
    ):
        if found != given:
            yield _wrong(
                f"{_named(leg)} {what} {found} {unit}, by the given matrix {given} {unit}.",
                measured=found,
                limit=given,
                unit=unit,
            )


def _as_fast_as_allowed(profile: SpeedProfile, leg: TravelLeg, *, on_roads: bool) -> Iterator[Finding]:
    if leg.distance_m == 0 or not profile.bands:
        return
    # A metre and a second of tolerance: both were rounded.
    fastest = max(band.kmh for band in profile.bands)
    least = (leg.distance_m - 1) * 3.6 / fastest + profile.access_min * 60 - 1
    said = "the profile's highest speed"
    # A motorway is faster than the profile, which only stands in where roads are not known. That a plan is on roads
    # is its own word: nobody is asked here, so this keeps out what cannot be driven and not what was made up.
    # `paigong check --roads URL` compares the drives with a road server.
    if on_roads:
        least = min(least, (leg.distance_m - 1) * 3.6 / FASTEST_KMH - 1)
        said = f"any road's {FASTEST_KMH} km/h"
    least = min(least, _LONGEST_S)
    if leg.base_s < least:
        yield _wrong(
            f"{_named(leg)} takes {leg.base_s} s, faster than {said}: {least:.0f} s.",
            measured=leg.base_s,
            limit=least,
            unit="s",
        )


def _by_hour_as_given(profile: SpeedProfile, leg: TravelLeg) -> Iterator[Finding]:
    always = (100,) * 24
    given = {band.hour_percent or always for band in profile.bands}
    if _well_formed(leg) and (leg.hour_percent or always) not in given:
        yield _wrong(
            f"{_named(leg)} has speeds by hour that no band of the profile has.",
            measured=1,
            limit=0,
            unit="mismatch",
        )


def _well_formed(leg: TravelLeg) -> bool:
    return not leg.hour_percent or (len(leg.hour_percent) == 24 and min(leg.hour_percent) > 0)


def _named(leg: TravelLeg) -> str:
    return f"The leg by {leg.means} from {leg.from_place} to {leg.to_place}"


def _wrong(
    sentence: str,
    route: _Route | None = None,
    job_id: str | None = None,
    *,
    measured: float,
    limit: float,
    unit: str,
) -> Finding:
    return breach(
        TRAVEL,
        sentence,
        measured=measured,
        limit=limit,
        unit=unit,
        advice=_AGAIN,
        job_id=job_id,
        technician_id=route.technician_id if route else None,
        day=route.day if route else None,
    )
