"""PART: every spare part a job takes is on the technician's van, or loaded at a branch before the job.

A job takes its own parts and those of its type. The van serves all days of a technician together. A shift that
starts at a branch may load there in the morning what its jobs take and the van has not. Who lacks a part on the way
may call at a branch, load it and go on; each such halt takes some minutes, which are work like set-up. What is
loaded serves any later stop, on later days too. All who load at a branch, in the morning or on the way, share its
stock. A job with a part that nobody has is left out. A plan made by hand may take spare pieces along: nothing in the
source forbids that. Who leads a crew brings the parts, of a job that takes several days on the first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.branch import Branch
from optimizer.domain.parts import loading_branches, required_parts
from optimizer.domain.plan import Plan, Restock, ShiftPlan, Stop
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.roster import RosterShift, ShiftKey, place_book, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from optimizer.domain.time import seconds_between
from optimizer.domain.trips import outings
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft, Layout
from optimizer.rules.visits import days_worked
from optimizer.words.numbers import count, exact_time

Pieces = dict[str, int]
"""Part → pieces."""


class PartParams(Params):
    """Parameters of `PART`; pieces stand with jobs, job types, vans and branches."""

    load_min: Annotated[int, Field(ge=0, le=120)] = 10
    """Minutes that loading takes at a branch on the way, once a halt; none for who is there already."""
    branches: Annotated[int, Field(ge=0, le=10)] = 3
    """At how many branches a job's parts may be fetched on the way: the nearest that have all
    of them, then the nearest that have some; 0: never."""


class Part(Rule[PartParams]):
    """Everything is taken along."""

    code = "PART"
    title = "Every spare part a job takes is on the van or loaded at a branch before: in the morning or on the way."
    section = "who"
    hard = True
    source = (
        Source("004", "第8篇 ch. 1 art. 2, ch. 3 art. 7"),
        Source("assumption", "minutes of loading on the way"),
    )
    params = PartParams

    def lay_out(self, scenario: Scenario, params: PartParams, layout: Layout) -> None:
        """Offer halts at branches for the jobs whose parts they have."""
        for job_id, branches in _on_the_way(scenario, roster(scenario), params).items():
            layout.fetch(job_id, [branch.branch_id for branch in branches])

    def compile(self, scenario: Scenario, params: PartParams, draft: Draft) -> None:
        """Say what jobs take, what vans carry, and what each branch has, in the morning and on the way."""
        needs = {job.job_id: required_parts(job, scenario.policy) for job in scenario.jobs}
        taken = {part for parts in needs.values() for part in parts}
        if not taken:
            return
        for job_id, parts in needs.items():
            if parts:
                draft.consume(job_id, parts)
        vans: defaultdict[str, list[ShiftKey]] = defaultdict(list)
        for one in draft.shifts:
            vans[one.key.technician_id].append(one.key)
        for technician in scenario.technicians:
            if technician.technician_id in vans:
                draft.carry(vans[technician.technician_id], _only(technician.parts, taken))
        starts: defaultdict[str, list[ShiftKey]] = defaultdict(list)
        for key, branch_id in loading_branches(scenario, draft.shifts).items():
            starts[branch_id].append(key)
        for branch in scenario.branches:
            pieces = _only(branch.stock, taken)
            if pieces or branch.branch_id in starts:
                draft.stock(branch.branch_id, pieces)
            if branch.branch_id in starts:
                draft.restock(starts[branch.branch_id], branch.branch_id)
        for job_id, branches in _on_the_way(scenario, draft.shifts, params).items():
            for branch in branches:
                loaded = _had(branch, needs[job_id])
                draft.fetch(job_id, branch.branch_id, loaded, seconds=60 * params.load_min)

    def check(self, scenario: Scenario, params: PartParams, plan: Plan) -> Iterator[Finding]:
        """Yield pieces that are lacking, loaded where no branch is or not in stock, and loading that is too short."""
        days: defaultdict[str, list[ShiftPlan]] = defaultdict(list)
        people: dict[str, Technician] = {}
        for shift, technician in days_worked(scenario, plan):
            days[technician.technician_id].append(shift)
            people[technician.technician_id] = technician
        takes = {job.job_id: required_parts(job, scenario.policy) for job in scenario.jobs}
        for who, shifts in days.items():
            in_order = sorted(shifts, key=lambda shift: shift.day)
            yield from _lacking(people[who], in_order, takes)
        yield from _at_branches(scenario, plan)
        yield from _hasty(scenario, params, plan)

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return finding.advice  # the check knows which part it is about


RULE = Part()


def _on_the_way(
    scenario: Scenario, shifts: Sequence[RosterShift], params: PartParams
) -> dict[str, list[Branch]]:
    """Return by job the branches at which its parts may be fetched in mid-route: first those that have all of them.

    Where everybody starts there is nothing to fetch later.
    """
    starts = loading_branches(scenario, shifts)
    branches = [
        branch
        for branch in scenario.branches
        if any(starts.get(one.key) != branch.branch_id for one in shifts)
    ]
    found: dict[str, list[Branch]] = {}
    for job in scenario.jobs:
        needs = required_parts(job, scenario.policy)
        having = [branch for branch in branches if _had(branch, needs)]
        having.sort(key=lambda one: (_had(one, needs) != needs, great_circle_m(one.place, job.place)))
        if having[: params.branches]:
            found[job.job_id] = having[: params.branches]
    return found


def _had(branch: Branch, needs: dict[str, int]) -> dict[str, int]:
    """Return what a branch has of what a job takes."""
    return {part: min(pieces, branch.stock[part]) for part, pieces in needs.items() if branch.stock.get(part)}


def _only(pieces: Pieces, taken: set[str]) -> Pieces:
    return {part: count for part, count in pieces.items() if part in taken}


def _lacking(technician: Technician, shifts: list[ShiftPlan], takes: dict[str, Pieces]) -> Iterator[Finding]:
    """Yield for each part what a technician's van lacks at its worst stop, halt by halt over all days."""
    who, van = technician.technician_id, technician.parts
    needed: Counter[str] = Counter()
    loaded: Counter[str] = Counter()
    worst: dict[str, Finding] = {}
    for shift in shifts:
        loaded.update(shift.picked_up)
        for halt in shift.halts:
            if isinstance(halt, Restock):
                loaded.update(halt.picked_up)
                continue
            for part, pieces in _taken_at(halt, takes).items():
                needed[part] += pieces
                lack = needed[part] - loaded[part] - van.get(part, 0)
                if lack > 0 and (part not in worst or lack > worst[part].over):
                    # Where more is loaded later on the day it matters at which stop a piece is lacking.
                    until = f"{halt.job_id} on {shift.day}" if shift.restocks else f"{shift.day}"
                    sentence = (
                        f"The jobs of {who} up to {until} take {_pieces(needed[part])} of {part}; the van has "
                        f"{van.get(part, 0)} and loads {loaded[part]}: {_pieces(lack)} too few."
                    )
                    advice = (
                        f"Load {_pieces(lack)} of {part} for {who} at a branch before, where the day starts or on the "
                        f"way, or give a job that takes {part} to somebody who has it."
                    )
                    measured = needed[part] - loaded[part]
                    worst[part] = _finding(measured, van.get(part, 0), sentence, advice, shift)
    yield from worst.values()


