"""How studies are sent, for the documentation."""

from typing import Any, Final

from service.scenarios.reading import YAML

_ONE_MORE: Final = {
    "format": "paigong-study-1",
    "name": "one more technician",
    "generate": {"technicians": 2, "jobs": 4},
    "days": 2,
    "warm_up_days": 1,
    "chains": {"least": 2, "most": 2},
    "effort": {"plan_iterations": 20, "replan_iterations": 10, "replan_at": ["12:00"]},
    "variants": [{"name": "one more", "changes": [{"kind": "add_staff", "like": "T001"}]}],
}
STUDY_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The study as JSON or YAML, by its Content-Type, as `paigong whatif` reads it.",
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Study"},
                "examples": {
                    "small": {"summary": "One technician more, two short chains", "value": _ONE_MORE}
                },
            },
            YAML[0]: {"schema": {"type": "string"}},
        },
    }
}
"""The body of the operation that takes a study."""
