"""Checks where the shared tools of a plan are: at every job that needs one, no more than there are, in time."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Leg, Plan, ToolPlan, ToolStop
from optimizer.domain.requirements import branches_in_charge, required_shared_tools
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.visits import Visit, visits
from optimizer.words.numbers import count, exact_time

Need = tuple[str, int, str, str]
"""A job, its part, the branch in charge and the tool."""


def at_every_job(scenario: Scenario, plan: Plan, handover_min: int) -> Iterator[Finding]:
    """Yield jobs without a piece of what they need, or with several, or not as long as they need it.

    Parameters
    ----------
    scenario : the question
    plan : the plan
    handover_min : minutes that a tool stays after the job
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    there: defaultdict[Need, list[tuple[ToolPlan, ToolStop]]] = defaultdict(list)
    for day in plan.tools:
        for stop in day.stops:
            there[stop.job_id, stop.part, day.branch_id, day.tool].append((day, stop))
    for need, team in _needs(scenario, plan).items():
        found = there.pop(need, [])
        job_id, _, branch, tool = need
        if len(found) != 1:
            sentence = f"{job_id} needs a {tool} of {branch}; {count(len(found), 'piece')} would be there."
            yield _finding(sentence, len(found), 1, "pieces", team[0].shift.day, job_id)
        start_s = timeline.seconds(team[0].stop.start)
        end_s = max(timeline.seconds(one.stop.end) for one in team) + 60 * handover_min
        for day, stop in found:
            off_s = timeline.seconds(stop.start) - start_s
            if off_s:
                side = "after" if off_s > 0 else "before"
                sentence = f"{_piece(day)} is taken into use {exact_time(off_s)} {side} {job_id} starts."
                yield _finding(sentence, abs(off_s) / 60, 0, "min", day.day, job_id)
            short_s = end_s - timeline.seconds(stop.end)
            if short_s > 0:
                sentence = f"{_piece(day)} leaves {job_id} {exact_time(short_s)} before it is handed over."
                yield _finding(sentence, short_s / 60, 0, "min", day.day, job_id)
    for (job_id, *_), extra in there.items():
        for day, _ in extra:
            sentence = f"{_piece(day)} goes to {job_id}, which does not need it there."
            yield _finding(sentence, 1, 0, "mismatch", day.day, job_id)


def no_more_than_there_are(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield the days on which more pieces are out than the branch has, and pieces that are out twice at once."""
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    stock = {branch.branch_id: branch.shared_tools for branch in scenario.branches}
    out = Counter(
        (branch, tool, day) for branch, tool, _, day in {(*_which(one), one.day) for one in plan.tools}
    )
    for (branch, tool, day), pieces in out.items():
        has = stock.get(branch, {}).get(tool, 0)
        if pieces > has:
            sentence = f"{count(pieces, 'piece')} of {tool} would be out on {day}; {branch} has {has:,}."
            yield _finding(sentence, pieces, has, "pieces", day)
    days: defaultdict[tuple[str, str, int], list[ToolPlan]] = defaultdict(list)
    for one in plan.tools:
        days[_which(one)].append(one)
    for mine in days.values():
        for one, following in pairwise(sorted(mine, key=lambda day: day.stops[0].leg.departure)):
            both_s = timeline.seconds(one.last_leg.arrival) - timeline.seconds(
                following.stops[0].leg.departure
            )
            if both_s > 0:
                sentence = f"{_piece(following)} leaves {exact_time(both_s)} before it is back."
                yield _finding(sentence, both_s / 60, 0, "min", following.day)


def from_job_to_job(
    scenario: Scenario, plan: Plan, hours: Mapping[date, tuple[int, int]]
) -> Iterator[Finding]:
    """Yield ways of tools that do not begin where the tool is, or that take longer than there is time for.

    Parameters
    ----------
    scenario : the question
    plan : the plan
    hours : when tools may leave and must be back each day, in seconds from the horizon's start
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    for day in plan.tools:
        home = f"branch:{day.branch_id}"
        if day.day not in hours:
            sentence = f"{_piece(day)} is out on {day.day}, when no tool leaves."
            yield _finding(sentence, 1, 0, "pieces", day.day)
            continue
        opens_s, closes_s = hours[day.day]
        here, free_s = home, opens_s
        for stop in day.stops:
            there, start_s = f"job:{stop.job_id}", timeline.seconds(stop.start)
            yield from _way(day, stop.leg, here, there, start_s - free_s, stop.job_id)
            here, free_s = there, timeline.seconds(stop.end)
        yield from _way(day, day.last_leg, here, home, closes_s - free_s, None)


def _needs(scenario: Scenario, plan: Plan) -> dict[Need, Sequence[Visit]]:
    """Return who is at each job for which a tool is needed, who leads first."""
    asking = [job for job in scenario.jobs if required_shared_tools(job, scenario.policy)]
    charge = branches_in_charge(asking, scenario)
    found: defaultdict[Need, list[Visit]] = defaultdict(list)
    for visit in visits(scenario, plan) if asking else ():
        for tool in required_shared_tools(visit.job, scenario.policy):
            branch = charge[visit.job.job_id].branch_id
            found[visit.job.job_id, visit.stop.part, branch, tool].append(visit)
    return {need: sorted(team, key=lambda one: one.stop.seat) for need, team in found.items()}


def _way(
    day: ToolPlan, leg: Leg, here: str, there: str, room_s: int, job_id: str | None
) -> Iterator[Finding]:
    if (leg.from_place, leg.to_place) != (here, there):
        found = f"goes from {leg.from_place} to {leg.to_place}"
        sentence = f"{_piece(day)} {found} where the way is from {here} to {there}."
        yield _finding(sentence, 1, 0, "mismatch", day.day, job_id)
    elif leg.travel_s > room_s:
        sentence = (
            f"{_piece(day)} needs {exact_time(leg.travel_s)} from {here} to {there}; "
            f"it has {exact_time(max(room_s, 0))}."
        )
        yield _finding(sentence, room_s / 60, leg.travel_s / 60, "min", day.day, job_id)


def _which(day: ToolPlan) -> tuple[str, str, int]:
    return day.branch_id, day.tool, day.piece


def _piece(day: ToolPlan) -> str:
    return f"The {day.tool} {day.piece} of {day.branch_id}"


def _finding(
    sentence: str, measured: float, limit: float, unit: str, day: date, job_id: str | None = None
) -> Finding:
    return Finding(
        code="SHARED_TOOL",
        job_id=job_id,
        day=day,
        measured=measured,
        limit=limit,
        over=abs(measured - limit),
        unit=unit,
        sentence=sentence,
    )
