"""Turns a single change into a proven one: the scenario edited, the plan made and checked, the bills compared."""

from collections.abc import Callable, Iterable
from typing import Final

from optimizer.domain.explanation import ChangeKind, Way
from optimizer.domain.plan import Plan
from optimizer.explain import changes
from optimizer.explain.candidates import Candidate
from optimizer.explain.changes import Change
from optimizer.explain.fetch import parts_fetched
from optimizer.explain.outings import day_with
from optimizer.explain.subject import Subject
from optimizer.explain.tied_changes import TiedCandidate
from optimizer.explain.tied_edits import edited
from optimizer.explain.variants import MORE_OVERTIME_MIN
from optimizer.explain.witness import Witness, difference, witness
from optimizer.problem import Routes
from optimizer.words.ways import way_words

MOST_PROVEN: Final = 40
"""Changes for a job that is tied to others of which plans are made and checked at most."""


def first_proven(subject: Subject, job: int, found: Iterable[Candidate]) -> tuple[Way, Witness] | None:
    """Return the first of some changes that the scenario can really be given, with its proof.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of the job it is about
    found : single changes, the best first
    """
    for candidate in found:
        routes = subject.with_job(job, candidate.shift, candidate.pos, gone=candidate.left_out)
        change = _edited(subject, job, candidate, routes)
        if change is None:
            continue
        proven = prove(subject, candidate.kind, job, candidate.shift, routes, change)
        if proven is not None:
            return proven
    return None


def prove(
    subject: Subject,
    kind: ChangeKind,
    job: int,
    shift: int,
    routes: Routes,
    change: Change | None = None,
) -> tuple[Way, Witness] | None:
    """Return a change in words with its proof, or none where the checker does not accept the plan.

    Parameters
    ----------
    subject : the plan that is explained
    kind : what is changed
    job, shift : what goes where
    routes : the routes with the change
    change : the changed question; none: as it was
    """
    said = change or changes.nothing(subject)
    shown = witness(subject, routes, scenario=said.scenario, problem=said.problem, compiled=said.compiled)
    if shown is None:
        return None
    after = difference(subject, shown)
    job_id = subject.names.jobs[job]
    day = day_with(said.compiled or subject.compiled, shown.plan, shift, job_id)
    ids = [stop.job_id for stop in day.stops]
    place = ids.index(job_id)
    left_before, left_now = set(subject.plan.unserved), set(shown.plan.unserved)
    way = Way(
        kind=kind,
        job_id=job_id,
        technician_id=day.technician_id,
        day=day.day,
        after=ids[place - 1] if place else None,
        start=day.stops[place].start,
        minutes=MORE_OVERTIME_MIN if kind == "overtime" else 0,
        limit_min=said.minutes,
        window=said.window,
        names=said.names,
        territory=said.territory,
        parts=dict(said.parts),
        branch_id=said.branch_id,
        along=_along(shown.plan, job_id, day.stops[place].part),
        granted_to=said.granted_to,
        tied_to=said.tied_to,
        left_out=tuple(one for one in shown.plan.unserved if one not in left_before),
        taken_in=tuple(one for one in subject.plan.unserved if one not in left_now | {job_id}),
        weight=after.weight,
        cents=after.cents,
        nights=after.nights,
        sentence="",
        days=after.days,
    )
    return way.model_copy(update={"sentence": way_words(way)}), shown


def _along(plan: Plan, job_id: str, part: int) -> tuple[str, ...]:
    """Return who comes along to a job, by their places in the crew."""
    seats = [
        (stop.seat, day.technician_id)
        for day in plan.shifts
        for stop in day.stops
        if (stop.job_id, stop.part) == (job_id, part) and stop.seat > 0
    ]
    return tuple(who for _, who in sorted(seats))


def best_proven(
    subject: Subject,
    job: int,
    found: Iterable[TiedCandidate],
    *,
    accept: Callable[[Witness], bool] = lambda _: True,
) -> tuple[Way, Witness] | None:
    """Return the cheapest of some changes for a job that is tied to others, with its proof.

    What drives and shared prices add is known beforehand; being late, overtime and waiting for each other only add
    to it. So as soon as the next one is dearer by drives alone than one that is proven, that one is the cheapest.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of the job it is about
    found : single changes, the best first
    accept : what the plan with the change must be like besides
    """
    best: tuple[Way, Witness] | None = None
    worth = (0, 0, 0)
    for tried, candidate in enumerate(found):
        at_least = (candidate.weight, candidate.cents, candidate.rank)
        if tried >= MOST_PROVEN or (best is not None and at_least >= worth):
            break
        made = edited(subject, job, candidate)
        moved = candidate.kind in ("serve", "leave_out") and job in subject.shift_of
        kind: ChangeKind = "move" if moved else candidate.kind
        proven = None if made is None else prove(subject, kind, job, made.lead, made.routes, made.change)
        if proven is None or not accept(proven[1]):
            continue
        weight = proven[0].weight if subject.by_weight else 0
        if best is None or (weight, proven[0].cents, candidate.rank) < worth:
            best, worth = proven, (weight, proven[0].cents, candidate.rank)
    return best


def prove_without(subject: Subject, job: int) -> tuple[Way, Witness] | None:
    """Return what leaving out a served job does, with its proof, or none where the plan does not hold without it."""
    shift, gone = subject.shift_of[job], set(subject.rows(job))
    stops = tuple(tuple(one for one in route if one not in gone) for route in subject.routes.stops)
    left = tuple(sorted((*subject.routes.unserved, job)))
    shown = witness(subject, Routes(stops, left))
    if shown is None:
        return None
    after, job_id = difference(subject, shown), subject.names.jobs[job]
    before = day_with(subject.compiled, subject.plan, shift, job_id)
    way = Way(
        kind="leave_out",
        job_id=job_id,
        technician_id=before.technician_id,
        day=before.day,
        left_out=(job_id,),
        weight=after.weight,
        cents=after.cents,
        nights=after.nights,
        sentence="",
        days=after.days,
    )
    return way.model_copy(update={"sentence": way_words(way)}), shown


def _edited(subject: Subject, job: int, candidate: Candidate, routes: Routes) -> Change | None:
    shift = candidate.shift
    match candidate.kind:
        case "part":
            return parts_fetched(subject, job, shift, routes)
        case "tool":
            return changes.tools_lent(subject, job, shift)
        case "territory":
            return changes.wider_territory(subject, job, shift)
        case "window":
            return changes.another_window(subject, job, shift, routes)
        case "overtime":
            return changes.more_overtime(subject, shift)
        case "certificate":
            return changes.certificates(subject, job, shift)
        case _:
            return changes.nothing(subject)
