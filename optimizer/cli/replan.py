"""``paigong replan``: something has happened; how can the day go on?"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from optimizer.cli.answer import refuse_swapped
from optimizer.cli.console import result_console, show
from optimizer.cli.happened import what_happened
from optimizer.cli.interrupt import best_kept_on_interrupt
from optimizer.cli.moments import moment_of
from optimizer.cli.question import ScenarioArgument, scenario_named
from optimizer.cli.roads import RoadsOption, roads_named
from optimizer.cli.show.proposals import proposals_view
from optimizer.cli.targets import write_target
from optimizer.control import USUAL_REPLAN_S, Iterations, Seconds
from optimizer.domain.event import NewJob
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.keep import Grade, Keep
from optimizer.domain.plan import Plan
from optimizer.domain.proposal import Proposals
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.events_file import events_json
from optimizer.interchange.plan_file import load_plan, plan_json
from optimizer.interchange.scenario_file import with_preset
from optimizer.interchange.scenario_text import scenario_yaml

if TYPE_CHECKING:
    from optimizer.replan import Revision


def replan(
    scenario: ScenarioArgument,
    plan: Annotated[str, typer.Argument(help="The plan that is followed, made for this scenario.")],
    events: Annotated[
        list[str],
        typer.Argument(help="Files with what happened, YAML or JSON; see `paigong schema events`."),
    ],
    now: Annotated[str, typer.Option(help="The present time, e.g. 2026-06-15T10:20.")],
    time: Annotated[
        float | None, typer.Option(min=0.1, help="Seconds until the list is there, about; without it 5.")
    ] = None,
    iterations: Annotated[
        int | None,
        typer.Option(min=0, help="Iterations of each search instead: the same proposals each time."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Start of the random numbers.")] = 0,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            help="Keep visits as they are, e.g. technician:J7,J8 or time:T1; grades: "
            "technician, day, time, order, everything; ids of jobs or technicians."
        ),
    ] = None,
    keep_until: Annotated[
        str | None, typer.Option(help="Keep every visit from now until this moment as it is.")
    ] = None,
    told: Annotated[
        bool,
        typer.Option(
            help="Whether customers know the times of the plan: who has no agreed window, two hours around the start."
        ),
    ] = True,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write each proposal to this folder: its plan and the scenario it answers; jobs that wait for a "
            "later day to waiting.json, as events for the close."
        ),
    ] = None,
    roads: RoadsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the proposals as JSON.")] = False,
) -> None:
    """Plan the rest of the day anew after what happened: a short list, from who changes least to what costs least."""
    # Imported here: the kernels' compiler takes a second to load.
    from optimizer.replan import Replanner, next_revision, with_expected

    refuse_swapped(scenario)
    if time is not None and iterations is not None:
        raise typer.BadParameter("Give --time or --iterations, not both.", param_hint="--iterations")
    question = scenario_named(scenario)
    followed = load_plan(plan).plan
    asked = with_preset(question, followed.preset)
    at, keeping = _when_and_what(asked, followed, now, keep or [], keep_until)
    road_data = roads_named(roads)
    stop = Iterations(iterations) if iterations is not None else Seconds(time or USUAL_REPLAN_S)
    with what_happened(events) as happened, best_kept_on_interrupt() as cancel:
        revision = next_revision(asked, followed, happened, at, roads=road_data)
        if told:
            revision = revision._replace(scenario=with_expected(revision.scenario, followed, told=True))
        replanner = Replanner(revision, followed, keep=keeping, seed=seed, roads=road_data, cancel=cancel)
        for _ in replanner.searched(stop):
            pass
        found = replanner.proposals()
    if out is not None:
        _write(out, found, revision)
    if as_json:
        typer.echo(found.model_dump_json(indent=1))
    else:
        show(result_console(), proposals_view(found))


def _when_and_what(
    question: Scenario, plan: Plan, now: str, keep: Sequence[str], keep_until: str | None
) -> tuple[datetime, tuple[Keep, ...]]:
    """Return the present time and what is to be kept, or everything that is wrong with them."""
    issues: list[Issue] = []
    if plan.scenario_sha256 != scenario_sha256(question):
        cause = "The plan was made for another scenario, or for another state of this one."
        action = "Give the scenario and the plan that was made for it and followed since."
        issues.append(Issue("other-scenario", "plan", cause, action))
    at = moment_of(question, "now", now)
    found: list[Keep | Issue] = list(_kept(question, keep))
    if keep_until is not None:
        until = moment_of(question, "keep-until", keep_until)
        found.append(until if isinstance(until, Issue) else Keep(grade="everything", until=until))
    issues.extend(one for one in (at, *found) if isinstance(one, Issue))
    if issues or isinstance(at, Issue):
        raise InvalidInput(tuple(issues))
    return at, tuple(one for one in found if isinstance(one, Keep))


def _kept(question: Scenario, keep: Sequence[str]) -> Iterator[Keep | Issue]:
    people = {one.technician_id for one in question.technicians}
    grades = {grade: grade for grade in get_args(Grade)}
    for row, text in enumerate(keep):
        grade, _, ids = text.partition(":")
        names = [name.strip() for name in ids.split(",") if name.strip()]
        if grade not in grades or not names:
            cause = f"{text!r} does not say what is to be kept."
            action = f"Write a grade and ids, e.g. technician:J7,J8; grades: {', '.join(grades)}."
            yield Issue("unknown-grade", f"keep[{row}]", cause, action)
            continue
        who = tuple(name for name in names if name in people)
        jobs = tuple(name for name in names if name not in people)
        if who:
            yield Keep(grade=grades[grade], technician_ids=who)
        if jobs:
            yield Keep(grade=grades[grade], job_ids=jobs)


def _write(folder: Path, found: Proposals, revision: "Revision") -> None:
    from optimizer.replan import answered

    folder.mkdir(parents=True, exist_ok=True)
    write_target(folder / "proposals.json", (found.model_dump_json(indent=1) + "\n").encode())
    for row, one in enumerate(found.proposals, start=1):
        name = f"{row}-{one.name.replace(' ', '-')}"
        write_target(folder / f"{name}.plan.json", plan_json(one.document).encode())
        write_target(folder / f"{name}.scenario.yaml", scenario_yaml(answered(found, one)).encode())
    if revision.later:  # no scenario of these days can hold them
        now = revision.scenario.now
        waiting = (
            NewJob(kind="new_job", at=at, job=job)
            for job in revision.later
            if (at := job.intake_at or now) is not None
        )
        write_target(folder / "waiting.json", events_json(tuple(waiting)).encode())
