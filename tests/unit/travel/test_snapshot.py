from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.diff import diff_plans
from optimizer.diff.apply import apply
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import travel_sha256
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.plan import Plan
from optimizer.interchange.plan_file import plan_json
from optimizer.planning import plan_scenario
from optimizer.retime import retime
from optimizer.travel import Roads, travel_table
from optimizer.travel.snapshot import by_roads, changed_legs, drives_changed
from tests.unit.rules.build import DAY as DATE
from tests.unit.rules.build import job, north, scenario
from tests.unit.slow_day import slow_day, slow_document, with_areas
from tests.unit.travel.roads.stub_roads import StubRoads

DAY = scenario(jobs=(job(), job(job_id="J2", place=north(9))))
LACKING = Roads(StubRoads(seconds=1000, no_road=[(0, 1)]))


def planned(roads: Roads | None) -> PlanDocument:
    return plan_scenario(DAY, stop=Iterations(0), engine="greedy", roads=roads)


def test_a_plan_on_roads_says_what_its_reader_must_know() -> None:
    plan = planned(LACKING).plan
    assert plan.travel.source == "roads and great circle"
    assert "have no road" in plan.travel.warnings[0] or "has no road" in plan.travel.warnings[0]
    assert check_plan(DAY, plan) == ()


def test_orders_are_timed_on_roads_too() -> None:
    orders = Orders(routes=(OrderedDay(technician_id="T1", day=DATE, jobs=("J2", "J1")),))
    plan = retime(DAY, orders, roads=LACKING).plan
    assert plan.travel.warnings == planned(LACKING).plan.travel.warnings
    # From the branch (row 0) 1000 s to the last row.
    assert plan.shifts[0].stops[0].leg.travel_s == 1000


def test_a_plan_without_roads_is_written_as_ever() -> None:
    assert '"warnings"' not in plan_json(planned(None))
    assert planned(None) == planned(None)


def test_warnings_go_along_when_a_difference_is_applied() -> None:
    straight, on_roads = planned(None), planned(LACKING)
    for old, new in ((straight, on_roads), (on_roads, straight)):
        assert apply(diff_plans(old, new), old) == new


def test_roads_are_named_among_the_sources() -> None:
    assert by_roads("given matrices and roads")
    assert not by_roads("great circle")
    assert not by_roads("roadside gossip")


def faster(plan: Plan, base_s: int) -> Plan:
    """Say that every drive takes so long; the plan's times stay."""
    legs = tuple(leg.model_copy(update={"base_s": base_s}) for leg in plan.travel.legs)
    travel = plan.travel.model_copy(update={"legs": legs, "sha256": travel_sha256(plan.travel.source, legs)})
    return plan.model_copy(update={"travel": travel})


def test_the_checker_lets_roads_be_faster_than_the_profile_but_not_than_any_vehicle() -> None:
    # 20 km: 2000 s at the profile's 36 km/h, 360 s at 200 km/h.
    on_roads = planned(Roads(StubRoads(seconds=400))).plan
    assert check_plan(DAY, on_roads) == ()
    sentences = [finding.sentence for finding in check_plan(DAY, faster(on_roads, 350))]
    assert any("faster than any road's 200 km/h" in sentence for sentence in sentences)
    straight = on_roads.model_copy(
        update={
            "travel": on_roads.travel.model_copy(
                update={
                    "source": "great circle",
                    "sha256": travel_sha256("great circle", on_roads.travel.legs),
                }
            )
        }
    )
    assert any("profile's highest speed" in one.sentence for one in check_plan(DAY, straight))


def test_legs_that_take_other_times_now_are_found() -> None:
    plan = planned(Roads(StubRoads(seconds=1000))).plan
    assert list(changed_legs(plan, travel_table(DAY, Roads(StubRoads(seconds=1000))))) == []
    now = travel_table(DAY, Roads(StubRoads(seconds=1100)))
    assert [seconds for _, seconds in changed_legs(plan, now)] == [
        leg.base_s + 100 for leg in plan.travel.legs
    ]
    fewer = travel_table(scenario(), Roads(StubRoads(seconds=1000)))
    assert None in [seconds for _, seconds in changed_legs(plan, fewer)]


def test_a_jam_that_came_later_changes_the_drives_it_touches() -> None:
    plan, usual = slow_document().plan, travel_table(with_areas(slow_day()))
    assert drives_changed(plan, travel_table(slow_day())) == ""
    touched = [leg for leg in plan.travel.legs if "job:J1" in (leg.from_place, leg.to_place)]
    assert list(changed_legs(plan, usual)) == [(leg, leg.base_s) for leg in touched]
    assert f"now {touched[0].base_s:,} s with other hours" in drives_changed(plan, usual)
