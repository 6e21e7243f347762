"""What looks wrong in a scenario as a whole is said with numbers, names and a remedy; nothing is said without cause."""

from datetime import timedelta

import pytest

from optimizer.domain.place import Place
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.technician import Certificate, Shift
from optimizer.domain.time import Window
from optimizer.interchange.scenario_file import load_scenario
from optimizer.rules.doubts import MOST, doubts
from optimizer.scenario_library import scenario_names, scenario_path
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, job, north, scenario, technician


def the_only(of: Scenario) -> str:
    (said,) = doubts(of)
    return said


def test_a_plain_scenario_has_none() -> None:
    assert doubts(scenario()) == ()
    assert doubts(scenario(now=at("18:00", DAY - timedelta(days=1)))) == ()  # the evening before


# ---- Asked for and held by nobody -------------------------------------------------------------------------


def test_a_skill_under_another_name() -> None:
    people = [technician(technician_id=f"T{i}", skills={"维修/空调": 3}) for i in range(2)]
    jobs = [job(job_id=f"J{i}", product="空调", place=north(i)) for i in range(5)]
    assert the_only(scenario(people, jobs)) == (
        "the skill repair/空调 is asked for by 5 jobs (J0, J1, J2 and 2 more) and held by nobody; 维修/空调 is held by "
        "2 technicians and asked for by no job: if the two are one, write them alike"
    )


def test_the_plain_kind_is_near_the_kind_of_a_product() -> None:
    said = the_only(scenario(jobs=[job(product="aircon")]))
    assert "the skill repair/aircon is asked for by 1 job (J1)" in said
    assert "repair is held by 1 technician and asked for by no job" in said


def test_a_skill_that_some_job_asks_for_is_no_other_name() -> None:
    said = the_only(scenario(jobs=[job(product="aircon"), job(job_id="J2")]))
    assert said.endswith(
        "held by nobody; add to the skills of those who are trained, or correct the job or its type"
    )


def test_a_level_nobody_reaches() -> None:
    jobs = [job(skills={"repair": 4}), job(job_id="J2", skills={"repair": 3})]
    assert the_only(scenario(jobs=jobs)).startswith(
        "the skill repair is asked for at level 4 or higher by 1 job (J1) and held at level 3 at most;"
    )


def test_a_certificate_that_has_run_out() -> None:
    old = Certificate(name="welding", valid_until=DAY - timedelta(days=1))
    people = [technician(certificates=(old,))]
    said = the_only(scenario(people, [job(certificates=("welding",))]))
    assert said.endswith("on the planned days; 1 technician had welding before or after: enter the renewal")
    valid = Certificate(name="welding", valid_from=NEXT_DAY)
    assert (
        doubts(scenario([technician(certificates=(valid,))], [job(certificates=("welding",))], days=2)) == ()
    )


def test_tools_that_the_same_jobs_ask_for_share_a_note() -> None:
    # A repair takes the multimeter and the refrigerant gauge of the repairer's kit.
    said = the_only(scenario([technician(kits=(), tools=("multi-meter",))]))
    assert said == (
        "the tools multimeter and refrigerant gauge are asked for by 1 job (J1) and carried by nobody; multi-meter is "
        "held by 1 technician and asked for by no job: if the two are one, write them alike"
    )


def test_parts_lie_on_vans_or_at_branches() -> None:
    asks = [job(parts={"fan": 1})]
    assert the_only(scenario(jobs=asks)).startswith("the part fan is asked for by 1 job (J1) and on no van ")
    assert doubts(scenario([technician(parts={"fan": 1})], asks)) == ()
    assert doubts(scenario(jobs=asks, branches=[branch(stock={"fan": 1})])) == ()
    assert len(doubts(scenario(jobs=asks, branches=[branch(stock={"fan": 0})]))) == 1


def test_a_rule_that_is_switched_off_asks_for_nothing() -> None:
    off = {code: {"active": False} for code in ("SKILL", "TOOL", "CERTIFICATE", "PART")}
    asks = [job(product="x", tools=("y",), certificates=("z",), parts={"w": 1})]
    assert len(doubts(scenario(jobs=asks))) == 4
    assert doubts(scenario(jobs=asks, rules=off)) == ()


def test_very_many_are_counted() -> None:
    jobs = [
        job(
            job_id=f"J{i}",
            place=north(i),
            product=f"p{i}",
            tools=(f"t{i}",),
            certificates=(f"c{i}",),
            parts={f"w{i}": 1},
        )
        for i in range(9)
    ]
    said = doubts(scenario(jobs=jobs))
    # Three notes and a count on each of four kinds are 16: ten are said.
    assert len(said) == MOST + 1
    assert said[3] == "6 further skills that jobs ask for are held by nobody"
    assert said[-1] == "and 6 further doubts of this kind"


