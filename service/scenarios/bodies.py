"""How scenarios are sent, for the documentation."""

from typing import Any, Final

from service.scenarios.reading import WORKBOOK, YAML

_MINIMAL: Final = {
    "format": "paigong-scenario-1",
    "name": "one-repair",
    "horizon": {"first_day": "2026-07-15"},
    "branches": [{"branch_id": "B1", "place": {"lat": 28.2, "lon": 112.98}}],
    "technicians": [{"technician_id": "T1", "branch_id": "B1", "skills": {"repair": 3}}],
    "jobs": [{"job_id": "J1", "type": "repair", "place": {"lat": 28.21, "lon": 112.95}}],
}
SCENARIO_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The scenario as JSON, YAML or a workbook, by its Content-Type.",
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Scenario"},
                "examples": {"minimal": {"summary": "One technician, one repair", "value": _MINIMAL}},
            },
            YAML[0]: {"schema": {"type": "string"}},
            WORKBOOK: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
"""The body of operations that take a scenario."""
