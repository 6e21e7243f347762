"""Exchange rates: what the prices of a policy are worth in kilometres and in overtime."""

from collections.abc import Iterator
from typing import Any, Final

from optimizer.domain.base import Record
from optimizer.domain.job import PRIORITIES, Priority
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.policy_words.yardstick import Yardsticks, yardsticks
from optimizer.rules.base import Rule
from optimizer.rules.book import RuleBook
from optimizer.rules.fairness import RULE as FAIRNESS
from optimizer.rules.fairness import FairnessParams, price_steps
from optimizer.rules.lateness import LatenessRule, lateness_cents
from optimizer.rules.overtime import RULE as OVERTIME
from optimizer.rules.travel import RULE as TRAVEL
from optimizer.rules.unserved import RULE as UNSERVED
from optimizer.rules.unserved import UnservedParams, priority_classes
from optimizer.rules.words import money

CLASS_WORDS: Final[dict[Priority, str]] = {
    "emergency": "an emergency",
    "vip": "a key customer's job",
    "contract": "a job with a service commitment",
    "normal": "a normal job",
    "flexible": "a job that can wait",
}
"""How priority classes are spoken of."""

AHEAD_H: Final = 10
"""How far ahead of the colleagues somebody is whose hour is put into words."""

SPOKEN_OF_APART: Final = frozenset({UNSERVED.code, FAIRNESS.code, TRAVEL.code, OVERTIME.code})
"""Rules with sentences of their own, or that are the yardsticks themselves."""


class Exchange(Record):
    """What one price is worth."""

    code: str
    """The rule."""
    title: str
    """The rule in one sentence."""
    what: str
    """What is priced, in words."""
    cents: int
    """The price in cents."""
    km: float | None
    """Worth so many kilometres of travel; none: travel costs nothing."""
    overtime_h: float | None
    """Worth so many hours of overtime; none: overtime costs nothing."""
    sentence: str
    """In words."""


def exchanges(scenario: Scenario) -> tuple[Exchange, ...]:
    """Return what the main decisions of a plan are worth.

    First leaving out a job of each class (missed clocks not counted), then being one hour late for the jobs of the
    scenario, then an hour of uneven work.

    Parameters
    ----------
    scenario : the question, valid
    """
    book = RuleBook.of(scenario.policy)
    scale = yardsticks(scenario)
    active = book.active()
    found = [*_left_out(scale, book.params(UNSERVED))]
    for rule in active:
        if isinstance(rule, LatenessRule):
            found.extend(_one_hour_late(scale, scenario, rule, book.params(rule)))
    if FAIRNESS in active:
        found.extend(_uneven(scale, book.params(FAIRNESS)))
    return tuple(found)


def price_list(scenario: Scenario) -> tuple[Exchange, ...]:
    """Return what every price among the parameters of the soft rules is worth, in the order of the rule book.

    Rules that `exchanges` speaks of, and those that are the yardsticks, are left out.

    Parameters
    ----------
    scenario : the question, valid
    """
    book = RuleBook.of(scenario.policy)
    scale = yardsticks(scenario)
    soft = [rule for rule in book.active() if not rule.hard and rule.code not in SPOKEN_OF_APART]
    return tuple(price for rule in soft for price in _parameters(scale, rule, book.params(rule)))


def _exchange(
    scale: Yardsticks, rule: Rule[Any], what: str, cents: int, *, with_title: bool = False
) -> Exchange:
    ends = f" ({rule.title.rstrip('.')})." if with_title else "."
    return Exchange(
        code=rule.code,
        title=rule.title,
        what=what,
        cents=cents,
        km=cents / scale.km_cents if scale.km_cents else None,
        overtime_h=cents / scale.overtime_hour_cents if scale.overtime_hour_cents else None,
        sentence=f"{what}: {money(cents)}{scale.worth(cents)}{ends}",
    )


def _left_out(scale: Yardsticks, params: UnservedParams) -> Iterator[Exchange]:
    for priority in PRIORITIES:
        what = f"Leaving out {CLASS_WORDS[priority]}"
        yield _exchange(scale, UNSERVED, what, params.cents(priority))


def _one_hour_late(
    scale: Yardsticks, scenario: Scenario, rule: LatenessRule[Any], params: Any
) -> Iterator[Exchange]:
    """Yield what the first hour beyond a rule's first deadline costs, the dearest job of each class."""
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    classes = priority_classes(scenario)
    dearest: dict[Priority, int] = {}
    for job, steps in rule.deadlines(scenario, params):
        late_s = timeline.seconds(steps[0].after) + 3600
        cents = lateness_cents(steps, late_s, timeline)
        priority = classes[job.job_id]
        dearest[priority] = max(cents, dearest.get(priority, 0))
    for cents in sorted(set(dearest.values()), reverse=True):
        alike = [CLASS_WORDS[one] for one in PRIORITIES if dearest.get(one) == cents]
        what = f"One hour late at {' or '.join(alike) if len(alike) < len(dearest) else 'any job'}"
        yield _exchange(scale, rule, what, cents, with_title=True)


def _uneven(scale: Yardsticks, params: FairnessParams) -> Iterator[Exchange]:
    steps = price_steps(params)
    for ahead_h in (0, AHEAD_H):
        cents = sum(step.cents_per_unit for step in steps if step.after <= 3600 * ahead_h)
        stands = f"{ahead_h} h above" if ahead_h else "level with"
        if cents:
            what = f"One more hour of work for somebody {stands} the colleagues' mean of the month"
            yield _exchange(scale, FAIRNESS, what, cents)


def _parameters(scale: Yardsticks, rule: Rule[Any], params: Any) -> Iterator[Exchange]:
    """Yield every price among a rule's parameters; their names carry the unit cents."""
    for name, field in type(params).model_fields.items():
        cents = getattr(params, name)
        if "cents" in name.split("_") and isinstance(cents, int) and cents > 0:
            what = (field.description or name).rstrip(".")
            yield _exchange(scale, rule, what, cents)
