"""What the desk has to do and when there is time for it: all calls of all rules on one timetable.

Calls that are known whatever the plan come first: of those that wait, the one due first, on as many lines as
people work at the desk, in desk hours from the present time on. Then come the calls that follow from the plan,
on what is left of the lines. The manager has a line of their own, and each technician one for the calls to the
own customers, also in desk hours; they take no time of the shift. A call that finds no line before the last
planned day ends has no time in the timetable.

`DeskRule` is the family of the rules with calls, `timetable` the one timetable they share.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, takewhile
from typing import Any, Final, NamedTuple

from optimizer.domain.assessment import DeskTask
from optimizer.domain.desk_hours import desk_days, desk_task_s
from optimizer.domain.kept import Kept
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import P, Rule
from optimizer.rules.desk_lines import Gap, Wait, work_off
from optimizer.rules.publication import published
from optimizer.rules.settings import params_of

DESK: Final = "desk"
MANAGER: Final = "manager"
LOOK_BACK_S: Final = 31 * 24 * 3600
"""A present time longer ago than this before the horizon does not lengthen the timetable."""


class Call(NamedTuple):
    """Something somebody has to call, answer or write. Seconds count from the horizon's start."""

    code: str
    """The rule it comes from."""
    owner: str
    """`DESK`, `MANAGER`, or a technician's id."""
    release_s: int
    """When it can be done at the earliest, the present time apart."""
    due_s: int
    """When it must be done."""
    sentence: str
    """What to do, in words."""
    job_id: str | None = None
    """The job it is for."""
    batch_id: str | None = None
    """The batch on a bench it is for."""
    customer_id: str | None = None
    """The customer it is for, where it belongs to no job; of a batch, where known."""
    technician_id: str | None = None
    """The technician who is asked, where one is."""
    until_s: int | None = None
    """After this moment it is pointless; none: it can always be done."""
    done_s: int | None = None
    """When it was done, where that is a fact: then it needs no time any more."""


class Booked(NamedTuple):
    """A call and its place on the timetable."""

    call: Call
    start_s: int | None
    """When it is made or was done, in seconds from the horizon's start; none: not within the horizon."""


class Timetable(NamedTuple):
    """The calls of all rules, each at its time."""

    booked: Mapping[str, tuple[Booked, ...]]
    """Calls by rule code, in the order in which the rule names them."""
    free: Mapping[str, tuple[Gap, ...]]
    """Free time left, by owner, of those who have a call."""


class DeskRule(Rule[P]):
    """A rule that gives somebody calls to make."""

    def calls(self, scenario: Scenario, params: P, timeline: Timeline) -> Iterator[Call]:
        """Yield the calls that are known whatever the plan."""
        return iter(())

    def calls_after(self, scenario: Scenario, params: P, plan: Plan, timeline: Timeline) -> Iterator[Call]:
        """Yield the calls that follow from the plan."""
        return iter(())

    def tasks(self, scenario: Scenario, params: P, plan: Plan) -> Iterator[DeskTask]:
        """Yield this rule's calls, each at its place on the timetable of all rules."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        for call, start_s in timetable(scenario, plan).booked.get(self.code, ()):
            if call.done_s is None:
                yield DeskTask(
                    code=call.code,
                    job_id=call.job_id,
                    batch_id=call.batch_id,
                    customer_id=call.customer_id,
                    technician_id=call.technician_id,
                    owner=call.owner,
                    release=timeline.moment(call.release_s),
                    due=timeline.moment(call.due_s),
                    start=None if start_s is None else timeline.moment(start_s),
                    sentence=call.sentence,
                )


# ---- The timetable ---------------------------------------------------------------------------------------------


_WITHOUT_PLAN: Final = Kept[Timetable]()
_TIMETABLES: Final = Kept[Kept[Timetable]]()
"""Of a scenario and a plan."""


def timetable(scenario: Scenario, plan: Plan | None) -> Timetable:
    """Return the timetable; it is kept as long as the scenario and the plan are.

    Parameters
    ----------
    scenario : the question; rules that its policy turns off give no calls
    plan : the plan whose calls are on it too; none: only the calls that are known whatever the plan
    """
    if plan is None:
        return _WITHOUT_PLAN.of(scenario, lambda: _known_calls(scenario))
    return _TIMETABLES.of(scenario, Kept[Timetable]).of(
        plan, lambda: booked_after(scenario, following_calls(scenario, plan))
    )


def keep_timetable(scenario: Scenario, plan: Plan, table: Timetable) -> None:
    """Let the rules read this timetable for a scenario and a plan that are parts of larger ones.

    Parameters
    ----------
    scenario, plan : the parts
    table : the calls that are to be read, each at its place on the timetable of the whole
    """
    _TIMETABLES.of(scenario, Kept[Timetable]).keep(plan, table)


def following_calls(scenario: Scenario, plan: Plan) -> Iterator[Call]:
    """Yield the calls that follow from a plan, rule by rule in the order of the book.

    Parameters
    ----------
    scenario : the question; rules that its policy turns off give no calls
    plan : the plan
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    for rule, params in _desk_rules(scenario):
        yield from rule.calls_after(scenario, params, plan, timeline)


