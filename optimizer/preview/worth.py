"""What a move changes on the bill, in the clocks and in what is broken: rule by rule, each as far as it has to look."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from optimizer.assess import unserved_weight
from optimizer.checker import breaches_of, contradictions
from optimizer.diff.worth import clock_changes
from optimizer.domain.assessment import BillKind, BillLine, ClockState, Finding
from optimizer.domain.plan_diff import BillChange, BillDiff, ClockChange
from optimizer.preview.cut import Cut, Surroundings
from optimizer.preview.desk import Desk
from optimizer.preview.scopes import scope_of
from optimizer.preview.standing import Standing
from optimizer.rules import RULES
from optimizer.rules.base import Rule
from optimizer.rules.unserved import RULE as UNSERVED

Cents = Counter[tuple[str, BillKind]]
"""Cents by rule and kind of money."""


class Worth(NamedTuple):
    """What a move changes."""

    bill: BillDiff
    """The bill."""
    weight: int
    """The unserved priority weight."""
    clocks: tuple[ClockChange, ...]
    """Clocks that stand differently."""
    broken: tuple[Finding, ...]
    """Breaches that come."""
    mended: tuple[Finding, ...]
    """Breaches that go."""


class Appraiser:
    """Tells what moves change in one plan.

    Parameters
    ----------
    standing : the plan
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._desk = Desk(standing)
        self._cents = cents_of(standing.document.assessment.bill.lines)
        self._order = {rule.code: place for place, rule in enumerate(RULES)}
        self._findings = {
            rule.code: tuple(breaches_of(rule, standing.scenario, standing.book.params(rule), standing.plan))
            for rule in standing.book.active()
            if rule.hard and scope_of(rule.code) in ("stock", "plan")
        }

    def worth(self, around: Surroundings) -> Worth:
        """Return what a move changes.

        Parameters
        ----------
        around : what stands around it
        """
        standing, cut = self._standing, around.people
        self._desk.show(cut)
        sound = self._is_sound(cut)
        was: list[Finding] = [] if sound else list(contradictions(cut.scenario, cut.before))
        now: list[Finding] = list(contradictions(cut.scenario, cut.after))
        cents: Cents = Counter()
        clocks: tuple[list[ClockState], list[ClockState]] = ([], [])
        for rule in standing.book.active():
            seen = around.cut(scope_of(rule.code))
            if rule.hard:
                was.extend(() if sound and seen is cut else self._broken_before(rule, seen))
                now.extend(breaches_of(rule, seen.scenario, standing.book.params(rule), seen.after))
            else:
                cents.update(self.difference(rule, seen))
            for plan, found in zip((cut.before, cut.after), clocks, strict=True):
                found.extend(rule.clocks(cut.scenario, standing.book.params(rule), plan))
        params, zone = standing.book.params(UNSERVED), ZoneInfo(standing.scenario.time_zone)
        before, after = (unserved_weight(cut.scenario, plan, params) for plan in (cut.before, cut.after))
        return Worth(
            bill=self._bill(cents),
            weight=after - before,
            clocks=tuple(clock_changes(self._by_job(clocks[0]), self._by_job(clocks[1]), zone)),
            broken=findings_only_in(now, was),
            mended=findings_only_in(was, now),
        )

    def difference(self, rule: Rule[Any], seen: Cut) -> Cents:
        """Return by how much a rule's part of the bill changes.

        Parameters
        ----------
        rule : a soft rule
        seen : what it looks at
        """
        params = self._standing.book.params(rule)
        old, new = (cents_of(rule.bill(seen.scenario, params, plan)) for plan in (seen.before, seen.after))
        new.subtract(old)
        return new

    def nothing(self) -> Worth:
        """Return what a move is worth that cannot be timed."""
        return Worth(self._bill(Counter()), 0, (), (), ())

    def _is_sound(self, cut: Cut) -> bool:
        """Tell whether nothing can be found in what stands: nothing is in the whole plan, and no crew is cut apart."""
        found = self._standing.document.assessment.findings
        return not found and all(self._standing.takes_one_visit(job.job_id) for job in cut.scenario.jobs)

    def _broken_before(self, rule: Rule[Any], seen: Cut) -> Iterable[Finding]:
        if seen.before is self._standing.plan:
            return self._findings[rule.code]
        return breaches_of(rule, seen.scenario, self._standing.book.params(rule), seen.before)

    def _bill(self, difference: Cents) -> BillDiff:
        total_cents = self._standing.document.assessment.bill.total_cents
        return bill_with(difference, self._cents, total_cents, self._order)

    def _by_job(self, clocks: list[ClockState]) -> list[ClockState]:
        row = self._standing.job_row
        return sorted(clocks, key=lambda one: len(row) if one.job_id is None else row[one.job_id])


def bill_with(difference: Cents, before: Cents, total_cents: int, order: Mapping[str, int]) -> BillDiff:
    """Return how a bill changes by what is added to it.

    Parameters
    ----------
    difference : what is added, by rule and kind of money
    before : what the bill has of each
    total_cents : its total
    order : rule → its place in the bill
    """
    changed = {key: cents for key, cents in difference.items() if cents}
    return BillDiff(
        old_cents=total_cents,
        new_cents=total_cents + sum(changed.values()),
        difference_cents=sum(changed.values()),
        changes=tuple(
            BillChange(
                code=code,
                kind=kind,
                old_cents=before[code, kind],
                new_cents=before[code, kind] + changed[code, kind],
                difference_cents=changed[code, kind],
            )
            for code, kind in sorted(changed, key=lambda key: (order[key[0]], key[1]))
        ),
    )


def cents_of(lines: Iterable[BillLine]) -> Cents:
    """Return the cents of some lines by rule and kind of money.

    Parameters
    ----------
    lines : parts of a bill
    """
    cents: Cents = Counter()
    for line in lines:
        cents[line.code, line.kind] += line.cents
    return cents


def findings_only_in(ones: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that the others do not have, or not as often.

    Parameters
    ----------
    ones, others : what was found in two plans
    """
    known = Counter(others)
    found = []
    for finding in ones:
        if known[finding]:
            known[finding] -= 1
        else:
            found.append(finding)
    return tuple(found)
