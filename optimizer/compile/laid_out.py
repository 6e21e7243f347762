"""Tells the builder what was laid out: which visits belong together, who lends what, whose shifts are one person's."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from optimizer.build import Link, ProblemBuilder, Ties
from optimizer.compile.layout import A_HALT, A_THING, ScenarioLayout, Visits
from optimizer.domain.calendar import WorkingDays
from optimizer.domain.roster import RosterShift
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.problem import A_TOOL, BEFORE, SAME


def say_visits(builder: ProblemBuilder, layout: ScenarioLayout, people: int) -> None:
    """Tell the builder which visits belong together, and keep people's visits and tools apart.

    Parameters
    ----------
    builder : is told
    layout : what rules laid out
    people : how many shift rows are people's; those of tools follow
    """
    visits = layout.visits()
    _say_parts(builder.ties, visits)
    for row, visit in enumerate(visits.rows):
        if visit.seat == A_HALT:
            builder.ties.belong(row, visit.job)
    things = [row for row, visit in enumerate(visits.rows) if visit.seat == A_THING]
    pieces = layout.tools()
    if not things and not pieces:
        return
    # A branch may have no piece of a tool: nobody else takes its place then.
    builder.forbid("SHARED_TOOL", things, range(people))
    tools = range(people, people + len(pieces))
    builder.ties.stand_together(tools, A_TOOL)
    others = [row for row, visit in enumerate(visits.rows) if visit.seat != A_THING]
    builder.forbid("SHARED_TOOL", others, tools)
    job_ids = layout.job_ids
    for shift, one in zip(tools, pieces, strict=True):
        jobs = layout.loans[one.branch_id, one.tool].jobs
        not_lent = [
            row
            for row in things
            if visits.rows[row].tool != one.tool or job_ids[visits.rows[row].job] not in jobs
        ]
        builder.forbid("SHARED_TOOL", not_lent, [shift])


def _say_parts(ties: Ties, visits: Visits) -> None:
    """Say which visits start together, and which follow each other on one day after another."""
    for parts in visits.parts:
        ties.parts([part.lead for part in parts])
        for part in parts:
            ties.crew(part.lead, [*part.people[1:], *part.tools])
        for part, following in pairwise(parts):
            ties.link(Link(part.lead, following.lead, BEFORE, next_day=True))
            for seat, again in zip(part.people, following.people, strict=True):
                ties.link(Link(seat, again, who=SAME))


def say_people(
    ties: Ties, shifts: Sequence[RosterShift], tools: Sequence[date], scenario: Scenario, timeline: Timeline
) -> None:
    """Tell the builder whose shifts are one person's, and when the next working day begins.

    Parameters
    ----------
    ties : is told
    shifts : those of people, in order of rows
    tools : the days of those of tools, which follow
    scenario : the question
    timeline : turns days into seconds
    """
    mine: dict[str, list[int]] = {}
    for row, one in enumerate(shifts):
        mine.setdefault(one.key.technician_id, []).append(row)
    for rows in mine.values():
        ties.same_person(rows)
    worked = WorkingDays(scenario.calendar)
    last = scenario.horizon.dates()[-1]
    begins: dict[date, int] = {}
    for day in scenario.horizon.dates():
        following = day + timedelta(days=1)
        while following <= last and following not in worked:
            following += timedelta(days=1)
        begins[day] = timeline.end_of(following - timedelta(days=1))
    for row, day in enumerate([*(one.key.day for one in shifts), *tools]):
        ties.next_day(row, begins[day])
