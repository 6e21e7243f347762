"""``paigong check``: does this plan keep the rules, and is its bill right?"""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from optimizer.assess import assess
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.question import ScenarioArgument, scenario_named, with_preset
from optimizer.cli.words import money, plain
from optimizer.domain.assessment import Assessment
from optimizer.domain.document import PlanDocument
from optimizer.interchange.plan_file import load_plan


def check(
    scenario: ScenarioArgument,
    plan: Annotated[str, typer.Argument(help="Plan file, as written by `paigong plan --out`.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings and the bill as JSON.")] = False,
) -> None:
    """Check a plan against its scenario with the independent checker; exit code 3 when something is wrong."""
    document = load_plan(plan)
    question = with_preset(scenario_named(scenario), document.plan.preset)
    assessment = assess(question, document.plan)
    wrong_bill = assessment.bill != document.assessment.bill
    if as_json:
        answer = {
            "findings": [finding.model_dump(mode="json") for finding in assessment.findings],
            "bill_in_file_is_right": not wrong_bill,
            "total_cents": assessment.bill.total_cents,
        }
        typer.echo(json.dumps(answer, indent=1, ensure_ascii=False))
    else:
        _print(document, assessment, wrong_bill=wrong_bill)
    if assessment.findings or wrong_bill:
        raise typer.Exit(ExitCode.BREACHES)


def _print(document: PlanDocument, assessment: Assessment, *, wrong_bill: bool) -> None:
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for finding in assessment.findings:
        line = Text(f"{finding.code}: ", "bold red")
        line.append(f"{plain(finding.sentence)} ", "none")
        line.append(plain(finding.advice), "green")
        console.print(line)
    if wrong_bill:
        written, owed = document.assessment.bill.total_cents, assessment.bill.total_cents
        wrong = f"The bill in the file ({money(written)}) is not what the plan owes ({money(owed)})."
        if written == owed:
            wrong = f"The bill in the file sums to what the plan owes ({money(owed)}), but its parts differ."
        console.print(Text(wrong, "bold red"))
    if not assessment.findings and not wrong_bill:
        served = f"{assessment.kpis.served} of {assessment.kpis.jobs} jobs"
        console.print(f"{plain(document.plan.scenario)}: every hard rule is kept, {served} served.")
        console.print(f"The bill of {money(assessment.bill.total_cents)} is right.")
