"""The plan on the terminal: head, timetables, what is left out, clocks, desk, bill, key figures."""

from collections.abc import Callable, Iterator

from rich.console import RenderableType

from optimizer.cli.console import result_console, show
from optimizer.cli.show.bill import bill_table
from optimizer.cli.show.clocks import clock_table, every_clock_table
from optimizer.cli.show.desk import desk_table, whole_desk_table
from optimizer.cli.show.head import head
from optimizer.cli.show.idle import idle_list
from optimizer.cli.show.kpis import kpi_table
from optimizer.cli.show.timetable import timetables
from optimizer.cli.show.unserved import unserved_table
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario

Part = Callable[[Scenario, PlanDocument], Iterator[RenderableType]]
"""A part of the view."""

PARTS: tuple[Part, ...] = (
    head,
    timetables,
    idle_list,
    unserved_table,
    clock_table,
    desk_table,
    bill_table,
    kpi_table,
)
"""The parts of the view from top to bottom; each yields what rich can print, or nothing."""


def show_plan(
    scenario: Scenario, document: PlanDocument, *, every_clock: bool = False, whole_desk: bool = False
) -> None:
    """Print a plan on standard output.

    Parameters
    ----------
    scenario : the question
    document : the answer
    every_clock : list all clocks of all jobs, not only those that are missed or at risk
    whole_desk : list all tasks of the desk, not only the next ones
    """
    wanted: dict[Part, Part] = {}
    if every_clock:
        wanted[clock_table] = every_clock_table
    if whole_desk:
        wanted[desk_table] = whole_desk_table
    parts = (wanted.get(part, part) for part in PARTS)
    show(result_console(), (block for part in parts for block in part(scenario, document)))
