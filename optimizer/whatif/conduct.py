"""Conducts a study: has its variants simulated, then answers its questions, which may need samples of their own."""

from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Study
from optimizer.domain.study_result import StudyResult
from optimizer.whatif.answers import answers
from optimizer.whatif.candidates import candidates
from optimizer.whatif.one_more import most_valued, value_of_one_more
from optimizer.whatif.runner import Sampling
from optimizer.whatif.smallest_staff import most_looked_at, smallest_staff
from optimizer.whatif.staged import most_samples, sampled


def most_needed(study: Study, ranked: int) -> int:
    """Return how many samples a study may need in all, those of its questions among them.

    Parameters
    ----------
    study : the study
    ranked : how many changes are ranked to value one more of something
    """
    staff = study.questions.smallest_staff
    to_look_at = 0 if staff is None else most_looked_at(study, staff.most - staff.fewest + 1)
    return most_samples(study) + to_look_at + most_valued(study, ranked, study.chains.most)


def conducted(study: Study, base: Scenario, sampling: Sampling) -> StudyResult | None:
    """Return what a study answers; none: it was cancelled. `sampling.tasks()` are the samples it was made of.

    Parameters
    ----------
    study : the study
    base : its base, with shifts on all simulated days
    sampling : has samples made

    Raises
    ------
    NotSimulated
        A sample could not be made.
    PaigongError
        A sample cannot be made at all.
    """
    staff = study.questions.smallest_staff
    tried = candidates(study, base)
    ranked = len(tried.ranked)
    sampling.expect(most_needed(study, ranked))
    result = sampled(study, sampling)
    if not result.whole:
        return None
    told = answers(study, base, result.by_variant())
    to_value = most_valued(study, ranked, result.chains)
    fewest = None
    if staff is not None:
        fewest = smallest_staff(study, base, told.variants[0].queueing, sampling, later=to_value)
        if fewest is None:
            return None
    worth = None
    if study.questions.value_of_one_more is not None:
        worth = value_of_one_more(study, tried, result.chains, sampling)
        if worth is None:
            return None
    return told.model_copy(update={"smallest_staff": fewest, "value_of_one_more": worth})
