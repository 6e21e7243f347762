"""PIECE_BONUS: repairs from the seventh order of a technician's day on earn a bonus each.

The source pays it if all accepted orders are done without complaint. Nobody knows that beforehand: a plan assumes
it, so that the bonus is never a surprise. It is the company's outlay. Orders that are done already count; their
bonus is earned whatever the plan. An order counts for everybody of its crew, and once for each where it takes several
days: on the first.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import BillLine
from optimizer.domain.base import Cents
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import kind
from optimizer.domain.roster import RosterShift, ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import WorkKind
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft, LoadStep
from optimizer.rules.load_price import JOB, added_price
from optimizer.rules.visits import visits
from optimizer.words.numbers import money


class PieceBonusParams(Params):
    """Parameters of `PIECE_BONUS`."""

    kinds: tuple[WorkKind, ...] = ("repair",)
    """Kinds of work that are counted and paid."""
    from_order: Annotated[int, Field(ge=1, le=1000)] = 7
    """Number of the first order of a day that earns the bonus."""
    cents_per_order: Cents = 2_000
    """Bonus for each order of a day from that number on."""


class PieceBonus(Rule[PieceBonusParams]):
    """A bonus for many repairs on one day."""

    code = "PIECE_BONUS"
    title = "Repairs from the seventh order of a day on earn a bonus each, if none brings a complaint."
    section = "price"
    hard = False
    source = (
        Source("004", "第8篇 维修人员综合考核条例 art. 16"),
        Source("assumption", "a plan assumes that every order is done without complaint"),
    )
    params = PieceBonusParams

    def compile(self, scenario: Scenario, params: PieceBonusParams, draft: Draft) -> None:
        """Price the orders of each shift beyond the threshold."""
        jobs = frozenset(job.job_id for job in scenario.jobs if kind(job, scenario.policy) in params.kinds)
        # with no more jobs than that nobody reaches the bonus
        most = len(jobs) + max((_done(shift, params) for shift in draft.shifts), default=0)
        if most < params.from_order or not params.cents_per_order:
            return
        for shift in draft.shifts:
            before = _done(shift, params)
            draft.price_load((shift.key,), jobs=jobs, before=before, steps=_steps(params))

    def bill(self, scenario: Scenario, params: PieceBonusParams, plan: Plan) -> Iterator[BillLine]:
        """Yield the bonus of each technician's day."""
        done = Counter(
            visit.shift.key
            for visit in visits(scenario, plan)
            if visit.stop.part == 0 and kind(visit.job, scenario.policy) in params.kinds
        )
        before = {one.key: _done(one, params) for one in roster(scenario)}
        for key, orders in done.items():
            so_far = before.get(key, 0)
            cents = added_price(_steps(params), before=so_far, load=orders, unit=JOB)
            if cents:
                paid = min(orders, so_far + orders - params.from_order + 1)
                yield self._line(key, so_far + orders, paid, cents)

    def _line(self, key: ShiftKey, orders: int, paid: int, cents: int) -> BillLine:
        return BillLine(
            code=self.code,
            kind="outlay",
            technician_id=key.technician_id,
            day=key.day,
            quantity=paid,
            unit="job",
            cents=cents,
            sentence=f"{key} does {orders} repair orders, {paid} of them with a bonus if none brings a "
            f"complaint: {money(cents)}.",
        )


RULE = PieceBonus()


def _done(one: RosterShift, params: PieceBonusParams) -> int:
    """Return how many orders of the day are done already."""
    return (
        0 if one.shift.so_far is None else sum(one.shift.so_far.orders.get(kind, 0) for kind in params.kinds)
    )


def _steps(params: PieceBonusParams) -> tuple[LoadStep, ...]:
    return (LoadStep(after=params.from_order - 1, cents=0, cents_per_unit=params.cents_per_order),)
