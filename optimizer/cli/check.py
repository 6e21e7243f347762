"""``paigong check``: does this plan keep the rules, and is it worth what its file says?"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from optimizer.assess import assess
from optimizer.checker.breach import PLAN, breach
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.question import ScenarioArgument, scenario_named, with_preset
from optimizer.cli.words import money, plain
from optimizer.domain.assessment import Assessment, Bill, Finding
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.interchange.plan_file import load_plan

_NAMED = 5  # more differences of one kind are counted, not named


def check(
    scenario: ScenarioArgument,
    plan: Annotated[str, typer.Argument(help="Plan file, as written by `paigong plan --out`.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what is wrong and the bill as JSON.")
    ] = False,
) -> None:
    """Check a plan against its scenario with the independent checker; exit code 3 when something is wrong."""
    document = load_plan(plan)
    question = with_preset(scenario_named(scenario), document.plan.preset)
    assessment: Assessment | None = None
    findings: Sequence[Finding] = tuple(_made_for_another(question, document.plan))
    wrong: tuple[str, ...] = ()
    if not findings:  # otherwise every line would only say again that these two do not belong together
        assessment = assess(question, document.plan)
        findings, wrong = assessment.findings, tuple(differences(document.assessment, assessment))
    if as_json:
        answer = {
            "findings": [finding.model_dump(mode="json") for finding in findings],
            "differences": wrong,
            "bill_in_file_is_right": assessment and assessment.bill == document.assessment.bill,
            "total_cents": assessment and assessment.bill.total_cents,
        }
        typer.echo(json.dumps(answer, indent=1, ensure_ascii=False))
    else:
        _print(document, assessment, findings, wrong)
    if findings or wrong:
        raise typer.Exit(ExitCode.BREACHES)


def differences(written: Assessment, found: Assessment) -> Iterator[str]:
    """Yield one sentence for each part of an assessment that is not as found; reasons are not compared.

    Parameters
    ----------
    written : as a file has it
    found : as the plan is assessed now
    """
    if written.findings != found.findings:
        was, now = len(written.findings), len(found.findings)
        yield f"The broken hard rules in the file ({was}) are not the plan's ({now})."
    if written.bill != found.bill:
        yield _bill(written.bill, found.bill)
    theirs, ours = _clocks(written), _clocks(found)
    odd = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    if odd:
        yield f"The clocks in the file are not the plan's: {_some(odd)}."
    figures = found.kpis.model_dump()
    odd_figures = [
        f"{name} is {figures[name]} and not {value}"
        for name, value in written.kpis.model_dump().items()
        if value != figures[name]
    ]
    if odd_figures:
        yield f"The key figures in the file are not the plan's: {_some(odd_figures)}."


def _made_for_another(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    if plan.scenario_sha256 == scenario_sha256(scenario):
        return
    if plan.scenario == scenario.name:
        sentence = f"The plan was made for another state of {plan.scenario}: facts have changed since."
    else:
        sentence = f"The plan was made for {plan.scenario}, not for {scenario.name}."
    advice = "Check it against the scenario it was made from, or plan again."
    yield breach(PLAN, sentence, measured=1, limit=0, unit="mismatch", advice=advice)


def _bill(written: Bill, found: Bill) -> str:
    was, owed = money(written.total_cents), money(found.total_cents)
    if written.total_cents == found.total_cents:
        return f"The bill in the file sums to what the plan owes ({owed}), but its parts differ."
    return f"The bill in the file ({was}) is not what the plan owes ({owed})."


def _clocks(assessment: Assessment) -> dict[str, list[tuple[object, ...]]]:
    found: dict[str, list[tuple[object, ...]]] = {}
    for clock in assessment.clocks:
        name = f"{clock.code}{clock.label and ' '}{clock.label} of {clock.job_id}"
        state = (clock.event, clock.state, clock.slack_s, _s(clock.due), _s(clock.at))
        found.setdefault(name, []).append(state)
    return found


def _s(at: datetime | None) -> float | None:
    return None if at is None else at.timestamp()  # one moment may be written with different offsets


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _print(
    document: PlanDocument, assessment: Assessment | None, findings: Sequence[Finding], wrong: Sequence[str]
) -> None:
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for finding in findings:
        line = Text(f"{finding.code}: ", "bold red")
        line.append(f"{plain(finding.sentence)} ", "none")
        line.append(plain(finding.advice), "green")
        console.print(line)
    for sentence in wrong:
        console.print(Text(plain(sentence), "bold red"))
    if assessment is not None and not findings and not wrong:
        served = f"{assessment.kpis.served} of {assessment.kpis.jobs} jobs"
        console.print(f"{plain(document.plan.scenario)}: every hard rule is kept, {served} served.")
        console.print(f"The bill of {money(assessment.bill.total_cents)}, clocks and key figures are right.")
