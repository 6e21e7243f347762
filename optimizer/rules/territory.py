"""TERRITORY: a technician works in the own areas, for the own branches, and within the personal radius.

A technician with areas gets no job whose area is not named. The branch of a job is the one it names, else the
nearest. The radius is measured as the crow flies in whole metres, its edge included, from the usual start place,
whatever place a single day starts from.
"""

from collections import defaultdict
from collections.abc import Iterator

from optimizer.domain.assessment import Finding
from optimizer.domain.place import Place
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import branches_in_charge, great_circle_m, within
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.visits import Visit, visits


class TerritoryParams(Params):
    """Parameters of TERRITORY."""


class Territory(Rule[TerritoryParams]):
    """Technicians stay in their territory."""

    code = "TERRITORY"
    title = "The job lies in the technician's areas and radius and belongs to the technician's branches."
    section = "who"
    hard = True
    source = (
        Source("004", "第6篇"),
        Source("002", "§5.4"),
        Source("assumption", "a personal service radius"),
    )
    params = TerritoryParams

    def compile(self, scenario: Scenario, params: TerritoryParams, draft: Draft) -> None:
        """Forbid each technician the jobs of other areas, of other branches, and beyond the radius."""
        by_areas: defaultdict[frozenset[str], list[ShiftKey]] = defaultdict(list)
        by_branches: defaultdict[frozenset[str], list[ShiftKey]] = defaultdict(list)
        by_circle: defaultdict[tuple[Place, float], list[ShiftKey]] = defaultdict(list)
        for shift in draft.shifts:
            territory = shift.technician.territory
            if territory.areas:
                by_areas[frozenset(territory.areas)].append(shift.key)
            if territory.branches:
                by_branches[frozenset(territory.branches)].append(shift.key)
            if territory.radius_km is not None:
                by_circle[_centre(shift.technician, scenario), territory.radius_km].append(shift.key)
        for areas, keys in by_areas.items():
            _forbid(draft, [job.job_id for job in scenario.jobs if job.area not in areas], keys)
        if by_branches:
            of = branches_in_charge(scenario.jobs, scenario)
            for branches, keys in by_branches.items():
                _forbid(draft, [job for job, one in of.items() if one.branch_id not in branches], keys)
        for (centre, radius_km), keys in by_circle.items():
            far = [job.job_id for job in scenario.jobs if not within(centre, job.place, radius_km)]
            _forbid(draft, far, keys)

    def check(self, scenario: Scenario, params: TerritoryParams, plan: Plan) -> Iterator[Finding]:
        """Yield a finding for each stop in another area, for another branch, or beyond the radius in km."""
        made = list(visits(scenario, plan))
        asked = [visit.job for visit in made if visit.technician.territory.branches]
        in_charge = branches_in_charge(asked, scenario)
        for visit in made:
            territory = visit.technician.territory
            who, job = visit.technician.technician_id, visit.job
            if territory.areas and job.area not in territory.areas:
                where = f"in {job.area}" if job.area is not None else "in no named area"
                yield self._outside(visit, f"{job.job_id} lies {where}, not an area of {who}.")
            if territory.branches:
                branch = in_charge[job.job_id].branch_id
                if branch not in territory.branches:
                    yield self._outside(visit, f"{job.job_id} belongs to {branch}, not a branch of {who}.")
            if territory.radius_km is not None:
                centre = _centre(visit.technician, scenario)
                if not within(centre, job.place, territory.radius_km):
                    km = round(great_circle_m(centre, job.place)) / 1000
                    yield Finding(
                        code=self.code,
                        job_id=job.job_id,
                        technician_id=who,
                        day=visit.shift.day,
                        measured=km,
                        limit=territory.radius_km,
                        over=km - territory.radius_km,
                        unit="km",
                        sentence=f"{job.job_id} is {km:.1f} km from where {who} starts; "
                        f"the radius is {territory.radius_km:g} km.",
                    )

    def _outside(self, visit: Visit, sentence: str) -> Finding:
        return Finding(
            code=self.code,
            job_id=visit.job.job_id,
            technician_id=visit.technician.technician_id,
            day=visit.shift.day,
            measured=1,
            limit=0,
            over=1,
            unit="job outside",
            sentence=sentence,
        )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return (
            f"Give {finding.job_id} to somebody of that territory, or widen that of {finding.technician_id}."
        )


def _centre(technician: Technician, scenario: Scenario) -> Place:
    if technician.starts_from == "home" and technician.home is not None:
        return technician.home
    return next(branch.place for branch in scenario.branches if branch.branch_id == technician.branch_id)


def _forbid(draft: Draft, jobs: list[str], shifts: list[ShiftKey]) -> None:
    if jobs:
        draft.forbid(jobs, shifts)


RULE = Territory()
