"""A tiny instance by hand: four patients on a line, the office at 0, three caregivers.

Places on the line: ann 10, bob 20, eve 20, zoe -30; a unit of way takes a unit of time. Every service takes 5.

ann needs `care`, window 30 to 40. bob needs `care` and `lift` together, window 0 to 100. eve needs `care`, and `lift`
10 to 12 later, window 50 to 55. zoe needs `wash`, window 0 to 20. c1 offers care, c2 lift, c3 wash and care.

The best plan costs 55. zoe takes c3 60 there and back and is tardy by 10: she is 30 away and her window closes at 20.
c1 and c2 must go to 20 and back, 40 each; so the distance is 140 at least. eve's second service cannot start before 60,
tardy by 5. These are the least possible amounts each, and one plan has them all: c1 is with ann from 30 to 35, with bob
from 45 (c2 as well) to 50, with eve from 50 to 55; c2 is with eve at 60. (140 + 15 + 10) / 3 = 55.
"""

import copy
import json
from typing import Any

Json = dict[str, Any]

PLACES = (0, 10, 20, 20, -30)
INSTANCE: Json = {
    "patients": [
        {
            "id": "ann",
            "location": [10, 0],
            "time_window": [30, 40],
            "required_caregivers": [{"service": "care", "duration": 5}],
        },
        {
            "id": "bob",
            "location": [20, 0],
            "time_window": [0, 100],
            "required_caregivers": [{"service": "care", "duration": 5}, {"service": "lift", "duration": 5}],
            "synchronization": {"type": "simultaneous"},
        },
        {
            "id": "eve",
            "location": [20, 0],
            "time_window": [50, 55],
            "required_caregivers": [{"service": "care", "duration": 5}, {"service": "lift", "duration": 5}],
            "synchronization": {"type": "sequential", "distance": [10, 12]},
        },
        {
            "id": "zoe",
            "location": [-30, 0],
            "time_window": [0, 20],
            "required_caregivers": [{"service": "wash", "duration": 5}],
        },
    ],
    "services": [{"id": "care", "default_duration": 5}, {"id": "lift"}, {"id": "wash"}],
    "caregivers": [
        {"id": "c1", "abilities": ["care"]},
        {"id": "c2", "abilities": ["lift"]},
        {"id": "c3", "abilities": ["wash", "care"]},
    ],
    "central_offices": [{"id": "office", "location": [0, 0]}],
    "distances": [[float(abs(a - b)) for b in PLACES] for a in PLACES],
}

ANSWER: Json = {
    # eve's second service starts at 60, 10 after the first, but her window closes at 55: tardy by 5.
    "cost": {"distance": 140.0, "tardiness": 15.0, "max_tardiness": 10.0, "total": 55.0},
    "caregivers": 3,
    "routes": [
        {
            "caregiver": "c1",
            "visits": [
                {"patient": "ann", "service": "care", "start": 30.0},
                {"patient": "bob", "service": "care", "start": 45.0},
                {"patient": "eve", "service": "care", "start": 50.0},
            ],
        },
        {
            "caregiver": "c2",
            "visits": [
                {"patient": "bob", "service": "lift", "start": 45.0},
                {"patient": "eve", "service": "lift", "start": 60.0},
            ],
        },
        {"caregiver": "c3", "visits": [{"patient": "zoe", "service": "wash", "start": 30.0}]},
    ],
}


def instance_text(**changes: Any) -> str:
    """Return the instance as JSON, some fields changed."""
    return json.dumps({**copy.deepcopy(INSTANCE), **changes})
