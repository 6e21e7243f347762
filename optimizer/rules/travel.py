"""TRAVEL: driving costs by the kilometre and by the hour, by means of transport; trains and ships cost their fares.

Each leg owes ``(metres * cents_per_km + 500) // 1000`` and ``(seconds * cents_per_hour + 1800) // 3600``:
both rounded half up for every leg, the way from and to home or branch included. The kilometres are those on roads: what
a train or a ship covers is paid by its fare. The hours are all hours, those on board and those waited at stations too.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, get_args

from pydantic import Field

from optimizer.domain.assessment import BillLine
from optimizer.domain.plan import Plan, ShiftPlan, TravelLeg
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
    long_distance_cents_per_km: Rate = 20
    """Cents a kilometre of the local ways of who goes by train and ship; those have fares of their own."""
    long_distance_cents_per_hour: Rate = 3_000
    """Cents an hour by train and ship, local ways and waiting at stations included."""

    def per_km(self, means: Means) -> int:
        """Return the cents a kilometre costs."""
        return {
            "car": self.car_cents_per_km,
            "motorcycle": self.motorcycle_cents_per_km,
            "public_transport": self.public_transport_cents_per_km,
            "long_distance": self.long_distance_cents_per_km,
        }[means]

    def per_hour(self, means: Means) -> int:
        """Return the cents an hour costs."""
        return {
            "car": self.car_cents_per_hour,
            "motorcycle": self.motorcycle_cents_per_hour,
            "public_transport": self.public_transport_cents_per_hour,
            "long_distance": self.long_distance_cents_per_hour,
        }[means]


class Travel(Rule[TravelParams]):
    """Kilometres and hours driven, and fares."""

    code = "TRAVEL"
    title = (
        "Driving costs by the kilometre and by the hour, by means of transport; trains and ships their fares."
    )
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
        """Yield the kilometres, the hours and the fares of each shift."""
        known = plan.travel.by_way()
        for shift_plan in plan.shifts:
            legs = shift_plan.legs
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
            ways = (known.get((shift_plan.means, leg.from_place, leg.to_place)) for leg in legs)
            yield from self._fares(shift_plan, [way for way in ways if way is not None and way.rides])

    def _fares(self, shift_plan: ShiftPlan, ways: Sequence[TravelLeg]) -> Iterator[BillLine]:
        lines = [line for way in ways for line in way.lines]
        if not lines:
            return
        cents = sum(way.fare_cents for way in ways)
        yield BillLine(
            code=self.code,
            kind="outlay",
            technician_id=shift_plan.technician_id,
            day=shift_plan.day,
            quantity=len(lines),
            unit="rides",
            cents=cents,
            sentence=f"{shift_plan.key} pays the fares of {', '.join(lines)}: {money(cents)}.",
        )


RULE = Travel()
