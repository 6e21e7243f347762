"""Where in a day a job would cost least: the places in order of what timing the day there comes to."""

from typing import NamedTuple

from optimizer.domain.roster import ShiftKey
from optimizer.explain.subject import row_of
from optimizer.preview.settle import Settled
from optimizer.preview.standing import Standing
from optimizer.schedule.lanes import Timekeeper


class Ranked(NamedTuple):
    """A place in the order of a day; the better comes first when sorted."""

    late: bool
    """Whether no timing keeps the hard limits there."""
    cost: int
    """Cents of the day's drives, lateness and overtime; where it is late, seconds of detour."""
    behind: int
    """How many other stops come behind it: of equal places the later one moves fewer of them."""


class Places:
    """Ranks the places for a job in a day.

    Parameters
    ----------
    standing : the plan
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._rows = row_of(standing.compiled)

    def can_rank(self, asked: Settled, target: ShiftKey) -> bool:
        """Tell whether places can be compared by this one day: there is no night away and no halt on the way.

        Parameters
        ----------
        asked : the move
        target : the day
        """
        day = self._standing.orders.get(target)
        plain = day is None or (not day.restocks and day.means is None)
        return plain and target.technician_id not in self._standing.travels

    def ranked(self, asked: Settled, target: ShiftKey) -> list[Ranked]:
        """Return the places in a day, the cheapest first; those that cannot be timed last, the shortest detour first.

        What hangs on the place is drives, lateness and overtime of that day; everything else is the same at each. That
        a job waits for others is not looked at.

        Parameters
        ----------
        asked : the move
        target : a day whose places can be ranked
        """
        problem = self._standing.compiled.problem
        row = self._standing.row_of_shift[target]
        job = self._row(asked)
        day = self._standing.days.get(target)
        stops = () if day is None else day.stops
        others = tuple(
            self._rows[one.job_id, one.part, one.seat] for one in stops if one.job_id in asked.others
        )
        stays = [
            int(problem.start_place[row]),
            *problem.place[list(others)].tolist(),
            int(problem.end_place[row]),
        ]
        drive_s = problem.travel[problem.profile[row], :, :, 0]
        here = int(problem.place[job])
        keeper = Timekeeper(problem)
        found = []
        for place in range(len(others) + 1):
            times = keeper.time(row, (*others[:place], job, *others[place:]))
            a, b = stays[place : place + 2]
            detour_s = int(drive_s[a, here]) + int(drive_s[here, b]) - int(drive_s[a, b])
            cost = detour_s if times is None else times.cents
            found.append(Ranked(times is None, cost, len(others) - place))
        return sorted(found)

    def is_barred(self, asked: Settled, target: ShiftKey) -> bool:
        """Tell whether a rule forbids the job to the technician on that day, wherever in the order.

        Parameters
        ----------
        asked : the move
        target : the day
        """
        row = self._standing.row_of_shift[target]
        return bool(self._standing.compiled.problem.forbidden[self._row(asked), row])

    def _row(self, asked: Settled) -> int:
        """Return the row of the visit that is moved; of a job that is left out, its first one."""
        job_id = asked.move.job_id
        days = [self._standing.days[key] for key in asked.sources]
        made = [stop for day in days for stop in day.stops if stop.job_id == job_id]
        return self._rows[(job_id, made[0].part, made[0].seat) if made else (job_id, 0, 0)]
