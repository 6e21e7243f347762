"""When the work of a shift begins, and when its day is over."""

from datetime import time, timedelta

from optimizer.compile import Compiled
from optimizer.rules.hours import working_hours


class DayBounds:
    """Between which moments people's work is looked for where the shift itself is not long enough.

    Parameters
    ----------
    compiled : the question
    """

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._hours = working_hours(compiled.scenario, 0)

    def begins_s(self, shift: int) -> int:
        """Return the second at which a person's work begins, on a trip that of the first day; not before now.

        A shift that is over is compiled with its end as its start; its work would begin before now.
        """
        known = int(self._compiled.problem.start_s[shift])
        days, _ = self._compiled.days_of(shift)
        return max(known, self._hours[self._compiled.shifts[days[0]].key].start_s)

    def tomorrow_s(self, shift: int) -> int:
        """Return the second at which the day after a person's shift begins, or after the last day of a trip."""
        last_s = max(self.begins_s(shift), int(self._compiled.problem.latest_end_s[shift]))
        tomorrow = self._compiled.timeline.moment(last_s).date() + timedelta(days=1)
        return self._compiled.timeline.at(tomorrow, time())
