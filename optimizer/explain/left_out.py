"""Why a job is left out and what would help: every slot, the cheapest insertion by force, the smallest change."""

from typing import Final, NamedTuple

import numpy as np

from optimizer.domain.explanation import ButFor, LeftOut, Way
from optimizer.engines.lns.obstacle import TIME
from optimizer.explain.candidates import candidates
from optimizer.explain.codes import WORTH, Codes, all_codes
from optimizer.explain.fetching import fetched
from optimizer.explain.forced import cheapest_forced
from optimizer.explain.outings import people_rows, technician_of
from optimizer.explain.reasons import reasons_on
from optimizer.explain.slots import JobSlots, job_slots
from optimizer.explain.subject import Subject
from optimizer.explain.tied_changes import TiedChanges
from optimizer.explain.ways import best_proven, first_proven
from optimizer.explain.witness import Witness
from optimizer.words.left_out import none_helps, proof_words

CHANGED: Final = frozenset({"TOOL", "CERTIFICATE", "TERRITORY", "PART", "SHIFT", "APPOINTMENT", WORTH})
"""Codes that one of these kinds of changes is there for."""
MOST_NAMED = 3
"""Technicians that are named at most who would do but for one reason."""


class Explained(NamedTuple):
    """An explanation and the plan that proves its change."""

    answer: LeftOut
    """What is said."""
    witness: Witness | None
    """The changed question and its plan; none: no single change suffices."""
    none_helps: str
    """In short that nothing helps, and who would do but for one other reason; empty: something helps."""


def left_out(subject: Subject, job: int) -> Explained:
    """Return why a job is left out and the single change that adds least to the bill.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of a left-out job
    """
    (reason,) = reasons_on(subject.loose, subject.bench, (job,))
    codes = all_codes(subject.loose)
    (slots,) = job_slots(subject.loose, subject.bench, codes, (job,))
    proven = _smallest(subject, job)
    way, shown = proven if proven is not None else (None, None)
    stops = [subject.routes.stops[row] for row in people_rows(subject.compiled)]
    answer = LeftOut(
        reason=reason,
        forced=None if subject.is_tied(job) else cheapest_forced(subject, slots),
        fix=way,
        shifts=len(stops),
        places=sum(len(route) + 1 for route in stops),
        tied=subject.is_tied(job),
        but_for=() if way is not None or subject.is_tied(job) else _but_for(subject, codes, slots),
        proof="",
    )
    answer = answer.model_copy(update={"proof": proof_words(answer)})
    return Explained(answer, shown, "" if way is not None else none_helps(answer, job="it"))


def _smallest(subject: Subject, job: int) -> tuple[Way, Witness] | None:
    """Return the single change that adds least to the bill with its proof, none where none suffices."""
    if not subject.is_tied(job):
        change = first_proven(subject, job, candidates(subject, job))
        loaded = fetched(subject, job, people_rows(subject.compiled).tolist())
        # Who can load the parts on the way needs nobody to bring them.
        if loaded is None or (
            change is not None and change[0].kind != "part" and _less(subject, change, loaded)
        ):
            return change
        return loaded
    looked = TiedChanges(subject, job)
    return best_proven(subject, job, sorted([*looked.granted(), *looked.leaving_out()]))


def _less(subject: Subject, one: tuple[Way, Witness], other: tuple[Way, Witness]) -> bool:
    """Tell whether a way adds less than another one, or no more; the weight counts only where it is compared first."""
    worth = [(way.weight if subject.by_weight else 0, way.cents) for way, _ in (one, other)]
    return worth[0] <= worth[1]


def _but_for(subject: Subject, codes: Codes, slots: JobSlots) -> tuple[ButFor, ...]:
    """Return who has time for it and is stopped by exactly one reason that no change is there for."""
    stopped: dict[str, list[str]] = {}
    named: set[str] = set()
    in_time = (slots.found[:, TIME] < 0) & ~slots.several()
    for i in np.flatnonzero(in_time).tolist():
        who = technician_of(subject.compiled, int(slots.shift[i]))
        (code,) = codes.of(int(slots.mask[i])) or (WORTH,)
        if code not in CHANGED and who not in named and len(named) < MOST_NAMED:
            named.add(who)
            stopped.setdefault(code, []).append(who)
    return tuple(ButFor(code=code, technician_ids=tuple(people)) for code, people in stopped.items())
