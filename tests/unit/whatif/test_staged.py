"""A study is simulated in stages, until its intervals are narrow enough, and the same one always ends the same."""

import random

import pytest

from optimizer.control import Cancel
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import ExactEnough, Study
from optimizer.domain.study_sample import Sample
from optimizer.whatif.answers import answers
from optimizer.whatif.comparison import deciding
from optimizer.whatif.executor import Assignment
from optimizer.whatif.measures import samples_of
from optimizer.whatif.runner import Sampling, SamplingProgress
from optimizer.whatif.staged import Sampled, most_samples, sampled
from optimizer.whatif.statistics import mean_interval, paired_difference
from tests.unit.interchange.documents import question
from tests.unit.whatif.in_process import InMemory, InProcess
from tests.unit.whatif.stand_in import Model, assignment, day, sample, study

NAMES = ("base", "one more", "as it is")


def done(asked: Study, **how: int) -> Sampled:
    executor = InProcess(assignment(asked), slots=how.get("slots", 2))
    return sampled(asked, Sampling(executor, InMemory(), at_most=most_samples(asked)))


def test_as_many_as_there_may_be_when_it_is_never_exact_enough() -> None:
    asked = study(least=2, most=7, half_width=1e-9)
    result = done(asked)
    assert (result.chains, result.whole) == (7, True)
    assert len(list(result.samples())) == most_samples(asked) == 21


def test_it_stops_as_soon_as_all_intervals_are_narrow_enough() -> None:
    asked = study(least=3, most=400, half_width=0.05)
    result = done(asked)
    assert 3 < result.chains < 400
    found = list(result.by_variant().values())
    base, one_more, as_it_is = (samples_of("on_time", row) for row in found)
    told = deciding([base, one_more, as_it_is])
    assert told == (
        *map(mean_interval, (base, one_more, as_it_is)),
        paired_difference(base, one_more).difference,
        paired_difference(base, as_it_is).difference,
    )
    assert all(one.half_width <= 0.05 for one in told)
    ended = answers(asked, question(), result.by_variant()).ended
    assert ended.why == "exact_enough"
    assert ended.widest == pytest.approx(max(one.half_width for one in told))
    # A variant that is the base differs by nothing in every sample.
    assert [one.days for one in found[0]] == [one.days for one in found[2]]


def test_a_variant_that_varies_more_than_the_base_goes_on_until_its_own_interval_is_narrow() -> None:
    """The variant strays twice as far as the base and with it, so their difference strays no further than the base."""

    def simulated(base: Scenario, of: Scenario, model: Model, asked: Study, name: str, number: int) -> Sample:
        off = random.Random(number).randrange(-20, 21) * (2 if name == "one more" else 1)
        return sample(name, number, [day(row, kept=50 + off, missed=50 - off) for row in range(asked.days)])

    asked = study(least=3, most=400, half_width=0.05)
    executor = InProcess(Assignment(asked, question(), Model(), simulated))
    result = sampled(asked, Sampling(executor, InMemory(), at_most=most_samples(asked)))
    assert 3 < result.chains < 400
    answer = answers(asked, question(), result.by_variant())
    assert answer.ended.why == "exact_enough"
    base, one_more = (mean_interval(samples_of("on_time", result.by_variant()[name])) for name in NAMES[:2])
    assert one_more.half_width == pytest.approx(2 * base.half_width)
    assert 0.025 < one_more.half_width <= 0.05


def test_a_wide_wish_is_met_by_the_first_stage() -> None:
    assert done(study(least=4, most=400, half_width=1)).chains == 4


def test_the_samples_come_chain_by_chain_in_the_order_of_the_variants() -> None:
    names = [(one.chain, one.variant) for one in done(study(least=2, half_width=1)).samples()]
    assert names == [(chain, name) for chain in (0, 1) for name in NAMES]


def test_who_is_fast_changes_nothing() -> None:
    asked = study(least=3, most=40, half_width=0.05)
    assert list(done(asked, slots=1).samples()) == list(done(asked, slots=7).samples())


def test_a_measure_that_hardly_occurs_is_looked_for_until_the_end() -> None:
    asked = study(most=5).model_copy(update={"stop": ExactEnough(measure="travel_share")})  # nobody drives
    result = done(asked)
    assert (result.chains, result.whole) == (5, True)
    assert answers(asked, question(), result.by_variant()).ended.why == "most_chains"


def test_a_cancelled_study_has_the_stages_that_are_whole() -> None:
    cancel = Cancel()

    def watch(progress: SamplingProgress) -> None:
        if progress.done == 7:  # the first stage has two chains of three variants
            cancel.ask()

    asked = study(least=2, most=6, half_width=1e-9)
    sampling = Sampling(
        InProcess(assignment(asked)), InMemory(), at_most=most_samples(asked), watch=watch, cancel=cancel
    )
    result = sampled(asked, sampling)
    assert (result.chains, result.whole) == (2, False)
    assert len(list(result.samples())) == 6


def test_the_base_alone_is_a_study_too() -> None:
    asked = study(
        least=2, half_width=1, variants=(), questions={"value_of_one_more": {"kinds": ["technician"]}}
    )
    assert [one.variant for one in done(asked).samples()] == ["base", "base"]


def test_without_a_denominator_there_is_no_interval() -> None:
    asked = study()
    (first, *_) = done(asked).samples()
    assert deciding([samples_of("travel_share", [first, first])]) is None  # nobody drives
    with pytest.raises(ValueError, match="two chains"):
        mean_interval(samples_of("travel_share", [first, first]))
