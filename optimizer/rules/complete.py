"""COMPLETE: repairs are finished the day they are dispatched, or by noon of the next, and never later than
a day.

Orders dispatched in the morning are due by the shift's end, afternoon orders by noon of the next day: these are
targets without a fine. The shift's end is one local time for all, because an order is dispatched before it is known
whose shift it goes into. A target that would come after the limit is none. The limit of a day after dispatch is the
first one of `LATE`, which prices it; both clocks are shown here. Where the dispatcher was told in time and the
customer agreed to wait, no clock runs.
"""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Final

from optimizer.domain.assessment import ClockState
from optimizer.domain.base import Cents, Minutes
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import WorkKind
from optimizer.domain.time import Timeline, WallClock
from optimizer.rules.base import Params, Source
from optimizer.rules.draft import LateStep
from optimizer.rules.late import RULE as LATE
from optimizer.rules.late import dispatched
from optimizer.rules.lateness import Deadline, LatenessRule, clock_state, horizon_end_s
from optimizer.rules.settings import params_of
from optimizer.rules.visits import led

TARGET: Final = "target"
"""Label of the clocks that are targets."""


class CompleteParams(Params):
    """Parameters of `COMPLETE`."""

    kinds: tuple[WorkKind, ...] = ("repair",)
    """Kinds of work with these clocks."""
    morning_until: WallClock = time(12)
    """Orders dispatched before this local time are morning orders."""
    morning_due: WallClock = time(18)
    """Morning orders are due at this local time of the same day: the end of a usual shift."""
    afternoon_due: WallClock = time(12)
    """Afternoon orders are due at this local time of the next day."""
    missed_target_cents: Cents = 0
    """Price of missing the target; the source has none."""
    at_risk_margin_min: Minutes = 60
    """A clock met with less than these minutes to spare is at risk."""


class Complete(LatenessRule[CompleteParams]):
    """Repairs are finished in time."""

    code = "COMPLETE"
    title = "Morning repairs are finished the same day, afternoon repairs by the next noon, none after 24 h."
    section = "clock"
    hard = False
    source = (
        Source("004", "第8篇 维修人员综合考核条例 art. 11"),
        Source("004", "第8篇 ch. 3 art. 2"),
        Source("assumption", "the shift's end is 18:00 for every order"),
    )
    params = CompleteParams
    event = "end"

    def deadlines(self, scenario: Scenario, params: CompleteParams) -> Iterator[Deadline]:
        """Yield the repairs whose target has a price."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        limit_h = params_of(LATE, scenario.policy).first_limit_h
        for job, dispatched_s in dispatched(scenario, params.kinds, timeline):
            target_s = _target_s(params, dispatched_s, timeline)
            if params.missed_target_cents and target_s < dispatched_s + 3600 * limit_h:
                yield Deadline(job, (LateStep(timeline.moment(target_s), params.missed_target_cents),))

    def clocks(self, scenario: Scenario, params: CompleteParams, plan: Plan) -> Iterator[ClockState]:
        """Yield for each repair how its target and its limit stand."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        limit_h = params_of(LATE, scenario.policy).first_limit_h
        end_s = horizon_end_s(scenario, timeline)
        seen = led(scenario, plan)
        for job, dispatched_s in dispatched(scenario, params.kinds, timeline):
            days = seen.get(job.job_id)
            limit_s = dispatched_s + 3600 * limit_h
            target_s = _target_s(params, dispatched_s, timeline)
            dues = {TARGET: target_s, "limit": limit_s} if target_s < limit_s else {"limit": limit_s}
            for label, due_s in dues.items():
                yield clock_state(
                    self.code,
                    job,
                    "finishing",
                    timeline,
                    due_s=due_s,
                    at_s=None if days is None else timeline.seconds(days[-1].stop.end),
                    end_s=end_s,
                    margin_min=params.at_risk_margin_min,
                    label=label,
                )


RULE = Complete()


def _target_s(params: CompleteParams, dispatched_s: int, timeline: Timeline) -> int:
    moment = timeline.moment(dispatched_s)
    day: date = moment.date()
    if moment.time() < params.morning_until:
        return timeline.at(day, params.morning_due)
    return timeline.at(day + timedelta(days=1), params.afternoon_due)
