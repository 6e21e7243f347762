"""The desk's calls after a move: all rules share one timetable, so a call that goes puts others forward.

Who calls when is booked owner by owner: only what can begin otherwise is booked anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from optimizer.domain.desk_hours import desk_task_s
from optimizer.preview.cut import Cut
from optimizer.preview.standing import Standing
from optimizer.rules.desk_stretches import Stretches
from optimizer.rules.desk_tasks import (
    Booked,
    Call,
    Timetable,
    booked_after,
    following_calls,
    free_time,
    keep_timetable,
)


class Desk:
    """The calls that follow from a plan.

    Parameters
    ----------
    standing : the plan
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        scenario, plan = standing.scenario, standing.plan
        calls = tuple(following_calls(scenario, plan))
        table = booked_after(scenario, calls)
        keep_timetable(scenario, plan, table)
        codes = dict.fromkeys(rule.code for rule in standing.book.active())
        self._codes = {code: place for place, code in enumerate(codes)}
        self._booked = _by_owner(table, calls)
        self._stretches: dict[str, Stretches] = {}

    def show(self, cut: Cut) -> None:
        """Let the rules read of the cut the calls alone that are made at another time, or by somebody else.

        Parameters
        ----------
        cut : what a move changes
        """
        old = tuple(following_calls(cut.scenario, cut.before))
        new = tuple(following_calls(cut.scenario, cut.after))
        gone, come = set(old) - set(new), set(new) - set(old)
        before: list[Booked] = []
        after: list[Booked] = []
        for owner in {call.owner for call in gone | come}:
            no_more, new_ones = ([call for call in some if call.owner == owner] for some in (gone, come))
            otherwise = self._of(owner).rebooked(no_more, new_ones, self._place)
            before.extend(otherwise.gone)
            after.extend(otherwise.come)
        keep_timetable(cut.scenario, cut.before, self._table(before))
        keep_timetable(cut.scenario, cut.after, self._table(after))

    def _of(self, owner: str) -> Stretches:
        if owner not in self._stretches:
            scenario = self._standing.scenario
            gaps, task_s = free_time(scenario, owner), desk_task_s(scenario)
            self._stretches[owner] = Stretches(self._booked.get(owner, ()), gaps, task_s)
        return self._stretches[owner]

    def _place(self, call: Call) -> tuple[int, int]:
        """Return where a call stands among those that are booked: by rule, then by job."""
        row = -1 if call.job_id is None else self._standing.job_row[call.job_id]
        return self._codes[call.code], row

    def _table(self, booked: Iterable[Booked]) -> Timetable:
        found: defaultdict[str, list[Booked]] = defaultdict(list)
        for one in sorted(booked, key=lambda one: self._place(one.call)):
            found[one.call.code].append(one)
        return Timetable({code: tuple(some) for code, some in found.items()}, {})


def _by_owner(table: Timetable, calls: Sequence[Call]) -> Mapping[str, Sequence[Booked]]:
    """Return the places of some calls on a timetable, by owner, in the order in which they are booked."""
    mine = set(calls)
    found: defaultdict[str, list[Booked]] = defaultdict(list)
    for code in dict.fromkeys(call.code for call in calls):
        for one in table.booked[code]:
            if one.call in mine:
                found[one.call.owner].append(one)
    return found