# ---- Time -------------------------------------------------------------------------------------------------


def test_now_after_the_last_shift() -> None:
    # The shift ends at 18:00, with two hours of overtime at 20:00.
    assert doubts(scenario(now=at("19:59"))) == ()
    assert the_only(scenario(now=at("21:30"))) == (
        "nothing can be planned: now is 2026-07-15 21:30, the last shift ends 2026-07-15 20:00 with its overtime; "
        "correct now, the first day or the shifts"
    )


def test_now_long_before_the_first_day() -> None:
    early = scenario(now=at("23:00", DAY - timedelta(days=2)))
    assert the_only(early).startswith(
        "now is 2026-07-13 23:00, more than a working day before the first planned day"
    )
    # The 14th is free: nothing is worked in between.
    free = HolidayCalendar(extra_free_days=(DAY - timedelta(days=1),))
    assert doubts(early.model_copy(update={"calendar": free})) == ()


def test_windows_before_now() -> None:
    gone = Window(start=at("09:00"), end=at("10:00"))
    later = Window(start=at("14:00"), end=at("15:00"))
    jobs = [job(windows=(gone,)), job(job_id="J2", windows=(gone, later)), job(job_id="J3")]
    assert doubts(scenario(jobs=jobs, now=at("10:00"))) == ()  # windows are closed at both ends
    assert the_only(scenario(jobs=jobs, now=at("10:01"))).startswith(
        "the agreed time of 1 job (J1) ends before now, 2026-07-15 10:01;"
    )
    asked = Promise(job_id="J1", technician_id="T1", window=gone, start=at("09:00"), asked=True)
    assert doubts(scenario(jobs=jobs, promises=[asked], now=at("10:01"))) == ()


def test_nobody_works() -> None:
    assert the_only(scenario(technicians=[])).startswith("nothing can be planned: there are no technicians;")
    other_day = technician(shifts=(Shift(day=NEXT_DAY),))
    assert the_only(scenario([other_day])) == (
        "nothing can be planned: the only technician has no shift on the planned days (2026-07-15), the shifts entered "
        "are from 2026-07-16 to 2026-07-16; correct the shifts or the first day"
    )
    assert doubts(scenario([other_day, technician(technician_id="T2")])) == ()
    closed = scenario().model_copy(update={"calendar": HolidayCalendar(extra_free_days=(DAY,))})
    assert the_only(closed).endswith("correct the calendar or the first day")


# ---- Places -----------------------------------------------------------------------------------------------


def test_exchanged_coordinates() -> None:
    # Munich is at 48.1 N 11.6 E; exchanged it lies off Somalia, 5,000 km away.
    munich, exchanged = Place(lat=48.1, lon=11.6), Place(lat=11.6, lon=48.1)
    of = scenario(
        jobs=[job(place=munich), job(job_id="J2", place=exchanged)], branches=[branch(place=munich)]
    )
    assert the_only(of).startswith(
        "1 place (job:J2) more than 2,000 km from every branch, but near one with lat "
    )


@pytest.mark.parametrize(("km", "said"), [(1_999, 0), (2_001, 1)])
def test_far_from_every_branch(km: float, said: int) -> None:
    assert len(doubts(scenario(jobs=[job(place=north(km))]))) == said


def test_far_from_one_branch_but_not_from_another() -> None:
    assert (
        doubts(
            scenario(
                jobs=[job(place=north(2_500))],
                branches=[branch(), branch(branch_id="B2", place=north(2_400))],
            )
        )
        == ()
    )


def test_one_point() -> None:
    two = [branch(), branch(branch_id="B2")]
    assert the_only(scenario(branches=two)).startswith("2 branches (B1 and B2) stand at the same point;")
    five = [job(job_id=f"J{i}") for i in range(5)]
    assert the_only(scenario(jobs=five)).startswith(
        "all 5 jobs lie at the same point (lat 28.254, lon 112.98),"
    )
    assert doubts(scenario(jobs=five[:4])) == ()
    assert doubts(scenario(jobs=[*five, job(job_id="J9", place=north(7))])) == ()


# ---- The library ------------------------------------------------------------------------------------------

MEANT = {
    "changsha-aircon": 1,  # a refrigerant for which nobody holds the certificate
    "rules/appointment": 1,  # a window that has passed
    "rules/contact": 3,  # an installation to be called about, and no installer
    "rules/shared_tool": 1,  # a branch without a hoist
    "rules/skill": 1,  # a product line nobody knows
    "shanghai-purifier": 1,  # a part on order
}
"""Scenarios whose story has a doubt in it."""


def test_the_library_has_only_the_doubts_of_its_stories() -> None:
    found = {}
    for name in scenario_names():
        path = scenario_path(name)
        assert path is not None
        found[name] = len(doubts(load_scenario(path)))
    assert {name: number for name, number in found.items() if number} == MEANT
