"""CHANGE: moving what a customer or technician was already told costs, the more the nearer it is.

The promise that counts is the last one the customer was told, else the last internal one. Owed are another technician
than announced, another day, and a start later than the promised one beyond a tolerance, in two steps, so that no start
becomes cheaper by waiting. The promised day lasts until midnight, and as long as a shift over midnight in which the
promised start lies. An earlier start on that day costs nothing: while a promise binds, none is possible. Nor does an
earlier day for who may be away overnight: a trip has one price for all its days. Where the customer is asked for
another time, the asking is owed whatever the plan.

A job left out owes the technician, the day and the lateness of the horizon's end, so that dropping is never cheaper
than moving; where the promised window reaches beyond the planned days, a later plan may still keep it, and only what
the time has taken already is owed. A promise whose window has passed is broken, not moved (`BROKEN_APPOINTMENT`). Of a
crew the one who leads counts, of a job over several days the first one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, NamedTuple, Self

from pydantic import Field, model_validator

from optimizer.domain.assessment import BillLine
from optimizer.domain.base import Cents, Minutes
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Promise, counting_promises
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Source
from optimizer.rules.draft import Draft, LateStep
from optimizer.rules.hours import Hours, rostered_hours
from optimizer.rules.lateness import Deadline, DeadlineRule, horizon_end_s, lateness_cents, service_line
from optimizer.rules.promise import passed
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT
from optimizer.rules.visits import Visit, leads
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import exact_time, listed, money

Percent = Annotated[int, Field(ge=0, le=1_000)]
HoursAhead = Annotated[float, Field(ge=0, le=14 * 24)]


class ChangeParams(Params):
    """Parameters of `CHANGE`."""

    technician_cents: Cents = 1_000
    """Price of another technician than was announced."""
    day_cents: Cents = 2_000
    """Price of another day than was promised."""
    tolerance_min: Minutes = 30
    """Minutes by which service may start later than promised at no price."""
    moved_cents: Cents = 800
    """Price of a start later than that."""
    far_min: Minutes = 120
    """Minutes after the promised start from which on a start is far off; more than the tolerance."""
    far_cents: Cents = 800
    """Price of a start later than that, on top."""
    ask_cents: Cents = 3_000
    """Price of asking a customer for another time, whatever the plan."""
    near_h: HoursAhead = 4.0
    """Hours from now to the promised start within which a change is short notice."""
    near_percent: Percent = 200
    """Percentage of the prices at short notice."""
    far_h: HoursAhead = 24.0
    """Hours from now to the promised start beyond which there is time enough; not below `near_h`."""
    far_percent: Percent = 50
    """Percentage of the prices when there is time enough."""
    internal_percent: Percent = 40
    """Percentage of the prices, on top, for what the customer was not told."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.far_min <= self.tolerance_min:
            raise ValueError("far_min is not above tolerance_min")
        if self.far_h < self.near_h:
            raise ValueError("far_h is below near_h")
        return self


class _Announced(NamedTuple):
    """A promise that is not over, as it is priced; seconds from the horizon's start."""

    job: Job
    promise: Promise
    start_s: int
    """The promised start, not before the window."""
    day: date
    """Its day by the calendar."""
    around: frozenset[ShiftKey]
    """The shifts over midnight in which it lies, with their overtime."""
    day_ends_s: int
    """Until when the promised day lasts."""
    percent: int
    """Of the prices, in hundredths of a percent."""

    def cents(self, price: int) -> int:
        """Return what a price is at this percentage, rounded half up."""
        return (price * self.percent + 5_000) // 10_000

    def is_before(self, key: ShiftKey) -> bool:
        """Tell whether a shift belongs to a day before the promised one."""
        return key.day < self.day and key not in self.around

    def moved(self, params: ChangeParams, timeline: Timeline) -> tuple[LateStep, LateStep]:
        """Return what a later start costs on any day."""
        moved = timeline.moment(self.start_s + 60 * params.tolerance_min)
        far = timeline.moment(self.start_s + 60 * params.far_min)
        return LateStep(moved, self.cents(params.moved_cents)), LateStep(far, self.cents(params.far_cents))

    def steps(self, params: ChangeParams, timeline: Timeline) -> tuple[LateStep, ...]:
        """Return what a later start costs, another day included, in order of time."""
        day = LateStep(timeline.moment(self.day_ends_s), self.cents(params.day_cents))
        steps = [step for step in (*self.moved(params, timeline), day) if step.cents]
        return tuple(sorted(steps, key=lambda step: timeline.seconds(step.after)))


