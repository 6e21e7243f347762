"""FAIRNESS: work is shared out evenly among people on piece pay, over the month and not only one day.

Everybody is compared with the people on piece pay of the same branch: the mean of their hours of the month so far,
and a usual day's service for each planned shift that somebody can work: not on leave, not under suspension, not
absent without notice. Who comes above that costs for each further hour, and the price of an hour rises with every
band of hours: so the same work costs least when it is shared out evenly. Up to the mean hours cost nothing, and
beyond a highest price the price of an hour no longer rises. Who is alone at a branch is compared with nobody.

The hours of the month so far are hours worked, travel included, those of the planned days that are over or under way
among them: no better measure is known. The plan adds hours of
service, set-up and travel not counted: they are what piece pay pays for. Everybody of a crew is paid for the hours
there, its set-up included, on every day.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from optimizer.domain.assessment import BillLine
from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft, LoadStep
from optimizer.rules.hours import hours_so_far
from optimizer.rules.load_price import HOUR_S, added_price
from optimizer.rules.on_duty import shifts_on_duty
from optimizer.rules.visits import visits
from optimizer.words.numbers import exact_time, money

Rate = Annotated[int, Field(ge=0, le=1_000_000)]


class FairnessParams(Params):
    """Parameters of `FAIRNESS`."""

    band_h: Annotated[int, Field(ge=1, le=200)] = 2
    """Hours above the mean after which an hour becomes dearer, again and again."""
    cents_per_hour: Rate = 200
    """What each band adds to the price of an hour, in cents, the first band included."""
    usual_h_a_shift: Annotated[int, Field(ge=0, le=24)] = 5
    """Hours of service a shift usually brings; who stands at the mean gets so many for each shift at no cost."""
    most_cents_per_hour: Rate = 4_000
    """The price of an hour rises up to this at most, in 500 bands or fewer."""

    @model_validator(mode="after")
    def _few_bands(self) -> Self:
        if self.most_cents_per_hour > 500 * self.cents_per_hour > 0:
            raise ValueError("most_cents_per_hour is more than 500 times cents_per_hour")
        return self


class Fairness(Rule[FairnessParams]):
    """Even work among people on piece pay."""

    code = "FAIRNESS"
    title = "Work is shared out evenly over the month among people on piece pay."
    section = "price"
    hard = False
    source = (
        Source("004", "第8篇 ch. 6 art. 1: piece pay"),
        Source("assumption", "prices, bands, and the branch's mean as what people are compared with"),
    )
    params = FairnessParams

    def compile(self, scenario: Scenario, params: FairnessParams, draft: Draft) -> None:
        """Price the hours of service of each technician on piece pay by a rising table."""
        steps = price_steps(params)
        keys: defaultdict[str, list[ShiftKey]] = defaultdict(list)
        for shift in draft.shifts:
            keys[shift.key.technician_id].append(shift.key)
        for technician_id, ahead_s in ahead_of_mean_s(scenario, params).items():
            if technician_id in keys and steps:
                draft.price_load(keys[technician_id], jobs=None, before=ahead_s, steps=steps)

    def bill(self, scenario: Scenario, params: FairnessParams, plan: Plan) -> Iterator[BillLine]:
        """Yield what the hours of each technician on piece pay cost beyond those of the colleagues."""
        served: Counter[str] = Counter()
        for visit in visits(scenario, plan):
            served[visit.technician.technician_id] += visit.stop.service_s
        for technician_id, ahead_s in ahead_of_mean_s(scenario, params, served).items():
            load_s = served[technician_id]
            cents = added_price(price_steps(params), before=ahead_s, load=load_s, unit=HOUR_S)
            if cents:
                yield self._line(technician_id, ahead_s, load_s, cents)

    def _line(self, technician_id: str, ahead_s: int, load_s: int, cents: int) -> BillLine:
        return BillLine(
            code=self.code,
            kind="service",
            technician_id=technician_id,
            quantity=load_s / 3600,
            unit="h",
            cents=cents,
            # something is owed only by who ends above the mean
            sentence=f"{technician_id} gets {exact_time(load_s)} of service and so ends "
            f"{exact_time(ahead_s + load_s)} above the branch's mean this month with a usual plan: {money(cents)}.",
        )


RULE = Fairness()


def price_steps(params: FairnessParams) -> tuple[LoadStep, ...]:
    """Return the rising price of hours above the mean: each band adds to it, up to the highest price."""
    if not params.cents_per_hour:
        return ()
    bands, rest = divmod(params.most_cents_per_hour, params.cents_per_hour)
    rises = [params.cents_per_hour] * bands + ([rest] if rest else [])
    return tuple(LoadStep(3600 * params.band_h * band, 0, rise) for band, rise in enumerate(rises))


def ahead_of_mean_s(
    scenario: Scenario, params: FairnessParams, of: Collection[str] | None = None
) -> dict[str, int]:
    """Return how far each technician on piece pay is ahead of the mean of the branch and of a usual plan.

    Parameters
    ----------
    scenario : the question
    params : with the hours of service that a shift usually brings
    of : who is asked about; none: everybody

    Returns
    -------
    seconds by technician id, below 0 where behind; without people who are alone on piece pay at their branch
    """
    so_far_h = hours_so_far(scenario)
    worked: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for one in scenario.technicians:
        if one.piece_pay:
            hours = one.month_to_date.hours + so_far_h.get(one.technician_id, 0.0)
            worked[one.branch_id][one.technician_id] = round(3600 * hours)
    if of is not None:
        asked = tuple(one for one in scenario.technicians if one.technician_id in of)
        scenario = scenario.model_copy(update={"technicians": asked})
    shifts = Counter(key.technician_id for key in shifts_on_duty(scenario))
    usual_s = 3600 * params.usual_h_a_shift
    return {
        technician_id: seconds - usual_s * shifts[technician_id] - sum(branch.values()) // len(branch)
        for branch in worked.values()
        if len(branch) > 1
        for technician_id, seconds in branch.items()
        if of is None or technician_id in of
    }
