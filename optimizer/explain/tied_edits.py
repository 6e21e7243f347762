"""Single changes for jobs that are tied to others, as edits of the scenario."""

from dataclasses import dataclass

from optimizer.compile import Compiled, compile_scenario
from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.requirements import (
    branch_in_charge,
    carried_tools,
    mate_skills,
    required_certificates,
)
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Certificate, Shift, Technician
from optimizer.explain import changes
from optimizer.explain.changes import Change
from optimizer.explain.fetch import parts_fetched
from optimizer.explain.outings import first_shift, is_tool, technician_of
from optimizer.explain.placing import Placement, Put
from optimizer.explain.subject import Subject
from optimizer.explain.tied_changes import TiedCandidate
from optimizer.problem import Routes
from optimizer.rules.settings import params_of
from optimizer.rules.tool import RULE as TOOL
from optimizer.rules.tool import needed_tools

HELPER = "helper"
"""What one more person is called in the scenario that shows the change; numbered where that is taken."""


@dataclass(frozen=True)
class Edited:
    """A changed question with the routes that show what it is good for."""

    change: Change
    routes: Routes
    lead: int
    """The lead's shift, a row of the question that `change` holds."""


def edited(subject: Subject, job: int, candidate: TiedCandidate) -> Edited | None:
    """Return the changed question of a candidate with its routes, none where it cannot be made.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of the job it is about
    candidate : the change
    """
    if candidate.kind in ("helper", "shared_tool"):
        return _compiled_anew(subject, job, candidate)
    routes = subject.with_placement(job, candidate.placement, gone=candidate.left_out)
    change = _change(subject, job, candidate, routes)
    return None if change is None else Edited(change, routes, candidate.placement.puts[0].shift)


def _change(subject: Subject, job: int, candidate: TiedCandidate, routes: Routes) -> Change | None:
    placement = candidate.placement
    lead = placement.puts[0].shift
    shift = next(put.shift for put in placement.puts if put.row == candidate.row)
    who = technician_of(subject.compiled, shift)
    change: Change | None
    match candidate.kind:
        case "part":
            change = parts_fetched(subject, job, shift, routes)
        case "tool" | "certificate" if (
            subject.compiled.problem.crew_ptr[job + 1] > subject.compiled.problem.crew_ptr[job]
        ):
            change = _for_the_crew(subject, job, placement, candidate.kind)
        case "tool":
            change = changes.tools_lent(subject, job, shift)
        case "certificate":
            change = changes.certificates(subject, job, shift)
        case "territory":
            change = changes.wider_territory(subject, job, shift)
        case "window":
            change = changes.window_at(subject, job, placement.starts[0][1])
        case "overtime":
            change = changes.more_overtime(subject, shift)
        case "gap":
            change = _any_gap(subject, job)
        case "anyone":
            change = _by_anyone(subject, job)
        case _:
            change = changes.nothing(subject)
    if change is None or shift == lead:
        return change
    return change._replace(granted_to=who)


def _several(subject: Subject, job: int) -> bool:
    return len(subject.compiled.visits.parts[job][0].people) > 1


def _for_the_crew(subject: Subject, job: int, placement: Placement, kind: str) -> Change | None:
    """Return the question with what a crew lacks between them lent or given to the one who leads."""
    scenario, p = subject.compiled.scenario, subject.compiled.problem
    asked = scenario.jobs[job]
    first = [
        put for put in placement.puts if p.lead[put.row] == job and not is_tool(subject.compiled, put.shift)
    ]
    crew = [first_shift(subject.compiled, put.shift) for put in first]
    tools = {tool for one in crew for tool in carried_tools(one.technician, scenario.policy)}
    held = {one.name for who in crew for one in who.technician.certificates if one.valid_on(who.key.day)}
    lent = tuple(
        one for one in needed_tools(asked, scenario, params_of(TOOL, scenario.policy)) if one not in tools
    )
    given = tuple(one for one in required_certificates(asked, scenario.policy) if one not in held)
    names, others = (lent, given) if kind == "tool" else (given, lent)
    if not names or others:
        return None

    def edit(one: Technician) -> Technician:
        if kind == "tool":
            missing = tuple(tool for tool in one.missing_tools if tool not in lent)
            return one.model_copy(update={"tools": (*one.tools, *lent), "missing_tools": missing})
        every = (*one.certificates, *(Certificate(name=name) for name in given))
        return one.model_copy(update={"certificates": every})

    changed = changes.with_technician(scenario, crew[0].key.technician_id, edit)
    return Change(changed, p, names=names)


def _any_gap(subject: Subject, job: int) -> Change:
    """Return the question without the longest gaps of a job to those before it."""
    asked = subject.compiled.scenario.jobs[job]
    limited = tuple(one.job_id for one in asked.after if one.max_gap_min is not None)
    after = tuple(one.model_copy(update={"max_gap_min": None}) for one in asked.after)
    return _anew(subject, job, asked.model_copy(update={"after": after}), limited)


