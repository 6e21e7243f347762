"""Explaining plans with nights away: days on a trip, jobs too far for one day, moves into and out of trips."""

from optimizer.compile import compile_scenario
from optimizer.domain.orders import Orders
from optimizer.domain.scenario import Scenario
from optimizer.explain import Explainer, routes_of
from optimizer.retime import retime
from optimizer.words.reasons import reason_words
from tests.unit import sleeper_days
from tests.unit.lodging_days import THURSDAY, WEDNESDAY, day, out, question


def explainer(asked: Scenario, *routes: object) -> Explainer:
    """Return what explains the plan of these days."""
    plan = retime(asked, Orders.model_validate({"routes": routes})).plan
    compiled = compile_scenario(asked)
    return Explainer(compiled, routes_of(compiled, plan))


def anybody(**facts: object) -> Scenario:
    """Return the question in which Zhou Wei may do every job."""
    asked = question()
    skills = {skill: level for one in asked.technicians for skill, level in one.skills.items()}
    first = asked.technicians[0].model_copy(update={"skills": skills, **facts})
    return asked.model_copy(update={"technicians": (first, *asked.technicians[1:])})


def test_the_reasons_are_about_the_plan_as_it_is() -> None:
    asked = explainer(question(), *out().routes)
    assert asked.plan.shifts == retime(question(), out()).plan.shifts
    assert asked.reasons == ()
    assert asked.assessment.bill.total_cents == 119_300


def test_days_of_a_trip_are_stopped_by_it() -> None:
    # XT-2 is left out; of Zhou Wei's own days, on a trip, only TRIP stands against Thursday besides the time.
    asked = explainer(anybody(), *out().routes[:5])
    (reason,) = asked.reasons
    codes = {(one.technician_id, one.day, one.until): one for one in reason.obstacles}
    on_trip = codes["zhou-wei", THURSDAY, None]
    assert "TRIP" in on_trip.codes
    assert "is away on a trip from 2026-07-15 to 2026-07-16, or rests after it" in on_trip.sentence
    assert ("zhou-wei", WEDNESDAY, THURSDAY) in codes  # the trip itself is looked at as well
    assert codes["zhou-wei", WEDNESDAY, THURSDAY].sentence.startswith(
        "zhou-wei on a trip from 2026-07-15 to 2026-07-16 "
    )


def test_a_far_job_says_what_a_trip_would_cost() -> None:
    # 4 h there and 4 h back with 3 h of work and 5 min on site are more than the 10 h 20 of a day with overtime.
    asked = question()
    far = [
        tuple(14_400 if cell == 10_800 else cell for cell in row)
        for row in asked.travel.matrices["car"].seconds
    ]
    matrix = asked.travel.matrices["car"].model_copy(update={"seconds": tuple(far)})
    travel = asked.travel.model_copy(update={"matrices": {"car": matrix}})
    asked = asked.model_copy(update={"travel": travel})
    found = explainer(asked, *out().routes[2:])
    reason = next(one for one in found.reasons if one.job_id == "HH-1")
    assert reason.out is not None
    # Service 3 h 05 (5 min of set-up) and 8 h of driving.
    assert reason.out.far_s == 8 * 3600 + 185 * 60
    assert (reason.out.technician_id, reason.out.day, reason.out.until) == ("zhou-wei", WEDNESDAY, THURSDAY)
    # 500 km at 80 cents, 8 h at 30 yuan, the night at 105, and what else the job brings with it.
    assert reason.out.cents >= 40_000 + 24_000 + 10_500
    assert reason.sentence.startswith(
        "It is too far for one day: the way there and back and the work take at least 11 h 05 min. "
        "zhou-wei could be away for it from 2026-07-15 to 2026-07-16: that adds "
    )
    assert "当天往返太远" in reason_words(reason, "zh")


def test_where_no_way_leads_a_job_is_not_called_far() -> None:
    # Without its only train J1 is 900 km away, and public transport goes 10 km; such a way counts as a week.
    asked = sleeper_days.question()
    asked = asked.model_copy(update={"travel": asked.travel.model_copy(update={"lines": ()})})
    (reason,) = explainer(asked).reasons
    assert reason.out is None


def test_without_trips_nothing_is_said_of_them() -> None:
    asked = question()
    people = tuple(one.model_copy(update={"nights_away": 0}) for one in asked.technicians)
    found = explainer(asked.model_copy(update={"technicians": people}), *out().routes[4:])
    assert all(reason.out is None for reason in found.reasons)


def test_a_job_can_be_moved_into_a_trip_and_out_of_it() -> None:
    # HH-1 is with Zhou Wei on Thursday of his trip. With Li Na's skills he could do YY-2 only before or after it.
    asked = anybody()
    second = asked.technicians[1].model_copy(update={"skills": dict(asked.technicians[0].skills)})
    asked = asked.model_copy(update={"technicians": (asked.technicians[0], second, asked.technicians[2])})
    found = explainer(
        asked,
        day("zhou-wei", WEDNESDAY, "HH-2", away=True),
        day("zhou-wei", THURSDAY, "HH-1"),
        day("sun-hao", WEDNESDAY, "XT-1"),
    )
    moved = found.why_not("HH-1", "li-na").answer
    assert moved.possible
    assert moved.way is not None
    assert moved.way.technician_id == "li-na"
    # Each of them drives there and back on Wednesday: 500 km (400) and 6 h (180) more, 45 min of overtime for both
    # (67.50), and the night is saved (-105).
    assert (moved.way.nights, moved.way.cents) == (-1, 54_250)
    assert ", with one night away less, and the bill rises by ¥542.50." in moved.way.sentence
    back = found.why_not("XT-1", "zhou-wei").answer
    assert back.now_with == "sun-hao"
    assert not back.possible
    assert "TRIP" in {block.code for block in back.blocks}
