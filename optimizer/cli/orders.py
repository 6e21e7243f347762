"""``paigong orders``: the sheets that technicians and the store hold in their hands in the morning."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from optimizer.assess import assess
from optimizer.cli.answer import Answered, AnsweredScenario, answered, sources
from optimizer.cli.console import error_console, result_console
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.report import ReportedIssue, print_notes, report_issues
from optimizer.cli.targets import check_targets, write_target
from optimizer.cli.words import plain
from optimizer.domain.assessment import Finding
from optimizer.errors import InvalidInput, Issue
from optimizer.settings import Settings
from optimizer.words.language import Language

if TYPE_CHECKING:
    from optimizer.dispatch_orders import DispatchOrders
    from optimizer.dispatch_orders.text import Line

SHOWN_FINDINGS = 20
"""More breaches than this are counted, not listed."""


def orders(
    plan: Annotated[str, typer.Argument(help="Plan file, as written by `paigong plan --out`.")],
    scenario: AnsweredScenario = None,
    language: Annotated[Language, typer.Option(help="Language of the sheets.")] = "zh",
    technician: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this technician's sheets, without picking lists; may be given several times."
        ),
    ] = None,
    day: Annotated[
        list[str] | None,
        typer.Option(help="Only this day, such as 2026-07-15; may be given several times."),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write the sheets as a web page, ready to print.")] = None,
    pdf: Annotated[Path | None, typer.Option(help="Write the sheets as PDF, A4.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what stands on the sheets as JSON.")] = False,
) -> None:
    """Print a dispatch order for each technician and day, and a picking list for each branch and morning."""
    from optimizer.dispatch_orders import dispatch_orders

    found = answered(plan, scenario)
    days = _asked(found, technician or (), day or ())
    read = sources(plan, scenario, found.document.plan.scenario, found.found)
    check_targets({"--html": html, "--pdf": pdf}, {}, read)
    # What the file says of its plan is not believed: calls that are owed are told from the plan itself.
    assessment = assess(found.scenario, found.document.plan)
    if assessment.findings:
        _refuse(assessment.findings, as_json=as_json)
    document = found.document.model_copy(update={"assessment": assessment})
    made = dispatch_orders(found.scenario, document, technicians=technician or None, days=days or None)
    if html is not None or pdf is not None:
        _write(made, language, html, pdf)
    if as_json:
        typer.echo(made.model_dump_json(indent=1))
    elif html is None and pdf is None:
        _print(made, language)


def _write(made: "DispatchOrders", language: Language, html: Path | None, pdf: Path | None) -> None:
    """Make every file before the first one is written."""
    from optimizer.dispatch_orders import orders_html, orders_pdf

    page = None if html is None else orders_html(made, language).encode()
    folder = Settings.read().fonts if pdf is not None else None
    set_in_type = None if pdf is None else orders_pdf(made, language, font_folders=[folder] if folder else [])
    if html is not None and page is not None:
        write_target(html, page)
    if pdf is not None and set_in_type is not None:
        if set_in_type.replaced:
            signs = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in set_in_type.replaced[:10])
            more = len(set_in_type.replaced) - 10
            rest = f" and {more} more" if more > 0 else ""
            print_notes((f"no font has these signs, a box stands for each: {signs}{rest}",))
        write_target(pdf, set_in_type.content)


def _asked(found: Answered, technicians: Sequence[str], days: Sequence[str]) -> tuple[date, ...]:
    """Return the days that are asked for; refuse days and technicians the plan does not know, all at once."""
    people = [one.technician_id for one in found.scenario.technicians]
    planned = [one.isoformat() for one in found.document.plan.horizon.dates()]
    issues = [_unknown("--technician", name, people) for name in technicians if name not in people]
    issues += [_unknown("--day", name, planned) for name in days if name not in planned]
    if issues:
        raise InvalidInput(tuple(issues))
    return tuple(date.fromisoformat(one) for one in days)


def _unknown(option: str, name: str, known: Sequence[str]) -> Issue:
    if option == "--day":
        span = known[0] if len(known) == 1 else f"{known[0]} to {known[-1]}"
        return Issue("outside-horizon", option, f"{name!r} is no planned day.", f"Planned are {span}.")
    near = get_close_matches(name, known, n=1)
    action = f"Did you mean {near[0]!r}?" if near else "Take an id from the scenario."
    return Issue("unknown-id", option, f"The scenario has no technician {name!r}.", action)


def _refuse(findings: Collection[Finding], *, as_json: bool) -> None:
    """Say what the plan breaks, and end: nobody is sent out by a plan that breaks a hard rule."""
    if as_json:
        report_issues(
            tuple(
                ReportedIssue(code=one.code, path="plan", cause=one.sentence, action=one.advice, line=None)
                for one in findings
            )
        )
        raise typer.Exit(ExitCode.WITHHELD)
    console = error_console()
    console.print(Text("The plan breaks hard rules; no dispatch orders are made from it.", "bold red"))
    for finding in list(findings)[:SHOWN_FINDINGS]:
        console.print(Text(plain(f"  {finding.code}: {finding.sentence} {finding.advice}").rstrip()))
    if len(findings) > SHOWN_FINDINGS:
        console.print(f"  … and {len(findings) - SHOWN_FINDINGS} more; `paigong check` lists them all.")
    raise typer.Exit(ExitCode.WITHHELD)


def _print(made: "DispatchOrders", language: Language) -> None:
    from optimizer.dispatch_orders import orders_text

    console = result_console()
    for line in orders_text(made, language):
        for part in _wrapped(line, console):
            console.print(part)


def _wrapped(line: "Line", console: Console) -> Iterator[Text]:
    """Yield a line within the console's width; what goes to the next line stands two columns further in."""
    style = "bold cyan" if line.heading and not line.indent else "bold" if line.heading else ""
    hanging = line.indent + 2
    for number, part in enumerate(Text(line.text, style).wrap(console, max(console.width - hanging, 1))):
        part.rstrip()
        yield Text(" " * (hanging if number else line.indent)).append_text(part)
