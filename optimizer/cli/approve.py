"""``paigong approve``: the manager's yes to days of a plan, or its withdrawal."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from optimizer import approval
from optimizer.cli.answer import refuse_swapped
from optimizer.cli.moments import moment_of
from optimizer.cli.question import ScenarioArgument, scenario_files, scenario_named
from optimizer.cli.targets import check_targets, write_target
from optimizer.cli.words import plain
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.plan_file import load_plan
from optimizer.interchange.scenario_file import with_preset
from optimizer.interchange.scenario_text import scenario_json, scenario_yaml
from optimizer.words.approvals import day_states
from optimizer.words.moments import day as day_words


def approve(
    scenario: ScenarioArgument,
    plan: Annotated[
        str | None, typer.Argument(help="Plan file made for this scenario; not needed to withdraw.")
    ] = None,
    day: Annotated[
        list[str] | None, typer.Option(help="Which day, e.g. 2026-06-15; may be repeated.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who approves.")] = None,
    at: Annotated[
        str | None,
        typer.Option(help="When, e.g. 2026-06-12T16:00; without it the scenario's present time."),
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Make these days drafts again; takes no plan.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the scenario with its approvals to this file (.json: JSON, else YAML)."),
    ] = None,
) -> None:
    """Approve days of a plan: planned again they stay as they are, and take nothing new but emergencies."""
    refuse_swapped(scenario)
    target = _usable(plan, day, by, at, out, withdraw=withdraw)
    question = scenario_named(scenario)
    check_targets({"--out": target}, {}, (*scenario_files(scenario), *([] if plan is None else [Path(plan)])))
    days, issues = _days(day or [])
    if withdraw:
        changed = _withdrawn(question, days, issues)
    else:
        changed = _approved(question, load_plan(plan or "").plan, days, issues, by or "", at)
    text = scenario_json(changed) if target.suffix.lower() == ".json" else scenario_yaml(changed)
    write_target(target, text.encode())
    for one, state in day_states(changed).items():
        typer.echo(f"{day_words(one)}: {plain(state)}")


def _usable(
    plan: str | None,
    day: list[str] | None,
    by: str | None,
    at: str | None,
    out: Path | None,
    *,
    withdraw: bool,
) -> Path:
    """Return where to write; complain about a command line that does not say what it must."""
    if not day:
        raise typer.BadParameter("Say which day; it may be repeated.", param_hint="--day")
    if withdraw and (plan is not None or by is not None or at is not None):
        raise typer.BadParameter("It takes no plan, no --by and no --at.", param_hint="--withdraw")
    if not withdraw and plan is None:
        raise typer.BadParameter("Name the plan whose days are approved.", param_hint="PLAN")
    if not withdraw and (by is None or not by.strip() or len(by) > 200):
        raise typer.BadParameter("Say who approves, in 1 to 200 characters.", param_hint="--by")
    if out is None:
        raise typer.BadParameter("Say where the scenario with its approvals goes.", param_hint="--out")
    if out.suffix.lower() in (".xlsx", ".csv"):
        raise typer.BadParameter(
            "It writes YAML or JSON; `paigong export` makes sheets of it.", param_hint="--out"
        )
    return out


def _approved(
    question: Scenario, plan: Plan, days: Sequence[date], issues: list[Issue], by: str, at: str | None
) -> Scenario:
    moment = _moment(question, at, issues)
    asked = with_preset(question, plan.preset)  # a plan may have been made under another preset
    issues.extend(approval.approval_issues(asked, plan, days))
    if issues:
        raise InvalidInput(tuple(issues))
    approvals = approval.approve(asked, plan, days, by=by.strip(), at=moment).approvals
    return question.model_copy(update={"approvals": approvals})


def _withdrawn(question: Scenario, days: Sequence[date], issues: list[Issue]) -> Scenario:
    issues.extend(approval.withdrawal_issues(question, days))
    if issues:
        raise InvalidInput(tuple(issues))
    return approval.withdraw(question, days)


def _days(texts: Sequence[str]) -> tuple[list[date], list[Issue]]:
    """Return the days that were meant, and what is none."""
    days, issues = [], []
    for text in texts:
        try:
            days.append(date.fromisoformat(text))
        except ValueError:
            issues.append(Issue("unknown-day", "day", f"{text!r} is no day.", "Write it like 2026-06-15."))
    return days, issues


def _moment(question: Scenario, text: str | None, issues: list[Issue]) -> datetime:
    """Return when the days are approved; without an offset it is local time."""
    if text is None:
        return approval.present_time(question)
    at = moment_of(question, "at", text)
    if isinstance(at, Issue):
        issues.append(at)
        return approval.present_time(question)
    return at
