"""Who comes to visits of two branches and has dropped out, as it was told to the other branch alone."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Final

from optimizer.domain.event import Back, CallOff, NoShow
from optimizer.domain.plan import Stop
from service.boards.due_records import AwayElsewhere
from service.boards.followed import event_of
from service.boards.kinds import ENDED, kinds_by_job
from service.boards.records import PlanPart
from service.store import Transaction, tables
from service.store.board_events import event_rows
from service.store.boards import board_of_day

_Heard = CallOff | NoShow | Back
_HEARD: Final = frozenset({"call_off", "no_show", "back"})


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
    here = _heard(told)
    for branch_id in sorted({guest.branch_id for guest in part.guests}):
        other = board_of_day(tx, branch_id, row.day)
        rows = [] if other is None else event_rows(tx, other.board_id)
        over = {
            job_id for job_id, kinds in kinds_by_job((*told, *rows)).items() if not kinds.isdisjoint(ENDED)
        }
        visits = _visits_with(part, branch_id)
        for who, event in _heard(rows).items():
            jobs = tuple(
                stop.job_id
                for stop in visits.get(who, ())
                if stop.job_id not in over and _misses(event, stop, row.day)
            )
            if jobs and not _is_known(here.get(who), event):
                facts = {"kind": event.kind, "at": event.at, "jobs": jobs}
                yield AwayElsewhere.model_validate({"technician_id": who, "branch_id": branch_id, **facts})


def _visits_with(part: PlanPart, branch_id: str) -> dict[str, list[Stop]]:
    """Return the day's visits that are shared with a branch, by everybody who comes to them."""
    guests = [guest for guest in part.guests if guest.branch_id == branch_id]
    shared = {job_id for guest in guests for job_id in guest.jobs}
    found: dict[str, list[Stop]] = {}
    for shift in part.shifts:
        stops = [stop for stop in shift.stops if stop.job_id in shared]
        found[shift.technician_id] = stops
        for guest in guests:
            mine = found.setdefault(guest.technician_id, [])
            known = {stop.job_id for stop in mine}
            mine.extend(stop for stop in stops if stop.job_id in guest.jobs and stop.job_id not in known)
    return found


def _misses(event: _Heard, stop: Stop, day: date) -> bool:
    """Tell whether somebody is not there for a visit, or not for all of it."""

    def at(clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=stop.start.tzinfo)

    match event:
        case Back():
            return False
        case NoShow():
            return stop.end > event.at
        case CallOff():
            begins = event.at if event.away_from is None else at(event.away_from)
            return stop.end > begins and (event.back_at is None or stop.start < at(event.back_at))


def _is_known(here: _Heard | None, elsewhere: _Heard) -> bool:
    """Tell whether a board has heard already that somebody has dropped out, or something newer."""
    return here is not None and (not isinstance(here, Back) or here.at >= elsewhere.at)


def _heard(rows: Sequence[tables.BoardEvent]) -> dict[str, _Heard]:
    """Return what was told last of who is there and who is not, by technician."""
    found = [event_of(row) for row in rows if row.event["kind"] in _HEARD]
    return {one.technician_id: one for one in found if isinstance(one, _Heard)}
