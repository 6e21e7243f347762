"""The clocks: by default those that are missed or at risk, on request every one of every job."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from rich.table import Table
from rich.text import Text

from optimizer.assess import is_service_clock
from optimizer.cli.words import plain
from optimizer.domain.assessment import ClockState
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.rules.complete import RULE as COMPLETE
from optimizer.rules.complete import TARGET
from optimizer.rules.settings import params_of
from optimizer.words.clocks import clock_left
from optimizer.words.moments import day_and_clock
from optimizer.words.names import EVENT_NAMES, STATE_NAMES
from optimizer.words.plan_book import PlanBook

_STYLES: dict[Literal["met", "at_risk", "missed", "open"], str] = {
    "met": "green",
    "at_risk": "yellow",
    "missed": "red",
    "open": "dim",
}


def clock_table(
    scenario: Scenario, document: PlanDocument, *, name_option: bool = True
) -> Iterator[Text | Table]:
    """Yield the service clocks that need attention, missed ones first, and how many of the desk's do, or nothing.

    Clocks of the desk are only counted: there are many, and most have run out or been met before planning.

    Parameters
    ----------
    scenario : the question
    document : the answer
    name_option : say that --clocks lists all clocks; only for commands with that option
    """
    worrying = [clock for clock in document.assessment.clocks if clock.state in ("missed", "at_risk")]
    if not worrying:
        return
    service = [clock for clock in worrying if is_service_clock(clock)]
    yield Text()
    yield Text(f"Clocks: {_counts(service)}", "bold yellow")
    if service:
        urgent = sorted(service, key=lambda one: (one.state != "missed", one.due, one.subject))
        yield _table(scenario, document, urgent)
    free = params_of(COMPLETE, scenario.policy).missed_target_cents == 0
    if free and any((clock.code, clock.label) == (COMPLETE.code, TARGET) for clock in service):
        yield Text("  A missed target costs nothing; LATE prices a missed limit.", "dim")
    desk = [clock for clock in worrying if not is_service_clock(clock)]
    for name in dict.fromkeys(_name(clock) for clock in desk):
        yield Text(f"  At the desk, {name}: {_counts(one for one in desk if _name(one) == name)}")
    if name_option:
        yield Text(f"  --clocks lists all {len(document.assessment.clocks)} clocks.", "dim")


def every_clock_table(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Table]:
    """Yield all clocks of all jobs, then those of batches and customers, or nothing when none runs."""
    clocks = document.assessment.clocks
    if not clocks:
        return
    yield Text()
    yield Text(f"All {len(clocks)} clocks", "bold")
    yield _table(scenario, document, clocks, states=True)


def _table(
    scenario: Scenario, document: PlanDocument, clocks: Sequence[ClockState], *, states: bool = False
) -> Table:
    zone = PlanBook(scenario, document).zone
    left_out = set(document.plan.unserved)
    table = Table.grid(padding=(0, 2, 0, 0))
    for clock in clocks:
        nowhere = "left out" if clock.job_id in left_out else "not planned"
        happens = f"{EVENT_NAMES[clock.event]['en']} {day_and_clock(clock.at, zone)}" if clock.at else nowhere
        word, style = STATE_NAMES[clock.state]["en"], _STYLES[clock.state]
        table.add_row(
            Text(f"  {plain(clock.subject)}", "bold"),
            _name(clock),
            f"due {day_and_clock(clock.due, zone)}",
            happens,
            *([Text(word, style)] if states else []),
            Text(clock_left(clock) if states else _short_of(clock), style),
        )
    return table


def _name(clock: ClockState) -> str:
    return f"{clock.code} {clock.label}".rstrip()


def _counts(clocks: Iterable[ClockState]) -> str:
    states = Counter(clock.state for clock in clocks)
    return f"{states['missed']} missed, {states['at_risk']} at risk"


def _short_of(clock: ClockState) -> str:
    if clock.slack_s is None:
        return "missed"
    return clock_left(clock)
