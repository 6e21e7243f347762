"""EMPTY_VISIT: a repair visit where nothing was wrong is paid for all the same.

Whether a visit is empty shows only at the customer's. A plan owes the expected share: so many visits in a hundred
find nothing wrong, and each job served owes ``(price * percent + 50) // 100``, however many people and days it takes.
It is the company's outlay and stands with who leads.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import BillLine
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import kind
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import WorkKind
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.visits import leads
from optimizer.words.numbers import money


class EmptyVisitParams(Params):
    """Parameters of `EMPTY_VISIT`."""

    kinds: tuple[WorkKind, ...] = ("repair",)
    """Kinds of work that may turn out to be empty visits."""
    empty_visit_cents: Annotated[int, Field(ge=0, le=10_000_000)] = 3_000
    """Pay for a visit where nothing was wrong."""
    expected_percent: Annotated[int, Field(ge=0, le=100)] = 5
    """How many visits in a hundred are expected to find nothing wrong."""

    def cents_per_visit(self) -> int:
        """Return what one visit owes, rounded half up."""
        return (self.empty_visit_cents * self.expected_percent + 50) // 100


class EmptyVisit(Rule[EmptyVisitParams]):
    """The expected price of visits where nothing was wrong."""

    code = "EMPTY_VISIT"
    title = "A repair visit where nothing was wrong is paid; a plan carries the share that is to be expected."
    section = "price"
    hard = False
    source = (
        Source("004", "第8篇 维修人员综合考核条例 art. 14"),
        Source("assumption", "how many visits are expected to be empty"),
    )
    params = EmptyVisitParams

    def compile(self, scenario: Scenario, params: EmptyVisitParams, draft: Draft) -> None:
        """Price every visit of these kinds."""
        jobs = [job.job_id for job in scenario.jobs if kind(job, scenario.policy) in params.kinds]
        if jobs and params.cents_per_visit():
            draft.price_assignment(jobs, [one.key for one in draft.shifts], cents=params.cents_per_visit())

    def bill(self, scenario: Scenario, params: EmptyVisitParams, plan: Plan) -> Iterator[BillLine]:
        """Yield the expected share of each technician's day."""
        made = Counter(
            visit.shift.key
            for visit in leads(scenario, plan)
            if kind(visit.job, scenario.policy) in params.kinds
        )
        for key, number in made.items():
            cents = number * params.cents_per_visit()
            if cents:
                many = "1 repair visit" if number == 1 else f"{number} repair visits"
                yield BillLine(
                    code=self.code,
                    kind="outlay",
                    technician_id=key.technician_id,
                    day=key.day,
                    quantity=number * params.expected_percent / 100,
                    unit="empty visits",
                    cents=cents,
                    sentence=f"{key} makes {many}; {params.expected_percent} in 100 are expected to find "
                    f"nothing wrong: {money(cents)}.",
                )


RULE = EmptyVisit()
