"""Settles what a move leaves open: which visit is moved, and to which day; says everything that is wrong at once."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from optimizer.domain.preview import Move
from optimizer.domain.roster import ShiftKey
from optimizer.errors import InvalidInput, Issue
from optimizer.preview.standing import Standing
from optimizer.words.numbers import count, listed


class Settled(NamedTuple):
    """A move with nothing left open but the place in the order."""

    move: Move
    """As it was asked for."""
    sources: tuple[ShiftKey, ...]
    """The shifts the job is taken out of; empty: it is left out so far."""
    target: ShiftKey | None
    """The shift it is put into; none: it is left out."""
    others: tuple[str, ...]
    """The other jobs of that shift in order."""
    position: int | None
    """How many of them come before it; none: to be found."""


def settled(standing: Standing, move: Move) -> Settled:
    """Return a move with its visit, day and place.

    Parameters
    ----------
    standing : the plan
    move : what is asked for

    Raises
    ------
    InvalidInput
        When it names what is not there or contradicts itself; lists everything.
    """
    issues: list[Issue] = []
    known = move.job_id in standing.jobs
    if not known:
        action = "Correct the id, or add the job to the scenario."
        issues.append(Issue("unknown-job", "job_id", f"The scenario has no job {move.job_id!r}.", action))
    sources = _sources(standing, move, issues) if known else ()
    target = _target(standing, move, sources, issues)
    others: tuple[str, ...] = ()
    if target is not None:
        day = standing.orders.get(target)
        here = () if day is None else day.jobs
        others = tuple(job_id for job_id in here if job_id != move.job_id)
        if target not in sources and move.job_id in here:
            cause = f"{target} has the job {move.job_id} already."
            issues.append(Issue("already-there", "technician_id", cause, "Name somebody else."))
        elif known:
            issues.extend(_too_many_days(standing, move, sources, target))
        issues.extend(_no_place(move, target, others))
    if issues:
        raise InvalidInput(tuple(issues))
    position = move.position if move.before is None else others.index(move.before)
    return Settled(move, sources, target, others, position)


def _sources(standing: Standing, move: Move, issues: list[Issue]) -> tuple[ShiftKey, ...]:
    """Return the shifts that the job is taken out of."""
    made = standing.in_order(standing.visitors.get(move.job_id, ()))
    who, day = move.from_technician_id, move.from_day
    meant = [key for key in made if who in (None, key.technician_id) and day in (None, key.day)]
    said = who is not None or day is not None
    if said and not meant:
        path = "from_day" if who is None else "from_technician_id"
        cause = f"No such visit to {move.job_id} is in the plan; {_visits(made)}."
        issues.append(Issue("no-such-visit", path, cause, "Name one of these, or none."))
    if move.technician_id is None and not said:
        return tuple(made)
    if len(meant) > 1 and not said:
        own = [key for key in meant if key.technician_id == move.technician_id]
        meant = [key for key in own if move.day in (None, key.day)] or meant
    if len(meant) > 1:
        action = "Say whose visit on which day is moved: from_technician_id, from_day."
        issues.append(Issue("which-visit", "from_technician_id", f"{_visits(made)}.", action))
        return ()
    return tuple(meant)


def _visits(made: list[ShiftKey]) -> str:
    return f"planned are {listed([str(key) for key in made])}" if made else "it is left out"


def _target(
    standing: Standing, move: Move, sources: tuple[ShiftKey, ...], issues: list[Issue]
) -> ShiftKey | None:
    """Return the shift that the job is put into."""
    who = move.technician_id
    if who is None:
        for name in ("day", "before", "position"):
            if getattr(move, name) is not None:
                cause = "A job that is left out has no day and no place in an order."
                issues.append(Issue("nowhere", name, cause, "Say who is to do it, or take this out."))
        return None
    if who not in standing.technicians:
        action = "Correct the id, or add the technician to the scenario."
        cause = f"The scenario has no technician {who!r}."
        issues.append(Issue("unknown-technician", "technician_id", cause, action))
        return None
    days = [key.day for key in standing.shifts_of[who]]
    wanted = [move.day] if move.day is not None else [key.day for key in sources if key.day in days] or days
    if move.day is not None and move.day not in days:
        issues.append(_no_shift(who, f"on {move.day}", days, "no-shift"))
        return None
    if not days:
        issues.append(_no_shift(who, "on the planned days", days, "no-shift"))
        return None
    if len(wanted) > 1:
        cause = f"{who} works on {listed([str(day) for day in days])}."
        issues.append(Issue("day-needed", "day", cause, "Give one of these days."))
        return None
    return ShiftKey(who, wanted[0])


def _no_shift(who: str, when: str, days: list[date], code: str) -> Issue:
    listed_days = ", ".join(day.isoformat() for day in days)
    action = f"Give one of these days: {listed_days}." if days else "Name somebody who works."
    return Issue(code, "day", f"{who} has no shift {when}.", action)


def _too_many_days(
    standing: Standing, move: Move, sources: tuple[ShiftKey, ...], target: ShiftKey
) -> Iterator[Issue]:
    """Yield where a job would be done on more days than it has parts."""
    stays = standing.visitors.get(move.job_id, frozenset()) - set(sources)
    parts = standing.parts_of[move.job_id]
    if len({key.day for key in stays} | {target.day}) > parts:
        others = listed(sorted({str(key.day) for key in stays}))
        cause = f"{move.job_id} is done on {count(parts, 'day')}; others do it on {others}."
        yield Issue("too-many-days", "day", cause, "Keep all its visits on as many days as it has parts.")


def _no_place(move: Move, target: ShiftKey, others: tuple[str, ...]) -> Iterator[Issue]:
    if move.before is not None and move.position is not None:
        cause = "A place in the order is named twice."
        yield Issue("two-places", "position", cause, "Give before or position, not both.")
    if move.before is not None and move.before not in others:
        cause = f"{target} has no other job {move.before!r}."
        yield Issue(
            "not-there", "before", cause, f"Name one of {listed(others)}." if others else "Take it out."
        )
    elif move.position is not None and move.position > len(others):
        cause = f"{target} has {count(len(others), 'other stop')}."
        yield Issue("no-such-place", "position", cause, f"Give a number from 0 to {len(others)}.")
