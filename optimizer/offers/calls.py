"""What a new job means for the desk, whenever it is done: its calls put others forward."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from optimizer.diff.worth import clock_changes
from optimizer.domain.assessment import ClockState
from optimizer.domain.plan_diff import ClockChange
from optimizer.preview.standing import Standing
from optimizer.preview.worth import Cents, cents_of
from optimizer.rules.desk_tasks import DeskRule


class DeskWorth:
    """What the rules with calls say of a whole plan.

    Parameters
    ----------
    standing : the plan
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        scenario, plan = standing.scenario, standing.plan
        self.cents: Cents = Counter()
        """What they cost, by rule and kind of money."""
        self.clocks: list[ClockState] = []
        """How their clocks stand."""
        for rule, params in desk_rules(standing):
            self.cents.update(cents_of(rule.bill(scenario, params, plan)))
            self.clocks.extend(rule.clocks(scenario, params, plan))

    def added(self, job_id: str, before: "DeskWorth") -> tuple[Cents, tuple[ClockChange, ...]]:
        """Return what a job adds, which this plan leaves out and the one before does not know.

        Parameters
        ----------
        job_id : the job
        before : the plan without it

        Returns
        -------
        cents, and the clocks of others that stand differently
        """
        cents: Cents = Counter(self.cents)
        cents.subtract(before.cents)
        others = [one for one in self.clocks if one.job_id != job_id]
        return cents, tuple(clock_changes(before.clocks, others, self._standing.compiled.timeline.zone))

    def clocks_of(self, job_id: str) -> Iterator[ClockState]:
        """Yield how a job's clocks stand.

        Parameters
        ----------
        job_id : the job
        """
        return (one for one in self.clocks if one.job_id == job_id)


def desk_rules(standing: Standing) -> Iterator[tuple[DeskRule[Any], Any]]:
    """Yield the rules in force that give somebody calls to make, with their parameters.

    Parameters
    ----------
    standing : the plan
    """
    for rule in standing.book.active():
        if isinstance(rule, DeskRule):
            yield rule, standing.book.params(rule)
