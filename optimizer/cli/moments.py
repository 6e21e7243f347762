"""Moments on the command line."""

from datetime import datetime

from optimizer.domain.scenario import Scenario
from optimizer.domain.time import INSTANT_YEARS, Timeline
from optimizer.errors import Issue


def moment_of(question: Scenario, option: str, text: str) -> datetime | Issue:
    """Return the moment that is meant, or what is wrong with it; without an offset it is local time.

    Parameters
    ----------
    question : whose local time counts
    option : where it stands on the command line
    text : what stands there
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.year not in INSTANT_YEARS:
        return Issue("unknown-moment", option, f"{text!r} is no moment.", "Write it like 2026-06-12T16:00.")
    zone = Timeline(question.horizon.first_day, question.time_zone).zone
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)
