"""The difference between two plans in a few words."""

from collections import Counter
from collections.abc import Iterator

from optimizer.domain.plan_diff import BillDiff, JobEvent, PlanDiff, PriceChange
from optimizer.words.numbers import count, kilometres, listed, minutes, money

_SHORTEST_KM = 0.05
"""Shorter differences of the way are not put into words."""

_JOBS: dict[JobEvent, str] = {
    "new": "new",
    "gone": "not in the plan any more",
    "served now": "served now",
    "left out now": "left out now",
    "other technician": "with another technician",
    "other seat": "with other seats in the crew",
    "other day": "on another day",
    "other time": "at another time",
    "other order": "at another place in the order",
}


def summary(diff: PlanDiff) -> Iterator[str]:
    """Yield the sentences in which a dispatcher would tell the difference.

    Parameters
    ----------
    diff : everything but the sentences
    """
    if diff.is_empty:
        yield "The plans are the same."
        return
    if diff.prices is not None:
        yield _other_prices(diff.prices)
    if diff.jobs:
        # Each job counts once, under what matters most about it.
        found = Counter(change.events[0] for change in diff.jobs)
        parts = (f"{found[event]} {words}" for event, words in _JOBS.items() if found[event])
        yield f"{count(len(diff.jobs), 'job is', plural='jobs are')} planned otherwise: {', '.join(parts)}."
    else:
        yield "Every job is done by the same technician at the same time."
    if diff.tools:
        yield f"{count(len(diff.tools), 'day')} of shared tools {'is' if len(diff.tools) == 1 else 'are'} otherwise."
    if more := _nights(diff):
        away = count(abs(more), "night")
        yield f"{away} away {'more' if more > 0 else 'less'}."
    if more := _halts(diff):
        yield f"{count(abs(more), 'halt')} at a branch on the way {'more' if more > 0 else 'less'}."
    for findings, plan in ((diff.new_breaches, "new"), (diff.old_breaches, "old")):
        if findings:
            breaches = count(len(findings), "breach of a hard rule", plural="breaches of hard rules")
            codes = ", ".join(dict.fromkeys(finding.code for finding in findings))
            yield f"{breaches} only in the {plan} plan: {codes}."
    if diff.prices is None:
        yield f"The bill {_moves(diff.bill)}."
    else:
        yield from _bills_apart(diff, diff.prices)
    effects = Counter(change.effect for change in diff.clocks)
    clocks = [(effects["gained"], "not missed any more"), (effects["lost"], "missed now")]
    said = [f"{count(number, 'clock is', plural='clocks are')} {words}" for number, words in clocks if number]
    if said:
        yield f"{', '.join(said)}."


def _nights(diff: PlanDiff) -> int:
    """Return how many more nights away the new plan has."""
    days = [
        (day.old is not None and day.old.night, day.new is not None and day.new.night) for day in diff.shifts
    ]
    return sum(bool(new) - bool(old) for old, new in days)


def _halts(diff: PlanDiff) -> int:
    """Return how many more times the new plan calls at a branch on the way."""
    return sum(len(day.new.restocks) if day.new else 0 for day in diff.shifts) - sum(
        len(day.old.restocks) if day.old else 0 for day in diff.shifts
    )


def _other_prices(prices: PriceChange) -> str:
    if prices.old_preset == prices.new_preset:
        return "The plans were made under policies with different values."
    return (
        f"The plans were made under different presets: the old one under {prices.old_preset}, the new one "
        f"under {prices.new_preset}."
    )


def _bills_apart(diff: PlanDiff, prices: PriceChange) -> Iterator[str]:
    """Yield what bills by different prices have in common, and what is otherwise whatever the prices are."""
    old, new = _owner("old", prices.old_preset), _owner("new", prices.new_preset)
    if prices.old_preset == prices.new_preset:
        old, new = "the old plan's prices", "the new plan's own"
    owed = money(diff.bill.new_cents)
    if prices.bill is None:
        was = money(diff.bill.old_cents)
        yield f"The bills are not comparable: {was} by {old}, {owed} by {new}."
    else:
        yield f"By {old} the bill {_moves(prices.bill)}; by {new} it is {owed}."
    yield f"Whatever the prices: {listed(list(_without_prices(diff)))}."


def _owner(which: str, preset: str) -> str:
    return f"the prices of {preset} ({which} plan)"


def _without_prices(diff: PlanDiff) -> Iterator[str]:
    by = {change.name: change.difference for change in diff.kpis}
    served, km, hours_over = round(by.get("served", 0)), by.get("distance_km", 0.0), by.get("overtime_h", 0.0)
    yield f"{count(abs(served), 'job')} {'more' if served > 0 else 'fewer'}" if served else "as many jobs"
    yield f"{kilometres(1000 * abs(km))} {_more(km)}" if abs(km) >= _SHORTEST_KM else "the same kilometres"
    over_s = round(3600 * hours_over)
    yield f"{minutes(over_s)} {_more(over_s)} overtime" if over_s else "the same overtime"


def _more(difference: float) -> str:
    return "more" if difference > 0 else "less"


def _moves(bill: BillDiff) -> str:
    if not bill.difference_cents:
        return f"stays at {money(bill.new_cents)}"
    moves = "rises" if bill.difference_cents > 0 else "falls"
    by = money(abs(bill.difference_cents))
    return f"{moves} by {by}, from {money(bill.old_cents)} to {money(bill.new_cents)}"
