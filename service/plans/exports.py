"""Plans for other programs and for people: workbook, tables, map, calendars, page; made in the studio."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, assert_never

from optimizer.interchange.plan_export.facts import plan_facts
from optimizer.words.language import Language
from service.plans.questions import Texts, read, roads
from service.studio import Shelf

ExportKind = Literal["xlsx", "csv", "geojson", "ics", "html"]
"""A workbook, its tables as CSV files, a map, a calendar for each technician, a page."""


class Made(NamedTuple):
    """How an export is sent."""

    media_type: str
    """Content-Type."""
    ending: str
    """Ending of its file name."""
    schema: Mapping[str, str]
    """What it is, for the documentation."""


_BYTES: Final = {"type": "string", "format": "binary"}

MADE: Final[dict[ExportKind, Made]] = {
    "xlsx": Made("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", _BYTES),
    "csv": Made("application/zip", "csv.zip", _BYTES),
    "geojson": Made("application/geo+json", "geojson", {"type": "object"}),
    "ics": Made("application/zip", "ics.zip", _BYTES),
    "html": Made("text/html; charset=utf-8", "html", {"type": "string"}),
}
"""Every kind of export."""


def export(_shelf: Shelf, texts: Texts, kind: ExportKind, language: Language, phones: bool) -> bytes:
    """Return a plan in another form.

    Parameters
    ----------
    texts : the plan and its question; of a viewer's question the personal data is left out
    kind : in which form
    language : of headings and names
    phones : whether customers' telephone numbers are written into tables and map
    """
    # Imported here: the libraries for workbooks and calendars take a while to load.
    from optimizer.day_page.of_plan import page_of
    from optimizer.interchange.plan_export.calendars import plan_calendars
    from optimizer.interchange.plan_export.csv_files import plan_csv
    from optimizer.interchange.plan_export.geojson import plan_geojson
    from optimizer.interchange.plan_export.xlsx import plan_xlsx
    from optimizer.travel.roads.route_shapes import route_shapes

    scenario, document = read(texts)
    facts = plan_facts(scenario, document, language, phones=phones)
    match kind:
        case "xlsx":
            return plan_xlsx(facts)
        case "csv":
            return _zipped(plan_csv(facts))
        case "ics":
            return _zipped(plan_calendars(facts))
        case "geojson":
            return plan_geojson(facts, route_shapes(scenario, document.plan, roads())).encode()
        case "html":
            shapes = route_shapes(scenario, document.plan, roads())
            return page_of(scenario, document, roads=roads(), shapes=shapes, language=language).page.encode()
        case _:
            assert_never(kind)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.writestr(
                zipfile.ZipInfo(name), file
            )  # without the present time: equal plans, equal bytes
    return content.getvalue()
