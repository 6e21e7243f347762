"""DEDICATED: key customers see the person they know, and who knows a site goes there.

A preference, not a promise: somebody else may come, at a price. Customers without a person they know cost nothing.
Of a crew the one who leads is meant.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import BillLine
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.lateness import service_line
from optimizer.rules.visits import leads
from optimizer.words.numbers import money

Preference = Annotated[int, Field(ge=0, le=10_000_000)]


class DedicatedParams(Params):
    """Parameters of `DEDICATED`."""

    key_customer_cents: Preference = 5_000
    """Price of sending somebody a key customer does not know."""
    known_site_cents: Preference = 1_000
    """Price of sending somebody to another customer whose site a colleague knows."""


class Dedicated(Rule[DedicatedParams]):
    """The person the customer knows."""

    code = "DEDICATED"
    title = "A key customer is served by somebody they know, another job by somebody who knows the site."
    section = "price"
    hard = False
    source = (Source("002", "§方案6"), Source("000", "key customers"), Source("assumption", "prices"))
    params = DedicatedParams

    def compile(self, scenario: Scenario, params: DedicatedParams, draft: Draft) -> None:
        """Price jobs with known technicians for everybody else."""
        alike: defaultdict[tuple[frozenset[str], int], list[str]] = defaultdict(list)
        for job in scenario.jobs:
            cents = _cents(job, params)
            if job.customer is not None and cents:
                alike[frozenset(job.customer.known_technicians), cents].append(job.job_id)
        for (known, cents), jobs in alike.items():
            others = [one.key for one in draft.shifts if one.key.technician_id not in known]
            draft.price_assignment(jobs, others, cents=cents)

    def bill(self, scenario: Scenario, params: DedicatedParams, plan: Plan) -> Iterator[BillLine]:
        """Yield each visit by somebody whom the customer does not know."""
        for visit in leads(scenario, plan):
            customer, who = visit.job.customer, visit.technician.technician_id
            cents = _cents(visit.job, params)
            if customer is not None and cents and who not in customer.known_technicians:
                known = " or ".join(customer.known_technicians)
                whose = "the key customer knows" if customer.key_customer else "the site is known to"
                yield service_line(
                    self.code,
                    visit.job,
                    visit,
                    quantity=1,
                    unit="job",
                    cents=cents,
                    sentence=f"{who} goes to {visit.job.job_id}, where {whose} {known}: {money(cents)}.",
                )


RULE = Dedicated()


def _cents(job: Job, params: DedicatedParams) -> int:
    """Return what sending a stranger costs, 0 where nobody is known."""
    if job.customer is None or not job.customer.known_technicians:
        return 0
    return params.key_customer_cents if job.customer.key_customer else params.known_site_cents
