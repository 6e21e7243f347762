"""BENCH_REPAIR: n units sent in are repaired within n / 10 working days, rounded up.

A branch repairs ten units a day on its bench, on working days, the batches in the order in which they came in;
units repaired already are counted. The bench works from the present day on, on that day too unless the desk has
closed, and a batch is finished at the end of the desk's hours on the day of its last unit. The day on which a
batch came in does not count towards its due day, which also ends with the desk's hours.

The bench's work does not depend on the plan, so a missed batch owes its price whatever the plan. A batch that is
repaired or handed back has no clock: nothing records when it was finished. The bench is looked at for a year
beyond the planned days.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field

from optimizer.domain.assessment import BillLine, ClockState
from optimizer.domain.base import Cents, Minutes
from optimizer.domain.branch import BenchBatch, Branch
from optimizer.domain.desk_hours import desk_day, working_days
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline, seconds_between
from optimizer.errors import Issue
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.publication import published
from optimizer.words.numbers import money

LOOK_AHEAD: Final = timedelta(days=366)
FARTHEST: Final = timedelta(days=3660)
"""A batch received longer ago or later than this from the planned days is a slip of the pen."""


class BenchRepairParams(Params):
    """Parameters of `BENCH_REPAIR`."""

    units_per_day: Annotated[int, Field(ge=1, le=100_000)] = 10
    """Units a branch repairs in a working day; also how many each working day of the clock stands for."""
    missed_cents: Cents = 5_000
    """Price of a batch that is finished late."""
    at_risk_margin_min: Minutes = 60
    """A clock met with less than these minutes to spare is at risk: a batch that takes all its days."""


class _Work(NamedTuple):
    """A batch on the bench."""

    batch: BenchBatch
    due: date
    finished: date | None
    """The day of its last unit; none: more than a year after the planned days."""

    @property
    def missed(self) -> bool:
        return self.finished is None or self.finished > self.due


class BenchRepair(Rule[BenchRepairParams]):
    """Units sent in are repaired in time."""

    code = "BENCH_REPAIR"
    title = "Units sent in are repaired within a working day for every ten, rounded up."
    section = "clock"
    hard = False
    source = (
        Source("004", "第5篇 art. 8"),
        Source("assumption", "first in, first out; the bench keeps the desk's working days; price"),
    )
    params = BenchRepairParams

    def validate(self, scenario: Scenario, params: BenchRepairParams) -> Iterator[Issue]:
        """Yield the batches whose day of receipt lies decades away."""
        for i, branch in enumerate(scenario.branches):
            for x, batch in enumerate(branch.bench):
                if abs(batch.received_on - scenario.horizon.first_day) > FARTHEST:
                    yield Issue(
                        "far-date",
                        f"branches[{i}].bench[{x}].received_on",
                        f"The batch {batch.batch_id!r} was received on {batch.received_on}, more than ten years "
                        "from the planned days.",
                        "Correct the day.",
                    )

    def compile(self, scenario: Scenario, params: BenchRepairParams, draft: Draft) -> None:
        """Charge the batches that are finished late."""
        owed = params.missed_cents * sum(work.missed for work in _bench(scenario, params))
        if owed:
            draft.charge(owed)

    def bill(self, scenario: Scenario, params: BenchRepairParams, plan: Plan) -> Iterator[BillLine]:
        """Yield what is owed for each batch finished late."""
        for batch, due, finished in _bench(scenario, params):
            if params.missed_cents and (finished is None or finished > due):
                when = "in more than a year" if finished is None else f"on {finished}"
                yield BillLine(
                    code=self.code,
                    kind="service",
                    batch_id=batch.batch_id,
                    quantity=1,
                    unit="batch",
                    cents=params.missed_cents,
                    sentence=f"The {batch.units} units of batch {batch.batch_id}, due on {due}, are repaired {when}: "
                    f"{money(params.missed_cents)}.",
                )

    def clocks(self, scenario: Scenario, params: BenchRepairParams, plan: Plan) -> Iterator[ClockState]:
        """Yield on which day each batch is finished."""
        for batch, due_on, finished in _bench(scenario, params):
            due, at = _closing(scenario, due_on), None if finished is None else _closing(scenario, finished)
            slack_s = None if at is None else seconds_between(at, due)
            state: Literal["met", "at_risk", "missed"] = "missed"
            if slack_s is not None and slack_s >= 0:
                state = "at_risk" if slack_s < 60 * params.at_risk_margin_min else "met"
            yield ClockState(
                code=self.code,
                batch_id=batch.batch_id,
                due=due,
                event="finishing",
                at=at,
                state=state,
                slack_s=slack_s,
            )


RULE = BenchRepair()


def _closing(scenario: Scenario, day: date) -> datetime:
    return desk_day(scenario, day).closes


def _bench(scenario: Scenario, params: BenchRepairParams) -> Iterator[_Work]:
    """Yield every batch that is still on a bench, by branch, in the order in which they are worked off."""
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    now = timeline.moment(published(scenario, timeline))
    closed = now.timestamp() >= _closing(scenario, now.date()).timestamp()
    today = now.date() + timedelta(days=1 if closed else 0)
    last = max(today, scenario.horizon.dates()[-1]) + LOOK_AHEAD
    for branch in scenario.branches:
        for batch, finished in _worked_off(branch, scenario, params, today, last):
            days = -(-batch.units // params.units_per_day)
            after = takewhile(
                lambda day: day <= last, working_days(scenario, batch.received_on + timedelta(days=1))
            )
            due = next(islice(after, days - 1, None), None)
            if due is not None:
                yield _Work(batch, due, finished)


def _worked_off(
    branch: Branch, scenario: Scenario, params: BenchRepairParams, today: date, last: date
) -> Iterator[tuple[BenchBatch, date | None]]:
    days = takewhile(lambda day: day <= last, working_days(scenario, today))
    day, left = next(days, None), params.units_per_day
    waiting = [one for one in branch.bench if one.repaired < one.units and one.handed_back_at is None]
    for batch in sorted(waiting, key=lambda one: one.received_on):
        todo = batch.units - batch.repaired
        while day is not None:
            if day >= batch.received_on:
                done = min(todo, left)
                todo, left = todo - done, left - done
                if not todo:
                    break
            day, left = next(days, None), params.units_per_day
        yield batch, day
