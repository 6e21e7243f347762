"""Single changes the long way: each is made in the scenario, compiled anew, and every insertion is tried."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from optimizer.compile import Compiled, compile_scenario
from optimizer.domain.parts import required_parts
from optimizer.domain.requirements import required_certificates
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Certificate, Technician, Territory
from optimizer.engines.lns.state import NEVER
from optimizer.problem import Routes
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT
from optimizer.rules.tool import RULE as TOOL
from optimizer.rules.tool import needed_tools
from optimizer.rules.tool_inspection import RULE as TOOL_INSPECTION
from tests.oracle.idle_holes import room
from tests.oracle.recount import Recount
from tests.oracle.sharing import parts_suffice, shared_cents

PLENTY = 100
"""More pieces than any job takes."""


class Change(NamedTuple):
    """What one single change comes to, the best first when sorted."""

    weight: int
    cents: int
    kind: str


def cheapest_change(compiled: Compiled, routes: Routes, job: int) -> Change | None:
    """Return the single change that adds least to the bill, none where no change makes room; looked for naively."""
    found = list(_changes(compiled, routes, job))
    return min(found, default=None)


def _changes(compiled: Compiled, routes: Routes, job: int) -> Iterator[Change]:
    scenario = compiled.scenario
    yield from _insertions(compiled, compiled, routes, job, "serve")
    for kind, changed in _scenarios(scenario, job):
        yield from _insertions(compiled, compile_scenario(changed), routes, job, kind)
    p = compiled.problem
    matter = p.weight if p.levels[0] == 1 else p.unserved_cents
    for other in [one for stops in routes.stops for one in stops if matter[one] < matter[job]]:
        without = tuple(tuple(one for one in stops if one != other) for stops in routes.stops)
        left = Routes(without, tuple(sorted((*routes.unserved, other))))
        for found in _insertions(compiled, compiled, routes, job, "leave_out", left):
            cents = found.cents + int(p.unserved_cents[other])
            yield Change(found.weight + (int(p.weight[other]) if p.levels[0] == 1 else 0), cents, found.kind)


def _insertions(
    before: Compiled, after: Compiled, routes: Routes, job: int, kind: str, left: Routes | None = None
) -> Iterator[Change]:
    """Yield every insertion into the routes under a changed question; `left`: with a job less in them."""
    p, q = before.problem, after.problem
    old, new = Recount(p), Recount(q)
    stops = (left or routes).stops
    owed = sum(old.cents(row, one) for row, one in enumerate(routes.stops)) + shared_cents(p, routes.stops)
    for shift in np.flatnonzero(q.forbidden[job] == 0).tolist():
        best = new.insertion(job, shift, stops[shift], room(q, new, stops, shift))
        if best.cents == NEVER:
            continue
        longer = list(stops)
        longer[shift] = (*stops[shift][: best.slot], job, *stops[shift][best.slot :])
        whole = all(new.best(row, one) for row, one in enumerate(longer) if one)
        if not whole or not parts_suffice(q, longer):
            continue
        owes = sum(new.cents(row, one) for row, one in enumerate(longer)) + shared_cents(q, longer)
        weight = -int(p.weight[job]) if p.levels[0] == 1 else 0
        yield Change(weight, owes - owed - int(p.unserved_cents[job]), kind)


def _scenarios(scenario: Scenario, job: int) -> Iterator[tuple[str, Scenario]]:
    """Yield the scenario with every single change of its facts."""
    asked, policy = scenario.jobs[job], scenario.policy
    if asked.windows:
        anytime = asked.model_copy(update={"windows": ()})
        jobs = (*scenario.jobs[:job], anytime, *scenario.jobs[job + 1 :])
        yield "window", scenario.model_copy(update={"jobs": jobs})
    params = params_of(TOOL, policy)
    tools = needed_tools(asked, scenario, params)
    held = tuple(Certificate(name=name) for name in required_certificates(asked, policy))
    parts = dict.fromkeys(required_parts(asked, policy), PLENTY)
    inspected = params_of(
        TOOL_INSPECTION, policy
    ).active  # then who misses a tool is off duty, whatever is lent
    for row, one in enumerate(scenario.technicians):
        kept = tuple(tool for tool in one.missing_tools if inspected or tool not in tools)
        for kind, update in (
            ("tool", {"tools": (*one.tools, *tools), "missing_tools": kept}),
            ("certificate", {"certificates": (*one.certificates, *held)}),
            ("territory", {"territory": Territory()}),
            ("part", {"parts": one.parts | parts}),
        ):
            yield kind, _with(scenario, row, one.model_copy(update=update))
        shifts = [shift.shift for shift in roster(_with_only(scenario, one))]
        for i, shift in enumerate(shifts):
            own = shift.overtime_limit_min
            limit = 60 + (params_of(SHIFT, policy).overtime_limit_min if own is None else own)
            if limit <= 480:
                longer = [
                    *shifts[:i],
                    shift.model_copy(update={"overtime_limit_min": limit}),
                    *shifts[i + 1 :],
                ]
                yield "overtime", _with(scenario, row, one.model_copy(update={"shifts": tuple(longer)}))
    for row, branch in enumerate(scenario.branches if parts else ()):
        full = branch.model_copy(update={"stock": branch.stock | parts})
        branches = (*scenario.branches[:row], full, *scenario.branches[row + 1 :])
        yield "part", scenario.model_copy(update={"branches": branches})


def _with(scenario: Scenario, row: int, technician: Technician) -> Scenario:
    technicians = (*scenario.technicians[:row], technician, *scenario.technicians[row + 1 :])
    return scenario.model_copy(update={"technicians": technicians})


def _with_only(scenario: Scenario, technician: Technician) -> Scenario:
    return scenario.model_copy(update={"technicians": (technician,)})
