"""What is taken along: fewer tools for the own work, and parts from the van before those to load."""

from optimizer.domain.job import Rework
from optimizer.rules.taking_along import PartShare, parts_of_day, tools_of_jobs
from tests.unit.restock_day import FAN, answer, question
from tests.unit.rules.build import DAY, at, job, scenario, shift_plan, stop


def test_who_mends_the_own_work_is_not_asked_for_the_types_tools() -> None:
    leak = Rework(installed_by="T1", installed_on=DAY, fault="refrigerant_leak", installation_fault=True)
    one = job(tools=("endoscope",), rework=leak)
    tools = tools_of_jobs(scenario(jobs=[one]))
    assert tools.needed(one, "T1") == ("endoscope",)
    assert tools.needed(one, "T2") == tools.usual(one) == ("multimeter", "refrigerant gauge", "endoscope")


def test_without_the_exception_everybody_needs_the_same() -> None:
    leak = Rework(installed_by="T1", installed_on=DAY, fault="refrigerant_leak", installation_fault=True)
    one = job(rework=leak)
    tools = tools_of_jobs(scenario(jobs=[one], rules={"SKILL": {"installer_mends_own": False}}))
    assert tools.needed(one, "T1") == tools.usual(one)


def test_the_vans_pieces_go_to_the_first_jobs() -> None:
    jobs = [job(parts={"fan motor": 2}), job(job_id="J2", parts={"fan motor": 2})]
    of = scenario(jobs=jobs)
    stops = [stop("J1", at("10:00"), at("11:00")), stop("J2", at("12:00"), at("13:00"))]
    day = shift_plan(stops).model_copy(update={"picked_up": {"fan motor": 1}})
    # 4 pieces are needed and 1 is loaded, so 3 are on the van: 2 for J1, 1 for J2.
    assert parts_of_day(day, {one.job_id: one for one in jobs}, of.policy) == {
        "J1": (PartShare("fan motor", from_van=2, to_load=0),),
        "J2": (PartShare("fan motor", from_van=1, to_load=1),),
    }


def test_what_is_loaded_on_the_way_goes_to_the_jobs_behind() -> None:
    of = question()
    jobs = {one.job_id: one for one in of.jobs}
    first = answer(of).shifts[0]
    # J1 takes one before anything is loaded: it is on the van. J2 takes two, which are loaded.
    assert parts_of_day(first, jobs, of.policy) == {
        "J1": (PartShare(FAN, from_van=1, to_load=0),),
        "J2": (PartShare(FAN, from_van=0, to_load=0, on_the_way=2),),
    }
    # One of three loaded is for another day, though the day takes no more than three.
    spare = answer(of, "J1", "B2", "J2", fans=3).shifts[0]
    assert parts_of_day(spare, jobs, of.policy)["J1"] == (PartShare(FAN, from_van=1, to_load=0),)
    # The two at the first stop cannot come from the halt behind it.
    late = answer(of, "J2", "B2", "J1", fans=1).shifts[0]
    assert parts_of_day(late, jobs, of.policy) == {
        "J2": (PartShare(FAN, from_van=2, to_load=0),),
        "J1": (PartShare(FAN, from_van=0, to_load=0, on_the_way=1),),
    }
