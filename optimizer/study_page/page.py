"""Puts the study page together: one HTML file that needs nothing but a browser."""

from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple

from markupsafe import Markup

from optimizer.day_page.environment import environment, margins
from optimizer.domain.study_result import StudyResult, ValueOfOneMoreAnswer
from optimizer.study_page import drawings, tables
from optimizer.study_page.labels import LABELS
from optimizer.words.language import Language
from optimizer.words.moments import whole_day
from optimizer.words.numbers import percent
from optimizer.words.study_figures import MEASURE_NAMES, figure, plus_minus
from optimizer.words.study_words import study_sentences


class Figure(NamedTuple):
    """A figure at the head of the page."""

    name: str
    value: str
    more: str
    tone: str


def study_page(result: StudyResult, *, language: Language = "en") -> str:
    """Return what a study answers as one self-contained HTML page, every figure with its interval.

    Parameters
    ----------
    result : the study's answers
    language : English or Chinese

    Returns
    -------
    the page; the same for the same answers
    """
    label = LABELS[language]
    style = "".join(
        files(package).joinpath("templates", name).read_text(encoding="utf-8")
        for package, name in (("optimizer.day_page", "page.css"), ("optimizer.study_page", "study.css"))
    )
    queueing = tables.queue_lines(result, language)
    first = next((one for variant in result.variants for one in variant.queueing), None)
    more = result.value_of_one_more
    return (
        environment("optimizer.study_page")
        .get_template("study.html.j2")
        .render(
            label=label,
            style=Markup(style),  # the program's own files are not escaped; everything else is
            page_style=Markup(margins(f"{label['title']} · {result.study}")),
            name=result.study,
            story=result.story,
            figures=_head(result, label, language),
            sentences=study_sentences(result, language),
            stories=[(one.name, one.story) for one in result.variants if one.story],
            targets=tables.target_table(result, language),
            table=tables.figure_table(result, label, language),
            differences=drawings.differences(result, label, language),
            never=drawings.never_differing(result, language) if len(result.variants) > 1 else "",
            chains=drawings.chains(result, language),
            clocks=tables.clock_table(result, label, language),
            queueing=queueing,
            enough=label["enough"].format(share=percent(first.wanted)) if first else "",
            queueing_key=label["square_root_key"].format(minutes=f"{first.within_min:,.0f}") if first else "",
            staff=drawings.staff(result, label, language),
            one_more=drawings.one_more(result, language),
            one_more_note=_one_more_note(more, label, language) if more else "",
            made=_made(result, label, language),
        )
    )


def _head(result: StudyResult, label: Mapping[str, str], language: Language) -> tuple[Figure, ...]:
    base, *variants = result.variants
    asked, target = result.ended.asked, base.targets[0]
    value = next(one.value for one in base.measures if one.measure == target.target.measure)
    met = sum(all(one.state == "met" for one in variant.targets) for variant in result.variants)
    known = result.ended.widest
    name = MEASURE_NAMES[target.target.measure][language]
    return (
        Figure(label["variants"], str(len(variants)), label["beside_base"].format(base=result.base), ""),
        Figure(
            label["chains"],
            f"{result.chains:,}",
            label["chains_of"].format(days=result.days, warm_up=result.warm_up_days),
            "",
        ),
        Figure(
            f"{name}, {label['base']}" if language == "en" else f"{label['base']}{name}",
            "–" if value is None else figure(target.target.measure, value.mean, language),
            "" if value is None else plus_minus(target.target.measure, value.half_width, language),
            {"met": "good", "not_met": "warn", "not_decided": ""}[target.state],
        ),
        Figure(
            label["targets_met"],
            str(met),
            label["of_variants"].format(number=len(result.variants)),
            "good" if met else "warn",
        ),
        Figure(
            label["known_to"],
            "–" if known is None else plus_minus(asked.measure, known, language),
            label["asked_for"].format(width=plus_minus(asked.measure, asked.half_width, language)),
            "good" if result.ended.why == "exact_enough" else "warn",
        ),
    )


def _made(result: StudyResult, label: Mapping[str, str], language: Language) -> str:
    effort = result.effort
    return label["made"].format(
        chains=f"{result.chains:,}",
        days=result.days,
        first=whole_day(result.first_day, language),
        last=whole_day(result.last_day, language),
        seed=result.seed,
        plan=f"{effort.plan_iterations:,}",
        replan=f"{effort.replan_iterations:,}",
        times=", ".join(f"{one:%H:%M}" for one in effort.replan_at) or label["never"],
        base=result.base,
        version=result.version,
    )


def _one_more_note(more: ValueOfOneMoreAnswer, label: Mapping[str, str], language: Language) -> str:
    said = label["one_more_note"].format(measure=MEASURE_NAMES[more.measure][language], number=more.ranked_by)
    return said + (label["one_more_left_out"].format(number=more.left_out) if more.left_out else "")
