"""What clocks share that a call meets: facts and the timetable of all calls say when it is made.

A clock is met when the call begins at its due second at the latest. Calls that are known whatever the plan owe
a price once if they come too late, or do not find a time although they are due before the planned days end. So
what is owed never depends on the plan. What has happened already owes nothing more, and calls that only follow
from the plan owe nothing.
"""

from collections.abc import Iterator
from typing import ClassVar, Literal, TypeVar

from optimizer.domain.assessment import BillLine, ClockState
from optimizer.domain.base import Cents, Minutes
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params
from optimizer.rules.desk_tasks import Booked, Call, DeskRule, timetable
from optimizer.rules.draft import Draft
from optimizer.rules.lateness import horizon_end_s
from optimizer.rules.publication import published
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import exact_time, money


class CallClockParams(Params):
    """Parameters of a clock that a call meets."""

    missed_cents: Cents = 1_000
    """Price of missing the clock."""
    at_risk_margin_min: Minutes = 60
    """A clock met with less than these minutes to spare is at risk."""


C = TypeVar("C", bound=CallClockParams)


class CallClock(DeskRule[C]):
    """A clock that a call meets."""

    event: ClassVar[Literal["answering", "calling"]]
    """What meets the clock."""
    awaited: ClassVar[str]
    """What is waited for, in words, e.g. ``answer``."""

    def compile(self, scenario: Scenario, params: C, draft: Draft) -> None:
        """Charge the calls that come too late whatever the plan."""
        owed = params.missed_cents * sum(1 for _ in missed_calls(scenario, self.code))
        if owed:
            draft.charge(owed)

    def bill(self, scenario: Scenario, params: C, plan: Plan) -> Iterator[BillLine]:
        """Yield what is owed for each call that comes too late."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        for call, start_s in missed_calls(scenario, self.code) if params.missed_cents else ():
            when = f"finds no time in the planned days, it is due {exact_moment(timeline.moment(call.due_s))}"
            if start_s is not None:
                at = exact_moment(timeline.moment(start_s))
                when = f"comes {at}, {exact_time(start_s - call.due_s)} late"
            yield BillLine(
                code=self.code,
                kind="service",
                job_id=call.job_id,
                batch_id=call.batch_id,
                customer_id=call.customer_id if call.batch_id is None else None,
                quantity=1,
                unit="call",
                cents=params.missed_cents,
                sentence=f"{named(call)}: the {self.awaited} {when}: {money(params.missed_cents)}.",
            )

    def clocks(self, scenario: Scenario, params: C, plan: Plan) -> Iterator[ClockState]:
        """Yield how the clock of each call stands."""
        for one in timetable(scenario, plan).booked.get(self.code, ()):
            yield clock_of(one, self.event, params.at_risk_margin_min, scenario)


def missed_calls(scenario: Scenario, code: str) -> Iterator[Booked]:
    """Yield the calls of a rule that come too late whatever the plan.

    Parameters
    ----------
    scenario : the question
    code : the rule
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    end_s = _end_s(scenario, timeline)
    for one in timetable(scenario, None).booked.get(code, ()):
        happens_s = end_s if one.start_s is None else one.start_s
        if one.call.done_s is None and happens_s > one.call.due_s:
            yield one


def clock_of(
    booked: Booked, event: Literal["answering", "calling"], margin_min: int, scenario: Scenario
) -> ClockState:
    """Return how the clock of a call stands.

    Parameters
    ----------
    booked : the call and its time
    event : what meets the clock
    margin_min : minutes before the due time within which a clock is at risk, unless it is a fact
    scenario : the question
    """
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    call, at_s = booked
    slack_s = None if at_s is None else call.due_s - at_s
    state: Literal["met", "at_risk", "missed", "open"] = "missed"
    if slack_s is None and call.due_s >= _end_s(scenario, timeline):
        state = "open"
    elif slack_s is not None and slack_s >= 0:
        state = "at_risk" if call.done_s is None and slack_s < 60 * margin_min else "met"
    return ClockState(
        code=call.code,
        job_id=call.job_id,
        batch_id=call.batch_id,
        customer_id=call.customer_id if call.batch_id is None else None,
        due=timeline.moment(call.due_s),
        event=event,
        at=None if at_s is None else timeline.moment(at_s),
        state=state,
        slack_s=slack_s,
    )


def named(call: Call) -> str:
    """Return what a call is for, in words."""
    if call.job_id is not None:
        return call.job_id
    return f"batch {call.batch_id}" if call.batch_id is not None else f"customer {call.customer_id}"


def _end_s(scenario: Scenario, timeline: Timeline) -> int:
    return max(horizon_end_s(scenario, timeline), published(scenario, timeline))
