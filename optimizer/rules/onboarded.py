"""ONBOARDED: a new technician works only after examination, insurance and a signed safety agreement.

Jobs on a product line need training on that line first; jobs that name no product line need none. Who installed a
unit may mend a leak of the own installation without it (see `SKILL`).
"""

from collections import defaultdict
from collections.abc import Iterator

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Onboarding
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.settings import params_of
from optimizer.rules.skill import RULE as SKILL
from optimizer.rules.skill import own_installers
from optimizer.rules.visits import days_worked, visits


class OnboardedParams(Params):
    """Parameters of ONBOARDED."""


class Onboarded(Rule[OnboardedParams]):
    """Nobody works before being examined, insured and trained."""

    code = "ONBOARDED"
    title = "The technician is examined, insured, has signed the safety agreement and knows the product line."
    section = "who"
    hard = True
    source = (
        Source("004", "第8篇 ch. 10, ch. 11 art. 1"),
        Source("assumption", "the installer needs no training to mend a leak of the own installation"),
    )
    params = OnboardedParams

    def compile(self, scenario: Scenario, params: OnboardedParams, draft: Draft) -> None:
        """Forbid all jobs to those with papers missing, and product lines to those not trained on them."""
        jobs = [job.job_id for job in scenario.jobs]
        not_ready = [shift.key for shift in draft.shifts if _missing(shift.technician.onboarding)]
        if not_ready:
            draft.forbid(jobs, not_ready)
        own = own_installers(scenario, params_of(SKILL, scenario.policy))
        by_training: defaultdict[frozenset[str], list[ShiftKey]] = defaultdict(list)
        for shift in draft.shifts:
            trained = shift.technician.onboarding.trained_products
            if trained is not None:
                by_training[frozenset(trained)].append(shift.key)
        for products, keys in by_training.items():
            strange = [
                job.job_id for job in scenario.jobs if job.product is not None and job.product not in products
            ]
            alike = [job_id for job_id in strange if job_id not in own]
            if alike:
                draft.forbid(alike, keys)
            for job_id in (one for one in strange if one in own):
                others = [key for key in keys if key.technician_id != own[job_id]]
                if others:
                    draft.forbid([job_id], others)

    def check(self, scenario: Scenario, params: OnboardedParams, plan: Plan) -> Iterator[Finding]:
        """Yield a finding for each day worked with papers missing, and one for each stop without training."""
        for shift, technician in days_worked(scenario, plan):
            missing = _missing(technician.onboarding)
            if missing:
                yield Finding(
                    code=self.code,
                    technician_id=technician.technician_id,
                    day=shift.day,
                    measured=len(missing),
                    limit=0,
                    over=len(missing),
                    unit="missing",
                    sentence=f"{technician.technician_id} works on {shift.day} without {', '.join(missing)}.",
                )
        own = own_installers(scenario, params_of(SKILL, scenario.policy))
        for visit in visits(scenario, plan):
            if own.get(visit.job.job_id) == visit.technician.technician_id:
                continue
            trained = visit.technician.onboarding.trained_products
            product = visit.job.product
            if trained is not None and product is not None and product not in trained:
                yield Finding(
                    code=self.code,
                    job_id=visit.job.job_id,
                    technician_id=visit.technician.technician_id,
                    day=visit.shift.day,
                    measured=1,
                    limit=0,
                    over=1,
                    unit="missing",
                    sentence=f"{visit.technician.technician_id} is not trained on {product}, "
                    f"which {visit.job.job_id} is about.",
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        if finding.job_id is None:
            return f"Complete the onboarding of {finding.technician_id} before giving out work."
        return f"Give {finding.job_id} to somebody trained on the product, or train {finding.technician_id}."


def _missing(onboarding: Onboarding) -> tuple[str, ...]:
    papers = (
        ("examination", onboarding.examined),
        ("insurance", onboarding.insured),
        ("safety agreement", onboarding.safety_agreement),
    )
    return tuple(name for name, there in papers if not there)


RULE = Onboarded()
