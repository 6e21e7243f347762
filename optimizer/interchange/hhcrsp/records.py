"""The format of an answer: who visits whom in which order and when, and what that costs."""

import json
from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Count, Id, Record
from optimizer.interchange.hhcrsp.instance import THOUSAND

Total = Annotated[float, Field(ge=0)]
"""A sum in the instance's unit, to the thousandth."""


class Visit(Record):
    """A caregiver at a patient."""

    patient: Id
    """Whom."""
    service: Id
    """Which service."""
    start: Total
    """When it starts."""


class CaregiverRoute(Record):
    """A caregiver's day, from the office and back."""

    caregiver: Id
    """Who."""
    visits: tuple[Visit, ...]
    """The visits in order."""


class Cost(Record):
    """What the routes cost."""

    distance: Total
    """Total distance, ways from and to the office included."""
    tardiness: Total
    """Total of all services' tardiness: how much later than the window's close each starts."""
    max_tardiness: Total
    """The longest tardiness of any service."""
    total: Total
    """A third of the sum of the three, rounded to the thousandth."""


class HhcrspAnswer(Record):
    """The answer to a home health care instance, as `paigong hhcrsp` writes it."""

    cost: Cost
    """What it costs."""
    caregivers: Count
    """How many caregivers have any visit."""
    routes: tuple[CaregiverRoute, ...]
    """Every caregiver who has any visit, in the instance's order."""


def cost_of(distance: int, tardiness: int, longest: int) -> Cost:
    """Return the cost of three sums in thousandths."""
    total = distance + tardiness + longest
    return Cost(
        distance=distance / THOUSAND,
        tardiness=tardiness / THOUSAND,
        max_tardiness=longest / THOUSAND,
        total=(2 * total + 3) // 6 / THOUSAND,
    )


def answer_json(answer: HhcrspAnswer) -> str:
    """Return an answer as text; equal answers give equal bytes."""
    return json.dumps(answer.model_dump(mode="json"), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
