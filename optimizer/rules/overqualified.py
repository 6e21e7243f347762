"""OVERQUALIFIED: specialists are kept for the work that needs them.

For each skill a job asks for, the levels by which the planned technician is above the level asked for cost, beyond
a tolerance of one level. A small price: it decides between people who are about equally near. Of a crew the one who
leads is meant.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import BillLine
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import required_skills
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.lateness import service_line
from optimizer.rules.visits import leads
from optimizer.words.numbers import money


class OverqualifiedParams(Params):
    """Parameters of `OVERQUALIFIED`."""

    tolerance_levels: Annotated[int, Field(ge=0, le=5)] = 1
    """Levels above the level asked for that cost nothing."""
    cents_per_level: Annotated[int, Field(ge=0, le=1_000_000)] = 300
    """Price of each further level, for each skill asked for."""


class Overqualified(Rule[OverqualifiedParams]):
    """A specialist on plain work."""

    code = "OVERQUALIFIED"
    title = "A specialist on plain work costs a little for each level that the work does not need."
    section = "price"
    hard = False
    source = (Source("assumption", "specialists are kept for special work; tolerance and price"),)
    params = OverqualifiedParams

    def compile(self, scenario: Scenario, params: OverqualifiedParams, draft: Draft) -> None:
        """Price each skill and level asked for, for shifts of people far above it."""
        if not params.cents_per_level:
            return
        asking: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for job in scenario.jobs:
            for need in required_skills(job, scenario.policy).items():
                asking[need].append(job.job_id)
        having: defaultdict[str, defaultdict[int, list[ShiftKey]]] = defaultdict(lambda: defaultdict(list))
        for shift in draft.shifts:
            for skill, level in shift.technician.skills.items():
                having[skill][level].append(shift.key)
        for (skill, least), jobs in asking.items():
            for level, keys in having[skill].items():
                idle = level - least - params.tolerance_levels
                if idle > 0:
                    draft.price_assignment(jobs, keys, cents=idle * params.cents_per_level)

    def bill(self, scenario: Scenario, params: OverqualifiedParams, plan: Plan) -> Iterator[BillLine]:
        """Yield for each visit the skills that are far above what the job asks for."""
        for visit in leads(scenario, plan):
            who = visit.technician
            for skill, least in required_skills(visit.job, scenario.policy).items():
                above = who.skills.get(skill, 0) - least
                cents = (above - params.tolerance_levels) * params.cents_per_level
                if cents > 0:
                    yield service_line(
                        self.code,
                        visit.job,
                        visit,
                        quantity=above - params.tolerance_levels,
                        unit="levels",
                        cents=cents,
                        sentence=f"{visit.job.job_id} asks for {skill} at level {least} and gets "
                        f"{who.technician_id} with level {least + above}: {money(cents)}.",
                    )


RULE = Overqualified()
