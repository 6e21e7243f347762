"""Are nights away spent where the plan says, and does every day begin where the one before ended?"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from optimizer.checker.breach import PLAN, breach
from optimizer.checker.halts import place_of
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan, Restock, ShiftPlan
from optimizer.domain.roster import RosterShift, ShiftKey, end_place, place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.trips import night_at
from optimizer.rules.lodging import RULE as LODGING
from optimizer.rules.settings import params_of

_AGAIN = "Plan the scenario again; plans are not edited by hand."


def woken_at(plan: Plan) -> Mapping[ShiftKey, str]:
    """Return where somebody was overnight, by the shift of the day after.

    Parameters
    ----------
    plan : the plan

    Returns
    -------
    names of places; nothing for shifts that begin as usual
    """
    return {
        ShiftKey(day.technician_id, day.day + timedelta(days=1)): day.last_leg.to_place
        for day in plan.shifts
        if day.night is not None
    }


def ends_at(day: ShiftPlan, shift: RosterShift) -> str:
    """Return where a planned shift ends: where the plan says the night is spent, else where it usually does.

    Parameters
    ----------
    day : as planned
    shift : as on the roster
    """
    return day.last_leg.to_place if day.night is not None else end_place(shift.technician, shift.shift)


def nights(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield nights at places nobody knows, nights that are not what they cost, and days without stops.

    Parameters
    ----------
    scenario : the question
    plan : the plan
    """
    book = place_book(scenario)
    housing_km = params_of(LODGING, scenario.policy).housing_km
    woken = woken_at(plan)
    days = {day.key: day for day in plan.shifts}
    following = {key: days.get(ShiftKey(key.technician_id, key.day + timedelta(days=1))) for key in days}
    for day in plan.shifts:
        if not day.stops and day.night is None and day.key not in woken:
            yield _wrong(day, f"{day.key} has no stops and is not part of a trip.", "stops")
        if day.night is None or day.night == "transit":
            continue  # on board, see `on_board`
        place = book.get(day.last_leg.to_place)
        where = day.last_leg.to_place
        if place is None or not (
            where.startswith("job:") or _loads_there(day, following.get(day.key), where)
        ):
            sentence = f"{day.technician_id} spends the night after {day.day} at {where}, no job's place."
            yield _wrong(day, sentence, "mismatch")
        elif (kind := night_at(scenario, place, housing_km)) != day.night:
            sentence = (
                f"The night of {day.technician_id} after {day.day} is said to be {day.night}; it is {kind}."
            )
            yield _wrong(day, sentence, "mismatch")


def _loads_there(day: ShiftPlan, following: ShiftPlan | None, where: str) -> bool:
    """Tell whether parts are loaded at a place last before a night or first behind it."""
    around = (*day.halts[-1:], *(following.halts[:1] if following else ()))
    return any(isinstance(halt, Restock) and place_of(halt) == where for halt in around)


def _wrong(day: ShiftPlan, sentence: str, unit: str) -> Finding:
    return breach(
        PLAN,
        sentence,
        measured=1,
        limit=0,
        unit=unit,
        advice=_AGAIN,
        technician_id=day.technician_id,
        day=day.day,
    )
