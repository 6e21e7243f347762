"""``paigong explain``: why is this plan as it is, and what is the smallest change that would help?"""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from optimizer.cli.answer import refuse_swapped
from optimizer.cli.console import result_console
from optimizer.cli.question import ScenarioArgument, scenario_named
from optimizer.cli.report import print_notes
from optimizer.cli.roads import RoadsOption, roads_named
from optimizer.cli.words import plain
from optimizer.domain.answers import Answer, Explanation
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.plan_file import load_plan
from optimizer.interchange.scenario_file import with_preset


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
    roads: RoadsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answers as JSON.")] = False,
) -> None:
    """Say why jobs are left out, late or with whom they are, what would help, and prove it by a checked plan."""
    # Imported here: the kernels' compiler takes a second to load, which no other command should pay.
    from optimizer.explain.asked import about_job, about_technician, about_unserved
    from optimizer.explain.of_plan import explainer_of

    refuse_swapped(scenario)
    if why_not is not None and job is None:
        raise typer.BadParameter("Name the job with --job as well.", param_hint="--why-not")
    document = load_plan(plan)
    question = with_preset(scenario_named(scenario), document.plan.preset)
    _known(question, job=job, technician=technician, why_not=why_not)
    explainer, notes = explainer_of(question, document.plan, roads_named(roads))
    print_notes(notes)
    answers: list[Answer] = []
    if job is not None:
        answers += about_job(explainer, job, instead=why_not)
    if technician is not None:
        answers += about_technician(explainer, technician)
    if unserved or (job is None and technician is None):
        answers += about_unserved(explainer)
    if as_json:
        _print_json(question, answers)
    else:
        _print(answers)


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


def _print_json(question: Scenario, answers: Sequence[Answer]) -> None:
    said = [
        one.model_copy(update={"sentences": tuple(line.strip() for line in one.sentences)}) for one in answers
    ]
    typer.echo(Explanation(scenario=question.name, answers=tuple(said)).model_dump_json(indent=1))


def _print(answers: Sequence[Answer]) -> None:
    console = result_console()
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
