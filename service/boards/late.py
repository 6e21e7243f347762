"""Late reports: of jobs that were taken to be done when the day was planned again, and left the plan with that."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from optimizer.domain.event import Event, NewJob
from optimizer.domain.event_issues import Known
from optimizer.domain.late_events import comes_back, plan_of_late
from service.boards.followed import Chapter, Followed, chapters
from service.boards.live import Live
from service.boards.put_out import part_of
from service.store import Transaction, tables


class Report(NamedTuple):
    """Something that is reported, and the plan with which it has to go."""

    event: Event
    """What has happened."""
    chapter: Chapter | None
    """The part of the day it is about; none: it is about the plan that is followed."""

    def known(self, now: Known) -> Known:
        """Return the names that it may use; `now` are those of the plan that is followed."""
        return now if self.chapter is None else self.chapter.followed.known


def reports(
    tx: Transaction, row: tables.Board, live: Live, today: Followed, told: Sequence[Event], now: datetime
) -> list[Report]:
    """Return what is reported with the plans it has to go with.

    Parameters
    ----------
    row : the board
    live : its day
    today : what has happened while the present plan was followed
    told : what is reported and was not noted before
    now : the present moment
    """
    jobs = frozenset(today.known.jobs)
    if not live.earlier or all(getattr(event, "job_id", None) in {None, *jobs} for event in told):
        return [Report(event, None) for event in told]
    past = chapters(tx, row, live, now)
    plans = [one.followed.known.jobs for one in past]
    found: list[Report] = []
    for place, event in enumerate(told):
        at = plan_of_late(plans, (*today.events, *told[:place]), event)
        found.append(Report(event, None if at is None else past[at]))
    return found


def with_those_back(tx: Transaction, row: tables.Board, new: Sequence[Report]) -> Iterator[Event]:
    """Yield what is noted: each event, and behind it the job that has to be done again by it.

    A job that another branch's technician leads is that branch's to do again.

    Parameters
    ----------
    row : the board
    new : what is reported, not noted before
    """
    for place, (event, chapter) in enumerate(new):
        yield event
        if chapter is None:
            continue
        part, job_id = part_of(tx, row, chapter.publication.plan_id), getattr(event, "job_id", "")
        own = {one.technician_id for one in part.technicians}
        job = next((one for one in part.jobs if one.job_id == job_id), None)
        lead = chapter.followed.known.crews.get(job_id, ("",))[0]
        said = (*chapter.followed.events, *chapter.late, *(one.event for one in new[:place]))
        again = None if job is None or lead not in own else comes_back(job, event, said)
        if again is not None:
            yield again


def those_back(new: Sequence[Report], noted: Sequence[Event]) -> tuple[str, ...]:
    """Return the jobs that have to be done again by what is noted.

    Parameters
    ----------
    new : what is reported
    noted : what is noted of it, see `with_those_back`
    """
    told = [one.event for one in new]
    return tuple(one.job.job_id for one in noted if isinstance(one, NewJob) and one not in told)
