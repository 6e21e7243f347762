"""``paigong check``: does this plan keep the rules, and is it worth what its file says?

With ``--retime`` only the orders of stops count, from a plan file or made by hand: they get times first.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from optimizer.assess import assess
from optimizer.checker.breach import PLAN, TRAVEL, breach
from optimizer.cli.answer import refuse_swapped
from optimizer.cli.console import result_console, show
from optimizer.cli.documents import CheckReport
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.progress import compile_kernels
from optimizer.cli.question import ScenarioArgument, scenario_files, scenario_named
from optimizer.cli.report import print_notes
from optimizer.cli.roads import RoadsOption, drives_compared, roads_named
from optimizer.cli.show.bill import bill_table
from optimizer.cli.show.clocks import clock_table
from optimizer.cli.show.kpis import kpi_table
from optimizer.cli.show.timetable import timetables
from optimizer.cli.targets import check_targets, write_target
from optimizer.cli.words import plain
from optimizer.diff.assessments import differences
from optimizer.domain.assessment import Assessment, Finding
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.interchange.plan_file import load_plan, plan_json
from optimizer.interchange.scenario_file import with_preset
from optimizer.words.numbers import count, money

_TIMED = (timetables, partial(clock_table, name_option=False), bill_table, kpi_table)
"""What is shown of orders that were given times."""


def check(
    scenario: ScenarioArgument,
    plan: Annotated[
        str,
        typer.Argument(
            help="Plan file, as written by `paigong plan --out`; with --retime also a file with orders of stops."
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what is wrong and the bill as JSON.")
    ] = False,
    retime: Annotated[
        bool,
        typer.Option(
            "--retime",
            help="Take only who does what in which order; set the times, then say what is broken and what it costs.",
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="With --retime: write the timed plan with its findings to this file.")
    ] = None,
    roads: RoadsOption = None,
) -> None:
    """Check a plan against its scenario with the independent checker; exit code 3 when something is wrong."""
    refuse_swapped(scenario)
    if retime:
        _check_orders(scenario, plan, as_json, out, roads)
    elif out is not None:
        raise typer.BadParameter("Only --retime makes a plan that could be written.", param_hint="--out")
    else:
        _check_plan(scenario, plan, as_json, roads)


def _check_plan(scenario: str, plan: str, as_json: bool, roads: str | None) -> None:
    document = load_plan(plan)
    question = with_preset(scenario_named(scenario), document.plan.preset)
    assessment: Assessment | None = None
    findings: Sequence[Finding] = tuple(_made_for_another(question, document.plan))
    wrong: tuple[str, ...] = ()
    if not findings:  # otherwise every line would only say again that these two do not belong together
        assessment = assess(question, document.plan)
        findings, wrong = assessment.findings, tuple(differences(document.assessment, assessment))
        odd_drives = drives_compared(question, document.plan, roads)
        wrong += (odd_drives,) if odd_drives else ()
    if as_json:
        report = CheckReport(
            findings=tuple(findings),
            differences=wrong,
            bill_in_file_is_right=None if assessment is None else assessment.bill == document.assessment.bill,
            total_cents=None if assessment is None else assessment.bill.total_cents,
        )
        typer.echo(report.model_dump_json(indent=1, exclude_unset=True))
    else:
        _print(document, assessment, findings, wrong)
    if findings or wrong:
        raise typer.Exit(ExitCode.BREACHES)


def _check_orders(scenario: str, orders: str, as_json: bool, out: Path | None, roads: str | None) -> None:
    # Imported here: the kernels' compiler takes a second to load, which no other check should pay.
    from optimizer.interchange.orders_file import load_orders
    from optimizer.retime import retime

    question = scenario_named(scenario)
    file = load_orders(orders, question)
    if file.preset is not None:
        question = with_preset(question, file.preset)
    check_targets({"--out": out}, {}, (*scenario_files(scenario), Path(orders)))
    road_data = roads_named(roads)
    compile_kernels()
    document = retime(question, file.orders, roads=road_data)
    print_notes(document.plan.travel.warnings)
    if out is not None:
        write_target(out, plan_json(document).encode())
    found = document.assessment
    if as_json:
        report = CheckReport(
            findings=found.findings,
            total_cents=found.bill.total_cents,
            bill=found.bill,
            clocks=found.clocks,
            desk=found.desk,
            kpis=found.kpis,
            shifts=document.plan.shifts,
            unserved=document.plan.unserved,
        )
        typer.echo(report.model_dump_json(indent=1))
    else:
        _print_timed(question, document)
    if found.findings:
        raise typer.Exit(ExitCode.BREACHES)


def _made_for_another(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    if plan.scenario_sha256 == scenario_sha256(scenario):
        return
    if plan.scenario == scenario.name:
        sentence = f"The plan was made for another state of {plan.scenario}: facts have changed since."
    else:
        sentence = f"The plan was made for {plan.scenario}, not for {scenario.name}."
    advice = "Check it against the scenario it was made from, or plan again."
    yield breach(PLAN, sentence, measured=1, limit=0, unit="mismatch", advice=advice)


def verdict(findings: Sequence[Finding], wrong: Sequence[str] = ()) -> str:
    """Return in a sentence what is wrong with a plan, for the last line.

    Parameters
    ----------
    findings : what the checker found
    wrong : in what the file's figures are not the plan's
    """
    rules = {one.code for one in findings} - {PLAN, TRAVEL}
    broken = [one for one in findings if one.code in rules]
    said = []
    if broken:
        times = f", {len(broken)} times in all" if len(broken) > len(rules) else ""
        said.append(f"{count(len(rules), 'hard rule is', plural='hard rules are')} broken{times}.")
    if len(broken) < len(findings):
        said.append("The plan file contradicts itself or the scenario.")
    if wrong:
        said.append("Figures in the file are not the plan's.")
    return " ".join(said)


def _print(
    document: PlanDocument, assessment: Assessment | None, findings: Sequence[Finding], wrong: Sequence[str]
) -> None:
    console = result_console(soft_wrap=True)
    _print_findings(console, findings)
    for sentence in wrong:
        console.print(Text(plain(sentence), "bold red"))
    rules_broken = any(one.code not in (PLAN, TRAVEL) for one in findings)
    if rules_broken or len(findings) + len(wrong) > 1:  # one line of another kind says enough by itself
        console.print(Text(verdict(findings, wrong), "bold red"))
    if assessment is not None and not findings and not wrong:
        served = f"{assessment.kpis.served} of {assessment.kpis.jobs} jobs"
        console.print(f"{plain(document.plan.scenario)}: every hard rule is kept, {served} served.")
        console.print(f"The bill of {money(assessment.bill.total_cents)}, clocks and key figures are right.")


def _print_timed(question: Scenario, document: PlanDocument) -> None:
    console = result_console(soft_wrap=True)
    findings, kpis = document.assessment.findings, document.assessment.kpis
    _print_findings(console, findings)
    breaches = count(len(findings), "breach")
    kept = f"{breaches} of hard rules" if findings else "every hard rule is kept"
    console.print(f"{plain(document.plan.scenario)}: {kept}, {kpis.served} of {kpis.jobs} jobs served.")
    show(result_console(), (block for part in _TIMED for block in part(question, document)))
    if findings:  # again: the first line has long gone up the screen
        console.print()
        console.print(Text(verdict(findings), "bold red"))


def _print_findings(console: Console, findings: Sequence[Finding]) -> None:
    for finding in findings:
        line = Text(f"{finding.code}: ", "bold red")
        line.append(f"{plain(finding.sentence)} ", "none")
        line.append(plain(finding.advice), "green")
        console.print(line)
