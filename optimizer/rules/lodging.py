"""LODGING: a night away costs bed and board; in the beds of a branch, or on a train or ship, board only.

The source grants the bed in another province; here every night away counts as one. A night is spent where the day
ends: near the last job, or near the next day's first one. A branch's own beds are used where they are near.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final

from pydantic import Field

from optimizer.domain.assessment import BillLine
from optimizer.domain.plan import Night, Plan
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.trips import night_at
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.words.numbers import money

_WHERE: Final[Mapping[Night, str]] = {
    "lodging": "away in a hotel",
    "housing": "away in a branch's own housing",
    "transit": "in transit",
}


class LodgingParams(Params):
    """Parameters of `LODGING`."""

    bed_cents: Annotated[int, Field(ge=0, le=1_000_000)] = 8_000
    """Price of a bed in a hotel, at most; a branch's own beds are free."""
    board_cents: Annotated[int, Field(ge=0, le=1_000_000)] = 2_500
    """Daily allowance for food and small things, for every night away; all that a night in transit costs."""
    housing_km: Annotated[float, Field(ge=0, le=500)] = 20.0
    """Great-circle km up to which a branch's own beds are used."""

    def cents(self, night: Night) -> int:
        """Return the price of a night."""
        return self.board_cents + (self.bed_cents if night == "lodging" else 0)


class Lodging(Rule[LodgingParams]):
    """Nights away."""

    code = "LODGING"
    title = "A night away costs a bed and a daily allowance; in own housing or in transit the allowance only."
    section = "price"
    hard = False
    source = (
        Source("000", "§4(5)–(6)"),
        Source("assumption", "every night away counts as one in another province; how near housing is"),
    )
    params = LodgingParams

    def compile(self, scenario: Scenario, params: LodgingParams, draft: Draft) -> None:
        """Price a night at every place."""
        if any(technician.nights_away for technician in scenario.technicians):
            book = place_book(scenario)
            draft.price_nights(
                {
                    name: params.cents(night_at(scenario, place, params.housing_km))
                    for name, place in book.items()
                },
                transit_cents=params.cents("transit"),
            )

    def bill(self, scenario: Scenario, params: LodgingParams, plan: Plan) -> Iterator[BillLine]:
        """Yield every night away."""
        for day in plan.shifts:
            if day.night is None:
                continue
            cents = params.cents(day.night)
            yield BillLine(
                code=self.code,
                kind="outlay",
                technician_id=day.technician_id,
                day=day.day,
                quantity=1,
                unit="night",
                cents=cents,
                sentence=f"{day.technician_id} spends the night after {day.day} {_WHERE[day.night]}: {money(cents)}.",
            )


RULE = Lodging()
