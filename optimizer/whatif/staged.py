"""Has the base and the variants of a study simulated, in stages, until the intervals are narrow enough.

All samples of a stage are there before it is looked at. So which samples there are in the end depends on the samples
alone, not on who was fast, nor on whether it was interrupted and begun again.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from optimizer.domain.study import Study, Variant
from optimizer.domain.study_sample import Sample
from optimizer.whatif.comparison import deciding
from optimizer.whatif.measures import samples_of
from optimizer.whatif.runner import Sampling
from optimizer.whatif.sample_key import THE_BASE
from optimizer.whatif.stopping import GROWTH, enough


@dataclass(frozen=True, slots=True)
class Sampled:
    """The samples of a study.

    Parameters
    ----------
    variants : the base first, then the variants of the study
    chains : how many chains each of them has, from chain 0 on
    whole : there are all; false: it was cancelled
    sampling : finds the samples
    """

    variants: tuple[Variant, ...]
    chains: int
    whole: bool
    sampling: Sampling

    def by_variant(self) -> dict[str, list[Sample]]:
        """Return the samples of each variant, chain by chain."""
        found: dict[str, list[Sample]] = {one.name: [] for one in self.variants}
        for one in self.samples():
            found[one.variant].append(one)
        return found

    def samples(self) -> Iterator[Sample]:
        """Yield all samples, chain by chain and in each the variants in their order; one at a time is in memory."""
        for chain in range(self.chains):
            for variant in self.variants:
                yield self.sampling.sample(variant, chain)


def variants_of(study: Study) -> tuple[Variant, ...]:
    """Return the base and the variants of a study.

    Parameters
    ----------
    study : the study
    """
    return (THE_BASE, *study.variants)


def most_samples(study: Study) -> int:
    """Return how many samples of its variants a study may need.

    Parameters
    ----------
    study : the study
    """
    return len(variants_of(study)) * study.chains.most


def sampled(study: Study, sampling: Sampling) -> Sampled:
    """Have the base and all variants simulated until `study.stop` is met, or there are as many chains as there may be.

    Narrow enough are to be the intervals of the base and of each variant, and of each variant's difference from it.

    Parameters
    ----------
    study : the study
    sampling : has samples made

    Raises
    ------
    NotSimulated
        A sample could not be made.
    PaigongError
        A sample cannot be made at all.
    """
    variants = variants_of(study)
    found: list[list[Sample]] = [[] for _ in variants]
    have, wanted = 0, study.chains.least
    while True:
        if not sampling.make(variants, range(have, wanted)):
            return Sampled(variants, have, whole=False, sampling=sampling)
        for chain in range(have, wanted):
            for row, variant in zip(found, variants, strict=True):
                row.append(sampling.sample(variant, chain))
        have = wanted
        more = _more(study, found, have)
        if more == 0:
            return Sampled(variants, have, whole=True, sampling=sampling)
        wanted = have + more


def _more(study: Study, found: Sequence[Sequence[Sample]], have: int) -> int:
    """Return how many chains to add before the next look, 0 for none."""
    asked, least, most = study.stop, study.chains.least, study.chains.most
    intervals = deciding([samples_of(asked.measure, row) for row in found])
    if intervals is None:  # hardly a chain has what is measured
        return min(math.ceil(GROWTH * have), most) - have
    return enough(intervals, asked.half_width, least=least, most=most).more
