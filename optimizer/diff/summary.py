"""The difference between two plans in a few words."""

from collections import Counter
from collections.abc import Iterator

from optimizer.diff.words import counted
from optimizer.domain.plan_diff import JobEvent, PlanDiff
from optimizer.rules.words import money

_JOBS: dict[JobEvent, str] = {
    "new": "new",
    "gone": "not in the plan any more",
    "served now": "served now",
    "left out now": "left out now",
    "other technician": "with another technician",
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
    if diff.jobs:
        # Each job counts once, under what matters most about it.
        found = Counter(change.events[0] for change in diff.jobs)
        parts = (f"{found[event]} {words}" for event, words in _JOBS.items() if found[event])
        yield f"{counted(len(diff.jobs), 'job is', 'jobs are')} planned otherwise: {', '.join(parts)}."
    else:
        yield "Every job is done by the same technician at the same time."
    for findings, plan in ((diff.new_breaches, "new"), (diff.old_breaches, "old")):
        if findings:
            breaches = counted(len(findings), "breach of a hard rule", "breaches of hard rules")
            codes = ", ".join(dict.fromkeys(finding.code for finding in findings))
            yield f"{breaches} only in the {plan} plan: {codes}."
    yield _bill(diff)
    effects = Counter(change.effect for change in diff.clocks)
    clocks = [(effects["gained"], "not missed any more"), (effects["lost"], "missed now")]
    said = [f"{counted(number, 'clock is', 'clocks are')} {words}" for number, words in clocks if number]
    if said:
        yield f"{', '.join(said)}."


def _bill(diff: PlanDiff) -> str:
    bill = diff.bill
    if not bill.difference_cents:
        return f"The bill stays at {money(bill.new_cents)}."
    moves = "rises" if bill.difference_cents > 0 else "falls"
    by = money(abs(bill.difference_cents))
    return f"The bill {moves} by {by}, from {money(bill.old_cents)} to {money(bill.new_cents)}."
