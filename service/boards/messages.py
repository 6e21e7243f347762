"""What each side is to be told after a publication: customers of their visits, technicians of their jobs."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from optimizer.domain.event_issues import Known
from optimizer.domain.job import Job
from optimizer.domain.plan import Stop
from optimizer.domain.promise import Promise
from service.boards.live import Live
from service.boards.message_records import (
    CustomerChange,
    CustomerMessage,
    MessageList,
    PublicationMessages,
    TechnicianChange,
    TechnicianMessage,
)
from service.boards.records import PlanPart
from service.caller import Caller
from service.store import Transaction, tables
from service.store import messages as store
from service.webhooks.announce import announce

_NO_MORE = frozenset({"cancelled", "solved_remotely"})


class Publishing(NamedTuple):
    """A publication as it is made."""

    before: PlanPart | None
    """The branch's part of the plan up to now; none: this is the first."""
    part: PlanPart
    """The branch's part of the plan from now on."""
    known: Known
    """Whom that plan sends where, on all its days."""
    live: Live
    """The board's day up to now."""
    promises: Mapping[str, Promise]
    """What that plan asks to tell each customer."""
    ask: Collection[str]
    """Jobs whose customers are asked for another time."""
    kinds: Mapping[str, Collection[str]]
    """What was reported of each job."""


def customer_messages(made: Publishing) -> Iterator[CustomerMessage]:
    """Yield what customers are to be told, by job; whose visit has begun or is over is told nothing.

    What counts as known is what the customer was told last, else what the plan up to now asked to tell.

    Parameters
    ----------
    made : the publication
    """
    known = {**made.live.promises, **made.live.told}
    jobs = _jobs(made)
    for job_id in dict.fromkeys((*known, *made.promises)):
        kinds = made.kinds.get(job_id, ())
        if "started" in kinds or _NO_MORE.intersection(kinds):
            continue
        old, new = known.get(job_id), made.promises.get(job_id)
        changes = tuple(_changes(made, job_id, old, new))
        job = jobs.get(job_id)
        if not changes:
            continue
        crew = made.known.crews.get(job_id, ())
        yield CustomerMessage(
            job_id=job_id,
            customer=None if job is None else job.customer,
            changes=changes,
            technician_id=crew[0] if crew else None,
            window=None if new is None else new.window,
            day=made.known.last_day.get(job_id),
            was_technician_id=None if old is None else old.technician_id,
            was_window=None if old is None else old.window,
        )


def technician_messages(made: Publishing) -> Iterator[TechnicianMessage]:
    """Yield what technicians are to be told, by technician and job; of what is over nothing.

    Parameters
    ----------
    made : the publication
    """
    before = {} if made.before is None else _visits(made.before)
    after = _visits(made.part)
    for who, job_id in sorted({*before, *after}):
        old, new = before.get((who, job_id)), after.get((who, job_id))
        change: TechnicianChange
        if old is None:
            change = "added"
        elif new is not None and new.start != old.start:
            change = "moved"
        elif new is None and _is_open(made, job_id):
            change = "taken away"
        else:
            continue
        yield TechnicianMessage(
            technician_id=who,
            job_id=job_id,
            change=change,
            start=None if new is None else new.start,
            was_start=None if old is None else old.start,
        )


def let_know(tx: Transaction, row: tables.Board, version: int, made: Publishing, now: datetime) -> None:
    """Keep what each side is to be told with the board, and tell webhooks, without customers.

    Parameters
    ----------
    row : the board
    version : the board's version by the publication
    made : the publication
    now : the present moment
    """
    said = PublicationMessages(
        version=version,
        plan_id=made.part.plan_id,
        at=now,
        customers=tuple(customer_messages(made)),
        technicians=tuple(technician_messages(made)),
    )
    store.add_messages(tx, row.board_id, version, said.model_dump_json().encode())
    data = {
        "branch_id": row.branch_id,
        "day": row.day.isoformat(),
        "plan_id": said.plan_id,
        "version": version,
        "customers": [one.model_dump(mode="json", exclude={"customer"}) for one in said.customers],
        "technicians": [one.model_dump(mode="json") for one in said.technicians],
    }
    announce(tx, event="messages.made", about=row.board_id, branches=(row.branch_id,), data=data, now=now)


def messages(tx: Transaction, caller: Caller, row: tables.Board, limit: int) -> MessageList:
    """Return what each side was to be told, publication by publication, the newest first.

    Parameters
    ----------
    caller : who reads; customers only for who may see them
    row : the board
    limit : at most so many publications
    """
    found = [
        PublicationMessages.model_validate_json(body) for body in store.messages_of(tx, row.board_id, limit)
    ]
    if not caller.may("personal"):
        found = [_without_customers(one) for one in found]
    return MessageList(publications=tuple(found))


def _changes(
    made: Publishing, job_id: str, old: Promise | None, new: Promise | None
) -> Iterator[CustomerChange]:
    if job_id in made.ask:
        yield "asked"
    if new is None:
        if job_id in made.known.crews:
            yield "day"
        elif job_id in made.known.jobs:
            yield "nobody"
    elif old is None:
        yield "visit"
    else:
        if new.window != old.window:
            yield "time"
        if new.technician_id != old.technician_id:
            yield "technician"


def _is_open(made: Publishing, job_id: str) -> bool:
    """Tell whether a job that is not in a technician's day any more is not done."""
    return job_id in made.known.jobs or not _NO_MORE.isdisjoint(made.kinds.get(job_id, ()))


def _jobs(made: Publishing) -> dict[str, Job]:
    before = () if made.before is None else made.before.jobs
    return {job.job_id: job for job in (*before, *made.part.jobs)}


def _visits(part: PlanPart) -> dict[tuple[str, str], Stop]:
    return {(shift.technician_id, stop.job_id): stop for shift in part.shifts for stop in shift.stops}


def _without_customers(said: PublicationMessages) -> PublicationMessages:
    customers = tuple(one.model_copy(update={"customer": None}) for one in said.customers)
    return said.model_copy(update={"customers": customers})
