"""What is due on a running day: calls and checks of the desk, deadlines about to be missed, who has not appeared."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from optimizer.rules.desk_tasks import MANAGER
from service.boards.due_records import Due, DueClock, DueTask, NotAppeared
from service.boards.elsewhere import away_elsewhere
from service.boards.kinds import kinds_by_job, known_events, of_present_visits
from service.boards.live import Live, live_of
from service.boards.put_out import part_of
from service.boards.records import PlanPart
from service.boards.watch import Risk, clocks_at_risk, promises_at_risk
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT
from service.store import Transaction, tables
from service.store.board_events import event_rows, event_rows_of
from service.store.boards import boards_of

_OVER: Final = frozenset(
    {
        "finished",
        "cancelled",
        "solved_remotely",
        "postponed",
        "no_access",
        "site_not_ready",
        "part_missing",
        "tool_missing",
    }
)
_SEEN: Final = frozenset({"on_the_way", "arrived", "started"})
_DONE_BY: Final[Mapping[str, frozenset[str]]] = {
    "CONTACT": _OVER | _SEEN | {"contacted"},
    "RESPOND": _OVER | _SEEN | {"reached", "told"},
    "COMPLAINT": _OVER | _SEEN | {"contacted", "told"},
    "FOLLOW_UP": (_OVER - {"finished"}) | {"called back"},
    "PROGRESS_CHECK": _OVER | {"overrun"},
}
"""By which events a desk task is done; others by those that end its job. Beside the events' own kinds there are
`reached`, a call that somebody answered, `called back`, one after the work, and `told`: the customer knows a window."""


def due(tx: Transaction, row: tables.Board, now: datetime, risk_min: int) -> Due:
    """Return what is due on a board.

    Parameters
    ----------
    row : the board
    now : the present moment
    risk_min : minutes before the end of a clock from which on it is about to be missed

    Raises
    ------
    Problem
        Nothing was published on it.
    """
    if row.published_plan_id is None:
        raise Problem(CONFLICT, "Nothing was published on the board yet, so nothing is due.")
    live, part = live_of(row), part_of(tx, row, row.published_plan_id)
    boards = boards_of(tx, row.scenario_id)
    knows = known_events((one, live_of(one)) for one in boards)
    events = event_rows(tx, row.board_id)
    present = of_present_visits(events, knows)
    kinds = kinds_by_job(present)
    until = now + timedelta(minutes=risk_min)
    # A clock goes on from day to day, so what meets it may stand on another board of the scenario.
    everywhere = kinds_by_job(of_present_visits(event_rows_of(tx, [one.board_id for one in boards]), knows))
    risks = (*promises_at_risk(live, kinds, now, until), *clocks_at_risk(live, everywhere, now, until))
    open_risks = [one for one in risks if _OVER.isdisjoint(everywhere.get(one.job_id, ()))]
    return Due(
        at=now,
        tasks=tuple(
            sorted(_tasks(part, present, kinds, live.told, now), key=lambda one: one.task.due.timestamp())
        ),
        clocks=tuple(_clock(one) for one in sorted(open_risks, key=lambda one: one.due.timestamp())),
        not_appeared=tuple(_not_appeared(part, live, events, now)),
        away_elsewhere=tuple(away_elsewhere(tx, row, part, events)),
    )


def _tasks(
    part: PlanPart,
    events: list[tables.BoardEvent],
    kinds: Mapping[str, Collection[str]],
    told: Collection[str],
    now: datetime,
) -> Iterator[DueTask]:
    later, calls = _later(part, events), _calls(events)
    for task in part.desk:
        job_id = task.job_id or ""
        known = {*kinds.get(job_id, ()), *calls.get(job_id, ())} | ({"told"} if job_id in told else set())
        done_by = _DONE_BY.get(task.code, _OVER)
        if task.owner == MANAGER:  # a technician's call is not the manager's
            done_by -= {"contacted"}
        if not done_by.isdisjoint(known):
            continue
        moved = later.get(task.job_id or "", timedelta()) if task.code == "PROGRESS_CHECK" else timedelta()
        times = {
            "release": task.release + moved,
            "due": task.due + moved,
            "start": None if task.start is None else task.start + moved,
        }
        task = task.model_copy(update=times)
        if (task.start or task.release) <= now:
            yield DueTask(task=task, overdue=task.due < now)


def _calls(events: list[tables.BoardEvent]) -> dict[str, set[str]]:
    """Return by job what came of calls to its customer, see `_DONE_BY`."""
    over = {
        one.event["job_id"]: datetime.fromisoformat(one.event["at"])
        for one in events
        if one.event["kind"] == "finished"
    }
    found: dict[str, set[str]] = {}
    for one in events:
        if one.event["kind"] != "contacted":
            continue
        job_id, at = one.event["job_id"], datetime.fromisoformat(one.event["at"])
        came = found.setdefault(job_id, set())
        if one.event.get("reached", True):
            came.add("reached")
        if job_id in over and at >= over[job_id]:
            came.add("called back")
    return found


def _later(part: PlanPart, events: list[tables.BoardEvent]) -> dict[str, timedelta]:
    """Return by how much visits began later than planned, where that was reported."""
    planned = {stop.job_id: stop.start for shift in part.shifts for stop in shift.stops if not stop.part}
    began = {
        one.event["job_id"]: datetime.fromisoformat(one.event["at"])
        for one in events
        if one.event["kind"] == "started"
    }
    return {job_id: at - planned[job_id] for job_id, at in began.items() if job_id in planned}


def _clock(risk: Risk) -> DueClock:
    return DueClock.model_validate(risk._asdict())


def _not_appeared(
    part: PlanPart, live: Live, events: list[tables.BoardEvent], now: datetime
) -> Iterator[NotAppeared]:
    heard = _heard_of(live, events)
    for shift in part.shifts:
        limit = part.appear_by.get(shift.technician_id)
        if limit is None or not shift.stops or shift.technician_id in heard:
            continue
        first = shift.stops[0]
        if limit <= now and first.start <= now:
            yield NotAppeared(
                technician_id=shift.technician_id, job_id=first.job_id, start=first.start, limit=limit
            )


def _heard_of(live: Live, events: list[tables.BoardEvent]) -> set[str]:
    """Return of whom anything was reported, or of whose jobs."""
    heard: set[str] = set()
    for one in events:
        who, job_id = one.event.get("technician_id"), one.event.get("job_id", "")
        heard.update(live.crews.get(job_id, ()) if who is None else (who,))
    return heard
