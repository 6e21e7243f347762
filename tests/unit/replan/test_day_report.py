"""How a day was, beside its plan."""

from datetime import timedelta

from optimizer.domain.day_report import ClocksKept, DayReport
from optimizer.domain.event import CallOff, Cancelled, Contacted, Event, Finished, NoAccess, OnTheWay, Started
from optimizer.domain.job import Customer, Job
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import Travel
from tests.unit.replan.test_close import AFTERNOON, JOBS, MORNING, closed, question
from tests.unit.rules.build import DAY, PLAIN_TRAVEL, at, job, technician

YESTERDAY = DAY - timedelta(days=1)


def report(*events: Event, of: Scenario | None = None) -> DayReport:
    return closed(*events, of=of).report


def cents(found: DayReport) -> dict[str, tuple[int, int]]:
    """Return what rules cost as planned and as it was, where that differs."""
    return {
        one.code: (one.planned_cents, one.real_cents)
        for one in found.rules
        if one.planned_cents != one.real_cents
    }


def test_times_are_as_they_were_reported() -> None:
    found = report(
        OnTheWay(kind="on_the_way", job_id="J1", at=at("09:05")),
        Started(kind="started", job_id="J1", at=at("09:25")),
        Finished(kind="finished", job_id="J1", at=at("10:55")),
    )
    (shift,) = found.as_it_was.shifts
    first, second = shift.stops
    assert (shift.departure, first.leg.arrival) == (at("09:05"), at("09:15"))
    assert (first.start, first.end, first.service_s) == (at("09:25"), at("10:55"), 5_400)
    assert second.start == at("14:00")  # the plan waits for its window
    (one,) = found.technicians
    assert (one.orders, one.in_vain, one.back_at) == (2, 0, shift.last_leg.arrival)
    assert round(3600 * (one.hours - one.planned_hours)) == 1_800
    assert one.distance_km == one.planned_km == 14.0


def test_the_way_to_a_visit_in_vain_was_driven() -> None:
    found = report(NoAccess(kind="no_access", job_id="J1", at=at("09:30")))
    (shift,) = found.as_it_was.shifts
    (stop,) = shift.stops
    assert (stop.job_id, stop.leg.from_place, stop.leg.departure) == ("J2", "branch:B1", at("09:00"))
    assert (stop.leg.travel_s, stop.leg.distance_m) == (700, 7_000)
    (one,) = found.technicians
    assert (one.orders, one.in_vain, one.distance_km) == (1, 1, 14.0)
    assert found.as_it_was.unserved == ("J1",)


def test_who_only_comes_in_vain_drives_home() -> None:
    gone = CallOff(kind="call_off", technician_id="T1", at=at("09:40"))
    found = report(gone)
    (shift,) = found.as_it_was.shifts
    assert (shift.stops, shift.last_leg.distance_m) == ((), 12_000)
    assert shift.last_leg.arrival == at("09:50")
    assert found.left_over == ("J1", "J2")


def test_who_is_late_costs_overtime() -> None:
    # back at 18:41:40 instead of 15:11:40, 41 min 40 s after the end: ¥45 an hour
    found = report(Finished(kind="finished", job_id="J2", at=at("18:30")))
    assert cents(found)["OVERTIME"] == (0, 3_125)
    assert found.real_bill.total_cents - found.planned_bill.total_cents == sum(
        real - planned for planned, real in cents(found).values()
    )


def test_what_is_cancelled_is_on_no_bill() -> None:
    found = report(Cancelled(kind="cancelled", job_id="J2", at=at("10:30")))
    assert (found.given_up, found.done, found.left_over) == (("J2",), ("J1",), ())
    assert "UNSERVED" not in cents(found)
    assert found.as_it_was.shifts[0].last_leg.from_place == "job:J1"


def told(job_id: str = "J1", who: str = "T1") -> Promise:
    window = {"J1": MORNING, "J2": AFTERNOON}[job_id]
    start = {"J1": at("09:10"), "J2": at("14:00")}[job_id]
    return Promise(job_id=job_id, technician_id=who, window=window, start=start)


def changes(*events: Event, of: Scenario) -> list[tuple[str, str]]:
    return [(one.job_id, one.change) for one in report(*events, of=of).promises]


