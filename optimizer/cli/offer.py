"""``paigong offer``: when could a new job be done, by whom, and what would it add?"""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from pydantic import TypeAdapter, ValidationError
from rich.table import Table
from rich.text import Text

from optimizer.cli.answer import refuse_swapped
from optimizer.cli.console import result_console, show
from optimizer.cli.progress import compile_kernels
from optimizer.cli.question import ScenarioArgument, scenario_named
from optimizer.cli.report import print_notes
from optimizer.cli.roads import RoadsOption, roads_named
from optimizer.cli.show.names import technician_named, work
from optimizer.cli.words import plain
from optimizer.domain.job import Job
from optimizer.domain.offer import Offer, OfferList, Suitability, SuitabilityList
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Instant, Window
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.job_file import load_job
from optimizer.interchange.plan_file import load_plan
from optimizer.interchange.scenario_file import with_preset
from optimizer.words.moments import clock
from optimizer.words.numbers import count, money
from optimizer.words.offers import late_words, window_words
from optimizer.words.plan_book import PlanBook

_MOMENT: TypeAdapter[datetime] = TypeAdapter(Instant)


def offer(
    scenario: ScenarioArgument,
    plan: Annotated[str, typer.Argument(help="Plan file, as written by `paigong plan --out`.")],
    job: Annotated[
        str, typer.Argument(help="File with the new job, its fields as among the jobs of a scenario.")
    ],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="So many offers at most.")] = 10,
    slot: Annotated[
        list[str] | None,
        typer.Option(
            metavar="START/END",
            help="Offer this window, such as 2026-07-15T10:00+08:00/2026-07-15T12:00+08:00; may be given several "
            "times. Without it: windows of two hours on all days ahead.",
        ),
    ] = None,
    half_days: Annotated[bool, typer.Option("--half-days", help="Offer halves of days.")] = False,
    technicians: Annotated[
        str | None,
        typer.Option(
            metavar="START/END",
            help="Say of every technician whether they could do it in this window, and why not.",
        ),
    ] = None,
    others_may_move: Annotated[
        bool,
        typer.Option(
            "--others-may-move", help="Let starts that other customers were told move within their windows."
        ),
    ] = False,
    roads: RoadsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Say when a new job could be done, by whom, what it adds to the bill, and who else could; nobody told is moved."""
    # Imported here: the kernels' compiler takes a second to load, which no other command should pay.
    from optimizer.offers import Offerer, slots_of

    refuse_swapped(scenario)
    if slot and half_days:
        raise typer.BadParameter("Give windows, or ask for half days.", param_hint="--half-days")
    if technicians is not None and (slot or half_days):
        raise typer.BadParameter("Its window is the only one.", param_hint="--technicians")
    windows = _windows("--slot", slot or [])
    asked = _windows("--technicians", [technicians] if technicians is not None else [])
    document = load_plan(plan)
    question, new = with_preset(scenario_named(scenario), document.plan.preset), load_job(job)
    road_data = roads_named(roads)
    compile_kernels()
    offerer = Offerer(question, document, roads=road_data)
    print_notes(offerer.standing.compiled.travel.road_warnings)
    if asked:
        found = offerer.technicians_for(new, asked[0], others_may_move=others_may_move)
        answer = SuitabilityList(
            scenario=question.name, job_id=new.job_id, window=asked[0], technicians=found
        )
        _print_technicians(question, PlanBook(question, document), answer, as_json=as_json)
        return
    slots = windows or slots_of(question, new, "half day" if half_days else "two hours")
    offers = offerer.offers(new, slots=slots, limit=limit, others_may_move=others_may_move)
    listed = OfferList(scenario=question.name, job_id=new.job_id, looked_at=len(slots), offers=offers)
    if as_json:
        typer.echo(listed.model_dump_json(indent=1))
    else:
        show(result_console(), _offers(question, PlanBook(question, document), new, listed))


def _windows(option: str, spans: list[str]) -> tuple[Window, ...]:
    """Return the windows of the command line; all mistakes are said at once."""
    found, issues = [], []
    for said in spans:
        start, _, end = said.partition("/")
        try:
            found.append(Window(start=_MOMENT.validate_python(start), end=_MOMENT.validate_python(end)))
        except ValidationError:
            cause = f"{said!r} is no window."
            action = "Give start and end with offset: 2026-07-15T10:00+08:00/2026-07-15T12:00+08:00."
            issues.append(Issue("no-window", option, cause, action))
    if issues:
        raise InvalidInput(tuple(issues))
    return tuple(found)


def _offers(question: Scenario, book: PlanBook, job: Job, answer: OfferList) -> Iterator[Text | Table]:
    said = f"{answer.job_id} ({work(job)}): {count(len(answer.offers), 'offer')} of "
    yield Text(plain(f"{said}{count(answer.looked_at, 'window')} looked at"), "bold")
    if not answer.offers:
        yield Text("`paigong offer --technicians START END` says of a window why nobody can.")
        return
    zone = ZoneInfo(question.time_zone)
    table = _table("window", "starts", "who", "adds", "clocks", "slides", "who else")
    for one in answer.offers:
        table.add_row(
            window_words(one.window, zone),
            clock(one.start, zone),
            "\n".join(
                technician_named(book, who) for who in dict.fromkeys(v.technician_id for v in one.visits)
            ),
            Text(money(one.added_cents), justify="right"),
            _clocks(one),
            str(len(one.slides) + len(one.moves)) if one.slides or one.moves else "",
            "\n".join(plain(f"{other.technician_id} {money(other.added_cents)}") for other in one.further),
        )
    yield table


def _clocks(one: Offer) -> Text:
    missed = [plain(late_words(state)) for state in one.clocks if state.state == "missed"]
    lost = sum(change.effect == "lost" for change in one.other_clocks)
    said = [f"misses {words}" for words in missed] + (
        [f"{count(lost, 'clock')} of others lost"] if lost else []
    )
    return Text("\n".join(said), "red") if said else Text("met" if one.clocks else "", "green")


def _print_technicians(question: Scenario, book: PlanBook, answer: SuitabilityList, *, as_json: bool) -> None:
    if as_json:
        typer.echo(answer.model_dump_json(indent=1))
        return
    able = sum(one.able for one in answer.technicians)
    window = window_words(answer.window, ZoneInfo(question.time_zone))
    said = f"{answer.job_id}, {window}: {able} of {count(len(answer.technicians), 'technician')} could do it"
    table = _table("who", "adds", "")
    for one in answer.technicians:
        table.add_row(technician_named(book, one.technician_id), _adds(one), plain(one.sentence))
    show(result_console(), (Text(plain(said), "bold"), table))


def _adds(one: Suitability) -> Text:
    return Text("" if one.added_cents is None else money(one.added_cents), justify="right")


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold cyan")
    for name in columns:
        table.add_column(name, justify="right" if name in ("adds", "slides") else "left", overflow="fold")
    return table
