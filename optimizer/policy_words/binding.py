"""Which rule binds most in a plan: the dearest soft rule, and the hard rules that keep jobs out."""

from collections import Counter

from optimizer.domain.assessment import Assessment
from optimizer.domain.base import Record
from optimizer.rules import RULES
from optimizer.rules.travel import RULE as TRAVEL
from optimizer.words.numbers import count, money


class RuleShare(Record):
    """A soft rule's part of the bill."""

    code: str
    """The rule."""
    cents: int
    """What the plan owes under it."""
    share: float
    """Part of the whole bill, 0 to 1."""


class RuleBars(Record):
    """How often a hard rule keeps left-out jobs out of slots: a technician's shift and one window in it."""

    code: str
    """The rule."""
    jobs: int
    """Left-out jobs it keeps out of at least one slot."""
    slots: int
    """Slots that it bars, alone or with other rules, added up over the jobs."""
    alone: int
    """Slots that nothing else bars, added up over the jobs: without the rule they would be open."""


class Binding(Record):
    """What weighs most in a plan."""

    shares: tuple[RuleShare, ...]
    """Soft rules besides travel by their part of the bill, the dearest first."""
    bars: tuple[RuleBars, ...]
    """Hard rules by how often they alone keep a left-out job out of a slot, then by how often they do at all."""
    sentences: tuple[str, ...]
    """In words: the dearest soft rule, then what the hard rules do."""


def binding(assessment: Assessment) -> Binding:
    """Return which rules bind most in a plan.

    Parameters
    ----------
    assessment : what the plan is worth, with the reasons why jobs are left out
    """
    shares, bars = _shares(assessment), _bars(assessment)
    return Binding(shares=shares, bars=bars, sentences=tuple(_sentences(assessment, shares, bars)))


def _shares(assessment: Assessment) -> tuple[RuleShare, ...]:
    owed: Counter[str] = Counter()
    for line in assessment.bill.lines:
        if line.code != TRAVEL.code:
            owed[line.code] += line.cents
    total = assessment.bill.total_cents
    ordered = sorted(owed, key=lambda code: (-owed[code], _place(code)))
    return tuple(
        RuleShare(code=code, cents=owed[code], share=owed[code] / total) for code in ordered if owed[code]
    )


def _bars(assessment: Assessment) -> tuple[RuleBars, ...]:
    hard = {rule.code for rule in RULES if rule.hard}
    jobs: Counter[str] = Counter()
    slots: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for reason in assessment.unserved:
        for block in reason.blocks:
            if block.code in hard:
                jobs[block.code] += 1
                slots[block.code] += block.alone + block.jointly
                alone[block.code] += block.alone
    ordered = sorted(slots, key=lambda code: (-alone[code], -slots[code], _place(code)))
    return tuple(
        RuleBars(code=code, jobs=jobs[code], slots=slots[code], alone=alone[code]) for code in ordered
    )


def _sentences(
    assessment: Assessment, shares: tuple[RuleShare, ...], bars: tuple[RuleBars, ...]
) -> list[str]:
    said = []
    if shares:
        first = shares[0]
        said.append(
            f"Besides travel the largest part of the bill is {first.code}: {money(first.cents)} of "
            f"{money(assessment.bill.total_cents)}, {100 * first.share:.0f} %. {_title(first.code)}"
        )
    else:
        said.append("Nothing but travel is on the bill.")
    if bars:
        said.append(_in_the_way(bars, sum(reason.slots for reason in assessment.unserved)))
    elif assessment.unserved:
        said.append("No hard rule stands in the way of the jobs left out.")
    return said


def _in_the_way(bars: tuple[RuleBars, ...], slots: int) -> str:
    """Say which rule is the only obstacle most often, and which one adds to others most often."""
    first = bars[0]
    adds = max(bars, key=lambda one: one.slots - one.alone)
    jointly = adds.slots - adds.alone
    of = f"of {slots} (jobs left out × slots: a shift and an appointment)"
    if not first.alone:
        return (
            f"No hard rule is the only obstacle anywhere; {adds.code} adds to others most often, "
            f"{_times(jointly)} {of}. {_title(adds.code)}"
        )
    more = ""
    if jointly:
        more = f"; {'it' if adds is first else adds.code} adds to others {_times(jointly)}"
    return f"{first.code} is the only obstacle {_times(first.alone)} {of}{more}. {_title(first.code)}"


def _times(number: int) -> str:
    return count(number, "time")


def _title(code: str) -> str:
    return next((rule.title for rule in RULES if rule.code == code), "")


def _place(code: str) -> int:
    codes = [rule.code for rule in RULES]
    return codes.index(code) if code in codes else len(codes)
