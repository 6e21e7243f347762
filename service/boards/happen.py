"""Notes what has happened to a job: facts come in an order that makes sense, and are never taken back."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from optimizer.errors import InvalidInput, Issue
from service.boards.change import as_it_is, changed
from service.boards.live import ENDED, Fact, FactState, Live, live_of
from service.boards.records import NewFact
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, NOT_FOUND
from service.store import Transaction, tables

AHEAD: Final = timedelta(minutes=5)
"""Facts may lie so far in the future: telephones' clocks are not exact."""

_OWN: Final[frozenset[FactState]] = frozenset({"on_the_way", "arrived"})
"""Happens to each of a crew by itself; everything else happens to the job."""

_NEEDS: Final[dict[FactState, FactState]] = {"finished": "started"}
"""What must have happened before."""

_NOT_AFTER: Final[dict[FactState, frozenset[FactState]]] = {
    "on_the_way": frozenset({"arrived", "started"}),
    "arrived": frozenset({"started"}),
    "no_access": frozenset({"started"}),
}
"""What cannot happen any more after that; nothing happens after `ENDED`."""


def happen(
    tx: Transaction, caller: Caller, row: tables.Board, job_id: str, told: NewFact, now: datetime
) -> Answer:
    """Note a fact; the same fact again changes nothing.

    Parameters
    ----------
    row : the board, kept from others' changes
    job_id : the job
    told : what has happened
    now : the present moment

    Raises
    ------
    Problem
        The published plan sends nobody there, or not the technician who reports; or it cannot happen now.
    InvalidInput
        The moment lies in the future or before an earlier fact, or it was reported of somebody else.
    """
    live = live_of(row)
    fact = _fact(live, caller, job_id, told)
    known = live.facts.get(job_id, ())
    before = tuple(_concerning(known, fact))
    same = next((one for one in before if one.state == fact.state), None)
    if same is not None and same.at == fact.at:
        return as_it_is(row)
    if (against := _against(job_id, fact, before, same)) is not None:
        raise Problem(CONFLICT, against)
    if issues := tuple(_moment_issues(fact, before, now)):
        raise InvalidInput(issues)
    live = live.model_copy(update={"facts": {**live.facts, job_id: (*known, fact)}})
    data = fact.model_dump(mode="json", exclude={"by"})
    return changed(tx, caller, row, live, "happened", now, job_id=job_id, **data)


def planned_crew(live: Live, caller: Caller, job_id: str) -> tuple[str, ...]:
    """Return whom the published plan sends to a job.

    Parameters
    ----------
    live : the board's day
    caller : who asks; a technician sees own jobs only
    job_id : the job

    Raises
    ------
    Problem
        There is no such job in the plan for the caller.
    """
    crew = live.crews.get(job_id, ())
    if not crew or not (caller.may("plan") or caller.technician_id in crew):
        raise Problem(NOT_FOUND, f"The published plan sends nobody to a job {job_id}.")
    return crew


def _fact(live: Live, caller: Caller, job_id: str, told: NewFact) -> Fact:
    crew = planned_crew(live, caller, job_id)
    own = caller.technician_id if caller.technician_id in crew else None
    who = told.technician_id or own or crew[0]
    if who not in crew:
        cause = f"The published plan does not send {who} to {job_id}."
        action = f"Name one of {', '.join(crew)}, or leave the technician out."
        raise InvalidInput((Issue("not-on-the-job", "technician_id", cause, action),))
    if not caller.may("plan") and who != own:
        cause, action = "A technician reports for nobody else.", "Leave the technician out."
        raise InvalidInput((Issue("not-oneself", "technician_id", cause, action),))
    return Fact(state=told.state, at=told.at, technician_id=who, by=caller.key_id)


def _concerning(known: Sequence[Fact], fact: Fact) -> Iterator[Fact]:
    """Yield what has happened to the job or, where each of a crew is meant, to this technician."""
    for one in known:
        own = one.state in _OWN or (fact.state in _OWN and one.state not in ENDED)
        if not own or one.technician_id == fact.technician_id:
            yield one


def _against(job_id: str, fact: Fact, before: Sequence[Fact], same: Fact | None) -> str | None:
    """Return why a fact cannot be, in words with the remedy; none: it can."""
    if same is not None:
        return (
            f"{job_id} was reported {fact.state} already, at {same.at.isoformat()}; the first report stands."
        )
    states = {one.state for one in before}
    last = next((one for one in before if one.state in ENDED), None)
    if last is not None:
        return (
            f"{job_id} ended as {last.state} at {last.at.isoformat()}; nothing more is reported of it today."
        )
    needed = _NEEDS.get(fact.state)
    if needed is not None and needed not in states:
        return f"{job_id} cannot be {fact.state}: it was not reported {needed} yet; report that first."
    later = sorted(states & _NOT_AFTER.get(fact.state, frozenset()))
    if later:
        return f"{job_id} cannot be {fact.state} any more: it was reported {later[0]}."
    return None


def _moment_issues(fact: Fact, before: Sequence[Fact], now: datetime) -> Iterator[Issue]:
    if fact.at > now + AHEAD:
        cause = f"{fact.at.isoformat()} lies in the future."
        yield Issue("in-the-future", "at", cause, "Report it when it has happened.")
    if fact.state == "contacted":  # a call may be noted later, and lies before or after anything
        return
    after = [one for one in before if one.state != "contacted" and one.at > fact.at]
    if after:
        cause = f"{after[-1].state} was reported for {after[-1].at.isoformat()}, which is later."
        yield Issue("before-an-earlier-fact", "at", cause, "Correct the moment.")
