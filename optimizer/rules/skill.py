"""SKILL: a job's skills are among the technician's, each at the level asked for.

A skill is a kind of work, or a kind of work on a product line such as ``repair/aircon``. Every job asks for
its type's skill at the type's least level and for the skills it names itself. Who installed a unit needs none of
them to mend a refrigerant leak that the own installation is to blame for (see `REWORK`). Of a crew, who leads has the
job's skills and each of the others those that the job or its type names for that place, see `CREW`.
"""

from collections import defaultdict
from collections.abc import Iterator

from optimizer.domain.assessment import Finding
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.policy import Policy
from optimizer.domain.requirements import mate_skills, owed_by_installer, required_skills, seats
from optimizer.domain.roster import RosterShift
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.lacking import forbid_lacking
from optimizer.rules.visits import visits


class SkillParams(Params):
    """Parameters of SKILL."""

    installer_mends_own: bool = True
    """Whether the original installer may mend a leak of the own installation without the job's skills, the tools of its
    type (see `TOOL`) and training on its product (see `ONBOARDED`)."""


class Skill(Rule[SkillParams]):
    """Only somebody trained for the work does it."""

    code = "SKILL"
    title = "The technician has every skill the job asks for, at least at the level asked for."
    section = "who"
    hard = True
    source = (
        Source("000", "training of service staff"),
        Source("004", "第8篇: trained and examined before work"),
        Source("004", "第8篇 安装人员综合管理条例 art. 11 (the installer mends the own work)"),
    )
    params = SkillParams

    def compile(self, scenario: Scenario, params: SkillParams, draft: Draft) -> None:
        """Forbid each job, or each place in its crew, to those without one of the skills or below its level."""
        policy, own = scenario.policy, own_installers(scenario, params)
        needs: defaultdict[int | None, list[tuple[str, frozenset[tuple[str, int]]]]] = defaultdict(list)
        for job in scenario.jobs:
            places = seats(job, policy)
            for seat in range(places):
                asked = frozenset(asked_of(job, policy, seat).items())
                needs[seat if places > 1 else None].append((job.job_id, asked))
        for place, asked_for in needs.items():
            forbid_lacking(draft, asked_for, _every_level_reached, spared=own, seat=place)

    def check(self, scenario: Scenario, params: SkillParams, plan: Plan) -> Iterator[Finding]:
        """Yield one finding for each skill of a stop that its technician lacks, in levels."""
        own = own_installers(scenario, params)
        for visit in visits(scenario, plan):
            if own.get(visit.job.job_id) == visit.technician.technician_id:
                continue
            for skill, least in asked_of(visit.job, scenario.policy, visit.stop.seat).items():
                level = visit.technician.skills.get(skill, 0)
                if level < least:
                    has = f"has it at level {level}" if level else "does not have it"
                    yield Finding(
                        code=self.code,
                        job_id=visit.job.job_id,
                        technician_id=visit.technician.technician_id,
                        day=visit.shift.day,
                        measured=level,
                        limit=least,
                        over=least - level,
                        unit="level",
                        sentence=f"{visit.job.job_id} asks {_whom(visit.stop.seat)}for {skill} at level {least}; "
                        f"{visit.technician.technician_id} {has}.",
                    )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return f"Give {finding.job_id} to somebody with the skill, or correct the skills on file."


def _whom(seat: int) -> str:
    return f"mate {seat} " if seat else ""


def _every_level_reached(shift: RosterShift) -> frozenset[tuple[str, int]]:
    # who has level 3 has levels 1 to 3, so that "has the skill at the level" becomes "is among these"
    return frozenset(
        (skill, reached)
        for skill, level in shift.technician.skills.items()
        for reached in range(1, level + 1)
    )


RULE = Skill()


def asked_of(job: Job, policy: Policy, seat: int) -> dict[str, int]:
    """Return the skills that a job asks of somebody, each with its least level.

    Parameters
    ----------
    job : the job
    policy : the policy with the job table
    seat : the place in its crew, 0 leads or works alone
    """
    return mate_skills(job, policy, seat) if seat else required_skills(job, policy)


def own_installers(scenario: Scenario, params: SkillParams) -> dict[str, str]:
    """Return who may mend the own installation as the installer: without what the type of work asks of a stranger.

    Parameters
    ----------
    scenario : the question
    params : parameters of `SKILL`, which may switch this off

    Returns
    -------
    technician id by job id
    """
    if not params.installer_mends_own:
        return {}
    first_day = scenario.horizon.first_day
    return {
        job.job_id: job.rework.installed_by
        for job in scenario.jobs
        if job.rework is not None and owed_by_installer(job, first_day)
    }
