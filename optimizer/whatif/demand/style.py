"""What new jobs are like: the scenario's own jobs of the same type, in the same area."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches

from optimizer.domain.demand_model import DemandModel
from optimizer.domain.job import PRIORITIES, Job, Priority
from optimizer.domain.place import Place
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.generate.region import shifted
from optimizer.whatif.demand.arrivals import Arrival
from optimizer.whatif.demand.chain import Chain, which


class Style:
    """Finds the job that a new one is like, and where it is.

    Parameters
    ----------
    scenario : the study's base scenario
    """

    def __init__(self, scenario: Scenario) -> None:
        self._alike: dict[tuple[str, str | None], list[Job]] = defaultdict(list)
        self._of_type: dict[str, list[Job]] = defaultdict(list)
        self._places: dict[str | None, list[Place]] = defaultdict(list)
        for job in scenario.jobs:
            self._alike[job.type, job.product].append(job)
            self._of_type[job.type].append(job)
            self._places[job.area].append(job.place)

    def like(self, chain: Chain, arrival: Arrival, priority: Priority | None) -> Job | None:
        """Draw the scenario's job that a new one is like; none: the scenario has none of its type.

        Of the type's jobs those of the same product come first, and of these the ones of the same priority.

        Parameters
        ----------
        chain : source of chance
        arrival : the report
        priority : priority class of the new job; none: as drawn
        """
        jobs = self._alike.get((arrival.type, arrival.source.product)) or self._of_type.get(arrival.type, [])
        jobs = [job for job in jobs if priority in (None, job.priority)] or jobs
        return jobs[int(chain.uniform("like", *arrival.name) * len(jobs))] if jobs else None

    def place(self, chain: Chain, arrival: Arrival, spread_m: float) -> Place:
        """Draw where a new customer lives: near one of the area's, or at the same address.

        Parameters
        ----------
        chain : source of chance
        arrival : the report, from an area where the scenario has a job
        spread_m : standard deviation of the distance to the east and to the north, in metres; 0: the same address
        """
        places = self._places[arrival.source.area]
        near = places[int(chain.uniform("near", *arrival.name) * len(places))]
        if spread_m == 0:
            return near
        east, north = (spread_m / 1000 * chain.normal(way, *arrival.name) for way in ("east", "north"))
        return shifted(near, east, north)


def drawn_priority(model: DemandModel, chain: Chain, arrival: Arrival) -> Priority | None:
    """Draw the priority class of a new job; none: that of the job it is like.

    Parameters
    ----------
    model : the demand
    chain : source of chance
    arrival : the report
    """
    if not model.priorities:
        return None
    weights = tuple(model.priorities.get(priority, 0.0) for priority in PRIORITIES)
    return PRIORITIES[which(weights, chain.uniform("priority", *arrival.name))]


def demand_issues(model: DemandModel, scenario: Scenario) -> tuple[Issue, ...]:
    """Return what a demand model names that the scenario does not have.

    Parameters
    ----------
    model : the demand
    scenario : the study's base scenario: areas are those of its jobs, types those of its policy
    """
    return (*_areas(model, scenario), *_types(model, scenario))


def _areas(model: DemandModel, scenario: Scenario) -> Iterator[Issue]:
    known = {job.area for job in scenario.jobs}
    for row, source in enumerate(model.sources):
        if source.area not in known:
            path, name = f"sources[{row}].area", source.area
            if name is None:
                action = "Name the area of these units."
                yield Issue("unknown-area", path, "No job of the scenario is without an area.", action)
            else:
                yield _unknown("area", path, name, [area for area in known if area is not None])


def _types(model: DemandModel, scenario: Scenario) -> Iterator[Issue]:
    types = list(scenario.policy.job_types)
    named = [(f"mixes[{row}].types", list(mix.types)) for row, mix in enumerate(model.mixes)]
    named += [
        ("months", list(model.months)),
        ("durations.by_type", list(model.durations.by_type)),
        ("appointments.days_ahead_by_type", list(model.appointments.days_ahead_by_type)),
    ]
    for path, names in named:
        for name in names:
            if name not in types:
                yield _unknown("type", f"{path}.{name}", name, types)
    for row, one in enumerate(model.demand):
        for word, value, values in (
            ("type", one.type, types),
            ("area", one.area, [source.area for source in model.sources if source.area is not None]),
            ("product", one.product, [mix.product for mix in model.mixes if mix.product is not None]),
        ):
            if value is not None and value not in values:
                yield _unknown(word, f"demand[{row}].{word}", value, values)


def _unknown(word: str, path: str, name: str, known: list[str]) -> Issue:
    near = get_close_matches(name, known, n=1)
    meant = f"Did you mean {near[0]!r}?" if near else f"Use one of {', '.join(sorted(known)[:8]) or 'none'}."
    return Issue(f"unknown-{word}", path, f"The scenario has no {word} {name!r}.", meant)
