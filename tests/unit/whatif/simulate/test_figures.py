"""What a simulated day amounts to, figure by figure, worked out by hand."""

from datetime import datetime

import pytest

from optimizer.control import Iterations
from optimizer.domain.demand_chances import Absences
from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.study_sample import ClocksEnded, DayFigures
from optimizer.domain.technician import Shift
from optimizer.domain.time import DateRange
from optimizer.operate import RunningDay
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.simulate.day import simulated_day
from optimizer.whatif.simulate.figures import figures_of
from optimizer.whatif.simulate.waiting import Reported, Waiting
from optimizer.whatif.simulate.world import World
from tests.unit.rules.build import DAY, at, job, north, technician
from tests.unit.whatif.simulate.fate import (
    PLAIN,
    Fate,
    one_behind_the_other,
    takes,
    two_repairs,
    worker,
)

HOUR = 3_600
NIGHT = at("06:30")


def figures(
    world: World,
    of: Scenario | None = None,
    *,
    waiting: Waiting | None = None,
    again: tuple[datetime, ...] = (),
) -> DayFigures:
    """Return the figures of the day of the two repairs."""
    of = of or two_repairs()
    running = RunningDay(of, one_behind_the_other(of), NIGHT)
    whole = simulated_day(running, world, of, waiting or Waiting(), moments=again, stop=Iterations(0))
    return figures_of(whole, reported=7, given_up=2, open_jobs=3, excused={})


def test_a_day_that_goes_as_planned() -> None:
    found = figures(Fate())
    assert (found.day, found.reported, found.given_up, found.open_jobs) == (DAY, 7, 2, 3)
    assert (found.done, found.fixed_first, found.in_vain) == (2, 2, 0)
    assert (found.told, found.told_kept, found.moved) == (2, 2, 0)
    assert (found.on_duty, found.absent) == (1, 0)
    assert found.rostered_s == 9 * HOUR  # nine to six
    assert found.wage_cents == 9 * 3_600
    assert found.driven_s == 600 + 600 + 1_200
    assert found.distance_m == 24_000
    assert found.worked_s == 2 * HOUR + 2_400
    assert (found.overtime_s, found.uneven_s) == (0, 0)
    assert found.bill_cents["transfer"] == 0


def test_one_overrun_breaks_the_promise_behind_it() -> None:
    # J1 takes three hours, so J2 begins at 12:20; told were 09:45 to 11:45.
    found = figures(Fate({"J1": takes(3)}))
    assert (found.told, found.told_kept, found.moved) == (2, 1, 0)
    assert (found.done, found.fixed_first) == (2, 2)
    assert found.worked_s == 4 * HOUR + 2_400
    # After 145 minutes, at 11:35, somebody leaves for J2 and begins as its window closes: that is kept.
    edge = figures(Fate({"J1": takes(145 / 60)}))
    assert (edge.told, edge.told_kept) == (2, 2)
    assert figures(Fate({"J1": takes(146 / 60)})).told_kept == 1


def test_overtime_is_what_lies_behind_the_shift() -> None:
    # J1 takes eight hours: J2 from 17:20 to 18:20, back at 18:40; the shift ends at six.
    found = figures(Fate({"J1": takes(8)}))
    assert found.overtime_s == 40 * 60
    assert found.worked_s == 9 * HOUR + 2_400
    assert found.wage_cents == 9 * 3_600  # regular hours; overtime stands on the bill
    assert found.bill_cents["outlay"] > figures(Fate()).bill_cents["outlay"]


def test_planning_again_moves_customers() -> None:
    # At eleven J1 has no end before 17:10: J2 is asked for another time, and comes after all.
    found = figures(Fate({"J1": takes(8)}), again=(at("11:00"),))
    assert found.moved == 1
    assert (found.told, found.told_kept, found.done) == (2, 1, 2)  # what counts is what was told first


def test_another_person_in_the_window_keeps_the_promise() -> None:
    # At ten it is known that J1 ends at 12:10; T2 can be at J2 before its window closes at 11:45.
    both = two_repairs(technicians=[worker(), worker("T2")])
    found = figures(Fate({"J1": takes(3)}), both, again=(at("10:00"),))
    assert (found.told, found.told_kept, found.moved) == (2, 2, 1)


