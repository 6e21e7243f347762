"""REWORK: a refrigerant leak that the installation is to blame for is mended within a day of notice.

It concerns leaks within a year of the installation that are still the original installer's to mend: who came and
failed has no clock left. The clock starts when the installer was told, else with the customer's report, and whoever
begins the work meets it. The original installer is preferred by price (`SUBSIDY`) and needs for the own work neither
the skill (`SKILL`), nor the type's tools (`TOOL`), nor training (`ONBOARDED`); somebody who has left the company
cannot come and does not stop the clock. A water leak is fixed by the repairer on the visit and has no clock of its
own.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Cents
from optimizer.domain.requirements import owed_by_installer
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Source
from optimizer.rules.visit_clock import Due, VisitClock, VisitClockParams


class ReworkParams(VisitClockParams):
    """Parameters of `REWORK`."""

    within_h: Annotated[int, Field(ge=1, le=14 * 24)] = 24
    """Hours from notice to the start of service at most."""
    missed_cents: Cents = 500
    """Price of missing the clock."""
    cents_per_hour_late: Cents = 100
    """Price of every hour beyond it, so that later is worse."""


class Rework(VisitClock[ReworkParams]):
    """A leak of the installation is mended within a day."""

    code = "REWORK"
    title = "A refrigerant leak the installation is to blame for is mended within 24 h of notice."
    section = "clock"
    hard = False
    source = (
        Source("004", "第8篇 安装人员综合管理条例 art. 11"),
        Source("004", "第8篇 维修人员综合考核条例 art. 15"),
        Source("assumption", "whoever begins the work meets the clock; prices"),
    )
    params = ReworkParams
    event = "start"

    def dues(self, scenario: Scenario, params: ReworkParams, timeline: Timeline) -> Iterator[Due]:
        """Yield the leaks that the original installer has to mend."""
        for job in scenario.jobs:
            if job.rework is None or not owed_by_installer(job, scenario.horizon.first_day):
                continue
            noticed = job.intake_at if job.rework.noticed_at is None else job.rework.noticed_at
            if noticed is not None:
                yield Due(job, timeline.seconds(noticed) + 3600 * params.within_h)


RULE = Rework()
