"""TRAVEL: driving costs by the kilometre and by the hour, by means of transport.

Each leg owes ``(metres * cents_per_km + 500) // 1000`` and ``(seconds * cents_per_hour + 1800) // 3600``:
both rounded half up for every leg, the way from and to home or branch included.
"""

from collections.abc import Iterator
from typing import Annotated, get_args

from pydantic import Field

from optimizer.domain.assessment import BillLine
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.words.numbers import exact_time, money

# The price of the longest leg that can be given, 50,000 km and a week, stays below 2^31 cents.
Rate = Annotated[int, Field(ge=0, le=40_000)]


class TravelParams(Params):
    """Parameters of `TRAVEL`."""

    car_cents_per_km: Rate = 80
    """Cents a kilometre by car: fuel and wear."""
    car_cents_per_hour: Rate = 3_000
    """Cents an hour by car: the technician's time."""
    motorcycle_cents_per_km: Rate = 30
    """Cents a kilometre by motorcycle."""
    motorcycle_cents_per_hour: Rate = 3_000
    """Cents an hour by motorcycle."""
    public_transport_cents_per_km: Rate = 20
    """Cents a kilometre by public transport: fares."""
    public_transport_cents_per_hour: Rate = 3_000
    """Cents an hour by public transport."""

    def per_km(self, means: Means) -> int:
        """Return the cents a kilometre costs."""
        return {
            "car": self.car_cents_per_km,
            "motorcycle": self.motorcycle_cents_per_km,
            "public_transport": self.public_transport_cents_per_km,
        }[means]

    def per_hour(self, means: Means) -> int:
        """Return the cents an hour costs."""
        return {
            "car": self.car_cents_per_hour,
            "motorcycle": self.motorcycle_cents_per_hour,
            "public_transport": self.public_transport_cents_per_hour,
        }[means]


class Travel(Rule[TravelParams]):
    """Kilometres and hours driven."""

    code = "TRAVEL"
    title = "Driving costs by the kilometre and by the hour, by means of transport."
    section = "price"
    hard = False
    source = (Source("000", "§4 travel"), Source("003", "§4(4)"), Source("assumption", "rates"))
    params = TravelParams

    def compile(self, scenario: Scenario, params: TravelParams, draft: Draft) -> None:
        """Price driving by each means."""
        means: Means
        for means in get_args(Means):
            draft.price_travel(
                means, cents_per_km=params.per_km(means), cents_per_hour=params.per_hour(means)
            )

    def bill(self, scenario: Scenario, params: TravelParams, plan: Plan) -> Iterator[BillLine]:
        """Yield the kilometres and the hours of each shift."""
        for shift_plan in plan.shifts:
            legs = [*(stop.leg for stop in shift_plan.stops), shift_plan.last_leg]
            per_km, per_hour = params.per_km(shift_plan.means), params.per_hour(shift_plan.means)
            km_cents = sum((leg.distance_m * per_km + 500) // 1000 for leg in legs)
            hour_cents = sum((leg.travel_s * per_hour + 1800) // 3600 for leg in legs)
            metres, seconds = sum(leg.distance_m for leg in legs), sum(leg.travel_s for leg in legs)
            for quantity, unit, words, cents in (
                (metres / 1000, "km", f"{metres / 1000:.1f} km", km_cents),
                (seconds / 3600, "h", exact_time(seconds), hour_cents),
            ):
                if quantity:
                    yield BillLine(
                        code=self.code,
                        kind="outlay",
                        technician_id=shift_plan.technician_id,
                        day=shift_plan.day,
                        quantity=quantity,
                        unit=unit,
                        cents=cents,
                        sentence=f"{shift_plan.key} drives {words}: {money(cents)}.",
                    )


RULE = Travel()
