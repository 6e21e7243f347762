"""The tables of the page: variants under each other, what is known of them beside each other."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from optimizer.domain.study import BASE, MORE_IS_BETTER, Measure
from optimizer.domain.study_result import (
    ClockResult,
    Difference,
    StudyResult,
    TargetState,
    VariantResult,
)
from optimizer.words.clocks import clock_name
from optimizer.words.language import Language
from optimizer.words.numbers import percent
from optimizer.words.study_figures import (
    MEASURE_NAMES,
    TARGET_STATE_NAMES,
    difference_and_ends,
    figure,
    plus_minus,
    target_words,
    variant_name,
    within,
)

Tone = Literal["", "good", "bad"]

IN_TIME: Final = "ARRIVE_NEAR"
"""The clock that queueing speaks of."""


class Column(NamedTuple):
    """The head of a column."""

    name: str
    more: str
    """Below it."""


class Cell(NamedTuple):
    """A figure of a table."""

    words: str
    more: str
    """Its interval."""
    extra: str
    """What else there is to say."""
    tone: Tone


class Line(NamedTuple):
    """A variant's row."""

    name: str
    people: int
    base: bool
    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """Variants under each other."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


class QueueLine(NamedTuple):
    """What queueing says of a branch under a variant."""

    variant: str
    branch: str
    visits: str
    minutes: str
    driving: str
    load: str
    people: str
    enough: int
    square_root: int
    expected: str
    simulated: str
    base: bool


_TONES: Final[dict[TargetState, Tone]] = {"met": "good", "not_met": "bad", "not_decided": ""}
_NOTHING: Final = Cell("–", "", "", "")


def target_table(result: StudyResult, language: Language) -> Table:
    """Return which variants reach which targets.

    Parameters
    ----------
    result : the study's answers
    language : English or Chinese
    """

    def cells(variant: VariantResult) -> tuple[Cell, ...]:
        values = {one.measure: one.value for one in variant.measures}
        found = []
        for one in variant.targets:
            measure, state = one.target.measure, TARGET_STATE_NAMES[one.state][language]
            value = values[measure]
            told = within(measure, value, language) if value is not None else ""
            found.append(Cell(state, told, "", _TONES[one.state]))
        return tuple(found)

    columns = (Column(target_words(one.target, language), "") for one in result.variants[0].targets)
    return Table(tuple(columns), tuple(_line(one, cells(one), language) for one in result.variants))


def figure_table(result: StudyResult, label: Mapping[str, str], language: Language) -> Table:
    """Return all measures of all variants.

    Parameters
    ----------
    result : the study's answers
    label : labels of the page
    language : English or Chinese
    """

    def cell(variant: VariantResult, measure: Measure) -> Cell:
        found = next(one for one in variant.measures if one.measure == measure)
        if found.value is None:
            return _NOTHING
        extra = ""
        if found.difference is not None and found.difference.clear:
            extra, _ = difference_and_ends(measure, found.difference.estimate, language)
        return Cell(
            figure(measure, found.value.mean, language),
            plus_minus(measure, found.value.half_width, language, unit=False),
            extra,
            tone_of(found.difference),
        )

    measures = [one.measure for one in result.variants[0].measures]
    columns = (
        Column(
            MEASURE_NAMES[one][language],
            label["more_better"] if one in MORE_IS_BETTER else label["less_better"],
        )
        for one in measures
    )
    lines = (
        _line(one, tuple(cell(one, measure) for measure in measures), language) for one in result.variants
    )
    return Table(tuple(columns), tuple(lines))


def clock_table(result: StudyResult, label: Mapping[str, str], language: Language) -> Table:
    """Return how the clocks of each rule end under each variant.

    Parameters
    ----------
    result : the study's answers
    label : labels of the page
    language : English or Chinese
    """

    def cell(one: ClockResult) -> Cell:
        ended = label["a_day"].format(number=f"{one.ended_a_day:,.1f}")
        if one.kept is None:
            return Cell("–", "", ended, "")
        return Cell(percent(one.kept.mean), plus_minus("on_time", one.kept.half_width, unit=False), ended, "")

    columns = (
        Column(clock_name(one, language), one.code + (f" · {label['desk']}" if one.desk else ""))
        for one in result.variants[0].clocks
    )
    lines = (_line(one, tuple(map(cell, one.clocks)), language) for one in result.variants)
    return Table(tuple(columns), tuple(lines))


def queue_lines(result: StudyResult, language: Language) -> tuple[QueueLine, ...]:
    """Return what queueing says of each branch, beside what was simulated of all.

    Parameters
    ----------
    result : the study's answers
    language : English or Chinese
    """
    found = list[QueueLine]()
    for variant in result.variants:
        kept = next((one.kept for one in variant.clocks if one.code == IN_TIME), None)
        found += (
            QueueLine(
                variant=variant_name(variant.name, language),
                branch=one.branch_id,
                visits=f"{one.jobs_a_day:,.1f}",
                minutes=f"{one.minutes_each:,.0f}",
                driving=f"{one.driving_min:,.0f}",
                load=f"{one.load:,.1f}",
                people=f"{one.people:,.1f}",
                enough=one.smallest_staff,
                square_root=one.square_root_staff,
                expected=percent(one.in_time),
                simulated="–" if kept is None else within("on_time", kept, language),
                base=variant.name == BASE,
            )
            for one in variant.queueing
        )
    return tuple(found)


def tone_of(difference: Difference | None) -> Tone:
    """Return whether a difference is clearly better or worse.

    Parameters
    ----------
    difference : from the base; none: there is none
    """
    if difference is None or difference.better is None:
        return ""
    return "good" if difference.better else "bad"


def _line(variant: VariantResult, cells: tuple[Cell, ...], language: Language) -> Line:
    return Line(variant_name(variant.name, language), variant.people, variant.name == BASE, cells)
