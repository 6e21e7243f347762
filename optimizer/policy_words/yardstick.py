"""The yardsticks of prices: a kilometre of travel and an hour of overtime, as the policy pays them."""

from collections import Counter
from typing import Final, get_args

from optimizer.domain.base import Record
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means
from optimizer.domain.travel import LOCAL_MEANS, LONG_DISTANCE
from optimizer.rules.book import RuleBook
from optimizer.rules.overtime import RULE as OVERTIME
from optimizer.rules.overtime import OvertimeParams
from optimizer.rules.travel import RULE as TRAVEL
from optimizer.words.numbers import money

USUAL_LEG_KM: Final = 10.0
"""Length of a usual drive; its speed is that of the yardstick."""

BY_MEANS: Final[dict[Means, str]] = {
    "car": "by car",
    "motorcycle": "by motorcycle",
    "public_transport": "by public transport",
    "long_distance": "by public transport in town",
}
"""How means of transport are spoken of."""


class Yardsticks(Record):
    """What prices are compared with."""

    means: Means
    """The means of transport that most technicians use."""
    kmh: float
    """Speed of a usual drive in km/h."""
    km_cents: float
    """Cents of one kilometre, the time it takes included; 0: travel costs nothing."""
    overtime_hour_cents: float
    """Cents of one hour of overtime, the mean of the technicians' wages; 0: overtime costs nothing."""
    sentences: tuple[str, ...]
    """The yardsticks in words."""

    def worth(self, cents: int) -> str:
        """Return what an amount is worth in words, e.g. ``= 46 km by car = 1 h 52 min of overtime``."""
        parts = []
        if self.km_cents:
            parts.append(f" = {_rounded(cents / self.km_cents)} km {BY_MEANS[self.means]}")
        if self.overtime_hour_cents:
            minutes = round(60 * cents / self.overtime_hour_cents)
            long = f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"
            parts.append(f" = {long} of overtime")
        return "".join(parts)


def yardsticks(scenario: Scenario) -> Yardsticks:
    """Return the yardsticks of a scenario's policy.

    Parameters
    ----------
    scenario : the question, valid
    """
    book = RuleBook.of(scenario.policy)
    active = {rule.code for rule in book.active()}
    used = Counter(technician.means for technician in scenario.technicians)
    means = max(get_args(Means), key=lambda one: used[one])  # the first of equals: the car
    kmh = _kmh(scenario, means)
    km_cents = overtime = 0.0
    sentences = []
    if TRAVEL.code in active and kmh:
        params = book.params(TRAVEL)
        road, hour = params.per_km(means), params.per_hour(means)
        km_cents = road + hour / kmh
        sentences.append(
            f"One kilometre {BY_MEANS[means]} costs {money(round(km_cents))}: {money(road)} for the way and "
            f"{money(round(hour / kmh))} for the time at {kmh:.0f} km/h."
        )
    if OVERTIME.code in active:
        rates = _overtime_rates(scenario, book.params(OVERTIME))
        overtime = sum(rates) / len(rates)
        sentences.append(f"One hour of overtime costs {_range(rates)}.")
    return Yardsticks(
        means=means,
        kmh=kmh,
        km_cents=km_cents,
        overtime_hour_cents=overtime,
        sentences=tuple(sentences),
    )


def _overtime_rates(scenario: Scenario, params: OvertimeParams) -> list[int]:
    """Return the cents of an hour of overtime of each technician; of the policy's wage where there is nobody."""
    wages = [technician.wage_cents_per_hour for technician in scenario.technicians] or [None]
    paid = [params.wage_cents_per_hour if wage is None else wage for wage in wages]
    return [(wage * params.percent + 50) // 100 for wage in paid]


def _range(rates: list[int]) -> str:
    low, high, mean = min(rates), max(rates), sum(rates) / len(rates)
    if low == high:
        return money(low)
    return f"{money(low)} to {money(high)} by the technician's wage, on average {money(round(mean))}"


def _kmh(scenario: Scenario, means: Means) -> float:
    """Return the speed of a usual drive, of given travel times their mean; 0 where nobody drives."""
    matrix = scenario.travel.matrices.get(means)
    if matrix is not None:
        seconds, metres = sum(map(sum, matrix.seconds)), sum(map(sum, matrix.metres))
        return 3.6 * metres / seconds if seconds else 0.0
    profile = scenario.travel.profiles.get(LOCAL_MEANS if means == LONG_DISTANCE else means)
    if profile is None:
        return 0.0
    bands = [band for band in profile.bands if band.up_to_km >= USUAL_LEG_KM]
    return (bands[0] if bands else profile.bands[-1]).kmh


def _rounded(amount: float) -> str:
    return f"{amount:.1f}" if amount < 10 else f"{amount:,.0f}"
