"""What the desk and the technicians have to call, answer and write, in order of time."""

from typing import NamedTuple

from optimizer.day_page.book import Book
from optimizer.day_page.labels import LABELS
from optimizer.domain.time import seconds_between
from optimizer.words.desk import desk_task_words
from optimizer.words.moments import day_and_clock
from optimizer.words.names import OWNER_NAMES, owner_name
from optimizer.words.numbers import minutes


class TaskRow(NamedTuple):
    """One task."""

    when: str
    owner: str
    what: str
    job: int | None
    due: str
    late: str
    """By how much it comes late; empty: in time."""
    by_technician: bool


class TaskView(NamedTuple):
    """All tasks, those of the desk and the manager apart from the technicians' own."""

    desk: tuple[TaskRow, ...]
    technicians: tuple[TaskRow, ...]


def task_view(book: Book) -> TaskView:
    """Return the tasks in order of time.

    Parameters
    ----------
    book : the assessment and the reader's language
    """
    language, labels = book.language, LABELS[book.language]
    rows = []
    for task in book.document.assessment.desk:
        late_s = 0 if task.start is None else seconds_between(task.due, task.start)
        late = labels["late_by"].format(time=minutes(late_s, language)) if late_s > 0 else ""
        own = task.owner not in OWNER_NAMES
        rows.append(
            TaskRow(
                when=labels["no_time"]
                if task.start is None
                else day_and_clock(task.start, book.zone, language),
                owner=book.technician(task.owner) if own else owner_name(task.owner, language),
                what=desk_task_words(task, language),
                job=book.job_number.get(task.job_id or ""),
                due=day_and_clock(task.due, book.zone, language),
                late=late,
                by_technician=own,
            )
        )
    return TaskView(
        tuple(row for row in rows if not row.by_technician), tuple(row for row in rows if row.by_technician)
    )
