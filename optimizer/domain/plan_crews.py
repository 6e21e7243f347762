"""Who goes where in a plan."""

from collections import defaultdict

from optimizer.domain.plan import Plan


def crews_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return who is planned for each job, the one who leads first.

    Parameters
    ----------
    plan : the plan
    """
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for shift in plan.shifts:
        for stop in shift.stops:
            found[stop.job_id].setdefault(stop.seat, shift.technician_id)
    return {job_id: tuple(who for _, who in sorted(seats.items())) for job_id, seats in found.items()}
