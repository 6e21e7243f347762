"""How a service-level clock stands, in words."""

from datetime import tzinfo
from typing import Protocol

from optimizer.domain.assessment import ClockState
from optimizer.words.language import Language
from optimizer.words.moments import day_and_clock
from optimizer.words.names import CLOCK_LABELS, EVENT_NAMES, STATE_NAMES
from optimizer.words.numbers import minutes
from optimizer.words.rule_names import rule_name


class OfAClock(Protocol):
    """What is said of a clock of some rule."""

    @property
    def code(self) -> str:
        """The rule."""
        ...

    @property
    def label(self) -> str:
        """Which of the rule's clocks; empty: it has one."""
        ...


def clock_name(clock: OfAClock, language: Language = "en") -> str:
    """Return which clock it is, e.g. ``repair finished, target`` or ``维修完工（目标）``."""
    name = rule_name(clock.code, language)
    if not clock.label:
        return name
    label = CLOCK_LABELS[clock.label][language] if clock.label in CLOCK_LABELS else clock.label
    return f"{name}, {label}" if language == "en" else f"{name}（{label}）"


def clock_left(clock: ClockState, language: Language = "en") -> str:
    """Return how much time is left or how late it is, e.g. ``35 min late``; empty where the event does not happen."""
    if clock.slack_s is None:
        return ""
    length = minutes(clock.slack_s, language)
    if language == "en":
        return f"{length} {'late' if clock.slack_s < 0 else 'left'}"
    return f"{'超时' if clock.slack_s < 0 else '剩余'} {length}"


def clock_words(clock: ClockState, language: Language = "en", zone: tzinfo | None = None) -> str:
    """Return how a clock stands, as a sentence.

    Parameters
    ----------
    clock : the clock
    language : English or Chinese
    zone : whose local time to write; none: the moments' own
    """
    due = day_and_clock(clock.due, zone, language)
    left, event = clock_left(clock, language), EVENT_NAMES[clock.event][language]
    at = "" if clock.at is None else day_and_clock(clock.at, zone, language)
    state = STATE_NAMES[clock.state][language]
    if language == "en":
        happens = f"{event} {at}, {left} ({state})" if at else f"not in this plan ({state})"
        return f"{clock.subject}, {clock_name(clock)}: due {due}, {happens}."
    happens = f"{at} {event}，{left}（{state}）" if at else f"本方案未安排（{state}）"
    return f"{clock.subject} {clock_name(clock, 'zh')}：{due} 到期，{happens}。"