class Change(DeadlineRule[ChangeParams]):
    """Moving what was told."""

    code = "CHANGE"
    title = "Another person, day or later time than was announced costs, the more the nearer it is."
    section = "price"
    hard = False
    source = (
        Source("004", "第8篇 ch. 1 art. 3, ch. 2 art. 12"),
        Source("assumption", "prices, tolerance, what is near; less for what the customer was not told"),
    )
    params = ChangeParams

    def deadlines(self, scenario: Scenario, params: ChangeParams) -> Iterator[Deadline]:
        """Yield the promised jobs with what a later start costs, on the same day and on another one."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        for one in _announced(scenario, params, timeline):
            if steps := one.steps(params, timeline):
                yield Deadline(one.job, steps)

    def compile(self, scenario: Scenario, params: ChangeParams, draft: Draft) -> None:
        """Price other technicians, other days, later starts and leaving promised jobs out; charge the asking."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        announced = list(_announced(scenario, params, timeline))
        self._price_pairs(draft, announced, params)
        for one in announced:
            if steps := one.steps(params, timeline):
                draft.price_lateness(one.job.job_id, "start", steps)
            if cents := _lost_cents(one, params, scenario, timeline):
                draft.price_unserved(one.job.job_id, weight=0, cents=cents)
            if one.promise.asked:
                draft.charge(one.cents(params.ask_cents))

    @staticmethod
    def _price_pairs(draft: Draft, announced: Sequence[_Announced], params: ChangeParams) -> None:
        """Price who serves promised jobs, and earlier days; jobs alike are said in one call."""
        people: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        days: defaultdict[tuple[frozenset[ShiftKey], int], list[str]] = defaultdict(list)
        home = [shift.key for shift in draft.shifts if not shift.technician.nights_away]
        for one in announced:
            people[one.promise.technician_id, one.cents(params.technician_cents)].append(one.job.job_id)
            earlier = frozenset(key for key in home if one.is_before(key))
            days[earlier, one.cents(params.day_cents)].append(one.job.job_id)
        for (technician_id, cents), jobs in people.items():
            others = [shift.key for shift in draft.shifts if shift.key.technician_id != technician_id]
            if cents and others:
                draft.price_assignment(jobs, others, cents=cents)
        for (keys, cents), jobs in days.items():
            if cents and keys:
                draft.price_assignment(jobs, keys, cents=cents)

    def bill(self, scenario: Scenario, params: ChangeParams, plan: Plan) -> Iterator[BillLine]:
        """Yield for each promise what asking the customer costs, and what is changed."""
        if not scenario.promises:
            return
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        seen = {visit.job.job_id: visit for visit in leads(scenario, plan)}
        for one in _announced(scenario, params, timeline):
            visit = seen.get(one.job.job_id)
            if one.promise.asked and (cents := one.cents(params.ask_cents)):
                asked = "; the customer is asked for another time, whatever the plan"
                yield self._line(one, None, cents, asked, timeline)
            if visit is None:
                late_cents = lateness_cents(
                    one.steps(params, timeline), horizon_end_s(scenario, timeline), timeline
                )
                if owed := late_cents + _lost_cents(one, params, scenario, timeline):
                    yield self._line(one, None, owed, " and is left out", timeline)
            elif changes := _changes(one, params, visit, timeline):
                starts = exact_moment(timeline.moment(timeline.seconds(visit.stop.start)))
                planned = f"; {visit.technician.technician_id} starts {starts} ({listed(list(changes))})"
                yield self._line(one, visit, sum(changes.values()), planned, timeline)

    def _line(
        self, one: _Announced, visit: Visit | None, cents: int, what: str, timeline: Timeline
    ) -> BillLine:
        sentence = f"{_said(one, timeline)}{what}: {money(cents)}."
        return service_line(self.code, one.job, visit, quantity=1, unit="job", cents=cents, sentence=sentence)


