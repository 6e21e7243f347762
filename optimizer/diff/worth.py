"""How the bills, the clocks and the key figures of two plans differ."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from optimizer.domain.assessment import Bill, BillKind, ClockState, Kpis
from optimizer.domain.plan_diff import BillChange, BillDiff, ClockChange, KpiChange
from optimizer.words.moments import moment

Rule = tuple[str, BillKind]

Clock = tuple[str, str, str | None, str | None, str | None]
"""Code, label, job, batch and customer of a clock."""


def bill_diff(old: Bill, new: Bill) -> BillDiff:
    """Return how the bills differ, by rule and kind of money."""
    before, after = _by_rule(old), _by_rule(new)
    changes = (
        BillChange(
            code=code,
            kind=kind,
            old_cents=before[code, kind],
            new_cents=after[code, kind],
            difference_cents=after[code, kind] - before[code, kind],
        )
        for code, kind in dict.fromkeys((*before, *after))
    )
    return BillDiff(
        old_cents=old.total_cents,
        new_cents=new.total_cents,
        difference_cents=new.total_cents - old.total_cents,
        changes=tuple(change for change in changes if change.difference_cents),
    )


def clock_changes(
    old: Sequence[ClockState], new: Sequence[ClockState], zone: ZoneInfo
) -> Iterator[ClockChange]:
    """Yield the clocks that stand differently, in the order of the new plan.

    Parameters
    ----------
    old, new : the clocks
    zone : whose local time the sentences use
    """
    before: defaultdict[Clock, deque[ClockState]] = defaultdict(deque)
    for clock in old:
        before[_clock(clock)].append(clock)
    for clock in new:
        same = before[_clock(clock)]
        was = same.popleft() if same else None
        if was is None or was.state != clock.state:
            yield _clock_change(was, clock, zone)
    for gone in before.values():
        for clock in gone:
            yield _clock_change(clock, None, zone)


def kpi_changes(old: Kpis, new: Kpis) -> Iterator[KpiChange]:
    """Yield the key figures that differ."""
    before = dict(old)  # all of them, those that a file leaves out too
    for name, value in new:
        if value != before[name]:
            yield KpiChange(name=name, old=before[name], new=value, difference=value - before[name])


def _by_rule(bill: Bill) -> Counter[Rule]:
    cents: Counter[Rule] = Counter()
    for line in bill.lines:
        cents[line.code, line.kind] += line.cents
    return cents


def _clock(clock: ClockState) -> Clock:
    return clock.code, clock.label, clock.job_id, clock.batch_id, clock.customer_id


def _clock_change(old: ClockState | None, new: ClockState | None, zone: ZoneInfo) -> ClockChange:
    known = new or old
    assert known is not None
    missed_before = old is not None and old.state == "missed"
    missed_now = new is not None and new.state == "missed"
    return ClockChange(
        code=known.code,
        label=known.label,
        job_id=known.job_id,
        batch_id=known.batch_id,
        customer_id=known.customer_id,
        was=None if old is None else old.state,
        now=None if new is None else new.state,
        effect="other" if missed_before == missed_now else "lost" if missed_now else "gained",
        sentence=f"{known.subject}: {known.code}{known.label and ' '}{known.label} {_words(old, new, zone)}.",
    )


_STATES = {"met": "met", "at_risk": "met with little to spare", "missed": "missed", "open": "still open"}


def _words(old: ClockState | None, new: ClockState | None, zone: ZoneInfo) -> str:
    if new is None:
        assert old is not None
        return f"does not run any more; it was {_STATES[old.state]}"
    due = f"due {moment(new.due, zone)}"
    if old is None:
        return f"runs now, {due}: {_STATES[new.state]}"
    return f"is {_STATES[new.state]} instead of {_STATES[old.state]}, {due}"
