"""The orders of a plan with a move made: jobs, seats, halts at branches and the ways of shared tools."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from optimizer.domain.orders import OrderedDay, OrderedRestock, OrderedTool
from optimizer.domain.roster import ShiftKey
from optimizer.preview.settle import Settled
from optimizer.preview.standing import Standing


class Edited(NamedTuple):
    """Orders after a move."""

    days: Mapping[ShiftKey, OrderedDay]
    """All days with work."""
    tools: tuple[OrderedTool, ...]
    """All ways of shared tools."""
    touched: frozenset[ShiftKey]
    """The days that have other orders."""


def edited(standing: Standing, asked: Settled, position: int) -> Edited:
    """Return the orders with a move made; everything else stays in its order.

    Who takes over a visit takes its place in the crew, and halts at branches keep their place between the other stops:
    a job that is put in front of another comes behind the halts there. A shared tool goes to the job as before as
    long as it is done on the same day; on another day it gets the piece that is free first.

    Parameters
    ----------
    standing : the plan
    asked : the move
    position : how many of the other stops come before the job; does not matter where it is left out
    """
    job_id = asked.move.job_id
    days = dict(standing.orders)
    seat: int | None = None
    for key in asked.sources:
        seat = days[key].seats.get(job_id)
        days[key] = _without(days[key], job_id)
    if asked.target is not None:
        key = asked.target
        day = days.get(key, OrderedDay(technician_id=key.technician_id, day=key.day, jobs=()))
        days[key] = _with(day, job_id, position, seat)
    touched = frozenset((*asked.sources, *([asked.target] if asked.target else [])))
    kept = {key: day for key, day in days.items() if key not in touched or not _is_idle(days, key)}
    done = {key.day for key in standing.visitors.get(job_id, frozenset()) - set(asked.sources)}
    done |= {asked.target.day} if asked.target else set()
    tools = (one if one.day in done else _left(one, job_id) for one in standing.tools)
    return Edited(kept, tuple(one for one in tools if one.jobs), touched)


def without_halts(orders: Edited, idle: Mapping[ShiftKey, Collection[int]]) -> Edited:
    """Return the orders without some halts at branches, and without the days that had nothing else.

    Parameters
    ----------
    orders : the orders
    idle : shift → numbers of its halts
    """
    days = dict(orders.days)
    for key, numbers in idle.items():
        kept = tuple(halt for i, halt in enumerate(days[key].restocks) if i not in numbers)
        days[key] = days[key].model_copy(update={"restocks": kept})
    alive = {key: day for key, day in days.items() if key not in idle or not _is_idle(days, key)}
    return orders._replace(days=alive, touched=orders.touched | idle.keys())


def _is_idle(days: Mapping[ShiftKey, OrderedDay], key: ShiftKey) -> bool:
    """Tell whether a day has nothing to do and is no part of a trip."""
    day = days[key]
    if day.jobs or day.restocks or day.away:
        return False
    return not any(
        other.away and other_key.technician_id == key.technician_id and (key.day - other_key.day).days == 1
        for other_key, other in days.items()
    )


def _without(day: OrderedDay, job_id: str) -> OrderedDay:
    at = day.jobs.index(job_id)
    return day.model_copy(
        update={
            "jobs": (*day.jobs[:at], *day.jobs[at + 1 :]),
            "seats": {one: seat for one, seat in day.seats.items() if one != job_id},
            "restocks": tuple(_moved(halt, -1 if halt.before > at else 0) for halt in day.restocks),
        }
    )


def _with(day: OrderedDay, job_id: str, position: int, seat: int | None) -> OrderedDay:
    return day.model_copy(
        update={
            "jobs": (*day.jobs[:position], job_id, *day.jobs[position:]),
            "seats": day.seats if seat is None else {**day.seats, job_id: seat},
            "restocks": tuple(_moved(halt, 1 if halt.before > position else 0) for halt in day.restocks),
        }
    )


def _moved(halt: OrderedRestock, by: int) -> OrderedRestock:
    return halt.model_copy(update={"before": halt.before + by}) if by else halt


def _left(tool: OrderedTool, job_id: str) -> OrderedTool:
    if job_id not in tool.jobs:
        return tool
    return tool.model_copy(update={"jobs": tuple(one for one in tool.jobs if one != job_id)})
