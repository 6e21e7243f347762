"""Makes the answer of an engine's routes: whole times become the instance's unit again."""

from itertools import pairwise

from optimizer.interchange.hhcrsp.compile import OFFICE, Compiled
from optimizer.interchange.hhcrsp.instance import THOUSAND, Instance
from optimizer.interchange.hhcrsp.records import CaregiverRoute, HhcrspAnswer, Visit, cost_of
from optimizer.problem import Routes
from optimizer.schedule.lanes import RouteTimes, Timekeeper


def answer_of(instance: Instance, compiled: Compiled, routes: Routes) -> HhcrspAnswer:
    """Return the answer that an engine's routes are.

    Parameters
    ----------
    instance : the question
    compiled : its problem
    routes : routes of all visits
    """
    keeper = Timekeeper(compiled.problem, routes.agreed)
    found = []
    distance, late = 0, [0]
    for row, stops in enumerate(routes.stops):
        times = keeper.time(row, stops) if stops else None
        if times is None:
            continue
        distance += _distance(compiled, stops)
        late += _late(compiled, stops, times)
        visits = tuple(
            _visit(instance, compiled, stop, int(start))
            for stop, start in zip(stops, times.start, strict=True)
        )
        found.append(CaregiverRoute(caregiver=instance.caregivers[row].id, visits=visits))
    cost = cost_of(distance, sum(late), max(late))
    return HhcrspAnswer(cost=cost, caregivers=len(found), routes=tuple(found))


def _distance(compiled: Compiled, stops: tuple[int, ...]) -> int:
    places = [OFFICE, *(int(compiled.problem.place[stop]) for stop in stops), OFFICE]
    return sum(int(compiled.problem.travel[0, here, there, 0]) for here, there in pairwise(places))


def _late(compiled: Compiled, stops: tuple[int, ...], times: RouteTimes) -> list[int]:
    problem = compiled.problem
    return [
        max(0, int(start) - int(problem.late_after[problem.late_ptr[stop]]))
        for stop, start in zip(stops, times.start, strict=True)
    ]


def _visit(instance: Instance, compiled: Compiled, row: int, start: int) -> Visit:
    service = compiled.services[row]
    patient = instance.patients[service.patient]
    name = patient.required_caregivers[service.which].service
    return Visit(patient=patient.id, service=name, start=start / THOUSAND)
