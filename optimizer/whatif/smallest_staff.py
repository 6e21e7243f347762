"""The fewest people who meet all targets: searched on some chains, confirmed on others.

The search begins with what queueing expects and goes up or down in steps that double, then halves the gap: whoever
comes or goes with a number also does with every larger or smaller one, so what fewer people reach more people reach
too. A number is simulated in stages until its intervals decide; what the last stage leaves open counts as not met.

Who looks several times, and at several targets, finds what he hopes for more often than 5 times in 100. So all the
intervals of a number together hold with the study's confidence (Bonferroni over stages and targets), whenever it
stops.

A search goes by many looks at chance and tends to end where chance was kind. So its answer is looked at again on chains
from `chains.most` on, which it has not seen, and so is one person fewer. If the answer does not hold there, one person
more is looked at, and so on, each at half the risk of the last: too few people are confirmed in one study of twenty at
most. If one person fewer meets the targets there too, that is the answer, and so on down.

References
----------
C. Jennison, B. W. Turnbull (1989), "Interim analyses: the repeated confidence interval approach", Journal of the Royal
Statistical Society B 51(3), 305–361.
"""

import math
from collections.abc import Generator, Iterator, Sequence
from typing import Final

from optimizer.domain.scenario import Scenario
from optimizer.domain.study import SmallestStaff, Study, Variant
from optimizer.domain.study_result import QueueingEstimate, SmallestStaffAnswer, TargetState, TriedStaff
from optimizer.domain.study_sample import Sample
from optimizer.whatif.answers import estimate, target_state
from optimizer.whatif.comparison import divides
from optimizer.whatif.extra_variants import ExtraVariants
from optimizer.whatif.measures import samples_of
from optimizer.whatif.runner import Sampling
from optimizer.whatif.sample_key import THE_BASE
from optimizer.whatif.statistics import CONFIDENCE, mean_interval
from optimizer.whatif.variants.apply import staff_changes

Steps = Generator[int, bool, int | None]
"""Yields a number to try, is sent whether it meets the targets, and returns the answer, if there is one."""

_GROWTH: Final = 2
"""Between two looks the chains grow by this: few looks, for each of them makes the intervals wider."""
_ROUNDING: Final = 1e-6


def smallest_staff(
    study: Study,
    base: Scenario,
    queueing: Sequence[QueueingEstimate],
    sampling: Sampling,
    *,
    later: int = 0,
) -> SmallestStaffAnswer | None:
    """Return the fewest people who meet all targets; none: not asked, or it was cancelled.

    Parameters
    ----------
    study : the study
    base : its base, which has whom the question names
    queueing : what queueing expects of the base
    sampling : has samples made
    later : samples that other questions take afterwards at most

    Raises
    ------
    NotSimulated
        A sample could not be made.
    PaigongError
        A sample cannot be made at all.
    """
    asked = study.questions.smallest_staff
    if asked is None:
        return None
    looking = _Looking(study, asked, base, sampling, later)
    found = looking.gone(searched(first_try(asked, base, queueing), asked.fewest, asked.most))
    more = None
    if found is not None:
        looking.kept_back_from = found
        more = looking.gone(confirmed(found, asked.fewest, asked.most))
    if more is not None and looking.whole and more not in looking.tried:
        looking.kept_back_from = None
        looking.look(more)
    if not looking.whole:
        return None
    held = looking.held
    return SmallestStaffAnswer(
        tried=tuple(looking.tried[number] for number in sorted(looking.tried)),
        more=more,
        confirmed=held[more] if more is not None else None,
        beside=tuple(held[number] for number in sorted(held) if number != more),
    )


def searched(start: int, fewest: int, most: int) -> Steps:
    """Search the least number that meets the targets; all larger ones are taken to meet them too.

    Parameters
    ----------
    start : tried first, from `fewest` to `most`
    fewest : least number there may be
    most : largest one
    """
    failed, met, number, step = fewest - 1, most + 1, start, 1
    while met - failed > 1:
        if (yield number):
            met = number
        else:
            failed = number
        if failed < fewest:
            number = max(met - step, fewest)
        elif met > most:
            number = min(failed + step, most)
        else:
            number = (failed + met) // 2
        step *= 2
    return met if met <= most else None


def confirmed(number: int, fewest: int, most: int) -> Steps:
    """Look whether a number holds and one less does not; go up until one holds, or down while one less does.

    Parameters
    ----------
    number : what the search has found
    fewest : least number there may be
    most : largest one
    """
    if (yield number):
        while number > fewest and (yield number - 1):
            number -= 1
        return number
    while number < most:
        number += 1
        if (yield number):
            return number
    return None


