"""What the desk hears of a day, worked out by hand: who is late by how much when one job goes otherwise."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from optimizer.domain.event import CallOff, Cancelled, Event, Overrun, PartMissing
from optimizer.operate.telling import published
from optimizer.whatif.simulate.real_day import Ended, RealDay
from tests.unit.rules.build import at, job, north
from tests.unit.whatif.simulate.fate import PLAIN, Fate, one_behind_the_other, takes, two_repairs
from tests.unit.whatif.simulate.test_as_really import with_a_hoist

Heard = tuple[str, str, datetime]


def heard(fate: Fate, *until: str, news: Sequence[Event] = ()) -> tuple[list[Heard], list[Ended]]:
    """Return what the desk hears of the two repairs up to some moments, one after the other, by job."""
    of = two_repairs()
    made = one_behind_the_other(of)
    day, found = RealDay(fate, of), list[Event]()
    for number, clock in enumerate(until):
        new = news if number == 0 else ()
        found += day.until(published(of, made, at("06:30")), made, new, at(clock))
    day.plan_is_over()
    return [(one.kind, getattr(one, "job_id", ""), one.at) for one in found], day.ended


def test_one_overrun_makes_the_next_late_by_as_much() -> None:
    found, ended = heard(Fate({"J1": takes(1.5)}), "18:00")
    assert found == [
        ("on_the_way", "J1", at("09:00")),
        ("arrived", "J1", at("09:10")),
        ("started", "J1", at("09:10")),
        ("overrun", "J1", at("09:55")),  # asked for after 45 of the planned 60 minutes
        ("on_the_way", "J2", at("10:40")),
        ("finished", "J1", at("10:40")),  # 30 minutes late
        ("arrived", "J2", at("10:50")),
        ("started", "J2", at("10:50")),  # planned 10:20
        ("finished", "J2", at("11:50")),
    ]
    assert [
        (one.job.job_id, one.at, one.outcome, one.technician_id, one.visit, one.last) for one in ended
    ] == [
        ("J1", at("10:40"), "done", "T1", 1, True),
        ("J2", at("11:50"), "done", "T1", 1, True),
    ]


def test_nothing_is_heard_twice_and_what_will_come_is_not_said() -> None:
    once, _ = heard(Fate({"J1": takes(1.5)}), "18:00")
    by_and_by, ended = heard(Fate({"J1": takes(1.5)}), "09:05", "09:30", "10:40", "10:40", "12:00")
    assert by_and_by == once
    assert len(ended) == 2
    assert heard(Fate(), "08:59") == ([], [])


def test_how_much_longer_it_takes_is_said_at_three_quarters_of_the_time() -> None:
    of = two_repairs()
    made, day = one_behind_the_other(of), RealDay(Fate({"J1": takes(1.5)}), of)
    question = published(of, made, at("06:30"))
    assert not [one for one in day.until(question, made, (), at("09:54")) if isinstance(one, Overrun)]
    (said,) = (one for one in day.until(question, made, (), at("09:55")) if isinstance(one, Overrun))
    assert (said.at, said.ends_at) == (at("09:55"), at("10:40"))


def test_who_is_done_early_begins_the_next_when_the_customer_was_told() -> None:
    found, _ = heard(Fate({"J1": takes(0.25)}), "18:00")
    # Done at 09:25 and there at 09:35; told were 09:45 to 11:45.
    assert ("arrived", "J2", at("09:35")) in found
    assert ("started", "J2", at("09:45")) in found
    found, _ = heard(Fate({"J1": takes(0.75)}), "18:00")
    assert ("started", "J2", at("10:05")) in found  # done at 09:55


def test_a_closed_door_costs_a_quarter_of_an_hour() -> None:
    fate = Fate({"J1": PLAIN._replace(no_access=True)})
    found, ended = heard(fate, "18:00")
    assert ("no_access", "J1", at("09:25")) in found
    assert ("started", "J2", at("09:45")) in found
    assert [one.outcome for one in ended] == ["no_access", "done"]
    assert (fate.visit("J1"), fate.visit("J2")) == (2, 1)


def test_a_missing_part_shows_after_half_of_the_work_and_has_a_name() -> None:
    # The other repair asks for a pump, so this one may turn out to lack one, too.
    of = two_repairs(jobs=[job(job_id="J1"), job(job_id="J2", place=north(12), parts={"pump": 1})])
    made, day = one_behind_the_other(of), RealDay(Fate({"J1": PLAIN._replace(part_u=0.1)}), of)
    events = day.until(published(of, made, at("06:30")), made, (), at("18:00"))
    (missing,) = (one for one in events if isinstance(one, PartMissing))
    assert (missing.at, missing.parts) == (at("09:40"), {"pump": 1})
    # Where nobody knows a part by name another visit it is.
    found, _ = heard(Fate({"J1": PLAIN._replace(part_u=0.1)}), "18:00")
    assert ("no_access", "J1", at("09:40")) in found


def test_a_fault_that_is_still_there_looks_done() -> None:
    found, ended = heard(Fate({"J1": PLAIN._replace(fix_u=0.1)}), "18:00")
    assert ("finished", "J1", at("10:10")) in found
    assert [one.outcome for one in ended] == ["not_fixed", "done"]


def test_who_falls_ill_at_work_stops_and_goes_nowhere() -> None:
    ill = CallOff(kind="call_off", at=at("10:30"), technician_id="T1", approved=True, reason="acute illness")
    found, ended = heard(Fate(), "18:00", news=[ill])
    assert [one.job.job_id for one in ended] == ["J1"]
    assert ("call_off", "", at("10:30")) in found
    assert ("on_the_way", "J2", at("10:10")) in found
    assert ("finished", "J2", at("11:20")) not in found
    early = ill.model_copy(update={"at": at("08:30")})
    assert heard(Fate(), "18:00", news=[early]) == ([("call_off", "", at("08:30"))], [])


def test_nobody_goes_to_who_cancels_in_time() -> None:
    cancelled = Cancelled(kind="cancelled", at=at("09:30"), job_id="J2")
    found, ended = heard(Fate(), "18:00", news=[cancelled])
    assert [what for what, who, _ in found if who == "J2"] == ["cancelled"]
    assert [one.job.job_id for one in ended] == ["J1"]
    too_late = cancelled.model_copy(update={"at": at("10:25")})  # work has begun at 10:20
    found, ended = heard(Fate(), "18:00", news=[too_late])
    assert "cancelled" not in [what for what, _, _ in found]
    assert [one.job.job_id for one in ended] == ["J1", "J2"]


def test_who_comes_late_in_the_morning_is_late_everywhere() -> None:
    found, _ = heard(Fate(late_min={"T1": 25}), "18:00")
    assert ("on_the_way", "J1", at("09:25")) in found
    assert ("started", "J2", at("10:45")) in found


def test_who_waits_for_a_tool_begins_when_it_has_come() -> None:
    of, made = with_a_hoist()
    day = RealDay(Fate({"J1": takes(1.5)}), of)
    events = day.until(published(of, made, at("06:30")), made, (), at("18:00"))
    began = {one.job_id: one.at for one in events if one.kind == "started"}
    arrived = {one.job_id: one.at for one in events if one.kind == "arrived"}
    # J1 is over at 10:40, the hoist handed over at 10:45 and ten minutes on the way; T2 is there as planned.
    assert arrived["J2"] == at("10:25")
    assert began["J2"] == at("10:55") == at("10:25") + timedelta(minutes=30)


def test_the_time_is_known_when_the_last_visit_is_over() -> None:
    of = two_repairs()
    made, day = one_behind_the_other(of), RealDay(Fate({"J1": takes(1.5)}), of)
    assert day.over_at() is None
    for clock, over in (("08:59", None), ("09:05", "10:40"), ("09:15", "10:40"), ("10:45", "11:50")):
        day.until(published(of, made, at("06:30")), made, (), at(clock))
        assert day.over_at() == (None if over is None else at(over)), clock
