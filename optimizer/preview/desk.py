"""The desk's calls after a move: all rules share one timetable, so a call that goes puts others forward.

Who calls when is booked owner by owner: only those are booked anew whose calls are others than before.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from optimizer.preview.cut import Cut
from optimizer.preview.standing import Standing
from optimizer.rules.desk_tasks import (
    Booked,
    Call,
    Timetable,
    booked_after,
    following_calls,
    keep_timetable,
    timetable,
)

Calls = Mapping[str, Sequence[Call]]
"""Calls by owner, in the order in which they are booked."""


class Desk:
    """The calls that follow from a plan.

    Parameters
    ----------
    standing : the plan
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        calls = tuple(following_calls(standing.scenario, standing.plan))
        booked = timetable(standing.scenario, standing.plan)
        codes = dict.fromkeys(rule.code for rule in standing.book.active())
        self._codes = {code: place for place, code in enumerate(codes)}
        self._calls = _by_owner(calls)
        self._booked = _of_plan(booked, calls)

    def show(self, cut: Cut) -> None:
        """Let the rules read of the cut the calls alone that are made at another time, or by somebody else.

        Parameters
        ----------
        cut : what a move changes
        """
        old = tuple(following_calls(cut.scenario, cut.before))
        new = tuple(following_calls(cut.scenario, cut.after))
        gone, come = set(old) - set(new), set(new) - set(old)
        owners = {call.owner for call in gone | come}
        calls = [call for owner in owners for call in self._calls.get(owner, ()) if call not in gone]
        calls = sorted([*calls, *come], key=self._place)
        before = {one for owner in owners for one in self._booked.get(owner, ())}
        booked = _of_plan(booked_after(self._standing.scenario, calls), calls)
        after = {one for mine in booked.values() for one in mine}
        keep_timetable(cut.scenario, cut.before, self._table(before - after))
        keep_timetable(cut.scenario, cut.after, self._table(after - before))

    def _place(self, call: Call) -> tuple[int, int]:
        """Return where a call stands among those that are booked: by rule, then by job."""
        row = -1 if call.job_id is None else self._standing.job_row[call.job_id]
        return self._codes[call.code], row

    def _table(self, booked: Iterable[Booked]) -> Timetable:
        found: defaultdict[str, list[Booked]] = defaultdict(list)
        for one in sorted(booked, key=lambda one: self._place(one.call)):
            found[one.call.code].append(one)
        return Timetable({code: tuple(some) for code, some in found.items()}, {})


def _by_owner(calls: Iterable[Call]) -> Calls:
    found: defaultdict[str, list[Call]] = defaultdict(list)
    for call in calls:
        found[call.owner].append(call)
    return found


def _of_plan(table: Timetable, calls: Iterable[Call]) -> Mapping[str, Sequence[Booked]]:
    """Return the places of some calls on a timetable, by owner."""
    mine = set(calls)
    found: defaultdict[str, list[Booked]] = defaultdict(list)
    for code in {call.code for call in mine}:
        for one in table.booked[code]:
            if one.call in mine:
                found[one.call.owner].append(one)
    return found
