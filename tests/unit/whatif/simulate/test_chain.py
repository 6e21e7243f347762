"""Chains of simulated days: repeatable, nobody is lost, and without chance everything goes as planned."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from optimizer.control import Iterations
from optimizer.domain.demand_model import DemandModel
from optimizer.domain.event import Finished, NoAccess, PartMissing, SiteNotReady
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Effort, Study
from optimizer.domain.study_patches import AddStaff
from optimizer.domain.study_sample import ClocksEnded, Sample
from optimizer.generate import generate_scenario
from optimizer.operate import RunningDay
from optimizer.planning import plan_scenario
from optimizer.rules.complete import TARGET
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.demand.default_model import default_model
from optimizer.whatif.rhythm import with_shifts_on
from optimizer.whatif.simulate.chain import simulated_chain
from optimizer.whatif.simulate.day import WholeDay, simulated_day
from optimizer.whatif.simulate.figures import SERVICE, figures_of
from optimizer.whatif.simulate.real_day import RealDay
from optimizer.whatif.simulate.waiting import Waiting
from optimizer.whatif.simulate.world import World
from optimizer.whatif.variants.apply import variant_scenario
from tests.property.tied_scenarios import tied_scenario

IN_VAIN: Final = (NoAccess, PartMissing, SiteNotReady)
EFFORT = Effort(plan_iterations=100, replan_iterations=30, replan_at=(time(9), time(11, 30), time(15)))
STUDY = Study(name="trial", base="made up", days=3, warm_up_days=1, seed=5, effort=EFFORT)


@cache
def base() -> Scenario:
    """Four people and as many jobs a day as they can just not do."""
    of = generate_scenario(technicians=5, jobs=25, seed=4, load=0.9)
    first = of.horizon.first_day
    return with_shifts_on(of, [first + timedelta(days=one) for one in range(20)])


@cache
def model() -> DemandModel:
    return default_model(base())


def simulated(variant: str = "base", *, scenario: Scenario | None = None, number: int = 0) -> Sample:
    return simulated_chain(base(), scenario or base(), model(), STUDY, variant, number)


def test_the_same_chain_is_the_same_and_another_one_is_another() -> None:
    first = simulated()
    assert first.model_dump_json() == simulated().model_dump_json()
    assert simulated(number=1).days != first.days
    twin = variant_scenario(base(), ())
    assert simulated("twin", scenario=twin).days == first.days


def test_customers_are_the_same_whoever_is_there() -> None:
    like = base().technicians[0].technician_id
    more = variant_scenario(base(), (AddStaff(kind="add_staff", count=2, like=like),))
    found = simulated("more", scenario=more)
    assert [day.reported for day in found.days] == [day.reported for day in simulated().days]
    assert found.people[: len(base().technicians)] == simulated().people
    assert len(found.people) == len(base().technicians) + 2


def test_no_job_is_lost() -> None:
    study = STUDY.model_copy(update={"warm_up_days": 0, "days": 5})
    found = simulated_chain(base(), base(), model(), study, "base", 0)
    before = len(base().jobs)
    for day in found.days:
        # what was there, and what came, is done, given up, or still there; who was not helped comes once more
        came_back = day.open_jobs - (before + day.reported - day.done - day.given_up)
        assert 0 <= came_back <= day.done - day.fixed_first
        before = day.open_jobs
    assert sum(day.done for day in found.days) > 30
    assert sum(day.in_vain for day in found.days) > 0
    assert sum(day.told for day in found.days) > sum(day.told_kept for day in found.days) > 0


def test_who_reports_after_the_first_plan_is_known_on_the_first_morning() -> None:
    of = generate_scenario(technicians=8, jobs=20, seed=1)
    first = of.horizon.first_day
    plan_at = datetime.combine(first, time(6, 30), tzinfo=ZoneInfo(of.time_zone))
    assert any(job.intake_at is not None and job.intake_at > plan_at for job in of.jobs)
    of = with_shifts_on(of, [first + timedelta(days=one) for one in range(5)])
    study = STUDY.model_copy(update={"warm_up_days": 0, "days": 1})
    (day,) = simulated_chain(of, of, default_model(of), study, "base", 0).days
    assert day.reported == 0
    assert 0 < day.done < len(of.jobs)


def real_day(seed: int) -> tuple[RealDay, World, Scenario, Plan]:
    of = a_day(seed)
    assert of.now is not None
    plan = plan_scenario(of, stop=Iterations(60)).plan
    world = World(default_model(of), of.policy, Chain(1, seed), of.now)
    return RealDay(world, of), world, of, plan


def test_what_was_heard_is_not_told_again() -> None:
    in_vain = 0
    for seed in range(1, 12, 2):
        real, world, of, plan = real_day(seed)
        assert of.now is not None
        heard = [real.until(of, plan, [], of.now + timedelta(hours=after)) for after in (7, 11, 19, 23, 30)]
        ends = Counter(one.job_id for some in heard for one in some if isinstance(one, (*IN_VAIN, Finished)))
        assert set(ends.values()) == {1}, seed
        failed = [one.job_id for some in heard for one in some if isinstance(one, IN_VAIN)]
        assert all(world.visit(job_id) == 1 for job_id in failed)
        real.plan_is_over()
        assert all(world.visit(job_id) == 2 for job_id in failed)
        in_vain += len(failed)
    assert in_vain > 3


def whole_day(of: Scenario) -> WholeDay:
    assert of.now is not None
    plan = plan_scenario(of, stop=Iterations(60)).plan
    world = World(default_model(of), of.policy, Chain(1, 0), of.now)
    return simulated_day(RunningDay(of, plan, of.now), world, of, Waiting(), moments=[], stop=Iterations(0))


def service(whole: WholeDay, excused: Mapping[str, datetime]) -> tuple[ClocksEnded, ...]:
    return figures_of(whole, reported=0, given_up=0, open_jobs=0, excused=excused).service_clocks


def test_what_runs_out_behind_a_closed_door_does_not_count() -> None:
    whole = whole_day(a_day(3))
    missed = [one for one in whole.closed.report.missed if one.code in SERVICE]
    late = {one.job_id: one.due for one in missed if one.job_id is not None}
    assert len(late) > 1

    def clocks(excused: Mapping[str, datetime]) -> tuple[int, int]:
        ended = service(whole, excused)
        return sum(one.kept for one in ended), sum(one.missed for one in ended)

    kept, lateness = clocks({})
    assert lateness == len(missed)
    first = min(late)
    begin = min(late.values()) - timedelta(days=1)
    assert clocks({first: begin}) == (kept, lateness - sum(one.job_id == first for one in missed))
    assert clocks(dict.fromkeys(late, begin)) == (kept, 0)
    after = max(late.values()) + timedelta(days=1)  # late before anybody was at the door
    assert clocks(dict.fromkeys(late, after)) == (kept, lateness)


def test_targets_count_only_where_they_have_a_price() -> None:
    of = a_day(3)
    (target,) = (one for one in service(whole_day(of), {}) if one.label == TARGET)
    assert target.free
    assert not any(one.free for one in service(whole_day(of), {}) if one.label != TARGET)
    settings = {**of.policy.rules, "COMPLETE": {"missed_target_cents": 1_000}}
    priced = of.model_copy(update={"policy": of.policy.model_copy(update={"rules": settings})})
    assert not any(one.free for one in service(whole_day(priced), {}))


def a_day(seed: int) -> Scenario:
    """Return a day of generated people and jobs, or of tied ones, seen at six in the morning."""
    of = tied_scenario(seed)
    if seed % 2 or of.horizon.days > 1 or any(one.lent_for for one in of.technicians):
        of = generate_scenario(technicians=6, jobs=30, seed=seed)
    now = datetime.combine(of.horizon.first_day, time(6), tzinfo=ZoneInfo(of.time_zone))
    return of.model_copy(update={"now": now})


def visits(of: Plan) -> dict[tuple[str, str, int], tuple[datetime, datetime, datetime]]:
    return {
        (shift.technician_id, stop.job_id, stop.part): (stop.leg.departure, stop.start, stop.end)
        for shift in of.shifts
        for stop in shift.stops
    }


def test_without_chance_days_go_as_planned() -> None:
    seen = 0
    for seed in range(14):
        of = a_day(seed)
        assert of.now is not None
        plan = plan_scenario(of, stop=Iterations(60)).plan
        world = World(default_model(of).certain(), of.policy, Chain(1, 0), of.now)
        running = RunningDay(of, plan, of.now)
        found = simulated_day(running, world, of, Waiting(), moments=[], stop=Iterations(0))
        assert visits(found.closed.report.as_it_was) == visits(plan), seed
        assert found.moved == 0
        seen += len(visits(plan))
    assert seen > 100
