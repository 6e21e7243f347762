"""Mutations of plans in which jobs and people are tied: crews, shared tools, the visits of one job."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from typing import Any

from optimizer.domain.plan import Plan, ShiftPlan, Stop, ToolPlan, ToolStop
from optimizer.domain.ties import Crew
from optimizer.rules.settings import params_of
from optimizer.rules.shared_tool import RULE as SHARED_TOOL
from tests.property.mutations.base import Mutant, Sound, mutant, the_technician, with_rule, with_stop

Seats = list[tuple[ShiftPlan, Stop]]
"""The visits of one job on one day, the lead's first."""


def several(sound: Sound, rng: Random) -> Seats | None:
    """Return the visits of a random job for which several people come together."""
    found: defaultdict[tuple[str, int], Seats] = defaultdict(list)
    for shift_plan in sound.plan.shifts:
        for stop in shift_plan.stops:
            found[stop.job_id, stop.part].append((shift_plan, stop))
    crews = [sorted(made, key=lambda one: one[1].seat) for made in found.values() if len(made) > 1]
    return rng.choice(crews) if crews else None


def mate_comes_later(sound: Sound, rng: Random) -> Mutant | None:
    """Let somebody who comes along start and end after the one who leads."""
    if (made := several(sound, rng)) is None:
        return None
    shift_plan, stop = rng.choice(made[1:])
    over = rng.randint(1, 90)
    later = timedelta(minutes=over)
    plan = with_stop(sound.plan, shift_plan, stop, start=stop.start + later, end=stop.end + later)
    return mutant(sound.scenario, plan, "CREW", over, alone=False)


def mate_stays_away(sound: Sound, rng: Random) -> Mutant | None:
    """Let somebody who comes along not come."""
    if (made := several(sound, rng)) is None:
        return None
    shift_plan, stop = rng.choice(made[1:])
    return mutant(sound.scenario, without(sound.plan, shift_plan, stop), "CREW", 1, alone=False)


def nobody_leads(sound: Sound, rng: Random) -> Mutant | None:
    """Let the one who leads come along as well."""
    if (made := several(sound, rng)) is None:
        return None
    plan = with_stop(sound.plan, *made[0], seat=1)
    return mutant(sound.scenario, plan, "CREW", 1, alone=False)


def another_standing_crew(sound: Sound, rng: Random) -> Mutant | None:
    """Let the one who leads belong to a standing crew with somebody who stays at home."""
    if (made := several(sound, rng)) is None:
        return None
    here = {shift_plan.technician_id for shift_plan, _ in made}
    others = [one.technician_id for one in sound.scenario.technicians if one.technician_id not in here]
    if not others:
        return None
    crew = Crew(crew_id="new", members=(made[0][0].technician_id, rng.choice(others)))
    scenario = sound.scenario.model_copy(update={"crews": (crew,)})
    return mutant(scenario, sound.plan, "CREW", len(made) - 1)


def led_by_a_beginner(sound: Sound, rng: Random) -> Mutant | None:
    """Ask for a higher level of whoever leads."""
    if (made := several(sound, rng)) is None:
        return None
    level = the_technician(sound.scenario, made[0][0].technician_id).level
    if level == 5:
        return None
    asked = rng.randint(level + 1, 5)
    return mutant(with_rule(sound.scenario, "CREW", lead_level=asked), sound.plan, "CREW", asked - level)


def tool_left_at_the_branch(sound: Sound, rng: Random) -> Mutant | None:
    """Forget to take a shared tool along."""
    if (found := any_tool(sound, rng)) is None:
        return None
    tool_plan, stop = found
    rest = tuple(one for one in tool_plan.stops if one is not stop)
    tools = tuple(
        one.model_copy(update={"stops": rest}) if one is tool_plan else one
        for one in sound.plan.tools
        if one is not tool_plan or rest
    )
    plan = sound.plan.model_copy(update={"tools": tools})
    return mutant(sound.scenario, plan, "SHARED_TOOL", 1, alone=False)


def fewer_pieces(sound: Sound, rng: Random) -> Mutant | None:
    """Let the branch have fewer pieces than are out on one day."""
    if (found := any_tool(sound, rng)) is None:
        return None
    one = found[0]
    out = {other.piece for other in sound.plan.tools if _kind(other) == _kind(one) and other.day == one.day}
    has = rng.randint(0, len(out) - 1)
    branches = tuple(
        branch.model_copy(update={"shared_tools": {**branch.shared_tools, one.tool: has}})
        if branch.branch_id == one.branch_id
        else branch
        for branch in sound.scenario.branches
    )
    scenario = sound.scenario.model_copy(update={"branches": branches})
    return mutant(scenario, sound.plan, "SHARED_TOOL", len(out) - has, alone=False)


