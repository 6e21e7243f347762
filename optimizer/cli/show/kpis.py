"""The key figures."""

from collections.abc import Iterator

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from optimizer.domain.assessment import Kpis
from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.words.numbers import hours, percent
from optimizer.words.restocks import RESTOCK_FIGURE, restocks_made


def kpi_table(scenario: Scenario, document: PlanDocument) -> Iterator[Text | Padding]:
    """Yield the key figures in two columns."""
    kpis = document.assessment.kpis
    figures = [
        ("jobs served", percent(kpis.served_share)),
        ("on time", _on_time(kpis)),
        ("priority weight left out", f"{kpis.unserved_weight}"),
        ("jobs per shift", f"{kpis.jobs_per_shift:.1f}"),
        ("driven", f"{kpis.distance_km:,.1f} km, {hours(kpis.travel_h)}"),
        ("on site", hours(kpis.service_h)),
        ("waited", hours(kpis.waiting_h)),
        ("overtime", hours(kpis.overtime_h)),
        ("most work in a day", hours(kpis.largest_load_h)),
        ("least work in a day", hours(kpis.smallest_load_h)),
    ]
    if kpis.nights_away:
        figures.append(("nights away", f"{kpis.nights_away}"))
    if restocks := restocks_made(document.plan):
        figures.append((RESTOCK_FIGURE["en"], f"{restocks}"))
    if len(figures) % 2:
        figures.append(("", ""))
    yield Text()
    yield Text("Key figures", "bold")
    table = Table.grid(padding=(0, 3, 0, 0))
    for left, right in zip(figures[::2], figures[1::2], strict=True):
        table.add_row(left[0], Text(left[1], "bold"), right[0], Text(right[1], "bold"))
    yield Padding(table, (0, 0, 0, 2))


def _on_time(kpis: Kpis) -> str:
    service = percent(kpis.on_time_share) if kpis.clocks else "no clocks run"
    return f"{service}, desk {kpis.desk_clocks_met} of {kpis.desk_clocks}" if kpis.desk_clocks else service
