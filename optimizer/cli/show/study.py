"""A study on the terminal: what it found in a few sentences, and the measures that were asked about as a table."""

from collections.abc import Iterator
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from optimizer.cli.words import plain
from optimizer.domain.demand_fit import Fit
from optimizer.domain.study import Measure
from optimizer.domain.study_result import MeasureResult, StudyResult
from optimizer.words.language import Language, Words
from optimizer.words.study_figures import MEASURE_NAMES, difference_and_ends, figure, variant_name, within
from optimizer.words.study_words import study_sentences

_HEAD: Final[Words] = {"en": "variant", "zh": "方案"}
_FROM_BASE: Final[Words] = {"en": "from the base", "zh": "与现状之差"}
_NONE: Final = "–"
_ALWAYS: Final[tuple[Measure, ...]] = ("on_time", "first_visit_fix", "open_jobs", "cost_cents_a_day")
"""Shown whatever the targets are."""


def study_view(result: StudyResult, language: Language = "en") -> Iterator[RenderableType]:
    """Yield what is shown of a study.

    Parameters
    ----------
    result : what it found
    language : English or Chinese
    """
    yield Text(plain(result.study), "bold")
    for sentence in study_sentences(result, language):
        yield Text(plain(sentence))
    for measure in measures_shown(result):
        yield Text()
        yield _table(result, measure, language)


def measures_shown(result: StudyResult) -> tuple[Measure, ...]:
    """Return the measures that are shown: those of the targets, the one the study stops by, then some always.

    Parameters
    ----------
    result : what the study found
    """
    targets = (one.target.measure for one in result.variants[0].targets)
    return tuple(dict.fromkeys([*targets, result.ended.asked.measure, *_ALWAYS]))


def _table(result: StudyResult, measure: Measure, language: Language) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(_HEAD[language])
    table.add_column(MEASURE_NAMES[measure][language], justify="right")
    table.add_column("95 %", style="dim")
    table.add_column(_FROM_BASE[language], justify="right")
    table.add_column("95 %", style="dim")
    for variant in result.variants:
        found = next(one for one in variant.measures if one.measure == measure)
        table.add_row(plain(variant_name(variant.name, language)), *_cells(found, language))
    return table


def _cells(found: MeasureResult, language: Language) -> Iterator[str | Text]:
    if found.value is None:
        yield from (_NONE, "", "", "")
        return
    yield figure(found.measure, found.value.mean, language)
    yield within(found.measure, found.value, language)
    if found.difference is None:
        yield from ("", "")
        return
    mean, ends = difference_and_ends(found.measure, found.difference.estimate, language)
    tone = {True: "green", False: "red", None: "dim"}[found.difference.better]
    yield Text(mean, tone)
    yield ends


def fit_view(fit: Fit) -> Iterator[RenderableType]:
    """Yield what a history says of the demand, parameter by parameter.

    Parameters
    ----------
    fit : the estimates
    """
    table = Table(box=None, pad_edge=False, title="Demand by the history", title_justify="left")
    table.add_column("parameter")
    table.add_column("estimate")
    for one in fit.estimates:
        table.add_row(plain(one.parameter), Text(plain(one.sentence), "dim" if one.kept else ""))
    yield table
