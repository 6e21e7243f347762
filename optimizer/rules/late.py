"""LATE: a repair finished more than a day after its dispatch order costs a fine, more than two days a
higher one.

The higher fine takes the place of the first, so the second step of the price is the difference. The fines
fall on technicians in the source and stand here as a price of poor service. An agreed delay costs nothing.
"""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Cents
from optimizer.domain.job import Job
from optimizer.domain.requirements import kind
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import WorkKind
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Source
from optimizer.rules.draft import LateStep
from optimizer.rules.lateness import Deadline, LatenessRule


class LateParams(Params):
    """Parameters of `LATE`."""

    kinds: tuple[WorkKind, ...] = ("repair",)
    """Kinds of work that owe it."""
    first_limit_h: Annotated[int, Field(ge=1, le=14 * 24)] = 24
    """Hours from dispatch to the end of service; beyond them the first price is owed. Also the limit that
    `COMPLETE` shows."""
    second_limit_h: Annotated[int, Field(ge=1, le=28 * 24)] = 48
    """Hours from dispatch beyond which the second price is owed; more than the first."""
    first_cents: Cents = 3_000
    """Price of finishing beyond the first limit."""
    second_cents: Cents = 8_000
    """Price instead of the first when finishing beyond the second limit; not below it."""

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if self.second_cents < self.first_cents:
            raise ValueError("second_cents is below first_cents, so later would be cheaper")
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
            first_s = dispatched_s + 3600 * params.first_limit_h
            second_s = dispatched_s + 3600 * params.second_limit_h
            steps = (
                LateStep(timeline.moment(first_s), params.first_cents),
                LateStep(timeline.moment(second_s), params.second_cents - params.first_cents),
            )
            if params.second_cents:
                yield Deadline(job, steps)


RULE = Late()


def dispatched(
    scenario: Scenario, kinds: tuple[WorkKind, ...], timeline: Timeline
) -> Iterator[tuple[Job, int]]:
    """Yield the jobs whose completion clock runs.

    Parameters
    ----------
    scenario : the question
    kinds : kinds of work with the clock
    timeline : the scenario's timeline

    Returns
    -------
    jobs with the second of their dispatch order, else of their intake; not those with an agreed delay
    """
    for job in scenario.jobs:
        since = job.dispatched_at if job.dispatched_at is not None else job.intake_at
        if since is not None and not job.delay_agreed and kind(job, scenario.policy) in kinds:
            yield job, timeline.seconds(since)
