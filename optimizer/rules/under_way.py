"""UNDER_WAY: who is on the way to a job or at it stays with it, and what has begun is finished.

Work that has begun is a fact: its people, its beginning and the time it is expected to take are no question any more,
and no other rule stands against it. Who is on the way or waits at the door goes on; all rules hold for that visit.
Where somebody's work runs beyond the limits of the day (see `SoFar.only_finish`), it is finished and nothing follows.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final, Literal

from optimizer.domain.assessment import Finding
from optimizer.domain.job import Job, UnderWay
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import seats
from optimizer.domain.roster import RosterShift, ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.errors import Issue
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.hours import shifts_worn_out
from optimizer.rules.visits import Visit, visits
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import exact_time

MOST_DAYS: Final = 15
"""No horizon lasts longer."""


class UnderWayParams(Params):
    """Parameters of `UNDER_WAY`; the facts stand in the jobs."""

    active: Literal[True] = True
    """Always applies: what happens is not planned away."""


class UnderWayRule(Rule[UnderWayParams]):
    """What happens goes on."""

    code = "UNDER_WAY"
    title = "Who is on the way to a job or at it stays with it; what has begun is finished."
    section = "who"
    hard = True
    source = (
        Source("004", "第8篇 ch. 2 art. 14"),
        Source("assumption", "what has begun is a fact that no other rule undoes"),
    )
    params = UnderWayParams

    def validate(self, scenario: Scenario, params: UnderWayParams) -> Iterator[Issue]:
        """Yield what is under way with nobody, with too few or too many, or should be over by now."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        shifts = {one.key: one for one in roster(scenario)}
        busy: dict[ShiftKey, str] = {}
        for i, job in enumerate(scenario.jobs):
            if job.under_way is None:
                continue
            path = f"jobs[{i}].under_way"
            yield from _people_issues(path, job, seats(job, scenario.policy), shifts, busy)
            yield from _moment_issues(path, job.under_way, scenario, timeline)

    def compile(self, scenario: Scenario, params: UnderWayParams, draft: Draft) -> None:
        """Keep those people at those jobs, and what has begun at its time."""
        every = [one.key for one in draft.shifts]
        for job in scenario.jobs:
            fact = job.under_way
            if fact is None:
                continue
            for seat, who in enumerate(fact.technicians):
                others = [key for key in every if key != ShiftKey(who, fact.day)]
                draft.forbid([job.job_id], others, seat=seat, part=0, days_only=True)
            if fact.minutes is not None:
                draft.narrow(job.job_id, [(fact.at, fact.at)])
                draft.serve([job.job_id], every, service_s=60 * fact.minutes)
        if scenario.now is not None and any(job.has_started for job in scenario.jobs):
            # their shifts go on from before the present time, and nothing else begins there
            last = scenario.now + timedelta(days=MOST_DAYS)
            for job in scenario.jobs:
                if not job.has_started:
                    draft.narrow(job.job_id, [(scenario.now, last)])
        worn_out = shifts_worn_out(scenario)
        if worn_out:
            draft.forbid([job.job_id for job in scenario.jobs if not job.has_started], worn_out)

    def check(self, scenario: Scenario, params: UnderWayParams, plan: Plan) -> Iterator[Finding]:
        """Yield what was taken from those who are at it, begun work that is moved, cut short or left out."""
        facts = [(job, job.under_way) for job in scenario.jobs if job.under_way is not None]
        if facts:
            timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
            made: defaultdict[tuple[str, int], list[Visit]] = defaultdict(list)
            for visit in visits(scenario, plan):
                made[visit.job.job_id, visit.stop.seat].append(visit)
            for job, fact in facts:
                for seat, who in enumerate(fact.technicians):
                    parts = sorted(made[job.job_id, seat], key=lambda visit: visit.stop.part)
                    yield from _kept(job, fact, who, parts, timeline)
        yield from _nothing_more(scenario, plan)

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return "Leave it with those who are at it, or report first that they gave it up."


RULE = UnderWayRule()


