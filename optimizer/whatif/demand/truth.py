"""What will really come of a visit; the planner never sees it."""

from datetime import datetime, timedelta
from math import exp, log
from typing import Literal, NamedTuple

from optimizer.domain.demand_chances import RealDuration
from optimizer.domain.demand_model import DemandModel
from optimizer.domain.job import Job
from optimizer.domain.policy import Policy
from optimizer.domain.requirements import kind
from optimizer.domain.technician import Level
from optimizer.whatif.demand.chain import Chain, NamePart

Outcome = Literal["done", "no_access", "site_not_ready", "part_missing", "not_fixed"]
"""How a visit ends."""

CANCELLED_WITHIN_H = 24
"""Who takes a report back does so within so many hours (assumption)."""


class Truth(NamedTuple):
    """What chance has decided about one visit of a job, whoever makes it."""

    duration_factor: float
    """Real ÷ planned time on site, beside what the level does."""
    cancelled_at: datetime | None
    """When the customer takes the report back; none: not at all."""
    no_access: bool
    """Nobody opens."""
    site_not_ready: bool
    """Power supply, consent or signatures turn out to be missing."""
    part_u: float
    """A part is missing when this is below the share for the technician's level; above 0, below 1."""
    fix_u: float
    """The fault is still there when this is below the share for the technician's level; above 0, below 1."""


def truth_of(
    model: DemandModel, policy: Policy, chain: Chain, job: Job, *, since: datetime, visit: int = 1
) -> Truth:
    """Draw what will come of a visit; every visit of a job has its own truth.

    Parameters
    ----------
    model : what chance does
    policy : the policy with the job table
    chain : source of chance
    job : the job, drawn or one of the scenario's own; its id and type decide
    since : when it was reported, or the chain's first moment: it is cancelled after that
    visit : which visit of the job, from 1; only the first can be cancelled or find the site not ready
    """
    fails, name = model.failures, (job.job_id, visit)
    real = model.durations.of(job.type)
    first = visit == 1
    cancelled = first and chain.uniform("cancelled", *name) < fails.cancelled
    after = timedelta(seconds=int(3600 * CANCELLED_WITHIN_H * chain.uniform("cancelled at", *name)))
    installs = kind(job, policy) == "installation"
    return Truth(
        duration_factor=_duration_factor(real, chain, name),
        cancelled_at=since + after if cancelled else None,
        no_access=chain.uniform("no access", *name) < fails.no_access,
        site_not_ready=first and installs and chain.uniform("site", *name) < fails.site_not_ready,
        part_u=chain.uniform("part", *name),
        fix_u=chain.uniform("fix", *name),
    )


def _duration_factor(real: RealDuration, chain: Chain, name: tuple[NamePart, ...]) -> float:
    match real.shape:
        case "log-normal":
            return real.median * exp(real.spread * chain.normal("duration", *name))
        case "exponential":  # the median of one with mean 1 is ln 2
            return real.median / log(2) * chain.exponential("duration", *name)


def duration_s(model: DemandModel, planned_s: int, truth: Truth, level: Level) -> int:
    """Return the real time on site in whole seconds.

    Parameters
    ----------
    model : what chance does
    planned_s : planned time on site for this technician, in seconds
    truth : what chance has decided about the visit
    level : level of the technician who leads
    """
    return round(planned_s * truth.duration_factor * model.durations.by_level[level - 1])


def outcome(model: DemandModel, truth: Truth, level: Level) -> Outcome:
    """Return how a visit ends that a technician of a level makes; who is better fails at no visit the others mend.

    Parameters
    ----------
    model : what chance does
    truth : what chance has decided about the visit
    level : level of the technician who leads
    """
    if truth.no_access:
        return "no_access"
    if truth.site_not_ready:
        return "site_not_ready"
    if truth.part_u < model.failures.part_missing[level - 1]:
        return "part_missing"
    return "not_fixed" if truth.fix_u < model.failures.not_fixed[level - 1] else "done"
