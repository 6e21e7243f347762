"""Installed units by area and product as comma-separated values."""

from typing import Final

from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.generate.area_demand import MOST_UNITS
from optimizer.whatif.demand.table import read_table

COLUMNS: Final = ("area", "product", "units")


def read_installed(text: str, scenario: Scenario) -> dict[tuple[str | None, str | None], int]:
    """Read a table of installed units.

    Parameters
    ----------
    text : comma-separated values; the first line names the columns area, product and units; area and product may be
        left empty
    scenario : the study's base scenario, which knows the areas

    Returns
    -------
    area and product → installed units

    Raises
    ------
    InvalidInput
        The columns are others, an area is unknown or comes twice with a product, or a number is none.
    """
    issues: list[Issue] = []
    found: dict[tuple[str | None, str | None], int] = {}
    areas = {job.area for job in scenario.jobs}
    for cells in read_table(text, COLUMNS, (), issues):
        key = cells["area"] or None, cells.name("product")
        units = cells.number("units", least=1, most=MOST_UNITS, whole=True)
        if not cells["units"]:
            cells.wrong("no-units", "units", "The line gives no units.", "Count them.")
        if key[0] not in areas:
            known = ", ".join(sorted(area for area in areas if area is not None))
            cells.wrong(
                "unknown-area", "area", f"The scenario has no area {cells['area']!r}.", f"Use one of {known}."
            )
        if key in found:
            cause = f"{cells['product']} in {cells['area']} comes twice."
            cells.wrong("named-twice", "area", cause, "Put the units into one line.")
        found[key] = round(units or 1)
        issues += cells.issues
    if issues:
        raise InvalidInput(tuple(issues))
    return found
