"""The clocks that are missed or at risk."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from optimizer.cli.show.lookup import lookup
from optimizer.cli.words import day_and_clock, minutes, plain
from optimizer.domain.assessment import ClockState
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.rules.complete import RULE as COMPLETE
from optimizer.rules.settings import params_of

_EVENTS = {"arriving": "on site", "finishing": "finished", "answering": "answered", "calling": "called"}


def clock_table(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Table]:
    """Yield the clocks that need attention, missed ones first, or nothing."""
    zone = lookup(scenario).zone
    worrying = [clock for clock in document.assessment.clocks if clock.state != "met"]
    if not worrying:
        return
    missed = sum(clock.state == "missed" for clock in worrying)
    yield Text()
    yield Text(f"Clocks: {missed} missed, {len(worrying) - missed} at risk", "bold yellow")
    table = Table.grid(padding=(0, 2, 0, 0))
    for clock in sorted(worrying, key=lambda one: (one.state != "missed", one.due, one.job_id)):
        happens = f"{_EVENTS[clock.event]} {day_and_clock(clock.at, zone)}" if clock.at else "left out"
        table.add_row(
            Text(f"  {plain(clock.job_id)}", "bold"),
            f"{clock.code} {clock.label}".rstrip(),
            f"due {day_and_clock(clock.due, zone)}",
            happens,
            Text(_margin(clock), "red" if clock.state == "missed" else "yellow"),
        )
    yield table
    free = params_of(COMPLETE, scenario.policy).missed_target_cents == 0
    if free and any((clock.code, clock.label) == (COMPLETE.code, "target") for clock in worrying):
        yield Text("  A missed target costs nothing; LATE prices a missed limit.", "dim")


def _margin(clock: ClockState) -> str:
    if clock.slack_s is None:
        return "missed"
    return f"{minutes(-clock.slack_s)} late" if clock.slack_s < 0 else f"only {minutes(clock.slack_s)} left"
