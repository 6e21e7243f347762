"""The script of a day: what happens when, and when the dispatcher plans again."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.base import Name, Record
from optimizer.domain.event import Event
from optimizer.domain.time import Instant
from optimizer.errors import Issue


class Moment(Record):
    """Something that happens in the course of the day."""

    at: Instant
    """When the dispatcher hears of it; the events are not later."""
    what: str
    """What happens, in a sentence."""
    what_zh: str = ""
    """The same in Chinese; none: as in `what`."""
    events: tuple[Event, ...] = ()
    """What is reported since the moment before."""
    replan: bool = True
    """Whether the rest of the day is planned again."""


class DayScript(Record):
    """A day that is played from the morning's plan to its close."""

    format: Literal["paigong-day-script-1"] = "paigong-day-script-1"
    """Name and version of this format."""
    scenario: Name
    """Name of the scenario whose day it is."""
    moments: Annotated[tuple[Moment, ...], Field(min_length=1, max_length=100)]
    """What happens, in order of time."""
    close_at: Instant
    """When the day is closed."""


def script_issues(script: DayScript, name: str, begins: Instant | None) -> Iterator[Issue]:
    """Yield what is wrong with a script for a scenario; what contradicts the plan shows when it is played.

    Parameters
    ----------
    script : the script
    name : name of the scenario
    begins : the scenario's present time, when its plan is published
    """
    if script.scenario != name:
        cause = f"The script is for {script.scenario!r}, the scenario is {name!r}."
        yield Issue("other-scenario", "scenario", cause, "Give the scenario's own script.")
    if begins is None:
        cause = f"{name} does not say when its day begins."
        yield Issue(
            "no-present-time", "now", cause, "Write the scenario's `now`, when the plan is published."
        )
    moments = script.moments
    if begins is not None and moments[0].at.timestamp() < begins.timestamp():
        cause = f"{moments[0].at.isoformat()} is before the plan is published, {begins.isoformat()}."
        yield Issue("too-early", "moments[0].at", cause, "Give a later moment.")
    for row, (one, following) in enumerate(pairwise(moments), start=1):
        if following.at.timestamp() <= one.at.timestamp():
            cause = f"{following.at.isoformat()} is not after the moment before it."
            yield Issue("wrong-order", f"moments[{row}].at", cause, "Put the moments in order of time.")
    for row, one in enumerate(moments):
        for place, event in enumerate(one.events):
            if event.at.timestamp() > one.at.timestamp():
                cause = f"{event.at.isoformat()} is after the moment at which it is heard of."
                path = f"moments[{row}].events[{place}].at"
                yield Issue("event-to-come", path, cause, "Give it to a later moment.")
    if script.close_at.timestamp() <= moments[-1].at.timestamp():
        cause = f"{script.close_at.isoformat()} is not after the last moment."
        yield Issue("wrong-order", "close_at", cause, "Close the day after it.")
