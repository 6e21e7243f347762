"""PINNED: only the dispatcher moves an order; what is pinned stays.

A pin names the technician, the day, or the exact moment at which service starts. A pinned job that cannot be
kept there is left out; it never goes elsewhere. Of a crew, the pinned technician leads, and mates can be pinned to the
other places; of a job that takes several days the first one is pinned. Who is lent by a branch that is planned apart
does the jobs named for that, and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Pin, asked_jobs
from optimizer.domain.requirements import seats
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.errors import Issue
from optimizer.rules.appointment import RULE as APPOINTMENT
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.day_spans import day_spans
from optimizer.rules.draft import Draft
from optimizer.rules.hours import Hours, rostered_hours
from optimizer.rules.promise import RULE as PROMISE
from optimizer.rules.promise import standing_promises
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT
from optimizer.rules.visits import Visit, leads, visits
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import count, exact_time


class PinnedParams(Params):
    """Parameters of PINNED."""


class Pinned(Rule[PinnedParams]):
    """Pinned work stays with its person, day and time."""

    code = "PINNED"
    title = "A job the dispatcher has pinned stays with that technician, on that day, at that time."
    section = "who"
    hard = True
    source = (Source("004", "第8篇 ch. 2 art. 14, ch. 3 art. 4"),)
    params = PinnedParams

    def validate(self, scenario: Scenario, params: PinnedParams) -> Iterator[Issue]:
        """Yield pinned places that a crew has not, and starts outside windows, promise, or the technician's shifts.

        Where the customer is asked for another time, neither windows nor promise bind a pin.
        """
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        jobs = {job.job_id: job for job in scenario.jobs}
        windows_count = params_of(APPOINTMENT, scenario.policy).active
        shifts = _shifts(scenario) if scenario.pins else {}
        promised, asked = _promised(scenario, timeline), asked_jobs(scenario.promises)
        for i, pin in enumerate(scenario.pins):
            yield from _place_issues(f"pins[{i}].mates", pin, seats(jobs[pin.job_id], scenario.policy))
            if pin.start is None:
                continue
            start_s = timeline.seconds(pin.start)
            windows = jobs[pin.job_id].windows if windows_count and pin.job_id not in asked else ()
            if windows and not any(
                timeline.seconds(one.start) <= start_s <= timeline.seconds(one.end) for one in windows
            ):
                cause = (
                    f"{exact_moment(timeline.moment(start_s))} lies in no appointment window of {pin.job_id}."
                )
                action = "Correct the start, or agree on a window around it."
                yield Issue("pin-outside-window", f"pins[{i}].start", cause, action)
            opens_s, closes_s = promised.get(pin.job_id, (start_s, start_s))
            if not opens_s <= start_s <= closes_s:
                cause = (
                    f"{exact_moment(timeline.moment(start_s))} is pinned, but {pin.job_id} was promised for "
                    f"{exact_moment(timeline.moment(opens_s))} to {exact_moment(timeline.moment(closes_s))}."
                )
                action = (
                    "Correct the start, or agree on another time with the customer and change the promise."
                )
                yield Issue("pin-outside-promise", f"pins[{i}].start", cause, action)
            if pin.technician_id is not None and not any(
                pin.day in (None, key.day) and hours.start_s <= start_s <= hours.latest_end_s
                for key, hours in shifts.get(pin.technician_id, ())
            ):
                cause = f"{exact_moment(timeline.moment(start_s))} lies in no shift of {pin.technician_id}."
                action = "Correct the start, pin somebody else, or change the shift or its overtime limit."
                yield Issue("pin-outside-shift", f"pins[{i}].start", cause, action)

    def compile(self, scenario: Scenario, params: PinnedParams, draft: Draft) -> None:
        """Fix pinned jobs to the shifts of their technician and day, and narrow them to their moment."""
        away = any(technician.nights_away for technician in scenario.technicians)
        of_days = any(pin.day is not None and pin.start is None for pin in scenario.pins)
        spans = day_spans(scenario, draft.shifts) if away and of_days else {}
        for pin in scenario.pins:
            if pin.technician_id is not None or pin.day is not None:
                draft.fix(
                    pin.job_id,
                    [
                        shift.key
                        for shift in draft.shifts
                        if pin.technician_id in (None, shift.key.technician_id)
                        and pin.day in (None, shift.key.day)
                    ],
                )
            if pin.start is not None:
                draft.narrow(pin.job_id, [(pin.start, pin.start)])
            elif pin.day is not None and pin.day in spans:  # a trip with that day has others too
                draft.narrow(pin.job_id, [spans[pin.day]])
            for who, place in pin.mates.items():
                others = [shift.key for shift in draft.shifts if shift.key.technician_id != who]
                draft.forbid([pin.job_id], others, seat=place)
        for lent in scenario.technicians:
            if lent.lent_for is not None:
                mine = [shift.key for shift in draft.shifts if shift.key.technician_id == lent.technician_id]
                draft.forbid([job.job_id for job in scenario.jobs if job.job_id not in lent.lent_for], mine)

    def check(self, scenario: Scenario, params: PinnedParams, plan: Plan) -> Iterator[Finding]:
        """Yield a finding for each pinned person, day (in days) and start (in minutes) that was moved."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        made: defaultdict[str, list[Visit]] = defaultdict(list)
        for visit in leads(scenario, plan):
            made[visit.job.job_id].append(visit)
        for pin in scenario.pins:
            stops = made[pin.job_id]
            if stops and pin.technician_id not in (None, *(one.technician.technician_id for one in stops)):
                who = ", ".join(one.technician.technician_id for one in stops)
                goes = "is led by" if seats(stops[0].job, scenario.policy) > 1 else "goes to"
                yield self._moved(
                    pin.job_id,
                    stops[0],
                    1,
                    "technician",
                    f"is pinned to {pin.technician_id} but {goes} {who}.",
                )
            for one in stops:
                if pin.day is not None and one.shift.day != pin.day:
                    days = abs((one.shift.day - pin.day).days)
                    yield self._moved(
                        pin.job_id,
                        one,
                        days,
                        "days",
                        f"is pinned to {pin.day} but planned on {one.shift.day}.",
                    )
                if pin.start is not None and _second(one.stop.start) != _second(pin.start):
                    off_s = abs(_second(one.stop.start) - _second(pin.start))
                    pinned_at = exact_moment(timeline.moment(timeline.seconds(pin.start)))
                    yield self._moved(
                        pin.job_id,
                        one,
                        off_s / 60,
                        "min",
                        f"is pinned to start at {pinned_at} but starts {exact_time(off_s)} off.",
                    )
        yield from self._mates(scenario, plan)
        for one in visits(scenario, plan):
            lent, who = one.technician.lent_for, one.technician.technician_id
            if lent is not None and one.job.job_id not in lent:
                yield self._moved(
                    one.job.job_id, one, 1, "job", f"goes to {who}, who is lent for other jobs."
                )

    def _mates(self, scenario: Scenario, plan: Plan) -> Iterator[Finding]:
        """Yield the places in crews that others take than those who are pinned there."""
        pinned = {pin.job_id: {place: who for who, place in pin.mates.items()} for pin in scenario.pins}
        for one in visits(scenario, plan) if any(pinned.values()) else ():
            job_id, comes = one.job.job_id, one.technician.technician_id
            who = pinned.get(job_id, {}).get(one.stop.seat, comes)
            if comes != who:
                sentence = f"is pinned to {who} in place {one.stop.seat} of its crew but {comes} comes."
                yield self._moved(job_id, one, 1, "technician", sentence)

    def _moved(self, job_id: str, visit: Visit, over: float, unit: str, sentence: str) -> Finding:
        return Finding(
            code=self.code,
            job_id=job_id,
            technician_id=visit.technician.technician_id,
            day=visit.shift.day,
            measured=over,
            limit=0,
            over=over,
            unit=unit,
            sentence=f"{job_id} {sentence}",
        )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return f"Put {finding.job_id} back where it is pinned, or ask the dispatcher to lift the pin."


