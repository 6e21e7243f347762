"""Corrects how a part of a day went by what was reported of it after the day was planned again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from optimizer.domain.event import Event
from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey
from optimizer.replan.progress import DaySoFar, Visit
from optimizer.replan.reports import OfJob, reports_of


def corrected(
    days: Mapping[ShiftKey, DaySoFar], plan: Plan, late: Sequence[Event]
) -> dict[ShiftKey, DaySoFar]:
    """Return days with the visits as they really were of which more was reported later; the others stay.

    Parameters
    ----------
    days : how far they were taken to be when the day was planned again
    plan : the plan that was followed
    late : what was reported later of visits that were taken to be over
    """
    told = reports_of(plan, late)

    def visits(key: ShiftKey, day: DaySoFar) -> tuple[Visit, ...]:
        facts = (told.of(visit.stop.job_id, visit.stop.part) for visit in day.visits)
        return tuple(
            _corrected(one, fact, key.technician_id) for one, fact in zip(day.visits, facts, strict=True)
        )

    return {key: day._replace(visits=visits(key, day)) for key, day in days.items()}


def one_after_another(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """Return visits of which nothing was reported as late as they must have been, where work before took longer.

    Parameters
    ----------
    visits : of one technician, in order
    """
    found: list[Visit] = []
    for visit in visits:
        late_s = found[-1].ended_s - visit.left_s if found else 0
        if visit.assumed and late_s > 0:
            arrived_s = visit.arrived_s + late_s
            started_s = max(visit.started_s, arrived_s)
            visit = visit._replace(
                left_s=visit.left_s + late_s,
                arrived_s=arrived_s,
                started_s=started_s,
                ended_s=started_s + visit.ended_s - visit.started_s,
            )
        found.append(visit)
    return tuple(found)


def _corrected(visit: Visit, fact: OfJob, who: str) -> Visit:
    """Return a visit as it was; one that was given up is one in vain, since its way is taken to have been driven."""
    if fact == OfJob():
        return visit
    over = fact.finished or fact.failed
    arrived_s = _moment(fact.arrived.get(who), visit.arrived_s)
    started_s = _moment(fact.started, max(visit.started_s, arrived_s))
    ended_s = _moment(over or fact.ends_at, started_s + visit.ended_s - visit.started_s)
    given_up = fact.given_up is not None and over is None
    if given_up:
        started_s = ended_s = arrived_s
    started_s = min(started_s, ended_s)
    arrived_s = min(arrived_s, started_s)
    return visit._replace(
        state="failed" if fact.failed or given_up else "finished",
        left_s=min(_moment(fact.left.get(who), visit.left_s), arrived_s),
        arrived_s=arrived_s,
        started_s=started_s,
        ended_s=ended_s,
        assumed=False,
    )


def _moment(reported: datetime | None, taken_s: float) -> float:
    return taken_s if reported is None else reported.timestamp()
