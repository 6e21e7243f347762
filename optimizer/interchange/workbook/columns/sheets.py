"""Every sheet of the workbook; `SHEETS` is the table of contents, parents before what belongs to them."""

from typing import Final

from optimizer.interchange.workbook.columns.column import Sheet
from optimizer.interchange.workbook.columns.sheets_of_approvals import (
    APPROVALS,
    APPROVED_OUTINGS,
    APPROVED_TOOLS,
    APPROVED_VISITS,
)
from optimizer.interchange.workbook.columns.sheets_of_lines import LINES, STATIONS
from optimizer.interchange.workbook.columns.sheets_of_people import (
    ABSENCES,
    ATTENDANCE,
    BENCH,
    BRANCHES,
    CERTIFICATES,
    LEAVE,
    SHARED_TOOLS,
    SHIFTS,
    STOCK,
    SUSPENSIONS,
    TECHNICIAN_DETAILS,
    TECHNICIANS,
)
from optimizer.interchange.workbook.columns.sheets_of_policy import (
    JOB_TYPES,
    KITS,
    MATRICES,
    RULES,
    SCENARIO,
    SPEED_BANDS,
    SPEED_PROFILES,
)
from optimizer.interchange.workbook.columns.sheets_of_slow_areas import SLOW_AREAS
from optimizer.interchange.workbook.columns.sheets_of_ties import (
    AFTER,
    CREWS,
    GROUPS,
    JOB_MATES,
    TYPE_MATES,
)
from optimizer.interchange.workbook.columns.sheets_of_work import (
    JOB_DETAILS,
    JOBS,
    PINS,
    PROMISES,
    REWORK,
    UNDER_WAY,
    WINDOWS,
)

SHEETS: Final[tuple[Sheet, ...]] = (
    SCENARIO,
    BRANCHES,
    TECHNICIANS,
    SHIFTS,
    JOBS,
    JOB_TYPES,
    STOCK,
    CERTIFICATES,
    LEAVE,
    PINS,
    KITS,
    RULES,
    WINDOWS,
    JOB_DETAILS,
    AFTER,
    GROUPS,
    CREWS,
    TYPE_MATES,
    JOB_MATES,
    SHARED_TOOLS,
    TECHNICIAN_DETAILS,
    REWORK,
    UNDER_WAY,
    PROMISES,
    APPROVALS,
    APPROVED_VISITS,
    APPROVED_TOOLS,
    APPROVED_OUTINGS,
    ABSENCES,
    SUSPENSIONS,
    ATTENDANCE,
    BENCH,
    SPEED_PROFILES,
    SPEED_BANDS,
    LINES,
    STATIONS,
    SLOW_AREAS,
    MATRICES,
)
"""All sheets: those of every day first."""

READ_ME: Final = ("Read me", "说明")
"""Names of the sheet that is for people only."""
