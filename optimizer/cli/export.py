"""``paigong export``: a plan for other programs, as a workbook, CSV files, a map, calendars or a page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from optimizer.assess import assess
from optimizer.checker.breach import PLAN
from optimizer.cli.answer import Answered, AnsweredScenario, answered, is_plan, sources
from optimizer.cli.question import scenario_named
from optimizer.cli.report import print_notes
from optimizer.cli.roads import RoadsOption, roads_named
from optimizer.cli.targets import check_targets, write_target, written
from optimizer.diff.assessments import differences
from optimizer.errors import InvalidInput, Issue
from optimizer.words.language import Language

if TYPE_CHECKING:
    from optimizer.travel import Roads


class _Outputs(NamedTuple):
    """What is to be written where; none: not asked for."""

    xlsx: Path | None
    csv: Path | None
    geojson: Path | None
    ics: Path | None
    html: Path | None


def export(
    source: Annotated[
        str,
        typer.Argument(
            help="Plan file, '-' for standard input; for --xlsx and --csv also a scenario: file, folder or name."
        ),
    ],
    xlsx: Annotated[
        Path | None, typer.Option(help="Write an Excel workbook: timetable, bill, clocks, …")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option(help="Write the same tables as CSV files into this folder.")
    ] = None,
    geojson: Annotated[
        Path | None, typer.Option(help="Write a map of the plan: days, stops, branches, jobs left out.")
    ] = None,
    ics: Annotated[
        Path | None, typer.Option(help="Write a calendar for each technician into this folder.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write the plan as one page for a browser.")] = None,
    scenario: AnsweredScenario = None,
    language: Annotated[Language, typer.Option(help="Language of headings.")] = "en",
    phones: Annotated[
        bool,
        typer.Option(
            "--phones",
            help="Write customers' telephone numbers into tables and map; calendars always have them.",
        ),
    ] = False,
    roads: RoadsOption = None,
) -> None:
    """Write a plan for other programs: a workbook, CSV files, a map, calendars; or a scenario as a workbook."""
    outputs = _Outputs(xlsx, csv, geojson, ics, html)
    if not any(outputs):
        raise typer.BadParameter("Say what to write: --xlsx, --csv, --geojson, --ics or --html.")
    files = {"--xlsx": xlsx, "--geojson": geojson, "--html": html}
    folders = {"--csv": csv, "--ics": ics}
    if is_plan(source):
        found = answered(source, scenario)
        check_targets(files, folders, sources(source, scenario, found.document.plan.scenario, found.found))
        _check_worth(found)
        road_data = roads_named(roads) if geojson is not None or html is not None else None
        _export_plan(found, outputs, language, phones=phones, roads=road_data)
        return
    for option, path in (("--geojson", geojson), ("--ics", ics), ("--html", html)):
        if path is not None:
            raise typer.BadParameter("Only a plan has that; name a plan file.", param_hint=option)
    check_targets(files, folders, sources(source, source, ""))
    _export_scenario(source, xlsx, csv, language)


def _export_plan(
    found: Answered, outputs: _Outputs, language: Language, *, phones: bool, roads: "Roads | None"
) -> None:
    # Imported here: the libraries for workbooks and calendars take a while to load.
    from optimizer.interchange.plan_export.calendars import ABOUT_ICS, plan_calendars
    from optimizer.interchange.plan_export.csv_files import ABOUT_CSV, plan_csv
    from optimizer.interchange.plan_export.facts import plan_facts
    from optimizer.interchange.plan_export.geojson import plan_geojson
    from optimizer.interchange.plan_export.xlsx import plan_xlsx
    from optimizer.travel.roads.route_shapes import route_shapes

    facts = plan_facts(found.scenario, found.document, language, phones=phones)
    shapes = route_shapes(found.scenario, found.document.plan, roads)
    made: list[tuple[Path, bytes | dict[str, bytes], str]] = []
    if outputs.xlsx is not None:
        made.append((outputs.xlsx, plan_xlsx(facts), ""))
    if outputs.csv is not None:
        made.append((outputs.csv, plan_csv(facts), ABOUT_CSV))
    if outputs.geojson is not None:
        made.append((outputs.geojson, plan_geojson(facts, shapes).encode(), ""))
    if outputs.ics is not None:
        made.append((outputs.ics, plan_calendars(facts), ABOUT_ICS))
    if outputs.html is not None:
        from optimizer.day_page.of_plan import page_of

        page, notes = page_of(found.scenario, found.document, roads=roads, shapes=shapes, language=language)
        print_notes(notes)
        made.append((outputs.html, page.encode(), ""))
    for path, content, about in made:  # everything is made before anything is written
        write_target(path, content, about)


def _export_scenario(source: str, xlsx: Path | None, csv: Path | None, language: Language) -> None:
    from optimizer.interchange.workbook import write_csv_folder, write_workbook

    scenario = scenario_named(source)
    if xlsx is not None:
        written(xlsx, lambda: write_workbook(scenario, xlsx, language))
    if csv is not None:
        written(csv, lambda: write_csv_folder(scenario, csv, language))


def _check_worth(found: Answered) -> None:
    """Refuse a plan file that does not say what its plan is: nobody shall work from a bill that is not right."""
    assessment = assess(found.scenario, found.document.plan)
    wrong = [finding.sentence for finding in assessment.findings if finding.code == PLAN]
    wrong += differences(found.document.assessment, assessment)
    if wrong:
        action = "`paigong check` with the same scenario and plan lists everything; plan again."
        raise InvalidInput(tuple(Issue("plan-not-sound", "plan", cause, action) for cause in wrong[:20]))