def _place_issues(path: str, pin: Pin, taken: int) -> Iterator[Issue]:
    people, holders = count(taken, "person", plural="people"), dict[int, str]()
    for who, place in pin.mates.items():
        if place >= taken:
            cause = f"{pin.job_id} takes {people}; there is no place {place} beside the one who leads."
            yield Issue("pin-no-place", f"{path}.{who}", cause, "Correct the place or drop it.")
        elif place in holders or who == pin.technician_id:
            taker = f"{holders[place]} is pinned there too" if place in holders else f"{who} leads"
            cause = f"{who} is pinned to place {place} of {pin.job_id}, but {taker}."
            yield Issue("pin-place-taken", f"{path}.{who}", cause, "Give everybody one place.")
        holders.setdefault(place, who)


def _promised(scenario: Scenario, timeline: Timeline) -> dict[str, tuple[int, int]]:
    """Return the first and last start that each customer was told, in seconds, by job id."""
    if not params_of(PROMISE, scenario.policy).active:
        return {}
    standing = standing_promises(scenario, timeline)
    # a promise that contradicts itself is reported by its own rule
    return {one.job_id: (opens_s, closes_s) for one, opens_s, closes_s in standing if opens_s <= closes_s}


def _shifts(scenario: Scenario) -> dict[str, list[tuple[ShiftKey, Hours]]]:
    # As rostered: what was pinned this morning is still a pin in the afternoon, or where somebody comes late.
    limit_min = params_of(SHIFT, scenario.policy).overtime_limit_min
    found: defaultdict[str, list[tuple[ShiftKey, Hours]]] = defaultdict(list)
    for key, hours in rostered_hours(scenario, limit_min).items():
        found[key.technician_id].append((key, hours))
    return found


def _second(at: datetime) -> int:
    return int(at.timestamp() // 1)  # plans are made in whole seconds; a pin's fraction is cut off


RULE = Pinned()
