"""What compiling gives: a problem and what its rows mean."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from optimizer.compile.layout import ToolShift, TripShift, Visits
from optimizer.domain.roster import RosterShift, ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means
from optimizer.domain.time import Timeline
from optimizer.problem import Names, Problem
from optimizer.travel.base import TravelTable

RestKind = Literal["break", "absence", "night"]


class Compiled(NamedTuple):
    """A problem and what its rows mean."""

    scenario: Scenario
    """The question."""
    problem: Problem
    """The arrays."""
    names: Names
    """What the rows are called."""
    shifts: tuple[RosterShift, ...]
    """The shift behind each of the first shift rows; those of shared tools, then trips, follow."""
    tools: tuple[ToolShift, ...]
    """The tool and day behind each of the shift rows that follow."""
    trips: tuple[TripShift, ...]
    """The trip behind each of the last shift rows."""
    trip_days: tuple[tuple[int, ...], ...]
    """The shift rows of each trip's days, in order."""
    visits: Visits
    """The job rows of each job's visits."""
    timeline: Timeline
    """Turns seconds into moments."""
    travel: TravelTable
    """The travel data."""
    rest_kinds: tuple[RestKind, ...]
    """What each rest row is."""
    prices: Mapping[Means, tuple[int, int]]
    """Cents a kilometre and an hour, by means of transport."""

    def days_of(self, row: int) -> tuple[tuple[int, ...], Means]:
        """Return the shifts that a route of people lies on, in order of days, and how they get about.

        Parameters
        ----------
        row : a shift row, not a tool's
        """
        if row < len(self.shifts):
            return (row,), self.shifts[row].technician.means
        trip = row - len(self.shifts) - len(self.tools)
        return self.trip_days[trip], self.trips[trip].means

    def row_of_days(self, days: tuple[ShiftKey, ...], means: Means) -> int:
        """Return the row of a day, or of a trip on several days or by another means than the usual one.

        Parameters
        ----------
        days : shifts of one technician, in order of days
        means : how the technician gets about

        Raises
        ------
        KeyError
            When nobody may make such a trip.
        """
        for row, shift in enumerate(self.shifts):
            if days == (shift.key,) and means == shift.technician.means:
                return row
        for row, trip in enumerate(self.trips, start=len(self.shifts) + len(self.tools)):
            if (trip.days, trip.means) == (days, means):
                return row
        raise KeyError(days)
