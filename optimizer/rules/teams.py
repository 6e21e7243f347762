"""Who is at a job together, and what each of them does there over the days that it takes."""

from collections import defaultdict
from collections.abc import Iterator

from optimizer.domain.plan import Plan
from optimizer.domain.requirements import seats
from optimizer.domain.scenario import Scenario
from optimizer.rules.visits import Visit, visits


def teams(scenario: Scenario, plan: Plan) -> Iterator[tuple[Visit, ...]]:
    """Yield the visits that count together: those of a crew on one day, who leads first; every other visit alone."""
    found: dict[tuple[str, ...], list[Visit]] = {}
    for visit in visits(scenario, plan):
        key: tuple[str, ...] = (visit.job.job_id, str(visit.stop.part))
        if seats(visit.job, scenario.policy) == 1:
            key += (visit.technician.technician_id, str(visit.shift.day), str(visit.stop.start))
        found.setdefault(key, []).append(visit)
    for team in found.values():
        yield tuple(sorted(team, key=lambda visit: visit.stop.seat))


def by_seat(scenario: Scenario, plan: Plan) -> Iterator[tuple[Visit, ...]]:
    """Yield the visits of each place in a job's crew, in order of the job's days."""
    found: defaultdict[tuple[str, int], list[Visit]] = defaultdict(list)
    for visit in visits(scenario, plan):
        found[visit.job.job_id, visit.stop.seat].append(visit)
    for mine in found.values():
        yield tuple(sorted(mine, key=lambda visit: visit.stop.part))
