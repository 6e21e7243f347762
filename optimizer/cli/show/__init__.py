"""The plan on the terminal: head, timetables, what is left out, clocks, desk, bill, key figures."""

import sys

from rich.console import Console

from optimizer.cli.show.bill import bill_table
from optimizer.cli.show.clocks import clock_table, every_clock_table
from optimizer.cli.show.desk import desk_table, whole_desk_table
from optimizer.cli.show.head import head
from optimizer.cli.show.kpis import kpi_table
from optimizer.cli.show.timetable import timetables
from optimizer.cli.show.unserved import unserved_table
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario

WIDTH = 100
"""Columns of every view in a pipe or a file; a terminal has its own."""

PARTS = (head, timetables, unserved_table, clock_table, desk_table, bill_table, kpi_table)
"""The parts of the view from top to bottom; each yields what rich can print, or nothing."""


def show_plan(
    scenario: Scenario,
    document: PlanDocument,
    *,
    colour: bool | None = None,
    every_clock: bool = False,
    whole_desk: bool = False,
) -> None:
    """Print a plan on standard output.

    Parameters
    ----------
    scenario : the question
    document : the answer
    colour : force colours on or off; by default only a terminal gets them
    every_clock : list all clocks of all jobs, not only those that are missed or at risk
    whole_desk : list all tasks of the desk, not only the next ones
    """
    # Markup is off: a customer's "[red]" is text.
    console = Console(
        width=None if sys.stdout.isatty() else WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
        no_color=colour is False,
        force_terminal=colour or None,
    )
    for part in PARTS:
        shown = every_clock_table if every_clock and part is clock_table else part
        shown = whole_desk_table if whole_desk and part is desk_table else shown
        for block in shown(scenario, document):
            console.print(block)
