"""The jobs that are left out, each with its reason."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from optimizer.cli.show.names import work
from optimizer.cli.show.shortened import Shortened
from optimizer.cli.words import plain
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import PRIORITIES
from optimizer.domain.scenario import Scenario
from optimizer.words.names import PRIORITY_NAMES
from optimizer.words.plan_book import PlanBook


def unserved_table(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Table]:
    """Yield the list of jobs left out, the most urgent first, or nothing when all are served."""
    if not document.plan.unserved:
        return
    reasons = {reason.job_id: reason.sentence for reason in document.assessment.unserved}
    yield Text()
    yield Text(f"Left out ({len(document.plan.unserved)})", "bold yellow")
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(max_width=26, style="bold")
    table.add_column(max_width=20)
    table.add_column(width=12, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    rank = {priority: i for i, priority in enumerate(PRIORITIES)}
    known = PlanBook(scenario, document).jobs
    for job_id in sorted(
        document.plan.unserved, key=lambda one: rank[known[one].priority] if one in known else len(rank)
    ):
        job = known.get(job_id)
        table.add_row(
            Shortened(f"  {plain(job_id)}", "bold"),
            Shortened(work(job)),
            "" if job is None else PRIORITY_NAMES[job.priority]["en"],
            Text(plain(reasons.get(job_id, "no reason known"))),
        )
    yield table
