"""The first lines: what was planned, how much of it, for how much."""

from collections.abc import Iterator

from rich.text import Text

from optimizer.cli.words import money, percent, plain
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario

_ENDS = {
    "time": "the time was up",
    "iterations": "the iterations were done",
    "no_improvement": "nothing better was found any more",
    "target": "the target was reached",
    "cancelled": "stopped by hand",
    "finished": "finished",
}


def head(scenario: Scenario, document: PlanDocument) -> Iterator[Text]:
    """Yield the first lines."""
    plan, assessment = document.plan, document.assessment
    kpis, origin = assessment.kpis, plan.provenance
    last_day = plan.horizon.dates()[-1]
    days = f"{plan.horizon.first_day}" + (f" to {last_day}" if plan.horizon.days > 1 else "")
    title = Text(plain(plan.scenario), "bold")
    title.append(f" · {days} · {plan.preset}", "none")
    yield title
    line = Text("served ")
    line.append(
        f"{kpis.served} of {kpis.jobs} jobs", "bold green" if kpis.served == kpis.jobs else "bold yellow"
    )
    line.append(" · bill ")
    line.append(money(assessment.bill.total_cents), "bold")
    if kpis.clocks:
        line.append(f" · on time {percent(kpis.on_time_share)} ({kpis.clocks_met} of {kpis.clocks} clocks)")
    line.append(f" · {kpis.technicians_used} of {len(scenario.technicians)} technicians")
    yield line
    yield Text(
        f"engine {origin.engine} · seed {origin.seed} · {origin.iterations:,} iterations · "
        f"{_ENDS[origin.ended_by]}{_bound(origin.lower_bound_cents)}",
        "dim",
    )
    if assessment.findings:
        yield Text(f"{len(assessment.findings)} hard rules broken:", "bold red")
        for finding in assessment.findings:
            yield Text(f"  {finding.code}: {plain(finding.sentence)} {plain(finding.advice)}", "red")
    else:
        yield Text("every hard rule is kept (checked independently)", "green")


def _bound(lower_bound_cents: int | None) -> str:
    return "" if lower_bound_cents is None else f" · no plan can cost less than {money(lower_bound_cents)}"
