"""Who of a crew takes which seat, where the orders leave it open."""

from collections.abc import Mapping, Sequence

from optimizer.problem import Problem

Seats = tuple[int, ...]
"""(person) number of the seat, 0 leads."""


def seated(
    problem: Problem, seats: Sequence[int], shifts: Sequence[int], named: Mapping[int, int]
) -> dict[int, int]:
    """Return who takes which seat: as few people as possible where some rule forbids them.

    Who comes first in the order of technicians leads if it can be done that way. Where there are too few people
    some seat stays empty, but not the lead's; who is too many comes along on the last seat.

    Parameters
    ----------
    problem : the compiled question
    seats : job rows of the seats, the lead's first
    shifts : rows of the people's shifts, in order of technicians
    named : shift row → number of the seat that the orders give it

    Returns
    -------
    shift row → job row of the seat
    """
    free = [number for number in range(len(seats)) if number not in named.values()]
    people = [shift for shift in shifts if shift not in named]
    fits = {
        (shift, number): problem.forbidden[seats[number], shift] == 0 for shift in people for number in free
    }
    chosen = dict(named)
    chosen.update(dict.fromkeys(people, len(seats) - 1))
    able = people[: len(free)]
    for misfits in range(len(able) + 1):
        found = _choose(able, frozenset(free), fits, misfits, lead=0 in free)
        if found is not None:
            chosen.update(zip(able, found, strict=True))
            break
    return {shift: seats[number] for shift, number in chosen.items()}


def _choose(
    people: Sequence[int],
    free: frozenset[int],
    fits: Mapping[tuple[int, int], bool],
    misfits: int,
    *,
    lead: bool,
) -> Seats | None:
    """Return the first choice of free seats with at most so many misfits; `lead`: somebody must take seat 0."""
    if not people:
        return None if lead and 0 in free else ()
    for number in sorted(free):
        left = misfits - (not fits[people[0], number])
        if left >= 0:
            others = _choose(people[1:], free - {number}, fits, left, lead=lead)
            if others is not None:
                return number, *others
    return None