def test_promises_that_came_otherwise_are_listed() -> None:
    of = question(promises=[told(), told("J2")])
    assert changes(of=of) == []
    for job_id, start, end, how in (("J1", "09:45", "10:45", "late"), ("J2", "13:50", "14:50", "early")):
        begun = Started(kind="started", job_id=job_id, at=at(start))
        ended = Finished(kind="finished", job_id=job_id, at=at(end))
        assert changes(begun, ended, of=of) == [(job_id, how)]
    gone = CallOff(kind="call_off", technician_id="T1", at=at("13:00"))
    assert changes(gone, of=of) == [("J2", "not served")]
    # who did not open, or called it off, broke no promise of ours
    assert changes(NoAccess(kind="no_access", job_id="J1", at=at("09:30")), of=of) == []
    assert changes(Cancelled(kind="cancelled", job_id="J2", at=at("10:00")), of=of) == []
    known = JOBS[0].model_copy(update={"customer": Customer(customer_id="C1")})
    people = (technician(technician_id="T2", skills={}), technician())
    swapped = question([known], promises=[told(who="T2")]).model_copy(update={"technicians": people})
    (change,) = report(of=swapped).promises
    assert (change.customer_id, change.technician_id, change.came) == ("C1", "T2", "T1")
    assert change.change == "other technician"


def test_clocks_that_ended_on_the_day_are_counted() -> None:
    def with_clocks(one: Job) -> Job:
        return one.model_copy(update={"intake_at": at("08:00"), "dispatched_at": at("08:10")})

    of = question([with_clocks(one) for one in JOBS])
    kept = {one.code: (one.kept, one.missed) for one in report(of=of).clocks}
    assert kept["ARRIVE_NEAR"] == (2, 0)
    # the technician had to call by 08:30
    in_time = Contacted(kind="contacted", job_id="J1", at=at("08:20"))
    late = Contacted(kind="contacted", job_id="J2", at=at("10:00"))
    found = report(in_time, late, of=of)
    assert ClocksKept(code="CONTACT", kept=1, missed=1) in found.clocks
    assert [(one.code, one.job_id) for one in found.missed if one.code == "CONTACT"] == [("CONTACT", "J2")]


def test_a_clock_that_ran_out_is_missed_on_one_day() -> None:
    reported = at("10:00", YESTERDAY)
    of = question([JOBS[0].model_copy(update={"intake_at": reported}), JOBS[1]])
    gone = CallOff(kind="call_off", technician_id="T1", at=at("08:00"), approved=True)
    found = closed(gone, of=of)
    arriving = ClocksKept(code="ARRIVE_NEAR", kept=0, missed=1)
    assert arriving in found.report.clocks
    left = {one.job_id: one.late_told_at for one in found.scenario.jobs}
    assert left == {"J1": found.report.closed_at, "J2": None}
    # somebody comes at last, after the time: it was told before
    late = question([JOBS[0].model_copy(update={"intake_at": at("08:00", YESTERDAY)}), JOBS[1]])
    assert arriving in report(of=late).clocks
    told_before = late.jobs[0].model_copy(update={"late_told_at": at("08:30")})
    assert all(one.code != "ARRIVE_NEAR" for one in report(of=question([told_before, JOBS[1]])).clocks)


def test_who_comes_in_time_and_in_vain_was_there_in_time() -> None:
    of = question([JOBS[0].model_copy(update={"intake_at": at("10:00", YESTERDAY)}), JOBS[1]])
    found = closed(
        OnTheWay(kind="on_the_way", job_id="J1", at=at("09:05")),
        NoAccess(kind="no_access", job_id="J1", at=at("10:30")),
        of=of,
    )
    assert ClocksKept(code="ARRIVE_NEAR", kept=1, missed=0) in found.report.clocks
    (left,) = found.scenario.jobs
    assert left.on_site_at == at("09:15")


def test_who_was_planned_and_did_not_set_out_is_in_the_report() -> None:
    gone = CallOff(kind="call_off", technician_id="T1", at=at("08:00"))
    found = report(gone)
    (one,) = found.technicians
    assert (one.orders, one.hours, one.back_at) == (0, 0.0, None)
    assert one.planned_hours > 2
    assert found.as_it_was.shifts == ()


def test_what_cannot_be_known_is_said() -> None:
    in_vain = NoAccess(kind="no_access", job_id="J1", at=at("09:50"))
    assert any("EMPTY_VISIT" in note for note in report(in_vain).notes)
    assert not any("fares" in note for note in report(in_vain).notes)
    by_train = Travel(profiles={"public_transport": PLAIN_TRAVEL.profiles["car"]})
    of = question([job()], technician(means="long_distance")).model_copy(update={"travel": by_train})
    assert any("fares" in note for note in report(in_vain, of=of).notes)
