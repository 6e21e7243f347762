"""``paigong explain``: why is this plan as it is, and what is the smallest change that would help?"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from optimizer.checker import check_plan
from optimizer.cli.answer import refuse_swapped
from optimizer.cli.console import result_console
from optimizer.cli.documents import Answer, Explanation
from optimizer.cli.question import ScenarioArgument, scenario_named, with_preset
from optimizer.cli.report import print_notes
from optimizer.cli.roads import RoadsOption, drives_changed, roads_named
from optimizer.cli.words import plain
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.errors import BrokenPlan, InvalidInput, Issue
from optimizer.interchange.plan_file import load_plan
from optimizer.words.idle import idle_words
from optimizer.words.left_out import kinds_tried, none_helps

if TYPE_CHECKING:
    from optimizer.explain import Explainer
    from optimizer.travel import Roads, TravelTable

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
    roads: RoadsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answers as JSON.")] = False,
) -> None:
    """Say why jobs are left out, late or with whom they are, what would help, and prove it by a checked plan."""
    # Imported here: the kernels' compiler takes a second to load, which no other command should pay.
    from optimizer.cli.show.explanation import said_job, said_technician, said_why_not

    refuse_swapped(scenario)
    if why_not is not None and job is None:
        raise typer.BadParameter("Name the job with --job as well.", param_hint="--why-not")
    document = load_plan(plan)
    question = with_preset(scenario_named(scenario), document.plan.preset)
    _known(question, job=job, technician=technician, why_not=why_not)
    explainer = explainer_of(question, document.plan, roads_named(roads))
    answers: list[Answer] = []
    if job is not None and why_not is not None:
        answers.append(said_why_not(explainer.why_not(job, why_not)))
    elif job is not None:
        answers += said_job(explainer, job)
    if technician is not None:
        if any(day.technician_id == technician for day in explainer.plan.shifts):
            answers += said_technician(explainer, technician)
        answers += _idle_days(explainer, technician)
    if unserved or (job is None and technician is None):
        answers += _left_out(explainer)
    if as_json:
        _print_json(question, answers)
    else:
        _print(answers)


def _left_out(explainer: "Explainer") -> Iterator[Answer]:
    from optimizer.cli.show.explanation import said_left_out

    left = explainer.plan.unserved
    if not left:
        yield Answer(about="unserved", sentences=("Every job is served.",))
    for reason in explainer.reasons if len(left) > MOST_CHANGES else ():
        said = (f"{reason.job_id}: {reason.sentence}",)
        yield Answer(about="unserved", sentences=said, job_id=reason.job_id, reason=reason)
    if len(left) > MOST_CHANGES:
        print_notes((f"{len(left)} jobs are left out; --job ID also names the smallest change for one.",))
        return
    helpless = tied = False
    for job_id in left:
        found = explainer.left_out(job_id)
        answer = said_left_out(found, short=True)
        if found.answer.fix is None:  # the kinds of changes are the same for every job: said once, at the end
            helpless, tied = True, tied or found.answer.tied
            none = f"  {none_helps(found.answer, job='it', kinds=False)}"
            answer = answer.model_copy(update={"sentences": (*answer.sentences[:-1], none)})
        yield answer
    if helpless:
        yield Answer(about="unserved", sentences=(kinds_tried(tied=tied),))


def _idle_days(explainer: "Explainer", technician_id: str) -> Iterator[Answer]:
    """Yield why a technician has no stop on some days."""
    from optimizer.explain.idle import fitting_words, idle_reasons

    compiled = explainer.subject.compiled
    for idle in idle_reasons(compiled.scenario, explainer.plan):
        if idle.technician_id != technician_id:
            continue
        lines = [idle_words(idle)]
        if idle.day is not None and not idle.codes:
            lines.append(f"  {fitting_words(compiled, ShiftKey(technician_id, idle.day))}")
        yield Answer(about="day", sentences=tuple(lines), technician_id=technician_id, idle=idle)


def explainer_of(question: Scenario, plan: Plan, roads: "Roads | None") -> "Explainer":
    """Return what explains a plan that was read from a file.

    Parameters
    ----------
    question : the scenario, under the plan's preset
    plan : the answer
    roads : the operator's road data; none: straight lines

    Raises
    ------
    InvalidInput
        The plan answers another question, breaks hard rules, or its drives take other times now.
    """
    from optimizer.compile import compile_scenario
    from optimizer.explain import Explainer, routes_of
    from optimizer.travel import travel_table

    if plan.scenario_sha256 != scenario_sha256(question):
        cause = f"The plan belongs to another state of {question.name}; plan again."
        if plan.scenario != question.name:
            cause = f"The plan was made for {plan.scenario}, not for {question.name}."
        raise _refused(cause, "Explain a plan that `paigong plan` made for this scenario.")
    findings = check_plan(question, plan)
    if findings:
        more = f" and {len(findings) - 1} more" if len(findings) > 1 else ""
        raise _refused(f"The plan breaks hard rules: {findings[0].sentence}{more}")
    compiled = compile_scenario(question, travel_table(question, roads))
    print_notes(compiled.travel.road_warnings)
    _same_travel(plan, compiled.travel)
    try:
        explainer = Explainer(compiled, routes_of(compiled, plan))
        again = explainer.plan
    except BrokenPlan:
        raise _refused("The program's own timing cannot keep this order of stops.") from None
    # As they are written: in the hour that comes twice Python calls equal moments of two time zones unequal.
    days = [[one.model_dump_json() for one in (*some.shifts, *some.tools)] for some in (again, plan)]
    if days[0] != days[1]:
        print_notes(
            ("The plan's times were set again from its order of stops; the answers are about those.",)
        )
    return explainer


def _same_travel(plan: Plan, table: "TravelTable") -> None:
    """Refuse a plan whose drives on roads take other times now: the answers would be about another day."""
    from optimizer.travel.snapshot import by_roads

    if not (by_roads(plan.travel.source) or by_roads(table.source)):
        return  # a plan of another program is timed again from straight lines, with a note
    cause = drives_changed(plan, table)
    if not cause:
        return
    action = "Use the same road data (PAIGONG_ROADS, or --roads off for straight lines), or plan again."
    raise _refused(cause, action)


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
