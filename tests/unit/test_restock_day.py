"""The day with a halt at a branch, checked, assessed and taken apart."""

from datetime import timedelta

from optimizer.assess import assess
from optimizer.checker import check_plan
from tests.unit.restock_day import answer, question

OF = question()


def test_the_day_breaks_nothing() -> None:
    assert check_plan(OF, answer(OF)) == ()


def test_loading_is_work_and_no_job() -> None:
    # T1 drives 4 + 2 + 2 + 8 km (1,600 s), works an hour at two jobs and loads for ten minutes; T2 drives 1 km out and
    # back (200 s) and works an hour. Nobody waits.
    kpis = assess(OF, answer(OF)).kpis
    assert (kpis.served, kpis.jobs_per_shift, kpis.waiting_h) == (3, 1.5, 0)
    assert kpis.travel_h == 1800 / 3600
    assert kpis.distance_km == 18
    assert kpis.service_h == (3 * 3600 + 600) / 3600
    assert kpis.largest_load_h == (1600 + 7200 + 600) / 3600


def test_waiting_before_loading_is_waiting() -> None:
    made = answer(OF)
    first, second = made.shifts
    (halt,) = first.restocks
    late = halt.model_copy(update={"start": halt.start + timedelta(minutes=6), "end": halt.end})
    waits = made.model_copy(update={"shifts": (first.model_copy(update={"restocks": (late,)}), second)})
    kpis = assess(OF, waits).kpis
    assert (kpis.waiting_h, kpis.service_h) == (0.1, (3 * 3600 + 240) / 3600)


def test_the_way_to_the_branch_is_paid() -> None:
    # 16 km and 1,600 s by T1, 2 km and 200 s by T2, by legs of whole 100 s: 80 cents a km, 3,000 cents an hour.
    # T1: 320 + 160 + 160 + 640 = 1,280 cents of km; 333 + 167 + 167 + 667 = 1,334 of hours.
    # T2: 80 + 80 and 83 + 83.
    bill = assess(OF, answer(OF)).bill
    owed = [(line.technician_id, line.unit, line.cents) for line in bill.lines if line.code == "TRAVEL"]
    assert owed == [("T1", "km", 1280), ("T1", "h", 1334), ("T2", "km", 160), ("T2", "h", 166)]
    assert bill.total_cents == sum(line.cents for line in bill.lines)
