"""Which people a change is about, and how their records are changed."""

from collections.abc import Callable, Collection, Iterator

from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import Hours, Who
from optimizer.domain.technician import Technician
from optimizer.errors import InvalidInput, Issue
from optimizer.whatif.variants import names


def chosen(scenario: Scenario, who: Who, *, last: bool = False) -> tuple[Technician, ...]:
    """Return the people a change is about, in the scenario's order.

    Parameters
    ----------
    scenario : the question
    who : whom the change means
    last : where only so many are meant, the last of those who fit and not the first

    Raises
    ------
    InvalidInput
        A name leads nowhere, or nobody fits, or fewer than were asked for; lists all.
    """
    names.refuse(_unknown(scenario, who))
    found = tuple(one for one in scenario.technicians if one.lent_for is None and _fits(scenario, one, who))
    if not found:
        raise InvalidInput(
            (Issue("nobody", "who", "Nobody in the scenario fits all of this.", "Ask for less."),)
        )
    if who.count is None:
        return found
    if len(found) < who.count:
        cause = f"{who.count} people are asked for, {len(found)} fit."
        raise InvalidInput((Issue("too-few-people", "who.count", cause, f"Give at most {len(found)}."),))
    return found[-who.count :] if last else found[: who.count]


def changed(
    scenario: Scenario, people: Collection[Technician], change: Callable[[Technician], Technician]
) -> Scenario:
    """Return a scenario in which the records of some people are others.

    Parameters
    ----------
    scenario : the question
    people : of its technicians
    change : makes the new record
    """
    ids = {one.technician_id for one in people}
    return scenario.model_copy(
        update={
            "technicians": tuple(
                change(one) if one.technician_id in ids else one for one in scenario.technicians
            )
        }
    )


def moved(technician: Technician, branch_id: str) -> Technician:
    """Return a technician who belongs to another branch.

    The day starts and ends where it did: at home, or else at the branch. Who served the jobs of the own branch serves
    those of the new one.

    Parameters
    ----------
    technician : of any branch
    branch_id : the new branch
    """
    old, territory = technician.branch_id, technician.territory
    served = tuple(dict.fromkeys(branch_id if one == old else one for one in territory.branches))
    update = {"branch_id": branch_id, "territory": territory.model_copy(update={"branches": served})}
    return technician.model_copy(update=update)


def _unknown(scenario: Scenario, who: Who) -> Iterator[Issue]:
    yield from names.all_unknown(
        "technician", "who.technician_ids", who.technician_ids, names.technician_ids(scenario)
    )
    yield from names.all_unknown("branch", "who.branch_ids", who.branch_ids, names.branch_ids(scenario))
    if who.skills:
        known = names.skills(scenario)
        for skill in who.skills:
            yield from names.unknown("skill", f"who.skills.{skill}", skill, known)
    if who.certificates:
        yield from names.all_unknown(
            "certificate", "who.certificates", who.certificates, names.certificates(scenario)
        )


def _fits(scenario: Scenario, one: Technician, who: Who) -> bool:
    day = scenario.horizon.first_day
    held = {certificate.name for certificate in one.certificates if certificate.valid_on(day)}
    return (
        (not who.technician_ids or one.technician_id in who.technician_ids)
        and (not who.branch_ids or one.branch_id in who.branch_ids)
        and all(one.skills.get(skill, 0) >= level for skill, level in who.skills.items())
        and (who.least_level is None or one.level >= who.least_level)
        and held.issuperset(who.certificates)
        and (who.hours is None or _works(scenario, one, who.hours))
    )


def _works(scenario: Scenario, one: Technician, hours: Hours) -> bool:
    shifts = [found.shift for found in roster(scenario.model_copy(update={"technicians": (one,)}))]
    return bool(shifts) and all((shift.start, shift.end) == (hours.start, hours.end) for shift in shifts)
