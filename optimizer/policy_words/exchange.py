"""Exchange rates: what the prices of a policy are worth in kilometres and in overtime."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from optimizer.domain.base import Record
from optimizer.domain.job import PRIORITIES, Priority
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.policy_words.yardstick import Yardsticks, yardsticks
from optimizer.rules.arrive_near import RULE as ARRIVE_NEAR
from optimizer.rules.base import Rule
from optimizer.rules.book import RuleBook
from optimizer.rules.broken_appointment import RULE as BROKEN_APPOINTMENT
from optimizer.rules.draft import LateStep
from optimizer.rules.fairness import RULE as FAIRNESS
from optimizer.rules.fairness import FairnessParams, price_steps
from optimizer.rules.lateness import Deadline, LatenessRule, lateness_cents
from optimizer.rules.overtime import RULE as OVERTIME
from optimizer.rules.travel import RULE as TRAVEL
from optimizer.rules.unserved import RULE as UNSERVED
from optimizer.rules.unserved import UnservedParams, priority_classes
from optimizer.words.numbers import exact_time, money

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

    First leaving out a job of each class (missed clocks not counted), then being an hour late for a visit, then
    missing each clock that runs for a job of the scenario, then an hour of uneven work.

    Parameters
    ----------
    scenario : the question, valid
    """
    book = RuleBook.of(scenario.policy)
    scale = yardsticks(scenario)
    active = book.active()
    missed = book.params(BROKEN_APPOINTMENT).missed_cents if BROKEN_APPOINTMENT in active else 0
    found = [*_left_out(scale, book.params(UNSERVED), missed)]
    deadlines = _deadlines(scenario, book)
    if ARRIVE_NEAR.code in deadlines:
        found.append(_one_hour_late(scale, scenario, deadlines[ARRIVE_NEAR.code]))
    for rule in active:
        found.extend(_missed(scale, rule, deadlines.get(rule.code, ())))
    if FAIRNESS in active:
        found.extend(_uneven(scale, book.params(FAIRNESS)))
    return tuple(found)


def price_list(scenario: Scenario) -> tuple[Exchange, ...]:
    """Return what every price among the parameters of the soft rules is worth, in the order of the rule book.

    Rules that `exchanges` speaks of, such as clocks that run for a job, and those that are the yardsticks, are left
    out.

    Parameters
    ----------
    scenario : the question, valid
    """
    book = RuleBook.of(scenario.policy)
    scale = yardsticks(scenario)
    apart = SPOKEN_OF_APART | _deadlines(scenario, book).keys()
    soft = [rule for rule in book.active() if not rule.hard and rule.code not in apart]
    return tuple(price for rule in soft for price in _parameters(scale, rule, book.params(rule)))


def _exchange(scale: Yardsticks, rule: Rule[Any], what: str, cents: int, *, ends: str = "") -> Exchange:
    """Return what a price is worth; its sentence closes with `ends`."""
    return _worded(scale, rule, what, cents, f"{what}: {money(cents)}{scale.worth(cents)}{ends}.")


def _worded(scale: Yardsticks, rule: Rule[Any], what: str, cents: int, sentence: str) -> Exchange:
    return Exchange(
        code=rule.code,
        title=rule.title,
        what=what,
        cents=cents,
        km=cents / scale.km_cents if scale.km_cents else None,
        overtime_h=cents / scale.overtime_hour_cents if scale.overtime_hour_cents else None,
        sentence=sentence,
    )


def _left_out(scale: Yardsticks, params: UnservedParams, missed_cents: int) -> Iterator[Exchange]:
    ends = f", plus {money(missed_cents)} if an appointment was agreed" if missed_cents else ""
    for priority in PRIORITIES:
        what = f"Leaving out {CLASS_WORDS[priority]}"
        yield _exchange(scale, UNSERVED, what, params.cents(priority), ends=ends)


def _deadlines(scenario: Scenario, book: RuleBook) -> dict[str, tuple[Deadline, ...]]:
    """Return the priced deadlines of the scenario's jobs by rule; rules without any are left out."""
    found = {
        rule.code: tuple(rule.deadlines(scenario, book.params(rule)))
        for rule in book.active()
        if isinstance(rule, LatenessRule)
    }
    return {code: deadlines for code, deadlines in found.items() if deadlines}


def _one_hour_late(scale: Yardsticks, scenario: Scenario, deadlines: Sequence[Deadline]) -> Exchange:
    """Return what the first hour late on site costs in all; a key customer's job is the example, if there is one."""
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    classes = priority_classes(scenario)
    key = [one for one in deadlines if classes[one.job.job_id] == "vip"]
    _, steps = (key or deadlines)[0]
    cents = lateness_cents(steps, timeline.seconds(steps[0].after) + 3600, timeline)
    what = f"One hour late on site at {CLASS_WORDS['vip'] if key else 'any job'} ({ARRIVE_NEAR.code})"
    return _exchange(scale, ARRIVE_NEAR, what, cents)


def _missed(scale: Yardsticks, rule: Rule[Any], deadlines: Sequence[Deadline]) -> Iterator[Exchange]:
    """Yield what missing a clock costs, once for all jobs with the same price."""
    for terms in dict.fromkeys(_terms(scale, one.steps) for one in deadlines):
        cents, said = terms
        what = f"Missing {rule.code}"
        yield _worded(scale, rule, what, cents, f"{what} ({rule.title.rstrip('.')}): {said}.")


def _terms(scale: Yardsticks, steps: Sequence[LateStep]) -> tuple[int, str]:
    """Return what is owed once the first deadline is missed, and all of a price in words."""
    said, owed = [], 0
    for step in steps:
        owed += step.cents
        if step is steps[0]:
            when = "at once"
        else:
            later = exact_time(round((step.after - steps[0].after).total_seconds())).removesuffix(" 00 min")
            when = f"in all from {later} later on"
        if step.cents:
            said.append(f"{money(owed)} {when}{scale.worth(owed)}")
        if step.cents_per_hour:
            hourly = f"{money(step.cents_per_hour)} for each further hour"
            said.append(f"{hourly}{scale.worth(step.cents_per_hour)}")
    return steps[0].cents, "; ".join(said)


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
