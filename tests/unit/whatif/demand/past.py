"""Histories that are drawn from a known demand model."""

from datetime import date, timedelta

from optimizer.domain.demand_model import DemandModel
from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Level
from optimizer.rules.duration import DurationParams
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.demand.new_jobs import DrawnJob, new_jobs
from optimizer.whatif.demand.real_travel import travel_factor
from optimizer.whatif.demand.truth import outcome

TITLES = (
    "reported_at,area,product,type,started_at,ended_at,outcome,technician_level,technician_id,"
    "travel_planned_min,travel_real_min"
)
LEVELS: tuple[Level, ...] = (1, 2, 3, 3, 3, 4, 5)


def past(model: DemandModel, scenario: Scenario, first_day: date, days: int, seed: int) -> str:
    """Return the history of so many days as comma-separated values: each report with its first visit."""
    lines = [TITLES]
    for ahead in range(days):
        day = first_day + timedelta(days=ahead)
        for one in new_jobs(model, scenario, Chain(seed, 0), day):
            lines.append(_line(model, scenario.policy, Chain(seed, 0), day, one))
    return "\n".join(lines) + "\n"


def _line(model: DemandModel, policy: Policy, chain: Chain, day: date, one: DrawnJob) -> str:
    job = one.job
    about = f"{one.reported_at.replace(tzinfo=None)},{job.area},{job.product},{job.type}"
    if one.truth.cancelled_at is not None:
        return f"{about},,,cancelled,,,,"
    level = LEVELS[int(chain.uniform("who", job.job_id) * len(LEVELS))]
    planned_min = policy.job_types[job.type].base_min * DurationParams().level_percent[level - 1] / 100
    minutes = planned_min * one.truth.duration_factor * model.durations.by_level[level - 1]
    began = one.reported_at + timedelta(hours=2)
    ended = began + timedelta(minutes=minutes)
    leg = 30 * travel_factor(model, chain, began.date(), "branch:B1", f"job:{job.job_id}")
    end = outcome(model, one.truth, level)
    return f"{about},{began.isoformat()},{ended.isoformat()},{end},{level},T{level},30,{leg:.3f}"
