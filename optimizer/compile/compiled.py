"""What compiling gives: a problem and what its rows mean."""

from typing import Literal, NamedTuple

from optimizer.compile.layout import ToolShift, Visits
from optimizer.domain.roster import RosterShift
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.problem import Names, Problem
from optimizer.travel.base import TravelTable

RestKind = Literal["break", "absence"]


class Compiled(NamedTuple):
    """A problem and what its rows mean."""

    scenario: Scenario
    """The question."""
    problem: Problem
    """The arrays."""
    names: Names
    """What the rows are called."""
    shifts: tuple[RosterShift, ...]
    """The shift behind each of the first shift rows; those of shared tools follow."""
    tools: tuple[ToolShift, ...]
    """The tool and day behind each of the last shift rows."""
    visits: Visits
    """The job rows of each job's visits."""
    timeline: Timeline
    """Turns seconds into moments."""
    travel: TravelTable
    """The travel data."""
    rest_kinds: tuple[RestKind, ...]
    """What each rest row is."""
