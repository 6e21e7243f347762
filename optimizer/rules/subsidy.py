"""SUBSIDY: who mends another's installation is paid from what the installer earned.

Within a year of the installation. A refrigerant leak that is the installation's fault: 100 yuan for another
technician (an inverter unit 150), or 130 (180) where the original installer came and could not mend it. A water
leak of the installation: 30 yuan for whoever mends it on site. The original installer mends the own work for
nothing. The money is moved between people: it is on the bill as a transfer. What counts as within a year is decided
on the horizon's first day. Of a crew the one who leads is meant.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import BillLine
from optimizer.domain.job import Job, Rework
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import in_first_year
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.visits import leads
from optimizer.words.numbers import money

Amount = Annotated[int, Field(ge=0, le=10_000_000)]


class SubsidyParams(Params):
    """Parameters of `SUBSIDY`, all in cents for one job."""

    refrigerant_cents: Amount = 10_000
    """A refrigerant leak, mended by another than the installer."""
    refrigerant_inverter_cents: Amount = 15_000
    """A refrigerant leak of an inverter unit, mended by another than the installer."""
    installer_failed_cents: Amount = 13_000
    """A refrigerant leak that the installer came for and could not mend."""
    installer_failed_inverter_cents: Amount = 18_000
    """A refrigerant leak of an inverter unit that the installer came for and could not mend."""
    water_leak_cents: Amount = 3_000
    """A water leak, mended on site by another than the installer."""


class Subsidy(Rule[SubsidyParams]):
    """Pay for mending another's installation."""

    code = "SUBSIDY"
    title = "Who mends another's installation within a year is paid for it by the original installer."
    section = "price"
    hard = False
    source = (
        Source("004", "第8篇 安装人员综合管理条例 art. 11"),
        Source("004", "第8篇 维修人员综合考核条例 art. 15"),
        Source("assumption", "a water leak that is not the installation's fault moves no money either"),
    )
    params = SubsidyParams

    def compile(self, scenario: Scenario, params: SubsidyParams, draft: Draft) -> None:
        """Price each such job for everybody but its installer."""
        alike: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for job in scenario.jobs:
            cents = _cents(job, params, scenario.horizon.first_day)
            if job.rework is not None and cents:
                alike[job.rework.installed_by, cents].append(job.job_id)
        for (installer, cents), jobs in alike.items():
            others = [one.key for one in draft.shifts if one.key.technician_id != installer]
            draft.price_assignment(jobs, others, cents=cents)

    def bill(self, scenario: Scenario, params: SubsidyParams, plan: Plan) -> Iterator[BillLine]:
        """Yield what each technician is paid for mending another's installation."""
        for visit in leads(scenario, plan):
            rework, who = visit.job.rework, visit.technician.technician_id
            cents = _cents(visit.job, params, scenario.horizon.first_day)
            if rework is not None and cents and who != rework.installed_by:
                yield BillLine(
                    code=self.code,
                    kind="transfer",
                    job_id=visit.job.job_id,
                    technician_id=who,
                    day=visit.shift.day,
                    quantity=1,
                    unit="job",
                    cents=cents,
                    sentence=f"{who} mends {_leak(rework)} at {visit.job.job_id} that {rework.installed_by} "
                    f"installed: {money(cents)} go from one to the other.",
                )


RULE = Subsidy()


def _cents(job: Job, params: SubsidyParams, day: date) -> int:
    """Return what somebody else is paid for the job, 0 for ordinary jobs."""
    rework = job.rework
    if rework is None or not rework.installation_fault or not in_first_year(rework.installed_on, day):
        return 0
    if rework.fault == "water_leak":
        return params.water_leak_cents
    if rework.fault != "refrigerant_leak":
        return 0
    if rework.installer_failed:
        return params.installer_failed_inverter_cents if rework.inverter else params.installer_failed_cents
    return params.refrigerant_inverter_cents if rework.inverter else params.refrigerant_cents


def _leak(rework: Rework) -> str:
    return "a water leak" if rework.fault == "water_leak" else "a refrigerant leak"
