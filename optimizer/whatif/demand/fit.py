"""Fits the demand model to a history, and says of every parameter what stands behind it."""

from collections.abc import Mapping, Sequence
from typing import Final

from optimizer.domain.demand_fit import Fit
from optimizer.domain.demand_model import DemandModel
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import DateRange
from optimizer.errors import InvalidInput, Issue
from optimizer.whatif.demand.fit_durations import fit_durations
from optimizer.whatif.demand.fit_failures import fit_failures
from optimizer.whatif.demand.fit_reports import fit_reports
from optimizer.whatif.demand.fit_travel import fit_travel
from optimizer.whatif.demand.history import Visit

MOST_DAYS: Final = 3_660
"""No history is longer than ten years: a wrong year would make all rates small."""


def fit_history(
    history: Sequence[Visit],
    scenario: Scenario,
    *,
    base: DemandModel,
    installed: Mapping[tuple[str | None, str | None], int] | None = None,
    days: DateRange | None = None,
) -> Fit:
    """Estimate the demand model from a history.

    What a history does not tell of (appointments, priorities, sickness, late starts, places) stays as it is in `base`;
    so does what it has too few observations for, and the fit says so. Demand factors of `base` are dropped: the history
    is the usual demand.

    Parameters
    ----------
    history : visits and reports, at least one first visit, see `history.read_history`
    scenario : the study's base scenario with its job table
    base : the model before, e.g. `default_model.default_model` of the scenario
    installed : area and product → installed units; of others the units are set so that a unit brings
        `rates.FAILURES_PER_DAY`. Units without any report bring none where their product is known from other areas,
        and are left out otherwise
    days : the days that the history covers; none: from its first report to its last

    Returns
    -------
    The model, and estimates with 95 % intervals in the order of the model.

    Raises
    ------
    InvalidInput
        No line is a first visit, a report lies outside of `days`, these are more than ten years, or units are so few
        that each would ask for more than a visit a day.
    """
    reports = [one for one in history if one.visit == 1]
    if not reports:
        cause = "No line of the history is a first visit, so nothing tells of the demand."
        raise InvalidInput((Issue("no-report", "visit", cause, "Number the visits to a job from 1."),))
    covered = days or DateRange(
        first_day=min(one.day for one in reports), last_day=max(one.day for one in reports)
    )
    if outside := [one for one in reports if not covered.covers(one.day)]:
        cause = f"{len(outside)} reports are not from {covered.first_day} to {covered.last_day}."
        raise InvalidInput(
            (Issue("outside-days", "reported_at", cause, "Correct the days, or leave them out."),)
        )
    if (covered.last_day - covered.first_day).days >= MOST_DAYS:
        cause = f"The history goes from {covered.first_day} to {covered.last_day}, more than ten years."
        action = "Correct the years, or give the history of the last years only."
        raise InvalidInput((Issue("too-long", "reported_at", cause, action),))
    bare = base.model_copy(update={"demand": ()})
    demand, said = fit_reports(reports, covered, bare, installed or {})
    durations, of_durations = fit_durations(history, scenario.policy, bare.durations)
    travel, of_travel = fit_travel(history, bare.travel)
    failures, of_failures = fit_failures(history, scenario.policy, bare.failures)
    model = demand.model_copy(update={"durations": durations, "travel": travel, "failures": failures})
    return Fit(model=model, estimates=(*said, *of_durations, *of_travel, *of_failures))
