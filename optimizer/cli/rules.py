"""``paigong rules``: the rule book with its parameters."""

import json
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from optimizer.cli.console import result_console, show
from optimizer.cli.documents import RuleEntry, RulePages, RuleParameter, RuleSource
from optimizer.domain.policy import Policy, Preset
from optimizer.errors import InvalidInput, Issue
from optimizer.rules import RULES
from optimizer.rules.base import Rule
from optimizer.rules.book import RuleBook

_SECTIONS = {"who": "Who may do a job", "when": "When", "clock": "Service-level clocks", "price": "Prices"}
_CODE_WIDTH = max(len(rule.code) for rule in RULES)


def rules(
    codes: Annotated[
        list[str] | None,
        typer.Argument(help="Print only these rules, e.g. PART LATE; small letters will do."),
    ] = None,
    preset: Annotated[Preset, typer.Option(help="Show the parameters under this preset.")] = "service-first",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print every rule: code, what it says, where it is written, its parameters."""
    chosen = _chosen(codes or ())
    book = RuleBook.of(Policy(preset=preset))
    if as_json:
        pages = RulePages(preset=preset, rules=tuple(rule_entry(rule, book) for rule in chosen))
        typer.echo(pages.model_dump_json(indent=1))
        return
    show(result_console(), _view(chosen, book))


def _chosen(codes: Sequence[str]) -> tuple[Rule[Any], ...]:
    """Return the rules with these codes in the order of the book; all rules where no code is given.

    Raises
    ------
    InvalidInput
        When there is no rule with one of the codes.
    """
    asked = {code.upper(): code for code in codes}
    known = [rule.code for rule in RULES]
    issues = tuple(_unknown(code, known) for upper, code in asked.items() if upper not in known)
    if issues:
        raise InvalidInput(issues)
    return tuple(rule for rule in RULES if not codes or rule.code in asked)


def _unknown(code: str, known: Sequence[str]) -> Issue:
    near = get_close_matches(code.upper(), known, n=3)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    return Issue(
        "unknown-rule", "codes", f"There is no rule {code!r}.", f"{hint}`paigong rules` lists all rules."
    )


def _view(chosen: Sequence[Rule[Any]], book: RuleBook) -> Iterator[Text | Table]:
    for section, heading in _SECTIONS.items():
        rules_here = [rule for rule in chosen if rule.section == section]
        if not rules_here:
            continue
        yield Text(f"\n{heading}", "bold")
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(no_wrap=True, style="bold cyan", width=_CODE_WIDTH)
        table.add_column(no_wrap=True, width=4)
        table.add_column(ratio=1, overflow="fold")
        for rule in rules_here:
            table.add_row(rule.code, "hard" if rule.hard else "soft", _said(rule_entry(rule, book)))
        yield table


def rule_entry(rule: Rule[Any], book: RuleBook) -> RuleEntry:
    """Return what there is to know about a rule.

    Parameters
    ----------
    rule : the rule
    book : the rule book that sets its parameters
    """
    params = book.params(rule)
    values = params.model_dump(mode="json")
    return RuleEntry(
        code=rule.code,
        title=rule.title,
        section=rule.section,
        hard=rule.hard,
        source=tuple(RuleSource(document=one.document, section=one.section) for one in rule.source),
        parameters={
            name: RuleParameter(value=values[name], meaning=field.description or "")
            for name, field in type(params).model_fields.items()
        },
    )


def _said(entry: RuleEntry) -> Text:
    said = Text(entry.title)
    written = "; ".join(f"{one.document} {one.section}" for one in entry.source)
    said.append(f"\n{written}", "dim")
    for name, parameter in entry.parameters.items():
        if name != "active":
            said.append(f"\n{name} = {json.dumps(parameter.value, ensure_ascii=False)}", "green")
            said.append(f"  {parameter.meaning}", "dim")
    return said