RULE = Change()


def _announced(scenario: Scenario, params: ChangeParams, timeline: Timeline) -> Iterator[_Announced]:
    """Yield the promise that counts of each job, where its window has not passed."""
    promises = counting_promises(scenario.promises)
    nights = _nights(scenario, timeline) if promises else {}
    for job in scenario.jobs:
        promise = promises.get(job.job_id)
        if promise is None or passed(promise, scenario, timeline):
            continue
        start_s = max(timeline.seconds(promise.start), timeline.seconds(promise.window.start))
        day = timeline.moment(start_s).date()
        around = {key: one for key, one in nights.items() if one.start_s <= start_s <= one.latest_end_s}
        ends_s = max((timeline.end_of(day) - 1, *(one.latest_end_s for one in around.values())))
        percent = _percent(start_s, promise, scenario, params, timeline)
        yield _Announced(job, promise, start_s, day, frozenset(around), ends_s, percent)


def _nights(scenario: Scenario, timeline: Timeline) -> dict[ShiftKey, Hours]:
    """Return the shifts that reach over midnight, with their overtime."""
    hours = rostered_hours(scenario, params_of(SHIFT, scenario.policy).overtime_limit_min)
    return {key: one for key, one in hours.items() if one.latest_end_s >= timeline.end_of(key.day)}


def _percent(
    start_s: int, promise: Promise, scenario: Scenario, params: ChangeParams, timeline: Timeline
) -> int:
    """Return how much of the prices is due, in hundredths of a percent."""
    ahead_s = start_s - (timeline.seconds(scenario.now) if scenario.now is not None else 0)
    percent = 100
    if ahead_s <= 3600 * params.near_h:
        percent = params.near_percent
    elif ahead_s > 3600 * params.far_h:
        percent = params.far_percent
    return percent * (100 if promise.told else params.internal_percent)


def _lost_cents(one: _Announced, params: ChangeParams, scenario: Scenario, timeline: Timeline) -> int:
    """Return what leaving a job out costs besides the lateness of the horizon's end."""
    end_s = horizon_end_s(scenario, timeline)
    if timeline.seconds(one.promise.window.end) >= end_s:
        return 0
    late = one.day_ends_s < end_s  # then the day is among what is late
    return one.cents(params.technician_cents) + (0 if late else one.cents(params.day_cents))


def _changes(one: _Announced, params: ChangeParams, visit: Visit, timeline: Timeline) -> dict[str, int]:
    """Return what is changed at a price, in words, with its price; empty: as announced."""
    who, at_s = visit.technician, timeline.seconds(visit.stop.start)
    found: dict[str, int] = {}
    if who.technician_id != one.promise.technician_id:
        found["another technician"] = one.cents(params.technician_cents)
    if at_s > one.day_ends_s or (one.is_before(visit.shift.key) and not who.nights_away):
        found["another day"] = one.cents(params.day_cents)
    if at_s > one.start_s:
        late_cents = lateness_cents(one.moved(params, timeline), at_s, timeline)
        found[f"{exact_time(at_s - one.start_s)} later"] = late_cents
    return {what: cents for what, cents in found.items() if cents}


def _said(one: _Announced, timeline: Timeline) -> str:
    """Return what was announced, as a sentence begins."""
    said = "promised" if one.promise.told else "planned, but not told,"
    moment = exact_moment(timeline.moment(one.start_s))
    return f"{one.job.job_id} was {said} for {moment} with {one.promise.technician_id}"
