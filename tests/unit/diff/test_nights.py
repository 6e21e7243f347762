"""Nights away as differences of two plans: who stays out now, who is back, which jobs are on a trip."""

from optimizer.diff import apply, diff_plans
from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.retime import retime
from tests.unit import sleeper_days
from tests.unit.lodging_days import home, out, question, timed
from tests.unit.rules.build import DAY, NEXT_DAY


def test_nights_are_said_for_each_day() -> None:
    old, new = timed(out()), timed(home())
    diff = diff_plans(old, new, question())
    said = {(one.technician_id, one.day.day): one.sentence for one in diff.shifts}
    assert said["zhou-wei", 15].startswith(
        "zhou-wei on 2026-07-15: is back in the evening now; it was a night away near HH-1, 3 h 00 min more driving"
    )
    assert said["sun-hao", 15] == (
        "sun-hao on 2026-07-15: now stays out near XT-2 (a hotel), 30 min less driving, 40.0 km less, "
        "ends 16:05 instead of 16:35."
    )
    day = next(one for one in diff.shifts if (one.technician_id, one.day.day) == ("sun-hao", 15))
    assert day.old is not None
    assert day.new is not None
    assert (day.old.night, day.new.night, day.new.near) == (None, "lodging", "XT-2")
    assert "night" not in day.old.model_dump_json()


def test_jobs_move_out_of_a_trip() -> None:
    diff = diff_plans(timed(out()), timed(home()), question())
    (job,) = diff.jobs
    assert (job.job_id, job.old[0].on_trip, job.new[0].on_trip) == ("HH-1", True, False)
    # From the night it is there at 09:00; from home after 3 h and the midday rest at 12:40.
    assert job.sentence == "HH-1: 09:00 → 12:40, not on a trip any more."


def test_a_job_taken_into_a_trip_is_said_to_be_on_it() -> None:
    without = out().model_copy(update={"routes": out().routes[2:]})
    diff = diff_plans(timed(without), timed(out()), question())
    assert [one.sentence for one in diff.jobs if one.job_id == "HH-2"] == [
        "HH-2: served now, 2026-07-15 12:40 by technician zhou-wei on a trip; it was left out."
    ]
    assert "1 night away more." in diff.sentences
    first = next(one for one in diff.shifts if (one.technician_id, one.day.day) == ("zhou-wei", 15))
    assert first.sentence.endswith("then stays out near HH-1 (a hotel).")


def test_the_difference_turns_one_plan_into_the_other_and_back() -> None:
    old, new = timed(out()), timed(home())
    assert apply(diff_plans(old, new), old) == new
    assert apply(diff_plans(new, old), new) == old
    assert diff_plans(old, old).is_empty


def test_from_a_bed_to_a_sleeper_and_back() -> None:
    asked, asleep, in_bed = sleeper_days.question(), sleeper_days.trip(), sleeper_days.trip(sleeper=False)
    diff = diff_plans(in_bed, asleep, asked)
    # The ride is the same; by night it is no driving.
    assert [one.sentence for one in diff.shifts] == [
        "T1 on 2026-07-15: rides through the night to J1, 9 h 00 min less driving, leaves 18:00 instead of 09:00.",
        "T1 on 2026-07-16: rides through the night back, ends 18:00 instead of 10:00.",
        "T1 on 2026-07-17: 9 h 00 min less driving, back 09:00 instead of 18:00.",
    ]
    assert diff_plans(asleep, in_bed, asked).shifts[0].sentence == (
        "T1 on 2026-07-15: stays out near J1 (a hotel), 9 h 00 min more driving, leaves 09:00 instead of 18:00."
    )
    assert apply(diff, in_bed) == asleep


def test_days_of_a_trip_without_stops() -> None:
    asked, asleep = sleeper_days.question(), sleeper_days.trip()
    nobody = retime(asked, Orders(routes=()))
    by_day = OrderedDay(technician_id="T1", day=DAY, jobs=(), away=True)
    there = OrderedDay(technician_id="T1", day=NEXT_DAY, jobs=("J1",), away=False)
    same_evening = retime(asked, Orders(routes=(by_day, there)))

    def said(old: PlanDocument, new: PlanDocument) -> dict[int, str]:
        return {one.day.day: one.sentence for one in diff_plans(old, new, asked).shifts}

    gone, made = said(asleep, nobody), said(nobody, asleep)
    assert gone[15] == "T1 on 2026-07-15: has no work any more; it was a night away."
    assert gone[17] == "T1 on 2026-07-17: has no work any more; it was the way back from a trip."
    assert made[15] == "T1 on 2026-07-15: is on a trip now, rides through the night to J1."
    assert made[17] == "T1 on 2026-07-17: is on a trip now, back 09:00."
    # Home on Thursday after nine hours by day, from 10:00 on; asleep on the train it is Friday morning.
    assert said(asleep, same_evening)[16].startswith(
        "T1 on 2026-07-16: is back in the evening now; it was a night away on board, 9 h 00 min more driving"
    )


def test_days_with_ways_that_nobody_knows_are_compared_too() -> None:
    # Without its train the way to J1 counts as a week, and so does the way back.
    asked = sleeper_days.question()
    asked = asked.model_copy(update={"travel": asked.travel.model_copy(update={"lines": ()})})
    out_and_back = retime(asked, sleeper_days.orders(False, False))
    nobody = retime(asked, Orders(routes=()))
    (day,) = diff_plans(nobody, out_and_back, asked).shifts
    assert day.new is not None
    assert day.new.travel_s == 2 * 7 * 24 * 3600
