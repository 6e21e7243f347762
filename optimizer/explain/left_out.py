"""Why a job is left out and what would help: every slot, the cheapest insertion by force, the smallest change."""

from typing import NamedTuple

from optimizer.domain.explanation import LeftOut
from optimizer.explain.candidates import candidates
from optimizer.explain.forced import cheapest_forced
from optimizer.explain.reasons import reasons_on
from optimizer.explain.slots import all_codes, job_slots
from optimizer.explain.subject import Subject
from optimizer.explain.ways import first_proven
from optimizer.explain.witness import Witness
from optimizer.explain.words import count


class Explained(NamedTuple):
    """An explanation and the plan that proves its change."""

    answer: LeftOut
    """What is said."""
    witness: Witness | None
    """The changed question and its plan; none: no single change suffices."""


def left_out(subject: Subject, job: int) -> Explained:
    """Return why a job is left out and the single change that adds least to the bill.

    Parameters
    ----------
    subject : the plan that is explained
    job : row of a left-out job
    """
    (reason,) = reasons_on(subject.compiled, subject.bench, (job,))
    (slots,) = job_slots(subject.compiled, subject.bench, all_codes(subject.compiled), (job,))
    proven = first_proven(subject, job, candidates(subject, job))
    way, shown = proven if proven is not None else (None, None)
    answer = LeftOut(
        reason=reason,
        forced=cheapest_forced(subject, slots),
        fix=way,
        proof=_proof(subject, reason.job_id, way is not None),
    )
    return Explained(answer, shown)


def _proof(subject: Subject, job_id: str, found: bool) -> str:
    shifts = len(subject.routes.stops)
    places = sum(len(stops) + 1 for stops in subject.routes.stops)
    tried = (
        f"{count(places, 'place')} in the order of stops of {count(shifts, 'shift')} "
        f"{'was' if places == 1 else 'were'} tried, all other stops kept with their technicians and in their order"
    )
    kinds = (
        "one more hour of overtime for one technician, another time for the customer, tools lent, certificates, "
        "a wider territory, parts fetched for one place, one less important job left out"
    )
    if found:
        return f"No other single change of these kinds costs less: {kinds}. {tried[0].upper()}{tried[1:]}."
    return f"No single change of these kinds makes room for {job_id}: {kinds}. {tried[0].upper()}{tried[1:]}."