def test_visits_in_vain_are_not_done_and_faults_that_stay_are_not_fixed() -> None:
    found = figures(Fate({"J1": PLAIN._replace(no_access=True), "J2": PLAIN._replace(fix_u=0.1)}))
    assert (found.done, found.fixed_first, found.in_vain) == (1, 0, 1)
    # The customer of J1 agrees on another time, so only J2 had been told something that could be kept.
    assert (found.told, found.told_kept) == (1, 1)
    assert found.driven_s == 2_400


def test_who_cancels_counts_as_given_up_and_waits_for_nobody() -> None:
    found = figures(Fate({"J2": PLAIN._replace(cancelled_at=at("09:30"))}))
    assert (found.given_up, found.done, found.told, found.told_kept) == (3, 1, 1, 1)
    assert found.driven_s == 600 + 600  # there and back


def test_who_is_ill_was_to_work_and_does_not() -> None:
    model = Fate().model.model_copy(update={"absences": Absences(sick=1.0, late=0.0)})
    found = figures(World(model, Policy(), Chain(1, 0), NIGHT))
    assert (found.on_duty, found.absent, found.done) == (1, 1, 0)
    assert (found.worked_s, found.driven_s, found.distance_m, found.uneven_s) == (0, 0, 0, 0)
    assert (found.told, found.told_kept) == (2, 0)
    assert found.rostered_s == 9 * HOUR


def test_hours_are_uneven_among_those_who_are_there() -> None:
    leave = DateRange(first_day=DAY, last_day=DAY, reason="leave")
    short = Shift(day=DAY, rest="none", end=at("12:00").time())
    people = [
        worker(),
        worker("idle", shifts=(short,), wage_cents_per_hour=None),
        technician(technician_id="away", leave=(leave,)),
    ]
    found = figures(Fate(), two_repairs(technicians=people))
    assert (found.on_duty, found.absent) == (2, 0)
    assert found.rostered_s == 9 * HOUR + 3 * HOUR
    assert found.wage_cents == 9 * 3_600
    # 2 h 40 and none: each is off the mean by 1 h 20.
    assert found.uneven_s == 80 * 60


@pytest.mark.parametrize(("takes_times", "kept"), [(1.0, 1), (3.0, 0)])
def test_clocks_of_service_and_of_the_desk_are_told_apart(takes_times: float, kept: int) -> None:
    # J2 was reported at noon of the day before, so somebody is to be there by noon today: within 24 h.
    reported = at("12:00").replace(day=14)
    jobs = [
        job(job_id="J1", place=north(6)),
        job(job_id="J2", place=north(12), intake_at=reported, dispatched_at=reported),
    ]
    found = figures(Fate({"J1": takes(takes_times)}), two_repairs(jobs=jobs))
    arriving = next(one for one in found.service_clocks if one.code == "ARRIVE_NEAR")
    assert arriving == ClocksEnded(code="ARRIVE_NEAR", kept=kept, missed=1 - kept)
    assert {one.code for one in found.service_clocks} <= {"ARRIVE_NEAR", "COMPLETE"}
    assert not {one.code for one in found.desk_clocks} & {"ARRIVE_NEAR", "COMPLETE"}


def test_a_call_in_the_course_of_the_day_is_served_when_it_is_planned_again() -> None:
    called = job(job_id="J3", place=north(12), intake_at=at("09:00"), dispatched_at=at("09:15"))
    booked = job(job_id="J4", place=north(12))  # without a clock: nothing for today
    waiting = Waiting()
    waiting.add([Reported(called, at("09:15")), Reported(booked, at("09:15"))])
    found = figures(Fate(), waiting=waiting, again=(at("11:00"),))
    assert found.done == 3
    assert [one.job_id for one in waiting.jobs] == ["J4"]
    # From 11:20 to 12:20 at J2's place, then back.
    assert found.worked_s == 3 * HOUR + 2_400
