"""Forbids jobs to those who lack something the job asks for, and crews that lack it together."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from optimizer.domain.roster import RosterShift, ShiftKey
from optimizer.rules.draft import Draft

T = TypeVar("T", bound=Hashable)

NOBODY: Final[Mapping[str, str]] = MappingProxyType({})
"""No job has anybody who may do it all the same."""


def forbid_lacking(
    draft: Draft,
    needs: Iterable[tuple[str, frozenset[T]]],
    brings: Callable[[RosterShift], frozenset[T]],
    *,
    spared: Mapping[str, str] = NOBODY,
    seat: int | None = None,
) -> None:
    """Forbid every job in every shift that does not bring all it needs.

    Jobs with equal needs and shifts that bring the same are compared once and said in one call.

    Parameters
    ----------
    draft : the draft that is spoken to
    needs : job id and what the job needs
    brings : what a shift's technician brings
    spared : job id → the technician who may do the job all the same
    seat : the place in the crew that needs it, 0 leads; none: everybody
    """
    jobs_by_need: defaultdict[frozenset[T], list[str]] = defaultdict(list)
    for job_id, need in needs:
        jobs_by_need[need].append(job_id)
    shifts_by_kit: defaultdict[frozenset[T], list[ShiftKey]] = defaultdict(list)
    for shift in draft.shifts if jobs_by_need else ():
        shifts_by_kit[brings(shift)].append(shift.key)
    for need, jobs in jobs_by_need.items():
        unfit = [key for kit, keys in shifts_by_kit.items() if not need <= kit for key in keys]
        alike = [job for job in jobs if job not in spared]
        if alike and unfit:
            draft.forbid(alike, unfit, seat=seat)
        for job in jobs:
            others = [key for key in unfit if key.technician_id != spared[job]] if job in spared else []
            if others:
                draft.forbid([job], others, seat=seat)


def cover_together(
    draft: Draft,
    needs: Iterable[tuple[str, T, str | None]],
    brings: Callable[[RosterShift], frozenset[T]],
) -> None:
    """Let somebody of the crew bring each thing its job needs; a job with a thing that nobody brings is forbidden.

    Parameters
    ----------
    draft : the draft that is spoken to
    needs : job id, what the job needs, and the technician, if any, with whom it needs none
    brings : what a shift's technician brings
    """
    jobs_by_need: defaultdict[tuple[T, str | None], list[str]] = defaultdict(list)
    for job_id, thing, spared in needs:
        jobs_by_need[thing, spared].append(job_id)
    brought = [(shift.key, brings(shift)) for shift in draft.shifts] if jobs_by_need else []
    for (thing, spared), jobs in jobs_by_need.items():
        fit = [key for key, kit in brought if thing in kit or key.technician_id == spared]
        if fit:
            draft.cover(jobs, fit)
        else:
            draft.forbid(jobs, [key for key, _ in brought])
