"""What comes from outside on a day: people who fall ill, customers who do not want the visit any more."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from optimizer.domain.event import Back, CallOff, Cancelled
from optimizer.domain.job import Job
from optimizer.domain.roster import RosterShift, roster
from optimizer.domain.scenario import Scenario
from optimizer.whatif.demand.absence import illness
from optimizer.whatif.simulate.world import World
from optimizer.whatif.variants.on_call import waits_on_call

SOON = timedelta(minutes=1)


def calls_off(world: World, scenario: Scenario, day: date, now: datetime) -> Iterator[CallOff | Back]:
    """Yield who falls ill, and who is called in instead: for each the first colleague of the branch on call.

    Parameters
    ----------
    world : what really happens
    scenario : the question of the day
    day : local date
    now : when it is planned: nobody calls off before that
    """
    shifts = [one for one in roster(scenario) if one.key.day == day]
    waiting = [one for one in shifts if waits_on_call(one.technician, day)]
    before = timedelta(minutes=world.model.absences.call_off_min)
    for one in shifts:
        who = one.technician
        span = illness(world.model, world.chain, who.technician_id, day)
        if span is None or any(leave.covers(day) for leave in who.leave):
            continue
        at = max(now + SOON, one.start - before, key=datetime.timestamp)
        yield CallOff(
            kind="call_off",
            at=at,
            technician_id=who.technician_id,
            last_day=span.last_day,
            approved=True,
            reason=span.reason,
        )
        if (instead := _instead(world, waiting, one)) is not None:
            waiting.remove(instead)
            yield Back(kind="back", at=at + SOON, technician_id=instead.key.technician_id)


def _instead(world: World, waiting: list[RosterShift], away: RosterShift) -> RosterShift | None:
    return next(
        (
            one
            for one in waiting
            if one.technician.branch_id == away.technician.branch_id
            and illness(world.model, world.chain, one.key.technician_id, one.key.day) is None
        ),
        None,
    )


def cancellations(world: World, jobs: Iterable[Job], until: datetime) -> Iterator[Cancelled]:
    """Yield which customers take their report back up to a moment; once a visit was made nobody does.

    Parameters
    ----------
    world : what really happens
    jobs : jobs that are open
    until : the moment
    """
    for job in jobs:
        at = world.cancelled_at(job)
        if at is not None and at.timestamp() <= until.timestamp():
            yield Cancelled(kind="cancelled", at=at, job_id=job.job_id)
