"""A week planned one day after another: the question cut to a day, what was done carried on, the days put together."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from optimizer.domain.branch import Branch
from optimizer.domain.fingerprint import scenario_sha256, travel_sha256
from optimizer.domain.job import Job
from optimizer.domain.parts import loading_branches, required_parts
from optimizer.domain.plan import Plan, ShiftPlan, Stop, TravelSnapshot
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Ledger, Technician
from optimizer.domain.time import Horizon, Timeline, Window, seconds_between

DayPlanner = Callable[[Scenario], Plan]
"""Plans one day."""


def day_by_day(scenario: Scenario, plan_day: DayPlanner) -> Plan:
    """Return the plan of a week that was made day by day, each day knowing only what the days before it have done.

    Parameters
    ----------
    scenario : the whole week
    plan_day : plans the question of one day
    """
    done: list[Plan] = []
    for day in scenario.horizon.dates():
        done.append(plan_day(one_day(scenario, day, done)))
    return joined(scenario, done)


def one_day(scenario: Scenario, day: date, done: Sequence[Plan]) -> Scenario:
    """Return the question of one day: open jobs that can be done then, hours and parts less what was used.

    The present time stays that of the week, so that every clock keeps its due time.

    Parameters
    ----------
    scenario : the whole week
    day : which day
    done : the plans of the days before it
    """
    shifts = [shift for plan in done for shift in plan.shifts]
    jobs = tuple(_open_jobs(scenario, day, shifts))
    known = {job.job_id for job in jobs}
    used = _used(scenario, shifts)
    return scenario.model_copy(
        update={
            "horizon": Horizon(first_day=day, days=1),
            "jobs": jobs,
            "promises": tuple(one for one in scenario.promises if one.job_id in known),
            "pins": tuple(one for one in scenario.pins if one.job_id in known and one.day in (None, day)),
            "groups": (),
            "branches": tuple(_less_stock(one, used) for one in scenario.branches),
            "technicians": tuple(_carried_on(scenario, one, shifts, used) for one in scenario.technicians),
        }
    )


def joined(scenario: Scenario, days: Sequence[Plan]) -> Plan:
    """Return the plans of single days as one plan of the week.

    Parameters
    ----------
    scenario : the whole week
    days : the plans of its days, in order
    """
    order = {one.technician_id: row for row, one in enumerate(scenario.technicians)}
    shifts = [shift for plan in days for shift in plan.shifts]
    shifts.sort(key=lambda one: (order[one.technician_id], one.day))
    served = {stop.job_id for shift in shifts for stop in shift.stops}
    source = days[0].travel.source
    legs = {(leg.means, leg.from_place, leg.to_place): leg for plan in days for leg in plan.travel.legs}
    ordered = tuple(legs[key] for key in sorted(legs))
    iterations = sum(plan.provenance.iterations for plan in days)
    return days[0].model_copy(
        update={
            "scenario_sha256": scenario_sha256(scenario),
            "horizon": scenario.horizon,
            "shifts": tuple(shifts),
            "tools": tuple(tool for plan in days for tool in plan.tools),
            "unserved": tuple(job.job_id for job in scenario.jobs if job.job_id not in served),
            "travel": TravelSnapshot(source=source, legs=ordered, sha256=travel_sha256(source, ordered)),
            "provenance": days[0].provenance.model_copy(update={"iterations": iterations}),
        }
    )


def _open_jobs(scenario: Scenario, day: date, shifts: Sequence[ShiftPlan]) -> Iterator[Job]:
    """Yield the jobs not done yet that may start on a day; a job whose first job is not done waits for it."""
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    midnight = timeline.moment(timeline.end_of(day - timedelta(days=1)))
    whole = (midnight, timeline.moment(timeline.end_of(day)) - timedelta(seconds=1))
    made = {stop.job_id: stop for shift in shifts for stop in shift.stops if not stop.seat}
    free = {job.job_id for job in scenario.jobs if job.job_id not in made and _windows(job, whole)}
    for job in scenario.jobs:
        if job.job_id in free and all(one.job_id in made or one.job_id in free for one in job.after):
            yield _after_what_is_done(job, made, whole)


def _windows(job: Job, span: tuple[datetime, datetime]) -> tuple[Window, ...]:
    """Return the windows of a job as far as they lie in a span; the span where it has none."""
    windows = job.windows or (Window(start=span[0], end=span[1]),)
    cut = ((max(one.start, span[0]), min(one.end, span[1])) for one in windows)
    return tuple(Window(start=start, end=end) for start, end in cut if start <= end)


def _after_what_is_done(job: Job, made: dict[str, Stop], whole: tuple[datetime, datetime]) -> Job:
    """Return a job without links to jobs of days before; their gaps become part of its windows."""
    opens, closes = whole
    for one in job.after:
        if one.job_id in made:
            before = made[one.job_id].end if one.gap_from == "end" else made[one.job_id].start
            opens = max(opens, before + timedelta(minutes=one.min_gap_min))
            if one.max_gap_min is not None:
                closes = min(closes, before + timedelta(minutes=one.max_gap_min))
    if not any(one.job_id in made for one in job.after):
        return job
    windows = _windows(job, (opens, closes)) if opens <= closes else ()
    never = (Window(start=whole[0] - timedelta(days=1), end=whole[0] - timedelta(days=1)),)
    left = tuple(one for one in job.after if one.job_id not in made)
    return job.model_copy(update={"after": left, "windows": windows or never})


def _used(scenario: Scenario, shifts: Sequence[ShiftPlan]) -> dict[str, Counter[str]]:
    """Return the parts taken so far, by the branch they were loaded at and the technician whose van held them."""
    jobs = {job.job_id: job for job in scenario.jobs}
    branches = loading_branches(scenario, roster(scenario))
    used: dict[str, Counter[str]] = {}
    for shift in shifts:
        mornings = used.setdefault(f"branch:{branches.get(shift.key)}", Counter())
        mornings.update(shift.picked_up)
        loaded = Counter(shift.picked_up)
        for restock in shift.restocks:
            loaded.update(restock.picked_up)
            used.setdefault(f"branch:{restock.branch_id}", Counter()).update(restock.picked_up)
        taken: Counter[str] = Counter()
        for stop in shift.stops:
            if not stop.seat and not stop.part:
                taken.update(required_parts(jobs[stop.job_id], scenario.policy))
        used.setdefault(f"home:{shift.technician_id}", Counter()).update(taken - loaded)
    return used


def _less_stock(branch: Branch, used: dict[str, Counter[str]]) -> Branch:
    gone = used.get(f"branch:{branch.branch_id}", Counter())
    return branch.model_copy(update={"stock": {part: n - gone[part] for part, n in branch.stock.items()}})


def _carried_on(
    scenario: Scenario, technician: Technician, shifts: Sequence[ShiftPlan], used: dict[str, Counter[str]]
) -> Technician:
    """Return a technician with the week and the month so far, and the parts left on the van."""
    kinds = {job.job_id: scenario.policy.job_types[job.type].kind for job in scenario.jobs}
    mine = [shift for shift in shifts if shift.technician_id == technician.technician_id]
    stops = [stop for shift in mine for stop in shift.stops]
    service_s = sum(stop.service_s for stop in stops)
    loading_s = sum(seconds_between(one.start, one.end) for shift in mine for one in shift.restocks)
    travel_s = sum(leg.travel_s for shift in mine for leg in shift.legs)
    work_s = service_s + sum(stop.setup_s for stop in stops) + loading_s + travel_s
    jobs, repairs = len(stops), sum(kinds[stop.job_id] == "repair" for stop in stops)
    gone = used.get(f"home:{technician.technician_id}", Counter())
    return technician.model_copy(
        update={
            "week_to_date": _more(technician.week_to_date, jobs, repairs, work_s),
            "month_to_date": _more(technician.month_to_date, jobs, repairs, service_s),
            "parts": {part: n - gone[part] for part, n in technician.parts.items()},
        }
    )


def _more(ledger: Ledger, jobs: int, repairs: int, seconds: int) -> Ledger:
    return Ledger(
        jobs=ledger.jobs + jobs, repairs=ledger.repairs + repairs, hours=ledger.hours + seconds / 3600
    )
