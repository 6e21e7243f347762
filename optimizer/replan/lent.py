"""Visits of people of two branches while one of the branches is planned again: fixed, or none any more.

The branch of who leads answers for the job; the others lend their people. Neither knows the rest of the other's day,
so the visit stays as it is on both boards. Where somebody cannot come, only the branch that leads can mend it: with its
own people beside those who are still lent, or, where none of these comes any more, at any time. On the board of a
branch that lends, such a visit is none any more: its people are free again.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from optimizer.domain.lent import with_those_present
from optimizer.domain.plan import Plan, Stop
from optimizer.domain.plan_crews import crews_of
from optimizer.domain.promise import Pin
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.errors import InvalidInput, Issue
from optimizer.replan.effects import without_job
from optimizer.replan.reports import Reports
from optimizer.rules.hours import rostered_hours
from optimizer.rules.on_duty import shifts_on_duty
from optimizer.rules.pinned import RULE as PINNED
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT
from optimizer.words.numbers import listed


class _Visit(NamedTuple):
    """A visit to come of people of two branches."""

    day: date
    stop: Stop
    """Of who leads."""
    crew: tuple[str, ...]
    """Who was to come, who leads first."""
    coming: frozenset[str]
    """Who still can."""
    late: bool
    """Whether it should have begun."""


def with_visits_fixed(left: Scenario, plan: Plan, told: Reports) -> Scenario:
    """Return the question in which visits with people of another branch are fixed, or none any more.

    Parameters
    ----------
    left : what is left of a branch's part
    plan : the plan that is followed
    told : what was reported

    Raises
    ------
    InvalidInput
        The policy has switched off the rule that keeps them where they are.
    """
    lent = _lent(left)
    if not lent:
        return left
    if not params_of(PINNED, left.policy).active:
        who = f"{listed(sorted(lent))} {'comes' if len(lent) == 1 else 'come'} from another branch"
        cause = f"{who}, and PINNED, which fixes such visits, is switched off."
        action = "Switch PINNED on, or plan the branches together."
        raise InvalidInput((Issue("lent-not-fixed", "policy.rules.PINNED.active", cause, action),))
    jobs, stays = {job.job_id: job for job in left.jobs}, set[str]()
    pins = {pin.job_id: pin for pin in left.pins}
    visits = _visits(left, plan, lent)
    for job_id, crew in crews_of(plan).items():
        if lent.isdisjoint(crew) or job_id not in jobs:
            continue
        if jobs[job_id].under_way is not None:
            stays.add(job_id)
            continue
        if job_id in pins and pins[job_id].mates:
            del pins[job_id]
        visit = visits.get(job_id)
        fact = told.of(job_id, visit.stop.part if visit else 0)
        given_up = fact.failed is not None or fact.given_up is not None
        if visit is not None and not given_up and _can_be_kept(visit, lent):
            stays.add(job_id)
            pins[job_id] = _pin(job_id, visit)
        elif crew[0] in lent:
            left = without_job(left, job_id)
            pins.pop(job_id, None)
    people = (
        one if one.lent_for is None else one.model_copy(update={"lent_for": _only(one.lent_for, stays)})
        for one in left.technicians
    )
    staying = tuple(one for one in people if one.lent_for != ())
    return with_those_present(left.model_copy(update={"technicians": staying, "pins": tuple(pins.values())}))


def without_lent(scenario: Scenario, plan: Plan) -> Scenario:
    """Return what a branch alone has to do: without people of others, and without the jobs that these lead.

    Parameters
    ----------
    scenario : what is left of a branch's part
    plan : the plan that was followed
    """
    lent = _lent(scenario)
    if not lent:
        return scenario
    for job_id, crew in crews_of(plan).items():
        if crew[0] in lent:
            scenario = without_job(scenario, job_id)
    own = tuple(one for one in scenario.technicians if one.lent_for is None)
    pins = tuple(pin for pin in scenario.pins if lent.isdisjoint((pin.technician_id, *pin.mates)))
    return with_those_present(scenario.model_copy(update={"technicians": own, "pins": pins}))


def _lent(scenario: Scenario) -> frozenset[str]:
    return frozenset(one.technician_id for one in scenario.technicians if one.lent_for is not None)


def _only(jobs: tuple[str, ...], stays: set[str]) -> tuple[str, ...]:
    return tuple(job_id for job_id in jobs if job_id in stays)


def _visits(left: Scenario, plan: Plan, lent: frozenset[str]) -> dict[str, _Visit]:
    """Return the next visit of each job to which somebody is lent, with who of its crew can come."""
    crews, hours = crews_of(plan), _Hours(left)
    found: dict[str, _Visit] = {}
    for shift in plan.shifts:
        for stop in shift.stops:
            crew, now = crews[stop.job_id], left.now or stop.start
            if stop.seat or lent.isdisjoint(crew) or shift.day < now.astimezone(stop.start.tzinfo).date():
                continue
            known = found.get(stop.job_id)
            if known is not None and known.stop.start <= stop.start:
                continue
            begins = max(stop.start, now, key=datetime.timestamp)
            coming = frozenset(
                who for who in crew if hours.hold(ShiftKey(who, shift.day), begins, stop.end - stop.start)
            )
            found[stop.job_id] = _Visit(shift.day, stop, crew, coming, late=begins > stop.start)
    return found


class _Hours:
    """When people work, overtime included."""

    def __init__(self, scenario: Scenario) -> None:
        self._timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        self._hours = rostered_hours(scenario, params_of(SHIFT, scenario.policy).overtime_limit_min)
        on_duty = frozenset(shifts_on_duty(scenario))
        self._away = {one.key: one.shift.absences for one in roster(scenario) if one.key in on_duty}

    def hold(self, key: ShiftKey, begins: datetime, lasts: timedelta) -> bool:
        """Tell whether somebody works from a moment on for so long."""
        if key not in self._away:
            return False
        ends, hours, seconds = begins + lasts, self._hours[key], self._timeline.seconds
        if seconds(begins) < hours.start_s or seconds(ends) > hours.latest_end_s:
            return False
        zone = self._timeline.zone
        return all(
            ends <= datetime.combine(key.day, away.start, tzinfo=zone)
            or begins >= datetime.combine(key.day, away.end, tzinfo=zone)
            for away in self._away[key]
        )


def _can_be_kept(visit: _Visit, lent: frozenset[str]) -> bool:
    """Tell whether a visit stays: with everybody, or with who is lent to the branch that leads it and can come."""
    if len(visit.coming) == len(visit.crew):
        return True
    return visit.crew[0] not in lent and not visit.late and not lent.isdisjoint(visit.coming)


def _pin(job_id: str, visit: _Visit) -> Pin:
    lead = visit.crew[0]
    return Pin(
        job_id=job_id,
        technician_id=lead if lead in visit.coming else None,
        day=visit.day,
        start=visit.stop.start,
        mates={who: seat for seat, who in enumerate(visit.crew) if seat and who in visit.coming},
    )
