"""Walking through a plan."""

from optimizer.rules.visits import days_worked, leads, led, visits
from tests.unit.rules.build import at, job, plan, scenario, shift_plan, stop, technician


def test_yields_stops_in_order_with_technician_and_job() -> None:
    of = scenario([technician(), technician(technician_id="T2")], [job(), job(job_id="J2")])
    done = [
        shift_plan([stop("J2", at("09:30"), at("10:30"))]),
        shift_plan([stop("J1", at("09:30"), at("10:30"))], technician_id="T2"),
    ]
    found = [
        (one.technician.technician_id, one.job.job_id, one.stop.job_id) for one in visits(of, plan(of, done))
    ]
    assert found == [("T1", "J2", "J2"), ("T2", "J1", "J1")]
    assert [who.technician_id for _, who in days_worked(of, plan(of, done))] == ["T1", "T2"]


def test_passes_over_names_the_scenario_does_not_know() -> None:
    of = scenario()
    stops = [stop("ghost", at("09:30"), at("10:30")), stop("J1", at("11:00"), at("12:00"))]
    done = [shift_plan(stops), shift_plan(stops, technician_id="ghost")]
    assert [one.job.job_id for one in visits(of, plan(of, done))] == ["J1"]
    assert len(list(days_worked(of, plan(of, done)))) == 1


def test_who_leads_stands_for_the_job() -> None:
    of = scenario([technician(), technician(technician_id="T2")], [job(), job(job_id="J2")])
    done = [
        shift_plan(
            [stop("J1", at("09:30"), at("10:30"), part=1), stop("J2", at("11:00"), at("12:00"), seat=1)]
        ),
        shift_plan(
            [stop("J1", at("09:30"), at("10:30")), stop("J2", at("11:00"), at("12:00"))], technician_id="T2"
        ),
    ]
    made = plan(of, done)
    assert [(one.job.job_id, one.technician.technician_id) for one in leads(of, made)] == [
        ("J1", "T2"),
        ("J2", "T2"),
    ]
    days = {job_id: [one.technician.technician_id for one in days] for job_id, days in led(of, made).items()}
    assert days == {"J1": ["T2", "T1"], "J2": ["T2"]}  # J1 day by day
