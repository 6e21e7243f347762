"""Does the plan belong to the scenario, and does it name every visit exactly once?"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product

from optimizer.checker.breach import PLAN, breach
from optimizer.checker.halts import halts_at_branches, job_of, place_of, with_known_halts
from optimizer.checker.nights import ends_at, nights, woken_at
from optimizer.checker.on_board import on_board
from optimizer.checker.tool_days import known_tool_days, tool_days
from optimizer.domain.assessment import Finding
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.plan import Leg, Plan, ShiftPlan
from optimizer.domain.requirements import seats
from optimizer.domain.roster import RosterShift, ShiftKey, roster, start_place
from optimizer.domain.scenario import Scenario
from optimizer.rules.long_jobs import long_jobs
from optimizer.rules.precedence import RULE as PRECEDENCE
from optimizer.rules.settings import params_of
from optimizer.words.numbers import count, listed

_AGAIN = "Plan the scenario again; plans are not edited by hand."


def structure(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield every contradiction between the plan and the scenario's names; whose plan it is, see `belongs`.

    Parameters
    ----------
    scenario : the question
    plan : the plan
    """
    shifts = {one.key: one for one in roster(scenario)}
    yield from _every_job_once(scenario, plan)
    yield from _known_shifts(scenario, plan, shifts)
    woken = woken_at(plan)
    for shift_plan in plan.shifts:
        on_roster = shifts.get(shift_plan.key)
        if on_roster is not None:
            here = woken.get(shift_plan.key) or start_place(on_roster.technician, on_roster.shift)
            yield from _connected(shift_plan, on_roster, here)
    yield from nights(scenario, plan)
    yield from halts_at_branches(scenario, plan)
    yield from on_board(scenario, plan)
    yield from tool_days(scenario, plan)


def readable_part(scenario: Scenario, plan: Plan) -> Plan:
    """Return the plan without shifts, jobs, branches and tools the scenario does not know, for the rules to read.

    Parameters
    ----------
    scenario : the question
    plan : any plan
    """
    jobs = {job.job_id for job in scenario.jobs}
    branches = {branch.branch_id for branch in scenario.branches}
    shifts = {one.key for one in roster(scenario)}
    kept = []
    for shift_plan in plan.shifts:
        known = with_known_halts(shift_plan, jobs, branches)
        if shift_plan.key in shifts and (known.stops or not shift_plan.stops):
            kept.append(known)
    unserved = tuple(job_id for job_id in plan.unserved if job_id in jobs)
    return plan.model_copy(
        update={"shifts": tuple(kept), "tools": known_tool_days(scenario, plan), "unserved": unserved}
    )


