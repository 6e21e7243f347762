"""People of other branches who come to a branch's jobs: for those visits only, each from its place to its place.

A branch that is planned apart knows nothing of the rest of their day, nor does it need to: they are there when a visit
is planned to begin, and free when it ends. Their ways to it and from it belong to their own branch.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from optimizer.domain.job import Job
from optimizer.domain.place import Place
from optimizer.domain.plan import Leg, Plan, ShiftPlan, Stop
from optimizer.domain.plan_crews import crews_of
from optimizer.domain.roster import RosterShift, ShiftKey, end_place, roster, start_place
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician, Territory
from optimizer.domain.ties import Crew


class LentPeople(NamedTuple):
    """Who comes from other branches, and what is planned for them."""

    technicians: tuple[Technician, ...]
    """Each with the jobs they come for, and shifts that begin and end there."""
    shifts: tuple[ShiftPlan, ...]
    """Their visits to these jobs."""
    places: dict[str, str]
    """Where their shifts begin and end: the name of that place → the job's."""


def shared_jobs(plan: Plan, people: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the jobs to which some of these people go together with others: job → crew, who leads first.

    Parameters
    ----------
    plan : the plan
    people : technicians of one branch
    """
    return {
        job_id: crew
        for job_id, crew in crews_of(plan).items()
        if not people.isdisjoint(crew) and not people.issuperset(crew)
    }


def lent_people(scenario: Scenario, plan: Plan, people: frozenset[str]) -> LentPeople:
    """Return those who come from other branches to the jobs of these people.

    Who is lent already stays as they are.

    Parameters
    ----------
    scenario : the question that was planned
    plan : a plan for it
    people : technicians of one branch
    """
    shared = shared_jobs(plan, people)
    rostered = {one.key: one for one in roster(scenario)} if shared else {}
    sites = {job.job_id: job.place for job in scenario.jobs if job.job_id in shared}
    found = LentPeople((), (), {})
    for one in scenario.technicians:
        if one.technician_id in people:
            continue
        days = [
            (shift, stops)
            for shift in plan.shifts
            if shift.technician_id == one.technician_id
            if (stops := tuple(stop for stop in shift.stops if stop.job_id in shared))
        ]
        if one.lent_for is not None:
            known = tuple(shift for shift, _ in days)
            if known:
                found = LentPeople((*found.technicians, one), (*found.shifts, *known), found.places)
        elif days:
            made = _lent(one, days, rostered, sites)
            found = LentPeople(
                (*found.technicians, *made.technicians),
                (*found.shifts, *made.shifts),
                found.places | made.places,
            )
    return found


def with_those_present(scenario: Scenario) -> Scenario:
    """Return the question in which nothing is said of people who are not in it.

    Standing crews are those of whom at least two are there.

    Parameters
    ----------
    scenario : a question of which people were taken out
    """
    present = frozenset(one.technician_id for one in scenario.technicians)
    return scenario.model_copy(
        update={
            "crews": tuple(_crews(scenario, present)),
            "jobs": tuple(_acquainted(one, present) for one in scenario.jobs),
            "approvals": tuple(
                one.model_copy(
                    update={
                        "visits": tuple(visit for visit in one.visits if visit.technician_id in present),
                        "outings": tuple(outing for outing in one.outings if outing.technician_id in present),
                    }
                )
                for one in scenario.approvals
            ),
        }
    )


def _crews(scenario: Scenario, present: frozenset[str]) -> Iterator[Crew]:
    for crew in scenario.crews:
        members = tuple(one for one in crew.members if one in present)
        if len(members) > 1:
            yield crew.model_copy(update={"members": members})


def _acquainted(job: Job, present: frozenset[str]) -> Job:
    """Return a job whose customer knows, and has refused, only people who are there."""
    if job.customer is None:
        return job
    known, refused = job.customer.known_technicians, job.customer.refused_technicians
    if present.issuperset((*known, *refused)):
        return job
    update = {
        "known_technicians": tuple(one for one in known if one in present),
        "refused_technicians": tuple(one for one in refused if one in present),
    }
    return job.model_copy(update={"customer": job.customer.model_copy(update=update)})


_Days = list[tuple[ShiftPlan, tuple[Stop, ...]]]


def _lent(
    one: Technician, days: _Days, rostered: Mapping[ShiftKey, RosterShift], sites: Mapping[str, Place]
) -> LentPeople:
    shifts, plans, places = [], [], dict[str, str]()
    for planned, stops in days:
        first, last = stops[0].job_id, stops[-1].job_id
        known = rostered[planned.key].shift
        update = {"start_at": sites[first], "end_at": sites[last], "rest": "none", "absences": ()}
        shift = known.model_copy(update=update)
        shifts.append(shift)
        start, end = start_place(one, shift), end_place(one, shift)
        places |= {start: f"job:{first}", end: f"job:{last}"}
        plans.append(_visits(planned, stops, start, end))
    # What they load on the way is on their van: this branch does not see where they come from.
    van = Counter(one.parts)
    for planned, _ in days:
        for loaded in (planned.picked_up, *(halt.picked_up for halt in planned.restocks)):
            van.update(loaded)
    lent = one.model_copy(
        update={
            "lent_for": tuple(dict.fromkeys(stop.job_id for _, stops in days for stop in stops)),
            "shifts": tuple(shifts),
            "usual_otherwise": False,
            "nights_away": 0,
            # Where they live and work otherwise is their own branch's.
            "home": None,
            "starts_from": "branch",
            "ends_at": "branch",
            "territory": Territory(),
            "parts": dict(van),
        }
    )
    return LentPeople((lent,), tuple(plans), places)


def _visits(planned: ShiftPlan, stops: tuple[Stop, ...], start: str, end: str) -> ShiftPlan:
    """Return a day of which only some visits are left."""
    return planned.model_copy(
        update={
            "departure": stops[0].start,
            "stops": tuple(_reached(stops, start)),
            "picked_up": {},
            "restocks": (),
            "rests": (),
            "last_leg": Leg(
                from_place=stops[-1].leg.to_place,
                to_place=end,
                departure=stops[-1].end,
                arrival=stops[-1].end,
                travel_s=0,
                distance_m=0,
            ),
            "night": None,
        }
    )


def _reached(stops: tuple[Stop, ...], start: str) -> Iterator[Stop]:
    """Yield visits with ways between them; to the first one there is none."""
    place = start
    for number, stop in enumerate(stops):
        ready = (
            {} if number else {"departure": stop.start, "arrival": stop.start, "travel_s": 0, "distance_m": 0}
        )
        yield stop.model_copy(update={"leg": stop.leg.model_copy(update={"from_place": place, **ready})})
        place = stop.leg.to_place
