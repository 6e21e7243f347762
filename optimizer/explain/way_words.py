"""A change in words: what to do, what comes of it, what it does to the bill."""

from typing import Final

from optimizer.domain.explanation import Way
from optimizer.explain.variants import MORE_OVERTIME_MIN
from optimizer.explain.words import bill, count, hour, listed, minutes

GRANTED: Final = (
    "one more hour of overtime for one technician, another time for the customer, tools lent, certificates, "
    "a wider territory, parts fetched for one place"
)
"""The single changes that are tried, but for jobs left out."""


def way_sentence(way: Way, overtime_min: int = 0) -> str:
    """Return a change in words.

    Parameters
    ----------
    way : the change
    overtime_min : the overtime limit it sets, where it sets one
    """
    if way.start is None:
        return f"Leave out {way.job_id}; one job less is served, and {bill(way.cents)}."
    who = f"{way.technician_id} on {way.day} at {hour(way.start)}, {place(way)}"
    return f"{_deed(way, overtime_min)}; {way.job_id} is then served by {who}, and {bill(way.cents)}."


def place(way: Way) -> str:
    """Return where in the day the job comes."""
    return "as the first stop" if way.after is None else f"after {way.after}"


def _deed(way: Way, overtime_min: int) -> str:
    who = way.technician_id
    match way.kind:
        case "serve":
            return "Serve it all the same"
        case "move":
            left = f"Leave out {listed(way.left_out)} and move the job" if way.left_out else "Move the job"
            return left
        case "part":
            pieces = [f"{count(number, 'piece')} of {part}" for part, number in way.parts.items()]
            to = f"the van of {who}" if way.branch_id is None else f"branch {way.branch_id}"
            return f"Fetch {listed(pieces)} for {to}"
        case "tool":
            return f"Lend {who} {listed(way.names)}"
        case "territory":
            return f"Widen the territory of {who} to {listed(way.names)}"
        case "window":
            return f"Agree on another time with the customer{_window(way)}"
        case "overtime":
            before_s, now = 60 * (overtime_min - MORE_OVERTIME_MIN), minutes(60 * overtime_min)
            before = minutes(before_s) if before_s else "none"
            return f"Allow {who} one more hour of overtime on {way.day} (up to {now} instead of {before})"
        case "certificate":
            return f"Get {who} the certificate{'' if len(way.names) == 1 else 's'} {listed(way.names)}"
        case "leave_out":
            return f"Leave out {listed(way.left_out)} instead"


def _window(way: Way) -> str:
    if way.window is None:
        return ""
    return f", {hour(way.window.start)} to {hour(way.window.end)} on {way.day}"
