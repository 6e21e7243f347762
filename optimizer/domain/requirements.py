"""What a job asks for and what a technician brings, derived from the job, the technician and the policy.

Distances are great circles on a sphere of the earth's mean radius. Both places stand in the scenario's own
coordinate system: the offset of Chinese maps is nearly the same for both and does not matter between them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from math import asin, cos, radians, sin, sqrt

from pydantic import TypeAdapter, ValidationError

from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.place import Place
from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician, WorkKind

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


def seats(job: Job, policy: Policy) -> int:
    """Return how many people a job is planned for: the job's own number, else its type's; 1 without the rule `CREW`."""
    if not _in_force("CREW", policy):
        return 1
    return job.seats if job.seats is not None else policy.job_types[job.type].seats


def mate_skills(job: Job, policy: Policy, seat: int) -> dict[str, int]:
    """Return what somebody beside the one who leads must be able to do, each skill with its least level.

    Parameters
    ----------
    job : a job for several people
    policy : the policy with the job table
    seat : which of them, from 1; who is not named by the job or its type needs the job's skills too
    """
    mates = job.mates if job.mates is not None else policy.job_types[job.type].mates
    return dict(mates[seat - 1].skills) if seat <= len(mates) else required_skills(job, policy)


def required_shared_tools(job: Job, policy: Policy) -> tuple[str, ...]:
    """Return the scarce tools a job asks its branch for, each once; none without the rule `SHARED_TOOL`."""
    return tuple(dict.fromkeys(job.shared_tools)) if _in_force("SHARED_TOOL", policy) else ()


def takes_several(job: Job, policy: Policy) -> bool:
    """Tell whether a job is planned for several people or with a shared tool, who all stay until it is done."""
    return seats(job, policy) > 1 or bool(required_shared_tools(job, policy))


def minutes_on_site(job: Job, policy: Policy) -> int:
    """Return the minutes on site, at level 3 where somebody works alone and sets up anew at each place.

    Where several come together it is what the table says whoever they are, set-up included. What has begun takes what
    it is now expected to.
    """
    if job.under_way is not None and job.under_way.minutes is not None:
        return job.under_way.minutes
    minutes = job.duration_min
    if minutes is None:
        job_type = policy.job_types[job.type]
        minutes = job_type.base_min + (job.units - 1) * job_type.per_unit_min
    return minutes + (setup_min(job, policy) if takes_several(job, policy) else 0)


def setup_min(job: Job, policy: Policy) -> int:
    """Return the minutes of parking and walking in: the job's own, else its type's."""
    return job.setup_min if job.setup_min is not None else policy.job_types[job.type].setup_min


def _in_force(code: str, policy: Policy) -> bool:
    """Tell whether a rule that no preset switches off is in force; what makes no sense is reported by the rule book."""
    said = policy.rules.get(code, {}).get("active", True)
    if isinstance(said, bool):
        return said
    try:
        return TypeAdapter(bool).validate_python(said)
    except ValidationError:
        return True


def required_certificates(job: Job, policy: Policy) -> tuple[str, ...]:
    """Return the certificates a job asks for: its type's, then its own, each once."""
    return tuple(dict.fromkeys(policy.job_types[job.type].certificates + job.certificates))


def required_tools(
    job: Job,
    policy: Policy,
    *,
    belt_above_m: float,
    rope_from_floor: int,
    belt: str = SAFETY_BELT,
    rope: str = ROPE,
    own_work: bool = False,
) -> tuple[str, ...]:
    """Return the tools a job needs: its type's, its own, and what the height of the work asks for, each once.

    Parameters
    ----------
    job : the job
    policy : the policy with the job table
    belt_above_m : outside work higher than this many metres needs a safety belt
    rope_from_floor : an outdoor unit on this floor or higher needs a rope
    belt, rope : what the two are called in the kits
    own_work : for whom the work is the own installation: the type's tools are not asked for

    Returns
    -------
    Names of tools, in that order.
    """
    tools = job.tools if own_work else policy.job_types[job.type].tools + job.tools
    if job.site.working_height_m > belt_above_m:
        tools += (belt,)
    if job.site.outdoor_unit_floor >= rope_from_floor:
        tools += (rope,)
    return tuple(dict.fromkeys(tools))


