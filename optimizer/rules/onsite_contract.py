"""ONSITE_CONTRACT: where a system was sold with a service commitment, somebody is on site within half a day.

The clock starts when remote help has failed and the customer confirms a visit; it runs by the calendar. On site
means that service starts. Other clocks of the same job run beside it.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Source
from optimizer.rules.visit_clock import Due, VisitClock, VisitClockParams


class OnsiteContractParams(VisitClockParams):
    """Parameters of `ONSITE_CONTRACT`."""

    within_h: Annotated[int, Field(ge=1, le=14 * 24)] = 12
    """Hours from the customer's confirmation to the start of service at most."""


class OnsiteContract(VisitClock[OnsiteContractParams]):
    """On site within half a day where it was promised with the sale."""

    code = "ONSITE_CONTRACT"
    title = "Sold with a service commitment: on site within 12 h of the customer's confirmation."
    section = "clock"
    hard = False
    source = (Source("002", "§5.3"), Source("assumption", "prices"))
    params = OnsiteContractParams
    event = "start"

    def dues(self, scenario: Scenario, params: OnsiteContractParams, timeline: Timeline) -> Iterator[Due]:
        """Yield the jobs under contract whose visit is confirmed."""
        for job in scenario.jobs:
            if job.contract and job.desk.confirmed_at is not None:
                yield Due(job, timeline.seconds(job.desk.confirmed_at) + 3600 * params.within_h)


RULE = OnsiteContract()
