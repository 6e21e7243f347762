"""The checker: silent about a true answer, and every kind of lie is caught."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from optimizer.control import Iterations
from optimizer.interchange.vroom.check import findings
from optimizer.interchange.vroom.door import solve_vroom
from optimizer.interchange.vroom.read import Asked, read_request
from tests.unit.interchange.vroom.samples import DURATIONS, Json, two_jobs


def rich_request() -> Json:
    """Return a request whose answer has every part: routes of both vehicles, a break, loads, distances, a lost job.

    Vehicle 1 serves job 1 and then job 2, which waits for its window; vehicle 2 serves job 3; job 4 needs skill 9.
    """
    request = two_jobs(
        skills=[1],
        capacity=[4],
        time_window=[0, 2000],
        costs={"per_km": 1000},
        breaks=[{"id": 5, "service": 30, "time_windows": [[0, 1000]]}],
    )
    request["matrices"]["car"]["distances"] = DURATIONS
    request["vehicles"].append({"id": 2, "start_index": 0, "capacity": [4], "skills": [2], "max_tasks": 2})
    request["jobs"][0] |= {
        "skills": [1],
        "delivery": [3],
        "time_windows": [[100, 300]],
        "location": [9.0, 48.0],
    }
    request["jobs"][1] |= {"skills": [1], "pickup": [4], "time_windows": [[700, 900]], "priority": 3}
    request["jobs"].append({"id": 3, "location_index": 1, "service": 60, "skills": [2]})
    request["jobs"].append({"id": 4, "location_index": 1, "skills": [9]})
    return request


@pytest.fixture(scope="module")
def asked() -> Asked:
    return read_request(rich_request())


@pytest.fixture(scope="module")
def answer() -> Json:
    return solve_vroom(rich_request(), stop=Iterations(500))


def test_a_true_answer_has_no_findings(asked: Asked, answer: Json) -> None:
    assert [route["vehicle"] for route in answer["routes"]] == [1, 2]
    assert [step["type"] for step in answer["routes"][0]["steps"]].count("break") == 1
    assert answer["summary"]["waiting_time"] > 0
    assert findings(asked, answer) == ()


def first_of(answer: Json, kind: str) -> Json:
    step: Json = next(one for one in answer["routes"][0]["steps"] if one["type"] == kind)
    return step


def shift(answer: Json, seconds: int) -> None:
    for step in answer["routes"][0]["steps"]:
        step["arrival"] += seconds


def lose(answer: Json) -> None:
    answer["unassigned"].clear()


def double(answer: Json) -> None:
    answer["unassigned"].append({"id": 1})


def invent(answer: Json) -> None:
    answer["unassigned"].append({"id": 77})


def route_twice(answer: Json) -> None:
    answer["routes"][1] = copy.deepcopy(answer["routes"][0])


def unknown_vehicle(answer: Json) -> None:
    answer["routes"][1]["vehicle"] = 9


def swap_vehicles(answer: Json) -> None:
    one, other = answer["routes"]
    one["vehicle"], other["vehicle"] = other["vehicle"], one["vehicle"]


def drop_the_end(answer: Json) -> None:
    answer["routes"][0]["steps"].pop()


def drop_the_jobs(answer: Json) -> None:
    steps = answer["routes"][1]["steps"]
    answer["routes"][1]["steps"] = [step for step in steps if step["type"] != "job"]


def drop_the_break(answer: Json) -> None:
    answer["routes"][0]["steps"].remove(first_of(answer, "break"))


def another_break(answer: Json) -> None:
    first_of(answer, "break")["id"] = 6


def late_break(answer: Json) -> None:
    first_of(answer, "break")["waiting_time"] += 1001


def drive_faster(answer: Json) -> None:
    for step in answer["routes"][0]["steps"][1:]:
        step["arrival"] -= 1


def swap_jobs(answer: Json) -> None:
    jobs = [step for step in answer["routes"][0]["steps"] if step["type"] == "job"]
    for name in ("id", "job", "location_index", "location", "setup", "service"):
        values = [step.pop(name, None) for step in jobs]
        for step, value in zip(jobs, reversed(values), strict=True):
            if value is not None:
                step[name] = value


MUTATIONS: dict[str, tuple[Callable[[Json], Any], str]] = {
    "a lost job": (lose, "Job 4 stands 0 times"),
    "a doubled job": (double, "Job 1 stands 2 times"),
    "an invented job": (invent, "Job 77 is not in the request"),
    "a doubled route": (route_twice, "Vehicle 1 has 2 routes"),
    "an unknown vehicle": (unknown_vehicle, "Vehicle 9 has 1 routes, or is not in the request"),
    "skills": (swap_vehicles, "needs skills [1]"),
    "no end": (drop_the_end, "the steps do not go from start"),
    "no job": (drop_the_jobs, "the route has no job"),
    "no break": (drop_the_break, "break 5 is not taken"),
    "another break": (another_break, "break 6 is not the vehicle's"),
    "a late break": (late_break, "the break 5 begins at"),
    "a short break": (
        lambda answer: first_of(answer, "break").update(service=29),
        "break 5 takes 29 s, not 30",
    ),
    "a short drive": (drive_faster, "takes 99 s, not 100"),
    "another order": (swap_jobs, "the drive to the job 2 takes"),
    "before the window": (lambda answer: shift(answer, -50), "outside its time windows"),
    "before the hours": (lambda answer: shift(answer, -5000), "outside 0 to 2000"),
    "after the hours": (lambda answer: shift(answer, 5000), "outside 0 to 2000"),
    "time gone backwards": (lambda answer: first_of(answer, "job").update(waiting_time=-1), "begins before"),
    "short work": (lambda answer: first_of(answer, "job").update(service=9), "takes 0 + 9 s, not 0 + 10"),
    "set-up": (lambda answer: first_of(answer, "job").update(setup=7), "takes 7 + 10 s, not 0 + 10"),
    "driven": (lambda answer: first_of(answer, "end").update(duration=1), "says 1 s driven, not 450"),
    "metres": (lambda answer: first_of(answer, "end").update(distance=1), "says 1 m driven, not 450"),
    "load": (lambda answer: first_of(answer, "start").update(load=[2]), "the start says load 2, not 3"),
    "row": (lambda answer: first_of(answer, "job").update(location_index=2), "the job 1 is at row 2, not 1"),
    "point": (
        lambda answer: first_of(answer, "job").update(location=[9.0, 48.1]),
        "the job 1 is at [9.0, 48.1]",
    ),
    "route's cost": (lambda answer: answer["routes"][0].update(cost=899), "cost is 899, not 900"),
    "route's distance": (lambda answer: answer["routes"][0].update(distance=1), "distance is 1, not 450"),
    "route's duration": (lambda answer: answer["routes"][0].update(duration=1), "duration is 1, not 450"),
    "route's service": (lambda answer: answer["routes"][0].update(service=1), "service is 1, not 40"),
    "route's set-up": (lambda answer: answer["routes"][0].update(setup=1), "setup is 1, not 5"),
    "route's waiting": (lambda answer: answer["routes"][0].update(waiting_time=1), "waiting_time is 1, not"),
    "route's priority": (lambda answer: answer["routes"][0].update(priority=1), "priority is 1, not 3"),
    "route's delivery": (lambda answer: answer["routes"][0].update(delivery=[1]), "delivery is 1, not 3"),
    "route's pickup": (lambda answer: answer["routes"][0].update(pickup=[1]), "pickup is 1, not 4"),
    "summary's routes": (lambda answer: answer["summary"].update(routes=1), "counts routes or unassigned"),
    "summary's unassigned": (
        lambda answer: answer["summary"].update(unassigned=0),
        "counts routes or unassigned",
    ),
    "summary's cost": (lambda answer: answer["summary"].update(cost=1), "The summary's cost is not"),
    "summary's pickup": (lambda answer: answer["summary"].update(pickup=[1]), "The summary's pickup is not"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_lie_is_caught(name: str, asked: Asked, answer: Json) -> None:
    change, expected = MUTATIONS[name]
    changed = copy.deepcopy(answer)
    change(changed)
    assert any(expected in finding for finding in findings(asked, changed)), findings(asked, changed)


def tightened(**limits: Any) -> Asked:
    request = rich_request()
    request["vehicles"][0] |= limits
    return read_request(request)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"max_tasks": 1}, "it has 2 jobs, over max_tasks 1."),
        ({"max_travel_time": 449}, "it drives 450 s, over max_travel_time 449."),
        ({"capacity": [3]}, "at the job 2 the load is 4, over 3."),
    ],
)
def test_limits_are_kept(limits: Json, expected: str, answer: Json) -> None:
    assert any(expected in finding for finding in findings(tightened(**limits), answer))


def shipped_request() -> Json:
    """Return a request with two vehicles, of which the first alone may take the shipment from row 1 to row 2."""
    request = two_jobs(capacity=[2], skills=[1])
    request["vehicles"].append({"id": 2, "start_index": 0, "capacity": [2], "skills": [2]})
    request["jobs"] = [{"id": 1, "location_index": 1, "skills": [2]}]
    ends = {"pickup": {"id": 1, "location_index": 1}, "delivery": {"id": 1, "location_index": 2}}
    request["shipments"] = [{**ends, "amount": [2], "skills": [1]}]
    return request


def swap_ends(answer: Json) -> None:
    steps = answer["routes"][0]["steps"]
    steps[1], steps[2] = steps[2], steps[1]


def keep_the_pickup_only(answer: Json) -> None:
    del answer["routes"][0]["steps"][2]
    answer["unassigned"].append({"type": "delivery", "id": 1})


def deliver_by_another(answer: Json) -> None:
    answer["routes"][1]["steps"].insert(1, answer["routes"][0]["steps"].pop(2))


def call_it_a_job(answer: Json) -> None:
    answer["routes"][0]["steps"][1]["type"] = "job"


def load_less(answer: Json) -> None:
    answer["routes"][0]["steps"][1]["load"] = [1]


SHIPPED: dict[str, tuple[Callable[[Json], Any], str]] = {
    "given before it is taken": (swap_ends, "Delivery 1 does not follow pickup 1"),
    "taken only": (keep_the_pickup_only, "Only one end of the shipment of pickup 1"),
    "given by another": (deliver_by_another, "Delivery 1 does not follow pickup 1"),
    "not what it is": (call_it_a_job, "Pickup 1 stands 0 times"),
    "a lighter load": (load_less, "the pickup 1 says load 1, not 2"),
}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_lie_about_a_shipment_is_caught(name: str) -> None:
    request = shipped_request()
    asked, answer = read_request(request), solve_vroom(request, stop=Iterations(200))
    assert findings(asked, answer) == ()
    change, expected = SHIPPED[name]
    change(answer)
    assert any(expected in finding for finding in findings(asked, answer)), findings(asked, answer)
