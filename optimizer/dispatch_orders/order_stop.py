"""Builds one job's part of a dispatch order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from optimizer.dispatch_orders.free_text import one_line, one_name
from optimizer.dispatch_orders.records import (
    Appointment,
    OrderStop,
    OwedCall,
    PartLine,
    ReworkLine,
    SiteGap,
)
from optimizer.dispatch_orders.ride_lines import ride_lines
from optimizer.dispatch_orders.safety import safety_notes
from optimizer.dispatch_orders.tied_stop import (
    chain_line,
    crew_lines,
    tool_way_lines,
)
from optimizer.domain.assessment import DeskTask
from optimizer.domain.call_before import call_before
from optimizer.domain.crew_kit import brought_tools, held_certificates
from optimizer.domain.job import Job
from optimizer.domain.place import Place
from optimizer.domain.plan import Stop, TravelLeg
from optimizer.domain.promise import Promise
from optimizer.domain.requirements import kind, required_certificates
from optimizer.domain.technician import Technician
from optimizer.domain.time import Timeline
from optimizer.rules.contact import RULE as CONTACT
from optimizer.rules.min_duration import RULE as MIN_DURATION
from optimizer.rules.min_duration import MinDurationParams
from optimizer.rules.promise import RULE as PROMISE
from optimizer.rules.promise import standing_promises
from optimizer.rules.report import RULE as REPORT
from optimizer.rules.report import ReportParams
from optimizer.rules.settings import params_of
from optimizer.rules.taking_along import PartShare, ToolsOfJobs, tools_of_jobs
from optimizer.words.plan_book import PlanBook
from optimizer.words.tied_stops import chained

_SITE_GAPS: tuple[SiteGap, ...] = ("power_supply_fit", "property_consent", "confirmations_signed")


@dataclass(frozen=True)
class StopContext:
    """What the jobs of all sheets are looked up in.

    Parameters
    ----------
    book : the plan with everything behind its ids
    promises : the promise that still stands, by job id
    calls : the first call that a technician still owes, by technician and job
    tools : the tools that jobs ask for
    min_duration, report : parameters of the rules
    """

    book: PlanBook
    promises: Mapping[str, Promise]
    calls: Mapping[tuple[str, str | None], DeskTask]
    tools: ToolsOfJobs
    min_duration: MinDurationParams
    report: ReportParams

    @classmethod
    def of(cls, book: PlanBook) -> "StopContext":
        """Return the context of a plan."""
        scenario, policy = book.scenario, book.scenario.policy
        standing = standing_promises(scenario, Timeline(scenario.horizon.first_day, scenario.time_zone))
        told = {one.job_id: one for one, _, _ in standing} if params_of(PROMISE, policy).active else {}
        return cls(
            book=book,
            promises=told,
            calls={
                (task.owner, task.job_id): task
                for task in book.document.assessment.desk
                if task.code == CONTACT.code
            },
            tools=tools_of_jobs(scenario),
            min_duration=params_of(MIN_DURATION, policy),
            report=params_of(REPORT, policy),
        )

    def summed_up_tools(self, stop: OrderStop) -> tuple[str, ...]:
        """Return a job's tools for the day's summary: those beyond the kits, and what the height asks for."""
        names = {"belt": self.tools.params.belt, "rope": self.tools.params.rope}
        height = (one_line(names[note.code]) for note in stop.safety if note.code in names)
        return tuple(dict.fromkeys((*stop.tools, *height)))


def order_stop(
    stop: Stop,
    number: int,
    technician: Technician,
    on_duty: datetime,
    parts: Sequence[PartShare],
    way: TravelLeg | None,
    context: StopContext,
) -> OrderStop:
    """Return what stands on a dispatch order about one job.

    Parameters
    ----------
    stop : the visit as planned
    number : its place in the day's order, from 1
    technician : who goes there
    on_duty : from when the technician can call, on the day of the sheet
    parts : where the job's parts come from
    way : travel data of the drive there; none: not known
    context : what is looked up
    """
    book, local, leads = context.book, context.book.local, stop.seat == 0
    job, policy = book.jobs[stop.job_id], book.scenario.policy
    customer, work = job.customer, kind(job, policy)
    tools = context.tools.needed(job, technician.technician_id)
    certificates = required_certificates(job, policy)
    people = book.crew_of(stop)
    ways = tool_way_lines(book, stop, technician.technician_id)
    last = stop.part + 1 >= book.together.days(job.job_id)
    everyday = {tool for kit in technician.kits for tool in policy.kits[kit]}
    until = customer.warranty_until if customer else None
    call = call_before(stop.leg.arrival, on_duty, policy.desk.call_before_min)
    return OrderStop(
        number=number,
        job_id=job.job_id,
        seat=stop.seat,
        crew=crew_lines(book, stop),
        day_of_job=stop.part + 1,
        days_of_job=max(book.together.days(job.job_id), stop.part + 1),
        chain=tuple(chain_line(book, one) for one in chained(book, stop)),
        type=one_line(job.type),
        kind=work,
        product=one_line(job.product or ""),
        units=job.units,
        priority=job.priority,
        fault=one_line(job.fault),
        wishes=one_line(job.wishes),
        address=_spot(job.place),
        customer=one_name(customer.name) if customer else "",
        phone=one_name(customer.phone) if customer else "",
        departure=local(stop.leg.departure),
        arrival=local(stop.leg.arrival),
        start=local(stop.start),
        end=local(stop.end),
        travel_s=stop.leg.travel_s,
        distance_m=stop.leg.distance_m,
        rides=ride_lines(book, way),
        fare_cents=0 if way is None else way.fare_cents,
        call_at=local(call.at) if leads else None,
        call_first=leads and call.first_thing,
        owed_call=_owed_call(context.calls.get((technician.technician_id, job.job_id)), on_duty, context),
        unreachable=job.desk.unreachable,
        window=_window(job, stop.start, context),
        promised=None if stop.part else _promised(context.promises.get(job.job_id), context),
        tools=tuple(
            one_line(tool) for tool in brought_tools(tools, people, stop.seat, policy) if tool not in everyday
        ),
        shared_tools=tuple(one_line(tool) for tool in job.shared_tools) if leads and not ways else (),
        tool_ways=ways,
        parts=tuple(_part(one) for one in parts),
        certificates=tuple(
            one_line(one)
            for one in held_certificates(certificates, people, stop.seat, local(stop.start).date())
        ),
        # Whoever mends the own work is not asked for the type's tools, but a flame stays a flame.
        safety=safety_notes(
            job, context.tools.params, tools=context.tools.usual(job), certificates=certificates
        ),
        site_gaps=tuple(gap for gap in _SITE_GAPS if not getattr(job.site, gap)),
        complaint=job.complaint,
        second_visit=job.second_visit,
        rework=_rework(job, technician, context),
        warranty=_warranty(until, local(stop.start).date()),
        warranty_until=until,
        test_run_min=_test_run(work, context.min_duration) if leads and last else None,
        report=_report(work, context.report) if leads else (),
    )


def _spot(place: Place) -> str:
    return one_line(place.address) or f"{place.lat:.5f}, {place.lon:.5f}"


def _instant(at: datetime) -> float:
    # Moments of one time zone are compared by the wall clock, wrong when the clocks change.
    return at.timestamp()


def _owed_call(task: DeskTask | None, on_duty: datetime, context: StopContext) -> OwedCall | None:
    if task is None:
        return None
    planned = None if task.start is None else context.book.local(task.start)
    late = planned is None or _instant(planned) > _instant(task.due)
    early = not late and _instant(task.due) < _instant(on_duty)
    return OwedCall(due=context.book.local(task.due), planned=planned, before_duty=early, late=late)


def _window(job: Job, start: datetime, context: StopContext) -> Appointment | None:
    for one in job.windows:
        if one.start <= start <= one.end:
            return Appointment(start=context.book.local(one.start), end=context.book.local(one.end))
    return None


def _promised(promise: Promise | None, context: StopContext) -> Appointment | None:
    if promise is None:
        return None
    first = max(promise.window.start, promise.start, key=lambda at: at.timestamp())
    return Appointment(start=context.book.local(first), end=context.book.local(promise.window.end))


def _part(share: PartShare) -> PartLine:
    return PartLine(
        part=one_line(share.part),
        pieces=share.from_van + share.to_load + share.on_the_way,
        from_van=share.from_van,
        to_load=share.to_load,
        on_the_way=share.on_the_way,
    )


def _rework(job: Job, technician: Technician, context: StopContext) -> ReworkLine | None:
    rework = job.rework
    if rework is None:
        return None
    return ReworkLine(
        fault=rework.fault,
        installed_on=rework.installed_on,
        installer=one_name(context.book.technician_name(rework.installed_by)) or rework.installed_by,
        own=rework.installed_by == technician.technician_id,
        installer_failed=rework.installer_failed,
    )


def _warranty(until: date | None, day: date) -> Literal["unknown", "free", "expired"]:
    if until is None:
        return "unknown"
    return "free" if day <= until else "expired"


def _test_run(work: str, params: MinDurationParams) -> int | None:
    return params.test_run_min if params.active and work in params.kinds else None


def _report(work: str, params: ReportParams) -> tuple[str, ...]:
    if not params.active:
        return ()
    asked = {"installation": params.installation_report, "repair": params.repair_report}
    return tuple(one_line(one) for one in asked.get(work, ()))