def _taken_at(stop: Stop, takes: dict[str, Pieces]) -> Pieces:
    """Return the pieces a stop takes; a job's are taken once, by who leads, on its first day."""
    return {} if stop.seat or stop.part else takes.get(stop.job_id, {})


def _at_branches(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield what is loaded away from all branches, and what a branch gives beyond its stock."""
    start = loading_branches(scenario, roster(scenario))
    stocks = {branch.branch_id: branch.stock for branch in scenario.branches}
    given: defaultdict[tuple[str, str], int] = defaultdict(int)
    woken = {day.key for days in outings(plan) for day in days[1:]}
    for shift in plan.shifts:
        for part, pieces in shift.picked_up.items():
            if shift.key in start and shift.key not in woken:
                given[start[shift.key], part] += pieces
            else:
                sentence = f"{shift.key} loads {_pieces(pieces)} of {part}, but does not start at a branch."
                advice = (
                    f"Put {_pieces(pieces)} of {part} on the van of {shift.technician_id} beforehand, "
                    "let the day start at a branch, or let it call at one on the way."
                )
                yield _finding(pieces, 0, sentence, advice, shift)
        for halt in shift.restocks:
            for part, pieces in halt.picked_up.items():
                given[halt.branch_id, part] += pieces
    for (branch_id, part), pieces in given.items():
        stock = stocks.get(branch_id, {}).get(part, 0)  # a branch nobody knows has nothing
        if pieces > stock:
            sentence = f"{branch_id} has {stock} of {part}, and the plan loads {_pieces(pieces)} there."
            advice = (
                f"Bring {_pieces(pieces - stock)} of {part} to {branch_id} first, or give a job that takes {part} to "
                "another branch."
            )
            yield _finding(pieces, stock, sentence, advice)


def _hasty(scenario: Scenario, params: PartParams, plan: Plan) -> Iterator[Finding]:
    """Yield the halts on the way that are shorter than loading takes."""
    places = place_book(scenario)
    for shift in plan.shifts:
        for halt in shift.restocks:
            before, there = places.get(halt.leg.from_place), places.get(f"branch:{halt.branch_id}")
            if (
                before is not None
                and there is not None
                and (before.lat, before.lon) == (there.lat, there.lon)
            ):
                continue  # like set-up it is paid by who comes from another place
            spent_s = seconds_between(halt.start, halt.end)
            if spent_s < 60 * params.load_min:
                sentence = (
                    f"{shift.key} loads for {exact_time(max(0, spent_s))} at {halt.branch_id}; "
                    f"{exact_time(60 * params.load_min)} are due."
                )
                advice = f"Let {shift.technician_id} stay at {halt.branch_id} until everything is loaded."
                yield Finding(
                    code="PART",
                    technician_id=shift.technician_id,
                    day=shift.day,
                    measured=spent_s / 60,
                    limit=params.load_min,
                    over=params.load_min - spent_s / 60,
                    unit="min",
                    sentence=sentence,
                    advice=advice,
                )


def _finding(
    measured: int, limit: int, sentence: str, advice: str, shift: ShiftPlan | None = None
) -> Finding:
    return Finding(
        code="PART",
        technician_id=None if shift is None else shift.technician_id,
        day=None if shift is None else shift.day,
        measured=measured,
        limit=limit,
        over=measured - limit,
        unit="pieces",
        sentence=sentence,
        advice=advice,
    )


def _pieces(number: int) -> str:
    return count(number, "piece")
