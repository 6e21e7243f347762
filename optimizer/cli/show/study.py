"""A study on the terminal: each measure that counts, of the base and of every variant's difference, with intervals."""

from collections.abc import Iterator
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from optimizer.cli.words import plain
from optimizer.domain.study import Measure, Study
from optimizer.whatif.measures import Parts, parts
from optimizer.whatif.staged import Sampled, intervals_of
from optimizer.whatif.statistics import Interval
from optimizer.words.language import Language, Words

_HEAD: Final[Words] = {"en": "variant", "zh": "方案"}
_BASE: Final[Words] = {"en": "base", "zh": "基准"}
_NONE: Final = "–"
_UNDER: Final[Words] = {
    "en": "The base itself, and how much more the variants have; 95 % intervals from {chains} chains of {days} days.",
    "zh": "基准为其本身的数值，其他方案为与基准之差；95% 区间，共 {chains} 条链，每条 {days} 天。",
}
_WIDE: Final[Words] = {
    "en": "Not as exact as was asked for: {measure} ± {width:g} is not reached; raise chains.most.",
    "zh": "未达到所要求的精度（{measure} ± {width:g}）；请增大 chains.most。",
}


def study_view(study: Study, result: Sampled, language: Language = "en") -> Iterator[RenderableType]:
    """Yield what is shown of a study's samples.

    Parameters
    ----------
    study : the study
    result : its samples
    language : English or Chinese
    """
    measures = measures_of(study)
    found: dict[Measure, list[list[Parts]]] = {one: [[] for _ in result.variants] for one in measures}
    row_of = {variant.name: row for row, variant in enumerate(result.variants)}
    for sample in result.samples():
        for one in measures:
            found[one][row_of[sample.variant]].append(parts(one, sample))
    columns = [_column(study, result, one, found[one]) for one in measures]
    table = Table(box=None, pad_edge=False)
    table.add_column(_HEAD[language])
    for one in measures:
        table.add_column(one, justify="right")
    for row, variant in enumerate(result.variants):
        name = plain(variant.name) if row else _BASE[language]
        table.add_row(name, *(column[row] for column in columns))
    yield Text(plain(study.name), "bold")
    yield table
    yield Text(_UNDER[language].format(chains=result.chains, days=study.days), "dim")
    if not result.narrow:
        said = _WIDE[language].format(measure=study.stop.measure, width=study.stop.half_width)
        yield Text(said, "yellow")


def measures_of(study: Study) -> tuple[Measure, ...]:
    """Return the measures that count in a study: those of its targets, then the one that it stops by.

    Parameters
    ----------
    study : the study
    """
    return tuple(dict.fromkeys([*(one.measure for one in study.targets), study.stop.measure]))


def _column(study: Study, result: Sampled, measure: Measure, found: list[list[Parts]]) -> list[str]:
    intervals = intervals_of(found)
    if intervals is None:
        return [_NONE] * len(found)
    if measure == study.stop.measure and result.narrow:
        # As wide as was asked for, not narrower by luck: see `optimizer.whatif.stopping`.
        intervals = tuple(_as_asked(one, study.stop.half_width) for one in intervals)
    base, *others = intervals
    return [
        f"{base.mean:.4g} ± {base.half_width:.2g}",
        *(f"{one.mean:+.4g} ± {one.half_width:.2g}" for one in others),
    ]


def _as_asked(interval: Interval, half_width: float) -> Interval:
    """Return an interval at least so wide; where no sample differs there is nothing to be unsure about."""
    return interval if interval.half_width == 0 else interval.at_least(half_width)
