"""What one more of something is worth: changes are ranked on some chains, and the best are valued on others.

The first of many tends to be lucky as well as good, so its place in the ranking says too much of it. What is told is
therefore estimated anew, on chains from `chains.most` on that had no part in the ranking: as many as the variants of
the study have, a number that nothing on these chains has decided. Which worths are surely not 0 is told with allowance
for how many are told (Holm).

All is ranked and valued in `cost_cents_a_day`, which has wages, driving, overtime and the prices of poor service in
it: a technician is worth it where less is lost by lateness than the wage. Below 0 a change pays. What a training, a
certificate, a tool or a part costs itself is not in it.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from optimizer.domain.study import Measure, Study, Variant
from optimizer.domain.study_result import OneMoreAnswer, ValueOfOneMoreAnswer
from optimizer.whatif.answers import difference
from optimizer.whatif.candidates import Candidate, Candidates
from optimizer.whatif.extra_variants import ExtraVariants
from optimizer.whatif.measures import samples_of
from optimizer.whatif.ranking import clear_of_zero
from optimizer.whatif.runner import Sampling
from optimizer.whatif.sample_key import THE_BASE
from optimizer.whatif.statistics import Paired, Samples, paired_difference

WORTH_IN: Final[Measure] = "cost_cents_a_day"
"""What everything is worth."""
TOLD: Final = 5
"""So many changes are valued at most: those that stand first in the ranking."""


def value_of_one_more(
    study: Study, tried: Candidates, chains: int, sampling: Sampling
) -> ValueOfOneMoreAnswer | None:
    """Return what one more of something is worth; none: it was cancelled.

    Parameters
    ----------
    study : the study
    tried : what there could be one more of
    chains : chains that the worth is estimated from, 2 or more
    sampling : has samples made

    Raises
    ------
    NotSimulated
        A sample could not be made.
    PaigongError
        A sample cannot be made at all.
    """
    found = tried.ranked
    extra = ExtraVariants(study)
    variants = [extra.variant(_name(one), (one.change,)) for one in found]
    sampling.expect(most_valued(study, len(found), chains))
    if found and not sampling.make((THE_BASE, *variants), range(study.chains.least)):
        return None
    means = [one.difference.mean for one in _pairs(variants, range(study.chains.least), sampling)]
    best = sorted(range(len(found)), key=lambda row: means[row])[:TOLD]
    chosen, fresh = [variants[row] for row in best], range(study.chains.most, study.chains.most + chains)
    if found and not sampling.make((THE_BASE, *chosen), fresh):
        return None
    return ValueOfOneMoreAnswer(
        measure=WORTH_IN,
        changes=tuple(_told([found[row] for row in best], _pairs(chosen, fresh, sampling))),
        ranked_by=study.chains.least,
        ranked=len(found),
        left_out=tried.left_out,
    )


def most_valued(study: Study, changes: int, chains: int) -> int:
    """Return how many samples ranking and valuing take beside those of the study's variants, the base among them.

    Parameters
    ----------
    study : the study
    changes : how many are ranked
    chains : chains that the worth is estimated from
    """
    return changes * study.chains.least + (1 + min(changes, TOLD)) * chains if changes else 0


def _name(one: Candidate) -> str:
    return f"one more {one.kind.replace('_', ' ')}: {one.what}, {one.branch_id}"


def _pairs(variants: Sequence[Variant], chains: range, sampling: Sampling) -> list[Paired]:
    """Return how each variant differs from the base; one variant at a time is in memory."""

    def cost(variant: Variant) -> Samples:
        return samples_of(WORTH_IN, [sampling.sample(variant, chain) for chain in chains])

    if not variants:
        return []
    base = cost(THE_BASE)
    return [paired_difference(base, cost(one)) for one in variants]


def _told(found: Sequence[Candidate], pairs: Sequence[Paired]) -> Iterable[OneMoreAnswer]:
    clear = clear_of_zero([one.difference for one in pairs])
    for one, pair, surely in zip(found, pairs, clear, strict=True):
        outside = not pair.difference.low <= 0 <= pair.difference.high
        worth = difference(WORTH_IN, pair, clear=surely and outside)
        yield OneMoreAnswer(kind=one.kind, what=one.what, branch_id=one.branch_id, worth=worth)
