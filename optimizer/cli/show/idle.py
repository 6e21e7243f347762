"""Who has no work on which day, and why."""

from collections.abc import Iterator

from rich.padding import Padding
from rich.text import Text

from optimizer.cli.show.names import technician_named
from optimizer.cli.words import plain
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.words.idle import idle_words
from optimizer.words.plan_book import PlanBook

SHOWN = 12
"""So many are listed; the rest is counted."""


def idle_list(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Padding]:
    """Yield one line for each day on which somebody has no stop, or nothing when everybody has work."""
    from optimizer.explain.idle import idle_reasons  # imported here: it loads the compiler of the kernels

    idle = idle_reasons(scenario, document.plan)
    if not idle:
        return
    book = PlanBook(scenario, document)
    yield Text()
    yield Text(f"Without work ({len(idle)})", "bold")
    for one in idle[:SHOWN]:
        name = technician_named(book, one.technician_id)
        yield Padding(Text(plain(idle_words(one, name=name))), (0, 0, 0, 2))
    if len(idle) > SHOWN:
        yield Text(f"  … and {len(idle) - SHOWN} more; `paigong explain --technician` says why.", "dim")
