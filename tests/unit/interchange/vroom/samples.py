"""Small requests: one to vary by hand, and seeded random ones."""

import random
from typing import Any

Json = dict[str, Any]

DURATIONS = [[0, 100, 200], [100, 0, 150], [200, 150, 0]]


def two_jobs(**vehicle: Any) -> Json:
    """Return a request of jobs 1 and 2 at rows 1 and 2, and vehicle 1 from and to row 0."""
    return {
        "vehicles": [{"id": 1, "start_index": 0, "end_index": 0, **vehicle}],
        "jobs": [
            {"id": 1, "location_index": 1, "service": 10},
            {"id": 2, "location_index": 2, "setup": 5},
        ],
        "matrices": {"car": {"durations": [list(row) for row in DURATIONS]}},
    }


def random_shipments(seed: int) -> Json:
    """Return a random request that has shipments too.

    Parameters
    ----------
    seed : start of the random numbers
    """
    request = random_request(seed)
    rng = random.Random(f"shipments {seed}")
    places = len(request["matrices"]["car"]["durations"])
    capacity = request["vehicles"][0].get("capacity", [])
    request["shipments"] = [
        {
            "pickup": _end(rng, 2 * row + 1, places),
            "delivery": _end(rng, 2 * row + 1, places),
            "amount": [rng.randint(0, max(1, one // 2)) for one in capacity],
            "priority": rng.choice((0, 0, 5)),
        }
        for row in range(rng.randint(1, 3))
    ]
    return request


def _end(rng: random.Random, number: int, places: int) -> Json:
    end: Json = {"id": number, "location_index": rng.randrange(places), "service": rng.choice((0, 60))}
    if rng.random() < 0.3:
        opens = rng.randint(0, 3000)
        end["time_windows"] = [[opens, opens + rng.randint(200, 4000)]]
    return end


def random_request(seed: int) -> Json:
    """Return a small request in which every feature turns up now and then.

    Speed factors and durations are chosen so that scaled drives are whole seconds, and break windows are longer than
    any drive: there our timing and VROOM's are the same.
    """
    rng = random.Random(seed)
    places = rng.randint(3, 8)
    points = [(rng.randint(0, 1000), rng.randint(0, 1000)) for _ in range(places)]
    durations = [
        [20 * round((abs(x - a) + abs(y - b)) * rng.uniform(1, 1.2) / 20) for a, b in points]
        for x, y in points
    ]
    matrices: Json = {"durations": durations}
    priced = rng.random() < 0.25
    if priced:
        matrices["distances"] = [[7 * seconds for seconds in row] for row in durations]
    own_costs = not priced and rng.random() < 0.2
    if own_costs:
        matrices["costs"] = [
            [0 if row == column else rng.randint(1, 900) for column in range(places)] for row in range(places)
        ]
    dimensions = rng.choice((0, 0, 1, 2))
    tight = rng.random() < 0.6
    request: Json = {
        "vehicles": [_vehicle(rng, row, places, dimensions, tight) for row in range(rng.randint(1, 3))],
        "jobs": [_job(rng, row, places, dimensions) for row in range(rng.randint(1, 7))],
        "matrices": {"car": matrices},
    }
    for vehicle in request["vehicles"]:
        if priced and rng.random() < 0.7:
            vehicle["costs"] = {
                "fixed": rng.choice((0, 500)),
                "per_hour": rng.choice((0, 3600, 7200)),
                "per_km": 1000,
            }
        elif not own_costs and rng.random() < 0.2:
            vehicle["costs"] = {"fixed": rng.choice((0, 300)), "per_hour": 3600}
    return request


def _vehicle(rng: random.Random, row: int, places: int, dimensions: int, tight: bool) -> Json:
    vehicle: Json = {"id": 10 + row, "skills": sorted(rng.sample((1, 2, 3), rng.randint(1, 3)))}
    ends = rng.choice(("both", "both", "start", "end"))
    if ends != "end":
        vehicle["start_index"] = rng.randrange(places)
    if ends != "start":
        vehicle["end_index"] = rng.randrange(places)
    if dimensions:
        vehicle["capacity"] = [rng.randint(2, 8) for _ in range(dimensions)]
    begins = 1000 * rng.randint(0, 3)
    if tight or rng.random() < 0.5:
        vehicle["time_window"] = [begins, begins + rng.choice((6000, 9000, 14000))]
    breaks = rng.choice((0, 0, 1, 2))
    vehicle["breaks"] = [
        {
            "id": place,
            "service": rng.choice((0, 300, 600)),
            "time_windows": [[begins + 2500 * place, begins + 2500 * (place + 1)]],
        }
        for place in range(breaks)
    ]
    if rng.random() < 0.2:
        vehicle["max_tasks"] = rng.randint(1, 4)
    if rng.random() < 0.2:
        vehicle["max_travel_time"] = rng.randint(1500, 4000)
    if rng.random() < 0.3:
        vehicle["speed_factor"] = rng.choice((0.5, 0.8, 1.25, 2))
    if rng.random() < 0.3:
        vehicle["type"] = "slow"
    return vehicle


def _job(rng: random.Random, row: int, places: int, dimensions: int) -> Json:
    job: Json = {"id": 100 + row, "location_index": rng.randrange(places)}
    job["service"] = rng.choice((0, 300, 900, 1800))
    job["setup"] = rng.choice((0, 0, 200))
    job["skills"] = rng.choice(([], [], [1], [2], [1, 3]))
    job["priority"] = rng.choice((0, 0, 1, 10))
    if dimensions:
        job[rng.choice(("delivery", "pickup"))] = [rng.randint(0, 4) for _ in range(dimensions)]
    if rng.random() < 0.3:
        job["service_per_type"] = {"slow": job["service"] + 600}
    windows = rng.choice((0, 1, 1, 2))
    if windows:
        opens = sorted(rng.sample(range(0, 14000, 1000), windows))
        job["time_windows"] = [[at, at + rng.choice((500, 900))] for at in opens]
    return job
