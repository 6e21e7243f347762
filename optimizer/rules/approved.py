"""APPROVED: a day that a manager has approved stays as it is.

Every visit of an approved day keeps its person, day and start, crew mates, shared tools and the days of a long job
included; what cannot be kept any more is left out and does not go elsewhere (leaving it out is dear, see UNSERVED).
Nobody gets further jobs on an approved day, except those of the classes it is open to: emergencies go where there is
room between the approved visits. Whose technician calls off is free again: those jobs go to others, that day included.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from optimizer.domain.approval import ApprovedVisit
from optimizer.domain.assessment import Finding
from optimizer.domain.job import Priority
from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.approved_days import ApprovedDay, approved_days
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.day_spans import day_spans, joined
from optimizer.rules.draft import Draft
from optimizer.rules.long_jobs import MOST_DAYS
from optimizer.rules.unserved import priority_classes
from optimizer.rules.visits import Visit, visits
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import exact_time

Place = tuple[str, int, int]
"""A job, which of its days, and the place in its crew."""


class ApprovedParams(Params):
    """Parameters of APPROVED."""

    open_to: tuple[Priority, ...] = ("emergency",)
    """Priority classes of jobs that an approved day still takes; a strong complaint counts as an emergency."""


class Approved(Rule[ApprovedParams]):
    """Approved days stay."""

    code = "APPROVED"
    title = "An approved day keeps its visits, people and times, and takes nothing new but emergencies."
    section = "who"
    hard = True
    source = (
        Source("000", "the weekly plan is approved by a manager"),
        Source("003", "§3"),
        Source("assumption", "approval day by day; emergencies still go between the approved visits"),
    )
    params = ApprovedParams

    def compile(self, scenario: Scenario, params: ApprovedParams, draft: Draft) -> None:
        """Fix approved visits to their shift and moment, and close approved days to all other jobs."""
        approvals = approved_days(scenario)
        if not approvals:
            return
        known = {job.job_id for job in scenario.jobs}
        every = [shift.key for shift in draft.shifts]
        held: dict[str, set[int]] = {}
        for approval in approvals:
            for visit in approval.visits:
                if visit.job_id in known:
                    held.setdefault(visit.job_id, set()).add(visit.part)
                    self._fix(draft, every, approval, visit)
            for tool in approval.tools:
                if tool.job_id in known:
                    draft.take_piece(
                        tool.job_id,
                        tool.branch_id,
                        tool.tool,
                        piece=tool.piece,
                        day=approval.day,
                        part=tool.part,
                    )
        barred = _barred(scenario, params)
        for approval in approvals:
            self._close(draft, [key for key in every if key.day == approval.day], approval, barred, held)
        if any(technician.nights_away for technician in scenario.technicians):
            self._keep_trips_off(draft, scenario, approvals, barred, held)

    def check(self, scenario: Scenario, params: ApprovedParams, plan: Plan) -> Iterator[Finding]:
        """Yield approved visits that are elsewhere, with others or at another time, and jobs that came to the day."""
        approvals = approved_days(scenario)
        if not approvals:
            return
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        made = {(one.stop.job_id, one.stop.part, one.stop.seat): one for one in visits(scenario, plan)}
        served = {job_id for job_id, _, _ in made}
        for approval in approvals:
            for visit in approval.visits:
                if visit.job_id in served:
                    found = made.get((visit.job_id, visit.part, visit.seat))
                    yield from _visit_kept(approval, visit, found, timeline)
            yield from _tools_kept(approval, served, plan)
        yield from _nothing_new(approvals, made, set(_barred(scenario, params)))

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return f"Plan the other days again, or withdraw the approval of {finding.day}."

    @staticmethod
    def _fix(draft: Draft, every: list[ShiftKey], approval: ApprovedDay, visit: ApprovedVisit) -> None:
        mine = ShiftKey(visit.technician_id, approval.day)
        others = [key for key in every if key != mine]
        draft.forbid([visit.job_id], others, seat=visit.seat, part=visit.part, days_only=True)
        if visit.seat == 0:  # mates and tools start with the one who leads
            draft.narrow(visit.job_id, [(visit.start, visit.start)], part=visit.part)

    @staticmethod
    def _close(
        draft: Draft,
        shifts: list[ShiftKey],
        approval: ApprovedDay,
        barred: list[str],
        held: Mapping[str, Collection[int]],
    ) -> None:
        """Forbid an approved day to all barred jobs; of those with approved parts, to the other parts."""
        own = held.keys() | {job_id for job_id, _ in approval.released}
        draft.forbid([one for one in barred if one not in own], shifts, days_only=True)
        for job_id in barred:
            for part in range(MOST_DAYS if job_id in own else 0):
                if part not in held.get(job_id, ()) and (job_id, part) not in approval.released:
                    draft.forbid([job_id], shifts, part=part, days_only=True)

    @staticmethod
    def _keep_trips_off(
        draft: Draft,
        scenario: Scenario,
        approvals: Sequence[ApprovedDay],
        barred: list[str],
        held: Mapping[str, Collection[int]],
    ) -> None:
        """Let barred jobs start on days alone that take them: a trip may go on from approved days to others.

        A job that was released may still go to somebody else on the day on which it was approved.
        """
        closed = {one.day: one.released for one in approvals}
        spans = day_spans(scenario, draft.shifts)
        for job_id in barred:
            for part in range(MOST_DAYS):
                if part not in held.get(job_id, ()):
                    place = job_id, part
                    days = [day for day in spans if day not in closed or place in closed[day]]
                    draft.narrow(job_id, joined([spans[day] for day in days]), part=part)


RULE = Approved()


def _barred(scenario: Scenario, params: ApprovedParams) -> list[str]:
    """Return the jobs that an approved day does not take unless it was approved with them."""
    return [job_id for job_id, one in priority_classes(scenario).items() if one not in params.open_to]


def _visit_kept(
    approval: ApprovedDay, visit: ApprovedVisit, found: Visit | None, timeline: Timeline
) -> Iterator[Finding]:
    if found is None:
        said = f"was approved on {approval.day} with {visit.technician_id}, who does not go there"
        yield _finding(visit.job_id, approval.day, 1, "visit", said)
        return
    who, day, start = found.technician.technician_id, found.shift.day, found.stop.start
    if who != visit.technician_id:
        said = f"was approved for {visit.technician_id} on {approval.day} but goes to {who}"
        yield _finding(visit.job_id, approval.day, 1, "technician", said)
    if day != approval.day:
        said = f"was approved on {approval.day} but is planned on {day}"
        yield _finding(visit.job_id, approval.day, abs((day - approval.day).days), "days", said)
    elif off_s := abs(_second(start) - _second(visit.start)):
        moment = exact_moment(timeline.moment(timeline.seconds(visit.start)))
        said = f"was approved to start at {moment} but starts {exact_time(off_s)} off"
        yield _finding(visit.job_id, approval.day, off_s / 60, "min", said)


def _tools_kept(approval: ApprovedDay, served: set[str], plan: Plan) -> Iterator[Finding]:
    out = {
        (day.branch_id, day.tool, day.piece, stop.job_id, stop.part)
        for day in plan.tools
        if day.day == approval.day
        for stop in day.stops
    }
    for one in approval.tools:
        key = (one.branch_id, one.tool, one.piece, one.job_id, one.part)
        if one.job_id in served and key not in out:
            said = f"was approved on {approval.day} with {one.tool} {one.piece} of {one.branch_id}, which is elsewhere"
            yield _finding(one.job_id, approval.day, 1, "pieces", said)


def _nothing_new(
    approvals: tuple[ApprovedDay, ...], made: dict[Place, Visit], barred: set[str]
) -> Iterator[Finding]:
    by_day = {one.day: one for one in approvals}
    for (job_id, part, seat), visit in made.items():
        one = by_day.get(visit.shift.day)
        if one is None or seat or job_id not in barred or (job_id, part) in one.released:
            continue
        if not any((kept.job_id, kept.part) == (job_id, part) for kept in one.visits):
            said = f"is planned on {one.day}, which {one.by} has approved without it"
            yield _finding(job_id, one.day, 1, "jobs", said)


def _finding(job_id: str, day: date, over: float, unit: str, said: str) -> Finding:
    return Finding(
        code="APPROVED",
        job_id=job_id,
        day=day,
        measured=over,
        limit=0,
        over=over,
        unit=unit,
        sentence=f"{job_id} {said}.",
    )


def _second(at: datetime) -> int:
    return int(at.timestamp() // 1)  # plans are made in whole seconds; a fraction is cut off
