"""``paigong explain``: why is this plan as it is, and what is the smallest change that would help?"""

import json
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from optimizer.checker import check_plan
from optimizer.cli.question import ScenarioArgument, scenario_named, with_preset
from optimizer.cli.report import print_notes
from optimizer.cli.show import WIDTH
from optimizer.cli.words import plain
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.errors import BrokenPlan, InvalidInput, Issue
from optimizer.interchange.plan_file import load_plan

if TYPE_CHECKING:
    from optimizer.cli.show.explanation import Said
    from optimizer.explain import Explainer

MOST_CHANGES = 100
"""With more jobs left out, the smallest change is looked for only when one is asked for."""


def explain(
    scenario: ScenarioArgument,
    plan: Annotated[str, typer.Argument(help="Plan file, as written by `paigong plan --out`.")],
    job: Annotated[str | None, typer.Option(help="Why this job is left out, late, or where it is.")] = None,
    technician: Annotated[
        str | None, typer.Option(help="Why the days of this technician are as long as they are.")
    ] = None,
    unserved: Annotated[
        bool, typer.Option("--unserved", help="Why jobs are left out; also when nothing else is asked.")
    ] = False,
    why_not: Annotated[
        str | None,
        typer.Option(
            "--why-not", "--instead-of", help="With --job: why this technician does not do the job."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answers as JSON.")] = False,
) -> None:
    """Say why jobs are left out, late or with whom they are, what would help, and prove it by a checked plan."""
    # Imported here: the kernels' compiler takes a second to load, which no other command should pay.
    from optimizer.cli.show.explanation import said_job, said_technician, said_why_not

    if why_not is not None and job is None:
        raise typer.BadParameter("Name the job with --job as well.", param_hint="--why-not")
    document = load_plan(plan)
    question = with_preset(scenario_named(scenario), document.plan.preset)
    _known(question, job=job, technician=technician, why_not=why_not)
    explainer = _explainer(question, document.plan)
    answers: list[Said] = []
    if job is not None and why_not is not None:
        answers.append(said_why_not(explainer.why_not(job, why_not)))
    elif job is not None:
        answers += said_job(explainer, job)
    if technician is not None:
        answers += said_technician(explainer, technician)
    if unserved or (job is None and technician is None):
        answers += _left_out(explainer)
    _print(answers, as_json=as_json)


def _left_out(explainer: "Explainer") -> "Iterator[Said]":
    from optimizer.cli.show.explanation import Said, said_left_out

    left = explainer.plan.unserved
    if not left:
        yield Said("unserved", ("Every job is served.",), {})
    for reason in explainer.reasons if len(left) > MOST_CHANGES else ():
        yield Said("unserved", (f"{reason.job_id}: {reason.sentence}",), reason.model_dump(mode="json"))
    if len(left) > MOST_CHANGES:
        print_notes((f"{len(left)} jobs are left out; --job ID also names the smallest change for one.",))
        return
    for job_id in left:
        yield said_left_out(explainer.left_out(job_id), short=True)


def _explainer(question: Scenario, plan: Plan) -> "Explainer":
    """Return the explainer of a plan that is worth explaining."""
    from optimizer.compile import compile_scenario
    from optimizer.explain import Explainer, routes_of

    if plan.scenario_sha256 != scenario_sha256(question):
        cause = f"The plan belongs to another state of {question.name}; plan again."
        if plan.scenario != question.name:
            cause = f"The plan was made for {plan.scenario}, not for {question.name}."
        raise _refused(cause, "Explain a plan that `paigong plan` made for this scenario.")
    findings = check_plan(question, plan)
    if findings:
        more = f" and {len(findings) - 1} more" if len(findings) > 1 else ""
        raise _refused(f"The plan breaks hard rules: {findings[0].sentence}{more}")
    compiled = compile_scenario(question)
    try:
        explainer = Explainer(compiled, routes_of(compiled, plan))
        again = explainer.plan
    except BrokenPlan:
        raise _refused("The program's own timing cannot keep this order of stops.") from None
    # As they are written: in the hour that comes twice Python calls equal moments of two time zones unequal.
    if [one.model_dump_json() for one in again.shifts] != [one.model_dump_json() for one in plan.shifts]:
        print_notes(
            ("The plan's times were set again from its order of stops; the answers are about those.",)
        )
    return explainer


WITHOUT_BREACHES = (
    "`paigong check` with the same scenario and plan lists what is wrong; explain a plan without breaches."
)


def _refused(cause: str, action: str = WITHOUT_BREACHES) -> InvalidInput:
    return InvalidInput((Issue("plan-not-explained", "plan", cause, action),))


def _known(question: Scenario, *, job: str | None, technician: str | None, why_not: str | None) -> None:
    """Refuse jobs and technicians the scenario does not know."""
    jobs = [one.job_id for one in question.jobs]
    people = [one.technician_id for one in question.technicians]
    asked = (("--job", job, jobs), ("--technician", technician, people), ("--why-not", why_not, people))
    issues = tuple(
        _unknown(option, name, known)
        for option, name, known in asked
        if name is not None and name not in known
    )
    if issues:
        raise InvalidInput(issues)


def _unknown(option: str, name: str, known: Sequence[str]) -> Issue:
    near = get_close_matches(name, known, n=1)
    action = f"Did you mean {near[0]!r}?" if near else "Take an id from the scenario."
    return Issue("unknown-id", option, f"The scenario has no {name!r}.", action)


def _print(answers: "Sequence[Said]", *, as_json: bool) -> None:
    if as_json:
        rows: list[dict[str, Any]] = [
            {"about": one.about, "sentences": [said.strip() for said in one.sentences], **one.data}
            for one in answers
        ]
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    width = None if sys.stdout.isatty() else WIDTH
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    for number, one in enumerate(answers):
        if number:
            console.print()
        for line, sentence in enumerate(one.sentences):
            _print_wrapped(console, plain(sentence), "bold" if line == 0 else "none")


def _print_wrapped(console: Console, sentence: str, style: str) -> None:
    """Print a sentence; the lines that follow its first are indented as that one is."""
    said = sentence.lstrip()
    margin = " " * (len(sentence) - len(said))
    for line in Text(said, style).wrap(console, console.width - len(margin)):
        line.rstrip()
        console.print(Text(margin) + line)
