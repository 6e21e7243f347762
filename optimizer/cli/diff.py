"""``paigong diff``: what is otherwise in a new plan?"""

import math
from collections.abc import Iterator, Sequence
from typing import Annotated, get_args

import typer
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from optimizer.cli.answer import scenario_of
from optimizer.cli.console import result_console, show
from optimizer.cli.question import scenario_named
from optimizer.cli.words import plain
from optimizer.diff import diff_plans
from optimizer.domain.assessment import Bill
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.plan_diff import BillDiff, JobChange, JobEvent, KpiChange, PlanDiff
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.plan_file import load_plan
from optimizer.interchange.scenario_file import with_preset
from optimizer.policy_words import bill_now
from optimizer.words.names import BILL_KIND_NAMES
from optimizer.words.numbers import money

SHOWN = 20
"""Longer groups are cut off here; ``--json`` has everything."""


def diff(
    old: Annotated[str, typer.Argument(help="Plan file, as written by `paigong plan --out`.")],
    new: Annotated[str, typer.Argument(help="Another plan file, for the same days.")],
    scenario: Annotated[
        str | None,
        typer.Option(
            help="The scenario of one of the plans: names the customers, and compares bills of "
            "different presets fairly."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole difference as JSON.")] = False,
) -> None:
    """Say how a new plan differs from an old one: jobs, technicians, bill, clocks and key figures."""
    before, after = load_plan(old), load_plan(new)
    question = None if scenario is None else _question(scenario, before, after)
    was = now = None
    if before.plan.scenario_sha256 != after.plan.scenario_sha256:  # otherwise the prices are the same
        was, now = _made_for(old, before, question), _made_for(new, after, question)
    found = diff_plans(
        before,
        after,
        question,
        other_policy=was is not None and now is not None and was.policy != now.policy,
        new_under_old=_new_under_old(was, now, before, after),
    )
    if as_json:
        typer.echo(found.model_dump_json(indent=1))
        return
    show(result_console(), _view(found))


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


def _made_for(argument: str, document: PlanDocument, question: Scenario | None) -> Scenario | None:
    """Return the scenario of a plan, under its preset: the one that was named or one that is found; none: neither."""
    if question is not None:
        try:
            made_for = with_preset(question, document.plan.preset)
        except InvalidInput:  # its own prices contradict the preset: it is another state
            made_for = question
        if scenario_sha256(made_for) == document.plan.scenario_sha256:
            return made_for
    return scenario_of(argument, document.plan)


def _new_under_old(
    was: Scenario | None, now: Scenario | None, old: PlanDocument, new: PlanDocument
) -> Bill | None:
    """Return what the new plan owes by the old plan's prices; none: its scenario is not at hand."""
    if now is None:
        return None
    try:
        policy = with_preset(now, old.plan.preset).policy if was is None else was.policy
        return bill_now(now.model_copy(update={"policy": policy}), new.plan)
    except InvalidInput:  # the scenario's own prices contradict the other preset
        return None


def _view(found: PlanDiff) -> Iterator[Text | Group]:
    for sentence in found.sentences:
        yield Text(plain(sentence), "bold")
    for event in get_args(JobEvent):
        jobs = sorted((change for change in found.jobs if change.events[0] == event), key=_by_time)
        yield from _group(f"Jobs: {event}", [change.sentence for change in jobs])
    yield from _group("Technicians", [change.sentence for change in found.shifts])
    yield from _group("Shared tools", [change.sentence for change in found.tools])
    for title, breaches in (
        ("Broken rules, only in the new plan", found.new_breaches),
        ("Broken rules, only in the old plan", found.old_breaches),
    ):
        yield from _group(title, [f"{finding.code}: {finding.sentence}" for finding in breaches])
    clocks = sorted(found.clocks, key=lambda change: ("lost", "gained", "other").index(change.effect))
    yield from _group("Clocks", [change.sentence for change in clocks])
    yield from _bills(found)
    if found.kpis:
        yield Group("", Text("Key figures", "bold cyan"), Padding(_kpis(found.kpis), (0, 0, 0, 2)))


def _bills(found: PlanDiff) -> Iterator[Group]:
    """Yield the bills side by side; by one plan's prices where those differ and it can be done."""
    bill, title = found.bill, "Bill"
    if found.prices is not None and found.prices.bill is not None:
        bill, title = found.prices.bill, f"Bill, both by the old plan's prices ({found.prices.old_preset})"
    elif found.prices is not None:
        title = "Bill, each by its own prices: not comparable"
    if bill.changes:
        yield Group("", Text(title, "bold cyan"), Padding(_bill(bill), (0, 0, 0, 2)))


def _by_time(change: JobChange) -> tuple[float, str]:
    """Return the place of a job in its group: by its time in the new plan, else in the old, else behind."""
    visits = change.new or change.old
    return (visits[0].start.timestamp() if visits else math.inf, change.job_id)


def _group(title: str, sentences: Sequence[str]) -> Iterator[Text | Group]:
    if not sentences:
        return
    yield Group("", Text(f"{title} ({len(sentences)})", "bold cyan"))
    for sentence in sentences[:SHOWN]:
        yield Group(Padding(Text(plain(sentence)), (0, 0, 0, 2), expand=False))
    if len(sentences) > SHOWN:
        yield Text(f"  … and {len(sentences) - SHOWN} more; --json lists them all.", "dim")


def _bill(bill: BillDiff) -> Table:
    table = _table(2)
    for one in bill.changes:
        amounts = (money(one.old_cents), money(one.new_cents), _signed_money(one.difference_cents))
        table.add_row(one.code, BILL_KIND_NAMES[one.kind]["en"], *amounts)
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
