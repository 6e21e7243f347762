"""The short list of ways to go on after what happened: a table to choose from, then each in its words."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from optimizer.cli.words import plain
from optimizer.domain.proposal import Proposal, Proposals
from optimizer.rules.progress_check import RULE as PROGRESS_CHECK
from optimizer.words.numbers import count, money

SHOWN: Final = 20
"""Longer lists are cut off here; ``--json`` and the files have them whole."""


def proposals_view(found: Proposals) -> Iterator[RenderableType]:
    """Yield what is shown of proposals.

    Parameters
    ----------
    found : the short list
    """
    nothing = found.doing_nothing
    yield Text(f"{count(len(found.proposals), 'way')} to go on", "bold")
    yield _table(found)
    yield Text(f"Doing nothing would owe {money(nothing.assessment.bill.total_cents)}.", "dim")
    if found.assumed:
        yield Text(f"Taken to have gone as planned so far: {plain(_some(found.assumed))}.", "dim")
    if found.later:
        yield Text(f"Waiting for a day behind the planned ones: {plain(_some(found.later))}.")
    for row, one in enumerate(found.proposals, start=1):
        yield from _proposal(row, one)


def _table(found: Proposals) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    table.add_column("proposal")
    for title in ("left out", "weight", "tell", "of them ask", "bill", "than nothing"):
        table.add_column(title, justify="right")
    for row, one in enumerate(found.proposals, start=1):
        bill = one.difference.bill
        table.add_row(
            str(row),
            one.name,
            str(len(one.document.plan.unserved)),
            str(one.unserved_weight),
            str(len(one.to_tell)),
            str(len(one.ask)),
            money(bill.new_cents),
            f"{'+' if bill.difference_cents > 0 else ''}{money(bill.difference_cents)}",
        )
    return table


def _proposal(row: int, one: Proposal) -> Iterator[RenderableType]:
    yield Text("")
    yield Text(f"{row} {one.name}", "bold cyan")
    told = set(one.to_tell)
    ask = set(one.ask)
    first = [change for change in one.changes if change.job_id in told]
    new = [change for change in one.changes if "new" in change.events]
    others = [change for change in one.changes if change.job_id not in told and change not in new]
    for title, sentences in (
        (
            "To tell",
            [f"{change.sentence}{' Ask first.' if change.job_id in ask else ''}" for change in first],
        ),
        ("New", [change.sentence for change in new]),
        ("Other changes", [change.sentence for change in others]),
        ("Sent on, although on the way there", list(one.turned)),
        ("Pins that cannot be kept", [pin.sentence for pin in one.broken_pins]),
        ("Clocks missed now, compared with doing nothing", _clocks(one, "lost")),
        ("Clocks saved, compared with doing nothing", _clocks(one, "gained")),
    ):
        yield from _group(title, sentences)


def _clocks(one: Proposal, effect: str) -> list[str]:
    return [
        change.sentence
        for change in one.difference.clocks
        if change.effect == effect and change.code != PROGRESS_CHECK.code
    ]


def _group(title: str, sentences: Sequence[str]) -> Iterator[RenderableType]:
    if not sentences:
        return
    yield Text(f"{title} ({len(sentences)})")
    for sentence in sentences[:SHOWN]:
        yield Padding(Text(plain(sentence)), (0, 0, 0, 2), expand=False)
    if len(sentences) > SHOWN:
        yield Text(f"  … and {len(sentences) - SHOWN} more; --json lists them all.", "dim")


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(names[:SHOWN])}{more}"
