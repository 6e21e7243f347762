"""Which spare parts a job takes, and at which branch a shift can load them."""

from collections.abc import Iterable

from optimizer.domain.job import Job
from optimizer.domain.policy import Policy
from optimizer.domain.roster import RosterShift, ShiftKey
from optimizer.domain.scenario import Scenario


def required_parts(job: Job, policy: Policy) -> dict[str, int]:
    """Return the spare parts a job takes, each with its pieces: its own and its type's added up.

    What has begun has its parts on site and takes none any more.

    Parameters
    ----------
    job : the job
    policy : the policy with the job table
    """
    if job.has_started:
        return {}
    parts = dict(policy.job_types[job.type].parts)
    for part, pieces in job.parts.items():
        parts[part] = parts.get(part, 0) + pieces
    return {part: pieces for part, pieces in parts.items() if pieces}


def loading_branches(scenario: Scenario, shifts: Iterable[RosterShift]) -> dict[ShiftKey, str]:
    """Return the branch at which each shift can load parts before its first job.

    That is the branch it starts from: the technician's own where the day starts at the branch, else one that
    stands exactly where the day starts. Of several at one point the technician's own comes first, then the
    first of the scenario.

    Parameters
    ----------
    scenario : the question
    shifts : shifts of its roster

    Returns
    -------
    branch id by shift; shifts that start elsewhere are not in it
    """
    at: dict[tuple[float, float], list[str]] = {}
    for branch in scenario.branches:
        at.setdefault((branch.place.lat, branch.place.lon), []).append(branch.branch_id)
    found: dict[ShiftKey, str] = {}
    for one in shifts:
        own = one.technician.branch_id
        place = one.shift.start_at
        if place is None and one.technician.starts_from == "home":
            place = one.technician.home
        here = [own] if place is None else at.get((place.lat, place.lon), [])
        if here:
            found[one.key] = own if own in here else here[0]
    return found
