"""Who may take each place in the crew of a job: by what is asked for there, and by whom they go along with."""

from collections.abc import Sequence

import numpy as np

from optimizer.compile import Compiled
from optimizer.domain.reasons import SeatReason
from optimizer.explain.outings import first_shift
from optimizer.explain.tied_slots import TiedSlots

NAMED = 3
"""Technicians that are named at most; all of them are counted."""


def seat_reasons(compiled: Compiled, tied: TiedSlots) -> tuple[SeatReason, ...]:
    """Return who may take each place in a crew; nothing for jobs of one.

    Members of a standing crew go with each other alone: they are named where their crew can take all other places.
    Where nobody has a whole crew, everybody is named who may take the place.

    Parameters
    ----------
    compiled : the question, laid out
    tied : the ties of the job
    """
    if len(tied.people) < 2:
        return ()
    able = [_able(tied, row, range(len(compiled.shifts))) for row in tied.people]
    whole = _with_whole_crews(tied, able)
    found = []
    for seat, rows in enumerate(whole if any(whole) else able):
        ids = _ids(compiled, rows)
        found.append(SeatReason(seat=seat, technician_ids=ids[:NAMED], count=len(ids)))
    return tuple(found)


def able_along(compiled: Compiled, tied: TiedSlots, row: int, shift: int) -> tuple[str, ...]:
    """Return who may make a visit on the day of a shift and goes along with its technician.

    Parameters
    ----------
    compiled : the question, laid out
    tied : the ties of the job
    row : a visit of it
    shift : the lead's
    """
    shifts, standing, lead = compiled.shifts, tied.ties.problem.standing, first_shift(compiled, shift).key
    day = [other for other, one in enumerate(shifts) if one.key.day == lead.day]
    ids = _ids(compiled, [other for other in _able(tied, row, day) if standing[other] == standing[shift]])
    return tuple(one for one in ids if one != lead.technician_id)


def _able(tied: TiedSlots, row: int, shifts: Sequence[int]) -> list[int]:
    """Return in which of some shifts a visit may be made."""
    forbidden = tied.bench.problem.forbidden[row, shifts].astype(np.int64) & ~np.int64(tied.for_all)
    return [shifts[one] for one in np.flatnonzero(forbidden == 0).tolist()]


def _ids(compiled: Compiled, shifts: Sequence[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(compiled.shifts[shift].key.technician_id for shift in shifts))


def _with_whole_crews(tied: TiedSlots, able: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the shifts for each place without those of standing crews who cannot take all other places."""
    p = tied.ties.problem
    crews: dict[int, list[set[int]]] = {}
    for seat, shifts in enumerate(able):
        for shift in shifts:
            crew = crews.setdefault(int(p.standing[shift]), [set() for _ in able])
            crew[seat].add(int(p.person[shift]))
    return [
        [shift for shift in shifts if _completed(crews[int(p.standing[shift])], seat, int(p.person[shift]))]
        for seat, shifts in enumerate(able)
    ]


def _completed(crew: Sequence[set[int]], seat: int, person: int) -> bool:
    """Tell whether others of a crew can take all places but one, which somebody of it has."""
    others = [able for other, able in enumerate(crew) if other != seat]
    if all(len(able) >= len(crew) for able in others):
        return True  # more than there are places: each finds somebody of its own
    others = sorted((able - {person} for able in others), key=len)
    return len(set().union(*others)) >= len(others) and _all_taken(others, frozenset())


def _all_taken(places: Sequence[set[int]], taken: frozenset[int]) -> bool:
    """Tell whether different people can take all these places, those that the fewest may take first."""
    if not places:
        return True
    return any(_all_taken(places[1:], taken | {one}) for one in places[0] - taken)
