"""What customers are told when a plan is published, and when it has changed; who is told other orders."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Promise, counting_promises
from optimizer.domain.scenario import Scenario
from optimizer.promise_windows import promises_to_tell
from optimizer.replan.following import WINDOW_MIN


class Told(NamedTuple):
    """What one customer is told of a change."""

    job_id: str
    before: Promise | None
    """What the customer was told last; none: nothing so far."""
    now: Promise | None
    """What holds now; none: nobody comes on the planned days."""
    asked: bool
    """The new time is none the customer agreed to before: the customer is asked."""

    @property
    def holds(self) -> bool:
        """Whether the customer still waits for the same person in the same window: there is nothing to tell."""
        before, now = self.before, self.now
        return (
            before is not None
            and now is not None
            and (before.window, before.technician_id) == (now.window, now.technician_id)
        )

    @property
    def change(self) -> Literal["first told", "not served", "other time", "other technician"]:
        """What it is about; another time counts more than another person."""
        if self.now is None:
            return "not served"
        if self.before is None:
            return "first told"
        return "other technician" if self.before.window == self.now.window else "other time"


class Way(Protocol):
    """A way to go on: a proposal, or a plan that was found alone."""

    @property
    def document(self) -> PlanDocument:
        """The plan."""
        ...

    @property
    def ask(self) -> Collection[str]:
        """Jobs whose customers are asked for another time."""
        ...

    @property
    def to_tell(self) -> tuple[str, ...]:
        """Jobs whose customers are to be told something."""
        ...


class Ordered(NamedTuple):
    """What changes in one technician's orders."""

    technician_id: str
    added: tuple[str, ...]
    """Jobs that come to them."""
    dropped: tuple[str, ...]
    """Jobs that are theirs no more."""


def told_of(scenario: Scenario, way: Way, followed: Plan, now: datetime) -> tuple[Told, ...]:
    """Return what is to be told to whom when a way to go on is taken.

    Parameters
    ----------
    scenario : the question that its plan answers
    way : the one that is taken
    followed : the plan that was followed so far
    now : the present moment
    """
    before = _told_so_far(scenario)
    after = _told_now(scenario, way.document.plan, now)
    planned = {stop.job_id for shift in followed.shifts for stop in shift.stops}
    new = (
        job.job_id
        for job in scenario.jobs
        if job.job_id not in before and (job.job_id in after or job.job_id in planned)
    )
    told = (
        Told(name, before.get(name), after.get(name), name in way.ask)
        for name in dict.fromkeys((*way.to_tell, *new))
    )
    return tuple(one for one in told if not one.holds)


def as_told(scenario: Scenario, plan: Plan, told: tuple[Told, ...], now: datetime) -> Scenario:
    """Return the question in which customers know what they have just been told.

    Who was asked for another time has agreed to it: it is their appointment now. Who was told that nobody comes waits
    for no time any more.

    Parameters
    ----------
    scenario : the question that the plan answers
    plan : the plan that is followed from now on
    told : what was told
    now : the present moment
    """
    lost = {one.job_id for one in told if one.now is None}
    agreed = {one.job_id: one.now.window for one in told if one.asked and one.now is not None}
    jobs = tuple(
        job.model_copy(update={"windows": (agreed[job.job_id],)}) if job.job_id in agreed else job
        for job in scenario.jobs
    )
    kept = tuple(one for one in scenario.promises if one.job_id not in lost)
    known = published(scenario.model_copy(update={"promises": kept}), plan, now)
    return known.model_copy(update={"jobs": jobs})


def published(scenario: Scenario, plan: Plan, now: datetime) -> Scenario:
    """Return the question in which every customer of a plan knows when who comes.

    Parameters
    ----------
    scenario : the question that the plan answers
    plan : the plan that is published
    now : the present moment
    """
    told = _told_now(scenario, plan, now)
    kept = (one for one in scenario.promises if one.job_id not in told)
    return scenario.model_copy(update={"promises": (*kept, *told.values())})


def orders_changed(before: Plan, after: Plan) -> tuple[Ordered, ...]:
    """Return whose orders are others now, in order of the new plan; jobs that are no more are nobody's.

    Parameters
    ----------
    before : the plan that was followed
    after : the plan that is followed from now on
    """
    known = {stop.job_id for shift in after.shifts for stop in shift.stops} | set(after.unserved)
    old, new = _jobs(before), _jobs(after)
    return tuple(_ordered(old, new, known))


def _ordered(
    old: dict[str, dict[str, None]], new: dict[str, dict[str, None]], known: set[str]
) -> Iterator[Ordered]:
    for who in dict.fromkeys((*new, *old)):
        had, has = old.get(who, {}), new.get(who, {})
        added = tuple(job_id for job_id in has if job_id not in had)
        dropped = tuple(job_id for job_id in had if job_id not in has and job_id in known)
        if added or dropped:
            yield Ordered(who, added, dropped)


def _jobs(plan: Plan) -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for shift in plan.shifts:
        found.setdefault(shift.technician_id, {}).update(dict.fromkeys(stop.job_id for stop in shift.stops))
    return found


def _told_now(scenario: Scenario, plan: Plan, now: datetime) -> dict[str, Promise]:
    """Return what customers know once a plan is told; who is at work, and what holds already, stays as it is."""
    before = _told_so_far(scenario)
    begun = {job.job_id for job in scenario.jobs if job.has_started}
    everybody = frozenset(shift.technician_id for shift in plan.shifts)
    found: dict[str, Promise] = {}
    for one in promises_to_tell(scenario, plan, everybody, WINDOW_MIN):
        known = before.get(one.job_id)
        same = known is not None and one.told and known.technician_id == one.technician_id
        if known is not None and (one.job_id in begun or (same and not known.asked)):
            found[one.job_id] = known
        else:
            at = known.told_at if known is not None and same else now
            found[one.job_id] = one.model_copy(update={"told": True, "told_at": at, "asked": False})
    return found


def _told_so_far(scenario: Scenario) -> dict[str, Promise]:
    return {job_id: one for job_id, one in counting_promises(scenario.promises).items() if one.told}
