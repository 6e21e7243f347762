"""Forbids jobs to those who lack something the job asks for."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from optimizer.domain.roster import RosterShift, ShiftKey
from optimizer.rules.draft import Draft

T = TypeVar("T", bound=Hashable)


def forbid_lacking(
    draft: Draft,
    needs: Iterable[tuple[str, frozenset[T]]],
    brings: Callable[[RosterShift], frozenset[T]],
) -> None:
    """Forbid every job in every shift that does not bring all it needs.

    Jobs with equal needs and shifts that bring the same are compared once and said in one call.

    Parameters
    ----------
    draft : the draft that is spoken to
    needs : job id and what the job needs
    brings : what a shift's technician brings
    """
    jobs_by_need: defaultdict[frozenset[T], list[str]] = defaultdict(list)
    for job_id, need in needs:
        jobs_by_need[need].append(job_id)
    shifts_by_kit: defaultdict[frozenset[T], list[ShiftKey]] = defaultdict(list)
    for shift in draft.shifts:
        shifts_by_kit[brings(shift)].append(shift.key)
    for need, jobs in jobs_by_need.items():
        unfit = [key for kit, keys in shifts_by_kit.items() if not need <= kit for key in keys]
        if unfit:
            draft.forbid(jobs, unfit)