def handed_over_too_early(sound: Sound, rng: Random) -> Mutant | None:
    """Ask for more minutes of handing over."""
    if not sound.plan.tools:
        return None
    over = rng.randint(1, 60)
    before = params_of(SHARED_TOOL, sound.scenario.policy).handover_min
    scenario = with_rule(sound.scenario, "SHARED_TOOL", handover_min=before + over)
    return mutant(scenario, sound.plan, "SHARED_TOOL", over)


def taken_into_use_late(sound: Sound, rng: Random) -> Mutant | None:
    """Let a shared tool be there after the work has begun."""
    if (found := any_tool(sound, rng)) is None:
        return None
    over = rng.randint(1, 90)
    plan = with_tool_stop(sound.plan, *found, start=found[1].start + timedelta(minutes=over))
    return mutant(sound.scenario, plan, "SHARED_TOOL", over, alone=False)


def visit_lost(sound: Sound, rng: Random) -> Mutant | None:
    """Take one visit of a job out that has several."""
    made = [
        (shift_plan, stop)
        for shift_plan in sound.plan.shifts
        for stop in shift_plan.stops
        if _visits(sound.plan, stop.job_id) > 1
    ]
    if not made:
        return None
    return mutant(sound.scenario, without(sound.plan, *rng.choice(made)), "PLAN", 1, alone=False)


def visit_beyond(sound: Sound, rng: Random) -> Mutant | None:
    """Give a visit a place in the crew, or a day, that the job does not have."""
    stops = [(shift_plan, stop) for shift_plan in sound.plan.shifts for stop in shift_plan.stops]
    if not stops:
        return None
    facts: dict[str, Any] = rng.choice(({"seat": 7}, {"part": 13}))
    plan = with_stop(sound.plan, *rng.choice(stops), **facts)
    return mutant(sound.scenario, plan, "PLAN", 1, alone=False)


def piece_unknown(sound: Sound, rng: Random) -> Mutant | None:
    """Let a piece be out that the branch does not have."""
    if (found := any_tool(sound, rng)) is None:
        return None
    tool_plan, _ = found
    branch = next(one for one in sound.scenario.branches if one.branch_id == tool_plan.branch_id)
    over = rng.randint(1, 9)
    piece = branch.shared_tools[tool_plan.tool] + over
    return mutant(
        sound.scenario, with_tool_plan(sound.plan, tool_plan, piece=piece), "PLAN", over, alone=False
    )


def tool_day_doubled(sound: Sound, rng: Random) -> Mutant | None:
    """Let a tool's day stand in the plan twice."""
    if (found := any_tool(sound, rng)) is None:
        return None
    plan = sound.plan.model_copy(update={"tools": (*sound.plan.tools, found[0])})
    return mutant(sound.scenario, plan, "PLAN", 1, alone=False)


def any_tool(sound: Sound, rng: Random) -> tuple[ToolPlan, ToolStop] | None:
    """Return a random stop of a shared tool with its day."""
    stops = [(tool_plan, stop) for tool_plan in sound.plan.tools for stop in tool_plan.stops]
    return rng.choice(stops) if stops else None


def without(plan: Plan, shift_plan: ShiftPlan, stop: Stop) -> Plan:
    """Return the plan without one stop, and without its day where nothing else is done."""
    rest = tuple(one for one in shift_plan.stops if one is not stop)
    shifts = tuple(
        one.model_copy(update={"stops": rest}) if one is shift_plan else one
        for one in plan.shifts
        if one is not shift_plan or rest
    )
    return plan.model_copy(update={"shifts": shifts})


def with_tool_plan(plan: Plan, old: ToolPlan, **facts: Any) -> Plan:
    """Return the plan with one tool's day changed."""
    tools = tuple(one.model_copy(update=facts) if one is old else one for one in plan.tools)
    return plan.model_copy(update={"tools": tools})


def with_tool_stop(plan: Plan, tool_plan: ToolPlan, old: ToolStop, **facts: Any) -> Plan:
    """Return the plan with one stop of a tool changed."""
    stops = tuple(one.model_copy(update=facts) if one is old else one for one in tool_plan.stops)
    return with_tool_plan(plan, tool_plan, stops=stops)


def _kind(tool_plan: ToolPlan) -> tuple[str, str]:
    return tool_plan.branch_id, tool_plan.tool


def _visits(plan: Plan, job_id: str) -> int:
    return sum(stop.job_id == job_id for shift_plan in plan.shifts for stop in shift_plan.stops)
