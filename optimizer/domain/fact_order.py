"""Facts in an order that time allows: nothing is done before it was reported, nor after the present time."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue


class _Fact(NamedTuple):
    """A moment that a record states."""

    path: str
    words: str
    """What happened then, e.g. ``the dispatch order``."""
    at: datetime | None


def facts_in_order(scenario: Scenario, zone: ZoneInfo) -> Iterator[Issue]:
    """Yield facts that come before what they answer, and facts that lie after the present time.

    Without a present time only the order among the facts is looked at: such a scenario may hold a whole day.

    Parameters
    ----------
    scenario : the question
    zone : its time zone, for the sentences
    """
    for i, job in enumerate(scenario.jobs):
        reported, after = _of_job(f"jobs[{i}]", job)
        for fact in after:
            yield from _before(reported, fact, zone)
        for fact in (reported, *after):
            yield from _to_come(fact, scenario.now, zone)
        if job.rework is not None:
            noticed = _Fact(f"jobs[{i}].rework.noticed_at", "the notice of the leak", job.rework.noticed_at)
            yield from _to_come(noticed, scenario.now, zone)
    for i, branch in enumerate(scenario.branches):
        for x, batch in enumerate(branch.bench):
            path = f"branches[{i}].bench[{x}]"
            back = _Fact(f"{path}.handed_back_at", "the hand-over", batch.handed_back_at)
            called = _Fact(f"{path}.followed_up_at", "the call back", batch.followed_up_at)
            yield from _before(back, called, zone)
            yield from _to_come(back, scenario.now, zone)
            yield from _to_come(called, scenario.now, zone)
    reports = {job.job_id: _of_job(f"jobs[{i}]", job)[0] for i, job in enumerate(scenario.jobs)}
    for i, promise in enumerate(scenario.promises):
        told = _Fact(f"promises[{i}].told_at", "telling the customer", promise.told_at)
        if promise.job_id in reports:  # an unknown job is reported by itself
            yield from _before(reports[promise.job_id], told, zone)
        yield from _to_come(told, scenario.now, zone)
    for i, technician in enumerate(scenario.technicians):
        for x, record in enumerate(technician.attendance):
            path = f"technicians[{i}].attendance[{x}].clocked_in_at"
            yield from _to_come(_Fact(path, "clocking in", record.clocked_in_at), scenario.now, zone)


def _of_job(path: str, job: Job) -> tuple[_Fact, tuple[_Fact, ...]]:
    desk = job.desk
    return _Fact(f"{path}.intake_at", "the report", job.intake_at), (
        _Fact(f"{path}.dispatched_at", "the dispatch order", job.dispatched_at),
        _Fact(f"{path}.desk.answered_at", "the answer", desk.answered_at),
        _Fact(f"{path}.desk.contacted_at", "the call to the customer", desk.contacted_at),
        _Fact(f"{path}.desk.replied_in_writing_at", "the written reply", desk.replied_in_writing_at),
        _Fact(f"{path}.desk.confirmed_at", "the customer's confirmation", desk.confirmed_at),
    )


def _before(first: _Fact, then: _Fact, zone: ZoneInfo) -> Iterator[Issue]:
    if first.at is not None and then.at is not None and then.at.timestamp() < first.at.timestamp():
        cause = (
            f"{then.words} at {_local(then.at, zone)} comes before {first.words} at {_local(first.at, zone)}."
        )
        yield Issue("wrong-order", then.path, cause[0].upper() + cause[1:], "Correct one of the two times.")


def _to_come(fact: _Fact, now: datetime | None, zone: ZoneInfo) -> Iterator[Issue]:
    if fact.at is not None and now is not None and fact.at.timestamp() > now.timestamp():
        cause = f"{fact.words} at {_local(fact.at, zone)} comes after the present time {_local(now, zone)}."
        action = "Correct the time, leave it out, or correct the present time in now."
        yield Issue("after-now", fact.path, cause[0].upper() + cause[1:], action)


def _local(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
