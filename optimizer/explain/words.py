"""How reasons are put into words: what each code means, lists, counts, what the bill does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from optimizer.rules import RULES
from optimizer.rules.words import money

PHRASES: Final[dict[str, str]] = {
    "SKILL": "a missing skill",
    "CERTIFICATE": "a missing certificate",
    "TOOL": "a missing tool",
    "TOOL_INSPECTION": "tools not inspected or not replaced",
    "PART": "missing spare parts",
    "ONBOARDED": "missing examination, insurance or training",
    "SUSPENDED": "a suspension",
    "ABSENT": "leave or sickness",
    "NO_SHOW": "not having clocked in",
    "TERRITORY": "another territory",
    "CUSTOMER_EXCLUSION": "the customer's refusal",
    "PINNED": "the dispatcher's pin",
    "SITE_READY": "a site that is not ready",
    "SHIFT": "too little time in the shift",
    "BREAK": "the rests of the day",
    "APPOINTMENT": "agreed appointments",
    "PROMISE": "a promised time",
    "WORKLOAD_CAP": "the cap on jobs or hours",
    "CAPACITY": "the load",
    "UNSERVED": "costing more than leaving it out",
}
"""What stops a job, by code."""


def phrase(code: str) -> str:
    """Return what stops a job in words, with its code, e.g. ``a missing skill (SKILL)``."""
    words = PHRASES.get(code)
    return f"{words} ({code})" if words else f"the rule {code}"


def listed(parts: Sequence[str]) -> str:
    """Return some words as a list, e.g. ``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def count(number: int, noun: str) -> str:
    """Return a number of things, e.g. ``1 job`` or ``2 jobs``."""
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def minutes(seconds: int) -> str:
    """Return a length of time, e.g. ``8 h 30 min``; seconds are cut off as in the plan's view, but at least 1 min."""
    whole = max(seconds // 60, 1 if seconds > 0 else 0)
    return f"{whole // 60} h {whole % 60:02d} min" if whole >= 60 else f"{whole} min"


def hour(moment: datetime) -> str:
    """Return a local time of day, e.g. ``14:05``; seconds are cut off."""
    return f"{moment:%H:%M}"


def day_and_hour(moment: datetime) -> str:
    """Return a local moment, e.g. ``2026-07-15 14:05``; seconds are cut off."""
    return f"{moment:%Y-%m-%d %H:%M}"


def bill(cents: int) -> str:
    """Return what the bill does, e.g. ``the bill rises by 12.30 yuan``."""
    if cents == 0:
        return "the bill stays the same"
    return f"the bill {'rises' if cents > 0 else 'falls'} by {money(abs(cents))}"


def clock_name(code: str, label: str = "") -> str:
    """Return a clock in words, with its code, e.g. ``the clock ARRIVE_NEAR (On site within 24 h.)``."""
    title = next((rule.title for rule in RULES if rule.code == code), "")
    named = f"the clock {code}{' ' if label else ''}{label}"
    return f"{named} ({title.rstrip('.')})" if title else named
