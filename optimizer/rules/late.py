"""LATE: a repair finished more than a day after its dispatch order costs a fine, more than two days a
higher one.

The higher fine takes the place of the first, so the second step of the price is the difference. The fines
fall on technicians in the source and stand here as a price of poor service. An agreed delay costs nothing.
"""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from optimizer.domain.assessment import Finding
from optimizer.domain.base import Cents
from optimizer.domain.policy import WorkKind
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Source
from optimizer.rules.complete import dispatched
from optimizer.rules.draft import LateStep
from optimizer.rules.lateness import Deadline, LatenessRule


class LateParams(Params):
    """Parameters of `LATE`."""

    kinds: tuple[WorkKind, ...] = ("repair",)
    """Kinds of work that owe it."""
    after_24h_cents: Cents = 3_000
    """Price of finishing later than 24 h after dispatch."""
    after_48h_cents: Cents = 8_000
    """Price instead of the first when finishing later than 48 h after dispatch; not below it."""
    first_limit_h: Annotated[int, Field(ge=1, le=14 * 24)] = 24
    """Hours after which the first price is owed, if not 24."""
    second_limit_h: Annotated[int, Field(ge=1, le=28 * 24)] = 48
    """Hours after which the second price is owed, if not 48; more than the first."""

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if self.after_48h_cents < self.after_24h_cents:
            raise ValueError("after_48h_cents is below after_24h_cents, so later would be cheaper")
        if self.second_limit_h <= self.first_limit_h:
            raise ValueError("second_limit_h is not after first_limit_h")
        return self


class Late(LatenessRule[LateParams]):
    """A completion clock missed."""

    code = "LATE"
    title = "A repair finished more than 24 h after dispatch costs a fine, more than 48 h a higher one."
    section = "price"
    hard = False
    source = (Source("004", "第8篇 维修人员综合考核条例 art. 11"),)
    params = LateParams
    event = "end"

    def deadlines(self, scenario: Scenario, params: LateParams) -> Iterator[Deadline]:
        """Yield the repairs whose completion clock runs."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        for job, dispatched_s in dispatched(scenario, params.kinds, timeline):
            steps = (
                LateStep(timeline.moment(dispatched_s + 3600 * params.first_limit_h), params.after_24h_cents),
                LateStep(
                    timeline.moment(dispatched_s + 3600 * params.second_limit_h),
                    params.after_48h_cents - params.after_24h_cents,
                ),
            )
            if params.after_48h_cents:
                yield Deadline(job, steps)

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return "Move the repair forward, or agree on the delay with the customer before it happens."


RULE = Late()
