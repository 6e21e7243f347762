"""OVERTIME: time after the shift's regular end is paid above the regular wage.

It counts from the regular end to reaching the end place. The rate an hour is ``(wage * percent + 50) //
100``; a shift owes ``(seconds * rate + 1800) // 3600`` once.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import BillLine
from optimizer.domain.plan import Plan
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.words.numbers import exact_time, money


class OvertimeParams(Params):
    """Parameters of `OVERTIME`."""

    wage_cents_per_hour: Annotated[int, Field(ge=0, le=1_000_000)] = 3_000
    """Regular wage in cents an hour of technicians without one of their own."""
    percent: Annotated[int, Field(ge=0, le=1000)] = 150
    """Overtime pay in percent of the regular wage."""


class Overtime(Rule[OvertimeParams]):
    """Paid time after the shift's end."""

    code = "OVERTIME"
    title = "Time after the shift's regular end is paid by the hour, above the regular wage."
    section = "price"
    hard = False
    source = (Source("assumption", "overtime pay"),)
    params = OvertimeParams

    def compile(self, scenario: Scenario, params: OvertimeParams, draft: Draft) -> None:
        """Price an hour of overtime in every shift."""
        for one in draft.shifts:
            draft.price_overtime(one.key, cents_per_hour=_rate(one.technician, params))

    def bill(self, scenario: Scenario, params: OvertimeParams, plan: Plan) -> Iterator[BillLine]:
        """Yield the overtime of each shift."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        known = {one.key: one for one in roster(scenario)}
        for shift_plan in plan.shifts:
            one = known.get(shift_plan.key)
            if one is None:
                continue
            over_s = timeline.seconds(shift_plan.work_ends) - timeline.seconds(one.end)
            cents = (over_s * _rate(one.technician, params) + 1800) // 3600
            if over_s > 0:
                yield BillLine(
                    code=self.code,
                    kind="outlay",
                    technician_id=one.key.technician_id,
                    day=one.key.day,
                    quantity=over_s / 3600,
                    unit="h",
                    cents=cents,
                    sentence=f"{one.key} is back {exact_time(over_s)} after the regular end: {money(cents)}.",
                )


RULE = Overtime()


def _rate(technician: Technician, params: OvertimeParams) -> int:
    wage = technician.wage_cents_per_hour
    return ((params.wage_cents_per_hour if wage is None else wage) * params.percent + 50) // 100
