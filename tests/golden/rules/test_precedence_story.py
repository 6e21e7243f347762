"""The story of PRECEDENCE: jobs in order, one visit at a time, a long job on two days."""

from datetime import timedelta

from tests.golden.rules.story import planned, scenario_of, stops, without_rule


def test_precedence() -> None:
    document = planned(scenario_of("precedence"))
    assert document.plan.unserved == ()
    made = {(stop.job_id, stop.part): (day, stop) for day in document.plan.shifts for stop in day.stops}
    pipes, unit = made["GL-1", 0], made["AZ-1", 0]
    assert pipes[0].technician_id == unit[0].technician_id
    assert pipes[0].day < unit[0].day
    seen, mended, cleaned = (made[job_id, 0][1] for job_id in ("ZD-1", "WX-1", "BY-1"))
    assert timedelta(minutes=150) <= mended.start - seen.end <= timedelta(minutes=480)
    assert cleaned.end <= seen.start or seen.end <= cleaned.start
    first, second = made["AZ-2", 0], made["AZ-2", 1]
    assert first[0].technician_id == second[0].technician_id
    assert first[0].day < second[0].day
    assert first[1].service_s == second[1].service_s == 300 * 60


def test_precedence_switched_off() -> None:
    loose = planned(without_rule(scenario_of("precedence"), "PRECEDENCE"))
    assert loose.plan.unserved == ("AZ-2",)  # no day holds it
    made = stops(loose)
    assert made["WX-1"].start - made["ZD-1"].end < timedelta(minutes=150)
