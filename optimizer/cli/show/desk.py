"""What the desk has to call, answer and write, in order of time: by default its next tasks."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from optimizer.cli.show.names import technician_named
from optimizer.cli.words import plain
from optimizer.domain.assessment import DeskTask
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import seconds_between
from optimizer.rules.desk_tasks import DESK, MANAGER
from optimizer.words.moments import day_and_clock
from optimizer.words.numbers import count, minutes
from optimizer.words.plan_book import PlanBook

SHOWN_TASKS = 8
"""So many tasks are listed by default."""


def desk_table(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Table]:
    """Yield the next tasks of the desk and the manager, and how many there are, or nothing when there is none."""
    tasks = document.assessment.desk
    if not tasks:
        return
    mine = [task for task in tasks if task.owner in (DESK, MANAGER)]
    yield Text()
    yield Text(f"Desk: {_counts(mine)}", "bold")
    yield _table(mine[:SHOWN_TASKS], PlanBook(scenario, document))
    if len(mine) < len(tasks):
        calls = [task for task in tasks if task.owner not in (DESK, MANAGER)]
        yield Text(f"  Technicians themselves: {_counts(calls)}")
    if len(tasks) > len(mine[:SHOWN_TASKS]):
        yield Text(f"  --desk lists {'it' if len(tasks) == 1 else f'all {len(tasks)} tasks'}.", "dim")


def whole_desk_table(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Table]:
    """Yield all tasks of the desk, the manager and the technicians, or nothing when there is none."""
    tasks = document.assessment.desk
    if tasks:
        yield Text()
        yield Text(f"Desk: {_counts(tasks)}", "bold")
        yield _table(tasks, PlanBook(scenario, document))


def _table(tasks: Sequence[DeskTask], book: PlanBook) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(2):
        table.add_column(no_wrap=True)
    for _ in range(3):
        table.add_column()
    for task in tasks:
        when = "no time" if task.start is None else day_and_clock(task.start, book.zone)
        who = technician_named(book, task.owner) if task.owner in book.technicians else plain(task.owner)
        table.add_row(
            Text(f"  {when}", "bold"),
            who,
            plain(task.sentence),
            f"due {day_and_clock(task.due, book.zone)}",
            Text(_late_by(task), "red"),
        )
    return table


def _counts(tasks: Sequence[DeskTask]) -> str:
    late = sum(_is_late(task) for task in tasks)
    unplanned = sum(task.start is None for task in tasks)
    if not tasks:
        return "nothing to do"
    said = [count(len(tasks), "task")]
    if late:
        said.append(f"{late} late")
    if unplanned:
        said.append(f"{unplanned} without a time in the planned days")
    return ", ".join(said)


def _is_late(task: DeskTask) -> bool:
    return task.start is not None and task.start.timestamp() > task.due.timestamp()


def _late_by(task: DeskTask) -> str:
    if task.start is None or not _is_late(task):
        return ""
    return f"{minutes(seconds_between(task.due, task.start))} late"
