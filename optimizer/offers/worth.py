"""What a new job adds to the bill, what it does to clocks, and whether a hard rule is broken: of the days it touches.

The plan as it is knows no such job; the plan with it has a promise more. Both are cut out as for a preview, and every
rule says of both what it says of any plan.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from optimizer.checker import breaches_of, contradictions
from optimizer.diff.worth import clock_changes
from optimizer.domain.assessment import BillLine, ClockState, Finding
from optimizer.domain.plan import Plan
from optimizer.domain.plan_diff import BillDiff, ClockChange
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.offers.calls import added_calls
from optimizer.offers.promised import promise_of, with_promise
from optimizer.offers.question import Question
from optimizer.preview.cut import Cut, Surroundings
from optimizer.preview.desk import Desk
from optimizer.preview.part import part_of
from optimizer.preview.scopes import scope_of
from optimizer.preview.standing import Standing
from optimizer.preview.worth import Cents, bill_with, cents_of, findings_only_in
from optimizer.rules import RULES
from optimizer.rules.base import Rule
from optimizer.rules.desk_tasks import DeskRule


class Worth(NamedTuple):
    """What comes of serving the job."""

    cents: Cents
    """What it adds to the bill, by rule and kind of money."""
    findings: tuple[Finding, ...]
    """Hard rules that it breaks."""
    clocks: tuple[ClockState, ...]
    """The job's own clocks."""
    other_clocks: tuple[ClockChange, ...]
    """Clocks of others that stand differently."""


class _Sides(NamedTuple):
    """What one scope sees of the plan without the job and of the plan with it."""

    old: Scenario
    """The question without the job."""
    before: Plan
    """Its days."""
    new: Scenario
    """The question with the job and its promise."""
    after: Plan
    """Its days with the job in them."""
    known: "_Before"
    """What the rules have said of the plan without the job."""


class _Before(NamedTuple):
    """What rules say of days as they are, by code; the same days are asked about for many windows."""

    cents: dict[str, Cents]
    """What they cost."""
    clocks: dict[str, tuple[ClockState, ...]]
    """How the clocks stand that no call hangs on."""


class Appraiser:
    """Tells what serving a new job in some window adds.

    Parameters
    ----------
    base : the plan without the job
    question : the question with it
    """

    def __init__(self, base: Standing, question: Question) -> None:
        self._base = base
        self._lines = cents_of(base.document.assessment.bill.lines)
        self._job = question.job
        told = with_promise(question.standing.scenario, question.job, self._any_promise(question))
        standing = question.standing.with_scenario(told)
        self._desk = Desk(standing)
        self._calls = added_calls(base, standing, question.job.job_id)
        self._order = {rule.code: place for place, rule in enumerate(RULES)}
        self._before: dict[tuple[object, ...], _Before] = {}

    def worth(self, around: Surroundings, promise: Promise) -> Worth:
        """Return what serving the job adds.

        Parameters
        ----------
        around : what stands around the change
        promise : what the customer is told
        """
        base, cut = self._base, around.people
        people = self._sides(cut, promise)
        self._desk.show(Cut(people.new, cut.before, people.after))
        was: list[Finding] = []
        now: list[Finding] = list(contradictions(people.new, people.after))
        was.extend(contradictions(people.old, people.before) if now else ())
        cents: Cents = Counter(self._calls.cents)
        old: list[ClockState] = []
        new: list[ClockState] = []
        known: dict[int, _Sides] = {id(cut): people}
        for rule in base.book.active():
            params = base.book.params(rule)
            seen = around.cut(scope_of(rule.code))
            if id(seen) not in known:
                known[id(seen)] = self._sides(seen, promise)
            sides = known[id(seen)]
            if isinstance(rule, DeskRule):
                _add(cents, rule.bill(people.new, params, people.after))
                _add(cents, rule.bill(people.new, params, cut.before), sign=-1)
                old.extend(rule.clocks(people.new, params, cut.before))
                new.extend(rule.clocks(people.new, params, people.after))
            elif rule.hard:
                found = tuple(breaches_of(rule, sides.new, params, sides.after))
                now.extend(found)
                was.extend(breaches_of(rule, sides.old, params, sides.before) if found else ())
            else:
                _add(cents, rule.bill(sides.new, params, sides.after))
                for owed_for, owed in _cents_before(rule, params, sides).items():
                    cents[owed_for] -= owed
                old.extend(_clocks_before(rule, params, people))
                new.extend(rule.clocks(people.new, params, people.after))
        return Worth(cents, findings_only_in(now, was), self._own_clocks(new), self._changes(old, new))

    def bill(self, cents: Cents) -> BillDiff:
        """Return how the bill of the plan changes.

        Parameters
        ----------
        cents : what is added, by rule and kind of money
        """
        total_cents = self._base.document.assessment.bill.total_cents
        return bill_with(cents, self._lines, total_cents, self._order)

    def _any_promise(self, question: Question) -> Promise:
        """Return any promise: what the desk has to do hangs on there being one, not on what is promised."""
        window = question.windows[0]
        who = question.standing.scenario.technicians[0].technician_id
        return promise_of(self._base.scenario, question.job.job_id, window, who, window.start)

    def _sides(self, seen: Cut, promise: Promise) -> _Sides:
        job_id, technicians = self._job.job_id, seen.scenario.technicians
        jobs = [one for one in seen.scenario.jobs if one.job_id != job_id]
        left = tuple(one for one in seen.before.unserved if one != job_id)
        key = (
            tuple(one.technician_id for one in technicians),
            tuple(one.job_id for one in jobs),
            tuple(day.key for day in seen.before.shifts),
        )
        return _Sides(
            old=part_of(seen.scenario, technicians, jobs),
            before=seen.before.model_copy(update={"unserved": left}),
            new=with_promise(seen.scenario, self._job, promise),
            after=seen.after,
            known=self._before.setdefault(key, _Before({}, {})),
        )

    def _own_clocks(self, clocks: Iterable[ClockState]) -> tuple[ClockState, ...]:
        """Return the job's clocks; those of calls that no plan changes are known already."""
        mine = {(one.code, one.label): one for one in self._calls.own}
        mine |= {(one.code, one.label): one for one in clocks if one.job_id == self._job.job_id}
        return tuple(sorted(mine.values(), key=lambda one: (self._order[one.code], one.label)))

    def _changes(self, old: list[ClockState], new: list[ClockState]) -> tuple[ClockChange, ...]:
        others = [[one for one in some if one.job_id != self._job.job_id] for some in (old, new)]
        return (*self._calls.others, *clock_changes(others[0], others[1], self._base.compiled.timeline.zone))


def _add(cents: Cents, lines: Iterable[BillLine], *, sign: int = 1) -> None:
    """Add the lines of a bill, or take them away."""
    for line in lines:
        cents[line.code, line.kind] += sign * line.cents


def _cents_before(rule: Rule[Any], params: Any, sides: _Sides) -> Cents:
    """Return what a rule costs in the days as they are."""
    known = sides.known.cents
    if rule.code not in known:
        known[rule.code] = cents_of(rule.bill(sides.old, params, sides.before))
    return known[rule.code]


def _clocks_before(rule: Rule[Any], params: Any, sides: _Sides) -> tuple[ClockState, ...]:
    """Return how the clocks of a rule without calls stand in the days as they are."""
    known = sides.known.clocks
    if rule.code not in known:
        known[rule.code] = tuple(rule.clocks(sides.old, params, sides.before))
    return known[rule.code]
