"""Side by side with VROOM itself: both answers are true to the request, and ours is never worth less."""

import json

import pytest

from optimizer.control import Iterations
from optimizer.interchange.vroom.check import findings
from optimizer.interchange.vroom.door import solve_vroom
from optimizer.interchange.vroom.read import read_request
from tests.unit.interchange.vroom.samples import Json, random_request, random_shipments, two_jobs

vroom = pytest.importorskip(
    "vroom", reason="pyvroom is not installed; get it with: pip install 'paigong[benchmarks]'"
)


def theirs(request: Json) -> Json:
    """Return VROOM's own answer at its highest exploration level."""
    model = vroom.Input()
    model._from_json(json.dumps(request), False)
    model._distances = "distances" in request["matrices"]["car"]  # else its answer leaves them out
    answer: Json = model.solve(5, nb_threads=1).to_dict()
    return answer


def worth(request: Json, answer: Json) -> tuple[int, int, int]:
    """Return what VROOM compares, small is good: priorities left out, jobs left out, cost."""
    left = {one["id"] for one in answer["unassigned"]}
    return (
        sum(job["priority"] for job in request["jobs"] if job["id"] in left),
        len(left),
        answer["summary"]["cost"],
    )


def worse_seeds(seeds: range) -> list[int]:
    """Return the seeds where VROOM's answer is worth more; both answers are checked on the way."""
    worse = []
    served = 0
    for seed in seeds:
        request = random_request(seed)
        asked = read_request(request)
        their, our = theirs(request), solve_vroom(request, stop=Iterations(5000))
        assert findings(asked, their) == (), seed
        assert findings(asked, our) == (), seed
        served += our["summary"]["unassigned"] < len(request["jobs"])
        if worth(request, our) > worth(request, their):
            worse.append(seed)
    assert served > 0.8 * len(seeds)
    return worse


def test_our_answer_is_never_worth_less_than_vrooms() -> None:
    assert worse_seeds(range(100)) == []


@pytest.mark.slow
def test_our_answer_is_hardly_ever_worth_less_on_many_requests() -> None:
    # The search is a heuristic: on small knotted requests VROOM's may find the better order once in a while.
    assert len(worse_seeds(range(100, 1100))) <= 5


def test_with_shipments_both_answers_are_true_and_ours_is_seldom_worth_less() -> None:
    # A pickup is put in before its delivery, and for that moment its load rides to the end of the route: on tightly
    # loaded vehicles VROOM finds a better order now and then.
    worse = 0
    served = 0
    for seed in range(100):
        request = random_shipments(seed)
        asked = read_request(request)
        their, our = theirs(request), solve_vroom(request, stop=Iterations(5000))
        assert findings(asked, their) == (), seed
        assert findings(asked, our) == (), seed
        served += any(step["type"] == "delivery" for route in our["routes"] for step in route["steps"])
        worse += value(request, our) > value(request, their)
    assert served > 50
    assert worse <= 2


def value(request: Json, answer: Json) -> tuple[int, int, int]:
    """Return what VROOM compares where there are shipments: each of their ends counts."""
    whole = sum(job["priority"] for job in request["jobs"]) + sum(
        2 * one["priority"] for one in request["shipments"]
    )
    summary = answer["summary"]
    return whole - summary["priority"], summary["unassigned"], summary["cost"]


def test_the_answers_have_the_same_keys() -> None:
    request = two_jobs(description="van", capacity=[3], breaks=[{"id": 1, "description": "tea"}])
    request["jobs"][0] |= {"description": "boiler", "location": [9.0, 48.0], "delivery": [1]}
    request["jobs"].append({"id": 3, "location_index": 2, "skills": [1], "description": "lamp"})
    ends = ({"id": 7, "location_index": 1}, {"id": 8, "location_index": 2, "description": "to the shop"})
    request["shipments"] = [{"pickup": ends[0], "delivery": ends[1], "amount": [2]}]
    request["matrices"]["car"]["distances"] = request["matrices"]["car"]["durations"]
    their, our = theirs(request), solve_vroom(request, stop=Iterations(100))
    assert {"reason"} == set(our["unassigned"][0]) - set(their["unassigned"][0])
    assert set(their["unassigned"][0]) <= set(our["unassigned"][0])
    assert set(our["summary"]) == set(their["summary"])
    for mine, other in zip(our["routes"], their["routes"], strict=True):
        assert set(mine) == set(other)
        keys = [{step["type"]: sorted(step) for step in route["steps"]} for route in (mine, other)]
        assert keys[0] == keys[1]


def test_a_break_in_the_middle_of_a_drive_is_true_too() -> None:
    # VROOM drives 50 s, rests from 50 to 80 and drives on; we rest only between stops.
    request = two_jobs(time_window=[0, 1000], breaks=[{"id": 1, "service": 30, "time_windows": [[50, 50]]}])
    request["jobs"] = [{"id": 1, "location_index": 1, "time_windows": [[130, 130]]}]
    answer = theirs(request)
    assert [step["arrival"] for step in answer["routes"][0]["steps"]] == [0, 50, 130, 230]
    assert findings(read_request(request), answer) == ()
    assert solve_vroom(request, stop=Iterations(100))["summary"]["unassigned"] == 1
