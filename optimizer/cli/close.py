"""``paigong close``: the day is over; what was it like, and what is to be planned next?"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from optimizer.cli.answer import refuse_swapped
from optimizer.cli.console import result_console, show
from optimizer.cli.happened import what_happened
from optimizer.cli.moments import moment_of
from optimizer.cli.question import ScenarioArgument, scenario_files, scenario_named
from optimizer.cli.roads import RoadsOption, roads_named
from optimizer.cli.show.day_report import day_view
from optimizer.cli.targets import check_targets, write_target
from optimizer.domain.event import Event, NewJob
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.events_file import events_json
from optimizer.interchange.plan_file import load_plan
from optimizer.interchange.scenario_file import with_preset
from optimizer.interchange.scenario_text import scenario_json, scenario_yaml


def close(
    scenario: ScenarioArgument,
    plan: Annotated[str, typer.Argument(help="The plan that was followed, made for this scenario.")],
    events: Annotated[
        list[str],
        typer.Argument(help="Files with what happened, YAML or JSON; see `paigong schema events`."),
    ],
    now: Annotated[str, typer.Option(help="The present time, after the last visit, e.g. 2026-06-15T20:00.")],
    out: Annotated[
        Path, typer.Option(help="Write the next days' scenario to this file (.json: JSON, else YAML).")
    ],
    day: Annotated[
        str | None, typer.Option(help="Which day is over; without it the last one that has begun by now.")
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=14, help="Days of the next scenario; without it those left, else one."),
    ] = None,
    same_shifts: Annotated[
        bool,
        typer.Option(
            "--same-shifts",
            help="On days not planned so far people work as on the closed day, where no other shift is written.",
        ),
    ] = False,
    report: Annotated[
        Path | None, typer.Option(help="Write the report of the day to this file, as JSON.")
    ] = None,
    waiting: Annotated[
        Path | None,
        typer.Option(
            help="Write jobs whose customers want a day behind the next ones to this file, as events: "
            "name it with the events of the next close."
        ),
    ] = None,
    roads: RoadsOption = None,
) -> None:
    """Close a day: make the next days' scenario of what is left, and report how the day was beside its plan."""
    # Imported here: it prices plans, which takes a second to load.
    from optimizer.replan import close_day

    refuse_swapped(scenario)
    if out.suffix.lower() in (".xlsx", ".csv"):
        raise typer.BadParameter(
            "It writes YAML or JSON; `paigong export` makes sheets of it.", param_hint="--out"
        )
    question = scenario_named(scenario)
    sources = (*scenario_files(scenario), Path(plan), *map(Path, events))
    check_targets({"--out": out, "--report": report, "--waiting": waiting}, {}, sources)
    followed = load_plan(plan).plan
    asked = with_preset(question, followed.preset)
    at, over = _when(asked, followed, now, day)
    with what_happened(events) as happened:
        closed = close_day(
            asked,
            followed,
            happened,
            over,
            at,
            days=days,
            same_shifts=same_shifts,
            roads=roads_named(roads),
        )
    later = closed.report.waiting
    if later and waiting is None:
        raise InvalidInput(tuple(_lost(later)))
    following = closed.scenario.model_copy(update={"policy": question.policy})
    text = scenario_json(following) if out.suffix.lower() == ".json" else scenario_yaml(following)
    write_target(out, text.encode())
    if report is not None:
        write_target(report, (closed.report.model_dump_json(indent=1) + "\n").encode())
    if waiting is not None:
        write_target(waiting, events_json(tuple(_told_again(later, at))).encode())
    show(result_console(), day_view(closed.report, following))


def _when(question: Scenario, plan: Plan, now: str, day: str | None) -> tuple[datetime, date]:
    """Return the present time and the day that is over."""
    issues: list[Issue] = []
    if plan.scenario_sha256 != scenario_sha256(question):
        cause = "The plan was made for another scenario, or for another state of this one."
        action = "Give the scenario and the plan that was made for it and followed since."
        issues.append(Issue("other-scenario", "plan", cause, action))
    at = moment_of(question, "now", now)
    if isinstance(at, Issue):
        issues.append(at)
    over: date | None = None
    if day is not None:
        try:
            over = date.fromisoformat(day)
        except ValueError:
            issues.append(Issue("unknown-day", "day", f"{day!r} is no day.", "Write it like 2026-06-15."))
    if issues or isinstance(at, Issue):
        raise InvalidInput(tuple(issues))
    planned, today = question.horizon.dates(), at.astimezone(ZoneInfo(question.time_zone)).date()
    return at, over or max((one for one in planned if one <= today), default=planned[0])


def _lost(later: Sequence[Job]) -> list[Issue]:
    action = "Give --waiting FILE to keep it, or more --days."
    return [
        Issue(
            "waits-longer",
            "waiting",
            f"{job.job_id} waits for {job.windows[0].start.isoformat()}, behind the next planned days.",
            action,
        )
        for job in later
    ]


def _told_again(later: Sequence[Job], now: datetime) -> list[Event]:
    """Return the jobs that wait as what they will be on a later day: new."""
    return [NewJob(kind="new_job", at=job.intake_at or now, job=job) for job in later]
