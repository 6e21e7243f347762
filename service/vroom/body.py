"""How a VROOM request is sent, for the documentation."""

from typing import Any, Final

from optimizer.interchange.vroom.request import Request

_EXAMPLE: Final = {
    "vehicles": [{"id": 1, "start": [112.98, 28.2], "end": [112.98, 28.2], "time_window": [28800, 64800]}],
    "jobs": [
        {"id": 1, "location": [112.95, 28.21], "service": 1800},
        {"id": 2, "location": [113.03, 28.17], "service": 2700, "time_windows": [[32400, 36000]]},
    ],
}
_MATRIX: Final = {
    "type": "array",
    "items": {"type": "array", "items": {"type": "integer", "minimum": 0}},
}
_MATRICES: Final = {
    "type": "object",
    "description": "Travel by profile, as square matrices whose rows `location_index`, `start_index` and `end_index` "
    "name; without them travel is estimated from the coordinates.",
    "additionalProperties": {
        "type": "object",
        "properties": {
            "durations": {**_MATRIX, "description": "Drives, s."},
            "distances": {**_MATRIX, "description": "Drives, m."},
            "costs": {**_MATRIX, "description": "What each drive costs."},
        },
        "required": ["durations"],
    },
}
_OPTIONS: Final = {
    "type": "object",
    "description": "As VROOM's own server takes them.",
    "properties": {
        "x": {"type": "number", "description": "Exploration level, 0 (quick) to 5 (thorough)."},
        "t": {"type": "number", "description": "Searches side by side."},
        "l": {"type": "number", "description": "Limit, s; negative: as the exploration level has it."},
    },
}


def _request_schema() -> dict[str, Any]:
    """Return the request's schema as one piece: VROOM's jobs must not be mistaken for the service's own."""
    whole = Request.model_json_schema()
    parts = whole.pop("$defs")

    def unfolded(value: Any) -> Any:
        if isinstance(value, list):
            return [unfolded(one) for one in value]
        if not isinstance(value, dict):
            return value
        if "$ref" in value:
            part = parts[value["$ref"].rpartition("/")[2]]
            value = {**part, **{name: one for name, one in value.items() if name != "$ref"}}
        return {name: unfolded(one) for name, one in value.items()}

    schema: dict[str, Any] = unfolded(whole)
    schema["properties"] |= {"matrices": _MATRICES, "options": _OPTIONS}
    return schema


VROOM_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "A request as VROOM takes it; keys that VROOM does not know are ignored.",
        "content": {
            "application/json": {
                "schema": _request_schema(),
                "examples": {"minimal": {"summary": "One vehicle, two jobs", "value": _EXAMPLE}},
            }
        },
    }
}
"""The body of a VROOM request."""
