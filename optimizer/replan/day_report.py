"""Reports a day that is over: what was done and what not, by whom, and what it costs beside the plan."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from optimizer.domain.assessment import Bill, ClockState
from optimizer.domain.day_report import ClocksKept, DayReport, PromiseChange, RuleCents, TechnicianDay
from optimizer.domain.event import (
    Cancelled,
    Contacted,
    Event,
    NewJob,
    NoAccess,
    PartMissing,
    Postponed,
    SiteNotReady,
    SiteReady,
    SolvedRemotely,
    ToolMissing,
)
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.promise import Promise
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Ledger
from optimizer.domain.time import Timeline
from optimizer.policy_words import bill_now
from optimizer.replan.done import Done
from optimizer.replan.effects import with_effect
from optimizer.replan.ledgers import work_s
from optimizer.replan.reports import in_order
from optimizer.replan.rest_of_day import Days, first_in_vain, with_first_on_site
from optimizer.replan.revision import of_these_days
from optimizer.rules import RULES
from optimizer.rules.book import RuleBook
from optimizer.words.numbers import listed

_OF_JOBS = (
    NewJob,
    SolvedRemotely,
    Cancelled,
    Postponed,
    NoAccess,
    PartMissing,
    ToolMissing,
    SiteNotReady,
    SiteReady,
)
"""What happens to a job that is not done."""

_IN_VAIN = (NoAccess, PartMissing, ToolMissing, SiteNotReady)


class OneDay(NamedTuple):
    """A day that is over, and what is known of it."""

    scenario: Scenario
    """The question that was planned."""
    plan: Plan
    """The plan that was followed."""
    events: Sequence[Event]
    day: date
    closed_at: datetime
    days: Days
    """How each day went."""
    done: Mapping[str, Done]
    """Jobs that are done."""
    told: Mapping[str, Promise]
    """What each customer was told."""

    @property
    def lent(self) -> frozenset[str]:
        """People of other branches: what they did is reported by their own one, also of the jobs that they led."""
        people = self.scenario.technicians
        return frozenset(one.technician_id for one in people if one.lent_for is not None)

    @property
    def as_known(self) -> Scenario:
        """The question with its jobs as they turned out, without those that wait for days after the planned ones."""
        return of_these_days(self.as_it_turned_out)[0]

    @property
    def as_it_turned_out(self) -> Scenario:
        """The question with its jobs as they turned out."""
        found = self.scenario
        for event in in_order(self.events):
            if isinstance(event, NewJob) and any(job.job_id == event.job.job_id for job in found.jobs):
                continue  # it came back
            open_still = getattr(event, "job_id", None) not in self.done
            if isinstance(event, Contacted) or (isinstance(event, _OF_JOBS) and open_still):
                found = with_effect(found, event, leads=None)
        in_vain = first_in_vain(self.days)
        jobs = (job if job.job_id in self.done else with_first_on_site(job, in_vain) for job in found.jobs)
        return found.model_copy(update={"jobs": tuple(jobs)})


def report_of(
    one: OneDay, real: Plan, work: Mapping[ShiftKey, Ledger], following: Scenario, later: Sequence[Job]
) -> DayReport:
    """Return the report of a day.

    Parameters
    ----------
    one : the day
    real : its plan as it was
    work : what was done on each day that is over
    following : the question of the days after it
    later : jobs that wait for days behind those
    """
    asked = one.as_known
    planned_bill, real_bill = bill_now(one.scenario, one.plan), bill_now(asked, real)
    ended = list(_ended(asked, real, one.closed_at))
    to_do = [job.job_id for job in (*following.jobs, *later)]
    gone = [event.job_id for event in in_order(one.events) if isinstance(event, SolvedRemotely | Cancelled)]
    planned_later = {stop.job_id for shift in one.plan.shifts if shift.day > one.day for stop in shift.stops}
    in_vain = {event.job_id for event in one.events if isinstance(event, _IN_VAIN)} - one.done.keys()
    assumed = (visit for day in one.days.values() for visit in day.visits if visit.assumed)
    rostered = {shift.key.technician_id for shift in roster(following)}
    return DayReport(
        scenario=one.scenario.name,
        day=one.day,
        closed_at=one.closed_at,
        done=tuple(job_id for job_id, done in one.done.items() if done.technician_id not in one.lent),
        left_over=tuple(job_id for job_id in to_do if job_id not in planned_later),
        second_visits=tuple(job_id for job_id in to_do if job_id in in_vain),
        waiting=tuple(later),
        given_up=tuple(dict.fromkeys(gone)),
        assumed=tuple(dict.fromkeys(visit.stop.job_id for visit in assumed)),
        technicians=tuple(day for day in _technicians(one, real, work) if day.technician_id not in one.lent),
        clocks=tuple(_kept(ended)),
        missed=tuple(clock for clock, kept in ended if not kept),
        promises=tuple(_promises(one, asked, real)),
        planned_bill=planned_bill,
        real_bill=real_bill,
        rules=tuple(_rules(planned_bill, real_bill)),
        as_it_was=real,
        without_shift=tuple(
            who.technician_id for who in following.technicians if who.technician_id not in rostered
        ),
        notes=tuple(_notes(one)),
    )


def _technicians(one: OneDay, real: Plan, work: Mapping[ShiftKey, Ledger]) -> Iterator[TechnicianDay]:
    was = {shift.key: shift for shift in real.shifts}
    planned = {shift.key: shift for shift in one.plan.shifts}
    for key in dict.fromkeys((*planned, *was)):
        if key.day > one.day:
            continue
        made, intended, day = was.get(key), planned.get(key), one.days.get(key)
        visits = day.visits if day is not None else ()
        yield TechnicianDay(
            technician_id=key.technician_id,
            day=key.day,
            orders=sum(visit.state == "finished" for visit in visits),
            in_vain=sum(visit.state == "failed" for visit in visits),
            hours=work[key].hours if key in work else 0.0,
            planned_hours=0.0 if intended is None else work_s(intended) / 3600,
            distance_km=0.0 if made is None else _km(made),
            planned_km=0.0 if intended is None else _km(intended),
            back_at=None if made is None else made.work_ends,
        )


def _km(shift: ShiftPlan) -> float:
    return sum(leg.distance_m for leg in shift.legs) / 1000


def _ended(asked: Scenario, real: Plan, now: datetime) -> Iterator[tuple[ClockState, bool]]:
    """Yield the clocks that ended on the planned days up to now, with whether they were kept.

    What was told as missed at an earlier close is not told once more when somebody comes after all.
    """
    told = {job.job_id: job.late_told_at for job in asked.jobs if job.late_told_at is not None}
    book, timeline = RuleBook.of(asked.policy), Timeline(asked.horizon.first_day, asked.time_zone)
    for rule in book.active():
        for clock in rule.clocks(asked, book.params(rule), real):
            if (before := told.get(clock.job_id or "")) and clock.due.timestamp() <= before.timestamp():
                continue
            happened = clock.at is not None and clock.at.timestamp() <= now.timestamp()
            ended = clock.at if happened and clock.at is not None else clock.due
            if ended.timestamp() <= now.timestamp() and timeline.seconds(ended) >= 0:
                yield clock, happened and clock.state != "missed"


def _kept(ended: Sequence[tuple[ClockState, bool]]) -> Iterator[ClocksKept]:
    counts = Counter((clock.code, clock.label, kept) for clock, kept in ended)
    for code, label in dict.fromkeys((clock.code, clock.label) for clock, _ in ended):
        kept, missed = counts[code, label, True], counts[code, label, False]
        yield ClocksKept(code=code, label=label, kept=kept, missed=missed)


def _promises(one: OneDay, asked: Scenario, real: Plan) -> Iterator[PromiseChange]:
    """Yield what came otherwise than was told; what customers put off, and who did not open, broke no promise."""
    jobs = {job.job_id: job for job in asked.jobs}
    starts = {
        stop.job_id: (stop.start, shift.technician_id)
        for shift in real.shifts
        if shift.day <= one.day
        for stop in shift.stops
        if not stop.seat and not stop.part
    }
    agreed_anew = {event.job_id for event in one.events if isinstance(event, (*_IN_VAIN, Postponed))}
    for job_id, job in jobs.items():
        told = one.told.get(job_id)
        if told is None or job_id in agreed_anew:  # and came at another time of the same day
            continue
        start, came = starts.get(job_id, (None, None))
        if start is None and told.window.end.timestamp() > one.closed_at.timestamp():
            continue
        change = "not served"
        if start is not None:
            change = "late" if start.timestamp() > told.window.end.timestamp() else "other technician"
            change = "early" if start.timestamp() < told.window.start.timestamp() else change
            if change == "other technician" and came == told.technician_id:
                continue
        customer = job.customer
        yield PromiseChange.model_validate(
            {
                "job_id": job_id,
                "customer_id": None if customer is None else customer.customer_id,
                "window": told.window,
                "technician_id": told.technician_id,
                "start": start,
                "came": came,
                "change": change,
            }
        )


def _rules(planned: Bill, real: Bill) -> Iterator[RuleCents]:
    before: Counter[tuple[str, str]] = Counter()
    after: Counter[tuple[str, str]] = Counter()
    for bill, cents in ((planned, before), (real, after)):
        for line in bill.lines:
            cents[line.code, line.kind] += line.cents
    place = {rule.code: number for number, rule in enumerate(RULES)}
    lines = {(line.code, line.kind): line for line in (*planned.lines, *real.lines)}
    for key, line in sorted(lines.items(), key=lambda one: place[one[1].code]):
        yield RuleCents(code=line.code, kind=line.kind, planned_cents=before[key], real_cents=after[key])


def _notes(one: OneDay) -> Iterator[str]:
    """Yield what could not be known or priced."""
    yield "EMPTY_VISIT: whether a repair found nothing wrong is not reported; the expected share is on both bills."
    yield "BROKEN_APPOINTMENT: only jobs left over are priced; who came after the told window is listed, not fined."
    yield "Calls that were not reported are taken as the plan has them, rests are in no sum."
    if one.lent:
        who = listed(sorted(one.lent))
        yield f"Visits together with {who} of other branches: their prices and clocks stand in both reports."
    if one.plan.tools:
        yield "Where shared tools were is not reported."
    vain = [
        key.technician_id
        for key, day in one.days.items()
        if key.day <= one.day
        and any(visit.state == "failed" for visit in day.visits)
        and day.shift.means == "long_distance"
    ]
    if vain:
        yield f"TRAVEL: fares of ways to visits in vain are not known ({', '.join(vain)})."
    for key, day in one.days.items():
        if key.day <= one.day and day.shift.night and day.visits[-1].stop is not day.shift.stops[-1]:
            crew = key.technician_id
            yield f"{crew} did not get where the night was planned; taken to have slept where the last visit was."
    if any(shift.shift.so_far is not None and shift.key.day <= one.day for shift in roster(one.scenario)):
        yield "What was done before this plan was made is in the ledgers, not in this report."
