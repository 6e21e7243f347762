"""Who comes to visits of two branches and has dropped out, as it was told to the other branch alone."""

from collections.abc import Iterator, Sequence
from typing import Final

from service.boards.due_records import AwayElsewhere
from service.boards.records import PlanPart
from service.store import Transaction, tables
from service.store.board_events import event_rows
from service.store.boards import board_of_day

_AWAY: Final = frozenset({"call_off", "no_show"})
_HEARD: Final = _AWAY | {"back"}


def away_elsewhere(
    tx: Transaction, row: tables.Board, part: PlanPart, told: Sequence[tables.BoardEvent]
) -> Iterator[AwayElsewhere]:
    """Yield who of the visits with people of other branches has dropped out on those branches' boards, not on this one.

    Parameters
    ----------
    row : the board
    part : its published plan
    told : what has happened on it
    """
    shared = {job_id for guest in part.guests for job_id in guest.jobs}
    people = {guest.technician_id: guest.jobs for guest in part.guests}
    for shift in part.shifts:
        if jobs := tuple(stop.job_id for stop in shift.stops if stop.job_id in shared):
            people[shift.technician_id] = jobs
    here = _heard(told)
    for branch_id in sorted({guest.branch_id for guest in part.guests}):
        other = board_of_day(tx, branch_id, row.day)
        heard = {} if other is None else _heard(event_rows(tx, other.board_id))
        for who, event in heard.items():
            if who in people and who not in here and event["kind"] in _AWAY:
                facts = {"kind": event["kind"], "at": event["at"], "jobs": people[who]}
                yield AwayElsewhere.model_validate({"technician_id": who, "branch_id": branch_id, **facts})


def _heard(rows: Sequence[tables.BoardEvent]) -> dict[str, dict[str, str]]:
    """Return what was told last of who is there and who is not, by technician."""
    return {row.event["technician_id"]: row.event for row in rows if row.event["kind"] in _HEARD}
