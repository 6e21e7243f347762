"""MONTH_BONUS: more than 150 repair orders in a month earn a technician a bonus once.

The orders done before the horizon stand in the technician's record of the month; it belongs to the month of the
horizon's first day. Where the horizon goes over the month's end, only the days of that month are counted, with what is
done of them already: what the next month brings is too far to be known. The plan owes the bonus when it is the plan
that goes beyond the mark. An order counts for everybody of its crew, and once for each where it takes several days: on
the first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from optimizer.domain.assessment import BillLine
from optimizer.domain.base import Cents, Count
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import kind
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician, WorkKind
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft, LoadStep
from optimizer.rules.load_price import JOB, added_price
from optimizer.rules.visits import visits
from optimizer.words.numbers import money


class MonthBonusParams(Params):
    """Parameters of `MONTH_BONUS`."""

    kinds: tuple[WorkKind, ...] = ("repair",)
    """Kinds of work that are counted."""
    more_than_orders: Count = 150
    """Orders in a month up to which no bonus is paid."""
    bonus_cents: Cents = 20_000
    """Bonus for going beyond that number, once a month."""


class MonthBonus(Rule[MonthBonusParams]):
    """A bonus for many repairs in one month."""

    code = "MONTH_BONUS"
    title = "A technician with more than 150 repair orders in a month earns a bonus once."
    section = "price"
    hard = False
    source = (
        Source("004", "第8篇 维修人员综合考核条例 art. 16"),
        Source("assumption", "days after the end of the first day's month are not counted"),
    )
    params = MonthBonusParams

    def compile(self, scenario: Scenario, params: MonthBonusParams, draft: Draft) -> None:
        """Price going beyond the mark, for technicians who are near enough to reach it."""
        jobs = frozenset(job.job_id for job in scenario.jobs if kind(job, scenario.policy) in params.kinds)
        keys: defaultdict[str, list[ShiftKey]] = defaultdict(list)
        technicians = {shift.technician.technician_id: shift.technician for shift in draft.shifts}
        done = _done_in_horizon(scenario, params)
        for shift in draft.shifts:
            if _in_month(shift.key.day, scenario):
                keys[shift.key.technician_id].append(shift.key)
        for technician_id, shifts in keys.items():
            before = _before(technicians[technician_id], done.get(technician_id, 0))
            if params.bonus_cents and before <= params.more_than_orders < before + len(jobs):
                draft.price_load(shifts, jobs=jobs, before=before, steps=_steps(params))

    def bill(self, scenario: Scenario, params: MonthBonusParams, plan: Plan) -> Iterator[BillLine]:
        """Yield the bonus of each technician whom the plan brings beyond the mark."""
        done = Counter(
            visit.technician.technician_id
            for visit in visits(scenario, plan)
            if visit.stop.part == 0
            and kind(visit.job, scenario.policy) in params.kinds
            and _in_month(visit.shift.day, scenario)
        )
        so_far = _done_in_horizon(scenario, params)
        for technician in scenario.technicians:
            before = _before(technician, so_far.get(technician.technician_id, 0))
            orders = done[technician.technician_id]
            cents = added_price(_steps(params), before=before, load=orders, unit=JOB)
            if cents:
                yield self._line(technician, before, orders, cents, params)

    def _line(
        self, technician: Technician, before: int, orders: int, cents: int, params: MonthBonusParams
    ) -> BillLine:
        return BillLine(
            code=self.code,
            kind="outlay",
            technician_id=technician.technician_id,
            quantity=1,
            unit="bonus",
            cents=cents,
            sentence=f"{technician.technician_id} has done {before} repair orders this month, {orders} more "
            f"are planned: more than {params.more_than_orders} earn a bonus of {money(cents)}.",
        )


RULE = MonthBonus()


def _before(technician: Technician, done: int) -> int:
    """Return the orders of the month so far: before the horizon, and on its days."""
    return technician.month_to_date.repairs + done


def _done_in_horizon(scenario: Scenario, params: MonthBonusParams) -> Counter[str]:
    """Return how many orders of the planned days of that month are done already, by technician."""
    found: Counter[str] = Counter()
    for one in roster(scenario):
        if one.shift.so_far is not None and _in_month(one.key.day, scenario):
            found[one.key.technician_id] += sum(one.shift.so_far.orders.get(kind, 0) for kind in params.kinds)
    return found


def _in_month(day: date, scenario: Scenario) -> bool:
    first = scenario.horizon.first_day
    return (day.year, day.month) == (first.year, first.month)


def _steps(params: MonthBonusParams) -> tuple[LoadStep, ...]:
    return (LoadStep(after=params.more_than_orders, cents=params.bonus_cents),)
