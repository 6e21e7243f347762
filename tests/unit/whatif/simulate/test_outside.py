"""Who falls ill calls off, and who is on call comes instead; customers take reports back while nobody was there."""

from datetime import datetime, time

from optimizer.domain.demand_chances import Absences, Failures
from optimizer.domain.demand_model import DemandModel
from optimizer.domain.event import Back, CallOff
from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.simulate.outside import calls_off, cancellations
from optimizer.whatif.simulate.world import World
from optimizer.whatif.variants.on_call import on_call_from
from tests.unit.rules.build import DAY, at, job, scenario, technician

SHIFTS = (Shift(day=DAY, start=time(9)),)


def world(model: DemandModel, number: int = 0) -> World:
    return World(model, Policy(), Chain(1, number), at("06:30"))


def staff() -> Scenario:
    regular = [technician(technician_id=f"T{number}", shifts=SHIFTS) for number in range(6)]
    instead = [on_call_from(technician(technician_id=f"R{n}", shifts=SHIFTS), DAY) for n in range(3)]
    return scenario([*regular, *instead])


def told(now: str = "06:30") -> list[CallOff | Back]:
    half = DemandModel(absences=Absences(sick=0.5, late=0.0))
    return list(calls_off(world(half, number=2), staff(), DAY, at(now)))


def test_for_each_who_calls_off_one_who_is_on_call_and_well_is_called_in() -> None:
    found = told()
    away = [one.technician_id for one in found if isinstance(one, CallOff)]
    back = [one.technician_id for one in found if isinstance(one, Back)]
    assert away
    assert all(name.startswith("T") for name in away)
    assert 0 < len(back) <= len(away)
    assert len(set(back)) == len(back)
    assert all(name.startswith("R") for name in back)
    calls = [one for one in found if isinstance(one, CallOff)]
    # half an hour before the shift, for as long as they are ill
    assert {one.at for one in calls} == {at("08:30")}
    assert all(one.last_day is not None and one.last_day >= DAY for one in calls)


def test_nobody_calls_off_before_the_day_is_planned() -> None:
    assert {one.at for one in told("08:45") if isinstance(one, CallOff)} == {at("08:46")}


def test_nobody_is_ill_where_nobody_falls_ill() -> None:
    well = DemandModel(absences=Absences(sick=0.0, late=0.0))
    assert not list(calls_off(world(well), staff(), DAY, at("06:30")))


def test_a_report_is_taken_back_while_nobody_was_there() -> None:
    of = world(DemandModel(failures=Failures(cancelled=1.0)))
    asked = job(intake_at=at("06:00"))
    far = datetime.fromisoformat("2030-01-01T00:00:00+08:00")
    (event,) = cancellations(of, [asked], far)
    assert event.job_id == asked.job_id
    assert event.at >= at("06:30")  # the chain's first moment
    assert not list(cancellations(of, [asked], at("06:00")))
    of.visited(asked.job_id)
    assert not list(cancellations(of, [asked], far))
