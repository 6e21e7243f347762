"""Which shifts of the roster somebody can work: not those of people on leave, under suspension or absent."""

from collections.abc import Iterator

from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.rules.absent import RULE as ABSENT
from optimizer.rules.no_show import RULE as NO_SHOW
from optimizer.rules.no_show import absent_shifts
from optimizer.rules.settings import params_of
from optimizer.rules.suspended import RULE as SUSPENDED


def shifts_on_duty(scenario: Scenario) -> Iterator[ShiftKey]:
    """Yield the shifts of the horizon whose technician can come, by the rules that the policy keeps.

    Parameters
    ----------
    scenario : the question
    """
    no_show = params_of(NO_SHOW, scenario.policy)
    missing = frozenset(absent_shifts(scenario, no_show) if no_show.active else ())
    leave_counts = params_of(ABSENT, scenario.policy).active
    suspension_counts = params_of(SUSPENDED, scenario.policy).active
    for one in roster(scenario):
        away = (one.technician.leave if leave_counts else ()) + (
            one.technician.suspended if suspension_counts else ()
        )
        if one.key not in missing and not any(days.covers(one.key.day) for days in away):
            yield one.key
