"""What a job asks for and what a technician brings, derived from the job, the technician and the policy.

Distances are great circles on a sphere of the earth's mean radius. Both places stand in the scenario's own
coordinate system: the offset of Chinese maps is nearly the same for both and does not matter between them.
"""

from math import asin, cos, radians, sin, sqrt

from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.place import Place
from optimizer.domain.policy import Policy, WorkKind
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician

EARTH_RADIUS_M = 6_371_008.8
SAFETY_BELT = "safety belt"
ROPE = "rope"


def kind(job: Job, policy: Policy) -> WorkKind:
    """Return what kind of work a job is, by its type in the policy's job table."""
    return policy.job_types[job.type].kind


def required_skills(job: Job, policy: Policy) -> dict[str, int]:
    """Return the skills a job asks for, each with its least level.

    The type's kind of work is one of them, as ``kind/product`` where the job names a product line; somebody
    with the plain kind does not have it. A skill asked for twice counts at the higher level.
    """
    job_type = policy.job_types[job.type]
    skill = f"{job_type.kind}/{job.product}" if job.product is not None else job_type.kind
    return dict(job.skills) | {skill: max(job_type.min_level, job.skills.get(skill, 0))}


def required_certificates(job: Job, policy: Policy) -> tuple[str, ...]:
    """Return the certificates a job asks for: its type's, then its own, each once."""
    return tuple(dict.fromkeys(policy.job_types[job.type].certificates + job.certificates))


def required_tools(job: Job, policy: Policy, *, belt_above_m: float, rope_from_floor: int) -> tuple[str, ...]:
    """Return the tools a job needs: its type's, its own, and what the height of the work asks for, each once.

    Parameters
    ----------
    job : the job
    policy : the policy with the job table
    belt_above_m : outside work higher than this many metres needs a safety belt
    rope_from_floor : an outdoor unit on this floor or higher needs a rope

    Returns
    -------
    Names of tools, in that order.
    """
    tools = policy.job_types[job.type].tools + job.tools
    if job.site.working_height_m > belt_above_m:
        tools += (SAFETY_BELT,)
    if job.site.outdoor_unit_floor >= rope_from_floor:
        tools += (ROPE,)
    return tuple(dict.fromkeys(tools))


def carried_tools(technician: Technician, policy: Policy) -> frozenset[str]:
    """Return the tools a technician has along: kits and further tools, without those missing."""
    kits = {tool for kit in technician.kits for tool in policy.kits[kit]}
    return frozenset((kits | set(technician.tools)) - set(technician.missing_tools))


def branch_in_charge(job: Job, scenario: Scenario) -> Branch:
    """Return the branch that answers for a job: the one it names, else the nearest, the first of equals."""
    if job.branch_id is not None:
        return next(branch for branch in scenario.branches if branch.branch_id == job.branch_id)
    return min(scenario.branches, key=lambda branch: great_circle_m(branch.place, job.place))


def great_circle_m(a: Place, b: Place) -> float:
    """Return the distance as the crow flies between two places, in metres (haversine formula)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    across = sin((lat_b - lat_a) / 2) ** 2
    along = sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, across + cos(lat_a) * cos(lat_b) * along)))
