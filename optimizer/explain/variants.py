"""Variants of a question that many single changes can be read off: one compile for all technicians or jobs."""

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled, compile_scenario, lay_out
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift, Technician
from optimizer.problem import Problem
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT

MORE_OVERTIME_MIN = 60
"""Minutes of overtime that are granted in addition."""

MOST_OVERTIME_MIN = 480
"""No shift can have more overtime than this."""


def overtime_limit_min(shift: Shift, scenario: Scenario) -> int:
    """Return the overtime limit in force for a shift, in minutes."""
    own = shift.overtime_limit_min
    return params_of(SHIFT, scenario.policy).overtime_limit_min if own is None else own


def rostered(technician: Technician, scenario: Scenario) -> tuple[Shift, ...]:
    """Return a technician's shifts; where none are given, those that the roster makes up."""
    if technician.shifts is not None and not technician.usual_otherwise:
        return technician.shifts
    only = scenario.model_copy(update={"technicians": (technician,)})
    return tuple(one.shift for one in roster(only))


def with_more_overtime(shift: Shift, scenario: Scenario) -> Shift:
    """Return a shift with an hour of overtime more, as far as a shift can have it."""
    limit = min(overtime_limit_min(shift, scenario) + MORE_OVERTIME_MIN, MOST_OVERTIME_MIN)
    return shift.model_copy(update={"overtime_limit_min": limit})


def longer_days(compiled: Compiled) -> Problem:
    """Return the problem with an hour of overtime more in every shift; a shift's row is as if it alone had it."""
    scenario = compiled.scenario
    technicians = tuple(
        one.model_copy(
            update={"shifts": tuple(with_more_overtime(day, scenario) for day in rostered(one, scenario))}
        )
        for one in scenario.technicians
    )
    longer = scenario.model_copy(update={"technicians": technicians})
    return _with_the_same_rows(compiled, longer)


def any_time(compiled: Compiled, jobs: set[str]) -> Problem:
    """Return the problem without the agreed windows of these jobs; pins and promises stand."""
    scenario = compiled.scenario
    changed = tuple(
        job.model_copy(update={"windows": ()}) if job.job_id in jobs else job for job in scenario.jobs
    )
    anytime = scenario.model_copy(update={"jobs": changed})
    return _with_the_same_rows(compiled, anytime)


def _with_the_same_rows(compiled: Compiled, changed: Scenario) -> Problem:
    """Return the problem of a changed question with the visits, tools and trips of the question as it is.

    Where a trip cannot be made any more the question stays as it is: then nothing can be read off.
    """
    layout = lay_out(compiled.scenario)
    layout.keep_trips(compiled.trips)
    variant = compile_scenario(changed, compiled.travel, layout=layout)
    return variant.problem if variant.trips == compiled.trips else compiled.problem


def with_shift_of(compiled: Compiled, longer: Problem, shift: int, changed: Scenario) -> Problem:
    """Return the problem with one shift's hours and rests taken from another one.

    Parameters
    ----------
    compiled : the question as it is
    longer : its problem with more overtime in every shift
    shift : the shift that gets it
    changed : the question with more overtime in that shift alone
    """
    problem = compiled.problem
    layout = (longer.rest_ptr, longer.rest_window_ptr)
    if not all(map(np.array_equal, layout, (problem.rest_ptr, problem.rest_window_ptr))):
        # An absence late in the day counts only now.
        return _with_the_same_rows(compiled, changed)
    rests = slice(int(problem.rest_ptr[shift]), int(problem.rest_ptr[shift + 1]))
    windows = slice(int(problem.rest_window_ptr[rests.start]), int(problem.rest_window_ptr[rests.stop]))
    return problem._replace(
        start_s=_patched(problem.start_s, longer.start_s, shift),
        regular_end_s=_patched(problem.regular_end_s, longer.regular_end_s, shift),
        latest_end_s=_patched(problem.latest_end_s, longer.latest_end_s, shift),
        rest_s=_patched(problem.rest_s, longer.rest_s, rests),
        rest_open=_patched(problem.rest_open, longer.rest_open, windows),
        rest_close=_patched(problem.rest_close, longer.rest_close, windows),
    )


def _patched(array: NDArray[np.int32], other: NDArray[np.int32], at: int | slice) -> NDArray[np.int32]:
    patched = array.copy()
    patched[at] = other[at]
    patched.flags.writeable = False
    return patched