def booked_after(scenario: Scenario, calls: Iterable[Call]) -> Timetable:
    """Return the timetable with these calls behind those that are known whatever the plan.

    What one owner has to do changes nothing for the others, so all calls of some owners can be booked by themselves.

    Parameters
    ----------
    scenario : the question
    calls : calls that follow from a plan, in the order of `following_calls`
    """
    return _book(scenario, calls, timetable(scenario, None))


def free_time(scenario: Scenario, owner: str) -> tuple[Gap, ...]:
    """Return the free time that calls known whatever the plan leave an owner, on all lines.

    Parameters
    ----------
    scenario : the question
    owner : `DESK`, `MANAGER`, or a technician's id
    """
    left = timetable(scenario, None).free.get(owner)
    return _hours(scenario) * _lines(scenario, owner) if left is None else left


def _known_calls(scenario: Scenario) -> Timetable:
    """Return the timetable of the calls that are known whatever the plan."""
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    known = (rule.calls(scenario, params, timeline) for rule, params in _desk_rules(scenario))
    return _book(scenario, chain.from_iterable(known), Timetable({}, {}))


def _desk_rules(scenario: Scenario) -> Iterator[tuple[DeskRule[Any], Any]]:
    from optimizer.rules import RULES  # imported here: the list contains rules that import this file

    for rule in RULES:
        if isinstance(rule, DeskRule):
            params = params_of(rule, scenario.policy)
            if params.active:
                yield rule, params


def _book(scenario: Scenario, calls: Iterable[Call], on: Timetable) -> Timetable:
    """Put every call on a timetable: the desk's on all its lines, everybody else's on one."""
    hours = _hours(scenario)
    by_owner: defaultdict[str, list[Call]] = defaultdict(list)
    booked = defaultdict(list, {code: list(some) for code, some in on.booked.items()})
    for call in calls:
        if call.done_s is None:
            by_owner[call.owner].append(call)
        else:
            booked[call.code].append(Booked(call, call.done_s))
    free = dict(on.free)
    for owner, mine in by_owner.items():
        starts, free[owner] = work_off(
            [Wait(one.release_s, one.due_s, one.until_s) for one in mine],
            free.get(owner, hours * _lines(scenario, owner)),
            desk_task_s(scenario),
        )
        for call, start_s in zip(mine, starts, strict=True):
            booked[call.code].append(Booked(call, start_s))
    return Timetable({code: tuple(some) for code, some in booked.items()}, free)


def _lines(scenario: Scenario, owner: str) -> int:
    return scenario.policy.desk.people if owner == DESK else 1


def _hours(scenario: Scenario) -> tuple[Gap, ...]:
    """Return one line's hours from the present time to the last planned day."""
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    now_s = max(published(scenario, timeline), -LOOK_BACK_S)
    last = scenario.horizon.dates()[-1]
    days = takewhile(lambda one: one.day <= last, desk_days(scenario, timeline.moment(now_s)))
    spans = (Gap(max(now_s, timeline.seconds(one.opens)), timeline.seconds(one.closes)) for one in days)
    return tuple(gap for gap in spans if gap.end_s > gap.start_s)
