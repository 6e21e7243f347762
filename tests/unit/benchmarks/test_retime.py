from benchmarks.days import generate
from benchmarks.peers.retime import retime
from benchmarks.score import score


def test_any_order_becomes_a_valid_route_by_dropping_jobs() -> None:
    day = generate("20-100", 3)
    vehicle = max(day.request["vehicles"], key=lambda vehicle: len(vehicle["skills"]))
    able = [job for job in day.request["jobs"] if set(job["skills"]) <= set(vehicle["skills"])]
    routes = retime(day, vehicle, able[:12])
    assert routes
    assert routes[0].jobs
    assert score(day, routes).violations == ()


def test_no_jobs_no_route() -> None:
    day = generate("20-100", 3)
    assert retime(day, day.request["vehicles"][0], []) == []
