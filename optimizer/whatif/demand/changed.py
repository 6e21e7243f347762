"""The demand of a variant: the study's demand with the changes that concern customers, not staff."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import product

from optimizer.domain.demand_chances import Appointments, WindowShape
from optimizer.domain.demand_model import DemandFactor, DemandModel
from optimizer.domain.study_patches import Demand, Windows
from optimizer.errors import InvalidInput, Issue

_ANY_DAY = date(2000, 1, 1)
_LAST = time(23, 59)


def changed_model(model: DemandModel, changes: Sequence[Demand | Windows]) -> DemandModel:
    """Return a demand model with a variant's changes, made one after another.

    Parameters
    ----------
    model : the study's demand
    changes : see `demand_changes`

    Raises
    ------
    InvalidInput
        Windows of single job types are to be changed, which the model does not tell apart.
    """
    for change in changes:
        if isinstance(change, Windows):
            model = model.model_copy(update={"appointments": _with_windows(model.appointments, change)})
            continue
        factors = (
            DemandFactor(factor=change.factor, type=name, area=area)
            for name, area in product(change.types or (None,), change.areas or (None,))
        )
        model = model.model_copy(update={"demand": (*model.demand, *factors)})
    return model


def _with_windows(appointments: Appointments, change: Windows) -> Appointments:
    if change.types:
        cause = "The demand model has the same windows for all job types."
        raise InvalidInput((Issue("windows-by-type", "changes.types", cause, "Leave types out."),))
    shapes = tuple(_as_long(one, change.minutes) for one in appointments.shapes)
    return appointments.model_copy(update={"shapes": shapes})


def _as_long(shape: WindowShape, minutes: int) -> WindowShape:
    """Return a window of another length around the same middle, as far as the day allows."""
    start, end = (datetime.combine(_ANY_DAY, clock) for clock in (shape.start, shape.end))
    first, last = datetime.combine(_ANY_DAY, time()), datetime.combine(_ANY_DAY, _LAST)
    opens = max(first, start + (end - start) / 2 - timedelta(minutes=minutes / 2))
    closes = min(last, opens + timedelta(minutes=minutes))
    opens = max(first, closes - timedelta(minutes=minutes))
    return shape.model_copy(
        update={"start": opens.time().replace(second=0), "end": closes.time().replace(second=0)}
    )
