"""The jobs that are left out, each with its reason."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from optimizer.cli.show.lookup import lookup, work
from optimizer.cli.words import plain
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario


def unserved_table(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Table]:
    """Yield the list of jobs left out, or nothing when all are served."""
    if not document.plan.unserved:
        return
    names = lookup(scenario)
    reasons = {reason.job_id: reason.sentence for reason in document.assessment.unserved}
    yield Text()
    yield Text(f"Left out ({len(document.plan.unserved)})", "bold yellow")
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(max_width=12, no_wrap=True, overflow="ellipsis", style="bold")
    table.add_column(max_width=20, no_wrap=True, overflow="ellipsis")
    table.add_column(width=9, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for job_id in document.plan.unserved:
        job = names.jobs.get(job_id)
        priority = "" if job is None else job.priority
        table.add_row(
            Text(f"  {plain(job_id)}"),
            work(job),
            priority,
            Text(plain(reasons.get(job_id, "no reason known"))),
        )
    yield table
