"""TRIP: who may stay out overnight does so on a schedule that was approved, and rests after the return.

A trip is a row of working days of one technician on days that follow each other, with the nights between them away. It
is planned beforehand like every other day; the nights it may have are approved with the technician (`nights_away`),
and nobody has more than the policy's. On all but the last day work ends at the regular end: there is no overtime away.
After a long trip the technician's next days are free. A technician may also be granted another means of transport than
the usual one for a whole day or trip (`other_means`). So that no day of a trip can break what is said of single days,
a trip has no more jobs than a day may have, and not so many that one of its days could earn a bonus.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.roster import RosterShift, ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.domain.trips import TripPlan, trips
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft, Layout
from optimizer.words.numbers import count, exact_time


class TripParams(Params):
    """Parameters of `TRIP`."""

    max_nights: Annotated[int, Field(ge=0, le=13)] = 4
    """Nights in a row at most, whoever travels."""
    rest_from_nights: Annotated[int, Field(ge=1, le=13)] = 3
    """Trips of so many nights or more are followed by free days."""
    rest_days: Annotated[int, Field(ge=0, le=7)] = 1
    """Calendar days after the return that are free then."""


class Trip(Rule[TripParams]):
    """Nobody stays out longer than was approved, and who was out long rests."""

    code = "TRIP"
    title = (
        "Nights away are approved beforehand, end at the next working day's start, and are followed by rest."
    )
    section = "when"
    hard = True
    source = (
        Source("000", "§4 (schedule of a trip, approval)"),
        Source("003", "§4(1)"),
        Source("004", "第15篇 (rest after the return)"),
        Source("assumption", "nights at most, days of rest, no overtime away"),
    )
    params = TripParams

    def lay_out(self, scenario: Scenario, params: TripParams, layout: Layout) -> None:
        """Offer every row of days that can be a trip, and every day by another means."""
        shifts = roster(scenario)
        for first, one in enumerate(shifts):
            usual = one.technician.means
            nights = min(one.technician.nights_away, params.max_nights)
            days = [one]
            for following in (*shifts[first + 1 : first + 1 + nights], None):
                for means in one.technician.all_means:
                    if len(days) > 1 or means != usual:
                        layout.stay([day.key for day in days], means, _free(shifts, days, params))
                if following is None or not _on_the_next_day(days[-1], following):
                    break
                days.append(following)

    def compile(self, scenario: Scenario, params: TripParams, draft: Draft) -> None:
        """Nothing more than was laid out."""

    def check(self, scenario: Scenario, params: TripParams, plan: Plan) -> Iterator[Finding]:
        """Yield trips that are too long, that nobody is back from, worked through the evening, or without rest."""
        technicians = {technician.technician_id: technician for technician in scenario.technicians}
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        known = {one.key: one for one in roster(scenario)}
        for trip in trips(plan):
            technician = technicians.get(trip.technician_id)
            if technician is None:
                continue
            allowed = min(technician.nights_away, params.max_nights)
            nights = sum(day.night is not None for day in trip.days)
            if nights > allowed:
                sentence = f"is away {count(nights, 'night')} in a row; approved: {allowed}."
                yield _finding(trip, nights, allowed, "nights", sentence)
            for day, following in pairwise(trip.days):
                if following.day != day.day + timedelta(days=1) or following.means != day.means:
                    sentence = (
                        f"does not go on from the night after {day.day} on the next day by the same means."
                    )
                    yield _finding(trip, 1, 0, "mismatch", sentence)
            if trip.days[-1].night is not None:
                sentence = f"is not back from the night after {trip.days[-1].day}."
                yield _finding(trip, 1, 0, "mismatch", sentence)
            for day in trip.days:
                if day.night is None or day.key not in known:
                    continue
                ends = [day.work_ends, *(halt.end for halt in day.halts)]
                over_s = max(timeline.seconds(end) for end in ends) - timeline.seconds(known[day.key].end)
                if over_s > 0:
                    sentence = f"works {exact_time(over_s)} beyond the regular end on {day.day}, before a night away."
                    yield _finding(trip, over_s / 60, 0, "min", sentence)
        yield from _rested(params, plan)

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        match finding.unit:
            case "nights":
                return (
                    f"Shorten the trip, or have more nights approved: nights_away of {finding.technician_id}."
                )
            case "min":
                return "Move the day's last job to the next day of the trip, or to somebody else."
            case "jobs":
                return f"Give the jobs of the day after the return to somebody else than {finding.technician_id}."
            case _:
                return "Plan the scenario again; the days of this trip do not follow each other."


RULE = Trip()


def _on_the_next_day(one: RosterShift, following: RosterShift) -> bool:
    same = one.key.technician_id == following.key.technician_id
    return same and following.key.day == one.key.day + timedelta(days=1)


def _free(shifts: Sequence[RosterShift], days: Sequence[RosterShift], params: TripParams) -> list[ShiftKey]:
    """Return the shifts on which the technician rests after a trip on these days."""
    if len(days) - 1 < params.rest_from_nights:
        return []
    back = days[-1].key
    return [
        one.key
        for one in shifts
        if one.key.technician_id == back.technician_id
        and timedelta() < one.key.day - back.day <= timedelta(days=params.rest_days)
    ]


def days_of_rest(params: TripParams, plan: Plan) -> dict[ShiftKey, TripPlan]:
    """Return the days on which somebody rests after a long trip, each with the trip.

    Parameters
    ----------
    params : how long a trip must be, and how long the rest is
    plan : the plan
    """
    return {
        ShiftKey(trip.technician_id, trip.days[-1].day + timedelta(days=number)): trip
        for trip in trips(plan)
        if trip.nights >= params.rest_from_nights
        for number in range(1, params.rest_days + 1)
    }


def _rested(params: TripParams, plan: Plan) -> Iterator[Finding]:
    """Yield the days worked on which somebody ought to rest after a long trip."""
    worked = {day.key: day for day in plan.shifts}
    for key, trip in days_of_rest(params, plan).items():
        if key in worked:
            sentence = (
                f"has work on {key.day} after {count(trip.nights, 'night')} away; "
                f"a rest of {count(params.rest_days, 'day')} follows the return."
            )
            yield _finding(trip, max(1, len(worked[key].stops)), 0, "jobs", sentence)


def _finding(trip: TripPlan, measured: float, limit: float, unit: str, sentence: str) -> Finding:
    return Finding(
        code="TRIP",
        technician_id=trip.technician_id,
        day=trip.days[0].day,
        measured=measured,
        limit=limit,
        over=measured - limit,
        unit=unit,
        sentence=f"{trip.technician_id} {sentence}",
    )
