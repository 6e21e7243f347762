"""What a simulated day amounts to."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from statistics import pstdev
from typing import Final

from optimizer.domain.day_report import DayReport
from optimizer.domain.event import CallOff, Cancelled, NoAccess, PartMissing, SiteNotReady
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.policy import Policy
from optimizer.domain.roster import RosterShift, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.study_sample import ClocksEnded, DayFigures
from optimizer.domain.time import seconds_between
from optimizer.rules import RULES
from optimizer.rules.complete import RULE as COMPLETE
from optimizer.rules.complete import TARGET
from optimizer.rules.reply_far import RULE as REPLY_FAR
from optimizer.rules.settings import params_of
from optimizer.rules.visit_clock import VisitClock
from optimizer.whatif.simulate.day import WholeDay

SERVICE: Final = frozenset(
    (COMPLETE.code, REPLY_FAR.code, *(rule.code for rule in RULES if isinstance(rule, VisitClock)))
)
"""Rules whose clocks are met at the customer's, see `is_service_clock`; the others are clocks of the desk."""


def figures_of(
    whole: WholeDay, *, reported: int, given_up: int, open_jobs: int, excused: Mapping[str, datetime]
) -> DayFigures:
    """Return the figures of a day.

    Parameters
    ----------
    whole : the day
    reported : jobs that were reported since the close of the day before
    given_up : jobs that customers took back before the day was planned
    open_jobs : jobs that are left at its close
    excused : jobs whose customer did not open, or whose site was not ready, and since when that is known: what runs out
        later is no fault of the company's
    """
    report, day = whole.closed.report, whole.closed.report.day
    on_duty = [one for one in roster(whole.morning) if one.key.day == day and not _away(one)]
    called_off = {event.technician_id for event in whole.events if isinstance(event, CallOff)}
    worked_h = {one.technician_id: one.hours for one in report.technicians if one.day == day}
    there = [one.key.technician_id for one in on_duty if one.key.technician_id not in called_off]
    done = [one for one in whole.ended if one.outcome in ("done", "not_fixed") and one.last]
    told = _told(whole)
    clocks = tuple(_ended(report, excused, whole.morning.policy))
    in_vain = sum(one.outcome not in ("done", "not_fixed") for one in whole.ended)
    return DayFigures(
        day=day,
        reported=reported,
        done=len(done),
        fixed_first=sum(one.outcome == "done" and one.visit == 1 for one in done),
        in_vain=in_vain,
        given_up=given_up + sum(isinstance(event, Cancelled) for event in whole.events),
        open_jobs=open_jobs,
        service_clocks=tuple(one for one in clocks if one.code in SERVICE),
        desk_clocks=tuple(one for one in clocks if one.code not in SERVICE),
        told=len(told),
        told_kept=len(told - {one.job_id for one in report.promises if one.change != "other technician"}),
        moved=whole.moved,
        on_duty=len(on_duty),
        absent=len(on_duty) - len(there),
        rostered_s=sum(seconds_between(one.start, one.end) for one in on_duty),
        worked_s=round(3600 * sum(worked_h.values())),
        driven_s=sum(leg.travel_s for shift in _days(report.as_it_was, day) for leg in shift.work_legs),
        overtime_s=_overtime_s(whole.morning, report.as_it_was, day),
        uneven_s=round(3600 * pstdev([worked_h.get(name, 0.0) for name in there])) if there else 0,
        distance_m=sum(leg.distance_m for shift in _days(report.as_it_was, day) for leg in shift.legs),
        bill_cents={
            "outlay": report.real_bill.outlay_cents,
            "transfer": report.real_bill.transfer_cents,
            "service": report.real_bill.service_cents,
        },
        wage_cents=sum(_wage_cents(one) for one in on_duty),
    )


def _ended(report: DayReport, excused: Mapping[str, datetime], policy: Policy) -> Iterator[ClocksEnded]:
    """Yield how clocks ended; what was missed for a reason of the customer's is not among them."""
    missed = Counter(
        (one.code, one.label)
        for one in report.missed
        if one.job_id is not None and one.job_id in excused and excused[one.job_id] <= one.due
    )
    free_targets = not params_of(COMPLETE, policy).missed_target_cents
    for one in report.clocks:
        left = one.missed - (missed[one.code, one.label] if one.code in SERVICE else 0)
        free = free_targets and (one.code, one.label) == (COMPLETE.code, TARGET)
        yield ClocksEnded(code=one.code, label=one.label, free=free, kept=one.kept, missed=left)


def _told(whole: WholeDay) -> set[str]:
    """Return the jobs whose customers were told a window that is over; what customers gave up is not among them."""
    agreed_anew = {
        event.job_id
        for event in whole.events
        if isinstance(event, Cancelled | NoAccess | PartMissing | SiteNotReady)
    }
    over = whole.over_at.timestamp()
    return {name for name, one in whole.told.items() if one.window.end.timestamp() <= over} - agreed_anew


def _away(one: RosterShift) -> bool:
    who = one.technician
    return any(span.covers(one.key.day) for span in (*who.leave, *who.suspended))


def _days(plan: Plan, day: date) -> Iterator[ShiftPlan]:
    return (shift for shift in plan.shifts if shift.day == day)


def _overtime_s(scenario: Scenario, plan: Plan, day: date) -> int:
    ends = {one.key: one.end for one in roster(scenario)}
    return sum(
        max(0, seconds_between(ends[shift.key], shift.work_ends))
        for shift in _days(plan, day)
        if shift.key in ends
    )


def _wage_cents(one: RosterShift) -> int:
    return round((one.technician.wage_cents_per_hour or 0) * seconds_between(one.start, one.end) / 3600)
