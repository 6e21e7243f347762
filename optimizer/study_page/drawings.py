"""The drawings of the page: differences from the base, chains one by one, numbers of people, one more of each thing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from optimizer.domain.study import BASE, Measure
from optimizer.domain.study_result import (
    Difference,
    Estimate,
    MeasureResult,
    StudyResult,
    TriedStaff,
    VariantResult,
)
from optimizer.study_page.forest import Forest, Line, Tone, forest
from optimizer.study_page.tables import tone_of
from optimizer.words.language import Language
from optimizer.words.numbers import listed
from optimizer.words.study_figures import (
    MEASURE_NAMES,
    between,
    difference_and_ends,
    figure,
    limit_of,
    one_more_name,
    target_words,
    tick,
    variant_name,
    within,
)

_MOST_NAMED: Final = 8
"""So many variants are named in a note, and so many groups of them."""
_STATE_TONES: Final[dict[str, Tone]] = {"met": "good", "not_met": "bad", "not_decided": ""}


def measures_asked(result: StudyResult) -> list[Measure]:
    """Return the measures that the study asks for: its targets, then what its exactness is held to.

    Parameters
    ----------
    result : the study's answers
    """
    targets = [one.target.measure for one in result.variants[0].targets]
    return list(dict.fromkeys((*targets, result.ended.asked.measure)))


def differences(result: StudyResult, label: Mapping[str, str], language: Language) -> tuple[Forest, ...]:
    """Return the differences from the base, measure by measure, those that are asked for first.

    Parameters
    ----------
    result : the study's answers
    label : labels of the page
    language : English or Chinese
    """
    asked = measures_asked(result)
    every = [one.measure for one in result.variants[0].measures]
    differing = [one for one in dict.fromkeys((*asked, *every)) if one in asked or _differs(one, result)]
    drawn = (_differences(one, result, label, language) for one in differing)
    return tuple(one for one in drawn if one.rows)


def never_differing(result: StudyResult, language: Language) -> str:
    """Return the measures in which no variant differs from the base in any chain, which are not drawn.

    Parameters
    ----------
    result : the study's answers
    language : English or Chinese
    """
    asked = measures_asked(result)
    every = [one.measure for one in result.variants[0].measures]
    same = [one for one in every if one not in asked and not _differs(one, result)]
    return listed([MEASURE_NAMES[one][language] for one in same], language)


def chains(result: StudyResult, language: Language) -> tuple[Forest, ...]:
    """Return how the chains lie in the measures that are asked for.

    Parameters
    ----------
    result : the study's answers
    language : English or Chinese
    """
    return tuple(_chains(one, result, language) for one in measures_asked(result))


def staff(result: StudyResult, label: Mapping[str, str], language: Language) -> tuple[Forest, ...]:
    """Return what each number of people reaches, target by target; nothing where it was not asked for.

    Parameters
    ----------
    result : the study's answers
    label : labels of the page
    language : English or Chinese
    """
    answer = result.smallest_staff
    if answer is None:
        return ()
    rows = [(f"{one.people} ({one.more:+d})", one) for one in answer.tried]
    held = [*answer.beside, *([] if answer.confirmed is None else [answer.confirmed])]
    rows += ((f"{one.people} {label['confirmed']}", one) for one in sorted(held, key=lambda one: one.more))
    drawn = []
    for place, one in enumerate(result.variants[0].targets):
        measure = one.target.measure
        lines = [_tried(name, tried, tried.values[place], measure, language) for name, tried in rows]
        title, limit = target_words(one.target, language), limit_of(one.target)
        drawn.append(forest(title, lines, tick_words=_values(measure), marks=[limit]))
    return tuple(drawn)


def one_more(result: StudyResult, language: Language) -> Forest | None:
    """Return what one more of each thing is worth; none where it was not asked for.

    Parameters
    ----------
    result : the study's answers
    language : English or Chinese
    """
    answer = result.value_of_one_more
    if answer is None:
        return None
    lines = [
        _changed(one_more_name(one, language), answer.measure, one.worth, language) for one in answer.changes
    ]
    title = MEASURE_NAMES[answer.measure][language]
    return forest(title, lines, tick_words=_changes(answer.measure), marks=[0.0])


def _differs(measure: Measure, result: StudyResult) -> bool:
    told = [_of(variant, measure).difference for variant in result.variants]
    return any(one is not None and (one.estimate.low, one.estimate.high) != (0, 0) for one in told)


def _differences(
    measure: Measure, result: StudyResult, label: Mapping[str, str], language: Language
) -> Forest:
    told = [
        (variant_name(variant.name, language), found)
        for variant in result.variants
        if (found := _of(variant, measure).difference) is not None
    ]
    return forest(
        MEASURE_NAMES[measure][language],
        [_changed(name, measure, found, language) for name, found in told],
        tick_words=_changes(measure),
        marks=[0.0],
        note=_apart(measure, result, label, language) if measure in measures_asked(result) else "",
    )


def _apart(measure: Measure, result: StudyResult, label: Mapping[str, str], language: Language) -> str:
    """Return which cannot be told apart."""
    ranking = next((one for one in result.rankings if one.measure == measure), None)
    groups = [group for group in ranking.groups if len(group) > 1] if ranking else []
    if not groups:
        return ""
    named = [_some([variant_name(name, language) for name in group], language) for group in groups]
    return f"{label['apart']}{label['colon']}{'; '.join(named[:_MOST_NAMED])}{'; …' if groups[_MOST_NAMED:] else ''}"


def _some(names: Sequence[str], language: Language) -> str:
    """Return a list of names, which ends in the middle where there are many."""
    if len(names) <= _MOST_NAMED:
        return listed(names, language)
    return ("、" if language == "zh" else ", ").join((*names[:_MOST_NAMED], "…"))


def _chains(measure: Measure, result: StudyResult, language: Language) -> Forest:
    lines = []
    for variant in result.variants:
        found, name = _of(variant, measure), variant_name(variant.name, language)
        tone: Tone = "base" if variant.name == BASE else ""
        spread = found.spread
        if spread is None:
            lines.append(Line(name, "–", "", tone))
            continue
        lines.append(
            Line(
                name,
                figure(measure, spread.middle, language),
                between(measure, spread.least, spread.most, language),
                tone,
                low=spread.least,
                high=spread.most,
                dots=tuple(one for one in found.by_chain if one is not None),
                box=(spread.lower_quarter, spread.middle, spread.upper_quarter),
            )
        )
    return forest(MEASURE_NAMES[measure][language], lines, tick_words=_values(measure))


def _changed(name: str, measure: Measure, found: Difference, language: Language) -> Line:
    words, more = difference_and_ends(measure, found.estimate, language)
    one = found.estimate
    return Line(name, words, more, tone_of(found), at=one.mean, low=one.low, high=one.high)


def _tried(
    name: str, tried: TriedStaff, value: Estimate | None, measure: Measure, language: Language
) -> Line:
    tone = _STATE_TONES[tried.state]
    if value is None:
        return Line(name, "–", "", tone)
    return Line(
        name,
        figure(measure, value.mean, language),
        within(measure, value, language),
        tone,
        at=value.mean,
        low=value.low,
        high=value.high,
    )


def _values(measure: Measure) -> Callable[[float], str]:
    return lambda value: tick(measure, value)


def _changes(measure: Measure) -> Callable[[float], str]:
    return lambda value: tick(measure, value, change=True)


def _of(variant: VariantResult, measure: Measure) -> MeasureResult:
    return next(one for one in variant.measures if one.measure == measure)
