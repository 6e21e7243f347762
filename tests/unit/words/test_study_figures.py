"""Measures are written so that nothing reads as more exact, or as less, than it is."""

import pytest

from optimizer.domain.study import MEASURES, Measure, Target
from optimizer.domain.study_result import Estimate
from optimizer.words.language import LANGUAGES
from optimizer.words.study_figures import (
    MEASURE_NAMES,
    difference,
    difference_and_ends,
    figure,
    plus_minus,
    target_words,
    tick,
    within,
)


def estimate(mean: float, half: float) -> Estimate:
    return Estimate(mean=mean, low=mean - half, high=mean + half, half_width=half, chains=10)


@pytest.mark.parametrize(
    ("measure", "value", "en", "zh"),
    [
        ("on_time", 0.925, "92.5 %", "92.5 %"),
        ("on_time", 0.9999, "99.9 %", "99.9 %"),
        ("done", 1.02, "102.0 %", "102.0 %"),
        ("km_a_job", 5.14, "5.1 km", "5.1 公里"),
        ("overtime_h_a_day", 2.0, "2.0 h", "2.0 小时"),
        ("open_jobs", 1234.5, "1,234.50", "1,234.50"),
        ("bill_cents_a_day", 1_234_567, "¥12,346", "¥12,346"),
        ("cost_cents_a_job", 7_120, "¥71.20", "¥71.20"),
    ],
)
def test_a_value(measure: Measure, value: float, en: str, zh: str) -> None:
    assert (figure(measure, value), figure(measure, value, "zh")) == (en, zh)


@pytest.mark.parametrize(
    ("measure", "mean", "half", "words", "ends"),
    [
        ("on_time", 0.031, 0.019, "+3.1 points", "+1.2 to +5.0"),
        ("on_time", -0.031, 0.0004, "-3.10 points", "-3.14 to -3.06"),
        ("on_time", 0.0, 0.0, "0.0 points", "0.0 to 0.0"),
        # clear of zero, though by less than a tenth: it must not read as 0
        ("on_time", 0.0092, 0.009, "+0.92 points", "+0.02 to +1.82"),
        # not clear of zero: how an end reads does not matter
        ("on_time", 0.0088, 0.009, "+0.9 points", "0.0 to +1.8"),
        ("bill_cents_a_day", -11_100, 2_300, "-¥111", "-134 to -88"),
        ("cost_cents_a_job", 522, 124, "+¥5.22", "+3.98 to +6.46"),
        ("overtime_h_a_day", -0.93, 0.06, "-0.93 h", "-0.99 to -0.87"),
        # all chains say the same, up to the noise of floats
        ("overtime_h_a_day", -1.1666667, 1e-16, "-1.2 h", "-1.2 to -1.2"),
    ],
)
def test_a_difference_has_the_decimals_that_mean_something(
    measure: Measure, mean: float, half: float, words: str, ends: str
) -> None:
    assert difference_and_ends(measure, estimate(mean, half)) == (words, ends)


def test_in_chinese() -> None:
    assert difference_and_ends("on_time", estimate(0.031, 0.019), "zh") == ("+3.1 个百分点", "+1.2 至 +5.0")
    assert within("km_a_job", estimate(5, 1), "zh") == "4.0 公里 至 6.0 公里"
    assert target_words(Target(at_least=0.9), "zh") == "按时率不低于 90.0 %"


def test_the_rest() -> None:
    assert difference("open_jobs", -0.001) == "0.00"
    assert within("on_time", estimate(0.93, 0.01)) == "92.0 % to 94.0 %"
    assert plus_minus("on_time", 0.01) == "± 1.0 points"
    assert plus_minus("on_time", 0.0001, unit=False) == "± 0.01"
    assert plus_minus("bill_cents_a_day", 380_00) == "± ¥380"
    assert target_words(Target(measure="overtime_h_a_day", at_most=2)) == "overtime a day at most 2.0 h"


def test_a_scale_is_short() -> None:
    assert [tick("on_time", value) for value in (0, 0.85, 0.925)] == ["0 %", "85 %", "92.5 %"]
    assert [tick("on_time", value, change=True) for value in (-0.05, 0, 0.0)] == ["-5", "0", "0"]
    assert tick("bill_cents_a_day", 120_000, change=True) == "+¥1,200"


def test_every_measure_has_its_own_name() -> None:
    assert tuple(MEASURE_NAMES) == MEASURES
    for language in LANGUAGES:
        assert len({words[language] for words in MEASURE_NAMES.values()}) == len(MEASURES)