def _by_anyone(subject: Subject, job: int) -> Change:
    """Return the question in which it does not matter who does a job, compared with those it is tied to."""
    scenario = subject.compiled.scenario
    asked = scenario.jobs[job]
    named = [one.job_id for one in asked.after if one.who != "anyone"]
    named += [
        one.job_id
        for one in scenario.jobs
        for tie in one.after
        if tie.job_id == asked.job_id and tie.who != "anyone"
    ]
    after = tuple(one.model_copy(update={"who": "anyone"}) for one in asked.after)
    groups = []
    for group in scenario.groups:
        if asked.job_id not in group.jobs:
            groups.append(group)
            continue
        others = tuple(one for one in group.jobs if one != asked.job_id)
        named += others
        if len(others) > 1:
            groups.append(group.model_copy(update={"jobs": others}))
    loosened = scenario.model_copy(update={"groups": tuple(groups)})
    change = _anew(
        subject, job, asked.model_copy(update={"after": after}), tuple(dict.fromkeys(named)), loosened
    )
    return change


def _anew(
    subject: Subject, job: int, asked: Job, tied_to: tuple[str, ...], scenario: Scenario | None = None
) -> Change:
    """Return the question with another job in the place of one, compiled anew."""
    before = scenario or subject.compiled.scenario
    jobs = (*before.jobs[:job], asked, *before.jobs[job + 1 :])
    changed = before.model_copy(update={"jobs": jobs})
    problem = compile_scenario(changed, subject.compiled.travel).problem
    return Change(changed, problem, tied_to=tied_to)


def _compiled_anew(subject: Subject, job: int, candidate: TiedCandidate) -> Edited | None:
    """Return the question with one more person or tool; the routes find their shifts by what these are called."""
    scenario, placement = subject.compiled.scenario, candidate.placement
    if candidate.kind == "helper":
        lead = first_shift(subject.compiled, placement.puts[0].shift)
        helper = _helper(subject, job, candidate.row, lead.technician, lead.shift)
        changed = scenario.model_copy(update={"technicians": (*scenario.technicians, helper)})
        names: tuple[str, ...] = ()
        branch_id = None
    else:
        tool = subject.compiled.visits.rows[candidate.row].tool
        branch = branch_in_charge(scenario.jobs[job], scenario)
        changed = scenario.model_copy(
            update={"branches": tuple(_one_more(one, branch, tool) for one in scenario.branches)}
        )
        names, branch_id = (tool,), branch.branch_id
    anew = compile_scenario(changed, subject.compiled.travel)
    routes = _moved(subject.compiled, anew, subject.with_placement(job, _placed(placement)), placement)
    if routes is None:
        return None
    lead_row = next(row for row, stops in enumerate(routes.stops) if placement.puts[0].row in stops)
    change = Change(changed, anew.problem, names=names, branch_id=branch_id, compiled=anew)
    return Edited(change, routes, lead_row)


def _helper(subject: Subject, job: int, row: int, lead: Technician, shift: Shift) -> Technician:
    """Return one more person, with what the place in the crew asks for, who starts at the lead's branch that day."""
    scenario = subject.compiled.scenario
    asked, policy = scenario.jobs[job], scenario.policy
    taken = {one.technician_id for one in scenario.technicians}
    ids = (HELPER, *(f"{HELPER} {number}" for number in range(2, len(taken) + 3)))
    return Technician(
        technician_id=next(one for one in ids if one not in taken),
        branch_id=lead.branch_id,
        skills=mate_skills(asked, policy, subject.compiled.visits.rows[row].seat),
        certificates=tuple(Certificate(name=name) for name in required_certificates(asked, policy)),
        tools=needed_tools(asked, scenario, params_of(TOOL, policy)),
        means=lead.means,
        shifts=(Shift(day=shift.day, start=shift.start, end=shift.end),),
    )


def _one_more(branch: Branch, where: Branch, tool: str) -> Branch:
    if branch.branch_id != where.branch_id:
        return branch
    pieces = branch.shared_tools | {tool: branch.shared_tools.get(tool, 0) + 1}
    return branch.model_copy(update={"shared_tools": pieces})


def _placed(placement: Placement) -> Placement:
    """Return the visits of a placement whose shifts there are already."""
    return placement._replace(puts=tuple(put for put in placement.puts if put.shift >= 0))


def _moved(old: Compiled, new: Compiled, routes: Routes, placement: Placement) -> Routes | None:
    """Return routes in the rows of a question with other shifts, those put into new shifts as well."""
    row_of = {name: row for row, name in enumerate(new.names.shifts)}
    stops: list[tuple[int, ...]] = [()] * len(new.names.shifts)
    for row, name in enumerate(old.names.shifts):
        stops[row_of[name]] = routes.stops[row]
    fresh = [row for name, row in row_of.items() if name not in set(old.names.shifts)]
    for put in placement.puts:
        if put.shift < 0:
            at = _fresh_row(new, fresh, stops, put, placement)
            if at is None:
                return None
            stops[at] = (*stops[at], put.row)
    return routes._replace(stops=tuple(stops))


def _fresh_row(
    new: Compiled, fresh: list[int], stops: list[tuple[int, ...]], put: Put, placement: Placement
) -> int | None:
    """Return the new shift in which a visit can be made, on the day of its crew's lead."""
    lead = int(new.problem.lead[put.row])
    at = dict(placement.starts)[lead]
    for row in fresh:
        p = new.problem
        inside = p.start_s[row] <= at <= p.latest_end_s[row]
        if not p.forbidden[put.row, row] and inside and not stops[row]:
            return row
    return None
