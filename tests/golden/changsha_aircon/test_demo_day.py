"""The scripted day of Changsha holds its story, and is the same each time."""

from functools import cache
from typing import Final

import pytest

from optimizer.evening_page import evening_page
from optimizer.interchange.day_script_file import load_day_script
from optimizer.interchange.scenario_file import load_scenario
from optimizer.operate import Played, PlayedDay, ScriptedDay
from optimizer.operate.choosing import put_off
from optimizer.replan.urgent import urgent_jobs
from tests.golden.changsha_aircon.story import FOLDER, at

ITERATIONS: Final = 5_000
"""Fewer than the command takes: the story holds with any number."""

EMERGENCIES: Final = {"10:15": "JJ-01", "14:20": "JJ-02"}


def play() -> PlayedDay:
    script = load_day_script(FOLDER / "day.yaml")
    day = ScriptedDay(load_scenario(FOLDER), script, iterations=ITERATIONS)
    return PlayedDay(day.published, day.morning, tuple(day.played()), day.closed())


@cache
def played() -> PlayedDay:
    return play()


def moment(clock: str) -> Played:
    return next(one for one in played().moments if one.moment.at == at(clock))


def test_each_moment_is_followed_by_a_re_plan() -> None:
    clocks = [one.moment.at.astimezone(at("07:30").tzinfo).strftime("%H:%M") for one in played().moments]
    assert clocks == ["07:40", "07:55", "10:00", "10:15", "10:40", "12:20", "13:45", "14:20", "15:10"]
    for one in played().moments:
        assert one.turn is not None
        assert one.turn.choice.proposal in one.turn.found.proposals
        assert one.turn.choice.proposal.document.assessment.findings == ()


@pytest.mark.parametrize(("clock", "who"), [("07:40", "luo-min"), ("10:00", "peng-hui")])
def test_who_drops_out_has_no_orders_any_more(clock: str, who: str) -> None:
    turn = moment(clock).turn
    assert turn is not None
    assert all(shift.technician_id != who for shift in turn.choice.proposal.document.plan.shifts)
    (lost,) = (one for one in turn.taken.ordered if one.technician_id == who)
    assert lost.dropped
    assert turn.taken.told


def test_emergencies_are_not_left_out_where_a_way_serves_them() -> None:
    for one in played().moments:
        assert one.turn is not None
        urgent = urgent_jobs(one.turn.found.scenario)
        late = {way.name: put_off(way, urgent) for way in one.turn.found.proposals}
        assert len(late[one.turn.choice.proposal.name]) == min(map(len, late.values()))


def test_emergencies_are_served_within_their_windows() -> None:
    starts = {
        stop.job_id: stop.start for shift in played().closed.report.as_it_was.shifts for stop in shift.stops
    }
    assert at("10:15") <= starts["JJ-01"] <= at("12:15")
    assert at("14:20") <= starts["JJ-02"] <= at("17:00")


def test_the_evening_knows_what_happened() -> None:
    closed = played().closed
    report, following = closed.report, {job.job_id: job for job in closed.scenario.jobs}
    assert "WX-35" in report.second_visits  # the part was missing
    assert following["WX-35"].parts["fan motor"] == 1
    assert "KC-04" in report.done  # nobody opened at one o'clock; the same day, later
    assert report.given_up == ("WX-29",)
    assert following["WX-26"].windows[0].start.date() == closed.scenario.horizon.first_day
    people = {one.technician_id: one for one in report.technicians}
    assert people["luo-min"].orders == 0
    assert people["peng-hui"].orders > 0  # he came back
    assert people["yu-xin"].orders > 0
    assert people["yu-xin"].planned_hours == 0
    assert people["wang-jianjun"].in_vain == 1
    last = next(shift for shift in report.as_it_was.shifts if shift.technician_id == "wu-bin").stops[-1]
    assert last.start < at("16:00")
    assert not set(report.done) & set(following)
    jobs = {job.job_id for job in played().question.jobs} | set(EMERGENCIES.values())
    assert set(report.done) | set(following) | {"WX-29"} == jobs


def test_the_parts_of_both_bills_sum_to_their_totals() -> None:
    report = played().closed.report
    assert sum(one.planned_cents for one in report.rules) == report.planned_bill.total_cents
    assert sum(one.real_cents for one in report.rules) == report.real_bill.total_cents


def test_the_page_shows_the_day() -> None:
    page = evening_page(played())
    for one in played().closed.report.promises:
        assert f'<th scope="row">{one.job_id}</th>' in page
    assert page.count('<tr class="taken">') == len(played().moments)


def test_the_same_script_gives_the_same_ways_to_go_on() -> None:
    script = load_day_script(FOLDER / "day.yaml")
    beginning = script.model_copy(update={"moments": script.moments[:3]})
    again = tuple(ScriptedDay(load_scenario(FOLDER), beginning, iterations=ITERATIONS).played())
    assert [ways(one) for one in again] == [ways(one) for one in played().moments[:3]]


@pytest.mark.slow
def test_the_same_script_gives_the_same_bytes() -> None:
    again = play()
    assert [ways(one) for one in again.moments] == [ways(one) for one in played().moments]
    assert again.closed.report.model_dump_json() == played().closed.report.model_dump_json()
    assert evening_page(again) == evening_page(played())


def ways(one: Played) -> str:
    assert one.turn is not None
    return one.turn.found.model_dump_json()
