"""CERTIFICATE: statutory certificates are held and valid on the day of the shift.

An electrician's certificate for changing a power supply, a licence for welding and brazing. The policy's job
table says which a type needs; a job may ask for more. A crew holds them together: each is held by somebody of it.
"""

from collections.abc import Iterator

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import required_certificates, seats
from optimizer.domain.roster import RosterShift
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.lacking import cover_together, forbid_lacking
from optimizer.rules.teams import teams
from optimizer.rules.visits import Visit
from optimizer.words.numbers import listed


class CertificateParams(Params):
    """Parameters of CERTIFICATE."""


class Certificate(Rule[CertificateParams]):
    """Work that the law reserves is done by those who hold the certificate."""

    code = "CERTIFICATE"
    title = "The technician holds every certificate the job asks for, valid on that day."
    section = "who"
    hard = True
    source = (Source("004", "第8篇 ch. 5 art. 7, 12"),)
    params = CertificateParams

    def compile(self, scenario: Scenario, params: CertificateParams, draft: Draft) -> None:
        """Forbid each job on the days on which one of its certificates is missing or not valid, also to a crew."""
        alone, together = [], []
        for job in scenario.jobs:
            needed = required_certificates(job, scenario.policy)
            if seats(job, scenario.policy) > 1:
                together += [(job.job_id, name, None) for name in needed]
            else:
                alone.append((job.job_id, frozenset(needed)))
        forbid_lacking(draft, alone, _valid_that_day)
        cover_together(draft, together, _valid_that_day)

    def check(self, scenario: Scenario, params: CertificateParams, plan: Plan) -> Iterator[Finding]:
        """Yield one finding for each stop, or each crew, with missing certificates, counting them."""
        for team in teams(scenario, plan):
            visit = team[0]
            missing = [
                name
                for name in required_certificates(visit.job, scenario.policy)
                if not any(_holds(one, name) for one in team)
            ]
            if missing:
                who = listed([one.technician.technician_id for one in team])
                yield Finding(
                    code=self.code,
                    job_id=visit.job.job_id,
                    technician_id=visit.technician.technician_id,
                    day=visit.shift.day,
                    measured=len(missing),
                    limit=0,
                    over=len(missing),
                    unit="missing",
                    sentence=f"{visit.job.job_id} asks for {', '.join(missing)}; "
                    f"{who} {'hold' if len(team) > 1 else 'holds'} no valid certificate on {visit.shift.day}.",
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return f"Give {finding.job_id} to somebody who holds the certificate, or enter its renewal."


def _valid_that_day(shift: RosterShift) -> frozenset[str]:
    return frozenset(one.name for one in shift.technician.certificates if one.valid_on(shift.key.day))


def _holds(visit: Visit, name: str) -> bool:
    held = visit.technician.certificates
    return any(one.name == name and one.valid_on(visit.shift.day) for one in held)


RULE = Certificate()
