"""Whether a plan is worth what its file says: the assessment that is written there against the one that is found."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from optimizer.domain.assessment import Assessment, Bill
from optimizer.words.numbers import money

_NAMED: Final = 5  # more differences of one kind are counted, not named


def differences(written: Assessment, found: Assessment) -> Iterator[str]:
    """Yield one sentence for each part of an assessment that is not as found; reasons are not compared.

    Parameters
    ----------
    written : as a file has it
    found : as the plan is assessed now
    """
    if written.findings != found.findings:
        was, now = len(written.findings), len(found.findings)
        yield f"The broken hard rules in the file ({was}) are not the plan's ({now})."
    if written.bill != found.bill:
        yield _bill(written.bill, found.bill)
    theirs, ours = _clocks(written), _clocks(found)
    odd = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    if odd:
        yield f"The clocks in the file are not the plan's: {_some(odd)}."
    figures = dict(found.kpis)  # all of them, those that a file leaves out too
    odd_figures = [
        f"{name} is {figures[name]} and not {value}" for name, value in written.kpis if value != figures[name]
    ]
    if odd_figures:
        yield f"The key figures in the file are not the plan's: {_some(odd_figures)}."


def _bill(written: Bill, found: Bill) -> str:
    was, owed = money(written.total_cents), money(found.total_cents)
    if written.total_cents == found.total_cents:
        return f"The bill in the file sums to what the plan owes ({owed}), but its parts differ."
    return f"The bill in the file ({was}) is not what the plan owes ({owed})."


def _clocks(assessment: Assessment) -> dict[str, list[tuple[object, ...]]]:
    found: dict[str, list[tuple[object, ...]]] = {}
    for clock in assessment.clocks:
        name = f"{clock.code}{clock.label and ' '}{clock.label} of {clock.job_id}"
        state = (clock.event, clock.state, clock.slack_s, _s(clock.due), _s(clock.at))
        found.setdefault(name, []).append(state)
    return found


def _s(at: datetime | None) -> float | None:
    return None if at is None else at.timestamp()  # one moment may be written with different offsets


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
