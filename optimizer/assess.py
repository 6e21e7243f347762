"""What a plan is worth: its bill, its clocks, its breaches and the key figures it is judged by."""

from collections.abc import Iterable, Sequence

from optimizer.checker import check_plan
from optimizer.domain.assessment import Assessment, Bill, BillKind, BillLine, ClockState, DeskTask, Kpis
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import seconds_between
from optimizer.rules.book import RuleBook
from optimizer.rules.reply_far import RULE as REPLY_FAR
from optimizer.rules.unserved import RULE as UNSERVED
from optimizer.rules.unserved import UnservedParams, held_jobs, priority_classes


def assess(scenario: Scenario, plan: Plan) -> Assessment:
    """Return what a plan is worth, without the reasons why jobs are left out.

    Parameters
    ----------
    scenario : the question the plan answers
    plan : the plan

    Returns
    -------
    the bill in rule order, all findings of the checker, the clocks by job, the key figures

    Raises
    ------
    InvalidInput
        When the policy's parameters are wrong.
    """
    book = RuleBook.of(scenario.policy)
    lines: list[BillLine] = []
    clocks: list[ClockState] = []
    desk: list[DeskTask] = []
    for rule in book.active():
        params = book.params(rule)
        clocks.extend(rule.clocks(scenario, params, plan))
        desk.extend(rule.tasks(scenario, params, plan))
        if not rule.hard:
            lines.extend(rule.bill(scenario, params, plan))
    place: dict[str | None, int] = {job.job_id: row for row, job in enumerate(scenario.jobs)}
    clocks.sort(key=lambda clock: place.get(clock.job_id, len(place)))
    return Assessment(
        bill=bill_of(lines),
        findings=check_plan(scenario, plan),
        clocks=tuple(clocks),
        desk=tuple(sorted(desk, key=lambda task: (task.start or task.due).timestamp())),
        kpis=_kpis(scenario, plan, clocks, book),
    )


def bill_of(lines: Iterable[BillLine]) -> Bill:
    """Return the bill of some lines, outlay, transfer and service price added up apart.

    Parameters
    ----------
    lines : the parts of the bill
    """
    parts = tuple(lines)
    return Bill(
        lines=parts,
        outlay_cents=_sum(parts, "outlay"),
        transfer_cents=_sum(parts, "transfer"),
        service_cents=_sum(parts, "service"),
        total_cents=sum(line.cents for line in parts),
    )


def unserved_weight(scenario: Scenario, plan: Plan, params: UnservedParams) -> int:
    """Return the priority weight of the jobs that a plan leaves out.

    Parameters
    ----------
    scenario : the question
    plan : the plan
    params : parameters of `UNSERVED`
    """
    served = {stop.job_id for shift_plan in plan.shifts for stop in shift_plan.stops}
    classes, held = priority_classes(scenario), held_jobs(scenario)
    return sum(
        params.weight(classes[job.job_id]) + params.approved_weight * (job.job_id in held)
        for job in scenario.jobs
        if job.job_id not in served
    )


def is_service_clock(clock: ClockState) -> bool:
    """Tell whether a clock counts as service on time; the others are clocks of the desk.

    Parameters
    ----------
    clock : a clock: service is to arrive and to finish, and the appointment that `REPLY_FAR` asks for
    """
    at_the_customer = clock.job_id is not None and clock.event in ("arriving", "finishing")
    return at_the_customer or clock.code == REPLY_FAR.code


def _sum(lines: Sequence[BillLine], kind: BillKind) -> int:
    return sum(line.cents for line in lines if line.kind == kind)


def _kpis(scenario: Scenario, plan: Plan, clocks: Sequence[ClockState], book: RuleBook) -> Kpis:
    served = {stop.job_id for shift_plan in plan.shifts for stop in shift_plan.stops}
    left_out = sum(job.job_id not in served for job in scenario.jobs)
    jobs = len(scenario.jobs)
    ended = [clock for clock in clocks if clock.state != "open"]
    service = [clock.state != "missed" for clock in ended if is_service_clock(clock)]
    desk = [clock.state != "missed" for clock in ended if not is_service_clock(clock)]
    legs = [leg for shift_plan in plan.shifts for leg in shift_plan.legs]
    stops = [stop for shift_plan in plan.shifts for stop in shift_plan.stops]
    loads = [_travel_s(shift_plan) + _service_s(shift_plan) for shift_plan in plan.shifts]
    worked = [load for load in loads if load]  # between two nights at one place nothing may be done
    ends = {one.key: one.end for one in roster(scenario)}
    overtime_s = sum(
        max(0, seconds_between(ends[shift_plan.key], shift_plan.work_ends))
        for shift_plan in plan.shifts
        if shift_plan.key in ends
    )
    return Kpis(
        jobs=jobs,
        served=jobs - left_out,
        served_share=(jobs - left_out) / jobs if jobs else 1.0,
        unserved_weight=unserved_weight(scenario, plan, book.params(UNSERVED)),
        clocks=len(service),
        clocks_met=sum(service),
        on_time_share=sum(service) / len(service) if service else 1.0,
        desk_clocks=len(desk),
        desk_clocks_met=sum(desk),
        technicians_used=len({shift_plan.technician_id for shift_plan in plan.shifts}),
        jobs_per_shift=len(stops) / len(plan.shifts) if plan.shifts else 0.0,
        distance_km=sum(leg.distance_m for leg in legs) / 1000,
        travel_h=sum(_travel_s(shift_plan) for shift_plan in plan.shifts) / 3600,
        service_h=sum(_service_s(shift_plan) for shift_plan in plan.shifts) / 3600,
        waiting_h=sum(_waiting_s(shift_plan) for shift_plan in plan.shifts) / 3600,
        overtime_h=overtime_s / 3600,
        largest_load_h=max(loads, default=0) / 3600,
        smallest_load_h=min(worked, default=0) / 3600,
        nights_away=sum(shift_plan.night is not None for shift_plan in plan.shifts),
    )


def _travel_s(shift_plan: ShiftPlan) -> int:
    return sum(leg.travel_s for leg in shift_plan.work_legs)


def _service_s(shift_plan: ShiftPlan) -> int:
    """Return the seconds of work between drives: at customers, and loading at branches on the way."""
    loading_s = sum(seconds_between(halt.start, halt.end) for halt in shift_plan.restocks)
    return loading_s + sum(stop.setup_s + stop.service_s for stop in shift_plan.stops)


def _waiting_s(shift_plan: ShiftPlan) -> int:
    """Return the seconds between leaving and being back that are no drive, no service and no rest."""
    left, back = shift_plan.departure, shift_plan.work_ends
    rested_s = sum(
        seconds_between(rest.start, rest.end)
        for rest in shift_plan.rests
        if seconds_between(left, rest.start) >= 0 and seconds_between(rest.end, back) >= 0
    )
    return seconds_between(left, back) - _travel_s(shift_plan) - _service_s(shift_plan) - rested_s
