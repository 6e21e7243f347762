"""Shipments: both ends or neither, one vehicle, the pickup first."""

from typing import Any

from tests.unit.interchange.vroom.samples import Json, two_jobs
from tests.unit.interchange.vroom.test_door import solved


def shipment(number: int, taken: int, given: int, **shared: Any) -> Json:
    """Return a shipment from one row to another; its ends have the same id."""
    ends = {
        "pickup": {"id": number, "location_index": taken},
        "delivery": {"id": number, "location_index": given},
    }
    return {**ends, **shared}


def test_a_shipment_is_taken_and_then_given_by_one_vehicle() -> None:
    request = two_jobs(capacity=[2])
    request["jobs"] = [{"id": 1, "location_index": 1, "delivery": [1]}]
    request["shipments"] = [shipment(1, 2, 1, amount=[1], priority=5)]
    # Job 1's piece is on board from the start, the shipment's from row 2 to row 1: 1, 2, then both leave at row 1.
    (route,) = solved(request)["routes"]
    steps = [(step["type"], step.get("id"), step["load"]) for step in route["steps"]]
    assert steps[:2] == [("start", None, [1]), ("pickup", 1, [2])]
    assert sorted(steps[2:4])[1][0] == "job"
    assert steps[4] == ("end", None, [0])
    assert (route["delivery"], route["pickup"], route["priority"]) == ([2], [1], 10)


def test_both_ends_of_a_shipment_are_left_out_together() -> None:
    request = two_jobs(capacity=[1])
    request["shipments"] = [shipment(4, 1, 2, amount=[2]), shipment(5, 1, 2, skills=[3])]
    answer = solved(request)
    left = [(one["type"], one["id"], one["reason"]) for one in answer["unassigned"]]
    assert left == [
        ("pickup", 4, "No vehicle may take it: 1 is too small."),
        ("delivery", 4, "No vehicle may take it: 1 is too small."),
        ("pickup", 5, "No vehicle has skill 3."),
        ("delivery", 5, "No vehicle has skill 3."),
    ]
    assert answer["summary"]["unassigned"] == 4


def test_a_shipment_whose_delivery_comes_too_early_is_left_out() -> None:
    request = two_jobs()
    request["shipments"] = [shipment(4, 1, 2)]
    request["shipments"][0]["delivery"]["time_windows"] = [[0, 249]]  # 100 s to row 1, 150 s on to row 2: 250
    answer = solved(request)
    assert {one["id"] for one in answer["unassigned"]} == {4}
    assert answer["unassigned"][0]["reason"] == (
        "Its pickup would find a place, but not its delivery after it with the same vehicle."
    )
    request["shipments"][0]["delivery"]["time_windows"] = [[0, 250]]
    assert solved(request)["unassigned"] == []


def test_a_shipment_counts_for_both_its_ends() -> None:
    request = two_jobs(max_tasks=2)
    request["jobs"][0]["priority"] = request["jobs"][1]["priority"] = 5
    request["shipments"] = [shipment(4, 1, 2, priority=6)]  # 2 x 6 are more than 5 + 5
    assert [one["id"] for one in solved(request)["unassigned"]] == [1, 2]
    request["shipments"][0]["priority"] = 4  # 2 x 4 are less
    assert {one["id"] for one in solved(request)["unassigned"]} == {4}