def first_try(asked: SmallestStaff, base: Scenario, queueing: Sequence[QueueingEstimate]) -> int:
    """Return how many people more queueing expects to be enough, as far as that may be tried; 0 where it says nothing.

    Parameters
    ----------
    asked : where people come and go, and how many
    base : the base
    queueing : what queueing expects of it; those at work on a day become as many more as the technicians do
    """
    like = next(one for one in base.technicians if one.technician_id == asked.like)
    branch_id = asked.branch_id or like.branch_id
    row = next((one for one in queueing if one.branch_id == branch_id and one.people > 0), None)
    more = 0
    if row is not None:
        mine = sum(one.branch_id == branch_id for one in base.technicians)
        more = math.ceil(row.smallest_staff * mine / row.people - _ROUNDING) - mine
    return min(max(more, asked.fewest), asked.most)


def looks(least: int, most: int) -> Iterator[int]:
    """Yield after how many chains a number is looked at.

    Parameters
    ----------
    least : at the first look, 1 or more
    most : at the last, not below `least`
    """
    while least < most:
        yield least
        least *= _GROWTH
    yield most


def most_looked_at(study: Study, numbers: int) -> int:
    """Return how many samples a search among so many numbers takes at most, if its answer is confirmed at once.

    Parameters
    ----------
    study : the study
    numbers : how many numbers may still be the answer, 0 or more
    """
    return (min(numbers, 2 * numbers.bit_length()) + 2) * study.chains.most


def together(states: Sequence[TargetState]) -> TargetState:
    """Return what is known of several targets: not met if one is not, met if all are.

    Parameters
    ----------
    states : of each target
    """
    if "not_met" in states:
        return "not_met"
    return "met" if all(state == "met" for state in states) else "not_decided"


class _Looking:
    """Looks at numbers of people, each in stages, on the chains of the search or on those kept back."""

    def __init__(
        self, study: Study, asked: SmallestStaff, base: Scenario, sampling: Sampling, later: int
    ) -> None:
        self._study, self._asked, self._base = study, asked, base
        self._sampling, self._later = sampling, later
        self._extra = ExtraVariants(study)
        self._variants: dict[int, Variant] = {0: THE_BASE}
        self._looks = tuple(looks(study.chains.least, study.chains.most))
        self.tried: dict[int, TriedStaff] = {}
        self.held: dict[int, TriedStaff] = {}
        self.kept_back_from: int | None = None
        """Look at the chains kept back; this is what the search has found."""
        self.whole = True
        """It was not cancelled so far."""

    def gone(self, steps: Steps) -> int | None:
        """Go through some steps and return their answer."""
        met: bool | None = None
        while True:
            try:
                number = next(steps) if met is None else steps.send(met)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
            self.look(number)
            if not self.whole:
                return None
            rows = self.tried if self.kept_back_from is None else self.held
            met = rows[number].state == "met"

    def look(self, number: int) -> None:
        """Simulate a number of people until it is decided, and note what was found."""
        variant, samples = self._variant(number), list[Sample]()
        first = 0 if self.kept_back_from is None else self._study.chains.most
        for chains in self._looks:
            self._sampling.expect(self._to_come() - len(samples) + self._later)
            new = range(first + len(samples), first + chains)
            if not self._sampling.make((variant,), new):
                self.whole = False
                return
            samples += (self._sampling.sample(variant, chain) for chain in new)
            told = self._told(number, samples)
            if told.state != "not_decided":
                break
        (self.tried if self.kept_back_from is None else self.held)[number] = told

    def _variant(self, number: int) -> Variant:
        if number not in self._variants:
            changes = staff_changes(self._asked, self._base, number)
            self._variants[number] = self._extra.variant(f"staff {number:+d}", changes)
        return self._variants[number]

    def _told(self, number: int, samples: Sequence[Sample]) -> TriedStaff:
        targets = self._study.targets
        risk = (1 - CONFIDENCE) / (len(self._looks) * len(targets))
        if self.kept_back_from is not None:
            risk /= 2 ** max(number - self.kept_back_from, 0)
        values = []
        for target in targets:
            found = samples_of(target.measure, samples)
            values.append(mean_interval(found, 1 - risk) if divides(found) else None)
        states = [target_state(target, value) for target, value in zip(targets, values, strict=True)]
        return TriedStaff(
            more=number,
            people=len(samples[0].people),
            values=tuple(
                None if value is None else estimate(value, target.measure)
                for target, value in zip(targets, values, strict=True)
            ),
            state=together(states),
        )

    def _to_come(self) -> int:
        """Return how many samples may come from here on, those of the present number among them."""
        if self.kept_back_from is not None:
            return max(2 - len(self.held), 1) * self._study.chains.most
        failed = max((one for one, told in self.tried.items() if told.state != "met"), default=None)
        met = min((one for one, told in self.tried.items() if told.state == "met"), default=None)
        low = self._asked.fewest if failed is None else failed + 1
        high = self._asked.most if met is None else met - 1
        return most_looked_at(self._study, max(high - low + 1, 1))