def _people_issues(
    path: str, job: Job, needed: int, shifts: dict[ShiftKey, RosterShift], busy: dict[ShiftKey, str]
) -> Iterator[Issue]:
    fact = job.under_way
    assert fact is not None
    if len(fact.technicians) != needed:
        cause = f"{job.job_id} takes {needed} people and is under way with {len(fact.technicians)}."
        yield Issue(
            "under-way-people", f"{path}.technicians", cause, "Name everybody who is there, or change seats."
        )
    for number, who in enumerate(fact.technicians):
        key, where = ShiftKey(who, fact.day), f"{path}.technicians[{number}]"
        shift = shifts.get(key)
        so_far = None if shift is None else shift.shift.so_far
        if shift is None or (so_far is None and fact.state == "started"):
            cause = f"What {who} has done of a shift on {fact.day} is not known."
            yield Issue("under-way-shift", where, cause, "Give the shift with so_far, or correct the day.")
        elif so_far is not None and fact.state == "started" and so_far.free_at != fact.at:
            cause = f"{who} is at work on {job.job_id} since another moment than so_far.free_at."
            yield Issue("under-way-since", where, cause, "Give both the moment at which the work began.")
        if key in busy:
            cause = f"{who} is under way with {busy[key]} already."
            yield Issue("under-way-twice", where, cause, "Report how one of the two ended.")
        busy.setdefault(key, job.job_id)


def _moment_issues(path: str, fact: UnderWay, scenario: Scenario, timeline: Timeline) -> Iterator[Issue]:
    now_s = timeline.seconds(scenario.now) if scenario.now is not None else 0
    at_s = timeline.seconds(fact.at)
    if at_s > now_s:
        cause = f"{exact_moment(timeline.moment(at_s))} is later than the present time."
        yield Issue("under-way-later", f"{path}.at", cause, "Correct the moment or the present time.")
    elif fact.minutes is not None and at_s + 60 * fact.minutes < now_s:
        ended = exact_moment(timeline.moment(at_s + 60 * fact.minutes))
        cause = f"The work should have ended {ended}, which is past."
        yield Issue(
            "under-way-over", f"{path}.minutes", cause, "Report that it ended, or how long it will take."
        )


def _kept(
    job: Job, fact: UnderWay, who: str, parts: Sequence[Visit], timeline: Timeline
) -> Iterator[Finding]:
    if not parts:
        if fact.state == "started":
            yield _finding(job.job_id, who, fact, 1, "visit", "has begun but is left out")
        return
    found = parts[0]
    if (found.technician.technician_id, found.shift.day) != (who, fact.day):
        said = (
            f"is under way with {who} but planned for {found.technician.technician_id} on {found.shift.day}"
        )
        yield _finding(job.job_id, who, fact, 1, "technician", said)
    if fact.minutes is None:
        return
    off_s = abs(timeline.seconds(found.stop.start) - timeline.seconds(fact.at))
    if off_s:
        began = exact_moment(timeline.moment(timeline.seconds(fact.at)))
        yield _finding(
            job.job_id, who, fact, off_s / 60, "min", f"began {began} but starts {exact_time(off_s)} off"
        )
    short_s = 60 * fact.minutes - sum(one.stop.service_s + one.stop.setup_s for one in parts)
    if short_s > 0:
        said = f"gets {exact_time(short_s)} less than it is expected to take"
        yield _finding(job.job_id, who, fact, short_s / 60, "min", said)


def _nothing_more(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    worn_out = shifts_worn_out(scenario)
    for visit in visits(scenario, plan) if worn_out else ():
        if visit.shift.key in worn_out and not visit.job.has_started:
            yield Finding(
                code="UNDER_WAY",
                job_id=visit.job.job_id,
                technician_id=visit.technician.technician_id,
                day=visit.shift.day,
                measured=1,
                limit=0,
                over=1,
                unit="jobs",
                sentence=f"{visit.shift.key} only finishes what has begun but has {visit.job.job_id} too.",
            )


def _finding(job_id: str, who: str, fact: UnderWay, over: float, unit: str, said: str) -> Finding:
    return Finding(
        code="UNDER_WAY",
        job_id=job_id,
        technician_id=who,
        day=fact.day,
        measured=over,
        limit=0,
        over=over,
        unit=unit,
        sentence=f"{job_id} {said}.",
    )