def carried_tools(technician: Technician, policy: Policy) -> frozenset[str]:
    """Return the tools a technician has along: kits and further tools, without those missing."""
    kits = {tool for kit in technician.kits for tool in policy.kits[kit]}
    return frozenset((kits | set(technician.tools)) - set(technician.missing_tools))


def branch_in_charge(job: Job, scenario: Scenario) -> Branch:
    """Return the branch that answers for a job: the one it names, else the nearest, the first of equals."""
    if job.branch_id is not None:
        return next(branch for branch in scenario.branches if branch.branch_id == job.branch_id)
    return _nearest(scenario.branches, job)


def branches_in_charge(jobs: Iterable[Job], scenario: Scenario) -> dict[str, Branch]:
    """Return the branch that answers for each of many jobs by job id, the same as `branch_in_charge` one by one.

    Parameters
    ----------
    jobs : jobs of the scenario
    scenario : the question with its branches
    """
    by_id = {branch.branch_id: branch for branch in reversed(scenario.branches)}  # the first of equals stays
    points = [_on_sphere(branch.place) for branch in scenario.branches]
    found: dict[str, Branch] = {}
    for job in jobs:
        if job.branch_id is not None:
            found[job.job_id] = by_id[job.branch_id]
            continue
        # Straight lines through the sphere grow with the way around it and are quick to compare; the few
        # branches that are as near as the nearest, by more than the error of such lines, are measured exactly.
        x, y, z = _on_sphere(job.place)
        lines = [(x - a) * (x - a) + (y - b) * (y - b) + (z - c) * (z - c) for a, b, c in points]
        limit = min(lines) * (1 + 1e-9) + 1e-12
        near = [branch for branch, line in zip(scenario.branches, lines, strict=True) if line <= limit]
        found[job.job_id] = near[0] if len(near) == 1 else _nearest(near, job)
    return found


def _nearest(branches: Sequence[Branch], job: Job) -> Branch:
    return min(branches, key=lambda branch: great_circle_m(branch.place, job.place))


def _on_sphere(place: Place) -> tuple[float, float, float]:
    lat, lon = radians(place.lat), radians(place.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def within(centre: Place, place: Place, radius_km: float) -> bool:
    """Tell whether a place lies within a radius, its edge included, as the crow flies.

    Both are taken in whole metres: the edge must not fall outside by the last digit of a float.

    Parameters
    ----------
    centre, place : two places of the scenario
    radius_km : the radius in km
    """
    return round(great_circle_m(centre, place)) <= round(1000 * radius_km)


def owed_by_installer(job: Job, day: date) -> bool:
    """Tell whether the original installer has to mend the job: a refrigerant leak, the installation's fault, in time.

    Parameters
    ----------
    job : any job
    day : the day that counts, usually the horizon's first; a year after the installation is the last one
    """
    rework = job.rework
    if rework is None or rework.fault != "refrigerant_leak" or not rework.installation_fault:
        return False
    return not rework.installer_failed and in_first_year(rework.installed_on, day)


def in_first_year(installed_on: date, day: date) -> bool:
    """Tell whether a day is not more than a year after the installation (29 February counts as 1 March)."""
    try:
        last = installed_on.replace(year=installed_on.year + 1)
    except ValueError:
        last = date(installed_on.year + 1, 3, 1)
    return day <= last


def great_circle_m(a: Place, b: Place) -> float:
    """Return the distance as the crow flies between two places, in metres (haversine formula)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    across = sin((lat_b - lat_a) / 2) ** 2
    along = sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, across + cos(lat_a) * cos(lat_b) * along)))