def belongs(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield what a plan says of its scenario that is not this one's.

    Parameters
    ----------
    scenario : the question
    plan : the plan
    """
    pairs = (
        ("scenario_sha256", plan.scenario_sha256, scenario_sha256(scenario)),
        ("scenario", plan.scenario, scenario.name),
        ("horizon", plan.horizon, scenario.horizon),
        ("time_zone", plan.time_zone, scenario.time_zone),
        ("preset", plan.preset, scenario.policy.preset),
    )
    for field, found, expected in pairs:
        if found != expected:
            yield breach(
                PLAN,
                f"The plan was made for another scenario: its {field} is not the scenario's.",
                measured=1,
                limit=0,
                unit="mismatch",
                advice="Check the plan against the scenario it was made from, or plan again.",
            )


def _every_job_once(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield the jobs that are not whole, or not once, in the plan: each seat on each day, or left out."""
    made: defaultdict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for shift_plan in plan.shifts:
        for stop in shift_plan.stops:
            made[stop.job_id][stop.part, stop.seat] += 1
    left_out = Counter(plan.unserved)
    parts = _parts(scenario)
    for job in scenario.jobs:
        due = set(product(range(parts.get(job.job_id, 1)), range(seats(job, scenario.policy))))
        yield from _once(job.job_id, due, made.pop(job.job_id, Counter()), left_out.pop(job.job_id, 0))
    unknown = left_out + Counter({job_id: visits.total() for job_id, visits in made.items()})
    for job_id, times in unknown.items():
        yield breach(
            PLAN,
            f"The scenario has no job {job_id}.",
            measured=times,
            limit=0,
            unit="times",
            advice=_AGAIN,
            job_id=job_id,
        )


def _once(
    job_id: str, due: set[tuple[int, int]], made: Counter[tuple[int, int]], left_out: int
) -> Iterator[Finding]:
    """Yield what is wrong with the visits of one job: the part and seat of each."""
    seldom = partial(breach, PLAN, advice=_AGAIN, job_id=job_id)
    known = [visit for visit in made if visit in due]
    times = left_out + max((made[visit] for visit in known), default=0)
    if times == 0:
        sentence = f"Job {job_id} is neither planned nor listed as left out."
        yield seldom(sentence, measured=0, limit=1, unit="times")
    if times > 1:
        sentence = f"Job {job_id} stands in the plan {times} times."
        yield seldom(sentence, measured=times, limit=1, unit="times")
    if 0 < len(known) < len(due):
        lacking = listed([_visit(*visit) for visit in sorted(due - set(known))])
        sentence = f"Job {job_id} has {len(known)} of its {len(due)} visits; {lacking} missing."
        yield seldom(sentence, measured=len(known), limit=len(due), unit="visits")
    beyond = sorted(visit for visit in made if visit not in due)
    if beyond:
        number = sum(made[visit] for visit in beyond)
        sentence = (
            f"Job {job_id} has {count(number, 'visit')} too many: {listed([_visit(*one) for one in beyond])}."
        )
        yield seldom(sentence, measured=number, limit=0, unit="visits")


def _visit(part: int, seat: int) -> str:
    return f"day {part + 1} seat {seat + 1}"


def _parts(scenario: Scenario) -> Mapping[str, int]:
    """Return on how many days each long job is done, by job id."""
    params = params_of(PRECEDENCE, scenario.policy)
    return long_jobs(scenario, params.longest_part_min).parts if params.active else {}


def _known_shifts(scenario: Scenario, plan: Plan, shifts: dict[ShiftKey, RosterShift]) -> Iterator[Finding]:
    technicians = {technician.technician_id for technician in scenario.technicians}
    for key, times in Counter(shift_plan.key for shift_plan in plan.shifts).items():
        if key.technician_id not in technicians:
            sentence, limit = f"The scenario has no technician {key.technician_id}.", 0
        elif key not in shifts:
            sentence, limit = f"{key.technician_id} has no shift on {key.day.isoformat()}.", 0
        else:
            sentence, limit = f"The shift of {key} stands in the plan {times} times.", 1
        if times > limit:
            yield breach(
                PLAN,
                sentence,
                measured=times,
                limit=limit,
                unit="times",
                advice=_AGAIN,
                technician_id=key.technician_id,
                day=key.day,
            )


def _connected(shift_plan: ShiftPlan, on_roster: RosterShift, here: str) -> Iterator[Finding]:
    technician = on_roster.technician
    if shift_plan.means not in technician.all_means:
        yield _misplaced(
            shift_plan,
            None,
            f"{shift_plan.key} goes by {shift_plan.means}, the technician's means is {technician.means}.",
        )
    for halt in shift_plan.halts:
        there = place_of(halt)
        yield from _ends_meet(shift_plan, job_of(halt), halt.leg, here, there)
        here = there
    last = shift_plan.stops[-1].job_id if shift_plan.stops else None
    yield from _ends_meet(shift_plan, last, shift_plan.last_leg, here, ends_at(shift_plan, on_roster))


def _ends_meet(
    shift_plan: ShiftPlan, job_id: str | None, leg: Leg, start: str, end: str
) -> Iterator[Finding]:
    if (leg.from_place, leg.to_place) != (start, end):
        yield _misplaced(
            shift_plan,
            job_id,
            f"{shift_plan.key} drives from {leg.from_place} to {leg.to_place}"
            f" where the way is from {start} to {end}.",
        )


def _misplaced(shift_plan: ShiftPlan, job_id: str | None, sentence: str) -> Finding:
    return breach(
        PLAN,
        sentence,
        measured=1,
        limit=0,
        unit="mismatch",
        advice=_AGAIN,
        job_id=job_id,
        technician_id=shift_plan.technician_id,
        day=shift_plan.day,
    )
