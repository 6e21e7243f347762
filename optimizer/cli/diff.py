"""``paigong diff``: what is otherwise in a new plan?"""

import sys
from collections.abc import Iterator, Sequence
from typing import Annotated, get_args

import typer
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from optimizer.cli.question import scenario_named, with_preset
from optimizer.cli.show import WIDTH
from optimizer.cli.words import money, plain
from optimizer.diff import diff_plans
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.plan_diff import BillDiff, JobEvent, KpiChange, PlanDiff
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.plan_file import load_plan

SHOWN = 20
"""Longer groups are cut off here; ``--json`` has everything."""

_KINDS = {"outlay": "money spent", "transfer": "moved between people", "service": "price of poor service"}


def diff(
    old: Annotated[str, typer.Argument(help="Plan file, as written by `paigong plan --out`.")],
    new: Annotated[str, typer.Argument(help="Another plan file, for the same days.")],
    scenario: Annotated[
        str | None, typer.Option(help="The scenario of one of the plans, to name the customers.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole difference as JSON.")] = False,
) -> None:
    """Say how a new plan differs from an old one: jobs, technicians, bill, clocks and key figures."""
    before, after = load_plan(old), load_plan(new)
    question = None if scenario is None else _question(scenario, before, after)
    found = diff_plans(before, after, question)
    if as_json:
        typer.echo(found.model_dump_json(indent=1))
        return
    width = None if sys.stdout.isatty() else WIDTH
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    for block in _view(found):
        console.print(block)


def _question(name: str, *documents: PlanDocument) -> Scenario:
    """Read the scenario; one of the plans must have been made for it."""
    scenario = scenario_named(name)
    for document in documents:
        made_for = with_preset(scenario, document.plan.preset)
        if scenario_sha256(made_for) == document.plan.scenario_sha256:
            return made_for
    cause = f"Neither plan was made for this state of {scenario.name}."
    action = "Give the scenario that one of the plans was made from, or leave --scenario out."
    raise InvalidInput((Issue("other-scenario", "scenario", cause, action),))


def _view(found: PlanDiff) -> Iterator[Text | Group]:
    for sentence in found.sentences:
        yield Text(plain(sentence), "bold")
    for event in get_args(JobEvent):
        jobs = [change.sentence for change in found.jobs if change.events[0] == event]
        yield from _group(f"Jobs: {event}", jobs)
    yield from _group("Technicians", [change.sentence for change in found.shifts])
    for title, breaches in (
        ("Broken rules, only in the new plan", found.new_breaches),
        ("Broken rules, only in the old plan", found.old_breaches),
    ):
        yield from _group(title, [f"{finding.code}: {finding.sentence}" for finding in breaches])
    clocks = sorted(found.clocks, key=lambda change: ("lost", "gained", "other").index(change.effect))
    yield from _group("Clocks", [change.sentence for change in clocks])
    if found.bill.changes:
        yield Group("", Text("Bill", "bold cyan"), Padding(_bill(found.bill), (0, 0, 0, 2)))
    if found.kpis:
        yield Group("", Text("Key figures", "bold cyan"), Padding(_kpis(found.kpis), (0, 0, 0, 2)))


def _group(title: str, sentences: Sequence[str]) -> Iterator[Text | Group]:
    if not sentences:
        return
    yield Group("", Text(f"{title} ({len(sentences)})", "bold cyan"))
    for sentence in sentences[:SHOWN]:
        yield Text(f"  {plain(sentence)}")
    if len(sentences) > SHOWN:
        yield Text(f"  … and {len(sentences) - SHOWN} more; --json lists them all.", "dim")


def _bill(bill: BillDiff) -> Table:
    table = _table(2)
    for one in bill.changes:
        amounts = (money(one.old_cents), money(one.new_cents), _signed_money(one.difference_cents))
        table.add_row(one.code, _KINDS[one.kind], *amounts)
    totals = (money(bill.old_cents), money(bill.new_cents), _signed_money(bill.difference_cents))
    table.add_row("total", "", *totals, style="bold")
    return table


def _kpis(changes: Sequence[KpiChange]) -> Table:
    table = _table(1)
    for one in changes:
        figures = (f"{one.old:,.2f}", f"{one.new:,.2f}", f"{one.difference:+,.2f}")
        whole = all(figure.endswith(".00") for figure in figures)
        table.add_row(
            one.name.replace("_", " "),
            *(figure.removesuffix(".00") if whole else figure for figure in figures),
        )
    return table


def _table(names: int) -> Table:
    """Return a table with columns for names, the old and new amount and the difference."""
    table = Table.grid(padding=(0, 3, 0, 0))
    for _ in range(names):
        table.add_column()
    for _ in range(3):
        table.add_column(justify="right")
    table.add_row(*("" for _ in range(names)), "old", "new", "difference", style="dim")
    return table


def _signed_money(cents: int) -> str:
    return f"+{money(cents)}" if cents > 0 else money(cents)
