"""The first lines: what was planned, how much of it, for how much."""

from collections.abc import Iterator

from rich.text import Text

from optimizer.cli.words import plain
from optimizer.domain.assessment import Finding
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.words.approvals import day_states
from optimizer.words.line_words import timetable_note
from optimizer.words.names import ENDED_BY_NAMES
from optimizer.words.numbers import count, money, percent
from optimizer.words.slow_words import slow_notes


def head(scenario: Scenario, document: PlanDocument) -> Iterator[Text]:
    """Yield the first lines."""
    plan, assessment = document.plan, document.assessment
    kpis, origin = assessment.kpis, plan.provenance
    last_day = plan.horizon.dates()[-1]
    days = f"{plan.horizon.first_day}" + (f" to {last_day}" if plan.horizon.days > 1 else "")
    title = Text(plain(plan.scenario), "bold")
    title.append(f" · {days} · {plan.preset}", "none")
    if plan.horizon.days == 1:  # of several days each has its own heading
        for state in day_states(scenario).values():
            title.append(f" · {plain(state)}", "none")
    yield title
    line = Text("served ")
    line.append(
        f"{kpis.served} of {count(kpis.jobs, 'job')}",
        "bold green" if kpis.served == kpis.jobs else "bold yellow",
    )
    line.append(" · bill ")
    line.append(money(assessment.bill.total_cents), "bold")
    if kpis.clocks:
        clocks = f"{kpis.clocks_met} of {count(kpis.clocks, 'clock')}"
        line.append(f" · on time {percent(kpis.on_time_share)} ({clocks})")
    line.append(f" · {kpis.technicians_used} of {count(len(scenario.technicians), 'technician')}")
    yield line
    yield Text(
        f"engine {plain(origin.engine)} · seed {origin.seed} · {origin.iterations:,} iterations · "
        f"{ENDED_BY_NAMES[origin.ended_by]['en']}{_bound(origin.lower_bound_cents)}",
        "dim",
    )
    note = timetable_note(plan)
    for warning in (*([note] if note else ()), *slow_notes(plan), *plan.travel.warnings):
        yield Text(f"travel: {plain(warning)}", "yellow")
    yield from rules_kept(assessment.findings)


def rules_kept(findings: tuple[Finding, ...]) -> Iterator[Text]:
    """Yield whether every hard rule is kept, and each breach with what to do about it."""
    if not findings:
        yield Text("every hard rule is kept (checked independently)", "green")
        return
    yield Text(f"{count(len(findings), 'breach')} of hard rules:", "bold red")
    for finding in findings:
        line = Text(f"  {finding.code}: {plain(finding.sentence)} ", "red")
        line.append(plain(finding.advice), "green")
        yield line


def _bound(lower_bound_cents: int | None) -> str:
    return "" if lower_bound_cents is None else f" · no plan can cost less than {money(lower_bound_cents)}"
