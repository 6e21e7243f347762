"""``paigong policy``: what the policy's prices mean."""

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from optimizer.assess import assess
from optimizer.cli.answer import refuse_swapped
from optimizer.cli.console import result_console
from optimizer.cli.question import ScenarioArgument, scenario_named
from optimizer.cli.words import plain
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.plan_file import load_plan
from optimizer.interchange.scenario_file import with_preset
from optimizer.policy_words import Exchange, PolicyWords, policy_words


def policy(
    scenario: ScenarioArgument,
    plan: Annotated[
        str | None,
        typer.Argument(help="Plan file: also say what weighs most in it and what it owes under each preset."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say in words what the policy's prices are worth, and which rule weighs most in a plan."""
    refuse_swapped(scenario)
    question = scenario_named(scenario)
    if plan is None:
        said = policy_words(question)
    else:
        document = load_plan(plan)
        question = with_preset(question, document.plan.preset)
        _belong_together(question, document)
        # The figures are made anew; why jobs are left out stands in the file alone.
        now = assess(question, document.plan)
        reasons = document.assessment.unserved
        said = policy_words(question, document.plan, now.model_copy(update={"unserved": reasons}))
    if as_json:
        typer.echo(said.model_dump_json(indent=1))
    else:
        _print(said)


def _belong_together(scenario: Scenario, document: PlanDocument) -> None:
    if document.plan.scenario_sha256 == scenario_sha256(scenario):
        return
    cause = f"The plan was made for {document.plan.scenario!r} in another state, or for another scenario."
    action = "Give the scenario it was made from, or plan again."
    raise InvalidInput((Issue("plan-of-another-scenario", "plan.scenario_sha256", cause, action),))


def _print(said: PolicyWords) -> None:
    console = result_console()
    _block(console, said.scenario, (said.levels,))
    _block(console, "What prices are compared with", said.yardsticks.sentences)
    _block(console, "What decisions are worth", [one.sentence for one in said.exchanges])
    _print_prices(console, said.prices)
    if said.binding is not None:
        _block(console, "What weighs most in this plan", said.binding.sentences)
    _block(console, "This plan under each preset", [f"{one.sentence} {one.levels}" for one in said.presets])


def _print_prices(console: Console, prices: Sequence[Exchange]) -> None:
    console.print(Text("All other prices", "bold"))
    for (code, title), alike in groupby(prices, key=lambda one: (one.code, one.title)):
        _wrapped(console, Text(f"{code}: {plain(title)}", "dim"), indent=2)
        for one in alike:
            _wrapped(console, Text(plain(one.sentence)), indent=4)


def _block(console: Console, heading: str, sentences: Sequence[str]) -> None:
    if sentences:
        console.print(Text(plain(heading), "bold"))
        for sentence in sentences:
            _wrapped(console, Text(plain(sentence)), indent=2)


def _wrapped(console: Console, text: Text, *, indent: int) -> None:
    """Print a text within the console's width; lines after the first stand two columns further in."""
    hanging = indent + 2
    for number, line in enumerate(text.wrap(console, max(console.width - hanging, 1))):
        line.rstrip()
        console.print(Text(" " * (hanging if number else indent)).append_text(line))
